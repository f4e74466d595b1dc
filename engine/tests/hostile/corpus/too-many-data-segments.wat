;; Data segments, each of them empty.
;; refused: data segments at byte
;; repeat: 50001 (data (i32.const 0) "")
(func (export "evaluate") (type $evaluate) (call $answer (i32.const 0)))
