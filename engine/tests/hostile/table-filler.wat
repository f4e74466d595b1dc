;; The same with a table.
(table $table 1 funcref)
(func (export "evaluate") (type $evaluate)
  (loop $again (br_if $again (i32.ne (table.grow $table (ref.null func) (i32.const 100)) (i32.const -1))))
  (unreachable))
