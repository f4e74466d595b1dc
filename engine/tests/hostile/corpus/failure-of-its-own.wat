;; Says in its own words that it failed, which is no pass.
;; contained: pack-error
(func (export "evaluate") (type $evaluate) (call $answer (i32.const 1)))
