//! The source line behind a finding, cropped so that a minified submission stays readable.

use kycuong_engine::finding::Finding;
use kycuong_model::pointer::Pointer;
use kycuong_model::tape::{Document, Kind, Node};

/// Characters of a line that are shown whole; longer lines are cropped around the place.
const LINE_WIDTH: usize = usize::MAX;
/// Characters shown before the place on a cropped line.
const BEFORE: usize = 40;

/// A piece of a line with the bytes to underline.
pub(super) struct Excerpt {
    pub(super) text: String,
    pub(super) span: std::ops::Range<usize>,
}

/// The line of a finding; `None` when the source has no such place.
pub(super) fn excerpt(source: &[u8], document: Option<Document<'_>>, finding: &Finding) -> Option<Excerpt> {
    let line = source.split(|byte| *byte == b'\n').nth(finding.line.checked_sub(1)?)?;
    // What is no UTF-8 is shown with replacement characters, one for each broken sequence.
    let line: Vec<char> = String::from_utf8_lossy(line).trim_end_matches('\r').chars().collect();
    let first = finding.column.checked_sub(1)?.min(line.len());
    let width = document.and_then(|document| width(document, &finding.path)).unwrap_or(1).max(1);
    let last = first.saturating_add(width).min(line.len());

    let (start, end) = if line.len() <= LINE_WIDTH {
        (0, line.len())
    } else {
        let start = first.saturating_sub(BEFORE).min(line.len().saturating_sub(LINE_WIDTH));
        (start, (start + LINE_WIDTH).min(line.len()))
    };
    let piece = |from: usize, to: usize| line.get(from..to).unwrap_or_default().iter().collect::<String>();
    let head = if start > 0 { "…" } else { "" };
    let tail = if end < line.len() { "…" } else { "" };
    let before = format!("{head}{}", piece(start, first.min(end)));
    let marked = piece(first.min(end), last.min(end));
    let after = format!("{}{tail}", piece(last.min(end), end));
    let span = before.len()..before.len() + marked.len();
    Some(Excerpt { text: format!("{before}{marked}{after}"), span })
}

/// How many characters to underline: of a scalar all, of an object or list its first bracket, or all
/// of it when it is as short as a word.
fn width(document: Document<'_>, path: &Pointer) -> Option<usize> {
    let at = nearest(document, path)?;
    let raw = at.raw().chars();
    let is_whole = document.resolve(path).is_some();
    Some(match at.kind() {
        Kind::String | Kind::Key => raw.count() + 2,
        Kind::Array | Kind::Object if !is_whole || at.raw().len() > BEFORE => 1,
        _ => raw.take_while(|character| *character != '\n').count(),
    })
}

/// The node of a path, or the nearest one that should hold it.
fn nearest<'a>(document: Document<'a>, path: &Pointer) -> Option<Node<'a>> {
    let mut at = document.root()?;
    for token in path.tokens() {
        let inside = match at.kind() {
            Kind::Object => at.member(&token),
            Kind::Array => token.parse().ok().and_then(|index: usize| at.elements().nth(index)),
            _ => None,
        };
        let Some(inside) = inside else { break };
        at = inside;
    }
    Some(at)
}

/// The first step of a path that the document lacks; `None` when all of it is there.
pub(super) fn absent_step(document: Document<'_>, path: &Pointer) -> Option<String> {
    let mut known = Pointer::root();
    for token in path.tokens() {
        known.push_member(&token);
        if document.resolve(&known).is_none() {
            return Some(token);
        }
    }
    None
}
