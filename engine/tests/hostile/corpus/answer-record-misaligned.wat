;; Returns an address that is not aligned.
;; contained: garbage
(func (export "evaluate") (type $evaluate) (i32.const 17))
