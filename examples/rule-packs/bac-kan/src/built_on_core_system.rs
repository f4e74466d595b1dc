use kycuong_rules_sdk::prelude::*;

use crate::developed_software::is_developed_software;

/// Hệ thống triển khai sau phải được phát triển từ hệ thống lõi.
///
/// Mỗi phần mềm, nền tảng phải là phân hệ, phần mở rộng hoặc được tích hợp với hệ thống lõi, hoặc chính là hệ
/// thống lõi. Xây dựng độc lập phải có lý do được cấp có thẩm quyền chấp thuận; khi đó được lưu ý.
#[rule(
    requirement = "R33",
    title_vi = "Phát triển từ hệ thống lõi",
    title_en = "Built on the core",
    severity = Block,
    effective = "2023-12-28..",
    basis = "Công văn số 8826/UBND-VXNV ngày 28/12/2023; Nghị định 224/2026/NĐ-CP, Điều 23 khoản 1 điểm b; Nghị định 224/2026/NĐ-CP, Điều 23 khoản 1 điểm c",
    quote = "hệ thống triển khai sau phải được phát triển từ hệ thống lõi",
    reads = ["components.type", "components.relation", "components.standalone_reason"],
    violations = [Standalone, StandaloneNotApproved, NoRelation, StandaloneApproved]
)]
pub fn built_on_core_system(dossier: &Dossier, findings: &mut Findings) -> Checked {
    let mut developed: Vec<_> = require!(dossier.components).iter().collect();
    developed.retain(|component| is_developed_software(component));
    if developed.is_empty() {
        return not_applicable(
            "Hồ sơ không xây dựng, phát triển phần mềm hoặc nền tảng số.",
            "The dossier develops no software or digital platform.",
        );
    }
    for component in developed {
        let name = component.name.owned();
        let reason = &component.standalone_reason;
        match component.relation.get() {
            Some(
                CoreRelation::IsCore
                | CoreRelation::ModuleOfCore
                | CoreRelation::ExtensionOfCore
                | CoreRelation::IntegratesCore,
            ) => {}
            _ if reason.text.is_filled() && reason.approved_by.is_filled() => {
                let approved_by = reason.approved_by.owned();
                findings.add(
                    at!(component.standalone_reason),
                    StandaloneApproved { name, approved_by },
                );
            }
            Some(CoreRelation::Standalone) if reason.text.is_filled() => {
                findings.add(at!(reason.approved_by), StandaloneNotApproved { name });
            }
            Some(CoreRelation::Standalone) => {
                findings.add(at!(component.relation), Standalone { name })
            }
            None => findings.add(at!(component.relation), NoRelation { name }),
        }
    }
    Ok(())
}

#[derive(Violation)]
#[violation(
    vi = "Cấu phần “{name}” được xây dựng độc lập, không phát triển từ hệ thống lõi và không có lý do được chấp thuận.",
    en = "The component “{name}” is built standalone: not from the core system, and without an approved reason.",
    remedy_vi = "Thiết kế thành phân hệ, phần mở rộng hoặc tích hợp với hệ thống lõi; nếu buộc phải độc lập thì bổ sung lý do và văn bản chấp thuận của cấp có thẩm quyền.",
    remedy_en = "Make it a module or extension of the core or integrate it; if it must stand alone, add the reason and who approved it."
)]
struct Standalone {
    name: String,
}

#[derive(Violation)]
#[violation(
    vi = "Cấu phần “{name}” được xây dựng độc lập; lý do đã nêu chưa được cấp có thẩm quyền chấp thuận.",
    en = "The component “{name}” is built standalone; the reason given has not been approved.",
    remedy_vi = "Bổ sung cơ quan, người có thẩm quyền đã chấp thuận lý do xây dựng độc lập.",
    remedy_en = "Name the authority that approved the reason."
)]
struct StandaloneNotApproved {
    name: String,
}

#[derive(Violation)]
#[violation(
    vi = "Cấu phần “{name}” chưa nêu quan hệ với hệ thống lõi.",
    en = "The component “{name}” does not state its relation to the core system.",
    remedy_vi = "Nêu phần mềm là phân hệ, phần mở rộng, tích hợp với hệ thống lõi hay chính là hệ thống lõi.",
    remedy_en = "State whether it is a module, an extension, an integration or the core itself."
)]
struct NoRelation {
    name: String,
}

#[derive(Violation)]
#[violation(
    severity = Warn,
    vi = "Cấu phần “{name}” được xây dựng độc lập theo lý do được {approved_by} chấp thuận.",
    en = "The component “{name}” is built standalone for a reason approved by {approved_by}.",
    remedy_vi = "Người thẩm định xem xét lý do xây dựng độc lập.",
    remedy_en = "The appraiser considers the reason."
)]
struct StandaloneApproved {
    name: String,
    approved_by: String,
}
