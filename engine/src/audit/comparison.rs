//! A report beside the one that running its check again gave.

use kycuong_report::{Receipt, Report, ReportError, json_text};

/// How a report compares with the one of the second run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// What made the first is of another version than what made the second. Receipts state versions,
    /// so that the bytes differ there at least.
    pub versions: Vec<VersionDifference>,
    /// The first difference besides; `None` when all else is the same, byte for byte.
    pub difference: Option<Difference>,
}

/// Two versions of one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionDifference {
    /// `engine`, `wasmtime` or `schema`.
    pub what: &'static str,
    /// Then.
    pub recorded: String,
    /// Now.
    pub again: String,
}

/// The first line that differs. A line of a report has one member with its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// From 1.
    pub line: usize,
    /// The line then, without its indentation; empty when the text was shorter.
    pub recorded: String,
    /// The line now.
    pub again: String,
}

/// Compares a report with that of the second run.
///
/// # Errors
///
/// [`ReportError`] when one of them cannot be written as JSON.
pub fn compare(recorded: &Report, again: &Report) -> Result<Comparison, ReportError> {
    let mut again = again.clone();
    let versions = align(&recorded.receipt, &mut again.receipt);
    let again = again.seal()?.json;
    Ok(Comparison { versions, difference: first_difference(&recorded.to_json()?, &again) })
}

/// Compares a receipt alone with that of the second run: their digests stand for the rest.
///
/// # Errors
///
/// As [`compare`].
pub fn compare_receipts(recorded: &Receipt, again: &Report) -> Result<Comparison, ReportError> {
    let mut again = again.clone();
    let versions = align(recorded, &mut again.receipt);
    let again = again.seal()?.report.receipt;
    let difference = first_difference(&json(recorded)?, &json(&again)?);
    Ok(Comparison { versions, difference })
}

/// Names the versions that differ, and writes the recorded ones into the second receipt, so that what
/// else differs can be told.
fn align(recorded: &Receipt, again: &mut Receipt) -> Vec<VersionDifference> {
    let pairs = [
        ("engine", &recorded.engine_version, &mut again.engine_version),
        ("wasmtime", &recorded.wasmtime_version, &mut again.wasmtime_version),
        ("schema", &recorded.schema_version, &mut again.schema_version),
    ];
    let differing = pairs.into_iter().filter(|(_, recorded, again)| *recorded != *again);
    differing
        .map(|(what, recorded, again)| {
            let recorded = recorded.clone();
            let again = std::mem::replace(again, recorded.clone());
            VersionDifference { what, recorded, again }
        })
        .collect()
}

fn json(receipt: &Receipt) -> Result<String, ReportError> {
    json_text(receipt).map_err(|source| ReportError::Write { source })
}

/// The first line in which two texts differ; `None` when they are the same.
pub fn first_difference(recorded: &str, again: &str) -> Option<Difference> {
    if recorded == again {
        return None;
    }
    let (mut left, mut right) = (recorded.split('\n'), again.split('\n'));
    for line in 1.. {
        let (recorded, again) = (left.next(), right.next());
        if recorded != again || recorded.is_none() {
            let text = |line: Option<&str>| line.unwrap_or_default().trim().to_owned();
            return Some(Difference { line, recorded: text(recorded), again: text(again) });
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_differing_line_is_named() {
        let difference = |a, b| first_difference(a, b);
        assert_eq!(difference("a\nb\n", "a\nb\n"), None);
        let named = |line, recorded: &str, again: &str| {
            Some(Difference { line, recorded: recorded.to_owned(), again: again.to_owned() })
        };
        assert_eq!(difference("a\n  b\nc", "a\n  x\nc"), named(2, "b", "x"));
        assert_eq!(difference("a\n", "a\nb"), named(2, "", "b"));
        assert_eq!(difference("a", "a\n"), named(2, "", ""));
        assert_eq!(difference("", "b"), named(1, "", "b"));
    }
}
