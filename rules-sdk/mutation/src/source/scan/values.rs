//! Values that step: numbers, dates, texts, switches, codes, and the boundaries of comparisons.

use std::ops::Range;

use syn::spanned::Spanned;
use syn::visit::Visit;
use syn::{BinOp, Expr, ExprBinary, ExprCall, ExprLit, ExprPath, Lit};

use super::super::names::segments;
use super::super::patterns::code;
use super::super::step;
use super::{Switched, Walker};

impl Walker<'_> {
    pub(super) fn literal(&mut self, literal: &Lit, switched: Switched) {
        let range = literal.span().byte_range();
        let token = self.file.slice(range.clone()).to_owned();
        let steps: Vec<(&str, String)> = match literal {
            Lit::Int(number) => {
                let suffixed = |text: String| format!("{text}{}", number.suffix());
                let lower =
                    if self.frame.listed { None } else { step::down(number.base10_digits()) };
                let steps = [("+1", step::up(number.base10_digits())), ("-1", lower)];
                steps.into_iter().filter_map(|(name, text)| Some((name, suffixed(text?)))).collect()
            }
            Lit::Bool(value) => vec![("flip", (!value.value).to_string())],
            Lit::Str(text) if self.frame.datum && !text.value().ends_with('.') => {
                step::text(&text.value())
                    .map(|text| ("other", format!("{text:?}")))
                    .into_iter()
                    .collect()
            }
            _ => Vec::new(),
        };
        if steps.is_empty() {
            return;
        }
        let id = self.token_id(&token);
        for (step, text) in &steps {
            let edits = vec![(range.clone(), text.clone())];
            self.add(format!("{id}:{step}"), edits, (&token, text), switched.clone());
        }
    }

    /// A code or a constant, used as a value.
    pub(super) fn path(&mut self, path: &ExprPath) {
        if self.use_of(&path.path, None) {
            return;
        }
        let range = path.span().byte_range();
        let Some((enumeration, variant)) =
            code(&path.path, self.enumerations, &self.imports, self.own_type.as_deref())
        else {
            return;
        };
        let Some(next) = self.enumerations.next(&enumeration, &variant) else { return };
        let token = self.file.slice(range.clone()).to_owned();
        let text = self.sibling(&token, &variant, next);
        self.add_steps(&token, &range, &[(next, text)]);
    }

    /// Another variant, written the way that one is.
    pub(super) fn sibling(&self, token: &str, variant: &str, other: &str) -> String {
        match token.strip_suffix(variant) {
            Some("") | None => {
                let prefix = self.imports.before(variant).unwrap_or_default();
                format!("{}::{other}", prefix.join("::"))
            }
            Some(prefix) => format!("{prefix}{other}"),
        }
    }

    pub(super) fn elements(&mut self, elements: &[&Expr]) {
        let all_paths = elements.iter().all(|element| matches!(element, Expr::Path(_)));
        if !all_paths || elements.len() < 2 {
            elements.iter().for_each(|element| self.visit_expr(element));
            return;
        }
        let ranges: Vec<Range<usize>> =
            elements.iter().map(|element| element.span().byte_range()).collect();
        for (at, range) in ranges.iter().enumerate() {
            let neighbour = ranges.get(at + 1).or_else(|| ranges.get(at.saturating_sub(1)));
            let Some(neighbour) = neighbour else { continue };
            let token = self.file.slice(range.clone()).to_owned();
            // The list keeps its length, as its type may want; for a set of codes it is one less.
            let text = self.file.slice(neighbour.clone()).to_owned();
            if let Some(Expr::Path(path)) = elements.get(at) {
                self.use_of(&path.path, None);
            }
            self.add_steps(&token, range, &[("drop", text)]);
        }
    }

    pub(super) fn binary(&mut self, binary: &ExprBinary) {
        let (token, text) = match binary.op {
            BinOp::Lt(_) => ("<", "<="),
            BinOp::Le(_) => ("<=", "<"),
            BinOp::Gt(_) => (">", ">="),
            BinOp::Ge(_) => (">=", ">"),
            _ => return,
        };
        let id = self.token_id(token);
        let switched = self.switched(&binary.span().byte_range());
        let edits = vec![(binary.op.span().byte_range(), text.to_owned())];
        self.add(format!("{id}:{text}"), edits, (token, text), switched);
    }

    /// `Date::literal(2026, 7, 1)` steps by a day.
    pub(super) fn date(&mut self, call: &ExprCall) -> bool {
        let Expr::Path(function) = &*call.func else { return false };
        let names = segments(&function.path);
        let is_date = matches!(names.as_slice(), [.., owner, name] if owner == "Date" && (name == "literal" || name == "new"));
        let numbers: Vec<String> = call
            .args
            .iter()
            .filter_map(|argument| match argument {
                Expr::Lit(ExprLit { lit: Lit::Int(number), .. }) => {
                    Some(number.base10_digits().to_owned())
                }
                _ => None,
            })
            .collect();
        let [year, month, day] = numbers.as_slice() else { return false };
        let date = format!("{year:0>4}-{month:0>2}-{day:0>2}");
        let (Some(next), Some(previous), true) =
            (step::day(&date, 1), step::day(&date, -1), is_date)
        else {
            return false;
        };
        let range = call.span().byte_range();
        let function = self.file.slice(function.span().byte_range()).to_owned();
        let id = self.token_id(&date);
        let switched = self.switched(&range);
        for (step, day) in [("+1d", next), ("-1d", previous)] {
            let parts: Vec<&str> =
                day.split('-').map(|part| part.trim_start_matches('0')).collect();
            let edits = vec![(range.clone(), format!("{function}({})", parts.join(", ")))];
            self.add(format!("{id}:{step}"), edits, (&date, &day), switched.clone());
        }
        true
    }
}
