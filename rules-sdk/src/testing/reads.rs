//! Whether a rule reads what its manifest says: as seen while its cases run.

use std::collections::BTreeSet;

/// What is wrong with the `reads` of a rule, with what to write instead. A path speaks for everything below it.
pub(super) fn problems(rule: &str, declared: &[String], seen: &BTreeSet<String>) -> Vec<String> {
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
            "{rule} reads more than it says; add to it: reads = [{}]",
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
                "mot reads more than it says; add to it: reads = [\"costs.total\", \"owner.level\"]",
                "mot says that it reads `cost`, which none of its cases comes to: take it out of `reads`, or write the case",
            ]
        );
    }
}
