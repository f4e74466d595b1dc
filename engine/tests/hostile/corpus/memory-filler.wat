;; Takes memory until it is refused, then gives up.
;; contained: memory-exceeded
(func (export "evaluate") (type $evaluate) (loop $more (br_if $more (i32.ne (memory.grow (i32.const 1)) (i32.const -1)))) unreachable)
