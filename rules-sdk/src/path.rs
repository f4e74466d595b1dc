//! Paths in a document, written as Rust: the compiler checks them, and they become JSON Pointers.

/// The place of a field, an object, a list or one of its elements, for a finding:
/// `at!(dossier.costs.total)`. Of something absent, the place of the first absent step.
#[macro_export]
macro_rules! at {
    ($place:expr) => {
        $crate::model::view::Placed::pointer(&$place)
    };
}

/// The value at a path, or the rule ends as *not evaluated*, naming the first absent step:
/// `let total = require!(dossier.costs.total);`.
#[macro_export]
macro_rules! require {
    ($place:expr) => {
        $crate::model::view::Require::require(&$place)?
    };
}
