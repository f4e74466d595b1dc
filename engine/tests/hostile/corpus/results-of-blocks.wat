;; Several results, which are moved at every branch.
;; refused: results of one function or values of one block at byte
;; wrap: 16 (func (block (result | i32 | ) unreachable) unreachable)
(func (export "evaluate") (type $evaluate) (call $answer (i32.const 0)))
