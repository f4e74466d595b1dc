;; A component that calls another one: between two memories the compiler needs what it is not asked to do, and panicked.
;; refused: a canonical function other than `canon lift` at byte
(component
  (component $in
    (core module $m (func (export "f")))
    (core instance $i (instantiate $m))
    (func (export "f") (canon lift (core func $i "f"))))
  (instance $ini (instantiate $in))
  (alias export $ini "f" (func $g))
  (core func $l (canon lower (func $g))))
