;; One store a page, until there is no page left.
;; contained: memory-exceeded
(func (export "evaluate") (type $evaluate) (loop $again (if (i32.eq (memory.grow (i32.const 1)) (i32.const -1)) (then unreachable)) (i32.store (i32.sub (i32.mul (memory.size) (i32.const 65536)) (i32.const 4096)) (i32.const 1)) (br $again)) (i32.const 0))
