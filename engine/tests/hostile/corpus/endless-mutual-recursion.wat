;; Two functions that call each other through a table.
;; contained: stack-overflow
(table $t 2 funcref)
(elem (table $t) (i32.const 0) func $ping $pong)
(type $unary (func (param i32) (result i32)))
(func $ping (type $unary) (i32.add (call_indirect $t (type $unary) (local.get 0) (i32.const 1)) (i32.const 1)))
(func $pong (type $unary) (i32.add (call_indirect $t (type $unary) (local.get 0) (i32.const 0)) (i32.const 1)))
(func (export "evaluate") (type $evaluate) (call $ping (i32.const 0)))
