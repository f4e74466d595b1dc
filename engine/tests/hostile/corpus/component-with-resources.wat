;; Resources, which no pack has.
;; refused: a canonical function other than `canon lift` at byte
(component
  (type $r (resource (rep i32)))
  (core func $new (canon resource.new $r)))
