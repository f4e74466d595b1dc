;; An answer that is all zero bytes.
;; contained: malformed-answer
(func (export "evaluate") (type $evaluate) (i32.store (i32.const 16) (i32.const 0)) (i32.store (i32.const 20) (i32.const 65536)) (i32.store (i32.const 24) (i32.const 60000)) (i32.const 16))
