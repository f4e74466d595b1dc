//! What the sources of a rule show of its reading: which members, and whether their value matters.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::Item;
use syn::spanned::Spanned;

use crate::source::items::{attributes, type_name};
use crate::source::modules::{SourceFile, is_test};

/// Methods that only ask whether something is there.
const PRESENCE: [&str; 4] = ["is_filled", "is_present", "is_empty", "is_some"];

/// The members that some sources access, by name.
#[derive(Clone, Debug, Default)]
pub(crate) struct Evidence {
    /// Their value is used.
    value: BTreeSet<String>,
    /// It is only asked whether they are there.
    presence: BTreeSet<String>,
    /// They are only where a finding is reported.
    place: BTreeSet<String>,
    /// Other modules of the pack that are named.
    modules: BTreeSet<String>,
    /// The context is asked for.
    context: bool,
}

/// How a member is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    /// Its value matters.
    Value,
    /// Only whether it is there.
    Presence,
    /// Only its place is reported.
    Place,
    /// Nothing of the kind is seen.
    Unseen,
}

impl Evidence {
    /// How a member of this name is read.
    pub(crate) fn reading(&self, member: &str) -> Reading {
        if self.value.contains(member) {
            Reading::Value
        } else if self.presence.contains(member) {
            Reading::Presence
        } else if self.place.contains(member) {
            Reading::Place
        } else {
            Reading::Unseen
        }
    }

    /// Whether the rule is given the context.
    pub(crate) fn takes_context(&self) -> bool {
        self.context
    }

    fn merge(&mut self, other: &Self) {
        self.value.extend(other.value.iter().cloned());
        self.presence.extend(other.presence.iter().cloned());
        self.place.extend(other.place.iter().cloned());
        self.modules.extend(other.modules.iter().cloned());
        self.context |= other.context;
    }
}

/// The evidence of every module, with that of the items that it uses of other modules.
pub(crate) fn of_files(files: &[SourceFile]) -> BTreeMap<String, Evidence> {
    let modules: BTreeMap<String, Vec<Part>> = files
        .iter()
        .filter(|file| file.module != "crate")
        .map(|file| (file.name(), parts(file)))
        .collect();
    modules.keys().map(|name| (name.clone(), with_used(name, &modules))).collect()
}

/// One item of a module.
struct Part {
    /// What it is called; the type's name for an `impl`.
    name: String,
    evidence: Evidence,
    /// Every name in it.
    names: BTreeSet<String>,
}

fn parts(file: &SourceFile) -> Vec<Part> {
    let of = |item: &Item| {
        let text = file.slice(item.span().byte_range());
        let mut names = BTreeSet::new();
        if let Ok(tokens) = text.parse::<TokenStream>() {
            collect_names(tokens, &mut names);
        }
        Part { name: item_name(item), evidence: of_text(text), names }
    };
    file.syntax.items.iter().filter(|item| !is_test(attributes(item))).map(of).collect()
}

fn item_name(item: &Item) -> String {
    match item {
        Item::Const(item) => item.ident.to_string(),
        Item::Enum(item) => item.ident.to_string(),
        Item::Fn(item) => item.sig.ident.to_string(),
        Item::Impl(item) => type_name(&item.self_ty).unwrap_or_default(),
        Item::Struct(item) => item.ident.to_string(),
        Item::Trait(item) => item.ident.to_string(),
        _ => String::new(),
    }
}

/// A module whole, and of the modules that it names the items that it names, and so on.
fn with_used(name: &str, modules: &BTreeMap<String, Vec<Part>>) -> Evidence {
    let mut whole = Evidence::default();
    let mut names = BTreeSet::new();
    for part in modules.get(name).into_iter().flatten() {
        whole.merge(&part.evidence);
        names.extend(part.names.iter().cloned());
    }
    let mut done = BTreeSet::new();
    loop {
        let known = whole.modules.clone();
        let used: Vec<(&String, usize, &Part)> = modules
            .iter()
            .filter(|(module, _)| module.as_str() != name && known.contains(*module))
            .flat_map(|(module, parts)| {
                parts.iter().enumerate().map(move |(at, part)| (module, at, part))
            })
            // A `use` has no name of its own; it leads to other modules.
            .filter(|(_, _, part)| part.name.is_empty() || names.contains(&part.name))
            .filter(|(module, at, _)| !done.contains(&((*module).clone(), *at)))
            .collect();
        if used.is_empty() {
            return whole;
        }
        for (module, at, part) in used {
            done.insert((module.clone(), at));
            whole.merge(&part.evidence);
            if !part.name.is_empty() {
                names.extend(part.names.iter().cloned());
            }
        }
    }
}

fn collect_names(tokens: TokenStream, names: &mut BTreeSet<String>) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => collect_names(group.stream(), names),
            TokenTree::Ident(ident) => _ = names.insert(ident.to_string()),
            _ => {}
        }
    }
}

fn of_text(text: &str) -> Evidence {
    let mut evidence = Evidence::default();
    if let Ok(tokens) = text.parse::<TokenStream>() {
        collect(tokens, false, &mut evidence);
    }
    evidence
}

fn collect(tokens: TokenStream, in_place: bool, evidence: &mut Evidence) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Group(group) => {
                // `at!(…)` names a place.
                let before = [at.checked_sub(2), at.checked_sub(1)].map(|at| tokens.get(at?));
                let names_place = matches!(before, [Some(TokenTree::Ident(name)), Some(TokenTree::Punct(mark))]
                    if name == "at" && mark.as_char() == '!');
                collect(group.stream(), in_place || names_place, evidence);
            }
            TokenTree::Ident(ident) if ident == "Context" => evidence.context = true,
            TokenTree::Ident(ident) if ident == "crate" || ident == "super" => {
                match tokens.get(at + 3) {
                    Some(TokenTree::Ident(module)) => {
                        evidence.modules.insert(module.to_string().replace('_', "-"));
                    }
                    Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                        let names = group.stream().into_iter().filter_map(|token| match token {
                            TokenTree::Ident(name) => Some(name.to_string().replace('_', "-")),
                            _ => None,
                        });
                        evidence.modules.extend(names);
                    }
                    _ => {}
                }
            }
            TokenTree::Punct(dot) if dot.as_char() == '.' => {
                if let Some((member, presence)) = access(&tokens, at) {
                    let seen = match (in_place, presence) {
                        (true, _) => &mut evidence.place,
                        (false, true) => &mut evidence.presence,
                        (false, false) => &mut evidence.value,
                    };
                    seen.insert(member);
                }
            }
            _ => {}
        }
    }
}

/// The member after a dot, and whether only its presence is asked for; `None` for a method.
fn access(tokens: &[TokenTree], dot: usize) -> Option<(String, bool)> {
    let is_call = |at: usize| matches!(tokens.get(at), Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis);
    let Some(TokenTree::Ident(member)) = tokens.get(dot + 1) else { return None };
    if is_call(dot + 2) {
        return None;
    }
    let asked = match (tokens.get(dot + 2), tokens.get(dot + 3)) {
        (Some(TokenTree::Punct(next)), Some(TokenTree::Ident(method)))
            if next.as_char() == '.' && is_call(dot + 4) =>
        {
            PRESENCE.contains(&method.to_string().as_str())
        }
        _ => false,
    };
    let member = member.to_string();
    Some((member.strip_prefix("r#").unwrap_or(&member).to_owned(), asked))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_presence_and_places_are_told_apart() {
        let evidence = of_text(
            "use crate::listing::Listing; use crate::{a_b, c};
             fn rule(dossier: &Dossier, context: &Context) {
                 if !dossier.head.name.is_filled() { findings.add(at!(dossier.head.title), X); }
                 let total = require!(dossier.costs.total); line.r#type.is(A);
             }",
        );
        assert_eq!(evidence.reading("name"), Reading::Presence);
        assert_eq!(evidence.reading("title"), Reading::Place);
        assert_eq!(evidence.reading("total"), Reading::Value);
        assert_eq!(evidence.reading("type"), Reading::Value);
        assert_eq!(evidence.reading("is"), Reading::Unseen);
        assert!(evidence.takes_context());
        assert_eq!(evidence.modules.into_iter().collect::<Vec<_>>(), ["a-b", "c", "listing"]);
    }
}
