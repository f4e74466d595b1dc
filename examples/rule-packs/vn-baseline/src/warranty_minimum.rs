use kycuong_rules_sdk::prelude::*;

use crate::expected_kind::Source;

/// Months and share of the warranty of group A and national projects, from 2026-07-01 (Decree 224/2026/NĐ-CP, article 59).
const LARGE: (Count, Percent) = (24, Percent::new(3));
/// The same of groups B and C.
const OTHER: (Count, Percent) = (12, Percent::new(5));

/// Bảo hành tối thiểu 12 tháng và 5% với nhóm B, C; 24 tháng và 3% với nhóm A, dự án quan trọng quốc gia.
///
/// Kiểm tra thời gian và tỷ lệ bảo đảm bảo hành của dự án hệ thống, dự án mua sắm. Hồ sơ chi thường xuyên không phân nhóm
/// thì xét theo mức của nhóm B, C. Dự án thuê và kế hoạch thuê không có bảo hành.
#[rule(
    requirement = "R88",
    title_vi = "Bảo hành tối thiểu",
    title_en = "Minimum warranty",
    severity = Block,
    effective = "2026-07-01..",
    basis = "Nghị định 224/2026/NĐ-CP, Điều 59",
    kinds = [FeasibilityReport, PurchaseFeasibilityReport, EconomicTechnicalReport],
    regimes = [Nd224_2026],
    reads = ["funding.kind", "funding.codes.section"],
    violations = [NoWarranty, NoMonths, NoShare, TooShort, TooSmall]
)]
pub fn warranty_minimum(dossier: &Dossier, findings: &mut Findings) -> Checked {
    let warranty = &dossier.warranty;
    if !warranty.is_present() {
        findings.add(at!(warranty), NoWarranty);
        return Ok(());
    }
    if !warranty.months.is_present() {
        findings.add(at!(warranty.months), NoMonths);
    }
    if !warranty.share.is_present() {
        findings.add(at!(warranty.share), NoShare);
    }
    let group = match dossier.group.get() {
        None if Source::of(dossier) == Some(Source::Capital) => Some(require!(dossier.group)),
        group => group,
    };
    let (least_months, least_share) = match group {
        Some(ProjectGroup::National | ProjectGroup::A) => LARGE,
        Some(ProjectGroup::B | ProjectGroup::C) | None => OTHER,
    };
    let whose = Whose(group);
    if let Some(months) = warranty.months.get().filter(|months| *months < least_months) {
        findings.add(at!(warranty.months), TooShort { months, minimum: least_months, whose });
    }
    let whose = Whose(group);
    if let Some(share) = warranty.share.get().filter(|share| *share < least_share) {
        findings.add(at!(warranty.share), TooSmall { share, minimum: least_share, whose });
    }
    Ok(())
}

/// Which projects a minimum is for.
struct Whose(Option<ProjectGroup>);

impl Localize for Whose {
    fn vi(&self) -> String {
        match self.0 {
            Some(ProjectGroup::National) => ProjectGroup::National.vi(),
            Some(group) => format!("dự án {}", group.vi()),
            None => "hồ sơ chi thường xuyên không phân nhóm".to_owned(),
        }
    }
    fn en(&self) -> String {
        match self.0 {
            Some(ProjectGroup::National) => format!("a {}", ProjectGroup::National.en()),
            Some(group) => format!("a project of {}", group.en()),
            None => "recurrent expenditure without a group".to_owned(),
        }
    }
}

impl std::fmt::Display for Whose {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        self.0.map_or(Ok(()), |group| group.fmt(f))
    }
}

#[derive(Violation)]
#[violation(
    vi = "Hồ sơ chưa quy định bảo hành.",
    en = "The dossier provides for no warranty.",
    remedy_vi = "Nêu thời gian bảo hành và tỷ lệ bảo đảm bảo hành.",
    remedy_en = "State the months and the share of the warranty."
)]
struct NoWarranty;

#[derive(Violation)]
#[violation(
    vi = "Phần bảo hành chưa ghi số tháng.",
    en = "The warranty has no number of months.",
    remedy_vi = "Ghi số tháng bảo hành.",
    remedy_en = "State the months."
)]
struct NoMonths;

#[derive(Violation)]
#[violation(
    vi = "Phần bảo hành chưa ghi tỷ lệ bảo đảm bảo hành.",
    en = "The warranty has no share.",
    remedy_vi = "Ghi tỷ lệ bảo đảm bảo hành trên giá trị hợp đồng.",
    remedy_en = "State the share of the contract's value."
)]
struct NoShare;

#[derive(Violation)]
#[violation(
    vi = "Thời gian bảo hành {months} tháng, ngắn hơn mức tối thiểu {minimum} tháng áp dụng cho {whose}.",
    en = "The warranty of {months} months is shorter than the minimum of {minimum} for {whose}.",
    remedy_vi = "Quy định bảo hành từ {minimum} tháng trở lên.",
    remedy_en = "Provide for {minimum} months or more."
)]
struct TooShort {
    months: Count,
    minimum: Count,
    whose: Whose,
}

#[derive(Violation)]
#[violation(
    vi = "Tỷ lệ bảo đảm bảo hành {share}, thấp hơn mức tối thiểu {minimum} áp dụng cho {whose}.",
    en = "The warranty share of {share} is below the minimum of {minimum} for {whose}.",
    remedy_vi = "Quy định tỷ lệ bảo đảm bảo hành từ {minimum} trở lên.",
    remedy_en = "Provide for {minimum} or more."
)]
struct TooSmall {
    share: Percent,
    minimum: Percent,
    whose: Whose,
}
