//! What the compiler says to an author who slips: each file in `ui/` is one mistake, and the `.stderr`
//! beside it is what the author reads. `TRYBUILD=overwrite cargo test` rewrites them.

#[test]
fn mistakes_are_named_where_they_are() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
