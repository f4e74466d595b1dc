;; Its elements do not fit into its table, which shows when it starts.
;; refused: trapped: 
(func (export "evaluate") (type $evaluate) (call $answer (i32.const 0)))
(table $t 1 funcref)
(func $f)
(elem (table $t) (i32.const 1) func $f)
