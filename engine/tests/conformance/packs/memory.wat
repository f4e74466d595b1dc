;; Memory: growth, also beyond what the host allows, filling, copying over itself, passive data.
;; provinces: VN
;; severity: inform
;; rule: grows by sixteen pages, and what is new is zero
;; rule: asks for more than the host allows, is refused, and goes on
;; rule: fills, and copies over itself in both directions
;; rule: passive data, used and dropped
;; rule: reads and writes that are not aligned
(data $passive "Quyết định số 45/QĐ-UBND ngày 01 tháng 7 năm 2025")

(func $grow (result i64)
  (local $before i32)
  (local.set $before (memory.grow (i32.const 16)))
  (i64.store (i32.mul (local.get $before) (i32.const 65536)) (i64.const 0x1122334455667788))
  (call $mix
    (call $hash (i64.const 5) (i32.mul (local.get $before) (i32.const 65536)) (i32.const 4096))
    (i64.extend_i32_u (i32.sub (memory.size) (local.get $before)))))

(func $refused (result i64)
  (call $mix
    (call $mix (i64.const 7) (i64.extend_i32_s (memory.grow (i32.const 65000))))
    (i64.extend_i32_s (memory.grow (i32.const 0)))))

(func $copies (result i64)
  (memory.fill (i32.const 20480) (i32.const 0xa5) (i32.const 3000))
  (i64.store (i32.const 20500) (i64.const 0x0102030405060708))
  (memory.copy (i32.const 20490) (i32.const 20480) (i32.const 2500))
  (memory.copy (i32.const 20481) (i32.const 20497) (i32.const 2500))
  (call $hash (i64.const 9) (i32.const 20480) (i32.const 3000)))

(func $data (result i64)
  (memory.init $passive (i32.const 24000) (i32.const 3) (i32.const 40))
  (data.drop $passive)
  ;; Nothing of nothing is allowed even then.
  (memory.init $passive (i32.const 24000) (i32.const 0) (i32.const 0))
  (call $hash (i64.const 11) (i32.const 24000) (i32.const 48)))

(func $unaligned (result i64)
  (i64.store align=1 (i32.const 20483) (i64.const 0xfedcba9876543210))
  (i32.store16 (i32.const 20489) (i32.const 0x7fff))
  (i64.add
    (i64.load32_s (i32.const 20485))
    (i64.add (i64.load16_s (i32.const 20489)) (i64.load8_s (i32.const 20490)))))

(func $rule (param $rule i32) (result i64)
  (block $4 (block $3 (block $2 (block $1 (block $0
    (br_table $0 $1 $2 $3 $4 (local.get $rule)))
    (return (call $grow)))
    (return (call $refused)))
    (return (call $copies)))
    (return (call $data)))
  (call $unaligned))
