;; A call of the library that grows nothing.
;; contained: fuel-exhausted
(func (export "evaluate") (type $evaluate) (loop $again (drop (memory.grow (i32.const 0))) (br $again)) (i32.const 0))
