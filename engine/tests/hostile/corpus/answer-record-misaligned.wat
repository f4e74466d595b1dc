;; Returns an address that is not aligned.
;; contained: malformed-answer
(func (export "evaluate") (type $evaluate) (i32.const 17))
