use kycuong_rules_sdk::prelude::*;

/// Hồ sơ phải có ít nhất một chỉ tiêu hiệu quả đo được.
///
/// Chỉ tiêu đo được có đơn vị tính, giá trị hiện tại, giá trị cần đạt khác giá trị hiện tại, và năm phải đạt không
/// trước năm kết thúc nhiệm vụ. Khi không có chỉ tiêu nào như vậy thì nêu từng điểm còn thiếu của các chỉ tiêu.
#[rule(
    requirement = "R31",
    title_vi = "Chỉ tiêu hiệu quả đo được",
    title_en = "Measurable indicators",
    severity = Warn,
    effective = "2023-12-28..",
    basis = "Công văn số 8826/UBND-VXNV ngày 28/12/2023; Nghị định 224/2026/NĐ-CP, Điều 66 khoản 4 điểm m",
    quote = "đảm bảo hiệu quả, phù hợp thực tiễn",
    reads = ["kpis.unit", "kpis.baseline", "kpis.target", "kpis.due_year", "time.end"],
    violations = [NoIndicator, NoUnit, NoBaseline, NoTarget, NoChange, NoDueYear, TooEarly]
)]
pub fn effectiveness_indicators_present(dossier: &Dossier, findings: &mut Findings) -> Checked {
    if dossier.kpis.is_empty() {
        findings.add(at!(dossier.kpis), NoIndicator);
        return Ok(());
    }
    let end = dossier.time.end.get().map(|end| u32::try_from(end.year()).unwrap_or(u32::MAX));
    let mut found = Vec::new();
    for indicator in &dossier.kpis {
        let mut gaps = Vec::new();
        if !indicator.unit.is_filled() {
            gaps.push((at!(indicator.unit), Gap::Unit));
        }
        match (indicator.baseline.get(), indicator.target.get()) {
            (None, None) => {
                gaps.push((at!(indicator.baseline), Gap::Baseline));
                gaps.push((at!(indicator.target), Gap::Target));
            }
            (None, Some(_)) => gaps.push((at!(indicator.baseline), Gap::Baseline)),
            (Some(_), None) => gaps.push((at!(indicator.target), Gap::Target)),
            (Some(baseline), Some(target)) if baseline == target => {
                gaps.push((at!(indicator.target), Gap::NoChange(target)));
            }
            (Some(_), Some(_)) => {}
        }
        match (indicator.due_year.get(), end) {
            (None, _) => gaps.push((at!(indicator.due_year), Gap::DueYear)),
            (Some(due), Some(end)) if due < end => {
                gaps.push((at!(indicator.due_year), Gap::TooEarly { due, end }));
            }
            (Some(_), _) => {}
        }
        if gaps.is_empty() {
            // Measurable; whether it is due late enough needs the end of the task.
            require!(dossier.time.end);
            return Ok(());
        }
        found.push((indicator.name.owned(), gaps));
    }
    for (name, gaps) in found {
        for (place, gap) in gaps {
            let name = name.clone();
            match gap {
                Gap::Unit => findings.add(place, NoUnit { name }),
                Gap::Baseline => findings.add(place, NoBaseline { name }),
                Gap::Target => findings.add(place, NoTarget { name }),
                Gap::NoChange(target) => findings.add(place, NoChange { name, target }),
                Gap::DueYear => findings.add(place, NoDueYear { name }),
                Gap::TooEarly { due, end } => {
                    let (due, end) = (due.to_string(), end.to_string());
                    findings.add(place, TooEarly { name, due, end });
                }
            }
        }
    }
    Ok(())
}

/// What keeps an indicator from being measurable.
enum Gap {
    Unit,
    Baseline,
    Target,
    NoChange(Quantity),
    DueYear,
    TooEarly { due: Count, end: Count },
}

#[derive(Violation)]
#[violation(
    vi = "Hồ sơ chưa có chỉ tiêu hiệu quả nào.",
    en = "The dossier has no indicator of its effectiveness.",
    remedy_vi = "Bổ sung ít nhất một chỉ tiêu có đơn vị tính, giá trị hiện tại, giá trị cần đạt và năm phải đạt.",
    remedy_en = "Add at least one indicator with unit, baseline, target and the year in which it is due."
)]
struct NoIndicator;

#[derive(Violation)]
#[violation(
    vi = "Chỉ tiêu “{name}” chưa có đơn vị tính.",
    en = "The indicator “{name}” has no unit.",
    remedy_vi = "Bổ sung đơn vị tính của chỉ tiêu.",
    remedy_en = "Add its unit."
)]
struct NoUnit {
    name: String,
}

#[derive(Violation)]
#[violation(
    vi = "Chỉ tiêu “{name}” chưa có giá trị hiện tại bằng số.",
    en = "The indicator “{name}” has no numeric baseline.",
    remedy_vi = "Bổ sung giá trị hiện tại theo kết quả khảo sát.",
    remedy_en = "Add the baseline that the survey found."
)]
struct NoBaseline {
    name: String,
}

#[derive(Violation)]
#[violation(
    vi = "Chỉ tiêu “{name}” chưa có giá trị cần đạt bằng số.",
    en = "The indicator “{name}” has no numeric target.",
    remedy_vi = "Bổ sung giá trị cần đạt.",
    remedy_en = "Add the target."
)]
struct NoTarget {
    name: String,
}

#[derive(Violation)]
#[violation(
    vi = "Chỉ tiêu “{name}” có giá trị cần đạt bằng giá trị hiện tại là {target}, nên không đo được hiệu quả.",
    en = "The indicator “{name}” has a target equal to its baseline, {target}, so it measures no effect.",
    remedy_vi = "Kiểm tra lại giá trị hiện tại và giá trị cần đạt.",
    remedy_en = "Check baseline and target."
)]
struct NoChange {
    name: String,
    target: Quantity,
}

#[derive(Violation)]
#[violation(
    vi = "Chỉ tiêu “{name}” chưa ghi năm phải đạt.",
    en = "The indicator “{name}” does not say in which year it is due.",
    remedy_vi = "Bổ sung năm phải đạt.",
    remedy_en = "Add the year."
)]
struct NoDueYear {
    name: String,
}

#[derive(Violation)]
#[violation(
    vi = "Chỉ tiêu “{name}” phải đạt năm {due}, trước năm kết thúc nhiệm vụ là {end}.",
    en = "The indicator “{name}” is due in {due}, before the task ends in {end}.",
    remedy_vi = "Ghi lại năm phải đạt từ năm kết thúc nhiệm vụ trở đi.",
    remedy_en = "Set the year to the end of the task or later."
)]
struct TooEarly {
    name: String,
    due: String,
    end: String,
}
