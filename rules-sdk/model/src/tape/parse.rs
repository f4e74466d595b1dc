//! The writer of the tape: JSON as RFC 8259 has it, and nothing else.
//!
//! Stricter than the RFC where it leaves a choice: duplicate names, lone surrogates and a byte order
//! mark are refused. Nesting is kept in a list, not on the stack, so no text overflows it; the time is
//! linear in the text (O(n log n) in the members of one object).

use super::error::{Expected, ParseError, ParseErrorKind as Refusal};
use super::lexeme::{end_of_plain, number_length, read_escape, unescape};
use super::{Document, ESCAPED, Kind, NODE_WORDS, NODES_MAX, names};

/// What a text may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseLimits {
    /// Most bytes of a text; never more than `u32::MAX`, what an offset of the tape can say.
    pub bytes_max: usize,
    /// Most arrays and objects inside one another.
    pub depth_max: usize,
    /// Most values and names; never more than [`NODES_MAX`].
    pub nodes_max: usize,
}

impl Default for ParseLimits {
    /// 16 MiB, 64 levels, 2 000 000 nodes: 2 000 lines of a dozen members are 0.65 MB, 4 levels
    /// and 54 000 nodes.
    fn default() -> Self {
        Self { bytes_max: 16 << 20, depth_max: 64, nodes_max: 2_000_000 }
    }
}

/// A text that was parsed: the text, borrowed, and its nodes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tape<'a> {
    text: &'a str,
    words: Vec<u32>,
}

impl<'a> Tape<'a> {
    /// The text with its nodes.
    pub fn document(&self) -> Document<'_> {
        Document::new(self.text, &self.words)
    }

    /// The text, which is all of the bytes that were parsed.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// The nodes alone, for an owner of the text to keep beside it.
    pub fn into_words(self) -> Vec<u32> {
        self.words
    }
}

/// Parses a JSON text.
///
/// # Errors
///
/// [`ParseError`] says why the bytes are not a JSON text within the limits, and where: the first place
/// that is wrong, except that duplicate names are found where their object ends.
pub fn parse<'a>(bytes: &'a [u8], limits: &ParseLimits) -> Result<Tape<'a>, ParseError> {
    let limit = limits.bytes_max.min(u32::MAX as usize);
    if bytes.len() > limit {
        return Err(ParseError {
            kind: Refusal::TooLarge { limit, actual: bytes.len() },
            offset: limit,
        });
    }
    if bytes.starts_with("\u{feff}".as_bytes()) {
        return Err(ParseError { kind: Refusal::ByteOrderMark, offset: 0 });
    }
    let text = std::str::from_utf8(bytes)
        .map_err(|error| ParseError { kind: Refusal::NotUtf8, offset: error.valid_up_to() })?;
    Ok(Tape { text, words: Writer::new(text, limits).write()? })
}

/// An array or object that has not ended yet.
struct Open {
    kind: Kind,
    index: u32,
    first_name: usize,
}

struct Writer<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    words: Vec<u32>,
    count: u32,
    nodes_max: usize,
    open: Vec<Open>,
    depth_max: usize,
    /// The names of all open objects, as [`names::entry`] has them.
    names: Vec<u64>,
}

// INVARIANT: `at <= bytes.len() <= u32::MAX` and `count <= NODES_MAX < u32::MAX`, so that `as u32` loses nothing.
impl<'a> Writer<'a> {
    fn new(text: &'a str, limits: &ParseLimits) -> Self {
        let nodes_max = limits.nodes_max.min(NODES_MAX);
        // Submissions have a node every 10 to 16 bytes.
        let words = Vec::with_capacity((text.len() / 12 + 8).min(nodes_max) * NODE_WORDS);
        Self {
            text,
            bytes: text.as_bytes(),
            at: 0,
            words,
            count: 0,
            nodes_max,
            open: vec![],
            depth_max: limits.depth_max,
            names: vec![],
        }
    }

    fn write(mut self) -> Result<Vec<u32>, ParseError> {
        self.skip_space();
        if self.at == self.bytes.len() {
            return Err(self.refuse(Refusal::Empty, self.at));
        }
        loop {
            if self.value()? {
                continue; // the first element or member of what was opened
            }
            // A value is complete: close all that ends with it, up to where the next value is due.
            loop {
                self.skip_space();
                let byte = self.peek();
                match (self.open.last().map(|open| open.kind), byte) {
                    (None, None) => return Ok(self.words),
                    (None, Some(_)) => return Err(self.refuse(Refusal::TrailingText, self.at)),
                    (Some(kind), Some(b',')) => {
                        self.at += 1;
                        self.skip_space();
                        if kind == Kind::Object {
                            self.name()?;
                        }
                        break;
                    }
                    (Some(Kind::Object), Some(b'}')) | (Some(Kind::Array), Some(b']')) => {
                        self.close()?
                    }
                    (Some(Kind::Object), _) => {
                        return Err(self.unexpected(Expected::CommaOrObjectEnd));
                    }
                    (Some(_), _) => return Err(self.unexpected(Expected::CommaOrArrayEnd)),
                }
            }
        }
    }

    /// Writes the scalar at the place, or opens the container; says whether the value in it comes next.
    fn value(&mut self) -> Result<bool, ParseError> {
        match self.peek() {
            Some(b'"') => {
                self.string(Kind::String)?;
            }
            Some(b'-' | b'+' | b'.' | b'0'..=b'9') => self.number()?,
            Some(b'{') => {
                self.open(Kind::Object)?;
                if self.peek() != Some(b'}') {
                    self.name()?;
                    return Ok(true);
                }
                self.close()?;
            }
            Some(b'[') => {
                self.open(Kind::Array)?;
                if self.peek() != Some(b']') {
                    return Ok(true);
                }
                self.close()?;
            }
            Some(b't') => self.literal("true", Kind::Bool)?,
            Some(b'f') => self.literal("false", Kind::Bool)?,
            Some(b'n') => self.literal("null", Kind::Null)?,
            _ => return Err(self.unexpected(Expected::Value)),
        }
        Ok(false)
    }

    fn open(&mut self, kind: Kind) -> Result<(), ParseError> {
        if self.open.len() >= self.depth_max {
            return Err(self.refuse(Refusal::TooDeep { limit: self.depth_max }, self.at));
        }
        self.open.push(Open { kind, index: self.count, first_name: self.names.len() });
        self.push(kind, self.at, self.at, 0)?; // until it is closed
        self.at += 1;
        self.skip_space();
        Ok(())
    }

    fn close(&mut self) -> Result<(), ParseError> {
        self.at += 1;
        let Some(open) = self.open.pop() else { return Ok(()) };
        let first = open.index as usize * NODE_WORDS;
        if let Some([_, end, word]) = self.words.get_mut(first..first + NODE_WORDS) {
            *end = self.at as u32;
            *word = open.kind.bits() | self.count;
        }
        if self.names.len() > open.first_name {
            let document = Document::new(self.text, &self.words);
            let entries = self.names.get_mut(open.first_name..).unwrap_or_default();
            if let Some((first, second)) = names::duplicate(document, entries) {
                let first_offset = first.range().start - 1; // its quote
                let refusal =
                    Refusal::DuplicateMember { name: second.text().into_owned(), first_offset };
                return Err(self.refuse(refusal, second.range().start - 1));
            }
            self.names.truncate(open.first_name);
        }
        Ok(())
    }

    /// Writes a member's name and goes past the colon.
    fn name(&mut self) -> Result<(), ParseError> {
        if self.peek() != Some(b'"') {
            return Err(self.unexpected(Expected::Name));
        }
        let index = self.count;
        let (start, end, escaped) = self.string(Kind::Key)?;
        self.names.push(if escaped {
            let name = unescape(self.text.get(start..end).unwrap_or(""));
            names::entry(name.as_bytes(), 0, name.len(), index)
        } else {
            names::entry(self.bytes, start, end, index)
        });
        self.skip_space();
        if self.peek() != Some(b':') {
            return Err(self.unexpected(Expected::Colon));
        }
        self.at += 1;
        self.skip_space();
        Ok(())
    }

    /// Writes a string, whose range and whether it holds escapes is returned.
    fn string(&mut self, kind: Kind) -> Result<(usize, usize, bool), ParseError> {
        let start = self.at + 1;
        let mut at = start;
        let mut escaped = 0;
        loop {
            at = end_of_plain(self.bytes, at);
            match self.bytes.get(at) {
                Some(b'"') => break,
                Some(b'\\') => {
                    let rest = self.bytes.get(at..).unwrap_or_default();
                    let (_, length) = read_escape(rest).map_err(|refusal| match rest {
                        [_] => self.refuse(Refusal::UnexpectedEnd, at + 1),
                        _ => self.refuse(refusal, at),
                    })?;
                    at += length;
                    escaped = ESCAPED;
                }
                Some(_) => return Err(self.refuse(Refusal::ControlCharacter, at)),
                None => return Err(self.refuse(Refusal::UnexpectedEnd, at)),
            }
        }
        self.push(kind, start, at, escaped)?;
        self.at = at + 1;
        Ok((start, at, escaped != 0))
    }

    fn number(&mut self) -> Result<(), ParseError> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let length = number_length(rest).ok_or_else(|| self.refuse(Refusal::BadNumber, self.at))?;
        self.push(Kind::Number, self.at, self.at + length, 0)?;
        self.at += length;
        Ok(())
    }

    fn literal(&mut self, word: &str, kind: Kind) -> Result<(), ParseError> {
        if !self.bytes.get(self.at..).is_some_and(|rest| rest.starts_with(word.as_bytes())) {
            return Err(self.unexpected(Expected::Value));
        }
        self.push(kind, self.at, self.at + word.len(), 0)?;
        self.at += word.len();
        Ok(())
    }

    fn push(
        &mut self,
        kind: Kind,
        start: usize,
        end: usize,
        escaped: u32,
    ) -> Result<(), ParseError> {
        if self.count as usize >= self.nodes_max {
            return Err(self.refuse(Refusal::TooManyNodes { limit: self.nodes_max }, start));
        }
        self.count += 1;
        self.words.extend_from_slice(&[
            start as u32,
            end as u32,
            escaped | kind.bits() | self.count,
        ]);
        Ok(())
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.peek() {
            self.at += 1;
            while self.bytes.get(self.at..).is_some_and(|rest| rest.starts_with(b"        ")) {
                self.at += 8;
            }
        }
    }

    fn unexpected(&self, expected: Expected) -> ParseError {
        let found = self.text.get(self.at..).and_then(|rest| rest.chars().next());
        let kind = match found {
            None => Refusal::UnexpectedEnd,
            Some('\0'..'\u{20}') if !matches!(found, Some('\t' | '\n' | '\r')) => {
                Refusal::ControlCharacter
            }
            Some(found) => Refusal::Unexpected { expected, found },
        };
        self.refuse(kind, self.at)
    }

    #[cold]
    fn refuse(&self, kind: Refusal, offset: usize) -> ParseError {
        ParseError { kind, offset }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(text: &str, limits: ParseLimits) -> (Refusal, usize) {
        let error = parse(text.as_bytes(), &limits).unwrap_err();
        (error.kind, error.offset)
    }

    #[test]
    fn the_format_is_as_documented() {
        let tape = parse(br#" {"a":[1,true],"\u0062":"x\ty"} "#, &ParseLimits::default()).unwrap();
        let word = |kind: Kind, next: u32| kind.bits() | next;
        #[rustfmt::skip]
        let expected = [
            1, 31, word(Kind::Object, 7),
            3, 4, word(Kind::Key, 2),
            6, 14, word(Kind::Array, 5),
            7, 8, word(Kind::Number, 4),
            9, 13, word(Kind::Bool, 5),
            16, 22, word(Kind::Key, 6) | ESCAPED,
            25, 29, word(Kind::String, 7) | ESCAPED,
        ];
        assert_eq!(tape.document().words(), expected);
        assert_eq!(tape.document().root().unwrap().member("b").unwrap().text(), "x\ty");
    }

    #[test]
    fn the_limits_are_inclusive() {
        let limits = ParseLimits { bytes_max: 6, depth_max: 2, nodes_max: 3 };
        for accepted in ["[[1]]", "[1, 2]", "[{}]"] {
            assert!(parse(accepted.as_bytes(), &limits).is_ok(), "{accepted}");
        }
        assert_eq!(refusal("[1,    ", limits), (Refusal::TooLarge { limit: 6, actual: 7 }, 6));
        assert_eq!(refusal("[[[]]]", limits), (Refusal::TooDeep { limit: 2 }, 2));
        assert_eq!(refusal("[1,2,3", limits), (Refusal::TooManyNodes { limit: 3 }, 5));
    }

    #[test]
    fn a_duplicate_is_found_by_its_unescaped_name_at_any_size() {
        for others in [0, 1, 14, 61, 62, 63, 64, 500] {
            let members: String = (0..others).map(|n| format!(r#","member_{n}":{n}"#)).collect();
            let distinct = format!(r#"{{"name":1{members},"n\u0061me2":2}}"#);
            assert!(parse(distinct.as_bytes(), &ParseLimits::default()).is_ok(), "{others}");
            let repeated = format!(r#"{{"name":1{members},"n\u0061me":2,"name":3}}"#);
            let kind = Refusal::DuplicateMember { name: "name".into(), first_offset: 1 };
            assert_eq!(
                refusal(&repeated, ParseLimits::default()),
                (kind, repeated.find(r#""n\u"#).unwrap())
            );
        }
    }

    #[test]
    fn a_place_is_a_line_and_a_column_in_characters() {
        let text = "{\n  \"tên\": \"Đường\" x\n}";
        let error = parse(text.as_bytes(), &ParseLimits::default()).unwrap_err();
        assert_eq!((error.line(text.as_bytes()), error.column(text.as_bytes())), (2, 18));
        assert_eq!(error.to_string(), "expected `,` or `}`, found `x` at byte 24");
    }

    #[test]
    fn every_text_that_is_cut_is_refused_where_it_ends_or_before() {
        let text = r#"{"a": [1.5e3, "\u00e9\ud83d\ude00", {"b": null}], "c": true}"#;
        for end in 0..text.len() {
            let error = parse(&text.as_bytes()[..end], &ParseLimits::default()).unwrap_err();
            assert!(error.offset <= end, "{end}: {error}");
        }
    }
}
