;; Calls what is not in the table.
;; contained: trapped
(table $t 1 funcref)
(type $nullary (func (result i32)))
(func (export "evaluate") (type $evaluate) (call_indirect $t (type $nullary) (i32.const 0)))
