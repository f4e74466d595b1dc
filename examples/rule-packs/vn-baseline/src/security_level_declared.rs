use kycuong_rules_sdk::prelude::*;

use crate::listing::Listing;

/// The first day of Decree 331/2026/NĐ-CP: its criteria and its level explanation bind from then on.
const CYBERSECURITY_DECREE_FROM: Date = Date::literal(2026, 8, 19);
/// The highest level (Decree 331/2026/NĐ-CP; five levels as before).
const LEVEL_MAX: Count = 5;
/// The level that each criterion of article 13 of Decree 331/2026/NĐ-CP implies.
const LEVEL_OF_ARTICLE_13: Count = 3;
/// Subjects of basic personal data from which an online service is of level 3 (Decree 331/2026/NĐ-CP, article 13).
const BASIC_SUBJECTS: Count = 100_000;
/// Subjects of sensitive personal data from which an online service is of level 3 (the same article).
const SENSITIVE_SUBJECTS: Count = 10_000;

/// Hệ thống thông tin phải được xác định cấp độ an ninh mạng và có thuyết minh cấp độ trong hồ sơ.
///
/// Cấp độ từ 1 đến 5, thuyết minh cấp độ là giấy tờ kèm theo, cấp độ không thấp hơn mức mà tiêu chí và quy mô dữ liệu cá
/// nhân đã khai đòi hỏi. Chưa có quyết định phê duyệt cấp độ thì cảnh báo, vì luật chỉ khuyến khích phê duyệt trước.
#[rule(
    requirement = "R73",
    title_vi = "Xác định cấp độ an ninh mạng",
    title_en = "Security level declared",
    severity = Block,
    effective = "2026-07-01..",
    basis = "Nghị định 224/2026/NĐ-CP, Điều 23 khoản 4 điểm a; Nghị định 331/2026/NĐ-CP, Điều 13, Điều 19, Điều 37",
    quote = "bảo đảm an ninh, quốc phòng",
    kinds = [FeasibilityReport, LeaseFeasibilityReport, EconomicTechnicalReport, ServiceLease],
    regimes = [Nd224_2026],
    reads = ["attachments.document_id"],
    violations = [
        SecurityMissing, LevelMissing, LevelUnknown, DecisionMissing, ExplanationMissing,
        ExplanationNotAttached, BelowCriteria, BelowBasicData, BelowSensitiveData,
    ]
)]
pub fn security_level_declared(
    dossier: &Dossier,
    context: &Context,
    findings: &mut Findings,
) -> Checked {
    let security = &dossier.security;
    if !security.is_present() {
        findings.add(at!(security), SecurityMissing);
        return Ok(());
    }
    let level = security.proposed_level.get();
    match level {
        None => findings.add(at!(security.proposed_level), LevelMissing),
        Some(level) if !(1..=LEVEL_MAX).contains(&level) => {
            findings.add(at!(security.proposed_level), LevelUnknown { level, highest: LEVEL_MAX });
        }
        Some(_) => {}
    }
    if !security.level_decision.number.is_filled() {
        findings.add(at!(security.level_decision), DecisionMissing);
    }
    if require!(context.on) < CYBERSECURITY_DECREE_FROM {
        return Ok(());
    }
    let explanation = security.explanation_document_id.owned();
    if !security.explanation_document_id.is_filled() {
        findings.add(at!(security.explanation_document_id), ExplanationMissing);
    } else if !dossier.has_document(&explanation) {
        findings.add(
            at!(security.explanation_document_id),
            ExplanationNotAttached { document: explanation },
        );
    }
    let Some(level) = level.filter(|level| *level < LEVEL_OF_ARTICLE_13) else { return Ok(()) };
    let required = LEVEL_OF_ARTICLE_13;
    let criteria: Vec<SecurityCriterion> = security
        .criteria_hit
        .iter()
        .filter_map(Field::get)
        .filter(|criterion| is_of_article_13(*criterion))
        .collect();
    if !criteria.is_empty() {
        findings.add(
            at!(security.criteria_hit),
            BelowCriteria { level, required, criteria: Listing(criteria) },
        );
    }
    let people = &dossier.personal_data;
    if let Some(subjects) =
        people.basic_subjects.get().filter(|subjects| *subjects >= BASIC_SUBJECTS)
    {
        let threshold = BASIC_SUBJECTS;
        findings.add(
            at!(people.basic_subjects),
            BelowBasicData { level, required, subjects, threshold },
        );
    }
    if let Some(subjects) =
        people.sensitive_subjects.get().filter(|subjects| *subjects >= SENSITIVE_SUBJECTS)
    {
        let threshold = SENSITIVE_SUBJECTS;
        findings.add(
            at!(people.sensitive_subjects),
            BelowSensitiveData { level, required, subjects, threshold },
        );
    }
    Ok(())
}

fn is_of_article_13(criterion: SecurityCriterion) -> bool {
    match criterion {
        SecurityCriterion::StateSecret
        | SecurityCriterion::AdministrativeProcedures
        | SecurityCriterion::ConditionalBusiness
        | SecurityCriterion::LargePersonalData
        | SecurityCriterion::SharedInfrastructure
        | SecurityCriterion::IndustrialControl => true,
        SecurityCriterion::InternalWithPersonalData | SecurityCriterion::InternalOnly => false,
    }
}

#[derive(Violation)]
#[violation(
    vi = "Hồ sơ chưa có nội dung về an ninh mạng: chưa đề xuất cấp độ và chưa có thuyết minh cấp độ.",
    en = "The dossier says nothing about security: no level is proposed or explained.",
    remedy_vi = "Xác định cấp độ của hệ thống (từ 1 đến 5) và kèm thuyết minh cấp độ.",
    remedy_en = "Propose the system's level (1 to 5) and attach its explanation."
)]
struct SecurityMissing;

#[derive(Violation)]
#[violation(
    vi = "Hồ sơ chưa đề xuất cấp độ an ninh mạng của hệ thống.",
    en = "The dossier proposes no security level.",
    remedy_vi = "Xác định cấp độ của hệ thống (từ 1 đến 5) trong thiết kế hoặc kế hoạch thuê.",
    remedy_en = "Propose the system's level (1 to 5) in the design or the service lease plan."
)]
struct LevelMissing;

#[derive(Violation)]
#[violation(
    vi = "Cấp độ an ninh mạng đề xuất là {level}, trong khi chỉ có các cấp độ từ 1 đến {highest}.",
    en = "The proposed security level is {level}, but levels go from 1 to {highest}.",
    remedy_vi = "Đề xuất lại một cấp độ từ 1 đến {highest}.",
    remedy_en = "Propose a level from 1 to {highest}."
)]
struct LevelUnknown {
    level: Count,
    highest: Count,
}

#[derive(Violation)]
#[violation(
    severity = Warn,
    vi = "Chưa có quyết định phê duyệt cấp độ an ninh mạng; pháp luật khuyến khích phê duyệt cấp độ trước khi phê duyệt hồ sơ.",
    en = "There is no decision on the security level; the law encourages to have it before the dossier is approved.",
    remedy_vi = "Trình phê duyệt cấp độ và ghi số, ngày của quyết định khi có.",
    remedy_en = "Have the level approved and cite the decision once there is one."
)]
struct DecisionMissing;

#[derive(Violation)]
#[violation(
    vi = "Hồ sơ chưa có thuyết minh cấp độ an ninh mạng.",
    en = "The dossier has no explanation of the security level.",
    remedy_vi = "Bổ sung thuyết minh cấp độ trong báo cáo hoặc kế hoạch thuê và dẫn đến giấy tờ đó.",
    remedy_en = "Add the explanation to the report or service lease plan and refer to that paper."
)]
struct ExplanationMissing;

#[derive(Violation)]
#[violation(
    vi = "Thuyết minh cấp độ dẫn đến giấy tờ “{document}” nhưng hồ sơ không kèm giấy tờ nào có mã này.",
    en = "The level explanation refers to the paper “{document}”, which is not attached.",
    remedy_vi = "Kèm giấy tờ “{document}” hoặc dẫn đúng mã của thuyết minh cấp độ.",
    remedy_en = "Attach the paper “{document}” or refer to the right one."
)]
struct ExplanationNotAttached {
    document: String,
}

#[derive(Violation)]
#[violation(
    vi = "Cấp độ đề xuất là {level}, thấp hơn cấp độ {required} mà tiêu chí đã khai đòi hỏi ({criteria}).",
    en = "The proposed level is {level}, below level {required} that the declared criteria imply ({criteria}).",
    remedy_vi = "Đề xuất cấp độ từ {required} trở lên, hoặc khai lại tiêu chí cho đúng.",
    remedy_en = "Propose level {required} or higher, or correct the criteria."
)]
struct BelowCriteria {
    level: Count,
    required: Count,
    criteria: Listing<SecurityCriterion>,
}

#[derive(Violation)]
#[violation(
    vi = "Hệ thống xử lý dữ liệu cá nhân cơ bản của {subjects} chủ thể, đạt ngưỡng {threshold} chủ thể của cấp độ {required}; cấp độ đề xuất là {level}.",
    en = "The system processes basic personal data of {subjects} subjects, which reaches the {threshold} of level {required}; the proposed level is {level}.",
    remedy_vi = "Đề xuất cấp độ từ {required} trở lên.",
    remedy_en = "Propose level {required} or higher."
)]
struct BelowBasicData {
    level: Count,
    required: Count,
    subjects: Count,
    threshold: Count,
}

#[derive(Violation)]
#[violation(
    vi = "Hệ thống xử lý dữ liệu cá nhân nhạy cảm của {subjects} chủ thể, đạt ngưỡng {threshold} chủ thể của cấp độ {required}; cấp độ đề xuất là {level}.",
    en = "The system processes sensitive personal data of {subjects} subjects, which reaches the {threshold} of level {required}; the proposed level is {level}.",
    remedy_vi = "Đề xuất cấp độ từ {required} trở lên.",
    remedy_en = "Propose level {required} or higher."
)]
struct BelowSensitiveData {
    level: Count,
    required: Count,
    subjects: Count,
    threshold: Count,
}
