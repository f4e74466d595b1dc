use kycuong_rules_sdk::prelude::*;

/// Hồ sơ khai rõ phần vốn ngoài ngân sách nhà nước trong tổng nguồn vốn.
///
/// Tính tỷ lệ vốn ngoài ngân sách trên tổng các nguồn vốn khai trong hồ sơ để người thẩm định biết; không đánh giá cao hay
/// thấp. Tỷ lệ này cũng là căn cứ xét phạm vi áp dụng đối với vốn hỗn hợp.
#[rule(
    requirement = "R61",
    title_vi = "Nguồn ngoài ngân sách được khai",
    title_en = "Non-budget money disclosed",
    severity = Inform,
    effective = "2019-01-01..",
    basis = "Kế hoạch thực hiện Chương trình mục tiêu Công nghệ thông tin giai đoạn 2019 - 2020 của Ủy ban nhân dân tỉnh Đồng Nai; Nghị định 224/2026/NĐ-CP, Điều 36 khoản 1",
    quote = "huy động tối đa, đa dạng các nguồn lực",
    stages = [Appraisal, Approval, ContractorSelection, Implementation, Completion],
    reads = ["funding.kind", "funding.amount"],
    violations = [OutsideMoney, OnlyBudget]
)]
pub fn funding_diversity_disclosed(dossier: &Dossier, findings: &mut Findings) -> Checked {
    let (mut outside, mut total) = (Money::ZERO, Money::ZERO);
    for source in require!(dossier.funding) {
        let amount = require!(source.amount);
        if require!(source.kind) == FundingKind::Other {
            outside = outside + amount;
        }
        total = total + amount;
    }
    match outside.share_of(total) {
        Some(share) if !outside.is_zero() => {
            findings.add(at!(dossier.funding), OutsideMoney { outside, share, total });
        }
        _ => findings.add(at!(dossier.funding), OnlyBudget { total }),
    }
    Ok(())
}

#[derive(Violation)]
#[violation(
    vi = "Vốn ngoài ngân sách nhà nước là {outside}, bằng {share} của tổng nguồn vốn {total}.",
    en = "The money from outside the state budget is {outside}, {share} of the total of {total}.",
    remedy_vi = "Người thẩm định xem xét cơ cấu nguồn vốn; kiểm tra thỏa thuận và điều kiện của nguồn ngoài ngân sách.",
    remedy_en = "For the appraiser: look at the mix of funding, and at the agreement and conditions of the other sources."
)]
struct OutsideMoney {
    outside: Money,
    share: Percent,
    total: Money,
}

#[derive(Violation)]
#[violation(
    vi = "Hồ sơ không khai vốn ngoài ngân sách nhà nước; toàn bộ {total} là vốn ngân sách nhà nước.",
    en = "The dossier declares no money from outside the state budget; all of the {total} is the state's.",
    remedy_vi = "Nếu có tài trợ, xã hội hóa hoặc nguồn khác ngoài ngân sách thì khai bổ sung.",
    remedy_en = "Declare grants or other sources outside the state budget, if there are any."
)]
struct OnlyBudget {
    total: Money,
}
