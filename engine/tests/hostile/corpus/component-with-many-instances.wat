;; One module, instantiated more often than any pack needs.
;; refused: instances of modules and components at byte
;; repeat: 65 (core instance (instantiate $m))
(component (core module $m)
#REPEAT
)
