;; Arithmetic whose result another machine might spell otherwise: what is not a number has many bit
;; patterns, and processors differ in which they give.
;; provinces: VN
;; severity: inform
;; rule: single precision, not-a-number made in eight ways
;; rule: double precision, not-a-number made and handed on
;; rule: least, greatest, rounding to even, square roots
;; rule: between precisions and to whole numbers
;; rule: a sum whose order matters
(func $f32 (param $hash i64) (param $value f32) (result i64)
  (call $mix (local.get $hash) (i64.extend_i32_u (i32.reinterpret_f32 (local.get $value)))))
(func $f64 (param $hash i64) (param $value f64) (result i64)
  (call $mix (local.get $hash) (i64.reinterpret_f64 (local.get $value))))
;; A value that the compiler cannot compute beforehand.
(func $hidden32 (param $bits i32) (result f32)
  (i32.store (i32.const 20480) (local.get $bits))
  (f32.load (i32.const 20480)))
(func $hidden64 (param $bits i64) (result f64)
  (i64.store (i32.const 20480) (local.get $bits))
  (f64.load (i32.const 20480)))

(func $single (result i64)
  (local $hash i64)
  (local $zero f32)
  (local $infinity f32)
  (local $payload f32)
  (local.set $zero (call $hidden32 (i32.const 0)))
  (local.set $infinity (call $hidden32 (i32.const 0x7f800000)))
  (local.set $payload (call $hidden32 (i32.const 0xffa12345)))
  (local.set $hash (call $f32 (local.get $hash) (f32.div (local.get $zero) (local.get $zero))))
  (local.set $hash (call $f32 (local.get $hash) (f32.sub (local.get $infinity) (local.get $infinity))))
  (local.set $hash (call $f32 (local.get $hash) (f32.mul (local.get $infinity) (local.get $zero))))
  (local.set $hash (call $f32 (local.get $hash) (f32.sqrt (f32.neg (local.get $infinity)))))
  (local.set $hash (call $f32 (local.get $hash) (f32.add (local.get $payload) (f32.const 1))))
  (local.set $hash (call $f32 (local.get $hash) (f32.min (f32.const 1) (local.get $payload))))
  (local.set $hash (call $f32 (local.get $hash) (f32.nearest (local.get $payload))))
  (local.set $hash (call $f32 (local.get $hash) (f32.copysign (local.get $payload) (f32.const 1))))
  (local.get $hash))

(func $double (result i64)
  (local $hash i64)
  (local $zero f64)
  (local $payload f64)
  (local.set $zero (call $hidden64 (i64.const 0)))
  (local.set $payload (call $hidden64 (i64.const 0x7ff4deadbeef1234)))
  (local.set $hash (call $f64 (local.get $hash) (f64.div (local.get $zero) (local.get $zero))))
  (local.set $hash (call $f64 (local.get $hash) (f64.div (f64.neg (local.get $zero)) (local.get $zero))))
  (local.set $hash (call $f64 (local.get $hash) (f64.mul (local.get $payload) (f64.const 2))))
  (local.set $hash (call $f64 (local.get $hash) (f64.add (f64.const 2) (local.get $payload))))
  (local.set $hash (call $f64 (local.get $hash) (f64.max (local.get $payload) (f64.const -1))))
  (local.set $hash (call $f64 (local.get $hash) (f64.floor (local.get $payload))))
  (local.set $hash (call $f64 (local.get $hash) (f64.neg (local.get $payload))))
  (local.get $hash))

(func $edges (result i64)
  (local $hash i64)
  (local $zero f64)
  (local.set $zero (call $hidden64 (i64.const 0)))
  (local.set $hash (call $f64 (local.get $hash) (f64.min (local.get $zero) (f64.neg (local.get $zero)))))
  (local.set $hash (call $f64 (local.get $hash) (f64.max (f64.neg (local.get $zero)) (local.get $zero))))
  (local.set $hash (call $f64 (local.get $hash) (f64.nearest (f64.add (local.get $zero) (f64.const 2.5)))))
  (local.set $hash (call $f64 (local.get $hash) (f64.nearest (f64.add (local.get $zero) (f64.const -0.5)))))
  (local.set $hash (call $f64 (local.get $hash) (f64.trunc (f64.add (local.get $zero) (f64.const -1.75)))))
  (local.set $hash (call $f64 (local.get $hash) (f64.ceil (f64.add (local.get $zero) (f64.const -0.25)))))
  (local.set $hash (call $f64 (local.get $hash) (f64.sqrt (f64.add (local.get $zero) (f64.const 2)))))
  ;; Neither normal nor zero.
  (local.set $hash (call $f64 (local.get $hash) (f64.div (call $hidden64 (i64.const 0x0010000000000000)) (f64.const 3))))
  (local.get $hash))

(func $conversions (result i64)
  (local $hash i64)
  (local.set $hash (call $f32 (local.get $hash) (f32.demote_f64 (call $hidden64 (i64.const 0x7ff4deadbeef1234)))))
  (local.set $hash (call $f64 (local.get $hash) (f64.promote_f32 (call $hidden32 (i32.const 0xffa12345)))))
  (local.set $hash (call $f32 (local.get $hash) (f32.demote_f64 (call $hidden64 (i64.const 0x47efffffefffffff)))))
  (local.set $hash (call $f32 (local.get $hash) (f32.convert_i64_u (i64.const 0xffffffffffffffff))))
  (local.set $hash (call $f64 (local.get $hash) (f64.convert_i64_s (i64.const 0x7fffffffffffffff))))
  (local.set $hash (call $mix (local.get $hash) (i64.trunc_sat_f64_s (call $hidden64 (i64.const 0x7ff8000000000000)))))
  (local.set $hash (call $mix (local.get $hash) (i64.trunc_sat_f64_u (f64.const -3))))
  (local.set $hash (call $mix (local.get $hash) (i64.trunc_sat_f32_s (f32.const 1e30))))
  (local.set $hash (call $mix (local.get $hash) (i64.extend_i32_u (i32.trunc_sat_f64_u (f64.const 4294967296.5)))))
  (local.get $hash))

;; The harmonic series, forwards and backwards: the same terms, another sum.
(func $series (result i64)
  (local $term f64)
  (local $forwards f64)
  (local $backwards f64)
  (local.set $term (f64.const 1))
  (loop $next
    (local.set $forwards (f64.add (local.get $forwards) (f64.div (f64.const 1) (local.get $term))))
    (local.set $backwards
      (f64.add (local.get $backwards) (f64.div (f64.const 1) (f64.sub (f64.const 2001) (local.get $term)))))
    (local.set $term (f64.add (local.get $term) (f64.const 1)))
    (br_if $next (f64.le (local.get $term) (f64.const 2000))))
  (call $f64 (call $f64 (i64.const 0) (local.get $forwards)) (local.get $backwards)))

(func $rule (param $rule i32) (result i64)
  (block $4 (block $3 (block $2 (block $1 (block $0
    (br_table $0 $1 $2 $3 $4 (local.get $rule)))
    (return (call $single)))
    (return (call $double)))
    (return (call $edges)))
    (return (call $conversions)))
  (call $series))
