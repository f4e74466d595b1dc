//! Which decree governs a dossier.
//!
//! Investment in information technology from the state budget changed its decree three times from
//! 2020 to 2026. A dossier is judged under the decree in force on the day, unless it was decided or
//! appraised under an older one: then it stays there, and its owner may choose the newer one.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::code::{Code, codes};
use crate::date::Date;
use crate::localize::Localize;
use crate::text::Bilingual;

codes! {
    /// Chế độ pháp lý: nghị định áp dụng cho hồ sơ.
    pub enum Regime {
        Nd73_2019 = "nd-73-2019" "Nghị định 73/2019/NĐ-CP" "Decree 73/2019/NĐ-CP",
        Nd82_2024 = "nd-82-2024" "Nghị định 82/2024/NĐ-CP" "Decree 82/2024/NĐ-CP",
        Nd45_2026 = "nd-45-2026" "Nghị định 45/2026/NĐ-CP" "Decree 45/2026/NĐ-CP",
        Nd224_2026 = "nd-224-2026" "Nghị định 224/2026/NĐ-CP" "Decree 224/2026/NĐ-CP",
    }
}

/// What is known of a regime.
struct Decree {
    subject_vi: &'static str,
    subject_en: &'static str,
    from: Date,
    to: Option<Date>,
    verified: bool,
}

// Sources: the texts of NĐ 73 and NĐ 224; for NĐ 82 and NĐ 45 secondary sources that agree on the dates
// (their thresholds could not be read).
const ND_73_2019: Decree = Decree {
    subject_vi: "quản lý đầu tư ứng dụng công nghệ thông tin sử dụng nguồn vốn ngân sách nhà nước",
    subject_en: "management of investment in the application of information technology from the state budget",
    from: Date::literal(2020, 1, 1),
    to: Some(Date::literal(2024, 7, 9)),
    verified: true,
};
const ND_82_2024: Decree = Decree {
    subject_vi: "sửa đổi, bổ sung một số điều của Nghị định 73/2019/NĐ-CP",
    subject_en: "amendments to Decree 73/2019/NĐ-CP",
    from: Date::literal(2024, 7, 10),
    to: Some(Date::literal(2026, 2, 28)),
    verified: false,
};
const ND_45_2026: Decree = Decree {
    subject_vi: "quản lý đầu tư ứng dụng công nghệ thông tin sử dụng ngân sách nhà nước",
    subject_en: "management of investment in the application of information technology from the state budget",
    from: Date::literal(2026, 3, 1),
    to: Some(Date::literal(2026, 6, 30)),
    verified: false,
};
const ND_224_2026: Decree = Decree {
    subject_vi: "quy định chi tiết Luật Chuyển đổi số",
    subject_en: "details of the Law on Digital Transformation",
    from: Date::literal(2026, 7, 1),
    to: None,
    verified: true,
};

impl Regime {
    /// The first decree that is known here.
    pub const OLDEST: Self = Self::Nd73_2019;
    /// The decree that took effect last: what a submission of which no decree is known is read by.
    pub const NEWEST: Self = Self::Nd224_2026;

    fn decree(self) -> &'static Decree {
        match self {
            Self::Nd73_2019 => &ND_73_2019,
            Self::Nd82_2024 => &ND_82_2024,
            Self::Nd45_2026 => &ND_45_2026,
            Self::Nd224_2026 => &ND_224_2026,
        }
    }

    /// The decree's number as an official writes it, and its subject.
    pub fn title(self) -> Bilingual {
        let Decree { subject_vi, subject_en, .. } = self.decree();
        Bilingual::new(
            format!("{}, {subject_vi}", self.vi()),
            format!("{}, {subject_en}", self.en()),
        )
    }

    /// The first day on which it governs new dossiers.
    pub fn from(self) -> Date {
        self.decree().from
    }

    /// The last day on which it governs new dossiers; open when absent.
    pub fn to(self) -> Option<Date> {
        self.decree().to
    }

    /// Whether its text was read: a number that comes from another may warn, never block.
    pub fn verified(self) -> bool {
        self.decree().verified
    }

    /// The regime that governs new dossiers on a day; `None` before 2020-01-01.
    pub fn in_force(on: Date) -> Option<Self> {
        Self::ALL.iter().copied().rev().find(|regime| regime.from() <= on)
    }
}

impl Serialize for Regime {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Regime {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = Cow::<str>::deserialize(deserializer)?;
        Self::from_code(&code).ok_or_else(|| {
            serde::de::Error::custom(format_args!("no regime has the code `{code}`"))
        })
    }
}

/// Which of a dossier's papers ties it to an older regime.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Paper {
    /// The decision to invest, purchase or lease.
    Decision,
    /// The appraisal report.
    AppraisalReport,
}

impl Localize for Paper {
    fn vi(&self) -> String {
        match self {
            Self::Decision => "quyết định đầu tư, mua sắm hoặc thuê".to_owned(),
            Self::AppraisalReport => "báo cáo thẩm định".to_owned(),
        }
    }
    fn en(&self) -> String {
        match self {
            Self::Decision => "the decision to invest, purchase or lease".to_owned(),
            Self::AppraisalReport => "the appraisal report".to_owned(),
        }
    }
}

/// Why a regime governs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Reason {
    /// It is in force on the day of judging, and no older paper ties the dossier to another.
    InForce {
        /// The day of judging.
        on: Date,
    },
    /// A paper from before the next regime keeps the dossier in this one.
    Transitional {
        /// The paper.
        paper: Paper,
        /// Its date.
        dated: Date,
    },
    /// A paper would keep the dossier in an older regime, and its owner chose this one.
    Chosen {
        /// The paper.
        paper: Paper,
        /// Its date.
        dated: Date,
        /// The regime that would govern without the choice.
        instead_of: Regime,
    },
}

/// The regime of one dossier on one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Governing {
    /// The regime.
    pub regime: Regime,
    /// Why this one.
    pub reason: Reason,
    /// Whether the transitional rule that led here was read in the law. Those at 2024-07-10 and
    /// 2026-03-01 were not: they are taken to be like article 91 of Decree 224/2026/NĐ-CP.
    pub verified: bool,
}

impl Governing {
    /// The reason as a whole sentence.
    pub fn why(&self) -> Bilingual {
        let (vi, en) = (self.regime.vi(), self.regime.en());
        match self.reason {
            Reason::InForce { on } => Bilingual::new(
                format!("{vi} áp dụng cho hồ sơ mới vào ngày {}.", on.vi()),
                format!("{en} applies to new dossiers on {}.", on.en()),
            ),
            Reason::Transitional { paper, dated } => Bilingual::new(
                format!("Hồ sơ có {} ngày {} nên tiếp tục áp dụng {vi}.", paper.vi(), dated.vi()),
                format!("{en} goes on applying, because {} is dated {}.", paper.en(), dated.en()),
            ),
            Reason::Chosen { paper, dated, instead_of } => Bilingual::new(
                format!(
                    "Hồ sơ có {} ngày {} thuộc trường hợp chuyển tiếp của {}; chủ đầu tư đã lựa chọn áp dụng {vi}.",
                    paper.vi(),
                    dated.vi(),
                    instead_of.vi()
                ),
                format!(
                    "{en} was chosen by the owner; {}, dated {}, would have kept the dossier under {}.",
                    paper.en(),
                    dated.en(),
                    instead_of.en()
                ),
            ),
        }
    }
}

/// A dossier older than the oldest regime that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RegimeError {
    /// Judged before the first regime.
    #[error("no known decree governs on {on}; the first, {}, is in force from {}", Regime::Nd73_2019, Regime::Nd73_2019.from())]
    BeforeFirst {
        /// The day of judging.
        on: Date,
    },
    /// Decided under Nghị định 102/2009/NĐ-CP, which goes on applying (NĐ 73/2019, article 63).
    #[error(
        "a dossier decided on {decided_on} stays under decree 102/2009/NĐ-CP, which has no rules here"
    )]
    DecidedBeforeFirst {
        /// The date of the decision.
        decided_on: Date,
    },
}

/// Which regime governs a dossier that is judged on the day `on`.
///
/// Article 91 of Decree 224/2026/NĐ-CP: a decision or an appraisal report from before 2026-07-01
/// keeps the dossier under Decree 45/2026/NĐ-CP, unless the authority chooses the new one. The same
/// is assumed, unverified, one step earlier at 2026-03-01 and at 2024-07-10. A choice that no
/// transitional rule offers has no effect: compare `choice` with [`Governing::regime`].
///
/// # Errors
/// [`RegimeError`] when `on` or the decision is before 2020-01-01; a dossier appraised but not
/// decided before that day is under Decree 73/2019/NĐ-CP (its article 63).
pub fn governing(
    decided_on: Option<Date>,
    appraisal_report_on: Option<Date>,
    choice: Option<Regime>,
    on: Date,
) -> Result<Governing, RegimeError> {
    let current = Regime::in_force(on).ok_or(RegimeError::BeforeFirst { on })?;
    if let Some(decided_on) = decided_on.filter(|day| *day < Regime::Nd73_2019.from()) {
        return Err(RegimeError::DecidedBeforeFirst { decided_on });
    }
    let papers = [(decided_on, Paper::Decision), (appraisal_report_on, Paper::AppraisalReport)];
    let oldest = papers.into_iter().filter_map(|(dated, paper)| Some((dated?, paper))).min();
    let tie = oldest
        .map(|(dated, paper)| (Regime::in_force(dated).unwrap_or(Regime::Nd73_2019), dated, paper));
    let Some((stays, dated, paper)) = tie.filter(|(stays, ..)| *stays < current) else {
        return Ok(Governing { regime: current, reason: Reason::InForce { on }, verified: true });
    };
    Ok(match choice.filter(|choice| stays < *choice && *choice <= current) {
        Some(regime) => Governing {
            regime,
            reason: Reason::Chosen { paper, dated, instead_of: stays },
            verified: regime == Regime::Nd224_2026,
        },
        None => Governing {
            regime: stays,
            reason: Reason::Transitional { paper, dated },
            verified: stays == Regime::Nd45_2026,
        },
    })
}

#[cfg(test)]
mod tests;
