//! What the host tells every rule besides the subject: the date, the regime, what the province set.

use std::collections::BTreeMap;

use kycuong_rules_macros::View;
use serde::Serialize;

use crate::date::Date;
use crate::regime::Regime;
use crate::view::{Field, Text};

/// Bối cảnh kiểm tra.
///
/// The member `parameters` holds, by rule id and then by name, what the operator set; it is read
/// through the rule's own `Parameters` struct.
#[derive(View)]
pub struct Context<'a> {
    /// Ngày xét
    pub on: Field<'a, Date>,
    /// Chế độ pháp lý tính được
    pub regime: Field<'a, Regime>,
    /// Lý do chọn chế độ pháp lý
    pub regime_reason_vi: Field<'a, Text<'a>>,
    /// Lý do chọn chế độ pháp lý (tiếng Anh)
    pub regime_reason_en: Field<'a, Text<'a>>,
}

/// What a host writes for [`Context`] to be read from: its JSON has the members of that view, and
/// `parameters`.
#[derive(Clone, Debug, Serialize)]
pub struct NewContext<'a> {
    /// The day of judging.
    pub on: Date,
    /// The code of the governing decree.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub regime: Option<&'a str>,
    /// Why that decree governs, in Vietnamese.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub regime_reason_vi: Option<&'a str>,
    /// The same in English.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub regime_reason_en: Option<&'a str>,
    /// What the operator set, by the rule's name and then by the parameter's.
    pub parameters: &'a BTreeMap<String, BTreeMap<String, String>>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tape::{ParseLimits, parse};
    use crate::view::View;

    /// The writer and the view have the same members, so that neither can gain one alone.
    #[test]
    fn what_a_host_writes_is_what_a_rule_reads() {
        let parameters = BTreeMap::new();
        let context = NewContext {
            on: Date::literal(2026, 11, 21),
            regime: Some("nd-224-2026"),
            regime_reason_vi: Some("Vì vậy."),
            regime_reason_en: Some("Because."),
            parameters: &parameters,
        };
        let text = serde_json::to_string(&context).unwrap();
        let tape = parse(text.as_bytes(), &ParseLimits::default()).unwrap();
        let root = tape.document().root().unwrap();
        let written: Vec<_> = root.members().map(|(name, _)| name.text().into_owned()).collect();
        let read = Context::DESCRIPTION.members.iter().map(|member| member.name);
        assert_eq!(written, read.chain(["parameters"]).collect::<Vec<_>>());
        let read = Context::of(tape.document());
        assert_eq!((read.on.get(), read.regime.get()), (Some(context.on), Some(Regime::NEWEST)));
    }
}
