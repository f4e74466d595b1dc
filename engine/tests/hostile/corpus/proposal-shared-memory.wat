;; A memory that threads share.
;; refused: not valid WebAssembly, or it uses a proposal that this host refuses
(func (export "evaluate") (type $evaluate) (call $answer (i32.const 0)))
(memory $shared 1 1 shared)
