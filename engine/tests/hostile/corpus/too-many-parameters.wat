;; A function with more parameters than any compiler makes.
;; refused: parameters of one function at byte
;; wrap: 65 (func (param | i32 | ))
(func (export "evaluate") (type $evaluate) (call $answer (i32.const 0)))
