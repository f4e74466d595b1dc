;; Several results, which are moved at every branch.
;; refused: not valid WebAssembly, or it uses a proposal that this host refuses
;; wrap: 16 (func (block (result | i32 | ) unreachable) unreachable)
(func (export "evaluate") (type $evaluate) (call $answer (i32.const 0)))
