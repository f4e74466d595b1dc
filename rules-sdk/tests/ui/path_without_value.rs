use kycuong_rules_sdk::prelude::*;

/// Hồ sơ phải có tên.
#[rule(title_vi = "Tên", title_en = "Title", severity = Warn, effective = "2026-07-01..", basis = "Nghị định 224/2026/NĐ-CP", facts = [systems(column = "id", path = "components.*.target_system")])]
fn title_missing(dossier: &Dossier, facts: &Facts, findings: &mut Findings) -> Checked {
    let _ = (require!(dossier.title), facts, findings);
    Ok(())
}

fn main() {}
