;; Nothing but calls through a table, filled in one by one.
;; contained: fuel-exhausted
;; wrap: 10000 (elem (table $t) (i32.const 0) func | $f | )
(func (export "evaluate") (type $evaluate) (local $i i32) (loop $again (local.set $i (i32.rem_u (i32.add (local.get $i) (i32.const 7919)) (i32.const 10000))) (call_indirect $t (local.get $i)) (br $again)) (i32.const 0))
(table $t 10000 funcref)
(func $f)
