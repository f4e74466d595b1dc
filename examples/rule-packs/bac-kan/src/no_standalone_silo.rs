use kycuong_rules_sdk::prelude::*;

use crate::developed_software::{is_developed_software, is_new_system};

/// Không xây dựng hệ thống độc lập chỉ phục vụ một nghiệp vụ riêng lẻ.
///
/// Được lưu ý khi hệ thống xây dựng mới đồng thời không có quan hệ với hệ thống lõi, không kết nối với hệ thống nào
/// và cả hồ sơ chỉ phục vụ một chức năng.
#[rule(
    requirement = "R35",
    title_vi = "Không xây dựng riêng lẻ",
    title_en = "No single-purpose silo",
    severity = Warn,
    effective = "2023-12-28..",
    basis = "Công văn số 8826/UBND-VXNV ngày 28/12/2023; Nghị định 224/2026/NĐ-CP, Điều 23 khoản 1 điểm a",
    quote = "tránh tình trạng xây dựng độc lập các hệ thống khác nhau, phục vụ từng nghiệp vụ riêng lẻ",
    reads = [
        "components.type",
        "components.action",
        "components.relation",
        "components.function_code",
        "interop.counterparts.system_id",
    ],
    violations = [Silo]
)]
pub fn no_standalone_silo(dossier: &Dossier, findings: &mut Findings) -> Checked {
    let mut built = Vec::new();
    for component in require!(dossier.components) {
        if is_new_system(component)? {
            built.push(component);
        }
    }
    if built.is_empty() {
        return not_applicable(
            "Hồ sơ không xây dựng mới phần mềm hoặc nền tảng số.",
            "The dossier builds no new software or digital platform.",
        );
    }
    let functions: BTreeSet<_> = dossier
        .components
        .iter()
        .filter(|component| is_developed_software(component))
        .filter(|component| component.function_code.is_filled())
        .map(|component| component.function_code.text())
        .collect();
    let is_connected =
        dossier.interop.counterparts.iter().any(|counterpart| counterpart.system_id.is_filled());
    if functions.len() > 1 || is_connected {
        return Ok(());
    }
    for component in built {
        if matches!(component.relation.get(), None | Some(CoreRelation::Standalone)) {
            let name = component.name.owned();
            require!(component.function_code);
            let function = component.function_code.trimmed();
            findings.add(at!(component.relation), Silo { name, function });
        }
    }
    Ok(())
}

#[derive(Violation)]
#[violation(
    vi = "Cấu phần “{name}” được xây dựng mới, độc lập với hệ thống lõi, không kết nối với hệ thống nào và chỉ phục vụ chức năng “{function}”.",
    en = "The component “{name}” is new, stands apart from the core system, connects to no system and serves the single function “{function}”.",
    remedy_vi = "Xem xét phát triển thành phân hệ của hệ thống lõi, hoặc bổ sung kết nối với các hệ thống liên quan.",
    remedy_en = "Consider making it a module of the core system, or connect it to the related systems."
)]
struct Silo {
    name: String,
    function: String,
}
