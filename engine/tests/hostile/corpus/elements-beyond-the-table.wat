;; Entries beyond the table: each becomes code.
;; refused: steps of compiling at byte
;; wrap: 20000 (elem (table $t) (i32.const 1) func | $f | )
(func (export "evaluate") (type $evaluate) (call $answer (i32.const 0)))
(table $t 20000 funcref)
(func $f)
