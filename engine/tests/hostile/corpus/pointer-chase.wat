;; Every load misses every cache and the page tables: 170 to 410 ns each, which took 47 s when it was a unit of fuel.
;; contained: fuel-exhausted
(func (export "evaluate") (type $evaluate)
  (local $i i32) (local $p i32)
  (drop (memory.grow (i32.const 512)))
  (loop $fill
    (i32.store (i32.add (i32.const 0x20000) (i32.mul (local.get $i) (i32.const 4096)))
      (i32.add (i32.const 0x20000) (i32.mul (i32.const 4096)
        (i32.and (i32.add (i32.mul (local.get $i) (i32.const 1664525)) (i32.const 1013904223)) (i32.const 8191)))))
    (br_if $fill (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 8192))))
  (local.set $p (i32.const 0x20000))
  (loop $again
    (local.set $p (i32.load (i32.load (i32.load (i32.load (i32.load (i32.load (i32.load (i32.load (local.get $p))))))))))
    (br $again))
  (i32.const 0))
