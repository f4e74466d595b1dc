;; Wants four gigabytes at once.
;; contained: memory-exceeded
(func (export "evaluate") (type $evaluate) (if (i32.eq (memory.grow (i32.const 65000)) (i32.const -1)) (then unreachable)) unreachable)
