//! What names in the sources mean: the variants of an enumeration, and where they are imported.

use std::collections::BTreeMap;

use kycuong_model::budget_entry::BudgetEntry;
use kycuong_model::context::Context;
use kycuong_model::describe::{ObjectDescription, Type};
use kycuong_model::dossier::Dossier;
use kycuong_model::facts::Facts;
use kycuong_model::portfolio::Portfolio;
use kycuong_model::unit_plan::UnitPlan;
use kycuong_model::view::View;
use syn::visit::Visit;
use syn::{Fields, ItemEnum, ItemUse, Path, UseTree};

use super::modules::SourceFile;

/// The variants of the enumerations that stand for codes, by the enumeration's name.
#[derive(Debug, Default)]
pub(crate) struct Enumerations {
    variants: BTreeMap<String, Vec<String>>,
}

impl Enumerations {
    /// The model's codes, the severities, and what the sources themselves declare.
    pub(crate) fn of(files: &[SourceFile]) -> Self {
        let mut all = Self::default();
        for object in [
            &Dossier::DESCRIPTION,
            &BudgetEntry::DESCRIPTION,
            &UnitPlan::DESCRIPTION,
            &Portfolio::DESCRIPTION,
            &Facts::DESCRIPTION,
            &Context::DESCRIPTION,
        ] {
            all.add_object(object);
        }
        all.add("Severity", ["Block", "Warn", "Inform"].map(str::to_owned).to_vec());
        for file in files {
            all.visit_file(&file.syntax);
        }
        all
    }

    fn add(&mut self, name: &str, variants: Vec<String>) {
        self.variants.insert(name.to_owned(), variants);
    }

    fn add_object(&mut self, object: &ObjectDescription) {
        for member in object.members {
            self.add_type(&member.kind);
        }
    }

    fn add_type(&mut self, kind: &Type) {
        match kind {
            Type::Object(object) => self.add_object(object),
            Type::List(element) => self.add_type(element),
            Type::Code(list) => {
                self.add(list.name, list.variants.iter().map(|name| (*name).to_owned()).collect());
            }
            _ => {}
        }
    }

    /// Whether an enumeration has a variant.
    pub(crate) fn has(&self, name: &str, variant: &str) -> bool {
        self.variants.get(name).is_some_and(|all| all.iter().any(|one| one == variant))
    }

    /// The variant after one, the first after the last; `None` when there is no other.
    pub(crate) fn next(&self, name: &str, variant: &str) -> Option<&str> {
        let all = self.variants.get(name)?;
        let at = all.iter().position(|one| one == variant)?;
        let next = all.get(at + 1).or_else(|| all.first())?;
        (next != variant).then_some(next.as_str())
    }
}

impl<'ast> Visit<'ast> for Enumerations {
    fn visit_item_enum(&mut self, item: &'ast ItemEnum) {
        let units: Vec<String> = item
            .variants
            .iter()
            .filter(|variant| matches!(variant.fields, Fields::Unit))
            .map(|variant| variant.ident.to_string())
            .collect();
        self.add(&item.ident.to_string(), units);
    }
}

/// What `use` makes of single names in one file: the path that stands before each.
#[derive(Debug, Default)]
pub(crate) struct Imports {
    prefixes: BTreeMap<String, Vec<String>>,
}

impl Imports {
    pub(crate) fn of(file: &SourceFile) -> Self {
        let mut imports = Self::default();
        imports.visit_file(&file.syntax);
        imports
    }

    fn add(&mut self, tree: &UseTree, path: &mut Vec<String>) {
        match tree {
            UseTree::Path(step) => {
                path.push(step.ident.to_string());
                self.add(&step.tree, path);
                path.pop();
            }
            UseTree::Name(name) => {
                self.prefixes.insert(name.ident.to_string(), path.clone());
            }
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.add(tree, path)),
            UseTree::Rename(_) | UseTree::Glob(_) => {}
        }
    }

    /// The path before an imported name.
    pub(crate) fn before(&self, name: &str) -> Option<&[String]> {
        self.prefixes.get(name).map(Vec::as_slice)
    }
}

impl<'ast> Visit<'ast> for Imports {
    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        self.add(&item.tree, &mut Vec::new());
    }
}

/// The names of a path, without what is generic in it.
pub(crate) fn segments(path: &Path) -> Vec<String> {
    path.segments.iter().map(|segment| segment.ident.to_string()).collect()
}

/// Whether a name is written as constants are.
pub(crate) fn is_constant(name: &str) -> bool {
    name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')
        && name.contains(|c: char| c.is_ascii_uppercase())
}
