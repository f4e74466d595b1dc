use kycuong_rules_sdk::model::costs::CostLine;
use kycuong_rules_sdk::model::pointer::Pointer;
use kycuong_rules_sdk::prelude::*;

use crate::rate_norms::{ceiling, factor_in_hundredths};

/// Hồ sơ cũ không dự toán chi phí quản lý, tư vấn cao hơn định mức tỷ lệ.
///
/// Chỉ xét hồ sơ áp dụng Nghị định 73/2019/NĐ-CP, kể cả khi đã được Nghị định 82/2024/NĐ-CP sửa đổi. Tổng các dòng chi
/// cùng một định mức (trước thuế) được so với định mức tỷ lệ nhân chi phí xây lắp, thiết bị trước thuế và hệ số điều
/// chỉnh; giữa hai mốc chi phí thì nội suy. Dòng chi quản lý chưa ghi định mức được so với mức cao nhất của Bảng 1; dòng
/// chi khác chưa ghi định mức thì không xét. Tỷ lệ lấy từ một bản chép chưa đối chiếu nên chỉ được lưu ý.
#[rule(
    requirement = "R14",
    title_vi = "Không vượt định mức tỷ lệ (hồ sơ cũ)",
    title_en = "Rate ceiling of old dossiers",
    severity = Warn,
    regimes = [Nd73_2019, Nd82_2024],
    verified = false,
    effective = "2022-02-28..",
    basis = "Công văn số 305/THH-QLĐT ngày 28/02/2022; Quyết định 1688/QĐ-BTTTT",
    quote = "đúng quy định, định mức",
    reads = [
        "costs.lines.group",
        "costs.lines.quantity",
        "costs.lines.unit_price",
        "costs.lines.rate_norm",
        "costs.lines.rate_factor"
    ],
    violations = [AboveNorm, UnknownFactor]
)]
pub fn norm_ceiling_legacy(dossier: &Dossier, findings: &mut Findings) -> Checked {
    let mut base = Money::ZERO;
    let mut claims: BTreeMap<Option<RateNorm>, Claim> = BTreeMap::new();
    for line in require!(dossier.costs.lines) {
        let norm = line.rate_norm.get();
        match (norm, line.group.get()) {
            (None, Some(CostGroupKey::Construction | CostGroupKey::Equipment)) => {
                base = base + before_tax(line)?;
            }
            (Some(_), _) | (None, Some(CostGroupKey::ProjectManagement)) => {
                let factor = factor(line, findings);
                let place = if norm.is_some() { at!(line.rate_norm) } else { at!(line.group) };
                let claim =
                    claims.entry(norm).or_insert(Claim { amount: Money::ZERO, factor, place });
                claim.amount = claim.amount + before_tax(line)?;
                claim.factor = claim.factor.max(factor);
            }
            _ => {}
        }
    }
    if base.is_zero() || claims.is_empty() {
        return not_applicable(
            "Hồ sơ không có chi phí xây lắp, thiết bị hoặc không có khoản chi tính theo định mức tỷ lệ.",
            "The dossier has no construction or equipment cost, or nothing that is reckoned by these rates.",
        );
    }
    for (norm, Claim { amount, factor, place }) in claims {
        let Some(ceiling) = most(norm, base, factor) else { continue };
        if amount > ceiling {
            let (norm, factor) = (norm_title(norm), as_quantity(factor));
            findings.add(place, AboveNorm { norm, amount, ceiling, base, factor });
        }
    }
    Ok(())
}

/// What a dossier spends under one norm.
struct Claim {
    /// Before tax.
    amount: Money,
    /// In hundredths; of several lines the highest.
    factor: i64,
    /// Of the first line.
    place: Pointer,
}

/// The norms of project management: a line that names none is held to the highest.
const MANAGEMENT: [RateNorm; 3] = [
    RateNorm::ManagementInfrastructure,
    RateNorm::ManagementSoftware,
    RateNorm::ManagementSoftwareReport,
];

fn most(norm: Option<RateNorm>, base: Money, factor: i64) -> Option<Money> {
    match norm {
        Some(norm) => ceiling(norm, base, factor),
        None => MANAGEMENT.into_iter().filter_map(|norm| ceiling(norm, base, factor)).max(),
    }
}

fn norm_title(norm: Option<RateNorm>) -> Bilingual {
    match norm {
        Some(norm) => Bilingual::new(norm.vi(), norm.en()),
        None => Bilingual::new(
            "quản lý dự án (mức cao nhất của Bảng 1)",
            "project management (the highest of table 1)",
        ),
    }
}

/// The line's factor in hundredths, 100 when it states none; one that the decision does not name is reported.
fn factor(line: &CostLine, findings: &mut Findings) -> i64 {
    let Some(factor) = line.rate_factor.get() else { return 100 };
    factor_in_hundredths(factor).unwrap_or_else(|| {
        findings.add(at!(line.rate_factor), UnknownFactor { line: line.label(), factor });
        100
    })
}

/// A factor in hundredths as documents write it: 135 is 1.35.
fn as_quantity(hundredths: i64) -> Quantity {
    format!("{}.{:02}", hundredths / 100, hundredths % 100).parse().unwrap_or_default()
}

/// Quantity times unit price.
fn before_tax(line: &CostLine) -> Result<Money, Stop> {
    let (quantity, price) = (require!(line.quantity), require!(line.unit_price));
    // A product past 28 digits is no amount: the line states no usable quantity.
    let product = price.checked_times(quantity);
    product.ok_or_else(|| Missing::Field(at!(line.quantity)).into())
}

#[derive(Violation)]
#[violation(
    vi = "Chi phí {norm} là {amount} trước thuế, cao hơn {ceiling} theo Quyết định 1688/QĐ-BTTTT tính trên chi phí xây lắp, thiết bị {base} với hệ số điều chỉnh {factor}.",
    en = "The cost of {norm} is {amount} before tax, above the {ceiling} of Decision 1688/QĐ-BTTTT on construction and equipment of {base} with a factor of {factor}.",
    remedy_vi = "Giảm chi phí về mức định mức, hoặc thuyết minh căn cứ tính bằng dự toán chi tiết.",
    remedy_en = "Lower the cost to the norm, or justify it by a detailed estimate."
)]
struct AboveNorm {
    norm: Bilingual,
    amount: Money,
    ceiling: Money,
    base: Money,
    factor: Quantity,
}

#[derive(Violation)]
#[violation(
    vi = "Hệ số điều chỉnh {factor} của dòng chi “{line}” không có trong Quyết định 1688/QĐ-BTTTT; hệ số 1 được dùng để so sánh.",
    en = "The factor {factor} of the line “{line}” is not in Decision 1688/QĐ-BTTTT; a factor of 1 was used.",
    remedy_vi = "Ghi đúng hệ số theo quyết định, hoặc để trống khi không điều chỉnh.",
    remedy_en = "State a factor of the decision, or none."
)]
struct UnknownFactor {
    line: String,
    factor: Quantity,
}
