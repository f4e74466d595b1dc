use kycuong_rules_sdk::model::costs::CostLine;
use kycuong_rules_sdk::prelude::*;

/// The first day of the reduced rate for digital goods and services too (Resolution 204/2025/QH15; from memory).
const REDUCED_FROM: Date = Date::literal(2025, 7, 1);
/// The last day of it (the same).
const REDUCED_TO: Date = Date::literal(2026, 12, 31);

/// Thuế suất thuế giá trị gia tăng của từng dòng chi phải đúng loại hàng hóa, dịch vụ và thời điểm.
///
/// Phần mềm không chịu thuế; thiết bị và phần lớn dịch vụ chịu 8% từ ngày 01/7/2025 đến hết ngày 31/12/2026, sau đó 10%. Dòng
/// chi 8% thanh toán hoặc có thể kéo dài sau ngày 31/12/2026 thì lưu ý. Số liệu thuế chưa đối chiếu được văn bản nên chỉ
/// cảnh báo. Dòng chi không ghi ngày thanh toán thì xét theo thời gian thực hiện.
#[rule(
    requirement = "R95",
    title_vi = "Thuế suất theo thời điểm",
    title_en = "VAT rate by date",
    severity = Warn,
    effective = "2025-07-01..",
    basis = "Nghị quyết 204/2025/QH15",
    verified = false,
    reads = [
        "costs.lines.vat_rate",
        "costs.lines.paid_on",
        "costs.lines.activity_type",
        "costs.lines.component_id",
        "costs.lines.amount",
        "components.id",
        "components.type",
        "time.start",
        "time.end",
    ],
    violations = [
        SoftwareTaxed, StandardTooEarly, GoodsUntaxed, RateUnknown, ReducedTooLate, ReducedMayEnd,
    ]
)]
pub fn vat_rate_by_date(dossier: &Dossier, findings: &mut Findings) -> Checked {
    let mut missing = None;
    let (mut open_lines, mut open_amount) = (0, Money::ZERO);
    for line in require!(dossier.costs.lines) {
        if line.activity_type.is(ActivityType::Contingency) {
            continue;
        }
        let (rate, class) = match (line.vat_rate.get(), Class::of(line, dossier)) {
            (Some(rate), Some(class)) => (rate, class),
            (None, _) => {
                missing = missing.or(Some(at!(line.vat_rate)));
                continue;
            }
            (_, None) => {
                missing = missing.or(Some(at!(line.activity_type)));
                continue;
            }
        };
        let name = line.label();
        if class == Class::Software {
            if matches!(rate, VatRate::Five | VatRate::Eight | VatRate::Ten) {
                findings.add(at!(line.vat_rate), SoftwareTaxed { line: name, rate });
            }
            continue;
        }
        let Some((start, end)) = payment(line, dossier) else {
            missing = missing.or(Some(at!(dossier.time.end)));
            continue;
        };
        if end < REDUCED_FROM {
            continue;
        }
        match rate {
            VatRate::Eight if end > REDUCED_TO && line.paid_on.is_present() => {
                findings.add(
                    at!(line.vat_rate),
                    ReducedTooLate { line: name, paid: end, last: REDUCED_TO },
                );
            }
            VatRate::Eight if end > REDUCED_TO => {
                open_lines += 1;
                open_amount = open_amount + line.amount.get().unwrap_or_default();
            }
            VatRate::Eight => {}
            VatRate::Ten
                if class != Class::Various && start >= REDUCED_FROM && end <= REDUCED_TO =>
            {
                let (first, last) = (REDUCED_FROM, REDUCED_TO);
                findings.add(at!(line.vat_rate), StandardTooEarly { line: name, first, last });
            }
            VatRate::Ten => {}
            VatRate::NotSubject if class == Class::Goods => {
                findings.add(at!(line.vat_rate), GoodsUntaxed { line: name });
            }
            VatRate::NotSubject => {}
            VatRate::Zero | VatRate::Five => {
                findings.add(at!(line.vat_rate), RateUnknown { line: name, rate });
            }
        }
    }
    if let Some(end) = dossier.time.end.get().filter(|_| open_lines > 0) {
        let (lines, amount, last) = (open_lines, open_amount, REDUCED_TO);
        findings.add(at!(dossier.time.end), ReducedMayEnd { lines, amount, end, last });
    }
    missing.map_or(Ok(()), |place| Err(Stop::Missing(Missing::Field(place))))
}

/// When a line is paid: its own day, else some day of the project's time.
fn payment(line: &CostLine, dossier: &Dossier) -> Option<(Date, Date)> {
    if let Some(paid) = line.paid_on.get() {
        return Some((paid, paid));
    }
    let end = dossier.time.end.get()?;
    Some((dossier.time.start.get().unwrap_or(end).min(end), end))
}

/// How value-added tax treats what a line buys.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    /// Software and its services: not subject.
    Software,
    /// Devices: always taxed.
    Goods,
    /// Services: taxed, or not subject when done by the unit itself.
    Services,
    /// Lease, telecommunications and the like: any of the rates may be right.
    Various,
}

impl Class {
    /// The class of a line; `None` when it does not say what it pays for.
    fn of(line: &CostLine, dossier: &Dossier) -> Option<Self> {
        Some(match line.activity_type.get()? {
            ActivityType::PurchaseSoftware => Self::Software,
            ActivityType::BuildSystem | ActivityType::UpgradeSystem => {
                if is_of_software(line, dossier) { Self::Software } else { Self::Various }
            }
            ActivityType::PurchaseEquipment
            | ActivityType::PurchaseEndUserDevice
            | ActivityType::ReplaceEquipment
            | ActivityType::OfficeEquipment
            | ActivityType::Furniture
            | ActivityType::SecurityCamera => Self::Goods,
            ActivityType::Construction
            | ActivityType::Consulting
            | ActivityType::Testing
            | ActivityType::PriceAppraisal
            | ActivityType::Settlement
            | ActivityType::Transport => Self::Services,
            ActivityType::BuildDatabase
            | ActivityType::ConvertData
            | ActivityType::ServiceLease
            | ActivityType::OperateMaintain
            | ActivityType::Training
            | ActivityType::Connection
            | ActivityType::Management
            | ActivityType::Contingency
            | ActivityType::Research
            | ActivityType::Administration => Self::Various,
        })
    }
}

/// Whether the line's component is software.
fn is_of_software(line: &CostLine, dossier: &Dossier) -> bool {
    let component = line
        .component_id
        .get()
        .and_then(|id| dossier.components.iter().find(|one| one.id.is_text(&id)));
    component.and_then(|one| one.r#type.get()).is_some_and(|kind| {
        matches!(
            kind,
            ComponentType::InternalSoftware
                | ComponentType::CommercialSoftware
                | ComponentType::Platform
        )
    })
}

#[derive(Violation)]
#[violation(
    vi = "Dòng chi “{line}” là phần mềm, dịch vụ phần mềm, thuộc diện không chịu thuế giá trị gia tăng, nhưng ghi thuế suất {rate}.",
    en = "The line “{line}” is software or a software service, which is not subject to VAT, but has a rate of {rate}.",
    remedy_vi = "Ghi không chịu thuế và tính lại thành tiền, hoặc nêu căn cứ chịu thuế.",
    remedy_en = "Enter it as not subject and compute the amount again, or name the basis of the tax."
)]
struct SoftwareTaxed {
    line: String,
    rate: VatRate,
}

#[derive(Violation)]
#[violation(
    vi = "Dòng chi “{line}” ghi thuế suất 10% trong khi được thanh toán trong thời gian áp dụng mức 8%, từ ngày {first} đến ngày {last}.",
    en = "The line “{line}” has a rate of 10%, but is paid while the rate is 8%, from {first} to {last}.",
    remedy_vi = "Tính lại theo thuế suất 8%, hoặc nêu căn cứ hàng hóa, dịch vụ không được giảm thuế.",
    remedy_en = "Compute it with 8%, or name why the goods or services are excluded."
)]
struct StandardTooEarly {
    line: String,
    first: Date,
    last: Date,
}

#[derive(Violation)]
#[violation(
    vi = "Dòng chi “{line}” mua thiết bị nhưng ghi không chịu thuế giá trị gia tăng.",
    en = "The line “{line}” buys devices, but is entered as not subject to VAT.",
    remedy_vi = "Ghi thuế suất của thiết bị và tính lại thành tiền, hoặc nêu căn cứ không chịu thuế.",
    remedy_en = "Enter the devices' rate and compute the amount again, or name the basis."
)]
struct GoodsUntaxed {
    line: String,
}

#[derive(Violation)]
#[violation(
    vi = "Dòng chi “{line}” ghi thuế suất {rate}, không phải mức áp dụng cho hàng hóa, dịch vụ công nghệ thông tin.",
    en = "The line “{line}” has a rate of {rate}, which is none for IT goods and services.",
    remedy_vi = "Kiểm tra lại thuế suất: 8% đến hết năm 2026, sau đó 10%, hoặc không chịu thuế.",
    remedy_en = "Check the rate: 8% until the end of 2026, then 10%, or not subject."
)]
struct RateUnknown {
    line: String,
    rate: VatRate,
}

#[derive(Violation)]
#[violation(
    severity = Inform,
    vi = "Dòng chi “{line}” ghi thuế suất 8% nhưng dự kiến thanh toán ngày {paid}, sau ngày {last} là ngày cuối áp dụng mức 8%.",
    en = "The line “{line}” has a rate of 8%, but is to be paid on {paid}, after {last}, the last day of that rate.",
    remedy_vi = "Dự tính thuế suất 10% cho dòng chi này, hoặc thanh toán trước khi hết thời gian giảm thuế.",
    remedy_en = "Plan with 10% for this line, or pay it before the reduced rate ends."
)]
struct ReducedTooLate {
    line: String,
    paid: Date,
    last: Date,
}

#[derive(Violation)]
#[violation(
    severity = Inform,
    vi = "Hồ sơ có {lines} dòng chi, cộng {amount}, ghi thuế suất 8% trong khi thời gian thực hiện kéo dài đến ngày {end}; mức 8% áp dụng đến hết ngày {last}.",
    en = "The dossier has {lines} lines, {amount} together, at a rate of 8%, but goes on until {end}; that rate ends on {last}.",
    remedy_vi = "Xác định phần thanh toán sau ngày {last} và dự tính thuế suất 10% cho phần đó.",
    remedy_en = "Find what will be paid after {last} and plan with 10% for it."
)]
struct ReducedMayEnd {
    lines: Count,
    amount: Money,
    end: Date,
    last: Date,
}
