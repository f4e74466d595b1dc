;; Each local is a value that the compiler follows through the function.
;; refused: locals in one function at byte
;; wrap: 1001 (func (local | i32 | ))
(func (export "evaluate") (type $evaluate) (call $answer (i32.const 0)))
