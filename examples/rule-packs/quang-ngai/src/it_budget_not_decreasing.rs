use kycuong_law::digital_spending::DigitalSpending;
use kycuong_rules_sdk::prelude::*;

#[derive(Parameters)]
pub struct BudgetTrendParameters {
    /// Số điểm phần trăm mà tỷ lệ chi công nghệ thông tin được phép thấp hơn năm trước.
    #[parameter(default = "0.1", min = "0", max = "1")]
    pub tolerance: Percent,
}

/// Tỷ lệ chi công nghệ thông tin của đơn vị không giảm so với năm trước.
///
/// Tỷ lệ là kinh phí công nghệ thông tin, chuyển đổi số trên tổng chi ngân sách thường xuyên. Mức tối thiểu của năm nay
/// bằng tỷ lệ năm trước nhân tổng chi năm nay, trừ phần chênh lệch cho phép, làm tròn lên đến đồng. Chỉ tính khoản chi
/// thuộc nội dung chi công nghệ thông tin, mỗi khoản một lần.
#[rule(
    requirement = "R65",
    title_vi = "Kinh phí công nghệ thông tin không giảm",
    title_en = "IT budget not decreasing",
    severity = Warn,
    effective = "2012-11-30..",
    basis = "Quyết định 42/2012/QĐ-UBND của Ủy ban nhân dân tỉnh Quảng Ngãi",
    quote = "ưu tiên bố trí kinh phí đầu tư cho ứng dụng CNTT trong hoạt động của cơ quan",
    reads = ["entries.id", "entries.activity_type", "entries.amount", "entries.claimed"],
    violations = [Decreased]
)]
pub fn it_budget_not_decreasing(
    plan: &UnitPlan,
    context: &Context,
    parameters: &BudgetTrendParameters,
    findings: &mut Findings,
) -> Checked {
    require!(plan.entries);
    let recurrent = positive(&plan.total_recurrent)?;
    let recurrent_before = positive(&plan.last_year.total_recurrent)?;
    let before = require!(plan.last_year.eligible);
    let minimum = least(before, recurrent, recurrent_before, parameters.tolerance);
    let now = DigitalSpending::on(require!(context.on)).total(plan);
    if now < minimum {
        let (shortfall, tolerance) = (minimum - now, parameters.tolerance);
        findings.add(
            at!(plan.entries),
            Decreased { now, recurrent, minimum, before, recurrent_before, tolerance, shortfall },
        );
    }
    Ok(())
}

/// An amount by which shares are reckoned: zero is as good as absent.
fn positive(amount: &Field<Money>) -> Result<Money, Missing> {
    let amount_or_none = amount.get().filter(|amount| !amount.is_zero());
    amount_or_none.ok_or_else(|| Missing::Field(at!(amount)))
}

/// Hundred-millionths: a tolerance has at most six decimals of a per cent.
const UNITS: i128 = 100_000_000;

/// `before · recurrent / recurrent_before − tolerance · recurrent`, up to the next đồng and rounded nowhere else;
/// amounts are at most 18 digits, so the products fit.
fn least(before: Money, recurrent: Money, recurrent_before: Money, tolerance: Percent) -> Money {
    let integer = |amount: Money| amount.to_plain().parse::<i128>().unwrap_or(i128::MAX);
    let [before, recurrent, of] = [before, recurrent, recurrent_before].map(integer);
    let (product, of) = (before.saturating_mul(recurrent), of.max(1));
    let allowance = integer(tolerance * Money::dong(100_000_000)).saturating_mul(recurrent);
    // What the whole đồng leave over: the remainder of the share against that of the allowance.
    let is_more = (product % of).saturating_mul(UNITS) > (allowance % UNITS).saturating_mul(of);
    let least = product / of - allowance / UNITS + i128::from(is_more);
    Money::dong(i64::try_from(least).unwrap_or(i64::MAX))
}

#[derive(Violation)]
#[violation(
    vi = "Kinh phí công nghệ thông tin là {now} trên tổng chi thường xuyên {recurrent}, thấp hơn mức {minimum} ứng với tỷ lệ năm trước ({before} trên {recurrent_before}) trừ {tolerance} tổng chi; còn thiếu {shortfall}.",
    en = "IT spending is {now} of the recurrent expenditure of {recurrent}, below the {minimum} that last year's share ({before} of {recurrent_before}) less {tolerance} of the expenditure gives; {shortfall} is missing.",
    remedy_vi = "Bố trí thêm ít nhất {shortfall} cho công nghệ thông tin, hoặc thuyết minh lý do giảm.",
    remedy_en = "Allocate at least {shortfall} more to IT, or explain the decrease."
)]
struct Decreased {
    now: Money,
    recurrent: Money,
    minimum: Money,
    before: Money,
    recurrent_before: Money,
    tolerance: Percent,
    shortfall: Money,
}
