;; Each reading of a table may call the library: 200 kB took 32 s.
;; refused: steps of compiling at byte
;; wrap: 4000 (func | (drop (table.get $t (i32.const 0))) | )
(func (export "evaluate") (type $evaluate) (call $answer (i32.const 0)))
(table $t 20000 funcref)
(func $f)
