;; A place that is computed makes every entry code: 757 kB took 45 s and 5 GB.
;; refused: a segment whose place is computed at byte
;; wrap: 100 (elem (offset (i32.add (i32.const 0) (i32.const 0))) func | $f | )
(func (export "evaluate") (type $evaluate) (call $answer (i32.const 0)))
(table $t 20000 funcref)
(func $f)
