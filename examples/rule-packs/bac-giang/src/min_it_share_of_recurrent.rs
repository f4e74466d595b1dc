use kycuong_rules_sdk::prelude::*;

#[derive(Parameters)]
pub struct ShareParameters {
    /// Tỷ lệ tối thiểu kinh phí chuyển đổi số trên tổng chi ngân sách thường xuyên (%).
    #[parameter(default = "2", min = "1", max = "10")]
    pub minimum_share: Percent,
}

/// Kinh phí chuyển đổi số phải đạt tối thiểu 2% tổng chi ngân sách thường xuyên.
///
/// Đơn vị cấp xã (và cấp huyện đến ngày 30/6/2025) chủ động bố trí tối thiểu 2% tổng chi ngân sách
/// thường xuyên cho ứng dụng công nghệ thông tin, chuyển đổi số. Chỉ tính các khoản chi hợp lệ.
#[rule(
    row = "R69",
    title_vi = "Tối thiểu 2% chi thường xuyên",
    title_en = "Minimum 2% of recurrent expenditure",
    severity = "block",
    effective = "2021-01-01..",
    basis = "Kế hoạch chuyển đổi số tỉnh Bắc Giang giai đoạn 2021-2025, định hướng đến năm 2030",
    quote = "bố trí tối thiểu 2% tổng chi ngân sách thường xuyên của cấp huyện, cấp xã"
)]
pub fn min_it_share_of_recurrent(plan: &UnitPlan, parameters: &ShareParameters, findings: &mut Findings) -> Checked {
    let recurrent = require!(plan.total_recurrent);
    let eligible: Money = plan.entries.iter().filter_map(|entry| entry.amount.get()).sum();
    let minimum = (parameters.minimum_share * recurrent).round_up_to_dong();
    if eligible < minimum {
        let shortfall = minimum - eligible;
        findings.add(at!(plan.entries), BelowMinimum { eligible, minimum, share: parameters.minimum_share, shortfall });
    }
    Ok(())
}

#[derive(Violation)]
#[violation(
    vi = "Kinh phí chuyển đổi số hợp lệ là {eligible}, thấp hơn mức tối thiểu {minimum} ({share} tổng chi thường xuyên); còn thiếu {shortfall}.",
    en = "Eligible digital spending is {eligible}, below the minimum of {minimum} ({share} of recurrent expenditure); {shortfall} is missing.",
    remedy_vi = "Bố trí thêm ít nhất {shortfall} cho các khoản chi chuyển đổi số hợp lệ.",
    remedy_en = "Allocate at least {shortfall} more to eligible digital spending."
)]
struct BelowMinimum {
    eligible: Money,
    minimum: Money,
    share: Percent,
    shortfall: Money,
}
