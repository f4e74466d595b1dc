;; A memory with 64-bit addresses.
;; refused: memories at byte
(func (export "evaluate") (type $evaluate) (call $answer (i32.const 0)))
(memory $long i64 1)
