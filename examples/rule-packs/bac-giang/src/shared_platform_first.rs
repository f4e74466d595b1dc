use kycuong_rules_sdk::model::solution::Component;
use kycuong_rules_sdk::prelude::*;

use crate::shared_platforms::{is_analysed, is_infrastructure, is_undecided, names, serves};

/// Hồ sơ ưu tiên nền tảng dùng chung, không xây dựng mới chức năng mà nền tảng dùng chung đã có.
///
/// Dùng danh mục nền tảng dùng chung quốc gia và của tỉnh. Cấu phần phần mềm, nền tảng, cơ sở dữ liệu xây dựng mới có mã
/// chức năng trùng với nền tảng dùng chung thì được lưu ý; nếu hồ sơ chưa phân tích việc kế thừa nền tảng đó thì phải
/// bổ sung. Trùng lặp hay không do người thẩm định quyết định.
#[rule(
    requirement = "R71",
    title_vi = "Ưu tiên nền tảng dùng chung",
    title_en = "Shared platform first",
    severity = Warn,
    effective = "2021-01-01..",
    basis = "Kế hoạch chuyển đổi số tỉnh Bắc Giang giai đoạn 2021-2025, định hướng đến năm 2030; Nghị định 224/2026/NĐ-CP, Điều 23 khoản 1 điểm a",
    quote = "theo hướng dùng chung hạ tầng số, nền tảng số",
    reads = [
        "components.type",
        "components.action",
        "components.function_code",
        "province.code",
        "systems.reuse_analysis"
    ],
    facts = [shared_platforms(column = "function_code", path = "components.*.function_code")],
    violations = [NotAnalysed, BuiltAnyway]
)]
pub fn shared_platform_first(dossier: &Dossier, facts: &Facts, findings: &mut Findings) -> Checked {
    let mut built = require!(dossier.components).iter().filter(|part| is_built(part)).peekable();
    if built.peek().is_none() {
        return not_applicable(
            "Hồ sơ không xây dựng mới phần mềm, nền tảng hoặc cơ sở dữ liệu.",
            "The dossier builds no new software, platform or database.",
        );
    }
    let mut missing = None;
    for component in built {
        let code = component.function_code.trimmed();
        if code.is_empty() {
            missing.get_or_insert_with(|| Missing::Field(at!(component.function_code)));
            continue;
        }
        let offered: Vec<_> = facts
            .shared_platforms
            .iter()
            .filter(|platform| platform.function_code.is_text(&code))
            .filter(|platform| !is_infrastructure(platform))
            .collect();
        if offered.iter().any(|platform| is_undecided(platform, dossier)) {
            missing.get_or_insert_with(|| Missing::Field(at!(dossier.province.code)));
        }
        let (analysed, not_analysed): (Vec<_>, Vec<_>) = offered
            .into_iter()
            .filter(|platform| serves(platform, dossier))
            .partition(|platform| is_analysed(platform, dossier));
        let component_name = component.name.owned();
        let place = at!(component.function_code);
        if !not_analysed.is_empty() {
            let (name, platforms) = (component_name, names(&not_analysed));
            findings.add(place, NotAnalysed { name, code, platforms });
        } else if !analysed.is_empty() {
            let (name, platforms) = (component_name, names(&analysed));
            findings.add(place, BuiltAnyway { name, code, platforms });
        }
    }
    missing.map_or(Ok(()), |missing| Err(missing.into()))
}

fn is_built(component: &Component) -> bool {
    component.action.is(ComponentAction::Build)
        && matches!(
            component.r#type.get(),
            Some(
                ComponentType::InternalSoftware | ComponentType::Platform | ComponentType::Database
            )
        )
}

#[derive(Violation)]
#[violation(
    vi = "Cấu phần “{name}” xây dựng mới chức năng “{code}” đã có ở nền tảng dùng chung {platforms}, và hồ sơ chưa phân tích việc dùng chung.",
    en = "The component “{name}” builds the function “{code}” anew, which the shared platform {platforms} offers, and the dossier does not discuss using it.",
    remedy_vi = "Dùng nền tảng dùng chung, hoặc bổ sung phân tích kế thừa nêu lý do không dùng được.",
    remedy_en = "Use the shared platform, or add to the reuse analysis why it cannot be used."
)]
struct NotAnalysed {
    name: String,
    code: String,
    platforms: String,
}

#[derive(Violation)]
#[violation(
    vi = "Cấu phần “{name}” xây dựng mới chức năng “{code}” đã có ở nền tảng dùng chung {platforms}; hồ sơ đã nêu lý do trong phân tích kế thừa.",
    en = "The component “{name}” builds the function “{code}” anew, which the shared platform {platforms} offers; the reuse analysis gives the reason.",
    remedy_vi = "Người thẩm định xem xét lý do không dùng nền tảng dùng chung.",
    remedy_en = "The appraiser weighs the reason for not using the shared platform."
)]
struct BuiltAnyway {
    name: String,
    code: String,
    platforms: String,
}
