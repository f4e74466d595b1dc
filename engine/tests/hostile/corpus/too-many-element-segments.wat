;; Element segments, each of them empty.
;; refused: element segments at byte
;; repeat: 10001 (elem (table $t) (i32.const 0) func)
(func (export "evaluate") (type $evaluate) (call $answer (i32.const 0)))
(table $t 1 funcref)
