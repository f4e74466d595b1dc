;; Copies all of its memory over itself, for ever: bulk instructions cost by the byte.
;; contained: fuel-exhausted
(func (export "evaluate") (type $evaluate) (loop $again (memory.fill (i32.const 0) (i32.const 0) (i32.const 131072)) (br $again)) unreachable)
