use kycuong_rules_sdk::prelude::*;

/// Hồ sơ phải có tên.
#[rule(title_vi = "Tên", title_en = "Title", severity = Warn, effective = "2026-07-01..", basis = "Nghị định 224/2026/NĐ-CP", facts = [systems(column = "id", path = "components.*.target_system")], violations = [NoTitle])]
fn title_missing(dossier: &Dossier, facts: &Facts, findings: &mut Findings) -> Checked {
    let _ = facts.systems.iter().count();
    findings.add(at!(dossier.title), NoTitle);
    Ok(())
}

#[derive(Violation)]
#[violation(vi = "Không có tên.", en = "There is no title.", remedy_vi = "Ghi tên.", remedy_en = "Write it.")]
struct NoTitle;

fn main() {}
