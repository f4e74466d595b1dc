;; Takes a page after the other until it gets none, then panics as a failed allocation does.
(func (export "evaluate") (type $evaluate)
  (loop $again (br_if $again (i32.ne (memory.grow (i32.const 1)) (i32.const -1))))
  (unreachable))
