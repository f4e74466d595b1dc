;; More tables than an instance may have.
;; refused: tables at byte
;; repeat: 5 (table 1 funcref)
(func (export "evaluate") (type $evaluate) (call $answer (i32.const 0)))
