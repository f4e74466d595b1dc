;; A function with more parameters than any compiler makes.
;; refused: parameters or results of one function at byte
;; wrap: 201 (func (param | i32 | ))
(func (export "evaluate") (type $evaluate) (call $answer (i32.const 0)))
