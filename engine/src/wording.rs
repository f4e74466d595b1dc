//! How submitted text is shown inside a message: shortened, and without what would break a line.

use std::fmt;

pub(crate) use kycuong_model::text::is_control;

use crate::error::Cause;
use crate::sandbox::answer::plain;

/// Characters of a submitted value that a message shows; the rest is masked by “…”.
///
/// Forty tell which value is meant without copying personal data or whole paragraphs into reports.
pub(crate) const SHOWN_CHARACTERS_MAX: usize = 40;

/// A submitted text in typographic quotes, masked beyond [`SHOWN_CHARACTERS_MAX`].
pub(crate) fn quoted(text: &str) -> String {
    format!("“{}”", shown(text))
}

/// A submitted text, masked beyond [`SHOWN_CHARACTERS_MAX`]; control characters become U+FFFD and
/// straight double quotes single ones.
pub(crate) fn shown(text: &str) -> String {
    let printable = |letter: char| match letter {
        '"' => '\'', // messages quote in one way only
        control if is_control(control) => char::REPLACEMENT_CHARACTER,
        other => other,
    };
    let mut shown: String = text.chars().take(SHOWN_CHARACTERS_MAX).map(printable).collect();
    if text.chars().nth(SHOWN_CHARACTERS_MAX).is_some() {
        shown.push('…');
    }
    shown
}

/// Longest account of what is wrong with a foreign file, in bytes.
const ACCOUNT_BYTES_MAX: usize = 1_000;

/// What a library says is wrong with foreign bytes. It quotes them, and an operator's terminal must
/// show that and not act on it.
#[doc(hidden)]
pub fn account(of: &dyn fmt::Display) -> Cause {
    #[derive(Debug, thiserror::Error)]
    #[error("{0}")]
    struct Account(String);
    // `{:#}` names the causes of those errors that have some.
    Box::new(Account(plain(&format!("{of:#}"), ACCOUNT_BYTES_MAX)))
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
    fn long_values_are_masked() {
        assert_eq!(quoted(&"ă".repeat(40)), format!("“{}”", "ă".repeat(40)));
        assert_eq!(quoted(&"ă".repeat(41)), format!("“{}…”", "ă".repeat(40)));
        assert_eq!(quoted("a\nb"), "“a\u{fffd}b”");
        assert_eq!(quoted("a\u{202e}b"), "“a\u{fffd}b”", "the reading direction stays");
    }

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
