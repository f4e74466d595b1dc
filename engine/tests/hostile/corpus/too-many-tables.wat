;; More tables than an instance may have.
;; refused: cannot compile the rule pack
;; repeat: 90 (table 1 funcref)
(func (export "evaluate") (type $evaluate) (call $answer (i32.const 0)))
