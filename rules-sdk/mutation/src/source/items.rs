//! Items that are copied for a mutant because the compiler evaluates them: constants, and the
//! wordings of findings that state a severity.

use std::ops::Range;

use syn::spanned::Spanned;
use syn::visit::Visit;
use syn::{
    Attribute, Block, Ident, ImplItemConst, Item, ItemConst, ItemImpl, ItemStatic, ItemStruct,
    LitStr, Type,
};

use super::modules::{SourceFile, is_test};

/// What an item is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A constant or a static; of a type when it is associated.
    Constant {
        /// The type that it is associated with.
        owner: Option<String>,
    },
    /// A finding's wording with its own severity: the severity, and where it stands.
    Wording { severity: String, at: Range<usize> },
}

/// An item that can be copied.
#[derive(Clone, Debug)]
pub(crate) struct CopiedItem {
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) file: usize,
    pub(crate) range: Range<usize>,
    pub(crate) ident: Range<usize>,
    /// The block in which it is known; all of the file when absent.
    pub(crate) scope: Option<Range<usize>>,
}

/// All items of the sources that can be copied.
pub(crate) fn collect(files: &[SourceFile]) -> Vec<CopiedItem> {
    let mut items = Vec::new();
    for (file, source) in files.iter().enumerate() {
        let mut collector = Collector { file, owner: None, scope: None, items: &mut items };
        collector.visit_file(&source.syntax);
    }
    items
}

/// The item that a path means: the innermost that is known at the place, else the only one of the name.
pub(crate) fn resolve(
    items: &[CopiedItem],
    file: usize,
    at: usize,
    path: &[String],
    own_type: Option<&str>,
) -> Option<usize> {
    let name = path.last()?;
    let qualifier = path.iter().rev().nth(1).map(String::as_str);
    let fits = |item: &CopiedItem| {
        let by_owner = match (&item.kind, qualifier) {
            (Kind::Constant { owner: Some(owner) }, Some("Self")) => own_type == Some(owner),
            (Kind::Constant { owner: Some(owner) }, Some(qualifier)) => qualifier == owner,
            (Kind::Constant { owner: Some(_) }, None) => false,
            // A module's path starts in lower case; `Money::ZERO` is nothing of ours.
            (_, Some(module)) => !module.starts_with(char::is_uppercase),
            (_, None) => true,
        };
        // A wording of the same name elsewhere is another one.
        let is_near = item.file == file || matches!(item.kind, Kind::Constant { .. });
        item.name == *name && by_owner && is_near
    };
    let all: Vec<(usize, &CopiedItem)> =
        items.iter().enumerate().filter(|(_, item)| fits(item)).collect();
    let local = all
        .iter()
        .filter(|(_, item)| item.file == file)
        .filter(|(_, item)| item.scope.as_ref().is_none_or(|scope| scope.contains(&at)))
        .min_by_key(|(_, item)| item.scope.as_ref().map_or(usize::MAX, ExactSizeIterator::len));
    match (local, all.as_slice()) {
        (Some((index, _)), _) => Some(*index),
        (None, [(index, item)]) if item.scope.is_none() => Some(*index),
        _ => None,
    }
}

struct Collector<'f> {
    file: usize,
    owner: Option<String>,
    scope: Option<Range<usize>>,
    items: &'f mut Vec<CopiedItem>,
}

impl Collector<'_> {
    fn add(&mut self, name: &Ident, item: &impl Spanned, kind: Kind) {
        self.items.push(CopiedItem {
            name: name.to_string(),
            kind,
            file: self.file,
            range: item.span().byte_range(),
            ident: name.span().byte_range(),
            scope: self.scope.clone(),
        });
    }
}

impl<'ast> Visit<'ast> for Collector<'_> {
    fn visit_item(&mut self, item: &'ast Item) {
        if !is_test(attributes(item)) {
            syn::visit::visit_item(self, item);
        }
    }

    fn visit_block(&mut self, block: &'ast Block) {
        let outer = self.scope.replace(block.span().byte_range());
        syn::visit::visit_block(self, block);
        self.scope = outer;
    }

    fn visit_item_impl(&mut self, item: &'ast ItemImpl) {
        let outer = std::mem::replace(&mut self.owner, type_name(&item.self_ty));
        syn::visit::visit_item_impl(self, item);
        self.owner = outer;
    }

    fn visit_item_const(&mut self, item: &'ast ItemConst) {
        self.add(&item.ident, item, Kind::Constant { owner: None });
        syn::visit::visit_item_const(self, item);
    }

    fn visit_item_static(&mut self, item: &'ast ItemStatic) {
        self.add(&item.ident, item, Kind::Constant { owner: None });
    }

    fn visit_impl_item_const(&mut self, item: &'ast ImplItemConst) {
        self.add(&item.ident, item, Kind::Constant { owner: self.owner.clone() });
    }

    fn visit_item_struct(&mut self, item: &'ast ItemStruct) {
        let severity = item.attrs.iter().find_map(own_severity);
        if let Some((severity, at)) = severity {
            self.add(&item.ident, item, Kind::Wording { severity, at });
        }
    }
}

/// The severity that `#[violation(severity = …)]` states, and where.
fn own_severity(attribute: &Attribute) -> Option<(String, Range<usize>)> {
    if !attribute.path().is_ident("violation") {
        return None;
    }
    let mut found = None;
    let parsed = attribute.parse_nested_meta(|meta| {
        if meta.path.is_ident("severity") {
            let value: Ident = meta.value()?.parse()?;
            found = Some((value.to_string(), value.span().byte_range()));
        } else {
            meta.value()?.parse::<LitStr>()?;
        }
        Ok(())
    });
    parsed.ok().and(found)
}

/// The name of a type, without what is generic in it.
pub(crate) fn type_name(kind: &Type) -> Option<String> {
    match kind {
        Type::Path(path) => path.path.segments.last().map(|segment| segment.ident.to_string()),
        Type::Reference(reference) => type_name(&reference.elem),
        _ => None,
    }
}

/// The attributes of an item.
pub(crate) fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}
