//! The attribute and the derives that the model and the rules are written with.
//!
//! Everything a macro refuses, it refuses at the words that are wrong, and says what would be right.

use proc_macro::TokenStream;

mod docs;
mod pack;
mod parameters;
mod rule;
mod view;
mod violation;

/// Makes a typed view of a JSON object: the reader, the schema's description and the names in
/// pointers, from one struct whose fields are `Field`, `Object` or `List`. Every field needs a
/// Vietnamese doc comment; its first line is the label in forms. `#[view(required)]` marks what the
/// schema requires.
#[proc_macro_derive(View, attributes(view))]
pub fn derive_view(input: TokenStream) -> TokenStream {
    view::expand(syn::parse_macro_input!(input))
        .unwrap_or_else(syn::Error::into_compile_error)
        .into()
}

/// Turns a function into a rule: see the book of the SDK (`rules-sdk/README.md`).
#[proc_macro_attribute]
pub fn rule(attribute: TokenStream, item: TokenStream) -> TokenStream {
    rule::expand(attribute.into(), syn::parse_macro_input!(item))
        .unwrap_or_else(syn::Error::into_compile_error)
        .into()
}

/// Lists the rules of a pack and exports it: the last lines of a pack's `lib.rs`.
///
/// `provinces` is `["VN"]` for the national baseline, else slugs of `kycuong_model::jurisdiction`. Each rule is a
/// module of the same name as its function. `status: "historic"` is for a text that no source shows to be in force: its
/// rules warn until a deployment adopts the pack. `source_vi` and `source_en` cite the text that the rules quote;
/// `unverifiable` lists its obligations that no machine can check, and why.
#[proc_macro]
pub fn rule_pack(input: TokenStream) -> TokenStream {
    pack::expand(input.into()).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// The name and the two-language wording of a finding; both languages must use the same placeholders.
#[proc_macro_derive(Violation, attributes(violation))]
pub fn derive_violation(input: TokenStream) -> TokenStream {
    violation::expand(syn::parse_macro_input!(input))
        .unwrap_or_else(syn::Error::into_compile_error)
        .into()
}

/// What a province may set for a rule: a struct whose fields have a default and bounds.
#[proc_macro_derive(Parameters, attributes(parameter))]
pub fn derive_parameters(input: TokenStream) -> TokenStream {
    parameters::expand(syn::parse_macro_input!(input))
        .unwrap_or_else(syn::Error::into_compile_error)
        .into()
}
