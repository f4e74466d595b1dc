;; Many modules.
;; refused: modules and components at byte
;; repeat: 17 (core module)
(component
#REPEAT
)
