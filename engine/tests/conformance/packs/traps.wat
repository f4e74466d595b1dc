;; Each rule but the last ends in a trap of its own: all are evaluated in isolation, and the last still answers.
;; provinces: VN
;; severity: warn
;; rule: a line that cannot be reached
;; rule: division by zero
;; rule: a quotient that does not fit
;; rule: a float that is no whole number
;; rule: reads outside memory
;; rule: fills outside memory
;; rule: calls nothing
;; rule: calls a function of another type
;; rule: calls outside the table
;; rule: answers
(type $none (func))
(table $functions 3 funcref)
(elem (table $functions) (i32.const 1) func $of_another_type)
(func $of_another_type (param i32))
(func $divides (param $by i32) (result i32) (i32.div_s (i32.const 0x80000000) (local.get $by)))
(func $rule (param $rule i32) (result i64)
  (block $9 (block $8 (block $7 (block $6 (block $5 (block $4 (block $3 (block $2 (block $1 (block $0
    (br_table $0 $1 $2 $3 $4 $5 $6 $7 $8 $9 (local.get $rule)))
    unreachable)
    (return (i64.extend_i32_u (call $divides (i32.const 0)))))
    (return (i64.extend_i32_u (call $divides (i32.const -1)))))
    (return (i64.trunc_f64_s (f64.div (f64.const 0) (f64.convert_i32_u (i32.sub (local.get $rule) (i32.const 3)))))))
    (return (i64.load (i32.sub (i32.mul (memory.size) (i32.const 65536)) (i32.const 7)))))
    (memory.fill (i32.sub (i32.mul (memory.size) (i32.const 65536)) (i32.const 10)) (i32.const 1) (i32.const 11)))
    (call_indirect $functions (type $none) (i32.const 2)))
    (call_indirect $functions (type $none) (i32.const 1)))
    (call_indirect $functions (type $none) (i32.const 3)))
  (i64.const 77))
