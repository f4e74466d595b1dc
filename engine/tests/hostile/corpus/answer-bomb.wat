;; An answer of a hundred megabytes that overlap.
;; contained: response-too-large
(func (export "evaluate") (type $evaluate) (drop (memory.grow (i32.const 900))) (i32.store (i32.const 16) (i32.const 0)) (i32.store (i32.const 20) (i32.const 0)) (i32.store (i32.const 24) (i32.const 59000000)) (i32.const 16))
