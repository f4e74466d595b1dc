//! Which members of its subject a rule reads, found in its body.

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;
use syn::{FnArg, ItemFn, Pat};

/// The members that the body reads: every chain of fields that starts at the subject's parameter.
pub(super) fn reads(function: &ItemFn) -> Vec<String> {
    let Some(FnArg::Typed(first)) = function.sig.inputs.first() else { return Vec::new() };
    let Pat::Ident(subject) = &*first.pat else { return Vec::new() };
    let block = &function.block;
    let mut found = Vec::new();
    collect_reads(quote!(#block), &subject.ident.to_string(), &mut found);
    found
}

fn collect_reads(tokens: TokenStream, subject: &str, found: &mut Vec<String>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        at += 1;
        match token {
            TokenTree::Group(group) => collect_reads(group.stream(), subject, found),
            TokenTree::Ident(ident) if ident == subject => {
                let mut path: Vec<String> = Vec::new();
                while let (Some(TokenTree::Punct(dot)), Some(TokenTree::Ident(member))) =
                    (tokens.get(at), tokens.get(at + 1))
                {
                    let call = matches!(tokens.get(at + 2), Some(TokenTree::Group(group))
                        if group.delimiter() == proc_macro2::Delimiter::Parenthesis);
                    if dot.as_char() != '.' || call {
                        break;
                    }
                    let member = member.to_string();
                    path.push(member.strip_prefix("r#").unwrap_or(&member).to_owned());
                    at += 2;
                }
                if !path.is_empty() {
                    found.push(path.join("."));
                }
            }
            _ => {}
        }
    }
}
