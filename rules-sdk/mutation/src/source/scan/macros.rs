//! What stands in macros, as far as it is Rust.

use syn::parse::{Parse, ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::visit::Visit;
use syn::{Expr, Pat, Token};

use super::super::Shape;
use super::Walker;

/// Macros that name places or word things.
const PASSED_OVER: [&str; 8] = [
    "at",
    "stringify",
    "concat",
    "env",
    "include_str",
    "compile_error",
    "debug_assert",
    "rule_pack",
];
/// Macros that make texts: their first argument is a wording.
const FORMATTING: [&str; 4] = ["format", "write", "writeln", "panic"];

/// `matches!(value, pattern if guard)`.
struct Matches {
    value: Expr,
    pattern: Pat,
    guard: Option<Expr>,
}

impl Parse for Matches {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let value = input.parse()?;
        input.parse::<Token![,]>()?;
        let pattern = Pat::parse_multi_with_leading_vert(input)?;
        let guard = match input.parse::<Option<Token![if]>>()? {
            Some(_) => Some(input.parse()?),
            None => None,
        };
        input.parse::<Option<Token![,]>>()?;
        Ok(Self { value, pattern, guard })
    }
}

impl Walker<'_> {
    pub(super) fn invocation(&mut self, invocation: &syn::Macro) {
        let Some(name) = invocation.path.segments.last().map(|last| last.ident.to_string()) else {
            return;
        };
        if PASSED_OVER.contains(&name.as_str()) {
            return;
        }
        let range = invocation.span().byte_range();
        if name == "matches" {
            let Ok(matches) = syn::parse2::<Matches>(invocation.tokens.clone()) else { return };
            self.visit_expr(&matches.value);
            self.within(
                |frame| {
                    frame.pattern = Some(range);
                    frame.pattern_shape = Some(Shape::Parenthesised);
                },
                |walker| walker.lone_pattern(&matches.pattern),
            );
            matches.guard.iter().for_each(|guard| self.visit_expr(guard));
            return;
        }
        let arguments = Punctuated::<Expr, Token![,]>::parse_terminated;
        let Ok(arguments) = arguments.parse2(invocation.tokens.clone()) else { return };
        let wording = usize::from(FORMATTING.contains(&name.as_str()));
        let is_list = name == "vec";
        self.within(
            |frame| (frame.datum, frame.listed) = (is_list, is_list || frame.listed),
            |walker| {
                let arguments: Vec<&Expr> = arguments.iter().skip(wording).collect();
                if is_list {
                    walker.elements(&arguments);
                } else {
                    arguments.iter().for_each(|argument| walker.visit_expr(argument));
                }
            },
        );
    }
}
