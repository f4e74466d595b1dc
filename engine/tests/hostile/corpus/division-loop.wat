;; Nothing but divisions.
;; contained: fuel-exhausted
(func (export "evaluate") (type $evaluate) (local $x i64) (loop $again (local.set $x (i64.div_s (i64.const 0x7fff_ffff_ffff_ffff) (i64.or (local.get $x) (i64.const 3)))) (br $again)) (i32.const 0))
