//! The one word of a report.

use kycuong_model::text::Bilingual;
use serde::{Deserialize, Serialize};

/// What the report advises the officer to do; the officer decides. Ordered from the worst.
///
/// There are four and no more, so that a host can match all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Something blocks: return the submission.
    Return,
    /// A rule that must decide did not.
    Undetermined,
    /// Nothing blocks; there is something for the appraiser to judge.
    AcceptWithWarnings,
    /// Nothing to object to.
    Accept,
}

impl Verdict {
    /// The code in documents: `return`, `undetermined`, `accept-with-warnings` or `accept`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Return => "return",
            Self::Undetermined => "undetermined",
            Self::AcceptWithWarnings => "accept-with-warnings",
            Self::Accept => "accept",
        }
    }

    /// What it is called on a slip.
    pub fn text(self) -> Bilingual {
        match self {
            Self::Return => Bilingual::new("Trả hồ sơ để hoàn thiện", "Return for completion"),
            Self::Undetermined => {
                Bilingual::new("Chưa đủ căn cứ để kết luận", "Not enough to decide")
            }
            Self::AcceptWithWarnings => {
                Bilingual::new("Tiếp nhận, có nội dung cần xem xét", "Accept with warnings")
            }
            Self::Accept => Bilingual::new("Tiếp nhận", "Accept"),
        }
    }
}
