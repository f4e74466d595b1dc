;; A memory with pages of one byte.
;; refused: not valid WebAssembly, or it uses a proposal that this host refuses
(func (export "evaluate") (type $evaluate) (call $answer (i32.const 0)))
(memory $bytes 1 (pagesize 1))
