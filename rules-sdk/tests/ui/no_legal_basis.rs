use kycuong_rules_sdk::prelude::*;

/// Hồ sơ phải có tên.
#[rule(title_vi = "Tên", title_en = "Title", severity = Warn, effective = "2026-07-01..", basis = "  ")]
fn title_missing(dossier: &Dossier, findings: &mut Findings) -> Checked {
    let _ = (require!(dossier.title), findings);
    Ok(())
}

fn main() {}
