;; An addition of 128 bits.
;; refused: not valid WebAssembly, or it uses a proposal that this host refuses
(func (export "evaluate") (type $evaluate) (call $answer (i32.const 0)))
(func (param i64 i64 i64 i64) (result i64 i64) (i64.add128 (local.get 0) (local.get 1) (local.get 2) (local.get 3)))
