;; A rule as provinces write them, walking the nodes: do the lines of the costs add up to their total?
;; The value is the difference in đồng. Amounts that are not plain digits trap, so that the pack crashes.
;; provinces: gia-lai-2025
;; subjects: dossier
;; severity: block
;; path: /costs/total
;; rule: the lines of the costs add up to their total
;; rule: the groups of the costs add up to their total
(data (i32.const 20480) "costs" "total" "lines" "groups" "amount")

;; The address of a node; -1 is no node, which has no kind and nothing inside it.
(func $node (param $index i32) (result i32)
  (i32.add (global.get $subject_nodes) (i32.mul (local.get $index) (i32.const 12))))
(func $next (param $index i32) (result i32)
  (i32.and (i32.load offset=8 (call $node (local.get $index))) (i32.const 0x0fffffff)))
(func $is (param $index i32) (param $kind i32) (result i32)
  (if (i32.lt_s (local.get $index) (i32.const 0)) (then (return (i32.const 0))))
  (i32.eq
    (i32.and (i32.shr_u (i32.load offset=8 (call $node (local.get $index))) (i32.const 28)) (i32.const 7))
    (local.get $kind)))

(func $member (param $object i32) (param $name i32) (param $length i32) (result i32)
  (local $key i32)
  (local $end i32)
  (local $from i32)
  (local $at i32)
  (if (i32.eqz (call $is (local.get $object) (i32.const 6))) (then (return (i32.const -1))))
  (local.set $key (i32.add (local.get $object) (i32.const 1)))
  (local.set $end (call $next (local.get $object)))
  (loop $members
    (if (i32.lt_u (local.get $key) (local.get $end))
      (then
        (local.set $from (i32.load (call $node (local.get $key))))
        (block $other
          (br_if $other
            (i32.ne
              (i32.sub (i32.load offset=4 (call $node (local.get $key))) (local.get $from))
              (local.get $length)))
          (local.set $at (i32.const 0))
          (loop $letters
            (if (i32.lt_u (local.get $at) (local.get $length))
              (then
                (br_if $other
                  (i32.ne
                    (i32.load8_u (i32.add (global.get $subject) (i32.add (local.get $from) (local.get $at))))
                    (i32.load8_u (i32.add (local.get $name) (local.get $at)))))
                (local.set $at (i32.add (local.get $at) (i32.const 1)))
                (br $letters))))
          (return (i32.add (local.get $key) (i32.const 1))))
        (local.set $key (call $next (i32.add (local.get $key) (i32.const 1))))
        (br $members))))
  (i32.const -1))

;; The digits of a string as a number; 0 when there is no such node.
(func $amount (param $index i32) (result i64)
  (local $at i32)
  (local $end i32)
  (local $digit i32)
  (local $value i64)
  (if (i32.eqz (call $is (local.get $index) (i32.const 3))) (then (return (i64.const 0))))
  (local.set $at (i32.load (call $node (local.get $index))))
  (local.set $end (i32.load offset=4 (call $node (local.get $index))))
  (loop $digits
    (if (i32.lt_u (local.get $at) (local.get $end))
      (then
        (local.set $digit
          (i32.sub (i32.load8_u (i32.add (global.get $subject) (local.get $at))) (i32.const 48)))
        (if (i32.gt_u (local.get $digit) (i32.const 9)) (then (call $amount_is_not_plain_digits)))
        (local.set $value
          (i64.add (i64.mul (local.get $value) (i64.const 10)) (i64.extend_i32_u (local.get $digit))))
        (local.set $at (i32.add (local.get $at) (i32.const 1)))
        (br $digits))))
  (local.get $value))
(func $amount_is_not_plain_digits unreachable)

(func $sum (param $array i32) (result i64)
  (local $element i32)
  (local $sum i64)
  (if (i32.eqz (call $is (local.get $array) (i32.const 5))) (then (return (i64.const 0))))
  (local.set $element (i32.add (local.get $array) (i32.const 1)))
  (loop $elements
    (if (i32.lt_u (local.get $element) (call $next (local.get $array)))
      (then
        (local.set $sum
          (i64.add
            (local.get $sum)
            (call $amount (call $member (local.get $element) (i32.const 20501) (i32.const 6)))))
        (local.set $element (call $next (local.get $element)))
        (br $elements))))
  (local.get $sum))

(func $rule (param $rule i32) (result i64)
  (local $costs i32)
  (local $parts i32)
  (local.set $costs (call $member (i32.const 0) (i32.const 20480) (i32.const 5)))
  (local.set $parts
    (if (result i32) (local.get $rule)
      (then (call $member (local.get $costs) (i32.const 20495) (i32.const 6)))
      (else (call $member (local.get $costs) (i32.const 20490) (i32.const 5)))))
  (if (i32.lt_s (local.get $parts) (i32.const 0)) (then (return (i64.const 0))))
  (i64.sub
    (call $amount (call $member (local.get $costs) (i32.const 20485) (i32.const 5)))
    (call $sum (local.get $parts))))
