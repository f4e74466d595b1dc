//! The files of a pack: its root and every module that the root names.

use std::path::{Path, PathBuf};

use syn::{Attribute, Item, Meta};

use crate::error::MutationError;
use crate::package::read_source;

/// One file of the sources.
pub(crate) struct SourceFile {
    /// The path within the package: `src/cost_line.rs`.
    pub(crate) path: PathBuf,
    /// The path of the module: `crate::cost_line`.
    pub(crate) module: String,
    pub(crate) text: String,
    pub(crate) syntax: syn::File,
}

impl SourceFile {
    /// The module's name as rules are named: `cost-line`; `lib` for the root.
    pub(crate) fn name(&self) -> String {
        match self.module.strip_prefix("crate::") {
            Some(path) => path.replace("::", "/").replace('_', "-"),
            None => "lib".to_owned(),
        }
    }

    /// The text of a range.
    pub(crate) fn slice(&self, range: std::ops::Range<usize>) -> &str {
        self.text.get(range).unwrap_or_default()
    }

    /// The line of an offset, from 1.
    pub(crate) fn line(&self, offset: usize) -> usize {
        self.text.get(..offset).unwrap_or_default().matches('\n').count() + 1
    }
}

/// Reads the root and its modules, those of tests left out.
pub(crate) fn load(package: &Path, root: &Path) -> Result<Vec<SourceFile>, MutationError> {
    let mut files = Vec::new();
    let folder = root.parent().unwrap_or(package).to_owned();
    load_file(package, root, &folder, "crate".to_owned(), &mut files)?;
    Ok(files)
}

fn load_file(
    package: &Path,
    path: &Path,
    children: &Path,
    module: String,
    files: &mut Vec<SourceFile>,
) -> Result<(), MutationError> {
    let text = read_source(path).map_err(MutationError::file("read", path))?;
    let syntax = syn::parse_file(&text)
        .map_err(|source| MutationError::Source { path: path.to_owned(), source })?;
    let names: Vec<String> = syntax
        .items
        .iter()
        .filter_map(|item| match item {
            Item::Mod(module) if module.content.is_none() && !is_test(&module.attrs) => {
                Some(module.ident.to_string())
            }
            _ => None,
        })
        .collect();
    let inside = path.strip_prefix(package).unwrap_or(path).to_owned();
    files.push(SourceFile { path: inside, module: module.clone(), text, syntax });
    for name in names {
        let folder = children.join(&name);
        let flat = children.join(format!("{name}.rs"));
        let path = if flat.is_file() { flat } else { folder.join("mod.rs") };
        load_file(package, &path, &folder, format!("{module}::{name}"), files)?;
    }
    Ok(())
}

/// Whether an item is there for tests only.
pub(crate) fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| match &attribute.meta {
        Meta::Path(path) => path.is_ident("test"),
        Meta::List(list) => list.path.is_ident("cfg") && list.tokens.to_string() == "test",
        Meta::NameValue(_) => false,
    })
}
