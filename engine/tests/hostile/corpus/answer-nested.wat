;; An answer of sixty thousand arrays inside one another.
;; contained: response-too-deep
(func (export "evaluate") (type $evaluate) (memory.fill (i32.const 8192) (i32.const 91) (i32.const 60000)) (i32.store (i32.const 16) (i32.const 0)) (i32.store (i32.const 20) (i32.const 8192)) (i32.store (i32.const 24) (i32.const 60000)) (i32.const 16))
