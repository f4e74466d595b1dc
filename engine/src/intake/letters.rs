//! Vietnamese letters that look right and are not: decomposed ones, and those of other languages.
//!
//! Rules compare names and numbers as they are written, so `Hà` in two code points is another word
//! than `Hà` in one. Only warned of: the text can be read, and a person may have to judge.

use kycuong_model::finding::Severity;
use kycuong_model::localize::Localize;
use kycuong_model::tape::{Document, Kind};
use kycuong_model::text::Bilingual;
use kycuong_report::Finding;

/// The findings about the letters of a document; each kind once, at its first place.
pub(super) fn findings(document: Document<'_>) -> Vec<Finding> {
    let text = document.text().as_bytes();
    if !may_hold_marks(text) && !may_hold_look_alikes(text) {
        return Vec::new();
    }
    let decomposed = Texts::with(document, is_decomposed);
    let foreign = Texts::with(document, |text| text.contains(LOOK_ALIKES));
    [decomposed.map(not_nfc), foreign.map(look_alike)].into_iter().flatten().collect()
}

/// Texts that share a problem.
struct Texts<'a> {
    document: Document<'a>,
    first: u32,
    count: usize,
}

impl<'a> Texts<'a> {
    fn with(document: Document<'a>, problem: impl Fn(&str) -> bool) -> Option<Self> {
        let nodes = (0..document.len() as u32).filter_map(|index| document.node(index));
        let mut hits = nodes
            .filter(|node| node.kind() == Kind::String && problem(&node.text()))
            .map(|node| node.index());
        let first = hits.next()?;
        Some(Self { document, first, count: 1 + hits.count() })
    }

    fn finding(self, rule: &str, message: Bilingual, remedy: Bilingual) -> Finding {
        let path = self.document.pointer_of(self.first);
        Finding::new(rule, Severity::Warn, path, message, remedy).value("texts", self.count)
    }
}

fn not_nfc(texts: Texts<'_>) -> Finding {
    let message = Bilingual::new(
        format!(
            "Hồ sơ có {} mục ghi chữ tiếng Việt ở dạng tổ hợp rời (dấu tách khỏi chữ cái), không phải dạng dựng sẵn (NFC).",
            texts.count.vi()
        ),
        format!(
            "The submission has {} texts with Vietnamese letters whose marks stand apart (decomposed), not in the composed form (NFC).",
            texts.count.en()
        ),
    );
    let remedy = Bilingual::new(
        "Chuyển văn bản sang Unicode dựng sẵn (NFC, TCVN 6909:2001) trước khi gửi.",
        "Convert the text to composed Unicode (NFC, TCVN 6909:2001) before sending it.",
    );
    texts.finding("intake/not-nfc", message, remedy)
}

fn look_alike(texts: Texts<'_>) -> Finding {
    let message = Bilingual::new(
        format!(
            "Hồ sơ có {} mục ghi chữ trông giống “Đ”, “đ” nhưng là chữ của ngôn ngữ khác (U+00D0, U+00F0, U+0189).",
            texts.count.vi()
        ),
        format!(
            "The submission has {} texts with a letter that looks like “Đ” or “đ” but belongs to another language (U+00D0, U+00F0, U+0189).",
            texts.count.en()
        ),
    );
    let remedy = Bilingual::new(
        "Thay bằng chữ “Đ” (U+0110) hoặc “đ” (U+0111) của tiếng Việt.",
        "Use the Vietnamese letters “Đ” (U+0110) and “đ” (U+0111).",
    );
    texts.finding("intake/look-alike-letter", message, remedy)
}

/// Eth and African D: drawn like `Đ` and `đ`, and compared as other letters.
const LOOK_ALIKES: [char; 3] = ['\u{d0}', '\u{f0}', '\u{189}'];

/// The marks of Vietnamese: grave, acute, circumflex, tilde, breve, hook, horn, dot below.
fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{303}' | '\u{306}' | '\u{309}' | '\u{31b}' | '\u{323}')
}

/// Whether a mark follows a letter that exists in one code point together with it.
fn is_decomposed(text: &str) -> bool {
    let carries = |letter: char| "aăâeêioôơuưyAĂÂEÊIOÔƠUƯYạẹọẠẸỌ".contains(letter);
    text.chars().zip(text.chars().skip(1)).any(|(letter, mark)| is_mark(mark) && carries(letter))
}

/// U+0300 to U+037F begin with these bytes, which composed Vietnamese does not have; an escape may
/// hide anything.
fn may_hold_marks(text: &[u8]) -> bool {
    text.iter().fold(false, |found, byte| found | matches!(byte, 0xCC | 0xCD | b'\\'))
}

fn may_hold_look_alikes(text: &[u8]) -> bool {
    let pairs = text.iter().zip(text.iter().skip(1));
    pairs.fold(false, |found, pair| found | matches!(pair, (0xC3, 0x90 | 0xB0) | (0xC6, 0x89)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn composed_vietnamese_has_no_marks_apart() {
        for composed in
            ["Hòa Bình", "Hoà Bình", "Đắk Lắk", "phường Ngọc Hiển", "ộ ữ ẵ Ỵ", "a b", ""]
        {
            assert!(!is_decomposed(composed), "{composed}");
        }
        for decomposed in
            ["Ho\u{300}a", "D\u{111}a\u{306}k", "u\u{31b}\u{303}", "o\u{323}\u{302}", "ô\u{323}"]
        {
            assert!(is_decomposed(decomposed), "{decomposed}");
        }
    }
}
