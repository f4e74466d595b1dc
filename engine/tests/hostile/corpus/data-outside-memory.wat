;; Its data do not fit into its memory, which shows when it starts.
;; refused: trapped: out of bounds memory access
(func (export "evaluate") (type $evaluate) (call $answer (i32.const 0)))
(data (i32.const 131071) "\00\01")
