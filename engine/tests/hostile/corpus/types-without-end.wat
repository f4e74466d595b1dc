;; A trampoline is compiled for each type of a function.
;; refused: steps of compiling at byte
;; repeat: 3000 (type (func (param i32 i64 f32)))
(func (export "evaluate") (type $evaluate) (call $answer (i32.const 0)))
