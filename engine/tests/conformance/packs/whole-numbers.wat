;; Whole numbers: division, shifts by more than the width, counting of bits, extension of signs.
;; provinces: VN
;; severity: inform
;; rule: 32 bits
;; rule: 64 bits
;; rule: several results, nested blocks, a table of branches
(func $narrow (param $x i32) (param $y i32) (result i64)
  (local $hash i64)
  (local.set $hash (call $mix (local.get $hash) (i64.extend_i32_u (i32.div_s (local.get $x) (local.get $y)))))
  (local.set $hash (call $mix (local.get $hash) (i64.extend_i32_u (i32.rem_s (i32.const 0x80000000) (i32.const -1)))))
  (local.set $hash (call $mix (local.get $hash) (i64.extend_i32_u (i32.rem_u (local.get $x) (local.get $y)))))
  (local.set $hash (call $mix (local.get $hash) (i64.extend_i32_u (i32.shl (local.get $x) (i32.const 37)))))
  (local.set $hash (call $mix (local.get $hash) (i64.extend_i32_u (i32.shr_s (local.get $x) (i32.const 33)))))
  (local.set $hash (call $mix (local.get $hash) (i64.extend_i32_u (i32.rotr (local.get $x) (local.get $y)))))
  (local.set $hash (call $mix (local.get $hash) (i64.extend_i32_u (i32.clz (i32.const 0)))))
  (local.set $hash (call $mix (local.get $hash) (i64.extend_i32_u (i32.ctz (local.get $x)))))
  (local.set $hash (call $mix (local.get $hash) (i64.extend_i32_u (i32.popcnt (local.get $x)))))
  (local.set $hash (call $mix (local.get $hash) (i64.extend_i32_s (i32.extend8_s (local.get $x)))))
  (call $mix (local.get $hash) (i64.extend_i32_s (i32.extend16_s (local.get $x)))))

(func $wide (param $x i64) (param $y i64) (result i64)
  (local $hash i64)
  (local.set $hash (call $mix (local.get $hash) (i64.div_s (local.get $x) (local.get $y))))
  (local.set $hash (call $mix (local.get $hash) (i64.div_u (local.get $x) (local.get $y))))
  (local.set $hash (call $mix (local.get $hash) (i64.rem_s (i64.const 0x8000000000000000) (i64.const -1))))
  (local.set $hash (call $mix (local.get $hash) (i64.mul (local.get $x) (local.get $x))))
  (local.set $hash (call $mix (local.get $hash) (i64.shr_u (local.get $x) (i64.const 65))))
  (local.set $hash (call $mix (local.get $hash) (i64.rotl (local.get $x) (local.get $y))))
  (local.set $hash (call $mix (local.get $hash) (i64.clz (local.get $y))))
  (local.set $hash (call $mix (local.get $hash) (i64.ctz (i64.const 0))))
  (local.set $hash (call $mix (local.get $hash) (i64.popcnt (local.get $x))))
  (call $mix (local.get $hash) (i64.extend32_s (local.get $x))))

(func $quotient_and_remainder (param $x i64) (param $y i64) (result i64 i64)
  (i64.div_u (local.get $x) (local.get $y))
  (i64.rem_u (local.get $x) (local.get $y)))

(func $control (result i64)
  (local $hash i64)
  (local $left i32)
  (local.set $left (i32.const 40))
  (loop $again
    (block $third (block $second (block $first
      (br_table $first $second $third $second (i32.rem_u (local.get $left) (i32.const 5))))
      (local.set $hash (i64.add (local.get $hash) (i64.const 3)))
      (br $third))
      (local.set $hash (i64.mul (local.get $hash) (i64.const 7))))
    (local.set $hash
      (call $mix (local.get $hash)
        (i64.add
          (call $quotient_and_remainder
            (i64.add (local.get $hash) (i64.const 1000003)) (i64.extend_i32_u (local.get $left))))))
    (br_if $again (local.tee $left (i32.sub (local.get $left) (i32.const 1)))))
  (local.get $hash))

(func $rule (param $rule i32) (result i64)
  (block $2 (block $1 (block $0
    (br_table $0 $1 $2 (local.get $rule)))
    (return (call $narrow (i32.const -123456789) (i32.const 1013))))
    (return (call $wide (i64.const -1234567890123456789) (i64.const 1000000007))))
  (call $control))
