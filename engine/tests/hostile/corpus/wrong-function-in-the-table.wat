;; Calls a function of another type through the table.
;; contained: trapped
(table $t 1 funcref)
(elem (table $t) (i32.const 0) func $other)
(type $unary (func (param i32) (result i32)))
(func $other)
(func (export "evaluate") (type $evaluate) (call_indirect $t (type $unary) (i32.const 0) (i32.const 0)))
