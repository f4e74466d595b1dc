use kycuong_rules_sdk::prelude::*;

use crate::developed_software::is_developed_software;

/// Hệ thống ngành cần có đầu ra phục vụ tổng hợp, thống kê dữ liệu ngành.
///
/// Đầu ra là báo cáo, thống kê đã khai, hoặc dịch vụ kết nối gửi dữ liệu đến hệ thống của Bộ, ngành.
#[rule(
    requirement = "R36",
    title_vi = "Đầu ra thống kê ngành",
    title_en = "Sector statistics output",
    severity = Inform,
    effective = "2023-12-28..",
    basis = "Công văn số 8826/UBND-VXNV ngày 28/12/2023",
    quote = "tổng hợp, thống kê dữ liệu ngành",
    reads = [
        "components.type",
        "components.sector",
        "interop.reports",
        "interop.counterparts.national",
        "interop.apis.direction",
    ],
    violations = [NoOutput]
)]
pub fn sector_statistics_output(dossier: &Dossier, findings: &mut Findings) -> Checked {
    let sector_system = require!(dossier.components)
        .iter()
        .find(|component| is_developed_software(component) && component.sector.is_filled());
    let Some(component) = sector_system else {
        return not_applicable(
            "Hồ sơ không xây dựng, phát triển hệ thống thuộc ngành nào.",
            "The dossier develops no system of a sector.",
        );
    };
    let interop = &dossier.interop;
    let reports = interop.reports.iter().any(Field::is_filled);
    let sends = interop
        .apis
        .iter()
        .any(|api| api.direction.is_text("out") || api.direction.is_text("both"));
    let reaches_sector =
        interop.counterparts.iter().any(|counterpart| counterpart.national.is(true));
    let feeds_sector = reports || (sends && reaches_sector);
    if !feeds_sector {
        let name = component.name.owned();
        let sector = component.sector.trimmed();
        findings.add(at!(dossier.interop.reports), NoOutput { name, sector });
    }
    Ok(())
}

#[derive(Violation)]
#[violation(
    vi = "Cấu phần “{name}” thuộc ngành “{sector}” nhưng hồ sơ chưa nêu báo cáo, thống kê hoặc dịch vụ kết nối phục vụ tổng hợp dữ liệu ngành.",
    en = "The component “{name}” belongs to the sector “{sector}”, but the dossier names no report or service that feeds the sector's statistics.",
    remedy_vi = "Nêu các báo cáo, thống kê mà hệ thống xuất ra, hoặc dịch vụ gửi dữ liệu đến hệ thống của Bộ, ngành.",
    remedy_en = "Name the reports that the system yields, or the service that sends data to the ministry's system."
)]
struct NoOutput {
    name: String,
    sector: String,
}
