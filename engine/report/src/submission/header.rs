//! What every subject has in common, taken out of the document once.

use kycuong_model::codes::{DossierKind, Level, Stage, SubjectKind};
use kycuong_model::date::Date;
use kycuong_model::pointer::Pointer;
use kycuong_model::regime::Regime;
use kycuong_model::subject::SubjectHeader;
use kycuong_model::tape::{Document, Kind};
use kycuong_model::view::{Field, Placed, Text};

/// Enough of a submission to choose schema, regime and packs. What cannot be read is absent.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Header {
    /// What the submission describes.
    pub subject: Option<SubjectKind>,
    /// The submission's own code, as it is written.
    pub code: Option<String>,
    /// The regime that it declares.
    pub regime: Option<Regime>,
    /// The day on which it was submitted.
    pub submitted_on: Option<Date>,
    /// The kind of dossier.
    pub kind: Option<DossierKind>,
    /// The stage at which a dossier is submitted.
    pub stage: Option<Stage>,
    /// Where the province stands, or should.
    pub province: Pointer,
    /// The code of the province.
    pub province_code: Written<String>,
    /// The code of the former province.
    pub legacy_code: Written<String>,
    /// The code of the commune.
    pub commune_code: Written<String>,
    /// The level of the owner; `None` when it does not say.
    pub level: Option<Level>,
    /// When the investment, purchase or lease was decided.
    pub decided_on: Written<Option<Date>>,
    /// The date of the appraisal report.
    pub appraisal_report_on: Option<Date>,
    /// The decree that was chosen where the law leaves a choice.
    pub choice: Option<Regime>,
}

/// A value, and where it is written or should be.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Written<T> {
    /// The value.
    pub value: T,
    /// Its place.
    pub path: Pointer,
}

impl Header {
    /// Takes the header out of a document.
    pub fn read(document: Document<'_>) -> Self {
        let header = SubjectHeader::read(document);
        let (province, transition) = (&header.province, &header.transition);
        let decided_on = &transition.decided_on;
        Self {
            subject: header.subject.get(),
            code: own_code(document),
            regime: header.regime.get(),
            submitted_on: header.submitted_at.get().map(|moment| moment.date()),
            kind: header.kind.get(),
            stage: header.stage.get(),
            province: province.pointer(),
            province_code: text(&province.code),
            legacy_code: text(&province.legacy_code),
            commune_code: text(&province.commune_code),
            level: header.owner.level.get(),
            decided_on: Written { value: decided_on.get(), path: decided_on.pointer() },
            appraisal_report_on: transition.appraisal_report_on.get(),
            choice: transition.choice.get(),
        }
    }
}

fn text(field: &Field<'_, Text<'_>>) -> Written<String> {
    Written { value: field.text().into_owned(), path: field.pointer() }
}

fn own_code(document: Document<'_>) -> Option<String> {
    let code = document.root()?.member("code").filter(|code| code.kind() == Kind::String)?;
    Some(code.text().into_owned()).filter(|code| !code.is_empty())
}
