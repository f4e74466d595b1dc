;; More entries than any table has, all segments together.
;; refused: entries of element segments at byte
;; wrap: 40001 (elem func | $f | )
(func (export "evaluate") (type $evaluate) (call $answer (i32.const 0)))
(table $t 20000 funcref)
(func $f)
