;; The same, with the components handed over as arguments.
;; refused: hands a component or module to another component
(component
  (component $c0 (core module $m) (core instance (instantiate $m)))
  (component $twice (import "c" (component $c)) (instance (instantiate $c)) (instance (instantiate $c)))
  (instance (instantiate $twice (with "c" (component $c0)))))
