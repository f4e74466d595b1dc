use kycuong_rules_sdk::prelude::*;

#[rule(title_vi = "Tên", title_en = "Title", severity = Warn, effective = "2026-07-01..", basis = "Nghị định 224/2026/NĐ-CP")]
fn title_missing(dossier: &Dossier, findings: &mut Findings) -> Checked {
    let _ = (require!(dossier.title), findings);
    Ok(())
}

fn main() {}
