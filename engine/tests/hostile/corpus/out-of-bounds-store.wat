;; Writes behind its memory.
;; contained: trapped
(func (export "evaluate") (type $evaluate) (i64.store (i32.const 131068) (i64.const -1)) unreachable)
