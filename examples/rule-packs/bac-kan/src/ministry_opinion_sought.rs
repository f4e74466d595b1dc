use kycuong_rules_sdk::prelude::*;

/// Nhiệm vụ liên quan hệ thống ngành dọc cần có ý kiến của Bộ, ngành chủ quản.
///
/// Cần ý kiến khi có cấu phần thuộc hệ thống của một ngành, hoặc kết nối với hệ thống của Bộ, ngành hay quốc gia.
/// Khi cần mà chưa có ý kiến (số, ngày) và chưa nêu lý do không cần thì được lưu ý; văn bản chỉ đạo ghi
/// “(nếu cần thiết)” nên không trả lại hồ sơ.
#[rule(
    requirement = "R27",
    title_vi = "Ý kiến Bộ, ngành chủ quản",
    title_en = "Line-ministry opinion",
    severity = Warn,
    effective = "2023-12-28..",
    basis = "Công văn số 8826/UBND-VXNV ngày 28/12/2023; Nghị định 224/2026/NĐ-CP, Điều 66 khoản 5 điểm b",
    quote = "chủ động xin ý kiến của Bộ/ngành chủ quản",
    reads = ["components.sector", "interop.counterparts.national"],
    violations = [SectorWithoutOpinion, ConnectionWithoutOpinion, OpinionUndated]
)]
pub fn ministry_opinion_sought(dossier: &Dossier, findings: &mut Findings) -> Checked {
    let sector = dossier.components.iter().find(|component| component.sector.is_filled());
    let national =
        dossier.interop.counterparts.iter().any(|counterpart| counterpart.national.is(true));
    if sector.is_none() && !national {
        return not_applicable(
            "Hồ sơ không có cấu phần thuộc hệ thống ngành dọc và không kết nối với hệ thống của Bộ, ngành.",
            "The dossier has no component of a sector system and no connection to a system of a ministry.",
        );
    }
    let mut opinions: Vec<_> = dossier.opinions.iter().collect();
    opinions.retain(|opinion| opinion.from_role.is(Role::LineMinistry));
    let is_settled = opinions.iter().any(|opinion| {
        opinion.not_needed_reason.is_filled()
            || (opinion.number.is_filled() && opinion.date.is_present())
    });
    if is_settled {
        return Ok(());
    }
    if let Some(opinion) = opinions.first() {
        findings.add(at!(opinion.number), OpinionUndated);
    } else if let Some(component) = sector {
        let (name, sector) = (component.name.owned(), component.sector.owned());
        findings.add(at!(dossier.opinions), SectorWithoutOpinion { name, sector });
    } else {
        findings.add(at!(dossier.opinions), ConnectionWithoutOpinion);
    }
    Ok(())
}

#[derive(Violation)]
#[violation(
    vi = "Cấu phần “{name}” thuộc hệ thống ngành “{sector}” nhưng hồ sơ chưa có ý kiến của Bộ, ngành chủ quản.",
    en = "The component “{name}” belongs to the sector system “{sector}”, but there is no opinion of the line ministry.",
    remedy_vi = "Xin ý kiến của Bộ, ngành chủ quản và bổ sung số, ngày văn bản, hoặc nêu lý do không cần xin ý kiến.",
    remedy_en = "Ask the line ministry and add number and date of its opinion, or state why none is needed."
)]
struct SectorWithoutOpinion {
    name: String,
    sector: String,
}

#[derive(Violation)]
#[violation(
    vi = "Hồ sơ kết nối với hệ thống của Bộ, ngành hoặc quốc gia nhưng chưa có ý kiến của Bộ, ngành chủ quản.",
    en = "The dossier connects to a system of a ministry or of the nation, but there is no opinion of the line ministry.",
    remedy_vi = "Xin ý kiến của Bộ, ngành chủ quản và bổ sung số, ngày văn bản, hoặc nêu lý do không cần xin ý kiến.",
    remedy_en = "Ask the line ministry and add number and date of its opinion, or state why none is needed."
)]
struct ConnectionWithoutOpinion;

#[derive(Violation)]
#[violation(
    vi = "Ý kiến của Bộ, ngành chủ quản chưa ghi đủ số và ngày văn bản.",
    en = "The opinion of the line ministry lacks its number or date.",
    remedy_vi = "Bổ sung số và ngày của văn bản ý kiến.",
    remedy_en = "Add number and date of the opinion."
)]
struct OpinionUndated;
