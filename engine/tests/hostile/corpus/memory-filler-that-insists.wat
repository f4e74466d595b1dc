;; Asks for memory again and again after it was refused.
;; contained: fuel-exhausted
(func (export "evaluate") (type $evaluate) (loop $more (drop (memory.grow (i32.const 1))) (br $more)) unreachable)
