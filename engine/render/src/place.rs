//! The source line behind a finding, and which part of it to underline.

use kycuong_model::pointer::Pointer;
use kycuong_model::tape::{Kind, Locator};
use kycuong_model::text::is_control;
use kycuong_report::{Finding, Submission};

/// Most characters that are underlined: the beginning of a long text tells which one is meant.
const UNDERLINED_MAX: usize = 40;
/// Characters kept before and after the place. The renderer crops a long line to the terminal's width;
/// without the rest of a minified submission it need not look at all of it for every finding.
const AROUND: usize = 200;
/// Most bytes of a character in UTF-8.
const CHARACTER_BYTES_MAX: usize = 4;

/// A line, perhaps without its far ends, with the bytes to underline.
pub(super) struct Excerpt {
    pub(super) text: String,
    pub(super) span: std::ops::Range<usize>,
    /// Whether its beginning was left out, so that its columns are not those of the source.
    pub(super) is_cropped: bool,
}

/// The places of all findings of a submission, found in one pass over its bytes.
pub(super) struct Places<'a> {
    bytes: &'a [u8],
    locator: Option<Locator<'a>>,
    /// The bytes at which the line and the place of each finding begin, in the order of the findings;
    /// `None` when the source has no such place.
    starts: Vec<Option<(usize, usize)>>,
}

impl<'a> Places<'a> {
    pub(super) fn of(submission: &'a Submission, findings: &[Finding]) -> Self {
        let bytes = submission.bytes();
        let mut in_order: Vec<(usize, &Finding)> = findings.iter().enumerate().collect();
        in_order.sort_by_key(|(_, finding)| (finding.line, finding.column));
        let mut cursor = Cursor { bytes, line_start: 0, line: 1, at: 0, column: 1 };
        let mut starts = vec![None; findings.len()];
        for (index, finding) in in_order {
            if let Some(start) = starts.get_mut(index) {
                *start = cursor.advance_to(finding.line, finding.column);
            }
        }
        Self { bytes, locator: submission.document().map(Locator::new), starts }
    }

    /// The line of the finding at an index of the findings.
    pub(super) fn excerpt(&mut self, index: usize, finding: &Finding) -> Option<Excerpt> {
        let (line_start, at) = (*self.starts.get(index)?)?;
        let before = self.bytes.get(line_start..at)?;
        let cropped = characters_back(before, AROUND);
        let is_cropped = cropped > 0;
        let before = shown(before.get(cropped..)?);
        let before = if is_cropped { format!("…{before}") } else { before };

        let kept = UNDERLINED_MAX + AROUND;
        let far = at.saturating_add(kept * CHARACTER_BYTES_MAX).min(self.bytes.len());
        let rest = self.bytes.get(at..far)?;
        let rest = rest.split(|byte| *byte == b'\n').next()?;
        let rest: String = shown(rest).trim_end_matches('\r').chars().take(kept).collect();
        let width = self.width(&finding.path).unwrap_or(1);
        let width = end_of(&rest, width.clamp(1, UNDERLINED_MAX));
        let start = before.len();
        Some(Excerpt { text: before + &rest, span: start..start + width, is_cropped })
    }

    /// The first step of a path that the document lacks; `None` when all of it is there.
    pub(super) fn absent_step(&mut self, path: &Pointer) -> Option<String> {
        let (_, absent) = self.locator.as_mut()?.follow(path)?;
        absent?.tokens().last()
    }

    /// How many characters to underline: of a scalar all, of an object or list its first bracket, or
    /// all of it when it is as short as a word.
    fn width(&mut self, path: &Pointer) -> Option<usize> {
        let (at, absent) = self.locator.as_mut()?.follow(path)?;
        let raw = at.raw().chars().take(UNDERLINED_MAX);
        Some(match at.kind() {
            Kind::String | Kind::Key => raw.count() + 2,
            Kind::Array | Kind::Object if absent.is_some() || at.raw().len() > UNDERLINED_MAX => 1,
            _ => raw.take_while(|character| *character != '\n').count(),
        })
    }
}

/// A place in a text that only moves forward: line and column from 1, the column in characters.
struct Cursor<'a> {
    bytes: &'a [u8],
    line_start: usize,
    line: usize,
    at: usize,
    column: usize,
}

impl Cursor<'_> {
    fn advance_to(&mut self, line: usize, column: usize) -> Option<(usize, usize)> {
        while (self.line, self.column) < (line, column) {
            match self.bytes.get(self.at)? {
                // The line is shorter than the column says: its end is the place.
                b'\n' if self.line == line => break,
                b'\n' => {
                    self.at += 1;
                    (self.line, self.column, self.line_start) = (self.line + 1, 1, self.at);
                }
                _ => {
                    self.at += 1;
                    while self.bytes.get(self.at).is_some_and(|byte| is_continuation(*byte)) {
                        self.at += 1;
                    }
                    self.column += 1;
                }
            }
        }
        (line > 0 && column > 0).then_some((self.line_start, self.at))
    }
}

fn is_continuation(byte: u8) -> bool {
    byte & 0b1100_0000 == 0b1000_0000
}

/// Where the last characters of a text begin.
fn characters_back(text: &[u8], characters: usize) -> usize {
    let starts = text.iter().enumerate().rev().filter(|(_, byte)| !is_continuation(**byte));
    starts
        .map(|(at, _)| at)
        .take(characters)
        .last()
        .filter(|_| text.len() > characters)
        .unwrap_or(0)
}

/// Foreign bytes as they may be shown, character for character: what is no UTF-8, and what a terminal
/// would obey, becomes U+FFFD.
fn shown(bytes: &[u8]) -> String {
    let safe = |one: char| match one {
        '\t' | '\r' => one,
        other if is_control(other) => char::REPLACEMENT_CHARACTER,
        other => other,
    };
    String::from_utf8_lossy(bytes).chars().map(safe).collect()
}

/// The byte at which a number of characters ends.
fn end_of(text: &str, characters: usize) -> usize {
    text.char_indices().nth(characters).map_or(text.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use kycuong_model::finding::Severity;
    use kycuong_model::tape::ParseLimits;
    use kycuong_model::text::Bilingual;

    fn excerpts(
        text: &str,
        places: &[(&str, usize, usize)],
    ) -> Vec<Option<(String, String, bool)>> {
        let submission = Submission::read(text, &ParseLimits::default());
        let findings: Vec<Finding> = places
            .iter()
            .map(|(path, line, column)| {
                let nothing = Bilingual::default;
                let mut finding =
                    Finding::new("a/b", Severity::Warn, (*path).into(), nothing(), nothing());
                (finding.line, finding.column) = (*line, *column);
                finding
            })
            .collect();
        let mut places = Places::of(&submission, &findings);
        let of = |(index, finding)| {
            let Excerpt { text, span, is_cropped } = places.excerpt(index, finding)?;
            let underlined = text[span].to_owned();
            Some((text, underlined, is_cropped))
        };
        findings.iter().enumerate().map(of).collect()
    }

    #[test]
    fn places_in_any_order_are_found_in_their_lines() {
        let text = "{\n  \"tên\": \"đường\",\r\n  \"số\": [1, 23]\n}";
        let found = excerpts(
            text,
            &[("/số/1", 3, 13), ("/tên", 2, 10), ("", 1, 1), ("/x", 9, 1), ("/x", 0, 0)],
        );
        let line =
            |text: &str, underlined: &str| Some((text.to_owned(), underlined.to_owned(), false));
        assert_eq!(
            found,
            [
                line("  \"số\": [1, 23]", "23"),
                line("  \"tên\": \"đường\",", "\"đường\""),
                line("{", "{"),
                None,
                None
            ]
        );
    }

    #[test]
    fn a_long_line_is_cropped_on_both_sides() {
        let text = format!(r#"{{"a":"{}","b":0,"c":"{}"}}"#, "đ".repeat(5_000), "ơ".repeat(5_000));
        let [Some((line, underlined, is_cropped))] = &excerpts(&text, &[("/b", 1, 5_013)])[..]
        else {
            panic!()
        };
        assert_eq!((underlined.as_str(), *is_cropped), ("0", true));
        assert!(line.starts_with("…đ") && line.ends_with('ơ'), "{line}");
        assert_eq!(line.chars().count(), 1 + AROUND + UNDERLINED_MAX + AROUND);
    }

    #[test]
    fn what_a_terminal_would_obey_is_not_shown() {
        let text = "{\"a\":\"x\u{9b}2J\u{202e}y\"}";
        let [Some((line, ..))] = &excerpts(text, &[("/a", 1, 6)])[..] else { panic!() };
        assert_eq!(line, "{\"a\":\"x\u{fffd}2J\u{fffd}y\"}");
    }
}
