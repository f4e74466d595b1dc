;; Writes over everything that it was given, then answers malformed-answer.
;; contained: malformed-answer
(func (export "evaluate") (type $evaluate) (memory.fill (i32.const 8192) (i32.const 120) (i32.const 122880)) (call $answer (i32.const 0)))
