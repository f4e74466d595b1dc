;; A memory with pages of one byte.
;; refused: memories at byte
(func (export "evaluate") (type $evaluate) (call $answer (i32.const 0)))
(memory $bytes 1 (pagesize 1))
