//! The source line behind a finding, and which part of it to underline.

use kycuong_model::pointer::Pointer;
use kycuong_model::tape::{Document, Kind, Node};
use kycuong_report::Finding;

/// Most characters that are underlined: the beginning of a long text tells which one is meant.
const UNDERLINED_MAX: usize = 40;
/// Characters kept after the place. The renderer crops a long line to the terminal's width; without
/// the rest of a minified submission it need not look at all of it for every finding.
const AFTER: usize = 400;

/// A line, perhaps without its far end, with the bytes to underline.
pub(super) struct Excerpt {
    pub(super) text: String,
    pub(super) span: std::ops::Range<usize>,
}

/// The line of a finding; `None` when the source has no such place.
pub(super) fn excerpt(
    source: &[u8],
    document: Option<Document<'_>>,
    finding: &Finding,
) -> Option<Excerpt> {
    let line = source.split(|byte| *byte == b'\n').nth(finding.line.checked_sub(1)?)?;
    // What is no UTF-8 is shown with replacement characters.
    let line = String::from_utf8_lossy(line);
    let line = line.trim_end_matches('\r');
    let start = end_of(line, finding.column.checked_sub(1)?);
    let (before, rest) = line.split_at_checked(start)?;
    let width = document.and_then(|document| width(document, &finding.path)).unwrap_or(1);
    let width = end_of(rest, width.clamp(1, UNDERLINED_MAX));
    let kept = end_of(rest, UNDERLINED_MAX + AFTER);
    Some(Excerpt { text: format!("{before}{}", rest.get(..kept)?), span: start..start + width })
}

/// The byte at which a number of characters ends.
fn end_of(text: &str, characters: usize) -> usize {
    text.char_indices().nth(characters).map_or(text.len(), |(at, _)| at)
}

/// How many characters to underline: of a scalar all, of an object or list its first bracket, or all
/// of it when it is as short as a word.
fn width(document: Document<'_>, path: &Pointer) -> Option<usize> {
    let (at, absent) = path.follow(document.root()?, Node::inside);
    let raw = at.raw().chars();
    Some(match at.kind() {
        Kind::String | Kind::Key => raw.count() + 2,
        Kind::Array | Kind::Object if absent.is_some() || at.raw().len() > UNDERLINED_MAX => 1,
        _ => raw.take_while(|character| *character != '\n').count(),
    })
}

/// The first step of a path that the document lacks; `None` when all of it is there.
pub(super) fn absent_step(document: Document<'_>, path: &Pointer) -> Option<String> {
    let (_, absent) = path.follow(document.root()?, Node::inside);
    absent?.tokens().last()
}
