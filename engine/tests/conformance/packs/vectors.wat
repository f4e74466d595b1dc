;; Instructions on vectors, which processors have in different sets and the compiler puts together.
;; provinces: VN
;; severity: inform
;; rule: bytes: swizzle, shuffle, saturation, averages, bit masks
;; rule: wider whole numbers: dot product, widening, rounding multiplication
;; rule: floats in vectors, not-a-number among them
;; rule: loads and stores of parts
(global $a v128 (v128.const i8x16 1 -2 3 -4 5 -6 7 -8 127 -128 0 90 -91 17 33 64))
(global $b v128 (v128.const i8x16 15 0 31 2 200 3 100 -1 16 7 6 5 4 127 -128 9))

(func $fold (param $hash i64) (param $vector v128) (result i64)
  (call $mix
    (call $mix (local.get $hash) (i64x2.extract_lane 0 (local.get $vector)))
    (i64x2.extract_lane 1 (local.get $vector))))

(func $bytes (result i64)
  (local $hash i64)
  (local.set $hash (call $fold (local.get $hash) (i8x16.swizzle (global.get $a) (global.get $b))))
  (local.set $hash (call $fold (local.get $hash)
    (i8x16.shuffle 0 31 2 29 4 27 6 25 8 23 10 21 12 19 14 17 (global.get $a) (global.get $b))))
  (local.set $hash (call $fold (local.get $hash) (i8x16.add_sat_s (global.get $a) (global.get $b))))
  (local.set $hash (call $fold (local.get $hash) (i8x16.sub_sat_u (global.get $a) (global.get $b))))
  (local.set $hash (call $fold (local.get $hash) (i8x16.avgr_u (global.get $a) (global.get $b))))
  (local.set $hash (call $fold (local.get $hash) (i8x16.popcnt (global.get $a))))
  (local.set $hash (call $fold (local.get $hash) (i8x16.shr_s (global.get $a) (i32.const 11))))
  (local.set $hash (call $fold (local.get $hash) (i8x16.narrow_i16x8_s (global.get $a) (global.get $b))))
  (local.set $hash (call $fold (local.get $hash) (v128.bitselect (global.get $a) (global.get $b) (i8x16.gt_s (global.get $a) (global.get $b)))))
  (call $mix (local.get $hash) (i64.extend_i32_u (i8x16.bitmask (global.get $b)))))

(func $wider (result i64)
  (local $hash i64)
  (local.set $hash (call $fold (local.get $hash) (i16x8.q15mulr_sat_s (global.get $a) (global.get $b))))
  (local.set $hash (call $fold (local.get $hash) (i32x4.dot_i16x8_s (global.get $a) (global.get $b))))
  (local.set $hash (call $fold (local.get $hash) (i16x8.extmul_high_i8x16_u (global.get $a) (global.get $b))))
  (local.set $hash (call $fold (local.get $hash) (i32x4.extadd_pairwise_i16x8_s (global.get $a))))
  (local.set $hash (call $fold (local.get $hash) (i64x2.mul (global.get $a) (global.get $b))))
  (local.set $hash (call $fold (local.get $hash) (i64x2.abs (global.get $b))))
  (local.set $hash (call $fold (local.get $hash) (i32x4.min_u (global.get $a) (global.get $b))))
  (local.set $hash (call $fold (local.get $hash) (i64x2.shl (global.get $a) (i32.const 67))))
  (call $mix (local.get $hash) (i64.extend_i32_u (i32.add (i64x2.all_true (global.get $a)) (v128.any_true (global.get $b))))))

(func $floats (result i64)
  (local $hash i64)
  (local $x v128)
  (local $y v128)
  (local.set $x (v128.const f32x4 nan:0x312345 -0 inf 3.5))
  (local.set $y (v128.const f32x4 1 0 -inf -nan:0x200001))
  (local.set $hash (call $fold (local.get $hash) (f32x4.add (local.get $x) (local.get $y))))
  (local.set $hash (call $fold (local.get $hash) (f32x4.mul (local.get $x) (f32x4.splat (f32.const 0)))))
  (local.set $hash (call $fold (local.get $hash) (f32x4.min (local.get $x) (local.get $y))))
  (local.set $hash (call $fold (local.get $hash) (f32x4.pmax (local.get $x) (local.get $y))))
  (local.set $hash (call $fold (local.get $hash) (f32x4.sqrt (local.get $y))))
  (local.set $hash (call $fold (local.get $hash) (f32x4.nearest (local.get $x))))
  (local.set $hash (call $fold (local.get $hash) (f64x2.promote_low_f32x4 (local.get $x))))
  (local.set $hash (call $fold (local.get $hash) (f32x4.demote_f64x2_zero (v128.const f64x2 nan:0x4deadbeef1234 1e300))))
  (local.set $hash (call $fold (local.get $hash) (i32x4.trunc_sat_f32x4_s (local.get $x))))
  (local.set $hash (call $fold (local.get $hash) (f64x2.div (f64x2.splat (f64.const 0)) (v128.const f64x2 0 -0))))
  (call $fold (local.get $hash) (f64x2.convert_low_i32x4_u (global.get $a))))

(func $parts (result i64)
  (local $hash i64)
  (v128.store (i32.const 20480) (global.get $a))
  (local.set $hash (call $fold (local.get $hash) (v128.load8x8_s (i32.const 20483))))
  (local.set $hash (call $fold (local.get $hash) (v128.load32_splat (i32.const 20487))))
  (local.set $hash (call $fold (local.get $hash) (v128.load64_zero (i32.const 20481))))
  (local.set $hash (call $fold (local.get $hash) (v128.load16_lane 5 (i32.const 20485) (global.get $b))))
  (v128.store64_lane 1 (i32.const 20500) (global.get $b))
  (call $mix (local.get $hash) (i64.load (i32.const 20498))))

(func $rule (param $rule i32) (result i64)
  (block $3 (block $2 (block $1 (block $0
    (br_table $0 $1 $2 $3 (local.get $rule)))
    (return (call $bytes)))
    (return (call $wider)))
    (return (call $floats)))
  (call $parts))
