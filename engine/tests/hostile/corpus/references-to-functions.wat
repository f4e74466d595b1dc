;; A call of the library for a reference.
;; contained: fuel-exhausted
(func (export "evaluate") (type $evaluate) (loop $again (drop (ref.func $f)) (br $again)) (i32.const 0))
(func $f)
(elem declare func $f)
