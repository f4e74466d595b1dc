;; Twenty deep, and often.
;; refused: squares of the nesting of loops, all together, at byte
;; repeat: 350 (func (param i32) (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (br_if 0 (local.get 0)) )))))))))))))))))))))
(func (export "evaluate") (type $evaluate) (call $answer (i32.const 0)))
