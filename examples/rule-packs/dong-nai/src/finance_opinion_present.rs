use kycuong_rules_sdk::prelude::*;

#[derive(Parameters)]
pub struct FinanceOpinionParameters {
    /// Trả lại hồ sơ khi thiếu ý kiến của cơ quan tài chính (địa phương quy định bắt buộc).
    #[parameter(default = "false")]
    pub required: bool,
}

/// Hồ sơ trình phê duyệt phải có ý kiến của cơ quan tài chính về đúng tổng kinh phí.
///
/// Từ bước trình phê duyệt: có ý kiến ghi ngày, không trước lần sửa dự toán gần nhất, và nêu kinh phí bằng tổng dự
/// toán. Chỉ trả lại hồ sơ khi địa phương quy định bắt buộc; nếu không thì được lưu ý.
#[rule(
    requirement = "R54",
    title_vi = "Ý kiến, thẩm định của cơ quan tài chính",
    title_en = "Finance appraisal",
    severity = Block,
    effective = "2019-01-01..",
    basis = "Kế hoạch thực hiện Chương trình mục tiêu Công nghệ thông tin giai đoạn 2019 - 2020 của Ủy ban nhân dân tỉnh Đồng Nai; Nghị định 104/2026/NĐ-CP",
    quote = "tổng hợp, thẩm định kinh phí các dự án",
    stages = [Approval, ContractorSelection, Implementation, Completion],
    violations = [NoOpinion, NoDate, OlderThanEstimate, NoTotal, OtherTotal]
)]
pub fn finance_opinion_present(
    dossier: &Dossier,
    parameters: &FinanceOpinionParameters,
    findings: &mut Findings,
) -> Checked {
    require!(dossier.stage);
    let severity = if parameters.required { Severity::Block } else { Severity::Warn };
    let opinions =
        dossier.opinions.iter().filter(|opinion| opinion.from_role.is(Role::FinanceUnit));
    let Some(latest) = opinions.max_by_key(|opinion| opinion.date.get()) else {
        findings.add_as(severity, at!(dossier.opinions), NoOpinion);
        return Ok(());
    };
    match (latest.date.get(), dossier.costs.revised_on.get()) {
        (None, _) => findings.add_as(severity, at!(latest.date), NoDate),
        (Some(given), Some(revised)) if given < revised => {
            findings.add_as(severity, at!(latest.date), OlderThanEstimate { given, revised });
        }
        (Some(_), _) => {}
    }
    match latest.total.get() {
        None => findings.add_as(severity, at!(latest.total), NoTotal),
        Some(stated) => {
            let total = require!(dossier.costs.total);
            if stated != total {
                findings.add_as(severity, at!(latest.total), OtherTotal { stated, total });
            }
        }
    }
    Ok(())
}

#[derive(Violation)]
#[violation(
    vi = "Hồ sơ trình phê duyệt chưa có ý kiến của cơ quan tài chính về kinh phí.",
    en = "The dossier comes to approval without an opinion of the finance unit.",
    remedy_vi = "Bổ sung văn bản ý kiến, thẩm định kinh phí của Sở Tài chính.",
    remedy_en = "Add the finance unit's opinion on the cost."
)]
struct NoOpinion;

#[derive(Violation)]
#[violation(
    vi = "Ý kiến của cơ quan tài chính chưa ghi ngày.",
    en = "The finance unit's opinion has no date.",
    remedy_vi = "Bổ sung ngày của văn bản ý kiến.",
    remedy_en = "Add its date."
)]
struct NoDate;

#[derive(Violation)]
#[violation(
    vi = "Ý kiến của cơ quan tài chính ngày {given}, trước lần sửa dự toán gần nhất ngày {revised}.",
    en = "The finance unit's opinion is of {given}, before the last revision of the estimate on {revised}.",
    remedy_vi = "Xin lại ý kiến của cơ quan tài chính về dự toán đã sửa.",
    remedy_en = "Ask for an opinion on the revised estimate."
)]
struct OlderThanEstimate {
    given: Date,
    revised: Date,
}

#[derive(Violation)]
#[violation(
    vi = "Ý kiến của cơ quan tài chính chưa nêu tổng kinh phí.",
    en = "The finance unit's opinion states no total.",
    remedy_vi = "Bổ sung tổng kinh phí nêu trong ý kiến.",
    remedy_en = "Add the total that the opinion is about."
)]
struct NoTotal;

#[derive(Violation)]
#[violation(
    vi = "Ý kiến của cơ quan tài chính nêu kinh phí {stated}, khác tổng dự toán {total}.",
    en = "The finance unit's opinion is about {stated}, not the total of {total}.",
    remedy_vi = "Xin lại ý kiến về tổng dự toán {total}, hoặc sửa dự toán theo ý kiến đã có.",
    remedy_en = "Ask for an opinion on {total}, or revise the estimate as the opinion says."
)]
struct OtherTotal {
    stated: Money,
    total: Money,
}
