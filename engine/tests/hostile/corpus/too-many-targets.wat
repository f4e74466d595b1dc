;; A table of branches with more targets than any program has.
;; refused: targets of one table of branches at byte
;; wrap: 10001 (func (block (br_table | 0 | 0 (i32.const 0))))
(func (export "evaluate") (type $evaluate) (call $answer (i32.const 0)))
