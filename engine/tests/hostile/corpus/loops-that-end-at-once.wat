;; The same with a way back.
;; refused: steps of compiling at byte
;; wrap: 4000 (func (param i32) | (loop (br_if 0 (local.get 0))) | )
(func (export "evaluate") (type $evaluate) (call $answer (i32.const 0)))
