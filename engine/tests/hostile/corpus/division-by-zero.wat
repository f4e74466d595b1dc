;; Divides by zero.
;; contained: trapped
(func (export "evaluate") (type $evaluate) (i32.div_s (i32.const 1) (i32.const 0)))
