;; The same, computed by looking a global up.
;; refused: a segment whose place is computed at byte
;; wrap: 100 (elem (offset (global.get $free)) func | $f | )
(func (export "evaluate") (type $evaluate) (call $answer (i32.const 0)))
(table $t 20000 funcref)
(func $f)
