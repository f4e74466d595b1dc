//! Files of one crate import each other in one direction: what goes around in a circle can only be
//! read, tested and moved as a whole.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{Attribute, Item, ItemMod, ItemUse, Macro, UseTree, Visibility};

use crate::root;

/// A file of a crate, by its path of modules; the root has none.
type Module = Vec<String>;

#[test]
fn files_of_a_crate_import_each_other_in_one_direction() {
    let mut found = BTreeSet::new();
    for member in members() {
        let name = member.strip_prefix(root()).unwrap().to_string_lossy().into_owned();
        for circle in circles(&imports(&member.join("src"))) {
            let files: Vec<String> = circle.iter().map(|module| module.join("::")).collect();
            found.insert((name.clone(), files));
        }
    }
    assert!(found.is_empty(), "files that import each other in a circle: {found:#?}");
}

#[test]
fn a_circle_is_found_and_a_parent_s_is_none() {
    let file = |name: &str, text: &str| {
        (name.split("::").map(str::to_owned).collect::<Module>(), text.to_owned())
    };
    let files = BTreeMap::from([
        (Module::new(), "mod a; mod b; mod c; pub use a::A;".to_owned()),
        file("a", "mod inner; use crate::b::B; pub(crate) struct A;"),
        file("a::inner", "use super::A;"),
        file("b", "fn b() { x!(crate::c::C) } #[cfg(test)] mod tests { use crate::a::A; }"),
        file("c", "use crate::{A, b::B as _};"),
    ]);
    let names = |circle: BTreeSet<Module>| circle.into_iter().flatten().collect::<String>();
    let found: Vec<String> = circles(&imports_of(&files)).into_iter().map(names).collect();
    assert_eq!(found, ["abc"]);
}

/// The folders of the workspace's members: those with sources of their own.
fn members() -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![root()];
    while let Some(folder) = open.pop() {
        if folder.join("Cargo.toml").is_file() && folder.join("src").is_dir() {
            found.push(folder.clone());
        }
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let aside = ["target", "src", "tests", "templates"].contains(&name.as_str());
            if path.is_dir() && !aside && !name.starts_with('.') {
                open.push(path);
            }
        }
    }
    assert!(found.len() > 15, "{found:?}");
    found.sort();
    found
}

fn imports(source: &Path) -> BTreeMap<Module, BTreeSet<Module>> {
    let mut files = BTreeMap::new();
    let mut open = vec![source.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let module = path.strip_prefix(source).unwrap().with_extension("");
                let module: Module =
                    module.iter().map(|part| part.to_string_lossy().into_owned()).collect();
                let root = ["lib", "main"].iter().any(|root| module == [*root]);
                let module = if root { Module::new() } else { module };
                files.insert(module, fs::read_to_string(&path).unwrap());
            }
        }
    }
    imports_of(&files)
}

/// Which files each file imports. What a file says again of others (`pub use`) is traced to where it is,
/// and what it takes from those that it is a part of is no import: they are one.
fn imports_of(files: &BTreeMap<Module, String>) -> BTreeMap<Module, BTreeSet<Module>> {
    let read = files.iter().map(|(module, text)| {
        let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{module:?}: {error}"));
        let mut paths = Paths { module: module.clone(), ..Paths::default() };
        paths.visit_file(&file);
        (module, paths)
    });
    let read: BTreeMap<&Module, Paths> = read.collect();
    let resolve = |path: &Module| {
        let mut path = path.clone();
        // A name that is said again and again is at most as deep as the tree.
        for _ in 0..8 {
            let file = (0..=path.len()).rev().find_map(|end| {
                path.get(..end).filter(|part| files.contains_key(*part)).map(<[String]>::to_vec)
            })?;
            let again = path.get(file.len()).and_then(|name| read.get(&file)?.again.get(name));
            match again {
                Some(target) => path = target.clone(),
                None => return Some(file),
            }
        }
        None
    };
    let imports = read.iter().map(|(module, paths)| {
        let targets = paths.found.iter().filter_map(resolve);
        ((*module).clone(), targets.filter(|target| !module.starts_with(target)).collect())
    });
    imports.collect()
}

/// The paths of a file that begin in its own crate.
#[derive(Default)]
struct Paths {
    module: Module,
    found: BTreeSet<Module>,
    /// What the file says again of others, by name.
    again: BTreeMap<String, Module>,
}

impl Paths {
    /// The path from the crate's root; `None` for one into another crate, or to a name of this file.
    fn of_root(&self, path: &[String]) -> Option<Module> {
        let (first, mut rest) = path.split_first()?;
        let mut from = match first.as_str() {
            "crate" => Module::new(),
            "self" => self.module.clone(),
            "super" => self.module.split_last()?.1.to_vec(),
            _ => return None,
        };
        while let Some((first, after)) = rest.split_first().filter(|(first, _)| *first == "super") {
            assert_eq!(first, "super");
            from.pop();
            rest = after;
        }
        from.extend_from_slice(rest);
        Some(from)
    }

    fn found(&mut self, path: &[String]) {
        self.found.extend(self.of_root(path));
    }

    fn tokens(&mut self, tokens: TokenStream) {
        let mut path: Vec<String> = Vec::new();
        let mut colons = 0;
        for token in tokens {
            match token {
                TokenTree::Ident(name) if colons == 2 => path.push(name.to_string()),
                TokenTree::Ident(name) => {
                    self.found(&path);
                    path = vec![name.to_string()];
                }
                TokenTree::Punct(mark) if mark.as_char() == ':' => {
                    colons += 1;
                    continue;
                }
                TokenTree::Group(group) => {
                    self.found(&path);
                    path.clear();
                    self.tokens(group.stream());
                }
                TokenTree::Punct(_) | TokenTree::Literal(_) => {
                    self.found(&path);
                    path.clear();
                }
            }
            colons = 0;
        }
        self.found(&path);
    }
}

impl<'ast> Visit<'ast> for Paths {
    fn visit_item(&mut self, item: &'ast Item) {
        let attributes = match item {
            Item::Mod(item) => &item.attrs,
            Item::Fn(item) => &item.attrs,
            Item::Impl(item) => &item.attrs,
            Item::Use(item) => &item.attrs,
            _ => return visit::visit_item(self, item),
        };
        if !attributes.iter().any(is_for_tests) {
            visit::visit_item(self, item);
        }
    }

    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        self.module.push(item.ident.to_string());
        visit::visit_item_mod(self, item);
        self.module.pop();
    }

    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        let mut names = Vec::new();
        names_of(&item.tree, &mut Vec::new(), &mut names);
        for (name, path) in names {
            if matches!(item.vis, Visibility::Inherited) {
                self.found(&path);
            } else {
                let own = [self.module.clone(), path.clone()].concat();
                self.again.insert(name, self.of_root(&path).unwrap_or(own));
            }
        }
    }

    /// `pub(crate)` is no path to anything.
    fn visit_visibility(&mut self, _: &'ast Visibility) {}

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let names: Vec<String> =
            path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        self.found(&names);
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, found: &'ast Macro) {
        self.tokens(found.tokens.clone());
        visit::visit_macro(self, found);
    }
}

fn is_for_tests(attribute: &Attribute) -> bool {
    attribute.path().is_ident("cfg")
        && attribute.parse_args::<syn::Ident>().is_ok_and(|name| name == "test")
}

/// The names that an import makes, each with its path.
fn names_of(tree: &UseTree, path: &mut Vec<String>, names: &mut Vec<(String, Module)>) {
    match tree {
        UseTree::Path(part) => {
            path.push(part.ident.to_string());
            names_of(&part.tree, path, names);
            path.pop();
        }
        UseTree::Name(part) if part.ident == "self" => {
            let name = path.last().expect("`self` stands behind something").clone();
            names.push((name, path.clone()));
        }
        UseTree::Name(part) => {
            let name = part.ident.to_string();
            names.push((name.clone(), [path.clone(), vec![name]].concat()));
        }
        UseTree::Rename(part) => {
            let last = vec![part.ident.to_string()];
            names.push((part.rename.to_string(), [path.clone(), last].concat()));
        }
        UseTree::Glob(_) => names.push(("*".to_owned(), path.clone())),
        UseTree::Group(group) => {
            group.items.iter().for_each(|tree| names_of(tree, path, names));
        }
    }
}

/// The sets of more than one file of which each reaches each.
fn circles(imports: &BTreeMap<Module, BTreeSet<Module>>) -> BTreeSet<BTreeSet<Module>> {
    let reached = |from: &Module| {
        let mut reached = BTreeSet::new();
        let mut open = vec![from.clone()];
        while let Some(module) = open.pop() {
            for next in imports.get(&module).into_iter().flatten() {
                if reached.insert(next.clone()) {
                    open.push(next.clone());
                }
            }
        }
        reached
    };
    let reaches: BTreeMap<&Module, BTreeSet<Module>> =
        imports.keys().map(|module| (module, reached(module))).collect();
    let circle = |(module, there): (&&Module, &BTreeSet<Module>)| {
        let back = |other: &&Module| reaches.get(*other).is_some_and(|all| all.contains(*module));
        there.iter().filter(back).cloned().collect::<BTreeSet<_>>()
    };
    reaches.iter().map(circle).filter(|circle| circle.len() > 1).collect()
}
