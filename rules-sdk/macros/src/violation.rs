//! `#[derive(Violation)]`: the name and the wording of a finding, checked in both languages.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use serde_json::json;
use syn::{Data, DeriveInput, Error, Fields, Ident, LitStr, Result};

use crate::rule;

const SHAPE: &str = "a violation has `vi`, `en`, `remedy_vi`, `remedy_en`, and may have a `severity` below the rule's \
                     and a `code` other than its name";
/// What a rule reports by itself when it finds too much; see `kycuong_model::finding::FURTHER_FINDINGS`.
const RESERVED: &str = "further-findings";
/// The longest code, in bytes; hosts refuse longer ones.
const CODE_MAX: usize = 64;

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

    let (mut vi, mut en, mut remedy_vi, mut remedy_en, mut severity, mut code) =
        (None, None, None, None, None, None);
    for attribute in input.attrs.iter().filter(|attribute| attribute.path().is_ident("violation")) {
        attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident("severity") {
                severity = Some(rule::severity(meta.value()?)?);
                return Ok(());
            }
            let slot = if meta.path.is_ident("vi") {
                &mut vi
            } else if meta.path.is_ident("en") {
                &mut en
            } else if meta.path.is_ident("remedy_vi") {
                &mut remedy_vi
            } else if meta.path.is_ident("remedy_en") {
                &mut remedy_en
            } else if meta.path.is_ident("code") {
                &mut code
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
        Some(severity) => {
            quote!(::core::option::Option::Some(::kycuong_rules_sdk::Severity::#severity))
        }
    };
    let (code, code_span) = match code {
        Some(literal) => (literal.value(), literal.span()),
        None => (kebab_case(&name.to_string()), name.span()),
    };
    if !is_code(&code) || code == RESERVED {
        return Err(Error::new(
            code_span,
            format!(
                "`{code}` is no code of a violation: words of lower-case ASCII letters and digits between hyphens, \
                 at most {CODE_MAX} bytes, and not `{RESERVED}`"
            ),
        ));
    }
    let names: Vec<String> = fields.iter().map(ToString::to_string).collect();
    let description = json!({
        "code": code,
        "message": {"vi": vi.value(), "en": en.value()},
        "remedy": {"vi": remedy_vi.value(), "en": remedy_en.value()},
        "values": names,
    })
    .to_string();
    let description = description.strip_suffix('}').unwrap_or(&description);
    let (generics, type_generics, wheres) = input.generics.split_for_impl();
    // The compiler tells of a violation that no rule lists, as it does of a function that nothing calls.
    let listed = quote_spanned! { name.span()=>
        #[doc(hidden)]
        pub(crate) const LISTED_BY_A_RULE: &'static str = #code;
    };

    Ok(quote! {
        impl #generics #name #type_generics #wheres {
            #listed
        }

        impl #generics ::kycuong_rules_sdk::Violation for #name #type_generics #wheres {
            const WORDING: ::kycuong_rules_sdk::Wording = ::kycuong_rules_sdk::Wording {
                code: #code,
                severity: #severity,
                message: (#vi, #en),
                remedy: (#remedy_vi, #remedy_en),
            };
            const MANIFEST: &'static str = #description;
            fn values(&self, say: &mut dyn ::core::ops::FnMut(&::kycuong_rules_sdk::Values<'_>)) {
                say(&[#((#names, &self.#fields)),*])
            }
        }
    })
}

/// `LineDiffers` as `line-differs`: a word starts at a capital that follows a small letter or digit, or that a
/// small letter follows. A copy that `kycuong mutate` makes of a violation is called `LineDiffers__12`, and is
/// reported as the same one.
fn kebab_case(name: &str) -> String {
    let name = name.split("__").next().unwrap_or(name);
    let letters: Vec<char> = name.chars().collect();
    let mut out = String::new();
    for (at, letter) in letters.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| letters.get(at));
        let after = letters.get(at + 1);
        let starts = letter.is_uppercase()
            && before.is_some_and(|before| {
                !before.is_uppercase() || after.is_some_and(|after| after.is_lowercase())
            });
        if starts {
            out.push('-');
        }
        out.extend(letter.to_lowercase());
    }
    out
}

fn is_code(text: &str) -> bool {
    text.len() <= CODE_MAX
        && text.starts_with(|first: char| first.is_ascii_lowercase())
        && text.split('-').all(|word| {
            !word.is_empty()
                && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_codes() {
        for (name, code) in [
            ("LineDiffers", "line-differs"),
            ("NoTotal", "no-total"),
            ("Late", "late"),
            ("VATRateMissing", "vat-rate-missing"),
            ("Decree224Only", "decree224-only"),
            ("OnlyVAT", "only-vat"),
            ("NoTotal__12", "no-total"),
        ] {
            assert_eq!(kebab_case(name), code);
            assert!(is_code(code));
        }
        for wrong in ["", "Line", "line_differs", "line--differs", "-line", "2-lines", "dòng"] {
            assert!(!is_code(wrong), "{wrong}");
        }
    }
}
