;; Blocks inside one another: compilers walk them with a stack.
;; refused: blocks inside one another at byte
;; nest: 2001 (func | (block | ) | )
(func (export "evaluate") (type $evaluate) (call $answer (i32.const 0)))
