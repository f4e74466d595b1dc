;; A reference to a function of a type.
;; refused: not valid WebAssembly, or it uses a proposal that this host refuses
(func (export "evaluate") (type $evaluate) (call $answer (i32.const 0)))
(type $unary (func)) (func (param (ref $unary)) (call_ref $unary (local.get 0)))
