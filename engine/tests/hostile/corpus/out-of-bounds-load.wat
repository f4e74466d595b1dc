;; Reads behind its memory.
;; contained: trapped
(func (export "evaluate") (type $evaluate) (i32.load (i32.const -4)))
