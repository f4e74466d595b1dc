;; Returns an address behind its memory.
;; contained: malformed-answer
(func (export "evaluate") (type $evaluate) (i32.const -16))
