//! The checks, by name.

use kycuong_model::text::Bilingual;
use serde::Serialize;

/// What was checked; in the order of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Check {
    /// Days on which no rule of a family judges a class of submissions.
    DateGap,
    /// Days on which two versions of a rule judge the same class of submissions.
    DateOverlap,
    /// A text that the legal register shows as repealed.
    RepealedInstrument,
    /// A rule that binds before any of its texts did.
    BeforeInstrument,
    /// A basis without article.
    NoArticle,
    /// A rule that no case shows to fail.
    NoInvalidCase,
    /// Two rules that say the same.
    SameRule,
    /// A sentence that breaks the conventions.
    Wording,
}

impl Check {
    /// All of them, in the order of a report.
    pub const ALL: [Self; 8] = [
        Self::DateGap,
        Self::DateOverlap,
        Self::RepealedInstrument,
        Self::BeforeInstrument,
        Self::NoArticle,
        Self::NoInvalidCase,
        Self::SameRule,
        Self::Wording,
    ];

    /// The code in documents.
    pub fn code(self) -> &'static str {
        match self {
            Self::DateGap => "date-gap",
            Self::DateOverlap => "date-overlap",
            Self::RepealedInstrument => "repealed-instrument",
            Self::BeforeInstrument => "before-instrument",
            Self::NoArticle => "no-article",
            Self::NoInvalidCase => "no-invalid-case",
            Self::SameRule => "same-rule",
            Self::Wording => "wording",
        }
    }

    /// What it is called.
    pub fn title(self) -> Bilingual {
        match self {
            Self::DateGap => Bilingual::new("Khoảng trống thời gian", "Days that nothing covers"),
            Self::DateOverlap => {
                Bilingual::new("Chồng lấn thời gian", "Two versions on the same days")
            }
            Self::RepealedInstrument => {
                Bilingual::new("Văn bản đã hết hiệu lực", "Repealed legal texts")
            }
            Self::BeforeInstrument => Bilingual::new(
                "Áp dụng trước khi văn bản có hiệu lực",
                "In force before the legal text",
            ),
            Self::NoArticle => {
                Bilingual::new("Căn cứ chưa nêu điều khoản", "Basis without article")
            }
            Self::NoInvalidCase => {
                Bilingual::new("Chưa có tình huống không đạt", "No case that fails")
            }
            Self::SameRule => {
                Bilingual::new("Hai quy tắc trùng nhau", "Two rules that say the same")
            }
            Self::Wording => Bilingual::new("Câu chữ", "Wording"),
        }
    }
}
