;; What every conformance pack shares: an allocator that grows its memory, the manifest, and an answer
;; with one outcome for each rule asked. The body is one file of `packs/`: core fields, among them
;; `$rule`, which gets the number of a rule and computes a value from the request. 0 is a pass; any
;; other value is a finding that shows it as 16 hexadecimal digits, so that what was computed stands in
;; the report.
(component
  (core module $guest
    (type $evaluate (func
      (param i32 i32 i32 i32)
      (param i32 i32 i32 i32)
      (param i32 i32 i32 i32)
      (param i32 i32)
      (result i32)))
    ;; The first page: 0 what functions return; 256 manifest; 16384 pieces of the answer; 20480 for
    ;; bodies; 32768 the answer. Everything that the host hands in comes after it.
    (memory $memory (export "memory") 1)
    (global $free (mut i32) (i32.const 65536))

    (func $cabi_realloc (export "cabi_realloc") (param $old i32) (param $old_size i32) (param $align i32) (param $size i32) (result i32)
      (local $start i32)
      (local $missing i32)
      (local.set $start
        (i32.and
          (i32.add (global.get $free) (i32.sub (local.get $align) (i32.const 1)))
          (i32.sub (i32.const 0) (local.get $align))))
      (global.set $free (i32.add (local.get $start) (local.get $size)))
      (local.set $missing
        (i32.sub
          (i32.shr_u (i32.add (global.get $free) (i32.const 65535)) (i32.const 16))
          (memory.size)))
      (if (i32.gt_s (local.get $missing) (i32.const 0))
        (then
          (if (i32.eq (memory.grow (local.get $missing)) (i32.const -1)) (then unreachable))))
      (local.get $start))

    (data (i32.const 256) "$MANIFEST")
    (func (export "manifest") (result i32)
      (i32.store (i32.const 0) (i32.const 256))
      (i32.store (i32.const 4) (i32.const $LENGTH_OF_MANIFEST))
      (i32.const 0))

    ;; The request: of each document its text and its nodes, as address and count.
    (global $subject (mut i32) (i32.const 0))
    (global $subject_bytes (mut i32) (i32.const 0))
    (global $subject_nodes (mut i32) (i32.const 0))
    (global $subject_node_words (mut i32) (i32.const 0))
    (global $facts (mut i32) (i32.const 0))
    (global $facts_bytes (mut i32) (i32.const 0))
    (global $facts_nodes (mut i32) (i32.const 0))
    (global $facts_node_words (mut i32) (i32.const 0))
    (global $context (mut i32) (i32.const 0))
    (global $context_bytes (mut i32) (i32.const 0))
    (global $context_nodes (mut i32) (i32.const 0))
    (global $context_node_words (mut i32) (i32.const 0))
    (global $rules (mut i32) (i32.const 0))
    (global $rule_count (mut i32) (i32.const 0))

    ;; FNV-1a, 64 bits, over some bytes, starting from another hash.
    (func $hash (param $hash i64) (param $from i32) (param $bytes i32) (result i64)
      (local $end i32)
      (local.set $end (i32.add (local.get $from) (local.get $bytes)))
      (loop $next
        (if (i32.lt_u (local.get $from) (local.get $end))
          (then
            (local.set $hash
              (i64.mul
                (i64.xor (local.get $hash) (i64.load8_u (local.get $from)))
                (i64.const 0x100000001b3)))
            (local.set $from (i32.add (local.get $from) (i32.const 1)))
            (br $next))))
      (local.get $hash))
    ;; The same over the eight bytes of a number.
    (func $mix (param $hash i64) (param $value i64) (result i64)
      (i64.store (i32.const 64) (local.get $value))
      (call $hash (local.get $hash) (i32.const 64) (i32.const 8)))

    (data (i32.const 16384) "{\"outcomes\":[")
    (data (i32.const 16448) "{\"rule\":\"")
    (data (i32.const 16512) "\",\"status\":\"pass\"}")
    (data (i32.const 16576) "$FINDING")
    (data (i32.const 17152) "\"}}]}")
    (global $out (mut i32) (i32.const 32768))
    (func $write (param $from i32) (param $bytes i32)
      (memory.copy (global.get $out) (local.get $from) (local.get $bytes))
      (global.set $out (i32.add (global.get $out) (local.get $bytes))))
    (func $write_hexadecimal (param $value i64)
      (local $left i32)
      (local $digit i32)
      (local.set $left (i32.const 16))
      (loop $next
        (local.set $value (i64.rotl (local.get $value) (i64.const 4)))
        (local.set $digit (i32.and (i32.wrap_i64 (local.get $value)) (i32.const 15)))
        (i32.store8 (global.get $out)
          (i32.add
            (local.get $digit)
            (select (i32.const 48) (i32.const 87) (i32.lt_u (local.get $digit) (i32.const 10)))))
        (global.set $out (i32.add (global.get $out) (i32.const 1)))
        (br_if $next (local.tee $left (i32.sub (local.get $left) (i32.const 1))))))

    (func $evaluate (export "evaluate") (type $evaluate)
      (local $at i32)
      (local $id i32)
      (local $length i32)
      (local $value i64)
      (global.set $subject (local.get 0))
      (global.set $subject_bytes (local.get 1))
      (global.set $subject_nodes (local.get 2))
      (global.set $subject_node_words (local.get 3))
      (global.set $facts (local.get 4))
      (global.set $facts_bytes (local.get 5))
      (global.set $facts_nodes (local.get 6))
      (global.set $facts_node_words (local.get 7))
      (global.set $context (local.get 8))
      (global.set $context_bytes (local.get 9))
      (global.set $context_nodes (local.get 10))
      (global.set $context_node_words (local.get 11))
      (global.set $rules (local.get 12))
      (global.set $rule_count (local.get 13))
      (call $write (i32.const 16384) (i32.const 13))
      (loop $next
        (if (i32.lt_u (local.get $at) (global.get $rule_count))
          (then
            (local.set $id (i32.load (i32.add (global.get $rules) (i32.mul (local.get $at) (i32.const 8)))))
            (local.set $length (i32.load offset=4 (i32.add (global.get $rules) (i32.mul (local.get $at) (i32.const 8)))))
            (if (local.get $at)
              (then
                (i32.store8 (global.get $out) (i32.const 44))
                (global.set $out (i32.add (global.get $out) (i32.const 1)))))
            (call $write (i32.const 16448) (i32.const 9))
            (call $write (local.get $id) (local.get $length))
            ;; The number of a rule is the last character of its id.
            (local.set $value
              (call $rule
                (i32.sub
                  (i32.load8_u (i32.sub (i32.add (local.get $id) (local.get $length)) (i32.const 1)))
                  (i32.const 48))))
            (if (i64.eqz (local.get $value))
              (then (call $write (i32.const 16512) (i32.const 18)))
              (else
                (call $write (i32.const 16576) (i32.const $LENGTH_OF_FINDING))
                (call $write_hexadecimal (local.get $value))
                (call $write (i32.const 17152) (i32.const 5))))
            (local.set $at (i32.add (local.get $at) (i32.const 1)))
            (br $next))))
      (i32.store16 (global.get $out) (i32.const 0x7d5d))
      (global.set $out (i32.add (global.get $out) (i32.const 2)))
      (i32.store (i32.const 16) (i32.const 0))
      (i32.store (i32.const 20) (i32.const 32768))
      (i32.store (i32.const 24) (i32.sub (global.get $out) (i32.const 32768)))
      (i32.const 16))

    $BODY
  )
  (core instance $guest (instantiate $guest))
  (alias core export $guest "memory" (core memory $memory))
  (alias core export $guest "cabi_realloc" (core func $realloc))
  (type $document (record (field "text" string) (field "nodes" (list u32))))
  (type $request (record
    (field "subject" $document) (field "facts" $document) (field "context" $document) (field "rules" (list string))))
  (func $manifest (result string) (canon lift (core func $guest "manifest") (memory $memory)))
  (func $evaluate (param "request" $request) (result (result string (error string)))
    (canon lift (core func $guest "evaluate") (memory $memory) (realloc $realloc)))

  ;; Types that an interface's functions use must be named by the interface.
  (component $interface
    (type $document' (record (field "text" string) (field "nodes" (list u32))))
    (import "document" (type $document (eq $document')))
    (type $request' (record
      (field "subject" $document) (field "facts" $document) (field "context" $document) (field "rules" (list string))))
    (import "request" (type $request (eq $request')))
    (import "manifest" (func $manifest (result string)))
    (import "evaluate" (func $evaluate (param "request" $request) (result (result string (error string)))))
    (export $exported_document "document" (type $document))
    (type $exported_request' (record
      (field "subject" $exported_document) (field "facts" $exported_document) (field "context" $exported_document)
      (field "rules" (list string))))
    (export $exported_request "request" (type $request) (type (eq $exported_request')))
    (export "manifest" (func $manifest))
    (export "evaluate" (func $evaluate)
      (func (param "request" $exported_request) (result (result string (error string))))))
  (instance $pack (instantiate $interface
    (with "document" (type $document))
    (with "request" (type $request))
    (with "manifest" (func $manifest))
    (with "evaluate" (func $evaluate))))
  (export "kycuong:rules/pack@2.0.0" (instance $pack)))
