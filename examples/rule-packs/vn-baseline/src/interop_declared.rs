use kycuong_rules_sdk::prelude::*;

/// Hệ thống có phần mềm, cơ sở dữ liệu hoặc nền tảng số phải khai cách kết nối, chia sẻ dữ liệu.
///
/// Khai cách kết nối (LGSP, NDXP, trực tiếp hoặc không kết nối kèm lý do), hệ thống kết nối và từng dịch vụ kết nối (API)
/// với tên, chiều và dữ liệu. Kết nối trực tiếp hoặc không kết nối có lý do thì cảnh báo để người thẩm định xem. Miễn cho
/// hoạt động theo điểm a, b, c, e khoản 1 Điều 65.
#[rule(
    requirement = "R28",
    title_vi = "Khai báo kết nối, chia sẻ",
    title_en = "Interop declared",
    severity = Block,
    effective = "2020-01-01..",
    basis = "Nghị định 224/2026/NĐ-CP, Điều 23 khoản 3, Điều 37 khoản 2, Điều 46, Điều 47, Điều 67 khoản 2 điểm d; Thông tư 03/2020/TT-BTTTT, Điều 4",
    quote = "đảm bảo tính liên thông chia sẻ dữ liệu",
    violations = [
        NothingDeclared, NoVia, NoReason, NotConnected, Direct, NoCounterpart, NoApi,
        ApiWithoutName, ApiWithoutDirection, ApiWithoutData,
    ]
)]
pub fn interop_declared(dossier: &Dossier, findings: &mut Findings) -> Checked {
    let exempt = matches!(
        dossier.exempt_basis.get(),
        Some(ExemptBasis::A | ExemptBasis::B | ExemptBasis::C | ExemptBasis::E)
    );
    if dossier.kind.is(DossierKind::PurchaseWithoutProject) && exempt {
        return not_applicable(
            "Hoạt động theo điểm a, b, c, e khoản 1 Điều 65 không phải thuyết minh kết nối, chia sẻ dữ liệu.",
            "Activities of article 65.1.a, b, c and e need not explain interoperability.",
        );
    }
    let components = require!(dossier.components);
    if !components.iter().any(|component| component.r#type.get().is_some_and(holds_data)) {
        return not_applicable(
            "Hồ sơ không có cấu phần phần mềm, cơ sở dữ liệu hoặc nền tảng số.",
            "The dossier has no software, database or platform.",
        );
    }
    if !dossier.interop.is_present() {
        findings.add(at!(dossier.interop), NothingDeclared);
        return Ok(());
    }
    let has_reason = dossier.interop.reason.is_filled();
    match dossier.interop.via.get() {
        None => findings.add(at!(dossier.interop.via), NoVia),
        Some(via @ (InteropVia::Direct | InteropVia::None)) if !has_reason => {
            findings.add(at!(dossier.interop.reason), NoReason { via });
        }
        Some(InteropVia::None) => {
            findings.add(
                at!(dossier.interop.via),
                NotConnected { reason: dossier.interop.reason.owned() },
            );
            return Ok(());
        }
        Some(InteropVia::Direct) => {
            findings
                .add(at!(dossier.interop.via), Direct { reason: dossier.interop.reason.owned() });
        }
        Some(InteropVia::Lgsp | InteropVia::Ndxp) => {}
    }
    if dossier.interop.via.is(InteropVia::None) {
        return Ok(());
    }
    if !dossier.interop.counterparts.iter().any(|counterpart| counterpart.system_id.is_filled()) {
        findings.add(at!(dossier.interop.counterparts), NoCounterpart);
    }
    if dossier.interop.apis.is_empty() {
        findings.add(at!(dossier.interop.apis), NoApi);
    }
    for (position, api) in dossier.interop.apis.iter().enumerate() {
        let name = if api.name.is_filled() { api.name.owned() } else { (position + 1).to_string() };
        if !api.name.is_filled() {
            findings.add(at!(api.name), ApiWithoutName { api: name.clone() });
        }
        if !["in", "out", "both"].iter().any(|known| api.direction.is_text(known)) {
            findings.add(at!(api.direction), ApiWithoutDirection { api: name.clone() });
        }
        if !api.data.is_filled() {
            findings.add(at!(api.data), ApiWithoutData { api: name });
        }
    }
    Ok(())
}

fn holds_data(component: ComponentType) -> bool {
    match component {
        ComponentType::InternalSoftware
        | ComponentType::CommercialSoftware
        | ComponentType::Platform
        | ComponentType::Database => true,
        ComponentType::Infrastructure
        | ComponentType::EndUserDevice
        | ComponentType::Service
        | ComponentType::Training => false,
    }
}

#[derive(Violation)]
#[violation(
    vi = "Hồ sơ có phần mềm, cơ sở dữ liệu hoặc nền tảng số nhưng chưa khai kết nối, chia sẻ dữ liệu.",
    en = "The dossier has software, a database or a platform, but declares no interoperability.",
    remedy_vi = "Khai cách kết nối (LGSP, NDXP, trực tiếp hoặc không kết nối kèm lý do), hệ thống kết nối và các API.",
    remedy_en = "Declare how it connects (LGSP, NDXP, directly, or not at all with a reason), to what, and the APIs."
)]
struct NothingDeclared;

#[derive(Violation)]
#[violation(
    vi = "Phần kết nối, chia sẻ dữ liệu chưa ghi cách kết nối.",
    en = "The interoperability section does not say how the system connects.",
    remedy_vi = "Ghi cách kết nối: LGSP, NDXP, trực tiếp hoặc không kết nối.",
    remedy_en = "State how: LGSP, NDXP, directly or not at all."
)]
struct NoVia;

#[derive(Violation)]
#[violation(
    vi = "Hồ sơ chọn {via} nhưng chưa nêu lý do.",
    en = "The dossier connects {via}, but gives no reason.",
    remedy_vi = "Nêu lý do không kết nối qua nền tảng tích hợp, chia sẻ dữ liệu dùng chung.",
    remedy_en = "Say why the shared integration platform is not used."
)]
struct NoReason {
    via: InteropVia,
}

#[derive(Violation)]
#[violation(
    severity = Warn,
    vi = "Hệ thống không kết nối, chia sẻ dữ liệu với hệ thống nào; lý do nêu là “{reason}”.",
    en = "The system connects to nothing; the reason given is “{reason}”.",
    remedy_vi = "Người thẩm định xem xét lý do; nếu không thỏa đáng thì bổ sung kết nối.",
    remedy_en = "The appraiser judges the reason; if it does not convince, add a connection."
)]
struct NotConnected {
    reason: String,
}

#[derive(Violation)]
#[violation(
    severity = Warn,
    vi = "Hệ thống kết nối trực tiếp, không qua nền tảng dùng chung; lý do nêu là “{reason}”.",
    en = "The system connects directly, not over the shared platform; the reason given is “{reason}”.",
    remedy_vi = "Người thẩm định xem xét lý do; nếu không thỏa đáng thì chuyển sang LGSP hoặc NDXP.",
    remedy_en = "The appraiser judges the reason; if it does not convince, use LGSP or NDXP."
)]
struct Direct {
    reason: String,
}

#[derive(Violation)]
#[violation(
    vi = "Phần kết nối, chia sẻ dữ liệu chưa nêu hệ thống kết nối.",
    en = "The interoperability section names no system to connect to.",
    remedy_vi = "Nêu ít nhất một hệ thống, cơ sở dữ liệu mà hệ thống này kết nối.",
    remedy_en = "Name at least one system or database that this one connects to."
)]
struct NoCounterpart;

#[derive(Violation)]
#[violation(
    vi = "Phần kết nối, chia sẻ dữ liệu chưa nêu dịch vụ kết nối (API) nào.",
    en = "The interoperability section names no API.",
    remedy_vi = "Liệt kê ít nhất một API với tên, chiều và dữ liệu.",
    remedy_en = "List at least one API with its name, direction and data."
)]
struct NoApi;

#[derive(Violation)]
#[violation(
    vi = "API thứ {api} chưa có tên.",
    en = "API number {api} has no name.",
    remedy_vi = "Ghi tên API.",
    remedy_en = "State its name."
)]
struct ApiWithoutName {
    api: String,
}

#[derive(Violation)]
#[violation(
    vi = "API “{api}” chưa ghi chiều dữ liệu là nhận, gửi hoặc hai chiều.",
    en = "The API “{api}” does not say whether data goes in, out or both ways.",
    remedy_vi = "Ghi chiều dữ liệu: in (nhận), out (gửi) hoặc both (hai chiều).",
    remedy_en = "State the direction: in, out or both."
)]
struct ApiWithoutDirection {
    api: String,
}

#[derive(Violation)]
#[violation(
    vi = "API “{api}” chưa nêu dữ liệu được chia sẻ.",
    en = "The API “{api}” does not say which data it shares.",
    remedy_vi = "Nêu dữ liệu mà API cung cấp hoặc nhận.",
    remedy_en = "Name the data that the API gives or takes."
)]
struct ApiWithoutData {
    api: String,
}
