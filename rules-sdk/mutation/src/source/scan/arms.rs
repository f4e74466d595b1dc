//! Patterns: a code is left out, is another one, or is treated as that of another arm.

use syn::{Expr, ExprMatch, Pat};

use super::super::names::is_constant;
use super::super::patterns::{PatternCode, PatternCodes, takes_the_rest, whole_arm};
use super::Walker;

impl Walker<'_> {
    /// The literals and constants of a pattern.
    pub(super) fn pattern(&mut self, pattern: &Pat) {
        match pattern {
            Pat::Lit(literal) => {
                let switched = self.pattern_switched();
                self.within(
                    |frame| frame.datum = true,
                    |walker| walker.literal(&literal.lit, switched),
                );
            }
            Pat::Range(range) => {
                for end in [&range.start, &range.end].into_iter().flatten() {
                    match &**end {
                        Expr::Lit(literal) => self.literal(&literal.lit, self.pattern_switched()),
                        Expr::Path(path) => {
                            self.use_of(&path.path, Some(self.pattern_switched()));
                        }
                        _ => {}
                    }
                }
            }
            Pat::Path(path) => {
                self.use_of(&path.path, Some(self.pattern_switched()));
            }
            Pat::Ident(ident) if is_constant(&ident.ident.to_string()) => {
                self.use_of(&ident.ident.clone().into(), Some(self.pattern_switched()));
            }
            Pat::Ident(ident) => ident.subpat.iter().for_each(|(_, inner)| self.pattern(inner)),
            Pat::Or(or) => or.cases.iter().for_each(|case| self.pattern(case)),
            Pat::Paren(paren) => self.pattern(&paren.pat),
            Pat::Reference(reference) => self.pattern(&reference.pat),
            Pat::Tuple(tuple) => tuple.elems.iter().for_each(|inner| self.pattern(inner)),
            Pat::TupleStruct(tuple) => tuple.elems.iter().for_each(|inner| self.pattern(inner)),
            Pat::Slice(slice) => slice.elems.iter().for_each(|inner| self.pattern(inner)),
            Pat::Struct(fields) => fields.fields.iter().for_each(|field| self.pattern(&field.pat)),
            _ => {}
        }
    }

    pub(super) fn codes_of(&self, pattern: &Pat) -> Vec<PatternCode> {
        let own_type = self.own_type.as_deref();
        let (enumerations, imports, source) =
            (self.enumerations, &self.imports, self.file.text.as_str());
        PatternCodes { enumerations, imports, own_type, source }.of(pattern)
    }

    /// A pattern that stands alone: a code is left out of several, or is another one.
    pub(super) fn lone_pattern(&mut self, pattern: &Pat) {
        self.pattern(pattern);
        for code in self.codes_of(pattern) {
            let id = self.token_id(&code.text);
            let switched = self.pattern_switched();
            if let Some(alternative) = code.alternative {
                let edits = vec![(alternative, String::new())];
                self.add(format!("{id}:drop"), edits, (&code.text, "nothing"), switched);
            } else if let Some(next) = self.enumerations.next(&code.enumeration, &code.variant) {
                let text = self.sibling(&code.text, &code.variant, next);
                let edits = vec![(code.range, text.clone())];
                self.add(format!("{id}:{next}"), edits, (&code.text, &text), switched);
            }
        }
    }

    /// The arms of a match: a code is treated as one of another arm.
    pub(super) fn arms(&mut self, expression: &ExprMatch) {
        let codes: Vec<_> = expression.arms.iter().map(|arm| self.codes_of(&arm.pat)).collect();
        let open =
            expression.arms.iter().zip(&codes).any(|(arm, codes)| takes_the_rest(arm, codes));
        for (at, arm) in expression.arms.iter().enumerate() {
            self.pattern(&arm.pat);
            for code in codes.get(at).into_iter().flatten() {
                let id = self.token_id(&code.text);
                let switched = self.pattern_switched();
                let alternative = code.alternative.clone();
                let Some(gone) = alternative.or_else(|| whole_arm(&expression.arms, at)) else {
                    continue;
                };
                let guarded = |other: usize| {
                    expression.arms.get(other).is_some_and(|arm| arm.guard.is_some())
                };
                // The next arm, else the one before; one with a guard would not take all of it.
                let mut others: Vec<usize> = (at + 1..codes.len()).chain((0..at).rev()).collect();
                others.sort_by_key(|other| guarded(*other));
                let host =
                    others.iter().filter_map(|other| codes.get(*other)).flatten().find(|other| {
                        other.enumeration == code.enumeration && other.variant != code.variant
                    });
                if let Some(host) = host {
                    let both = format!("({} | {})", host.text, code.text);
                    let edits = vec![(gone, String::new()), (host.range.clone(), both)];
                    let id = format!("{id}:as-{}", host.variant);
                    self.add(id, edits, (&code.text, &host.text), switched);
                } else if open {
                    let edits = vec![(gone, String::new())];
                    self.add(format!("{id}:drop"), edits, (&code.text, "nothing"), switched);
                }
            }
        }
    }
}
