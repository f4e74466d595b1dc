;; Tables of functions: calls through them, growth, also beyond what the host allows, copies, passive
;; elements.
;; provinces: VN
;; severity: inform
;; rule: calls by number
;; rule: grows the table, fills it and calls what is new
;; rule: asks for more elements than the host allows and is refused
;; rule: passive elements, used and dropped, and copies over itself
(type $step (func (param i64) (result i64)))
(table $steps 4 funcref)
(table $others 6 funcref)
(elem (table $steps) (i32.const 0) func $double $increment $square)
(elem $passive func $square $double $increment $double)
(func $double (type $step) (i64.mul (local.get 0) (i64.const 2)))
(func $increment (type $step) (i64.add (local.get 0) (i64.const 1)))
(func $square (type $step) (i64.mul (local.get 0) (local.get 0)))

(func $calls (result i64)
  (local $at i32)
  (local $value i64)
  (local.set $value (i64.const 3))
  (loop $next
    (local.set $value (call_indirect $steps (type $step) (local.get $value) (i32.rem_u (local.get $at) (i32.const 3))))
    (local.set $at (i32.add (local.get $at) (i32.const 1)))
    (br_if $next (i32.lt_u (local.get $at) (i32.const 50))))
  (local.get $value))

(func $grows (result i64)
  (local $before i32)
  (local.set $before (table.grow $steps (ref.func $increment) (i32.const 100)))
  (table.fill $steps (i32.add (local.get $before) (i32.const 50)) (ref.func $double) (i32.const 50))
  (i64.add
    (call_indirect $steps (type $step) (i64.const 1000) (i32.add (local.get $before) (i32.const 49)))
    (i64.add
      (call_indirect $steps (type $step) (i64.const 1000) (i32.add (local.get $before) (i32.const 50)))
      (i64.extend_i32_u (i32.add (table.size $steps) (ref.is_null (table.get $steps (i32.const 3))))))))

(func $too_many (result i64)
  (i64.extend_i32_s (table.grow $others (ref.null func) (i32.const 100000))))

(func $copies (result i64)
  (table.init $others $passive (i32.const 1) (i32.const 0) (i32.const 4))
  (elem.drop $passive)
  (table.copy $others $others (i32.const 2) (i32.const 1) (i32.const 4))
  (table.copy $steps $others (i32.const 3) (i32.const 5) (i32.const 1))
  (call_indirect $steps (type $step)
    (call_indirect $others (type $step) (i64.const 41) (i32.const 2))
    (i32.const 3)))

(func $rule (param $rule i32) (result i64)
  (block $3 (block $2 (block $1 (block $0
    (br_table $0 $1 $2 $3 (local.get $rule)))
    (return (call $calls)))
    (return (call $grows)))
    (return (call $too_many)))
  (call $copies))
