use kycuong_rules_sdk::model::solution::Component;
use kycuong_rules_sdk::prelude::*;

/// Hồ sơ có cơ sở dữ liệu phải khai khả năng dùng lại dữ liệu.
///
/// Hồ sơ liệt kê thực thể dữ liệu, nêu có hay không có API mở và hệ thống chủ dữ liệu gốc; phần còn thiếu được ghi nhận.
/// Dữ liệu gốc chỉ lưu ở một hệ thống: các cấu phần cơ sở dữ liệu ghi hệ thống khác nhau, hoặc khác với hệ thống chủ dữ
/// liệu gốc, thì được lưu ý.
#[rule(
    requirement = "R77",
    title_vi = "Khả năng dùng lại dữ liệu",
    title_en = "Data reuse declared",
    severity = Warn,
    effective = "2021-01-01..",
    basis = "Kế hoạch chuyển đổi số tỉnh Bắc Giang giai đoạn 2021-2025, định hướng đến năm 2030; Nghị định 224/2026/NĐ-CP, Điều 23 khoản 5",
    quote = "bảo đảm khả năng sử dụng dữ liệu số và các công cụ phân tích thông minh",
    reads = ["components.type", "components.target_system_id"],
    violations = [NoEntities, NoOpenApi, NoOwner, SecondMaster]
)]
pub fn data_reuse_declared(dossier: &Dossier, findings: &mut Findings) -> Checked {
    let databases: Vec<&Component> = require!(dossier.components)
        .iter()
        .filter(|part| part.r#type.is(ComponentType::Database))
        .collect();
    if databases.is_empty() {
        return not_applicable(
            "Hồ sơ không có cấu phần cơ sở dữ liệu.",
            "The dossier has no database component.",
        );
    }
    if !dossier.data.entities.iter().any(Field::is_filled) {
        findings.add(at!(dossier.data.entities), NoEntities);
    }
    if !dossier.data.open_api.is_present() {
        findings.add(at!(dossier.data.open_api), NoOpenApi);
    }
    let owner = dossier.data.master_data_owner.trimmed();
    if owner.is_empty() {
        findings.add(at!(dossier.data.master_data_owner), NoOwner);
    }
    let mut master = owner;
    for database in databases {
        let system = database.target_system_id.trimmed();
        if master.is_empty() {
            master = system;
        } else if !system.is_empty() && system != master {
            let (name, master) = (database.name.owned(), master.clone());
            findings.add(at!(database.target_system_id), SecondMaster { name, system, master });
        }
    }
    Ok(())
}

#[derive(Violation)]
#[violation(
    severity = Inform,
    vi = "Hồ sơ có cơ sở dữ liệu nhưng chưa liệt kê thực thể dữ liệu.",
    en = "The dossier has a database and lists no data entities.",
    remedy_vi = "Liệt kê các thực thể dữ liệu chính để cơ quan khác biết mà dùng lại.",
    remedy_en = "List the main data entities, so that others know what they can reuse."
)]
struct NoEntities;

#[derive(Violation)]
#[violation(
    severity = Inform,
    vi = "Hồ sơ có cơ sở dữ liệu nhưng chưa nêu có hay không có API mở.",
    en = "The dossier has a database and does not say whether it has an open API.",
    remedy_vi = "Ghi rõ có hay không có API mở để khai thác dữ liệu.",
    remedy_en = "Say whether the data can be used through an open API."
)]
struct NoOpenApi;

#[derive(Violation)]
#[violation(
    severity = Inform,
    vi = "Hồ sơ có cơ sở dữ liệu nhưng chưa nêu hệ thống chủ dữ liệu gốc.",
    en = "The dossier has a database and names no system that owns the master data.",
    remedy_vi = "Ghi mã hệ thống lưu dữ liệu gốc.",
    remedy_en = "Name the system that holds the master data."
)]
struct NoOwner;

#[derive(Violation)]
#[violation(
    vi = "Cơ sở dữ liệu “{name}” lưu ở hệ thống “{system}” trong khi dữ liệu gốc thuộc hệ thống “{master}”; dữ liệu gốc chỉ lưu ở một hệ thống.",
    en = "The database “{name}” is kept in the system “{system}” while the master data are in “{master}”; master data are kept in one system only.",
    remedy_vi = "Lấy dữ liệu gốc qua kết nối, chia sẻ thay vì lưu thêm một bản, hoặc làm rõ hệ thống chủ dữ liệu gốc.",
    remedy_en = "Read the master data through an interface instead of storing them again, or clarify which system owns them."
)]
struct SecondMaster {
    name: String,
    system: String,
    master: String,
}
