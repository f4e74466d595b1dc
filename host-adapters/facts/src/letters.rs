//! Letters that make two texts look alike and be different: those that cannot be seen, blanks and hyphens of
//! other kinds, letters and digits of other scripts.
//!
//! Rules compare the keys of facts with what a submission says, letter by letter.

/// What is wrong with a character of a text, and what should stand in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LetterFault {
    /// It cannot be seen.
    Invisible,
    /// It is a blank, and not the usual one.
    Blank,
    /// It is a hyphen, dash or minus, and not the usual one.
    Hyphen,
    /// It looks like this character of the keyboard, and is another one.
    LooksLike(char),
    /// It is a letter or digit of another script.
    OtherScript,
}

/// The first character that no text may have, and its position from 1.
pub(crate) fn fault_of_text(text: &str) -> Option<(usize, char, LetterFault)> {
    first(text, |letter| is_invisible(letter).then_some(LetterFault::Invisible))
}

/// The first character that no key may have, and its position from 1.
pub(crate) fn fault_of_key(text: &str) -> Option<(usize, char, LetterFault)> {
    first(text, |letter| {
        if letter.is_ascii() {
            return matches!(letter, '\t' | '\n' | '\r').then_some(LetterFault::Blank);
        }
        if letter.is_whitespace() {
            return Some(LetterFault::Blank);
        }
        if is_hyphen(letter) {
            return Some(LetterFault::Hyphen);
        }
        if let Some(usual) = usual(letter) {
            return Some(LetterFault::LooksLike(usual));
        }
        let other = letter.is_alphanumeric() && !is_latin(letter);
        (other || is_mark(letter)).then_some(LetterFault::OtherScript)
    })
}

/// A text with its invisible characters written out: `39/2017<U+200B>`.
pub(crate) fn visible(text: &str) -> String {
    let mut visible = String::with_capacity(text.len());
    for letter in text.chars() {
        if is_invisible(letter) || (letter.is_whitespace() && letter != ' ') {
            visible += &format!("<U+{:04X}>", u32::from(letter));
        } else {
            visible.push(letter);
        }
    }
    visible
}

fn first(
    text: &str,
    fault: impl Fn(char) -> Option<LetterFault>,
) -> Option<(usize, char, LetterFault)> {
    let mut letters = (1..).zip(text.chars());
    letters.find_map(|(position, letter)| Some((position, letter, fault(letter)?)))
}

/// What has no width: Unicode's default ignorable code points (DerivedCoreProperties, Unicode 17), the marks
/// of interlinear annotation, and the blank letters of Braille and Hangul.
fn is_invisible(letter: char) -> bool {
    matches!(
        letter,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{2800}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

/// Unicode's dashes (property Dash), and what is drawn as one.
fn is_hyphen(letter: char) -> bool {
    matches!(
        letter,
        '\u{58a}'
            | '\u{5be}'
            | '\u{1400}'
            | '\u{1806}'
            | '\u{2010}'..='\u{2015}'
            | '\u{2043}'
            | '\u{2053}'
            | '\u{207b}'
            | '\u{208b}'
            | '\u{2212}'
            | '\u{2500}'
            | '\u{2e17}'
            | '\u{2e1a}'
            | '\u{2e3a}'..='\u{2e3b}'
            | '\u{2e40}'
            | '\u{2e5d}'
            | '\u{301c}'
            | '\u{3030}'
            | '\u{30a0}'
            | '\u{30fc}'
            | '\u{fe31}'..='\u{fe32}'
            | '\u{fe58}'
            | '\u{fe63}'
            | '\u{ff0d}'
            | '\u{10ead}'
    )
}

/// The letters of Latin scripts, but those that look like Vietnamese ones and are not.
fn is_latin(letter: char) -> bool {
    matches!(letter, '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}')
}

/// Marks that stand on the letter before them.
fn is_mark(letter: char) -> bool {
    matches!(
        letter,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{1ab0}'..='\u{1aff}'
            | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}'
    )
}

/// The character of a Vietnamese keyboard that another one looks like: the small set that Excel, Word and
/// keyboards of other languages really put there, from Unicode's confusables (UTS #39).
fn usual(letter: char) -> Option<char> {
    // The full-width forms of ASCII.
    if let Some(offset) = u32::from(letter).checked_sub(0xff01).filter(|offset| *offset < 94) {
        return char::from_u32(0x21 + offset);
    }
    let found = LOOK_ALIKES.iter().find(|(_, others)| others.contains(letter));
    found.map(|(usual, _)| *usual)
}

/// A character of the keyboard, and those that look like it.
const LOOK_ALIKES: &[(char, &str)] = &[
    ('/', "\u{2044}\u{2215}\u{29f8}\u{2571}"),
    (':', "\u{2236}\u{a789}\u{2d0}"),
    ('.', "\u{2024}\u{b7}\u{3002}\u{a78f}"),
    (',', "\u{201a}\u{3001}"),
    ('_', "\u{203f}\u{2017}"),
    ('|', "\u{1c0}\u{2223}"),
    ('!', "\u{1c3}"),
    ('A', "АΑ"),
    ('B', "ВΒ"),
    ('C', "СϹ\u{216d}"),
    ('D', "\u{216e}"),
    ('E', "ЕΕ"),
    ('G', "Ԍ"),
    ('H', "НΗ"),
    ('I', "ІΙӀ\u{2160}"),
    ('J', "ЈͿ"),
    ('K', "КΚ\u{212a}"),
    ('L', "\u{216c}"),
    ('M', "МΜϺ\u{216f}"),
    ('N', "Ν"),
    ('O', "ОΟՕ"),
    ('P', "РΡ"),
    ('Q', "Ԛ"),
    ('S', "ЅՏ"),
    ('T', "ТΤ"),
    ('V', "Ѵ\u{2164}"),
    ('W', "Ԝ"),
    ('X', "ХΧ\u{2169}"),
    ('Y', "ҮΥ"),
    ('Z', "Ζ"),
    ('Đ', "\u{d0}\u{189}"),
    ('đ', "\u{f0}\u{256}"),
    ('a', "аα"),
    ('c', "сϲ\u{217d}"),
    ('d', "ԁ\u{217e}"),
    ('e', "е"),
    ('g', "\u{261}"),
    ('h', "һ"),
    ('i', "іι\u{131}\u{2170}"),
    ('j', "ј\u{237}"),
    ('k', "кκ"),
    ('l', "ӏ\u{217c}"),
    ('n', "ո"),
    ('o', "оοօ"),
    ('p', "рρ"),
    ('q', "ԛ"),
    ('s', "ѕ\u{17f}"),
    ('u', "υ"),
    ('v', "ѵν\u{2174}"),
    ('w', "ԝ"),
    ('x', "хχ\u{2179}"),
    ('y', "уγ"),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> Option<LetterFault> {
        fault_of_key(text).map(|(.., fault)| fault)
    }

    #[test]
    fn keys_as_people_write_them_are_right() {
        for text in [
            "45/2026/NĐ-CP",
            "39/2017/TT-BTTTT",
            "QCVN 102:2016/BTTTT",
            "LGSP-DN",
            "Quý III, “Báo cáo” (lần 2)",
            "Phường Ngọc Hiển",
            "ẵ ữ Ỵ ơ Ư ă Â",
            "Müller & Søn",
            "",
        ] {
            assert_eq!(fault_of_text(text).or(fault_of_key(text)), None, "{text}");
        }
    }

    #[test]
    fn what_looks_alike_and_is_not() {
        for invisible in [
            '\u{ad}',
            '\u{200b}',
            '\u{200c}',
            '\u{200d}',
            '\u{200e}',
            '\u{202e}',
            '\u{2060}',
            '\u{2063}',
            '\u{feff}',
            '\u{61c}',
            '\u{34f}',
            '\u{180e}',
            '\u{3164}',
            '\u{fe0f}',
            '\u{e0041}',
            '\u{2069}',
        ] {
            let text = format!("39/2017{invisible}/TT");
            assert_eq!(fault_of_text(&text), Some((8, invisible, LetterFault::Invisible)));
        }
        for blank in
            ['\u{a0}', '\u{2009}', '\u{202f}', '\u{3000}', '\u{2028}', '\t', '\n', '\u{85}']
        {
            assert_eq!(fault(&format!("QCVN{blank}102")), Some(LetterFault::Blank), "{blank:?}");
        }
        for hyphen in ['\u{2010}', '\u{2011}', '–', '—', '\u{2212}', '\u{fe63}', '－', '\u{2015}']
        {
            assert_eq!(fault(&format!("NĐ{hyphen}CP")), Some(LetterFault::Hyphen), "{hyphen:?}");
        }
        for (text, usual) in [
            ("NĐ-СР", 'C'),
            ("H21.О5", 'O'),
            ("ΝĐ-CP", 'N'),
            ("NÐ-CP", 'Đ'),
            ("45∕2026", '/'),
            ("45／2026", '/'),
            ("４5/2026", '4'),
            ("H21․05", '.'),
            ("\u{212a}", 'K'),
            ("Ⅽ", 'C'),
        ] {
            assert_eq!(fault(text), Some(LetterFault::LooksLike(usual)), "{text}");
        }
        for text in ["ж", "٣", "²", "中", "𝐍Đ", "№½"] {
            assert_eq!(fault(text), Some(LetterFault::OtherScript), "{text}");
        }
        assert_eq!(visible("39/2017\u{200b} a\u{a0}b"), "39/2017<U+200B> a<U+00A0>b");
    }
}
