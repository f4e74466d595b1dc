//! The sentences about letters that look alike and are not.

use kycuong_model::text::Bilingual;

use super::show;
use crate::letters::LetterFault;

pub(super) fn message(text: &str, letter: char, position: usize, fault: LetterFault) -> Bilingual {
    let (text, code) = (show(text), format!("U+{:04X}", u32::from(letter)));
    let (vi, en) = match fault {
        LetterFault::Invisible => ("ký tự không nhìn thấy".to_owned(), "is invisible".to_owned()),
        LetterFault::Blank => (
            "khoảng trắng khác dấu cách thông thường".to_owned(),
            "is a blank other than the usual one".to_owned(),
        ),
        LetterFault::Hyphen => (
            "dấu gạch khác dấu “-” thông thường".to_owned(),
            "is a hyphen other than the usual “-”".to_owned(),
        ),
        LetterFault::LooksLike(usual) => (
            format!("ký tự trông giống “{usual}” nhưng là ký tự khác"),
            format!("looks like “{usual}” and is another one"),
        ),
        LetterFault::OtherScript => (
            "chữ, số hoặc dấu không thuộc bảng chữ cái La-tinh".to_owned(),
            "is a letter, digit or mark of another script".to_owned(),
        ),
    };
    Bilingual::new(
        format!(
            "“{text}”: ký tự thứ {position} ({code}) là {vi}, nên không khớp với hồ sơ ghi đúng."
        ),
        format!("`{text}`: character {position} ({code}) {en}, so that it matches no submission"),
    )
}

pub(super) fn remedy(fault: LetterFault) -> Bilingual {
    match fault {
        LetterFault::Invisible => Bilingual::new(
            "Xóa nội dung ô rồi gõ lại bằng bàn phím, không dán.",
            "delete the cell and type it again, without pasting",
        ),
        LetterFault::Blank => Bilingual::new(
            "Thay bằng dấu cách thông thường (U+0020).",
            "use the usual blank (U+0020)",
        ),
        LetterFault::Hyphen => Bilingual::new(
            "Thay bằng dấu gạch nối “-” trên bàn phím (U+002D).",
            "use the hyphen of the keyboard, “-” (U+002D)",
        ),
        LetterFault::LooksLike(usual) => Bilingual::new(
            format!("Gõ lại ký tự “{usual}” (U+{:04X}).", u32::from(usual)),
            format!("type “{usual}” (U+{:04X})", u32::from(usual)),
        ),
        LetterFault::OtherScript => Bilingual::new(
            "Gõ lại bằng chữ cái tiếng Việt và chữ số thường.",
            "type it with Vietnamese letters and ordinary digits",
        ),
    }
}
