;; Runs out of stack. How deep that is depends on the frames that the compiler makes for the machine, so
;; of this pack alone the fuel is not compared; what the report says is the same everywhere.
;; provinces: VN
;; severity: warn
;; rule: calls itself without an end
;; rule: answers
(func $deeper (param $at i64) (result i64)
  (i64.add (call $deeper (i64.add (local.get $at) (i64.const 1))) (local.get $at)))
(func $rule (param $rule i32) (result i64)
  (if (i32.eqz (local.get $rule)) (then (return (call $deeper (i64.const 0)))))
  (i64.const 99))
