//! Lines and the texts in them: line ends, code spans, sentences.

use std::fmt::Write as _;

use kycuong_model::text::is_control;

use crate::json::{name_of, quote};

/// The lines of a text with their numbers, from 1: whichever of the three line ends it has, without a
/// byte order mark, without spaces at their ends.
pub(crate) fn lines(text: &str) -> Vec<(usize, String)> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.split('\n')
        .map(|line| line.trim_end().to_owned())
        .enumerate()
        .map(|(at, line)| (at + 1, line))
        .collect()
}

/// A text as a code span of Markdown; never of an empty text.
pub(crate) fn span(text: &str) -> String {
    let longest = text.split(|character| character != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    let both = text.starts_with(' ') && text.ends_with(' ');
    let pad = if text.starts_with('`') || text.ends_with('`') || both { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// The text of the code span at the start of a line, and what follows it.
pub(crate) fn take_span(line: &str) -> Option<(&str, &str)> {
    let length = line.find(|character| character != '`').filter(|length| *length > 0)?;
    let (fence, rest) = line.split_at_checked(length)?;
    let mut from = 0;
    loop {
        let at = from + rest.get(from..)?.find(fence)?;
        let run = rest.get(at..)?.chars().take_while(|character| *character == '`').count();
        if run == length {
            let (inside, after) = (rest.get(..at)?, rest.get(at + run..)?);
            let padded = inside.strip_prefix(' ').and_then(|inside| inside.strip_suffix(' '));
            let padded = padded.filter(|_| !inside.trim().is_empty());
            return Some((padded.unwrap_or(inside), after));
        }
        from = at + run;
    }
}

/// A sentence on one line: as it is, or as JSON writes it when it would not be read again as it is.
pub(crate) fn sentence(text: &str) -> String {
    let odd = text.is_empty()
        || text.starts_with('"')
        || text.trim() != text
        || text.chars().any(is_control);
    if odd { escaped(text) } else { text.to_owned() }
}

/// What a line says that [`sentence`] wrote.
pub(crate) fn read_sentence(line: &str) -> String {
    let is_quoted = line.len() > 1 && line.starts_with('"') && line.ends_with('"');
    if is_quoted { name_of(line) } else { line.to_owned() }
}

/// A JSON string without a character that a terminal obeys.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for character in quote(text).chars() {
        if is_control(character) {
            for unit in character.encode_utf16(&mut [0; 2]) {
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(character);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn line_ends_of_any_kind_are_alike() {
        let expected: Vec<_> = ["# a", "", "b"].map(str::to_owned).into_iter().zip(1..).collect();
        for text in ["# a\n\nb", "\u{feff}# a\r\n\r\nb", "# a\r\rb", "# a  \n\t\nb "] {
            let lines: Vec<_> = lines(text).into_iter().map(|(at, line)| (line, at)).collect();
            assert_eq!(lines, expected, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn spans_and_sentences_are_read_again(text in "[ `a\\pL]{1,8}", rest in "[ `=a]{0,4}", any in any::<String>()) {
            let follows = if rest.starts_with('`') { format!(" {rest}") } else { rest };
            let line = format!("{}{follows}", span(&text));
            if !text.trim().is_empty() {
                prop_assert_eq!(take_span(&line), Some((text.as_str(), follows.as_str())));
            }
            let line = sentence(&any);
            prop_assert!(!line.chars().any(is_control));
            prop_assert_eq!(read_sentence(&line), any);
        }
    }
}
