;; Components inside components, each instantiated many times: small to write, exponential to compile.
;; refused: nests components three deep
(component
  (component $outer
    (component $inner
      (core module $m)
      (core instance (instantiate $m)))
    (instance (instantiate $inner)) (instance (instantiate $inner)) (instance (instantiate $inner)))
  (instance (instantiate $outer)) (instance (instantiate $outer)) (instance (instantiate $outer)))
