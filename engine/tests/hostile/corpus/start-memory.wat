;; Fills its memory while it starts.
;; refused: wanted
(func $start (loop $again (if (i32.eq (memory.grow (i32.const 16)) (i32.const -1)) (then unreachable)) (br $again)))
(start $start)
(func (export "evaluate") (type $evaluate) (call $answer (i32.const 0)))
