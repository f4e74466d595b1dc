//! Strings and numbers, as RFC 8259 §6 and §7 write them.

use super::error::ParseErrorKind as Refusal;

/// The text of a string that holds escapes. Of a raw text that [`parse`] did not pass, it makes something.
pub(super) fn unescape(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        text.push_str(before);
        let (character, length) = read_escape(escape.as_bytes()).unwrap_or(('\\', 1));
        text.push(character);
        rest = escape.get(length..).unwrap_or("");
    }
    text.push_str(rest);
    text
}

/// Reads the escape that the bytes start with: its character and its length in bytes.
pub(super) fn read_escape(bytes: &[u8]) -> Result<(char, usize), Refusal> {
    let character = match bytes.get(1) {
        Some(b'"') => '"',
        Some(b'\\') => '\\',
        Some(b'/') => '/',
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(b'n') => '\n',
        Some(b'r') => '\r',
        Some(b't') => '\t',
        Some(b'u') => {
            let first = code_unit(bytes).ok_or(Refusal::BadEscape)?;
            if let Some(character) = char::from_u32(first) {
                return Ok((character, 6));
            }
            let second = bytes.get(6..).and_then(code_unit).ok_or(Refusal::LoneSurrogate)?;
            return match (first, second) {
                (0xd800..=0xdbff, 0xdc00..=0xdfff) => {
                    char::from_u32(0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00))
                }
                _ => None,
            }
            .map(|character| (character, 12))
            .ok_or(Refusal::LoneSurrogate);
        }
        _ => return Err(Refusal::BadEscape),
    };
    Ok((character, 2))
}

/// The number of the `\uXXXX` that the bytes start with.
fn code_unit(bytes: &[u8]) -> Option<u32> {
    let digits = bytes.first_chunk::<6>()?.strip_prefix(b"\\u")?;
    digits.iter().try_fold(0, |unit, &digit| Some(unit << 4 | char::from(digit).to_digit(16)?))
}

/// The first place from `at` on of a quote, a backslash or a control character; the end without one.
#[inline]
pub(super) fn end_of_plain(bytes: &[u8], mut at: usize) -> usize {
    // Sixteen bytes at once, most strings being shorter.
    while let Some((low, rest)) = bytes.get(at..).and_then(|rest| rest.split_first_chunk())
        && let Some(high) = rest.first_chunk()
    {
        let (low, high) = (special(u64::from_le_bytes(*low)), special(u64::from_le_bytes(*high)));
        if low | high != 0 {
            let (marks, before) = if low != 0 { (low, 0) } else { (high, 8) };
            return at + before + marks.trailing_zeros() as usize / 8;
        }
        at += 16;
    }
    let rest = bytes.get(at..).unwrap_or_default();
    at + rest.iter().position(|&byte| matches!(byte, b'"' | b'\\' | 0..0x20)).unwrap_or(rest.len())
}

/// Marks the highest bit of the bytes that no string may hold as they are.
///
/// A borrow may mark bytes above one that is meant, never below it: only the lowest mark counts.
#[inline]
fn special(word: u64) -> u64 {
    const ONES: u64 = u64::MAX / 0xff;
    let quote = word ^ (ONES * b'"' as u64);
    let backslash = word ^ (ONES * b'\\' as u64);
    let below = |word: u64, limit: u64| word.wrapping_sub(ONES * limit) & !word;
    (below(quote, 1) | below(backslash, 1) | below(word, 0x20)) & (ONES << 7)
}

/// The length of the number that the bytes start with, or `None` when it is not written as RFC 8259 §6 has it.
pub(super) fn number_length(bytes: &[u8]) -> Option<usize> {
    let digits = |from: usize| {
        let rest = bytes.get(from..).unwrap_or_default();
        from + rest.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(rest.len())
    };
    let whole = usize::from(bytes.first() == Some(&b'-'));
    let mut at = digits(whole);
    if at == whole || (bytes.get(whole) == Some(&b'0') && at > whole + 1) {
        return None;
    }
    if bytes.get(at) == Some(&b'.') {
        let fraction = at + 1;
        at = digits(fraction);
        if at == fraction {
            return None;
        }
    }
    if let Some(b'e' | b'E') = bytes.get(at) {
        let exponent = at + 1 + usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
        at = digits(exponent);
        if at == exponent {
            return None;
        }
    }
    // What follows directly belongs to the same word: `1x`, `0x10`, `1.2.3`, `1_000`.
    let glued =
        bytes.get(at).is_some_and(|byte| byte.is_ascii_alphanumeric() || b"+-._".contains(byte));
    (!glued).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_run_ends_at_every_position() {
        for end in 0..40 {
            for stop in ["\"", "\\", "\0", "\u{1f}"] {
                let text = format!(
                    "{}{stop}\"\0",
                    "\u{7f} đồng ÿ!#[]".chars().cycle().take(end).collect::<String>()
                );
                let expected = text.find(stop).unwrap();
                assert_eq!(end_of_plain(text.as_bytes(), 0), expected, "{text:?}");
            }
        }
        assert_eq!(end_of_plain("không có gì ở đây".as_bytes(), 0), "không có gì ở đây".len());
    }

    #[test]
    fn unescape_makes_something_of_anything() {
        assert_eq!(unescape(r"\u00e9\ud83d\ude00\/\n"), "é😀/\n");
        assert_eq!(unescape(r"a\"), r"a\");
        assert_eq!(unescape(r"\ud800\uXđ\q"), r"\ud800\uXđ\q");
    }
}
