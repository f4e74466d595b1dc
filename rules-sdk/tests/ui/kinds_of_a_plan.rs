use kycuong_rules_sdk::prelude::*;

/// Tổng dự toán phải có.
#[rule(title_vi = "Tổng", title_en = "Total", severity = Warn, kinds = [ServiceLease], effective = "2026-07-01..", basis = "Nghị định 224/2026/NĐ-CP", violations = [NoTotal])]
fn total_missing(plan: &UnitPlan, findings: &mut Findings) -> Checked {
    findings.add(at!(plan.total_recurrent), NoTotal);
    Ok(())
}

#[derive(Violation)]
#[violation(vi = "Không có tổng.", en = "There is no total.", remedy_vi = "Ghi tổng.", remedy_en = "State the total.")]
struct NoTotal;

fn main() {}
