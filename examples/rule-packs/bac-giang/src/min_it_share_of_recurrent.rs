use kycuong_law::digital_spending::DigitalSpending;
use kycuong_rules_sdk::prelude::*;

use crate::bound_units::{Reach, reach};

#[derive(Parameters)]
pub struct ShareParameters {
    /// Tỷ lệ tối thiểu kinh phí chuyển đổi số trên tổng chi ngân sách thường xuyên (%).
    #[parameter(default = "2", min = "1", max = "10")]
    pub minimum_share: Percent,
    /// Cấp có thẩm quyền đã quyết định áp dụng bắt buộc cho các năm sau 2025.
    #[parameter(default = "false")]
    pub adopted_beyond_2025: bool,
}

/// Kinh phí chuyển đổi số phải đạt tối thiểu 2% tổng chi ngân sách thường xuyên.
///
/// Đơn vị cấp xã (và cấp huyện đến năm ngân sách 2025) chủ động bố trí tối thiểu 2% tổng chi ngân sách thường
/// xuyên cho ứng dụng công nghệ thông tin, chuyển đổi số. Chỉ tính các khoản chi hợp lệ, mỗi khoản một lần. Bắt
/// buộc trong các năm 2021 đến 2025; các năm sau là khuyến nghị, trừ khi được quyết định áp dụng tiếp.
#[rule(
    requirement = "R69",
    title_vi = "Tối thiểu 2% chi thường xuyên",
    title_en = "Minimum 2% of recurrent expenditure",
    severity = Block,
    effective = "2021-01-01..",
    basis = "Kế hoạch chuyển đổi số tỉnh Bắc Giang giai đoạn 2021-2025, định hướng đến năm 2030",
    quote = "bố trí tối thiểu 2% tổng chi ngân sách thường xuyên của cấp huyện, cấp xã",
    reads = ["owner.level", "year", "entries.id", "entries.activity_type", "entries.amount", "entries.claimed"],
    violations = [BelowMinimum, NoRecurrentTotal]
)]
pub fn min_it_share_of_recurrent(
    plan: &UnitPlan,
    context: &Context,
    parameters: &ShareParameters,
    findings: &mut Findings,
) -> Checked {
    let severity = match reach(plan)? {
        Reach::Binding => Severity::Block,
        Reach::Orientation if parameters.adopted_beyond_2025 => Severity::Block,
        Reach::Orientation => Severity::Warn,
    };
    let recurrent = plan.total_recurrent.get().filter(|amount| !amount.is_zero());
    let Some(recurrent) = recurrent else {
        findings.add_as(severity, at!(plan.total_recurrent), NoRecurrentTotal);
        return Ok(());
    };
    let eligible = DigitalSpending::on(require!(context.on)).total(plan);
    let share = parameters.minimum_share;
    let minimum = (share * recurrent).round_up_to_dong();
    if eligible < minimum {
        let shortfall = minimum - eligible;
        findings.add_as(
            severity,
            at!(plan.entries),
            BelowMinimum { eligible, recurrent, minimum, share, shortfall },
        );
    }
    Ok(())
}

#[derive(Violation)]
#[violation(
    vi = "Kinh phí chuyển đổi số hợp lệ là {eligible}, thấp hơn mức tối thiểu {minimum} ({share} tổng chi ngân sách thường xuyên {recurrent}); còn thiếu {shortfall}.",
    en = "Eligible digital spending is {eligible}, below the minimum of {minimum} ({share} of the recurrent expenditure of {recurrent}); {shortfall} is missing.",
    remedy_vi = "Bố trí thêm ít nhất {shortfall} cho các khoản chi chuyển đổi số hợp lệ.",
    remedy_en = "Allocate at least {shortfall} more to eligible digital spending."
)]
struct BelowMinimum {
    eligible: Money,
    recurrent: Money,
    minimum: Money,
    share: Percent,
    shortfall: Money,
}

#[derive(Violation)]
#[violation(
    vi = "Thiếu số liệu tổng chi ngân sách thường xuyên (để trống hoặc bằng 0) nên không tính được tỷ lệ chi chuyển đổi số.",
    en = "The recurrent expenditure is absent or zero, so that the share of digital spending cannot be computed.",
    remedy_vi = "Bổ sung tổng chi ngân sách thường xuyên của năm dự toán.",
    remedy_en = "State the recurrent expenditure of the budget year."
)]
struct NoRecurrentTotal;
