;; Nothing but filling memory.
;; contained: fuel-exhausted
(func (export "evaluate") (type $evaluate) (loop $again (memory.fill (i32.const 65536) (i32.const 1) (i32.const 65536)) (br $again)) (i32.const 0))
