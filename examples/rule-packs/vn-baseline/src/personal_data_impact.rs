use kycuong_rules_sdk::prelude::*;

/// Hệ thống xử lý dữ liệu cá nhân phải có hồ sơ đánh giá tác động, hoặc lập trước khi đưa vào sử dụng.
///
/// Có chủ thể dữ liệu thì hồ sơ kèm đánh giá tác động xử lý dữ liệu cá nhân, hoặc ghi ngày dự kiến đánh giá không sau ngày
/// kết thúc thực hiện. Cấp độ an ninh mạng tối thiểu theo quy mô dữ liệu do quy tắc về cấp độ xét.
#[rule(
    requirement = "R90",
    title_vi = "Đánh giá tác động dữ liệu cá nhân",
    title_en = "Personal data impact assessment",
    severity = Warn,
    effective = "2026-01-01..",
    basis = "Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15; Nghị định 331/2026/NĐ-CP, Điều 13",
    kinds = [
        FeasibilityReport,
        LeaseFeasibilityReport,
        EconomicTechnicalReport,
        ServiceLease,
        OutlineAndEstimate,
    ],
    reads = ["attachments.document_id", "attachments.document_type"],
    violations = [NoAssessment, NotAttached, PlannedTooLate]
)]
pub fn personal_data_impact(dossier: &Dossier, findings: &mut Findings) -> Checked {
    let people = &dossier.personal_data;
    let (basic, sensitive) = (people.basic_subjects.get(), people.sensitive_subjects.get());
    let subjects = basic.unwrap_or(0).saturating_add(sensitive.unwrap_or(0));
    if subjects == 0 {
        require!(people.basic_subjects);
        require!(people.sensitive_subjects);
        return not_applicable(
            "Hệ thống không xử lý dữ liệu cá nhân.",
            "The system processes no personal data.",
        );
    }
    let cited = people.impact_assessment_id.owned();
    if people.impact_assessment_id.is_filled() {
        if !dossier.has_document(&cited) {
            findings.add(at!(people.impact_assessment_id), NotAttached { document: cited });
        }
        return Ok(());
    }
    let assessment = DocumentType::ImpactAssessment;
    if dossier.has(assessment) {
        return Ok(());
    }
    let Some(planned) = people.impact_assessment_planned_on.get() else {
        findings.add(at!(people.impact_assessment_id), NoAssessment { subjects });
        return Ok(());
    };
    let end = require!(dossier.time.end);
    if planned > end {
        findings.add(at!(people.impact_assessment_planned_on), PlannedTooLate { planned, end });
    }
    Ok(())
}

#[derive(Violation)]
#[violation(
    vi = "Hệ thống xử lý dữ liệu cá nhân của {subjects} chủ thể nhưng hồ sơ không kèm đánh giá tác động và không ghi ngày dự kiến đánh giá.",
    en = "The system processes personal data of {subjects} subjects, but no impact assessment is attached or planned.",
    remedy_vi = "Đính kèm hồ sơ đánh giá tác động xử lý dữ liệu cá nhân, hoặc ghi ngày dự kiến đánh giá trước khi đưa hệ thống vào sử dụng.",
    remedy_en = "Attach the impact assessment, or state when it will be made before the system goes into use."
)]
struct NoAssessment {
    subjects: Count,
}

#[derive(Violation)]
#[violation(
    vi = "Hồ sơ dẫn đến đánh giá tác động “{document}” nhưng không kèm giấy tờ nào có mã này.",
    en = "The dossier refers to the impact assessment “{document}”, which is not attached.",
    remedy_vi = "Đính kèm hồ sơ đánh giá tác động hoặc dẫn đúng mã giấy tờ.",
    remedy_en = "Attach the assessment, or refer to the right paper."
)]
struct NotAttached {
    document: String,
}

#[derive(Violation)]
#[violation(
    vi = "Ngày dự kiến đánh giá tác động {planned} sau ngày kết thúc thực hiện {end}, khi hệ thống đã đưa vào sử dụng.",
    en = "The impact assessment is planned for {planned}, after the end on {end}, when the system is already in use.",
    remedy_vi = "Đánh giá tác động xong không muộn hơn ngày {end}.",
    remedy_en = "Make the assessment by {end} at the latest."
)]
struct PlannedTooLate {
    planned: Date,
    end: Date,
}
