;; Never comes back.
;; contained: fuel-exhausted
(func (export "evaluate") (type $evaluate) (loop $again (br $again)) unreachable)
