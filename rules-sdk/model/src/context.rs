//! What the host tells every rule besides the subject: the date, the regime, what the province set.

use kycuong_rules_macros::View;

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
