//! Rules that rest on Decree 224/2026/NĐ-CP alone.

use kycuong_rules_sdk::prelude::*;

/// Ends a rule for a dossier that stays under an older decree, whose text says otherwise or could not be read.
///
/// # Errors
/// *Not applicable* under an older decree; *missing* when the host computed no regime.
pub(crate) fn governs(context: &Context<'_>) -> Checked {
    if require!(context.regime) == Regime::Nd224_2026 {
        return Ok(());
    }
    not_applicable(
        "Quy tắc này chỉ áp dụng cho hồ sơ theo Nghị định 224/2026/NĐ-CP; hồ sơ áp dụng nghị định trước đó.",
        "This rule only concerns dossiers under Decree 224/2026/NĐ-CP; the dossier stays under an older decree.",
    )
}
