//! Why a rule does not concern a submission, as far as its description says so: the same sentence from the host, which
//! selects rules by their descriptions, and from a pack that is run by itself.

use crate::codes::{DossierKind, Stage, SubjectKind};
use crate::localize::Localize;
use crate::regime::Regime;
use crate::text::Bilingual;

/// The rule judges other subjects.
pub fn another_subject(subject: SubjectKind) -> Bilingual {
    Bilingual::new(
        format!("Quy tắc không áp dụng cho đối tượng “{}”.", subject.vi()),
        format!("The rule does not judge the subject “{}”.", subject.en()),
    )
}

/// The rule judges other kinds of dossiers.
pub fn another_kind(kind: DossierKind) -> Bilingual {
    Bilingual::new(
        format!("Quy tắc không áp dụng cho loại hồ sơ “{}”.", kind.vi()),
        format!("The rule does not judge the kind “{}”.", kind.en()),
    )
}

/// The rule judges dossiers under other decrees.
pub fn another_regime(regime: Regime) -> Bilingual {
    Bilingual::new(
        format!("Quy tắc không áp dụng cho hồ sơ theo {}.", regime.vi()),
        format!("The rule does not judge dossiers under {}.", regime.en()),
    )
}

/// The rule judges dossiers at other stages.
pub fn another_stage(stage: Stage) -> Bilingual {
    Bilingual::new(
        format!("Quy tắc không áp dụng cho hồ sơ ở bước {}.", stage.vi()),
        format!("The rule does not judge dossiers at the stage of {}.", stage.en()),
    )
}
