use kycuong_rules_sdk::prelude::*;

#[derive(Parameters)]
pub struct OperationsParameters {
    /// Số năm tối thiểu phải cam kết kinh phí vận hành sau khi hoàn thành.
    #[parameter(default = "3", min = "1", max = "10")]
    pub years_min: Count,
}

/// The usual yearly cost of operation, in per cent of the system's value; a rule of thumb, not a norm.
const USUAL_SHARE: (Percent, Percent) = (Percent::new(5), Percent::new(25));

/// Dự án phải cam kết kinh phí vận hành sau khi hoàn thành, lấy từ chi thường xuyên.
///
/// Dự án hệ thống và dự án mua sắm nêu chi phí vận hành mỗi năm, nguồn chi thường xuyên và số năm cam kết. Chi phí mỗi năm
/// ngoài khoảng 5–25% giá trị trang thiết bị thì lưu ý. Dự án thuê, kế hoạch thuê và mua sắm không lập dự án không xét.
#[rule(
    requirement = "R47",
    title_vi = "Cam kết kinh phí vận hành",
    title_en = "Operating money committed",
    severity = Block,
    effective = "2026-07-01..",
    basis = "Nghị định 224/2026/NĐ-CP, Điều 60 khoản 1, khoản 2 điểm d, Điều 66 khoản 4 điểm k",
    quote = "đảm bảo kinh phí để duy trì, phát triển các ứng dụng công nghệ thông tin tại cơ quan và các đơn vị trực thuộc sau khi dự án hoàn thành",
    kinds = [FeasibilityReport, PurchaseFeasibilityReport, EconomicTechnicalReport],
    regimes = [Nd224_2026],
    violations = [
        NoOperations, NoAnnualCost, UnusualCost, NoSource, OtherSource, NoYears, TooFewYears,
    ]
)]
pub fn maintenance_funding_committed(
    dossier: &Dossier,
    parameters: &OperationsParameters,
    findings: &mut Findings,
) -> Checked {
    if !dossier.operations.is_present() {
        findings.add(at!(dossier.operations), NoOperations);
        return Ok(());
    }
    let operations = &dossier.operations;
    match operations.annual_cost.get().filter(|cost| !cost.is_zero()) {
        None => findings.add(at!(operations.annual_cost), NoAnnualCost),
        Some(cost) => {
            let equipment =
                dossier.costs.groups.iter().find(|group| group.key.is(CostGroupKey::Equipment));
            let value =
                equipment.and_then(|group| group.amount.get()).or(dossier.costs.total.get());
            let (low, high) = USUAL_SHARE;
            if let Some(value) = value
                && (cost < low * value || cost > high * value)
            {
                findings.add(at!(operations.annual_cost), UnusualCost { cost, value, low, high });
            }
        }
    }
    match operations.source.get() {
        None => findings.add(at!(operations.source), NoSource),
        Some(FundingKind::Recurrent) => {}
        Some(source @ FundingKind::PublicInvestment) => {
            findings.add(at!(operations.source), OtherSource { source });
        }
        // Whether a programme or a donor may bear it is for the appraiser.
        Some(source @ (FundingKind::TargetProgramme | FundingKind::Other)) => {
            findings.add_as(Severity::Warn, at!(operations.source), OtherSource { source });
        }
    }
    let minimum = parameters.years_min;
    match operations.years.get() {
        None | Some(0) => findings.add(at!(operations.years), NoYears),
        Some(years) if years < minimum => {
            findings.add(at!(operations.years), TooFewYears { years, minimum })
        }
        Some(_) => {}
    }
    Ok(())
}

#[derive(Violation)]
#[violation(
    vi = "Hồ sơ chưa cam kết kinh phí vận hành sau khi hoàn thành.",
    en = "The dossier commits no money for operation after completion.",
    remedy_vi = "Nêu chi phí vận hành mỗi năm, nguồn chi thường xuyên và số năm cam kết.",
    remedy_en = "State the yearly cost, the recurrent source and the number of years."
)]
struct NoOperations;

#[derive(Violation)]
#[violation(
    vi = "Phần kinh phí vận hành chưa ghi chi phí mỗi năm lớn hơn 0.",
    en = "The operating money has no yearly cost above 0.",
    remedy_vi = "Tính và ghi chi phí vận hành, bảo trì mỗi năm.",
    remedy_en = "Work out and state the yearly cost of operation and maintenance."
)]
struct NoAnnualCost;

#[derive(Violation)]
#[violation(
    severity = Inform,
    vi = "Chi phí vận hành mỗi năm {cost} nằm ngoài khoảng thường gặp {low}–{high} của giá trị hệ thống {value}.",
    en = "The yearly cost of operation, {cost}, is outside the usual {low}–{high} of the system's value of {value}.",
    remedy_vi = "Xem lại cách tính chi phí vận hành.",
    remedy_en = "Look again at how the cost was worked out."
)]
struct UnusualCost {
    cost: Money,
    value: Money,
    low: Percent,
    high: Percent,
}

#[derive(Violation)]
#[violation(
    vi = "Phần kinh phí vận hành chưa ghi nguồn.",
    en = "The operating money has no source.",
    remedy_vi = "Ghi nguồn chi thường xuyên bảo đảm vận hành.",
    remedy_en = "State the recurrent source that bears the operation."
)]
struct NoSource;

#[derive(Violation)]
#[violation(
    vi = "Kinh phí vận hành lấy từ {source}; chi phí vận hành, bảo trì do chi thường xuyên bảo đảm.",
    en = "The operating money comes from {source}; recurrent expenditure has to bear operation and maintenance.",
    remedy_vi = "Bố trí kinh phí vận hành từ chi thường xuyên.",
    remedy_en = "Provide for operation from recurrent expenditure."
)]
struct OtherSource {
    source: FundingKind,
}

#[derive(Violation)]
#[violation(
    vi = "Phần kinh phí vận hành chưa ghi số năm cam kết.",
    en = "The operating money does not say for how many years it is committed.",
    remedy_vi = "Ghi số năm cam kết kinh phí vận hành.",
    remedy_en = "State the number of years."
)]
struct NoYears;

#[derive(Violation)]
#[violation(
    severity = Warn,
    vi = "Kinh phí vận hành được cam kết {years} năm, ít hơn mức tối thiểu {minimum} năm.",
    en = "Operating money is committed for {years} years, fewer than the minimum of {minimum}.",
    remedy_vi = "Cam kết kinh phí vận hành đủ {minimum} năm.",
    remedy_en = "Commit it for {minimum} years."
)]
struct TooFewYears {
    years: Count,
    minimum: Count,
}
