;; A tail call, which loops without growing the stack.
;; refused: not valid WebAssembly, or it uses a proposal that this host refuses
(func (export "evaluate") (type $evaluate) (call $answer (i32.const 0)))
(func $again (return_call $again))
