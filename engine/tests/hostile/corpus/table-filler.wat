;; Grows a table until it is refused.
;; contained: table-exceeded
(table $t 1 funcref)
(func (export "evaluate") (type $evaluate) (loop $more (br_if $more (i32.ne (table.grow $t (ref.null func) (i32.const 1)) (i32.const -1)))) unreachable)
