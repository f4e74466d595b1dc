use kycuong_rules_sdk::prelude::*;

/// Hồ sơ phải có tên.
#[rule(title_vi = "Tên", title_en = "Title", severity = Block, verified = false, effective = "2026-07-01..", basis = "Nghị định 224/2026/NĐ-CP")]
fn title_missing(dossier: &Dossier, findings: &mut Findings) -> Checked {
    let _ = (require!(dossier.title), findings);
    Ok(())
}

fn main() {}
