use kycuong_rules_sdk::prelude::*;

use crate::capital::{Capital, SHARE_MIN};

/// Dự án vốn hỗn hợp thuộc phạm vi Nghị định khi vốn ngân sách từ 30% hoặc chiếm phần lớn nhất.
///
/// So tổng vốn ngân sách nhà nước với tổng vốn và với vốn của từng nhà tài trợ. Khi không thuộc phạm vi, các quy tắc về loại
/// hồ sơ chỉ để tham khảo.
#[rule(
    requirement = "R81",
    title_vi = "Vốn hỗn hợp",
    title_en = "Mixed capital",
    severity = Inform,
    effective = "2026-07-01..",
    basis = "Nghị định 224/2026/NĐ-CP, Điều 36 khoản 1",
    regimes = [Nd224_2026],
    reads = ["funding.amount", "funding.kind", "funding.donor.name", "funding.donor.tax_code"],
    violations = [OutsideScope]
)]
pub fn mixed_capital_scope(dossier: &Dossier, findings: &mut Findings) -> Checked {
    let capital = Capital::of(dossier)?;
    let Some(largest) = capital.largest else {
        return not_applicable(
            "Hồ sơ chỉ sử dụng ngân sách nhà nước.",
            "The dossier uses the state budget alone.",
        );
    };
    if capital.is_outside_the_decree() {
        let Capital { budget, total, minimum, .. } = capital;
        let share = SHARE_MIN;
        findings.add(at!(dossier.funding), OutsideScope { budget, total, share, minimum, largest });
    }
    Ok(())
}

#[derive(Violation)]
#[violation(
    vi = "Vốn ngân sách nhà nước là {budget}, thấp hơn {minimum} ({share} tổng vốn {total}) và thấp hơn vốn của nhà tài trợ lớn nhất {largest}; Nghị định 224/2026/NĐ-CP không bắt buộc áp dụng.",
    en = "The state budget bears {budget}, less than {minimum} ({share} of {total}) and less than the largest donor's {largest}; Decree 224/2026/NĐ-CP does not bind the project.",
    remedy_vi = "Xác nhận cơ cấu nguồn vốn; kết quả của các quy tắc về loại hồ sơ chỉ để tham khảo.",
    remedy_en = "Confirm the sources; what the rules say of the kind of dossier is for information."
)]
struct OutsideScope {
    budget: Money,
    total: Money,
    share: Percent,
    minimum: Money,
    largest: Money,
}
