;; An empty component.
;; refused: found none
(component)
