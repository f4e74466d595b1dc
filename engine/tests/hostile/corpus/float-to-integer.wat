;; Turns a float that is no number into an integer.
;; contained: trapped
(func (export "evaluate") (type $evaluate) (i32.trunc_f64_s (f64.const nan)))
