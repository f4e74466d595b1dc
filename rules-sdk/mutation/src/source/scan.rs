//! Walks the sources and notes what can be changed by one step.
//!
//! What is not of the rule is passed over: tests, wordings, formatting, types.

use std::collections::BTreeMap;
use std::ops::Range;

use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{
    BinOp, Block, Expr, ExprLit, ExprMethodCall, ImplItem, ImplItemConst, ImplItemFn, Item,
    ItemConst, ItemFn, ItemImpl, ItemStatic, Lit, Pat,
};

use super::items::{CopiedItem, Kind, attributes, collect, type_name};
use super::modules::{SourceFile, is_test};
use super::names::{Enumerations, Imports, segments};
use super::{Edit, Scan, Shape, Site, SourceMutant};

mod arms;
mod macros;
mod uses;
mod values;

/// Traits whose implementations word things and decide nothing.
const WORDING_TRAITS: [&str; 5] = ["Localize", "Display", "Debug", "Error", "Violation"];
/// Methods whose text argument is compared with.
const COMPARING: [&str; 9] = [
    "is_text",
    "contains",
    "starts_with",
    "ends_with",
    "strip_prefix",
    "strip_suffix",
    "split_once",
    "eq",
    "find",
];

/// What a changed place is switched by.
#[derive(Clone, Debug)]
enum Switched {
    /// The expression is there twice.
    Site(Range<usize>, Shape),
    /// The item is there twice, and so is every use of it.
    Item(usize),
    /// It cannot be switched, and why.
    Never(&'static str),
}

/// A use of an item that can be copied.
#[derive(Debug)]
struct Use {
    item: usize,
    file: usize,
    /// The name, or the last part of the path.
    range: Range<usize>,
    /// What stands before the name of the copy.
    prefix: String,
    switched: Switched,
}

/// All mutants of some sources.
pub(crate) fn scan(files: Vec<SourceFile>) -> Scan {
    let enumerations = Enumerations::of(&files);
    let items = collect(&files);
    let mut scan = Scan::default();
    let (mut of_items, mut uses, mut ordinals) = (Vec::new(), Vec::new(), BTreeMap::new());
    for (index, file) in files.iter().enumerate() {
        let mut walker = Walker {
            file,
            index,
            enumerations: &enumerations,
            items: &items,
            imports: Imports::of(file),
            names: Vec::new(),
            own_type: None,
            frame: Frame::default(),
            scan: &mut scan,
            of_items: &mut of_items,
            uses: &mut uses,
            ordinals: &mut ordinals,
        };
        walker.wordings();
        walker.visit_file(&file.syntax);
    }
    uses::spread(&items, &of_items, &uses, &files, &mut scan);
    scan.files = files;
    scan
}

/// Where the walk is.
#[derive(Clone, Debug, Default)]
struct Frame {
    /// The constant that is being walked.
    constant: Option<usize>,
    /// Set inside what the compiler evaluates and no copy replaces.
    never: Option<&'static str>,
    /// The outermost `&[…]`: it is a constant only as a whole.
    whole: Option<Range<usize>>,
    /// What is there twice when a pattern changes.
    pattern: Option<Range<usize>>,
    /// How that is written.
    pattern_shape: Option<Shape>,
    /// The call that reports a finding.
    report: Option<Range<usize>>,
    /// Whether a text here is a datum and no wording.
    datum: bool,
    /// Whether numbers here are those of a list.
    listed: bool,
}

/// A changed copy: the mutant, the item, the edits.
type ItemEdits = (u32, usize, Vec<(Range<usize>, String)>);

struct Walker<'w> {
    file: &'w SourceFile,
    index: usize,
    enumerations: &'w Enumerations,
    items: &'w [CopiedItem],
    imports: Imports,
    /// The items around, outermost first.
    names: Vec<String>,
    own_type: Option<String>,
    frame: Frame,
    scan: &'w mut Scan,
    of_items: &'w mut Vec<ItemEdits>,
    uses: &'w mut Vec<Use>,
    /// How often a token was seen in an item.
    ordinals: &'w mut BTreeMap<String, usize>,
}

impl Walker<'_> {
    /// Walks with another frame, then goes back to this one.
    fn within(&mut self, change: impl FnOnce(&mut Frame), walk: impl FnOnce(&mut Self)) {
        let outer = self.frame.clone();
        change(&mut self.frame);
        walk(self);
        self.frame = outer;
    }

    fn named(&mut self, name: String, walk: impl FnOnce(&mut Self)) {
        self.names.push(name);
        walk(self);
        self.names.pop();
    }

    fn switched(&self, range: &Range<usize>) -> Switched {
        match (self.frame.constant, self.frame.never, &self.frame.whole) {
            (Some(item), ..) => Switched::Item(item),
            (None, Some(why), _) => Switched::Never(why),
            (None, None, Some(whole)) => Switched::Site(whole.clone(), Shape::Parenthesised),
            (None, None, None) => Switched::Site(range.clone(), Shape::Parenthesised),
        }
    }

    fn pattern_switched(&self) -> Switched {
        let site = match (&self.frame.pattern, self.frame.pattern_shape) {
            (Some(site), Some(shape)) => Switched::Site(site.clone(), shape),
            _ => Switched::Never("the pattern of a `let`"),
        };
        match self.switched(&(0..0)) {
            Switched::Site(..) => site,
            other => other,
        }
    }

    /// The id's part up to the change; counts how often the token was seen here.
    fn token_id(&mut self, token: &str) -> String {
        let name = if self.names.is_empty() { "-".to_owned() } else { self.names.join("::") };
        let id = format!("{}/{name}/{token}", self.file.name());
        let seen = self.ordinals.entry(id.clone()).or_default();
        *seen += 1;
        if *seen == 1 { id } else { format!("{id}#{seen}") }
    }

    fn add(
        &mut self,
        id: String,
        edits: Vec<(Range<usize>, String)>,
        (before, after): (&str, &str),
        switched: Switched,
    ) {
        let number = u32::try_from(self.scan.mutants.len()).unwrap_or(u32::MAX).saturating_add(1);
        let line = edits.first().map_or(1, |(range, _)| self.file.line(range.start));
        let mut left_out = None;
        match switched {
            Switched::Item(item) => self.of_items.push((number, item, edits)),
            Switched::Never(why) => left_out = Some(why.to_owned()),
            Switched::Site(range, shape) => {
                let file = self.index;
                self.scan.sites.push(Site { mutant: number, file, range, shape });
                self.scan.edits.extend(edits.into_iter().map(|(range, text)| Edit {
                    mutant: number,
                    file,
                    range,
                    text,
                }));
            }
        }
        self.scan.mutants.push(SourceMutant {
            number,
            id,
            module: self.file.name(),
            place: format!("{}:{line}", self.file.path.display()),
            before: before.to_owned(),
            after: after.to_owned(),
            left_out,
        });
    }

    /// Several steps of one token.
    fn add_steps(&mut self, token: &str, range: &Range<usize>, steps: &[(&str, String)]) {
        let id = self.token_id(token);
        let switched = self.switched(range);
        for (step, text) in steps {
            let edits = vec![(range.clone(), text.clone())];
            self.add(format!("{id}:{step}"), edits, (token, text), switched.clone());
        }
    }

    /// Findings whose wording has its own severity, one step up or down.
    fn wordings(&mut self) {
        for (index, item) in self.items.iter().enumerate() {
            let Kind::Wording { severity, at } = &item.kind else { continue };
            if item.file != self.index {
                continue;
            }
            let (other, code) =
                if severity == "Warn" { ("Inform", "inform") } else { ("Warn", "warn") };
            let id = format!("{}/{}/severity:{code}", self.file.name(), item.name);
            let edits = vec![(at.clone(), other.to_owned())];
            self.add(id, edits, (severity, other), Switched::Item(index));
        }
    }
}

impl<'ast> Visit<'ast> for Walker<'_> {
    fn visit_item(&mut self, item: &'ast Item) {
        if !is_test(attributes(item)) && !matches!(item, Item::Macro(_) | Item::Enum(_)) {
            self.within(
                |frame| *frame = Frame::default(),
                |walker| visit::visit_item(walker, item),
            );
        }
    }

    fn visit_item_fn(&mut self, item: &'ast ItemFn) {
        let never = item.sig.constness.map(|_| "inside a `const fn`");
        self.named(item.sig.ident.to_string(), |walker| {
            walker.within(|frame| frame.never = never, |walker| walker.visit_block(&item.block));
        });
    }

    fn visit_item_impl(&mut self, item: &'ast ItemImpl) {
        let name = type_name(&item.self_ty);
        let is_of = |trait_path: &syn::Path| segments(trait_path).last().cloned();
        let of_trait = item.trait_.as_ref().and_then(|(_, path, _)| is_of(path));
        if of_trait.is_some_and(|name| WORDING_TRAITS.contains(&name.as_str())) {
            return;
        }
        let outer = std::mem::replace(&mut self.own_type, name.clone());
        self.named(name.unwrap_or_default(), |walker| {
            for inner in &item.items {
                match inner {
                    ImplItem::Const(constant) => walker.visit_impl_item_const(constant),
                    ImplItem::Fn(function) => walker.visit_impl_item_fn(function),
                    _ => {}
                }
            }
        });
        self.own_type = outer;
    }

    fn visit_impl_item_fn(&mut self, item: &'ast ImplItemFn) {
        let never = item.sig.constness.map(|_| "inside a `const fn`");
        self.named(item.sig.ident.to_string(), |walker| {
            walker.within(|frame| frame.never = never, |walker| walker.visit_block(&item.block));
        });
    }

    fn visit_item_const(&mut self, item: &'ast ItemConst) {
        self.constant(&item.ident.to_string(), item.span().byte_range(), &item.expr);
    }

    fn visit_item_static(&mut self, item: &'ast ItemStatic) {
        self.constant(&item.ident.to_string(), item.span().byte_range(), &item.expr);
    }

    fn visit_impl_item_const(&mut self, item: &'ast ImplItemConst) {
        self.constant(&item.ident.to_string(), item.span().byte_range(), &item.expr);
    }

    fn visit_block(&mut self, block: &'ast Block) {
        self.within(|frame| frame.datum = false, |walker| visit::visit_block(walker, block));
    }

    fn visit_type(&mut self, _: &'ast syn::Type) {}

    fn visit_generic_argument(&mut self, _: &'ast syn::GenericArgument) {}

    fn visit_attribute(&mut self, _: &'ast syn::Attribute) {}

    // Patterns are walked where it is known what is there twice.
    fn visit_pat(&mut self, _: &'ast Pat) {}

    fn visit_macro(&mut self, invocation: &'ast syn::Macro) {
        self.invocation(invocation);
    }

    fn visit_expr(&mut self, expression: &'ast Expr) {
        let range = expression.span().byte_range();
        match expression {
            Expr::Lit(literal) => {
                let switched = self.switched(&range);
                self.literal(&literal.lit, switched);
            }
            Expr::Path(path) => self.path(path),
            Expr::Binary(binary) => {
                self.binary(binary);
                let equates = matches!(binary.op, BinOp::Eq(_) | BinOp::Ne(_));
                self.within(
                    |frame| frame.datum = equates,
                    |walker| visit::visit_expr_binary(walker, binary),
                );
            }
            Expr::Call(call) => {
                if self.date(call) {
                    return;
                }
                let wraps = matches!(&*call.func, Expr::Path(path) if path.path.is_ident("Some"));
                self.within(
                    |frame| frame.datum &= wraps || frame.constant.is_some(),
                    |walker| call.args.iter().for_each(|argument| walker.visit_expr(argument)),
                );
            }
            Expr::MethodCall(call) => self.method(call, range),
            Expr::Array(array) => self.within(
                |frame| (frame.datum, frame.listed) = (true, true),
                |walker| walker.elements(&array.elems.iter().collect::<Vec<_>>()),
            ),
            Expr::Reference(reference) => {
                let is_list = matches!(&*reference.expr, Expr::Array(_) | Expr::Struct(_));
                let whole = self.frame.whole.clone().or_else(|| is_list.then_some(range));
                self.within(
                    |frame| frame.whole = whole,
                    |walker| walker.visit_expr(&reference.expr),
                );
            }
            Expr::Tuple(tuple) => {
                // Two texts side by side are one wording in two languages.
                let texts = tuple.elems.iter().filter(|element| is_text(element)).count();
                self.within(
                    |frame| frame.datum &= texts < 2,
                    |walker| tuple.elems.iter().for_each(|element| walker.visit_expr(element)),
                );
            }
            Expr::Struct(fields) => {
                self.use_of(&fields.path, None);
                let texts = fields.fields.iter().filter(|field| is_text(&field.expr)).count();
                self.within(
                    |frame| frame.datum &= texts < 2,
                    |walker| fields.fields.iter().for_each(|field| walker.visit_expr(&field.expr)),
                );
            }
            Expr::Repeat(repeat) => self.visit_expr(&repeat.expr),
            Expr::If(_) | Expr::While(_) => self.within(
                |frame| {
                    (frame.pattern, frame.pattern_shape) = (Some(range), Some(Shape::Block));
                },
                |walker| visit::visit_expr(walker, expression),
            ),
            Expr::Let(condition) => {
                self.visit_expr(&condition.expr);
                self.lone_pattern(&condition.pat);
            }
            Expr::Match(expression) => self.within(
                |frame| {
                    (frame.pattern, frame.pattern_shape) = (Some(range), Some(Shape::Block));
                },
                |walker| {
                    walker.visit_expr(&expression.expr);
                    walker.arms(expression);
                    for arm in &expression.arms {
                        arm.guard.iter().for_each(|(_, guard)| walker.visit_expr(guard));
                        walker.visit_expr(&arm.body);
                    }
                },
            ),
            _ => visit::visit_expr(self, expression),
        }
    }
}

impl Walker<'_> {
    fn constant(&mut self, name: &str, range: Range<usize>, value: &Expr) {
        let item =
            self.items.iter().position(|item| item.file == self.index && item.range == range);
        let never = item.is_none().then_some("an associated constant of a trait");
        self.named(name.to_owned(), |walker| {
            walker.within(
                |frame| {
                    *frame = Frame { constant: item, never, datum: true, ..Frame::default() };
                },
                |walker| walker.visit_expr(value),
            );
        });
    }

    fn method(&mut self, call: &ExprMethodCall, range: Range<usize>) {
        let name = call.method.to_string();
        let reports = name == "add" || name == "add_as";
        let report = if reports { Some(range.clone()) } else { self.frame.report.clone() };
        // `[…].as_slice()` is a constant only as a whole, like `&[…]`.
        let is_list = matches!(&*call.receiver, Expr::Array(_));
        let whole = self.frame.whole.clone().or_else(|| is_list.then(|| range.clone()));
        self.within(
            |frame| (frame.datum, frame.whole) = (false, whole),
            |walker| walker.visit_expr(&call.receiver),
        );
        self.within(
            |frame| {
                frame.datum = COMPARING.contains(&name.as_str());
                frame.report = report;
            },
            |walker| call.args.iter().for_each(|argument| walker.visit_expr(argument)),
        );
    }
}

fn is_text(expression: &Expr) -> bool {
    matches!(expression, Expr::Lit(ExprLit { lit: Lit::Str(_), .. }))
}
