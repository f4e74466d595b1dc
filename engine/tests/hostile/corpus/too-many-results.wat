;; A function with more results than any compiler makes.
;; refused: results of one function or values of one block at byte
;; wrap: 9 (type (func (result | i32 | )))
(func (export "evaluate") (type $evaluate) (call $answer (i32.const 0)))
