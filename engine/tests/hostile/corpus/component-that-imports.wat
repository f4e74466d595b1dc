;; Wants a clock.
;; refused: imports `wasi:clocks/wall-clock@0.2.0`
(component (import "wasi:clocks/wall-clock@0.2.0" (instance)))
