//! How submitted text is shown inside a message: shortened, and without what would break a line.

use std::fmt;

pub(crate) use kycuong_model::text::{SHOWN_CHARACTERS_MAX, excerpt, is_control, quote};

use crate::error::BoxError;

/// A text for one line of a report: no control characters, cut to some bytes.
///
/// Terminals and browsers act on what they are shown; a pack (or a name from the dossier that it
/// quotes) must not be able to move the cursor or turn the reading direction.
pub(crate) fn sanitize_line(text: &str, bytes_max: usize) -> String {
    let mut sanitized = String::with_capacity(text.len().min(bytes_max));
    for character in text.chars() {
        let character = if is_control(character) { ' ' } else { character };
        if sanitized.len() + character.len_utf8() > bytes_max {
            break;
        }
        sanitized.push(character);
    }
    sanitized
}

/// Longest text of what is wrong with a foreign file, in bytes.
const ERROR_BYTES_MAX: usize = 1_000;

/// What a library says is wrong with foreign bytes. It quotes them, and an operator's terminal must
/// show that and not act on it.
#[doc(hidden)]
pub fn sanitize_error(of: &dyn fmt::Display) -> BoxError {
    #[derive(Debug, thiserror::Error)]
    #[error("{0}")]
    struct Sanitized(String);
    // `{:#}` names the causes of those errors that have some.
    Box::new(Sanitized(sanitize_line(&format!("{of:#}"), ERROR_BYTES_MAX)))
}

/// The candidate that was probably meant; `None` when none is near.
///
/// Near is a third of the length in edits: `ammount` is near `amount`, `so_tien` is near nothing.
pub(crate) fn nearest<'a>(
    written: &str,
    candidates: impl Iterator<Item = &'a str>,
) -> Option<&'a str> {
    if written.len() > 2 * SHOWN_CHARACTERS_MAX {
        return None; // no name of the model is as long
    }
    let folded = written.to_lowercase().replace(['-', ' '], "_");
    candidates
        .map(|name| (strsim::osa_distance(&folded, &name.replace('-', "_")), name))
        .filter(|(edits, name)| *edits <= name.chars().count().max(3) / 3)
        .min()
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_near() {
        let names = ["amount", "total", "unit_price", "public-investment"];
        assert_eq!(nearest("ammount", names.into_iter()), Some("amount"));
        assert_eq!(nearest("unitPrice", names.into_iter()), Some("unit_price"));
        assert_eq!(nearest("public_investment", names.into_iter()), Some("public-investment"));
        assert_eq!(nearest("so_tien", names.into_iter()), None);
        assert_eq!(nearest(&"amount".repeat(100), names.into_iter()), None);
    }
}
