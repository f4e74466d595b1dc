;; A tag to throw.
;; refused: not valid WebAssembly, or it uses a proposal that this host refuses
(func (export "evaluate") (type $evaluate) (call $answer (i32.const 0)))
(tag $thrown)
