use kycuong_law::local_levels::has_districts;
use kycuong_rules_sdk::model::facts::Commune;
use kycuong_rules_sdk::prelude::*;

/// The digits of a commune's code, and of a district's until there were none.
const COMMUNE_DIGITS: usize = 5;
const DISTRICT_DIGITS: usize = 3;

/// Hồ sơ phải khai phạm vi triển khai đến cấp xã.
///
/// Hồ sơ khai triển khai toàn tỉnh, hoặc liệt kê mã 5 chữ số của các xã, phường, đặc khu; hồ sơ khai không triển khai toàn
/// tỉnh và không liệt kê xã nào thì không xét. Từ ngày 01/07/2025 không còn thị trấn và cấp huyện. Mã phải có trong danh
/// mục cấp xã, còn hiệu lực tại ngày xét và thuộc tỉnh của hồ sơ.
#[rule(
    requirement = "R58",
    title_vi = "Phạm vi đến cấp xã",
    title_en = "Commune roll-out",
    severity = Inform,
    effective = "2019-01-01..",
    basis = "Kế hoạch thực hiện Chương trình mục tiêu Công nghệ thông tin giai đoạn 2019 - 2020 của Ủy ban nhân dân tỉnh Đồng Nai; Quyết định 19/2025/QĐ-TTg",
    quote = "triển khai ứng dụng công nghệ thông tin đến cấp xã, phường, thị trấn",
    facts = [communes(column = "code", path = "scope.communes.*", optional)],
    violations = [NoScope, Abolished, NoCode, Unknown, NotInForce, OtherProvince]
)]
pub fn commune_rollout_declared(
    dossier: &Dossier,
    facts: &Facts,
    context: &Context,
    findings: &mut Findings,
) -> Checked {
    let communes = &dossier.scope.communes;
    if communes.is_empty() {
        return match dossier.scope.province_wide.get() {
            Some(true) => Ok(()),
            Some(false) => not_applicable(
                "Hồ sơ khai không triển khai đến cấp xã.",
                "The dossier declares that it is not rolled out to communes.",
            ),
            None => {
                findings.add(at!(dossier.scope.province_wide), NoScope);
                Ok(())
            }
        };
    }
    let on = require!(context.on);
    let province = dossier.province.code.text();
    // Merged communes kept codes, so a code may have rows of several periods.
    let mut listed: BTreeMap<Text, Vec<&Commune>> = BTreeMap::new();
    for row in &facts.communes {
        listed.entry(row.code.text()).or_default().push(row);
    }
    let mut has_code = false;
    for commune in communes {
        let text = commune.trimmed();
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        if digits && text.len() == COMMUNE_DIGITS {
            has_code = true;
            if facts.communes.is_present() {
                let rows = listed.get(text.as_str()).map_or(&[][..], Vec::as_slice);
                check_code(commune, text, &province, on, rows, findings);
            }
        } else if !has_districts(on) && is_abolished(&text, digits) {
            findings.add(at!(commune), Abolished { text });
        } else {
            findings.add(at!(commune), NoCode { text });
        }
    }
    if has_code && !facts.communes.is_present() {
        return Err(Stop::Missing(Missing::Facts("communes".to_owned())));
    }
    Ok(())
}

/// Whether a text names a township or a district, or is a district's code.
fn is_abolished(text: &str, digits: bool) -> bool {
    let lower = text.to_lowercase();
    let names = ["thị trấn", "huyện", "quận", "thị xã"];
    (digits && text.len() == DISTRICT_DIGITS) || names.iter().any(|name| lower.starts_with(name))
}

fn check_code(
    commune: &Field<Text>,
    code: String,
    province: &str,
    on: Date,
    rows: &[&Commune],
    findings: &mut Findings,
) {
    let valid = rows.iter().find(|row| {
        row.from.get().is_none_or(|from| from <= on) && row.to.get().is_none_or(|to| on <= to)
    });
    let Some(row) = valid else {
        match rows.iter().max_by_key(|row| row.from.get()) {
            None => findings.add(at!(commune), Unknown { code }),
            Some(row) => {
                let name = row.name.owned();
                findings.add(at!(commune), NotInForce { code, name, on });
            }
        }
        return;
    };
    if !province.is_empty() && row.province.get().is_some_and(|listed| listed != province) {
        let (name, listed) = (row.name.owned(), row.province.owned());
        let province = province.to_owned();
        findings.add(at!(commune), OtherProvince { code, name, listed, province });
    }
}

#[derive(Violation)]
#[violation(
    vi = "Hồ sơ chưa khai phạm vi triển khai đến cấp xã.",
    en = "The dossier does not declare its roll-out to communes.",
    remedy_vi = "Khai triển khai toàn tỉnh hay không; nếu không thì liệt kê mã các xã, phường, đặc khu được triển khai.",
    remedy_en = "Declare whether it covers the whole province; if not, list the codes of the communes."
)]
struct NoScope;

#[derive(Violation)]
#[violation(
    vi = "Phạm vi triển khai ghi “{text}”; từ ngày 01/07/2025 không còn thị trấn và đơn vị hành chính cấp huyện.",
    en = "The roll-out names “{text}”; since 2025-07-01 there are no townships and no districts.",
    remedy_vi = "Ghi mã 5 chữ số của các xã, phường, đặc khu hiện nay của địa bàn đó.",
    remedy_en = "Enter the 5-digit codes of today's communes of that area."
)]
struct Abolished {
    text: String,
}

#[derive(Violation)]
#[violation(
    vi = "Phạm vi triển khai ghi “{text}”, không phải mã cấp xã gồm 5 chữ số.",
    en = "The roll-out names “{text}”, which is no commune code of 5 digits.",
    remedy_vi = "Ghi mã 5 chữ số của xã, phường, đặc khu.",
    remedy_en = "Enter the 5-digit code of the commune."
)]
struct NoCode {
    text: String,
}

#[derive(Violation)]
#[violation(
    vi = "Mã cấp xã {code} không có trong danh mục.",
    en = "The commune code {code} is not in the list.",
    remedy_vi = "Đối chiếu danh mục đơn vị hành chính cấp xã và ghi lại mã.",
    remedy_en = "Compare with the list of communes and correct the code."
)]
struct Unknown {
    code: String,
}

#[derive(Violation)]
#[violation(
    vi = "Mã cấp xã {code} ({name}) không có hiệu lực vào ngày {on}.",
    en = "The commune code {code} ({name}) is not in force on {on}.",
    remedy_vi = "Ghi mã của xã, phường, đặc khu có hiệu lực vào ngày {on}.",
    remedy_en = "Enter the code of the commune that is in force on {on}."
)]
struct NotInForce {
    code: String,
    name: String,
    on: Date,
}

#[derive(Violation)]
#[violation(
    vi = "Mã cấp xã {code} ({name}) thuộc tỉnh, thành phố mã {listed}, không thuộc mã {province} của hồ sơ.",
    en = "The commune code {code} ({name}) belongs to the province {listed}, not to the dossier's {province}.",
    remedy_vi = "Ghi lại mã cấp xã hoặc mã tỉnh, thành phố của hồ sơ.",
    remedy_en = "Correct the commune or the province of the dossier."
)]
struct OtherProvince {
    code: String,
    name: String,
    listed: String,
    province: String,
}
