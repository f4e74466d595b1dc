//! The `reads` of a rule as its source states them, and writing them anew: the value of that one key, and
//! nothing else of the file.

use std::fs;
use std::ops::Range;
use std::path::Path;

use kycuong_files::read_text_bounded;
use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use syn::{ItemFn, LitStr, Meta};

/// Largest source file of a rule, in bytes: 1 MiB; the longest has some 20 kB.
const SOURCE_BYTES_MAX: u64 = 1 << 20;
/// Columns that a line of a rule's attribute may have before its list is broken into lines.
const LINE_COLUMNS_MAX: usize = 100;

/// Brings `reads` in a rule's file to what `wanted` makes of what they are; what they are then.
///
/// The error says what of the file cannot be read or written, in one line.
pub(super) fn update(
    file: &Path,
    rule: &str,
    wanted: impl FnOnce(&[String]) -> Vec<String>,
) -> Result<Vec<String>, String> {
    let failed = |what: &str, why: &dyn std::fmt::Display| {
        format!("cannot {what} `{}` to write its `reads`: {why}", file.display())
    };
    let text = read_text_bounded(file, SOURCE_BYTES_MAX).map_err(|error| failed("read", &error))?;
    let stated = find(&text, rule).map_err(|why| failed("understand", &why))?;
    let reads = wanted(&stated.reads);
    if reads != stated.reads {
        fs::write(file, stated.rewritten(&text, &reads))
            .map_err(|error| failed("write", &error))?;
    }
    Ok(reads)
}

/// What a rule's attribute says that it reads, and where.
#[derive(Debug)]
struct Stated {
    reads: Vec<String>,
    place: Place,
}

/// Where the list stands, in bytes of the file.
#[derive(Debug)]
enum Place {
    /// The key with its value, and where the next key begins when there is one.
    Key { key: Range<usize>, next: Option<usize> },
    /// There is none: before which key it belongs.
    Before(usize),
}

/// Finds the list in the attribute `#[rule(…)]` of the function that a rule is.
fn find(text: &str, rule: &str) -> Result<Stated, String> {
    let function = rule.replace('-', "_");
    // Spans count from behind a byte order mark, which the parser takes away.
    let mark = text.len() - text.trim_start_matches('\u{feff}').len();
    let file = syn::parse_file(text).map_err(|error| error.to_string())?;
    let item = file.items.iter().find_map(|item| match item {
        syn::Item::Fn(item) if item.sig.ident == function => Some(item),
        _ => None,
    });
    let tokens = item
        .and_then(attribute)
        .ok_or_else(|| format!("it has no function `{function}` with `#[rule(…)]`"))?;
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let start = |token: &TokenTree| token.span().byte_range().start + mark;
    let starts_key = |at: usize| {
        let follows_comma = at.checked_sub(1).is_none_or(
            |before| matches!(tokens.get(before), Some(TokenTree::Punct(comma)) if comma.as_char() == ','),
        );
        follows_comma && matches!(tokens.get(at), Some(TokenTree::Ident(_)))
    };
    let key = |name: &str| {
        (0..tokens.len()).find(|&at| {
            starts_key(at)
                && matches!(tokens.get(at), Some(TokenTree::Ident(ident)) if ident == name)
        })
    };
    if let Some(at) = key("reads") {
        let (Some(name), Some(TokenTree::Group(list))) = (tokens.get(at), tokens.get(at + 2))
        else {
            return Err("`reads` is no list".to_owned());
        };
        let end = list.span_close().byte_range().end + mark;
        let next = (at + 3..tokens.len()).find(|&at| starts_key(at));
        let place = Place::Key {
            key: start(name)..end,
            next: next.and_then(|at| tokens.get(at)).map(start),
        };
        return Ok(Stated { reads: texts(list)?, place });
    }
    let before = key("violations").and_then(|at| tokens.get(at)).map(start);
    let place = Place::Before(before.ok_or("its rule lists no `violations`")?);
    Ok(Stated { reads: Vec::new(), place })
}

fn attribute(item: &ItemFn) -> Option<TokenStream> {
    item.attrs.iter().find_map(|attribute| match &attribute.meta {
        Meta::List(list) if list.path.segments.last().is_some_and(|last| last.ident == "rule") => {
            Some(list.tokens.clone())
        }
        _ => None,
    })
}

fn texts(list: &Group) -> Result<Vec<String>, String> {
    if list.delimiter() != Delimiter::Bracket {
        return Err("`reads` is no list".to_owned());
    }
    let literals = list.stream().into_iter().filter(|token| !matches!(token, TokenTree::Punct(_)));
    let texts = literals.map(|token| syn::parse2::<LitStr>(token.into()).map(|text| text.value()));
    texts.collect::<Result<_, _>>().map_err(|error| format!("`reads` has more than texts: {error}"))
}

impl Stated {
    /// The file with other `reads`; without any, the key goes too.
    fn rewritten(&self, text: &str, reads: &[String]) -> String {
        let (range, replacement) = match &self.place {
            Place::Key { key, next } if reads.is_empty() => {
                let end = next.unwrap_or(key.end);
                (key.start..end, String::new())
            }
            Place::Key { key, .. } => (key.clone(), key_with(text, key.start, reads)),
            Place::Before(at) if reads.is_empty() => (*at..*at, String::new()),
            Place::Before(at) => {
                let separator = format!(",{}{}", line_end(text), indentation(text, *at));
                (*at..*at, key_with(text, *at, reads) + &separator)
            }
        };
        let (before, after) = (text.get(..range.start), text.get(range.end..));
        [before.unwrap_or_default(), &replacement, after.unwrap_or_default()].concat()
    }
}

/// `reads = […]` at a place: in one line when it fits, else a text a line.
fn key_with(text: &str, at: usize, reads: &[String]) -> String {
    let indentation = indentation(text, at);
    let quoted: Vec<String> = reads.iter().map(|read| format!("{read:?}")).collect();
    let line = format!("reads = [{}]", quoted.join(", "));
    if indentation.len() + line.len() < LINE_COLUMNS_MAX {
        return line;
    }
    let end = line_end(text);
    let lines: String =
        quoted.iter().map(|read| format!("{indentation}    {read},{end}")).collect();
    format!("reads = [{end}{lines}{indentation}]")
}

/// The spaces that the line of a place begins with.
fn indentation(text: &str, at: usize) -> &str {
    let line = text.get(..at).and_then(|before| before.rsplit('\n').next()).unwrap_or_default();
    let spaces = line.len() - line.trim_start_matches(' ').len();
    line.get(..spaces).unwrap_or_default()
}

fn line_end(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULE: &str = r#"use kycuong_rules_sdk::prelude::*;

/// Norm; reads = ["nothing"] is a text here.
#[rule(
    title_en = "reads = [\"no\"], violations",
    severity = Block,
    reads = ["owner.level", "year"],
    violations = [Late]
)]
pub fn late_report(plan: &UnitPlan) -> Checked {
    let reads = ["x"];
    Ok(())
}
"#;

    fn with(text: &str, reads: &[&str]) -> String {
        let reads: Vec<String> = reads.iter().map(|&read| read.to_owned()).collect();
        find(text, "late-report").unwrap().rewritten(text, &reads)
    }

    #[test]
    fn the_value_is_replaced_and_nothing_else() {
        assert_eq!(find(RULE, "late-report").unwrap().reads, ["owner.level", "year"]);
        let now = RULE.replace(r#"["owner.level", "year"]"#, r#"["costs.total"]"#);
        assert_eq!(with(RULE, &["costs.total"]), now);
        assert_eq!(with(&now, &["owner.level", "year"]), RULE, "and back");
    }

    #[test]
    fn a_long_list_has_a_line_for_each_text() {
        let path = "procurement.packages.form_evidence_id";
        let long = with(RULE, &[path, path, "year"]);
        let list = format!(
            "reads = [\n        \"{path}\",\n        \"{path}\",\n        \"year\",\n    ],\n"
        );
        assert!(long.contains(&list), "{long}");
        assert_eq!(find(&long, "late-report").unwrap().reads, [path, path, "year"]);
        assert_eq!(with(&long, &["owner.level", "year"]), RULE, "and back");
    }

    #[test]
    fn a_list_of_exactly_the_width_stays_in_its_line() {
        // 4 spaces, `reads = ["…"]` and a comma are a hundred columns.
        let path = "a".repeat(83);
        assert!(with(RULE, &[&path]).contains(&format!("    reads = [\"{path}\"],\n")));
        assert!(with(RULE, &[&(path.clone() + "a")]).contains("    reads = [\n"));
    }

    #[test]
    fn a_key_that_is_not_there_comes_before_the_violations_and_goes_when_it_is_empty() {
        let without = RULE.replace("    reads = [\"owner.level\", \"year\"],\n", "");
        assert_eq!(with(&without, &["owner.level", "year"]), RULE);
        assert_eq!(with(RULE, &[]), without);
        assert_eq!(with(&without, &[]), without);
    }

    #[test]
    fn line_ends_and_a_byte_order_mark_stay() {
        let other = format!("\u{feff}{}", RULE.replace('\n', "\r\n"));
        let path = "procurement.packages.form_evidence_id";
        let long = with(&other, &[path, path, path]);
        assert_eq!(long.matches("\r\n").count(), long.matches('\n').count());
        assert_eq!(with(&long, &["owner.level", "year"]), other);
    }

    #[test]
    fn what_has_no_such_rule_is_said() {
        for (text, why) in [
            ("fn late_report() {}", "it has no function `late_report` with `#[rule(…)]`"),
            ("#[rule(violations = [A])] fn other() {}", "it has no function `late_report` with"),
            ("#[rule(severity = Block)] fn late_report() {}", "its rule lists no `violations`"),
            ("#[rule(reads = 5, violations = [])] fn late_report() {}", "`reads` is no list"),
            ("#[rule(reads = (\"a\"), violations = [])] fn late_report() {}", "`reads` is no list"),
            ("#[rule(reads = [5], violations = [])] fn late_report() {}", "has more than texts"),
            ("fn late_report( {", "cannot parse"),
        ] {
            let error = find(text, "late-report").unwrap_err();
            assert!(error.contains(why) || why == "cannot parse", "{text}: {error}");
        }
    }

    #[test]
    fn a_file_is_written_only_when_its_list_changes() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("late_report.rs");
        fs::write(&file, RULE).unwrap();
        let before = fs::metadata(&file).unwrap().modified().unwrap();
        let kept = update(&file, "late-report", |stated| stated.to_vec()).unwrap();
        assert_eq!(kept, ["owner.level", "year"]);
        assert_eq!(fs::metadata(&file).unwrap().modified().unwrap(), before);
        update(&file, "late-report", |_| vec!["costs.total".to_owned()]).unwrap();
        assert!(fs::read_to_string(&file).unwrap().contains("reads = [\"costs.total\"],"));
        let missing =
            update(&folder.path().join("none.rs"), "late-report", |stated| stated.to_vec());
        assert!(missing.unwrap_err().starts_with("cannot read `"));
    }
}
