use kycuong_rules_sdk::prelude::*;

/// Hồ sơ phải có danh mục tiêu chuẩn, quy chuẩn kỹ thuật áp dụng cho hạ tầng, phần mềm và dữ liệu.
///
/// Danh mục không được trống; mỗi loại cấu phần (hạ tầng và thiết bị, phần mềm, dữ liệu) có ít nhất một tiêu
/// chuẩn. Số hiệu không theo dạng thường gặp hoặc văn bản đã hết hiệu lực thì được lưu ý.
#[rule(
    requirement = "R62",
    title_vi = "Danh mục tiêu chuẩn, quy chuẩn",
    title_en = "Standards list",
    severity = Block,
    effective = "2012-11-30..",
    basis = "Quyết định 42/2012/QĐ-UBND của Ủy ban nhân dân tỉnh Quảng Ngãi; Nghị định 224/2026/NĐ-CP, Điều 46; Nghị định 224/2026/NĐ-CP, Điều 47",
    quote = "theo đúng tiêu chuẩn, quy chuẩn kỹ thuật",
    reads = ["standards.id", "standards.applies_to", "components.type"],
    facts = [legal_register(column = "number", path = "standards.*.id", optional)],
    violations = [NoStandards, AreaWithoutStandard, NoId, UnknownForm, Ended]
)]
pub fn standards_list_present(
    dossier: &Dossier,
    context: &Context,
    facts: &Facts,
    findings: &mut Findings,
) -> Checked {
    let needed: BTreeSet<Area> = dossier
        .components
        .iter()
        .filter_map(|component| Area::of(component.r#type.get()?))
        .collect();
    if needed.is_empty() && dossier.components.is_present() {
        return not_applicable(
            "Hồ sơ không có hạ tầng, thiết bị, phần mềm hoặc dữ liệu.",
            "The dossier has no infrastructure, equipment, software or data.",
        );
    }
    if dossier.standards.is_empty() {
        findings.add(at!(dossier.standards), NoStandards);
        return Ok(());
    }
    let covered: BTreeSet<Area> = dossier
        .standards
        .iter()
        .filter(|standard| standard.id.is_filled())
        .filter_map(|standard| Area::of(standard.applies_to.get()?))
        .collect();
    for component in &dossier.components {
        let Some(area) = component.r#type.get().and_then(Area::of) else { continue };
        if !covered.contains(&area) {
            let name = component.name.owned();
            findings.add(at!(component.r#type), AreaWithoutStandard { name, area: area.title() });
        }
    }
    for standard in &dossier.standards {
        let id = standard.id.trimmed();
        if id.is_empty() {
            findings.add(at!(standard.id), NoId { title: standard.title.owned() });
        } else if !is_known_form(&id) {
            findings.add(at!(standard.id), UnknownForm { id });
        } else if let Some(ended) = ended(facts, &id, context.on.get()) {
            findings.add(at!(standard.id), Ended { id, ended });
        }
    }
    Ok(())
}

/// What standards are listed for: equipment, software and data each need their own.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Area {
    Infrastructure,
    Software,
    Data,
}

impl Area {
    fn of(component: ComponentType) -> Option<Self> {
        match component {
            ComponentType::Infrastructure | ComponentType::EndUserDevice => {
                Some(Self::Infrastructure)
            }
            ComponentType::InternalSoftware
            | ComponentType::CommercialSoftware
            | ComponentType::Platform => Some(Self::Software),
            ComponentType::Database => Some(Self::Data),
            ComponentType::Service | ComponentType::Training => None,
        }
    }

    fn title(self) -> Bilingual {
        match self {
            Self::Infrastructure => {
                Bilingual::new("hạ tầng, thiết bị", "infrastructure and equipment")
            }
            Self::Software => Bilingual::new("phần mềm", "software"),
            Self::Data => Bilingual::new("dữ liệu", "data"),
        }
    }
}

/// `TCVN 9250:2021`, `QCVN 102:2016/BTTTT`, `ISO/IEC 27001`, `39/2017/TT-BTTTT` and the like.
fn is_known_form(id: &str) -> bool {
    const BODIES: [&str; 9] = ["TCVN", "QCVN", "ISO", "IEC", "IEEE", "ITU", "RFC", "W3C", "ETSI"];
    let has_digit = id.chars().any(|character| character.is_ascii_digit());
    has_digit && (id.contains("/TT-") || BODIES.iter().any(|body| id.starts_with(body)))
}

fn ended(facts: &Facts, id: &str, on: Option<Date>) -> Option<Date> {
    let row = facts.legal_register.iter().find(|row| row.number.is_text(id))?;
    row.to.get().filter(|last| on.is_some_and(|on| *last < on))
}

#[derive(Violation)]
#[violation(
    vi = "Hồ sơ chưa có danh mục tiêu chuẩn, quy chuẩn kỹ thuật áp dụng.",
    en = "The dossier lists no technical standards.",
    remedy_vi = "Bổ sung danh mục tiêu chuẩn, quy chuẩn áp dụng cho hạ tầng, thiết bị, phần mềm và dữ liệu của hồ sơ.",
    remedy_en = "List the standards that apply to the dossier's infrastructure, equipment, software and data."
)]
struct NoStandards;

#[derive(Violation)]
#[violation(
    vi = "Danh mục chưa có tiêu chuẩn, quy chuẩn về {area} áp dụng cho cấu phần “{name}”.",
    en = "The list has no standard on {area} for the component “{name}”.",
    remedy_vi = "Bổ sung ít nhất một tiêu chuẩn, quy chuẩn áp dụng cho {area}.",
    remedy_en = "Add at least one standard on {area}."
)]
struct AreaWithoutStandard {
    name: String,
    area: Bilingual,
}

#[derive(Violation)]
#[violation(
    severity = Warn,
    vi = "Tiêu chuẩn “{title}” trong danh mục chưa ghi số hiệu.",
    en = "The standard “{title}” in the list has no number.",
    remedy_vi = "Bổ sung số hiệu của tiêu chuẩn, quy chuẩn.",
    remedy_en = "Add its number."
)]
struct NoId {
    title: String,
}

#[derive(Violation)]
#[violation(
    severity = Warn,
    vi = "“{id}” không theo dạng số hiệu tiêu chuẩn, quy chuẩn (TCVN, QCVN, ISO, thông tư hoặc tương đương).",
    en = "“{id}” does not look like the number of a standard (TCVN, QCVN, ISO, a circular or the like).",
    remedy_vi = "Ghi đúng số hiệu, ví dụ “TCVN 9250:2021”.",
    remedy_en = "Write the number as published, such as “TCVN 9250:2021”."
)]
struct UnknownForm {
    id: String,
}

#[derive(Violation)]
#[violation(
    severity = Warn,
    vi = "“{id}” chỉ có hiệu lực đến hết ngày {ended}.",
    en = "“{id}” was in force until {ended} only.",
    remedy_vi = "Thay bằng tiêu chuẩn, quy chuẩn hoặc thông tư đang có hiệu lực.",
    remedy_en = "Replace it by what is in force."
)]
struct Ended {
    id: String,
    ended: Date,
}
