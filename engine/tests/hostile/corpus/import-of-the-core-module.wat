;; The module inside asks for a function that nobody gives it.
;; refused: not valid WebAssembly
;; first: (import "env" "clock" (func))
(func (export "evaluate") (type $evaluate) (call $answer (i32.const 0)))
