;; What every pack of these tests shares: an allocator, the manifest, a prepared answer, and the
;; interface. The body is one of the other files: core fields, among them the function `evaluate`.
(component
  (core module $guest
    ;; Each document as text and nodes, each of them as address and count; then the rules.
    (type $evaluate (func
      (param i32 i32 i32 i32)
      (param i32 i32 i32 i32)
      (param i32 i32 i32 i32)
      (param i32 i32)
      (result i32)))
    (memory $memory (export "memory") 2)
    (global $free (mut i32) (i32.const 65536))

    ;; A bump allocator that trusts the host to stay within the second page.
    (func (export "cabi_realloc") (param $old i32) (param $old_size i32) (param $align i32) (param $size i32) (result i32)
      (global.set $free
        (i32.and
          (i32.add (global.get $free) (i32.sub (local.get $align) (i32.const 1)))
          (i32.sub (i32.const 0) (local.get $align))))
      (global.get $free)
      (global.set $free (i32.add (global.get $free) (local.get $size))))

    (data (i32.const 256) "$MANIFEST")
    (func (export "manifest") (result i32)
      (i32.store (i32.const 0) (i32.const 256))
      (i32.store (i32.const 4) (i32.const $LENGTH_OF_MANIFEST))
      (i32.const 0))

    ;; `ok` (0) or `error` (1) with the prepared answer.
    (data (i32.const 8192) "$ANSWER")
    (func $answer (param $discriminant i32) (result i32)
      (i32.store (i32.const 16) (local.get $discriminant))
      (i32.store (i32.const 20) (i32.const 8192))
      (i32.store (i32.const 24) (i32.const $LENGTH_OF_ANSWER))
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
