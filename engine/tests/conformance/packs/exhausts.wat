;; What has no end: fuel and memory decide, at the same instruction everywhere.
;; provinces: VN
;; severity: warn
;; rule: never ends
;; rule: ends, but only after more than its share of the pack's fuel
;; rule: takes memory until there is none, and gives up
;; rule: answers
(func $counts (param $to i64) (result i64)
  (local $at i64)
  (loop $next
    (local.set $at (i64.add (local.get $at) (i64.const 1)))
    (br_if $next (i64.ne (local.get $at) (local.get $to))))
  (local.get $at))
(func $rule (param $rule i32) (result i64)
  (block $3 (block $2 (block $1 (block $0
    (br_table $0 $1 $2 $3 (local.get $rule)))
    (return (call $counts (i64.const -1))))
    (return (call $counts (i64.const 200000))))
    (loop $more (br_if $more (i32.ne (memory.grow (i32.const 8)) (i32.const -1))))
    unreachable)
  (i64.const 88))
