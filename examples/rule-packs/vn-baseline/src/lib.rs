//! Quy tắc nền quốc gia: những điều mọi tỉnh, thành phố đều phải theo.
//!
//! National baseline: what holds in every province.

mod budget_code_list;
mod cost_line;
mod cost_structure;
mod decree_224;
mod expected_kind;
mod listing;
mod required_contents;

mod architecture_compliance;
mod budget_code_valid;
mod contingency_cap;
mod cost_arithmetic;
mod cost_groups_complete;
mod dossier_electronic;
mod dossier_kind_by_threshold;
mod dossier_sections_complete;
mod funding_content_match;
mod funding_nature_match;
mod hire_data_ownership;
mod hire_not_for_upgrade;
mod interop_declared;
mod maintenance_funding_committed;
mod objective_traceability;
mod one_step_design_limit;
mod org_id_valid;
mod procurement_form_threshold;
mod recurrent_allocation_decision;
mod regime_selected;
mod security_level_declared;
mod source_code_handover;
mod total_within_approved;
mod unit_price_basis_required;

kycuong_rules_sdk::rule_pack! {
    id: "vn-baseline",
    provinces: ["VN"],
    title_vi: "Quy tắc nền quốc gia",
    title_en: "National baseline",
    rules: [
        funding_content_match,
        funding_nature_match,
        objective_traceability,
        dossier_kind_by_threshold,
        budget_code_valid,
        procurement_form_threshold,
        cost_arithmetic,
        cost_groups_complete,
        unit_price_basis_required,
        dossier_sections_complete,
        interop_declared,
        maintenance_funding_committed,
        architecture_compliance,
        recurrent_allocation_decision,
        security_level_declared,
        regime_selected,
        hire_not_for_upgrade,
        one_step_design_limit,
        hire_data_ownership,
        contingency_cap,
        source_code_handover,
        dossier_electronic,
        total_within_approved,
        org_id_valid,
    ],
}

#[cfg(test)]
#[test]
fn cases() {
    kycuong_rules_sdk::testing::check_cases(&PACK, "cases");
}
