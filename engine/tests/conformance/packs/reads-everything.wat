;; Hashes all that a pack is handed, so that the report shows whether each byte of it is the same.
;; provinces: VN
;; severity: inform
;; facts: systems
;; rule: the text of the subject
;; rule: its nodes
;; rule: the facts, text and nodes
;; rule: the context, text and nodes
;; rule: the ids of the rules asked
;; rule: the pages of memory that all of it took
(func $rule (param $rule i32) (result i64)
  (local $hash i64)
  (local $at i32)
  (local.set $hash (i64.const 0xcbf29ce484222325))
  (block $pages (block $ids (block $of_context (block $of_facts (block $nodes (block $text
    (br_table $text $nodes $of_facts $of_context $ids $pages (local.get $rule)))
    (return (call $hash (local.get $hash) (global.get $subject) (global.get $subject_bytes))))
    (return (call $hash (local.get $hash)
      (global.get $subject_nodes) (i32.mul (global.get $subject_node_words) (i32.const 4)))))
    (return (call $hash
      (call $hash (local.get $hash) (global.get $facts) (global.get $facts_bytes))
      (global.get $facts_nodes) (i32.mul (global.get $facts_node_words) (i32.const 4)))))
    (return (call $hash
      (call $hash (local.get $hash) (global.get $context) (global.get $context_bytes))
      (global.get $context_nodes) (i32.mul (global.get $context_node_words) (i32.const 4)))))
    (loop $next
      (if (i32.lt_u (local.get $at) (global.get $rule_count))
        (then
          (local.set $hash
            (call $hash (local.get $hash)
              (i32.load (i32.add (global.get $rules) (i32.mul (local.get $at) (i32.const 8))))
              (i32.load offset=4 (i32.add (global.get $rules) (i32.mul (local.get $at) (i32.const 8))))))
          (local.set $at (i32.add (local.get $at) (i32.const 1)))
          (br $next))))
    (return (local.get $hash)))
  (i64.extend_i32_u (memory.size)))
