;; Compiling takes more than linear time in the length of a function.
;; refused: bytes in one function at byte
;; wrap: 600000 (func | nop | )
(func (export "evaluate") (type $evaluate) (call $answer (i32.const 0)))
