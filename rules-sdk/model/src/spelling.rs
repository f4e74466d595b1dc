//! “Did you mean …”: which name was probably meant, by one measure everywhere.

/// Longest name that is compared, in bytes: no name of the model is as long.
const WRITTEN_BYTES_MAX: usize = 80;

/// The candidate that was probably meant; `None` when none is near.
///
/// Near is a third of the candidate's length in edits: `ammount` is near `amount`, `so_tien` is near
/// nothing. Case, and whether words are joined by hyphens, underscores or blanks, count for nothing.
pub fn nearest<'a>(
    written: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let near = candidates.into_iter().filter_map(|name| Some((edits(written, name)?, name)));
    near.min().map(|(_, name)| name)
}

/// The edits between what was written and a name that is near it; `None` when it is not.
pub(crate) fn edits(written: &str, name: &str) -> Option<usize> {
    if written.len() > WRITTEN_BYTES_MAX {
        return None;
    }
    let folded = |text: &str| text.trim().to_lowercase().replace(['-', ' '], "_");
    let edits = strsim::osa_distance(&folded(written), &folded(name));
    (edits <= name.chars().count().max(3) / 3).then_some(edits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_near() {
        let names = ["amount", "total", "unit_price", "public-investment"];
        assert_eq!(nearest("ammount", names), Some("amount"));
        assert_eq!(nearest("unitPrice", names), Some("unit_price"));
        assert_eq!(nearest("public_investment", names), Some("public-investment"));
        assert_eq!(nearest(" Unit Price", names), Some("unit_price"));
        assert_eq!(nearest("so_tien", names), None);
        assert_eq!(nearest(&"amount".repeat(100), names), None);
        assert_eq!(nearest("yes", ["no"]), None);
    }
}
