//! Codes in patterns: where they stand, and how one is taken out or moved to another arm.

use std::ops::Range;

use syn::spanned::Spanned;
use syn::{Arm, Pat, Token};

use super::names::{Enumerations, Imports, segments};

/// A code in a pattern.
#[derive(Clone, Debug)]
pub(crate) struct PatternCode {
    /// As it is written: `Level::Commune`.
    pub(crate) text: String,
    pub(crate) enumeration: String,
    pub(crate) variant: String,
    pub(crate) range: Range<usize>,
    /// What is taken out with it when it stands in `A | B`.
    pub(crate) alternative: Option<Range<usize>>,
}

/// The enumeration and the variant that a path means, if it is a code.
pub(crate) fn code(
    path: &syn::Path,
    enumerations: &Enumerations,
    imports: &Imports,
    own_type: Option<&str>,
) -> Option<(String, String)> {
    let names = segments(path);
    let variant = names.last()?.clone();
    let enumeration = match names.iter().rev().nth(1) {
        Some(name) if name == "Self" => own_type?.to_owned(),
        Some(name) => name.clone(),
        None => imports.before(&variant)?.last()?.clone(),
    };
    enumerations.has(&enumeration, &variant).then_some((enumeration, variant))
}

/// Collects the codes of a pattern, in the order of the source.
pub(crate) struct PatternCodes<'n> {
    pub(crate) enumerations: &'n Enumerations,
    pub(crate) imports: &'n Imports,
    pub(crate) own_type: Option<&'n str>,
    pub(crate) source: &'n str,
}

impl PatternCodes<'_> {
    pub(crate) fn of(&self, pattern: &Pat) -> Vec<PatternCode> {
        let mut found = Vec::new();
        self.collect(pattern, None, &mut found);
        found
    }

    fn collect(
        &self,
        pattern: &Pat,
        alternative: Option<Range<usize>>,
        found: &mut Vec<PatternCode>,
    ) {
        let all = |patterns: &mut dyn Iterator<Item = &Pat>, found: &mut Vec<PatternCode>| {
            for inner in patterns {
                self.collect(inner, alternative.clone(), found);
            }
        };
        match pattern {
            Pat::Path(path) => self.add(&path.path, alternative, found),
            Pat::Ident(ident) if ident.subpat.is_none() && ident.by_ref.is_none() => {
                self.add(&ident.ident.clone().into(), alternative, found);
            }
            Pat::Ident(ident) => {
                all(&mut ident.subpat.iter().map(|(_, inner)| &**inner), found);
            }
            Pat::Or(or) => {
                let ranges: Vec<Range<usize>> =
                    or.cases.iter().map(|case| case.span().byte_range()).collect();
                for (at, case) in or.cases.iter().enumerate() {
                    self.collect(case, without_bar(&ranges, at), found);
                }
            }
            Pat::Paren(paren) => all(&mut std::iter::once(&*paren.pat), found),
            Pat::Reference(reference) => all(&mut std::iter::once(&*reference.pat), found),
            Pat::Tuple(tuple) => all(&mut tuple.elems.iter(), found),
            Pat::TupleStruct(tuple) => all(&mut tuple.elems.iter(), found),
            Pat::Slice(slice) => all(&mut slice.elems.iter(), found),
            Pat::Struct(fields) => all(&mut fields.fields.iter().map(|field| &*field.pat), found),
            _ => {}
        }
    }

    fn add(
        &self,
        path: &syn::Path,
        alternative: Option<Range<usize>>,
        found: &mut Vec<PatternCode>,
    ) {
        let range = path.span().byte_range();
        if let Some((enumeration, variant)) =
            code(path, self.enumerations, self.imports, self.own_type)
        {
            let text = self.source.get(range.clone()).unwrap_or_default().to_owned();
            found.push(PatternCode { text, enumeration, variant, range, alternative });
        }
    }
}

/// An alternative with the bar that goes with it; `None` when it is the only one.
fn without_bar(alternatives: &[Range<usize>], at: usize) -> Option<Range<usize>> {
    let own = alternatives.get(at)?;
    if let Some(next) = alternatives.get(at + 1) {
        return Some(own.start..next.start);
    }
    let before = alternatives.get(at.checked_sub(1)?)?;
    Some(before.end..own.end)
}

/// An arm with what goes with it up to the next.
pub(crate) fn whole_arm(arms: &[Arm], at: usize) -> Option<Range<usize>> {
    let arm = arms.get(at)?;
    let start = arm.span().byte_range().start;
    let end = arms.get(at + 1).map_or_else(
        || arm.comma.map_or_else(|| arm.span().byte_range().end, end_of),
        |next| next.span().byte_range().start,
    );
    Some(start..end)
}

fn end_of(comma: Token![,]) -> usize {
    comma.span().byte_range().end
}

/// Whether an arm takes whatever the others leave.
pub(crate) fn takes_the_rest(arm: &Arm, codes: &[PatternCode]) -> bool {
    let open = matches!(arm.pat, Pat::Wild(_) | Pat::Ident(_));
    open && arm.guard.is_none() && codes.is_empty()
}
