//! Whether a rule reads what its manifest says: as seen while its cases run.

use std::collections::BTreeSet;
use std::path::Path;

use super::reads_in_source;

/// What is wrong with the `reads` of a rule; with the folder of the pack's cases, what of it is still wrong
/// after the list in the rule's source was written anew.
pub(super) fn checked(
    folder: Option<&Path>,
    rule: &str,
    declared: &[String],
    seen: &BTreeSet<String>,
) -> Vec<String> {
    let found = problems(rule, declared, seen);
    let Some(folder) = folder.filter(|_| !found.is_empty()) else { return found };
    let source = folder.with_file_name("src").join(rule.replace('-', "_") + ".rs");
    let mut derived = declared.to_vec();
    let written = reads_in_source::update(&source, rule, |stated| {
        // What the manifest has besides is found in the rule's body.
        derived.retain(|path| !stated.contains(path));
        with_what_is_seen(stated, &derived, seen)
    });
    match written {
        Ok(stated) => problems(rule, &[derived, stated].concat(), seen),
        Err(problem) => found.into_iter().chain([problem]).collect(),
    }
}

/// The list without what no case comes to, in its order, and then what is read besides.
fn with_what_is_seen(
    stated: &[String],
    derived: &[String],
    seen: &BTreeSet<String>,
) -> Vec<String> {
    let is_seen = |known: &&String| seen.iter().any(|path| is_within(path, known));
    let mut reads: Vec<String> = stated.iter().filter(is_seen).cloned().collect();
    let known = [reads.as_slice(), derived].concat();
    let unknown = |path: &&String| !known.iter().any(|known| is_within(path, known));
    reads.extend(seen.iter().filter(unknown).cloned());
    reads
}

/// What is wrong with the `reads` of a rule, with what to write instead. A path speaks for everything below it.
fn problems(rule: &str, declared: &[String], seen: &BTreeSet<String>) -> Vec<String> {
    let undeclared: Vec<String> = seen
        .iter()
        .filter(|path| !declared.iter().any(|known| is_within(path, known)))
        .map(|path| format!("\"{path}\""))
        .collect();
    let unread: Vec<String> = declared
        .iter()
        .filter(|known| !seen.iter().any(|path| is_within(path, known)))
        .map(|known| format!("`{known}`"))
        .collect();
    let mut problems = Vec::new();
    if !undeclared.is_empty() {
        problems.push(format!(
            "{rule} reads more than it says; add to it, or let `UPDATE_EXPECT=1 cargo test` do so: reads = [{}]",
            undeclared.join(", ")
        ));
    }
    if !unread.is_empty() {
        problems.push(format!(
            "{rule} says that it reads {}, which none of its cases comes to: take it out of `reads`, or write the case",
            unread.join(", ")
        ));
    }
    problems
}

fn is_within(path: &str, outer: &str) -> bool {
    path.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(declared: &[&str], seen: &[&str]) -> Vec<String> {
        let declared: Vec<String> = declared.iter().map(|&path| path.to_owned()).collect();
        problems("mot", &declared, &seen.iter().map(|&path| path.to_owned()).collect())
    }

    #[test]
    fn both_sides_have_to_agree() {
        assert!(found(&["costs.lines", "owner"], &["costs.lines.amount", "owner"]).is_empty());
        assert_eq!(
            found(&["cost"], &["costs.total", "owner.level"]),
            [
                "mot reads more than it says; add to it, or let `UPDATE_EXPECT=1 cargo test` do so: reads = [\"costs.total\", \"owner.level\"]",
                "mot says that it reads `cost`, which none of its cases comes to: take it out of `reads`, or write the case",
            ]
        );
    }

    #[test]
    fn a_list_is_brought_to_what_is_seen() {
        let paths = |paths: &[&str]| paths.iter().map(|&path| path.to_owned()).collect::<Vec<_>>();
        let seen = BTreeSet::from_iter(paths(&["costs.lines.amount", "costs.total", "owner"]));
        for (stated, derived, now) in [
            (&["owner", "gone"][..], &["costs"][..], &["owner"][..]),
            (&["owner", "costs.lines"], &[], &["owner", "costs.lines", "costs.total"]),
            (&[], &[], &["costs.lines.amount", "costs.total", "owner"]),
            (&["gone"], &["costs", "owner"], &[]),
        ] {
            assert_eq!(
                with_what_is_seen(&paths(stated), &paths(derived), &seen),
                now,
                "{stated:?}"
            );
        }
    }

    #[test]
    fn the_source_is_written_and_what_only_a_case_can_change_stays_wrong() {
        let folder = tempfile::tempdir().unwrap();
        let cases = folder.path().join("cases");
        let source = folder.path().join("src/late_report.rs");
        std::fs::create_dir_all(source.parent().unwrap()).unwrap();
        let rule = |reads: &str| {
            format!("#[rule(\n    {reads}violations = [Late]\n)]\nfn late_report() {{}}\n")
        };
        std::fs::write(&source, rule("reads = [\"year\", \"gone\"],\n    ")).unwrap();
        // `never` is found in the body: no list takes it away.
        let declared = ["gone", "never", "year"].map(str::to_owned);
        let seen = BTreeSet::from(["owner.level".to_owned(), "year".to_owned()]);

        let before = checked(None, "late-report", &declared, &seen);
        assert_eq!(before.len(), 2, "{before:?}");
        let after = checked(Some(&cases), "late-report", &declared, &seen);
        assert!(after.len() == 1 && after[0].contains("reads `never`,"), "{after:?}");
        let written = std::fs::read_to_string(&source).unwrap();
        assert_eq!(written, rule("reads = [\"year\", \"owner.level\"],\n    "));

        let elsewhere = checked(Some(&cases), "other", &declared, &seen);
        assert!(elsewhere.len() == 3 && elsewhere[2].starts_with("cannot read `"), "{elsewhere:?}");
    }
}
