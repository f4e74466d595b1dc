//! The words for codes, in both languages.

use kycuong_model::code::Code;
use kycuong_model::codes::{DossierKind, SubjectKind};
use kycuong_model::localize::{Language, Localize};
use kycuong_report::{Rollback, Waived};

/// The decision that a finding is waived by, as a note cites it.
pub fn waived(waived: &Waived, language: Language) -> String {
    let Waived { decision, date, signer, expires, reason, .. } = waived;
    match language {
        Language::Vi => {
            let date = date.map_or_else(String::new, |date| format!(" ngày {}", date.vi()));
            let until = expires.vi();
            format!(
                "{decision}{date} (người ký: {signer}), có giá trị đến hết ngày {until}: {reason}"
            )
        }
        Language::En => {
            let date = date.map_or_else(String::new, |date| format!(" of {}", date.en()));
            let until = expires.en();
            format!("{decision}{date} (signed by {signer}), valid until {until}: {reason}")
        }
    }
}

/// A subject as officials call it; a code that is not known is left as it is.
pub fn subject(code: &str, language: Language) -> &str {
    title(SubjectKind::from_code(code), code, language)
}

/// A kind of dossier as officials call it; a code that is not known is left as it is.
pub fn kind(code: &str, language: Language) -> &str {
    title(DossierKind::from_code(code), code, language)
}

fn title<C: Code>(known: Option<C>, code: &str, language: Language) -> &str {
    known.map_or(code, |known| language.pick(known.title_vi(), known.title_en()))
}

/// A version that the operator let go down, with the reason.
pub fn rolled_back(rollback: &Rollback, language: Language) -> String {
    let Rollback { pack, version, highest, reason } = rollback;
    let vi = format!(
        "Đơn vị vận hành cho phép dùng `{pack}` {version} dù đã từng dùng {highest}: {reason}"
    );
    let en =
        format!("The operator lets `{pack}` {version} run although {highest} ran before: {reason}");
    language.pick(&vi, &en).to_owned()
}
