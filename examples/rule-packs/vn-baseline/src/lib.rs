//! Quy tắc nền quốc gia: những điều mọi tỉnh, thành phố đều phải theo.
//!
//! National baseline: what holds in every province.

mod budget_code_list;
mod capital;
mod cost_structure;
mod expected_kind;
mod instrument_number;
mod listing;
mod required_contents;

mod appraisal_deadline;
mod appraisal_route_complete;
mod architecture_compliance;
mod budget_code_valid;
mod completion_info_20_days;
mod contingency_cap;
mod cost_arithmetic;
mod cost_groups_complete;
mod dossier_electronic;
mod dossier_kind_by_threshold;
mod dossier_sections_complete;
mod exempt_activity_evidence;
mod funding_content_match;
mod funding_nature_match;
mod interop_declared;
mod ipv6_readiness;
mod lease_data_ownership;
mod lease_not_for_upgrade;
mod legal_basis_in_force;
mod maintenance_funding_committed;
mod mixed_capital_scope;
mod objective_traceability;
mod one_step_design_limit;
mod org_id_valid;
mod personal_data_impact;
mod pmu_required;
mod procurement_form_threshold;
mod recurrent_allocation_decision;
mod regime_selected;
mod security_level_declared;
mod source_code_handover;
mod total_within_approved;
mod transitional_choice;
mod trial_run_planned;
mod unit_price_basis_required;
mod vat_rate_by_date;
mod warranty_minimum;

kycuong_rules_sdk::rule_pack! {
    id: "vn-baseline",
    provinces: ["VN"],
    title_vi: "Quy tắc nền quốc gia",
    title_en: "National baseline",
    source_vi: "Luật Chuyển đổi số 148/2025/QH15; Nghị định 224/2026/NĐ-CP quy định chi tiết Luật Chuyển đổi số; Luật Đầu tư công 58/2024/QH15; Luật Ngân sách nhà nước 89/2025/QH15; Luật Đấu thầu 22/2023/QH15 và Nghị định 214/2025/NĐ-CP; Nghị định 331/2026/NĐ-CP về an ninh mạng; hồ sơ chuyển tiếp theo Nghị định 73/2019/NĐ-CP, 82/2024/NĐ-CP và 45/2026/NĐ-CP",
    source_en: "Law on Digital Transformation 148/2025/QH15; Decree 224/2026/NĐ-CP on its details; Law on Public Investment 58/2024/QH15; State Budget Law 89/2025/QH15; Law on Bidding 22/2023/QH15 and Decree 214/2025/NĐ-CP; Decree 331/2026/NĐ-CP on cybersecurity; for transitional dossiers Decrees 73/2019/NĐ-CP, 82/2024/NĐ-CP and 45/2026/NĐ-CP",
    rules: [
        funding_content_match,
        funding_nature_match,
        objective_traceability,
        dossier_kind_by_threshold,
        legal_basis_in_force,
        budget_code_valid,
        procurement_form_threshold,
        cost_arithmetic,
        cost_groups_complete,
        unit_price_basis_required,
        appraisal_route_complete,
        appraisal_deadline,
        dossier_sections_complete,
        interop_declared,
        maintenance_funding_committed,
        architecture_compliance,
        recurrent_allocation_decision,
        security_level_declared,
        regime_selected,
        mixed_capital_scope,
        lease_not_for_upgrade,
        one_step_design_limit,
        exempt_activity_evidence,
        lease_data_ownership,
        contingency_cap,
        source_code_handover,
        warranty_minimum,
        ipv6_readiness,
        personal_data_impact,
        dossier_electronic,
        completion_info_20_days,
        pmu_required,
        transitional_choice,
        vat_rate_by_date,
        total_within_approved,
        trial_run_planned,
        org_id_valid,
    ],
}

#[cfg(test)]
#[test]
fn cases() {
    kycuong_rules_sdk::testing::check_cases(&PACK, "cases");
}
