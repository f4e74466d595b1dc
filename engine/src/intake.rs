//! What the host says of a submission by itself: why it cannot be judged, or what its text gives away.
//!
//! The first place that is not JSON ends the intake, since nothing after it has a meaning. Whether
//! the values are the right ones is not asked here but by the schema.

use kycuong_model::codes::SubjectKind;
use kycuong_model::finding::Severity;
use kycuong_model::localize::Localize;
use kycuong_model::pointer::Pointer;
use kycuong_model::tape::{Document, ParseError, ParseErrorKind};
use kycuong_model::text::{Bilingual, quote};
use kycuong_report::{Finding, Header, Submission};

use crate::finding::Placed;
use crate::schema;

mod letters;
mod remedy;

/// A submission that can be judged.
#[derive(Clone, Copy, Debug)]
pub struct Readable<'a> {
    /// The text and its nodes.
    pub document: Document<'a>,
    /// What every subject has in common.
    pub header: &'a Header,
    /// Which of the four subjects it describes.
    pub subject: SubjectKind,
}

impl<'a> Readable<'a> {
    /// What can be judged of a submission.
    ///
    /// # Errors
    ///
    /// Why it cannot be judged, at least one blocking finding: it is not one JSON text within the
    /// limits, or does not say which subject it describes.
    pub(crate) fn placed(submission: &'a Submission) -> Result<Self, Vec<Placed>> {
        let (Some(document), Some(header)) = (submission.document(), submission.header()) else {
            let error = submission.error();
            let found = error.map(|error| not_json(error, submission.bytes()));
            return Err(found.into_iter().collect());
        };
        match header.subject {
            Some(subject) => Ok(Self { document, header, subject }),
            None => {
                let findings = schema::unreadable_subject(document);
                Err(findings.into_iter().map(Placed::from).collect())
            }
        }
    }

    /// What can be judged of a submission, or why nothing can.
    ///
    /// # Errors
    ///
    /// At least one blocking finding.
    pub fn of(submission: &'a Submission) -> Result<Self, Vec<Finding>> {
        let unplaced =
            |found: Vec<Placed>| found.into_iter().map(|placed| placed.finding).collect();
        Self::placed(submission).map_err(unplaced)
    }

    /// What its text gives away; none of it blocks.
    pub fn findings(&self) -> Vec<Finding> {
        letters::findings(self.document)
    }
}

/// A place in the text, for people: 1-based line and column, 0-based byte.
struct Place {
    line: usize,
    column: usize,
    byte: usize,
}

impl Place {
    fn of(error: &ParseError, bytes: &[u8]) -> Self {
        Self { line: error.line(bytes), column: error.column(bytes), byte: error.offset }
    }

    fn vi(&self) -> String {
        format!("dòng {}, cột {} (byte {})", self.line, self.column, self.byte)
    }

    fn en(&self) -> String {
        format!("line {}, column {} (byte {})", self.line, self.column, self.byte)
    }
}

/// What the parser refused, as a finding.
fn not_json(error: &ParseError, bytes: &[u8]) -> Placed {
    let place = Place::of(error, bytes);
    let (vi, en) = (place.vi(), place.en());
    let (rule, message) = match &error.kind {
        ParseErrorKind::NotUtf8 => (
            "intake/not-utf-8",
            Bilingual::new(
                format!("Hồ sơ không được mã hóa theo UTF-8: byte không hợp lệ ở {vi}."),
                format!("The submission is not UTF-8: there is an invalid byte at {en}."),
            ),
        ),
        ParseErrorKind::ByteOrderMark => (
            "intake/byte-order-mark",
            Bilingual::new(
                format!(
                    "Hồ sơ bắt đầu bằng dấu thứ tự byte (BOM) ở {vi}; JSON không cho phép dấu này."
                ),
                format!(
                    "The submission starts with a byte order mark at {en}, which JSON does not allow."
                ),
            ),
        ),
        ParseErrorKind::TooLarge { limit, actual } => (
            "intake/too-large",
            Bilingual::new(
                format!("Hồ sơ có {} byte, vượt mức tối đa {} byte.", actual.vi(), limit.vi()),
                format!(
                    "The submission has {} bytes, more than the {} allowed.",
                    actual.en(),
                    limit.en()
                ),
            ),
        ),
        ParseErrorKind::TooDeep { limit } => (
            "intake/too-deep",
            Bilingual::new(
                format!("Các danh sách, đối tượng lồng nhau quá {} cấp, tại {vi}.", limit.vi()),
                format!(
                    "Arrays and objects are nested deeper than {} levels, at {en}.",
                    limit.en()
                ),
            ),
        ),
        ParseErrorKind::TooManyNodes { limit } => (
            "intake/too-many-values",
            Bilingual::new(
                format!("Hồ sơ có hơn {} giá trị và tên trường, tính đến {vi}.", limit.vi()),
                format!(
                    "The submission has more than {} values and names, counted up to {en}.",
                    limit.en()
                ),
            ),
        ),
        ParseErrorKind::DuplicateMember { name, first_offset } => {
            let first = ParseError { offset: *first_offset, ..error.clone() };
            let first = Place::of(&first, bytes);
            (
                "intake/duplicate-member",
                Bilingual::new(
                    format!(
                        "Trường {} ghi hai lần trong cùng một đối tượng: ở {} và ở {vi}.",
                        quote(name),
                        first.vi()
                    ),
                    format!(
                        "The member {} is written twice in one object: at {} and at {en}.",
                        quote(name),
                        first.en()
                    ),
                ),
            )
        }
        ParseErrorKind::Empty => {
            ("intake/empty", Bilingual::new("Hồ sơ không có nội dung.", "The submission is empty."))
        }
        kind => ("intake/not-json", grammar(kind, &vi, &en)),
    };
    let remedy = remedy::of(error, bytes);
    let finding = Finding::new(rule, Severity::Block, Pointer::root(), message, remedy)
        .value("line", place.line)
        .value("column", place.column)
        .value("byte", place.byte);
    Placed::at(finding, place.byte)
}

/// Where the text leaves the grammar of JSON.
fn grammar(kind: &ParseErrorKind, vi: &str, en: &str) -> Bilingual {
    match kind {
        ParseErrorKind::UnexpectedEnd => Bilingual::new(
            format!("Nội dung JSON bị cắt ngang: hồ sơ kết thúc ở {vi} khi chưa đủ dấu đóng."),
            format!("The JSON text is cut short: it ends at {en} before its value does."),
        ),
        ParseErrorKind::Unexpected { expected, found } => {
            let (found_vi, found_en) = match found {
                '"' => ("dấu ngoặc kép".to_owned(), "a quotation mark".to_owned()),
                other => {
                    let shown = quote(&other.to_string());
                    (format!("ký tự {shown}"), shown)
                }
            };
            Bilingual::new(
                format!(
                    "Nội dung không đúng cú pháp JSON: ở {vi} có {found_vi}, tại đó cần {}.",
                    remedy::expected_vi(*expected)
                ),
                format!(
                    "The text is not JSON: at {en} there is {found_en} where {} is needed.",
                    remedy::expected_en(*expected)
                ),
            )
        }
        ParseErrorKind::BadEscape => Bilingual::new(
            format!("Dấu gạch chéo ngược ở {vi} không mở đầu một ký hiệu mà JSON quy định."),
            format!("The backslash at {en} starts no escape that JSON knows."),
        ),
        ParseErrorKind::LoneSurrogate => Bilingual::new(
            format!("Ký hiệu \\u ở {vi} chỉ là một nửa của ký tự."),
            format!("The \\u escape at {en} is only half of a character."),
        ),
        ParseErrorKind::ControlCharacter => Bilingual::new(
            format!(
                "Ở {vi} có ký tự điều khiển (xuống dòng, tab hoặc ký tự ẩn) nằm ngoài chỗ JSON cho phép."
            ),
            format!(
                "At {en} there is a control character (a line break, a tab or a hidden one) where JSON allows none."
            ),
        ),
        ParseErrorKind::BadNumber => Bilingual::new(
            format!("Số ở {vi} không viết theo cách JSON quy định."),
            format!("The number at {en} is not written as JSON writes numbers."),
        ),
        ParseErrorKind::TrailingText => Bilingual::new(
            format!("Sau khi đối tượng JSON kết thúc vẫn còn nội dung, từ {vi}."),
            format!("Something follows the end of the JSON value, from {en} on."),
        ),
        _ => Bilingual::new(
            format!("Nội dung không đúng cú pháp JSON, tại {vi}."),
            format!("The text is not JSON, at {en}."),
        ),
    }
}
