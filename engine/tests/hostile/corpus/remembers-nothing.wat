;; Answers only when it is asked a second time in one instance: there is no second time.
;; contained: trapped
(global $asked (mut i32) (i32.const 0))
(func (export "evaluate") (type $evaluate) (if (i32.eqz (global.get $asked)) (then (global.set $asked (i32.const 1)) unreachable)) (call $answer (i32.const 0)))
