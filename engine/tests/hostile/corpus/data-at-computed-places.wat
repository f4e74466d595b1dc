;; The same for data.
;; refused: a segment whose place is computed at byte
;; repeat: 10 (data (offset (i32.add (i32.const 0) (i32.const 0))) "a")
(func (export "evaluate") (type $evaluate) (call $answer (i32.const 0)))
