;; An adapter between two memories, as in the pack that made the host panic.
;; refused: memories at byte
(component
  (component $in
    (core module $m (memory (export "memory") 1) (func (export "f") (result i32) (i32.const 0)))
    (core instance $i (instantiate $m))
    (alias core export $i "memory" (core memory $mem))
    (func (export "f") (result string) (canon lift (core func $i "f") (memory $mem))))
  (instance $ini (instantiate $in))
  (core module $u (memory (export "memory") 1) (func (export "r") (param i32 i32 i32 i32) (result i32) (i32.const 0)))
  (core instance $ui (instantiate $u))
  (alias core export $ui "memory" (core memory $um))
  (alias core export $ui "r" (core func $ur))
  (alias export $ini "f" (func $g))
  (core func $l (canon lower (func $g) (memory $um) (realloc $ur))))
