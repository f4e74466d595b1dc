;; Loops as soon as it is asked about the first of its rules, whose id ends in `t`. Parameters 12 and 13 are the rules, as address and count.
(func (export "evaluate") (type $evaluate)
  (local $at i32)
  (loop $next
    (if (i32.lt_u (local.get $at) (local.get 13))
      (then
        (if (i32.eq (i32.const 0x74) (call $last_byte (i32.add (local.get 12) (i32.mul (local.get $at) (i32.const 8)))))
          (then (loop $again (br $again))))
        (local.set $at (i32.add (local.get $at) (i32.const 1)))
        (br $next))))
  (call $answer (i32.const 0)))
(func $last_byte (param $text i32) (result i32)
  (i32.load8_u (i32.sub (i32.add (i32.load (local.get $text)) (i32.load offset=4 (local.get $text))) (i32.const 1))))
