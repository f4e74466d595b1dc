use kycuong_rules_sdk::prelude::*;

/// Tổng dự toán phải có.
#[rule(title_vi = "Tổng", title_en = "Total", severity = Warn, kinds = ["service-lease"], effective = "2026-07-01..", basis = "Nghị định 224/2026/NĐ-CP", violations = [NoTotal])]
fn total_missing(dossier: &Dossier, findings: &mut Findings) -> Checked {
    findings.add(at!(dossier.costs.total), NoTotal);
    Ok(())
}

#[derive(Violation)]
#[violation(vi = "Không có tổng.", en = "There is no total.", remedy_vi = "Ghi tổng.", remedy_en = "State the total.")]
struct NoTotal;

fn main() {}
