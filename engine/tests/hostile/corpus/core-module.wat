;; A core module.
;; refused: found a core module
(module)
