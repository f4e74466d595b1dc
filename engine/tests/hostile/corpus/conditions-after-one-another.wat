;; Joins without loops.
;; refused: steps of compiling at byte
;; wrap: 12000 (func (param i32) | (if (local.get 0) (then)) | )
(func (export "evaluate") (type $evaluate) (call $answer (i32.const 0)))
