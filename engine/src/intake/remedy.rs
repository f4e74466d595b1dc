//! How to fix a text that is not JSON: the usual slips are recognised by what stands around the place.

use kycuong_model::tape::{Expected, ParseError, ParseErrorKind};
use kycuong_model::text::Bilingual;

/// What to do about a refused text.
pub(super) fn of(error: &ParseError, bytes: &[u8]) -> Bilingual {
    match &error.kind {
        ParseErrorKind::NotUtf8 => Bilingual::new(
            "Lưu lại tệp theo bảng mã UTF-8 (không dùng TCVN3, VNI, Windows-1258 hoặc UTF-16).",
            "Save the file as UTF-8 (not TCVN3, VNI, Windows-1258 or UTF-16).",
        ),
        ParseErrorKind::ByteOrderMark => Bilingual::new(
            "Lưu lại tệp theo kiểu “UTF-8” không kèm BOM.",
            "Save the file as “UTF-8” without a BOM.",
        ),
        ParseErrorKind::TooLarge { .. } | ParseErrorKind::TooManyNodes { .. } => Bilingual::new(
            "Chỉ ghi dữ liệu của hồ sơ trong tệp này; giấy tờ, bản quét gửi riêng và dẫn chiếu bằng mã giấy tờ.",
            "Keep only the dossier's data in this file; send papers and scans separately and refer to them by id.",
        ),
        ParseErrorKind::TooDeep { .. } => Bilingual::new(
            "Ghi dữ liệu đúng cấu trúc của lược đồ; không lồng thêm đối tượng, danh sách.",
            "Follow the structure of the schema, without further objects and arrays inside.",
        ),
        ParseErrorKind::DuplicateMember { .. } => Bilingual::new(
            "Giữ lại một giá trị đúng của trường này và xóa giá trị còn lại.",
            "Keep the one value that is right and delete the other.",
        ),
        ParseErrorKind::Empty => Bilingual::new(
            "Gửi tệp JSON có dữ liệu của hồ sơ.",
            "Send a JSON file with the dossier's data.",
        ),
        ParseErrorKind::UnexpectedEnd => Bilingual::new(
            "Gửi lại trọn vẹn tệp; kiểm tra các dấu đóng “}”, “]” và dấu ngoặc kép.",
            "Send the whole file again; check the closing “}”, “]” and the quotes.",
        ),
        ParseErrorKind::BadEscape | ParseErrorKind::LoneSurrogate => Bilingual::new(
            "Viết dấu gạch chéo ngược thành hai dấu liền nhau, hoặc ghi thẳng ký tự tiếng Việt.",
            "Write a backslash as two of them, or write the character itself.",
        ),
        ParseErrorKind::ControlCharacter => Bilingual::new(
            "Thay dấu xuống dòng bằng \\n, dấu tab bằng \\t và xóa ký tự ẩn.",
            "Write a line break as \\n, a tab as \\t, and delete hidden characters.",
        ),
        ParseErrorKind::BadNumber => amount(),
        ParseErrorKind::TrailingText => Bilingual::new(
            "Mỗi tệp chỉ chứa một đối tượng JSON; xóa phần thừa phía sau.",
            "A file holds one JSON object; delete what follows it.",
        ),
        ParseErrorKind::Unexpected { expected, found } => {
            unexpected(*expected, *found, error, bytes)
        }
        _ => general(),
    }
}

fn unexpected(expected: Expected, found: char, error: &ParseError, bytes: &[u8]) -> Bilingual {
    let before = bytes.get(..error.offset).unwrap_or(bytes);
    let last = before.iter().rev().find(|byte| !byte.is_ascii_whitespace());
    let after_digit = before.last().is_some_and(u8::is_ascii_digit);
    match (expected, found) {
        (_, '“' | '”' | '„' | '‘' | '’' | '\'' | '`') => Bilingual::new(
            "Dùng dấu ngoặc kép thẳng (U+0022) của JSON, không dùng ngoặc kép cong hoặc ngoặc đơn.",
            "Use the straight quotes of JSON (U+0022), not curly or single ones.",
        ),
        (Expected::Name | Expected::Value, '}' | ']') if last == Some(&b',') => Bilingual::new(
            "Xóa dấu phẩy thừa ngay trước dấu đóng.",
            "Delete the comma before the closing bracket.",
        ),
        (Expected::Name, '0'..='9') if last == Some(&b',') => amount(),
        (Expected::CommaOrArrayEnd | Expected::CommaOrObjectEnd, c)
            if after_digit && (matches!(c, '.' | ',' | '_') || c.is_alphanumeric()) =>
        {
            amount()
        }
        (Expected::Value, '+' | '.' | '-' | 'N' | 'I') => amount(),
        (Expected::Value, c) if c.is_alphabetic() => Bilingual::new(
            "Đặt văn bản trong dấu ngoặc kép; chỉ true, false, null và số viết không có ngoặc kép.",
            "Put text in quotes; only true, false, null and numbers stand without.",
        ),
        (Expected::Name, c) if c.is_alphabetic() || c == '_' => Bilingual::new(
            "Đặt tên trường trong dấu ngoặc kép.",
            "Put the member's name in quotes.",
        ),
        (_, '/' | '#') => Bilingual::new(
            "Xóa ghi chú; JSON không có ghi chú.",
            "Delete the comment; JSON has none.",
        ),
        (Expected::CommaOrArrayEnd | Expected::CommaOrObjectEnd, '"' | '{' | '[') => {
            Bilingual::new("Thêm dấu phẩy giữa hai mục.", "Add a comma between the two items.")
        }
        _ => general(),
    }
}

fn amount() -> Bilingual {
    Bilingual::new(
        "Viết số tiền bằng các chữ số liền nhau trong dấu ngoặc kép, ví dụ “4800000000”; số đếm viết bằng chữ số, không có dấu và không có số 0 ở đầu.",
        "Write amounts as digits in quotes, such as “4800000000”; write counts as digits without sign or leading zeros.",
    )
}

fn general() -> Bilingual {
    Bilingual::new(
        "Kết xuất lại hồ sơ bằng phần mềm, không sửa tay tệp JSON; kiểm tra dấu ngoặc kép, dấu phẩy và dấu hai chấm quanh vị trí này.",
        "Export the dossier again rather than editing the JSON by hand; check the quotes, commas and colons around this place.",
    )
}

/// What the grammar wanted, in Vietnamese.
pub(super) fn expected_vi(expected: Expected) -> &'static str {
    match expected {
        Expected::Value => "một giá trị",
        Expected::Name => "tên trường trong dấu ngoặc kép",
        Expected::Colon => "dấu hai chấm",
        Expected::CommaOrArrayEnd => "dấu phẩy hoặc dấu “]”",
        Expected::CommaOrObjectEnd => "dấu phẩy hoặc dấu “}”",
    }
}

/// What the grammar wanted, in English.
pub(super) fn expected_en(expected: Expected) -> &'static str {
    match expected {
        Expected::Value => "a value",
        Expected::Name => "a member's name in quotes",
        Expected::Colon => "a colon",
        Expected::CommaOrArrayEnd => "a comma or “]”",
        Expected::CommaOrObjectEnd => "a comma or “}”",
    }
}
