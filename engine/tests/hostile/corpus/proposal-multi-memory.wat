;; A second memory.
;; refused: memories at byte
(func (export "evaluate") (type $evaluate) (call $answer (i32.const 0)))
(memory $other 1)
