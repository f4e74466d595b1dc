use kycuong_rules_sdk::prelude::*;

/// Tổng dự toán phải dương.
#[rule(title_vi = "Tổng", title_en = "Total", severity = "warn", effective = "2026-07-01..", basis = "Nghị định 224/2026/NĐ-CP")]
fn total_missing(dossier: &Dossier, findings: &mut Findings) -> Checked {
    let total: Money = require!(dossier.costs.total);
    let _ = (total < 20e9, findings);
    Ok(())
}

fn main() {}
