//! A rule speaks of dossiers and law: what a pack's files say, none of them says how values are borrowed.

use std::fs;

use proc_macro2::{Spacing, TokenStream, TokenTree};

use crate::root;

/// Borrowing that the SDK has a word for: `owned()`, `trimmed()`, `text()`, `is_text()`, `at!`.
fn borrowing(tokens: TokenStream) -> Vec<String> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Group(group) => found.extend(borrowing(group.stream())),
            TokenTree::Ident(ident) if ["Cow", "into_owned"].iter().any(|name| ident == name) => {
                found.push(ident.to_string());
            }
            TokenTree::Punct(mark) if mark.as_char() == '\'' => {
                if let Some(TokenTree::Ident(name)) = tokens.get(at + 1)
                    && !is_label(&tokens, at)
                {
                    found.push(format!("'{name}"));
                }
            }
            TokenTree::Punct(mark) if mark.as_char() == '&' => {
                let rest: String = operator(&tokens[at..]);
                found.extend(
                    ["&**", "&&*"]
                        .into_iter()
                        .filter(|noise| rest.starts_with(noise))
                        .map(str::to_owned),
                );
            }
            _ => {}
        }
    }
    found
}

/// The marks that are written without a space between them, from the first on.
fn operator(tokens: &[TokenTree]) -> String {
    let mut marks = String::new();
    for token in tokens {
        let TokenTree::Punct(mark) = token else { break };
        marks.push(mark.as_char());
        if mark.spacing() == Spacing::Alone {
            break;
        }
    }
    marks
}

/// Whether a `'` begins the label of a loop, or the one that `break` or `continue` names.
fn is_label(tokens: &[TokenTree], at: usize) -> bool {
    let is = |token: Option<&TokenTree>, words: &[&str]| {
        token.is_some_and(|token| words.contains(&token.to_string().as_str()))
    };
    let before = at.checked_sub(1).and_then(|before| tokens.get(before));
    is(before, &["break", "continue"])
        || (is(tokens.get(at + 2), &[":"]) && is(tokens.get(at + 3), &["loop", "while", "for"]))
}

#[test]
fn a_pack_names_no_lifetime_and_no_borrowing() {
    let mut files = 0;
    for folder in ["examples/rule-packs", "rules-sdk/mutation/tests/fixtures"] {
        for pack in fs::read_dir(root().join(folder)).unwrap() {
            let source = pack.unwrap().path().join("src");
            for file in fs::read_dir(source).into_iter().flatten() {
                let file = file.unwrap().path();
                let text = fs::read_to_string(&file).unwrap();
                let found = borrowing(text.parse().unwrap());
                assert!(found.is_empty(), "{}: {found:?}", file.display());
                files += 1;
            }
        }
    }
    assert!(files > 100, "{files} files were looked at");
}

#[test]
fn borrowing_is_found_and_what_looks_like_it_is_not() {
    for (text, noise) in [
        ("fn f<'a>(x: &'a str) -> &'static str {}", &["'a", "'a", "'static"][..]),
        (
            "fn f(x: Cow<str>) { g(&**x, [&&*y]); x.into_owned() }",
            &["Cow", "&**", "&&*", "into_owned"],
        ),
        ("fn f() { let c = 'a'; let s = \"'a Cow &**x\"; } // 'a Cow &**", &[]),
        ("fn f(a: bool, b: &&bool) -> bool { a && **b }", &[]),
        ("fn f() { 'next: for x in y { continue 'next; } }", &[]),
        ("/// It's the owner's: 'a.\nfn f(x: &str) -> &str { &x[..] }", &[]),
    ] {
        assert_eq!(borrowing(text.parse().unwrap()), noise, "{text}");
    }
}
