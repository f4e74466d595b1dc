use kycuong_rules_sdk::model::solution::{Component, Sizing};
use kycuong_rules_sdk::prelude::*;

#[derive(Parameters)]
pub struct SizingParameters {
    /// Năng lực thấp nhất so với nhu cầu.
    #[parameter(default = "80", min = "10", max = "100")]
    pub minimum: Percent,
    /// Năng lực cao nhất so với nhu cầu.
    #[parameter(default = "300", min = "100", max = "1000")]
    pub maximum: Percent,
}

/// Định cỡ hạ tầng phải có số liệu và phù hợp nhu cầu sử dụng.
///
/// Hồ sơ có cấu phần hạ tầng, mua sắm hay thuê, phải nêu số người dùng, giao dịch mỗi giây, dung lượng, tăng trưởng
/// và nhu cầu tính theo năng lực thiết bị. Tổng số lượng nhân năng lực từ 80% đến 300% nhu cầu; ngoài khoảng ấy thì
/// được lưu ý để người thẩm định xem xét.
#[rule(
    requirement = "R38",
    title_vi = "Định cỡ có căn cứ",
    title_en = "Sizing justified",
    severity = Warn,
    effective = "2023-12-28..",
    basis = "Công văn số 8826/UBND-VXNV ngày 28/12/2023; Nghị định 224/2026/NĐ-CP, Điều 46, Điều 47; Nghị định 224/2026/NĐ-CP, Điều 23 khoản 2 điểm b",
    quote = "thiết kế hệ thống phù hợp mục tiêu và nhu cầu sử dụng",
    reads = [
        "components.type",
        "components.quantity",
        "components.capacity",
        "sizing.users",
        "sizing.transactions_per_second",
        "sizing.storage_gb",
        "sizing.growth",
        "sizing.need",
    ],
    violations = [NoSizing, NumberMissing, NoQuantity, NoCapacity, TooSmall, TooLarge, Absurd]
)]
pub fn sizing_justified(
    dossier: &Dossier,
    parameters: &SizingParameters,
    findings: &mut Findings,
) -> Checked {
    let mut infrastructure: Vec<_> = require!(dossier.components).iter().collect();
    infrastructure.retain(|component| component.r#type.is(ComponentType::Infrastructure));
    if infrastructure.is_empty() {
        return not_applicable(
            "Hồ sơ không có cấu phần hạ tầng.",
            "The dossier has no infrastructure.",
        );
    }
    if !dossier.sizing.is_present() {
        findings.add(at!(dossier.sizing), NoSizing);
        return Ok(());
    }
    numbers_given(&dossier.sizing, findings);
    let mut has_gap = false;
    for component in &infrastructure {
        let name = || component.name.owned();
        if is_none_or_zero(&component.quantity) {
            has_gap = true;
            findings.add(at!(component.quantity), NoQuantity { name: name() });
        }
        if is_none_or_zero(&component.capacity) {
            has_gap = true;
            findings.add(at!(component.capacity), NoCapacity { name: name() });
        }
    }
    let need = dossier.sizing.need.get().filter(|need| *need != Quantity::new(0));
    let (Some(need), false) = (need, has_gap) else { return Ok(()) };
    let total = total_capacity(&infrastructure);
    let (minimum, maximum) = (parameters.minimum, parameters.maximum);
    match total {
        Some(total) if exceeds(minimum, need, Percent::new(100), total) => {
            findings.add(at!(dossier.sizing.need), TooSmall { total, need, minimum });
        }
        Some(total) if exceeds(Percent::new(100), total, maximum, need) => {
            findings.add(at!(dossier.sizing.need), TooLarge { total, need, maximum });
        }
        Some(_) => {}
        None => findings.add(at!(dossier.sizing.need), Absurd { need }),
    }
    Ok(())
}

fn numbers_given(sizing: &Sizing, findings: &mut Findings) {
    let is_zero = |count: &Field<Count>| count.get().is_none_or(|number| number == 0);
    let mut lacks = |place, vi: &str, en: &str| {
        findings.add(place, NumberMissing { what: Bilingual::new(vi, en) });
    };
    if is_zero(&sizing.users) {
        lacks(at!(sizing.users), "số người dùng", "the number of users");
    }
    if is_zero(&sizing.transactions_per_second) {
        lacks(
            at!(sizing.transactions_per_second),
            "số giao dịch mỗi giây",
            "the transactions per second",
        );
    }
    if is_zero(&sizing.storage_gb) {
        lacks(at!(sizing.storage_gb), "dung lượng lưu trữ", "the storage");
    }
    if !sizing.growth.is_present() {
        lacks(at!(sizing.growth), "mức tăng trưởng mỗi năm", "the growth per year");
    }
    if is_none_or_zero(&sizing.need) {
        lacks(
            at!(sizing.need),
            "nhu cầu tính theo năng lực thiết bị",
            "the need in terms of the equipment's capacity",
        );
    }
}

fn is_none_or_zero(quantity: &Field<Quantity>) -> bool {
    quantity.get().is_none_or(|number| number == Quantity::new(0))
}

fn total_capacity(components: &[&Component]) -> Option<Quantity> {
    let mut total = Quantity::new(0);
    for component in components {
        let capacity = component.quantity.get()?.checked_times(component.capacity.get()?)?;
        total = total.checked_plus(capacity)?;
    }
    Some(total)
}

/// Whether `share` of `whole` is more than `other_share` of `other`; a product past 28 digits is the larger one.
fn exceeds(share: Percent, whole: Quantity, other_share: Percent, other: Quantity) -> bool {
    let product = |share: Percent, of: Quantity| share.decimal().checked_mul(of.decimal());
    match (product(share, whole), product(other_share, other)) {
        (Some(left), Some(right)) => left > right,
        (None, Some(_)) => true,
        (_, None) => false,
    }
}

#[derive(Violation)]
#[violation(
    vi = "Hồ sơ có cấu phần hạ tầng nhưng chưa có số liệu định cỡ.",
    en = "The dossier has infrastructure, but no sizing.",
    remedy_vi = "Bổ sung số người dùng, giao dịch mỗi giây, dung lượng, tăng trưởng và nhu cầu tính theo năng lực thiết bị.",
    remedy_en = "Add users, transactions per second, storage, growth and the need in terms of capacity."
)]
struct NoSizing;

#[derive(Violation)]
#[violation(
    vi = "Phần định cỡ chưa nêu {what}.",
    en = "The sizing does not say {what}.",
    remedy_vi = "Bổ sung {what} kèm cách tính.",
    remedy_en = "Add {what} and how it was computed."
)]
struct NumberMissing {
    what: Bilingual,
}

#[derive(Violation)]
#[violation(
    vi = "Cấu phần hạ tầng “{name}” chưa ghi số lượng.",
    en = "The infrastructure component “{name}” has no quantity.",
    remedy_vi = "Bổ sung số lượng thiết bị.",
    remedy_en = "Add the quantity."
)]
struct NoQuantity {
    name: String,
}

#[derive(Violation)]
#[violation(
    vi = "Cấu phần hạ tầng “{name}” chưa ghi năng lực mỗi thiết bị.",
    en = "The infrastructure component “{name}” does not say the capacity of one piece.",
    remedy_vi = "Bổ sung năng lực mỗi thiết bị, cùng đơn vị với nhu cầu.",
    remedy_en = "Add the capacity of one piece, in the unit of the need."
)]
struct NoCapacity {
    name: String,
}

#[derive(Violation)]
#[violation(
    vi = "Tổng năng lực hạ tầng là {total}, dưới {minimum} của nhu cầu {need}.",
    en = "The infrastructure has a capacity of {total}, below {minimum} of the need of {need}.",
    remedy_vi = "Tính lại nhu cầu hoặc bổ sung năng lực; nếu có lý do thì thuyết minh.",
    remedy_en = "Compute the need again or add capacity, or explain the reason."
)]
struct TooSmall {
    total: Quantity,
    need: Quantity,
    minimum: Percent,
}

#[derive(Violation)]
#[violation(
    vi = "Tổng năng lực hạ tầng là {total}, trên {maximum} của nhu cầu {need}.",
    en = "The infrastructure has a capacity of {total}, above {maximum} of the need of {need}.",
    remedy_vi = "Tính lại nhu cầu hoặc giảm số lượng, năng lực; nếu có lý do thì thuyết minh.",
    remedy_en = "Compute the need again or reduce the capacity, or explain the reason."
)]
struct TooLarge {
    total: Quantity,
    need: Quantity,
    maximum: Percent,
}

#[derive(Violation)]
#[violation(
    vi = "Số lượng, năng lực thiết bị hạ tầng quá lớn, không so sánh được với nhu cầu {need}.",
    en = "The capacity of the infrastructure is beyond any comparison with the need of {need}.",
    remedy_vi = "Kiểm tra lại số lượng và năng lực mỗi thiết bị.",
    remedy_en = "Check the quantities and capacities."
)]
struct Absurd {
    need: Quantity,
}
