//! `#[derive(Violation)]`: the wording of a finding, checked in both languages.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, Error, Fields, Ident, LitStr, Result};

const SHAPE: &str = "a violation has `vi`, `en`, `remedy_vi`, `remedy_en`, and may have a `severity` below the rule's";

pub(crate) fn expand(input: DeriveInput) -> Result<TokenStream> {
    let name = &input.ident;
    let Data::Struct(data) = &input.data else {
        return Err(Error::new(
            name.span(),
            "a violation is a struct; its fields are the placeholders of the message",
        ));
    };
    let fields: Vec<Ident> = match &data.fields {
        Fields::Named(named) => {
            named.named.iter().filter_map(|field| field.ident.clone()).collect()
        }
        Fields::Unit => Vec::new(),
        Fields::Unnamed(_) => {
            return Err(Error::new(
                name.span(),
                "the fields of a violation are named: they are the placeholders",
            ));
        }
    };

    let (mut vi, mut en, mut remedy_vi, mut remedy_en, mut severity) =
        (None, None, None, None, None);
    for attribute in input.attrs.iter().filter(|attribute| attribute.path().is_ident("violation")) {
        attribute.parse_nested_meta(|meta| {
            let slot = if meta.path.is_ident("vi") {
                &mut vi
            } else if meta.path.is_ident("en") {
                &mut en
            } else if meta.path.is_ident("remedy_vi") {
                &mut remedy_vi
            } else if meta.path.is_ident("remedy_en") {
                &mut remedy_en
            } else if meta.path.is_ident("severity") {
                &mut severity
            } else {
                return Err(meta.error(SHAPE));
            };
            *slot = Some(meta.value()?.parse::<LitStr>()?);
            Ok(())
        })?;
    }
    let need = |text: Option<LitStr>| text.ok_or_else(|| Error::new(name.span(), SHAPE));
    let (vi, en) = (need(vi)?, need(en)?);
    let (remedy_vi, remedy_en) = (need(remedy_vi)?, need(remedy_en)?);

    let mut used = BTreeSet::new();
    for (left, right) in [(&vi, &en), (&remedy_vi, &remedy_en)] {
        let (left_names, right_names) = (placeholders(left)?, placeholders(right)?);
        if let Some(single) = left_names.symmetric_difference(&right_names).next() {
            let span = if left_names.contains(single) { left.span() } else { right.span() };
            return Err(Error::new(span, format!("`{{{single}}}` is in one language only")));
        }
        used.extend(left_names);
    }
    for placeholder in &used {
        if !fields.iter().any(|field| field == placeholder) {
            return Err(Error::new(
                vi.span(),
                format!("`{{{placeholder}}}` is no field of `{name}`"),
            ));
        }
    }
    if let Some(unused) = fields.iter().find(|field| !used.contains(&field.to_string())) {
        return Err(Error::new(unused.span(), format!("no message says `{{{unused}}}`")));
    }
    for text in [&vi, &en, &remedy_vi, &remedy_en] {
        if !text.value().trim_end().ends_with('.') {
            return Err(Error::new(
                text.span(),
                "a message is a whole sentence and ends with a period",
            ));
        }
    }

    let severity = match severity {
        None => quote!(::core::option::Option::None),
        Some(literal) => match literal.value().as_str() {
            "block" => quote!(::core::option::Option::Some(::kycuong_rules_sdk::Severity::Block)),
            "warn" => quote!(::core::option::Option::Some(::kycuong_rules_sdk::Severity::Warn)),
            "inform" => quote!(::core::option::Option::Some(::kycuong_rules_sdk::Severity::Inform)),
            other => {
                let message =
                    format!("unknown severity `{other}`; expected `block`, `warn` or `inform`");
                return Err(Error::new(literal.span(), message));
            }
        },
    };
    let names: Vec<String> = fields.iter().map(ToString::to_string).collect();
    let (generics, type_generics, wheres) = input.generics.split_for_impl();

    Ok(quote! {
        impl #generics ::kycuong_rules_sdk::Violation for #name #type_generics #wheres {
            const WORDING: ::kycuong_rules_sdk::Wording = ::kycuong_rules_sdk::Wording {
                severity: #severity,
                message: (#vi, #en),
                remedy: (#remedy_vi, #remedy_en),
            };
            fn values(&self, say: &mut dyn ::core::ops::FnMut(&::kycuong_rules_sdk::Values<'_>)) {
                say(&[#((#names, &self.#fields)),*])
            }
        }
    })
}

/// The pieces of a message: text and `{placeholder}` in turn.
fn pieces(literal: &LitStr) -> Result<Vec<(String, Option<String>)>> {
    let text = literal.value();
    let mut out = Vec::new();
    let mut rest = text.as_str();
    while let Some(open) = rest.find('{') {
        let (before, after) = rest.split_at(open);
        let Some(close) = after.find('}') else {
            return Err(Error::new(literal.span(), "a `{` without its `}`"));
        };
        out.push((before.to_owned(), Some(after[1..close].to_owned())));
        rest = &after[close + 1..];
    }
    out.push((rest.to_owned(), None));
    Ok(out)
}

fn placeholders(literal: &LitStr) -> Result<BTreeSet<String>> {
    Ok(pieces(literal)?.into_iter().filter_map(|(_, name)| name).collect())
}
