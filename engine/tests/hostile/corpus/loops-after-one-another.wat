;; Each checks fuel, and joins of control flow weigh on all others of the function: 180 kB took 90 s.
;; refused: steps of compiling at byte
;; wrap: 4000 (func | (loop) | )
(func (export "evaluate") (type $evaluate) (call $answer (i32.const 0)))
