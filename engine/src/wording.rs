//! What packs and libraries say, for one line of a report or an error.

use std::fmt;

use kycuong_model::text::is_control;

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
