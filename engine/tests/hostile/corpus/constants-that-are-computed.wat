;; An expression of 1 000 additions.
;; refused: not valid WebAssembly, or it uses a proposal that this host refuses
;; wrap: 1000 (global i32 i32.const 0 | i32.const 0 i32.add | )
(func (export "evaluate") (type $evaluate) (call $answer (i32.const 0)))
