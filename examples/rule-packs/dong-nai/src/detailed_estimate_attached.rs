use kycuong_rules_sdk::prelude::*;

#[derive(Parameters)]
pub struct EstimateParameters {
    /// Tỷ lệ tối đa của một dòng chi trọn gói trong nhóm chi phí (%).
    #[parameter(default = "30", min = "5", max = "100")]
    pub lump_sum_share: Percent,
}

/// Hồ sơ phải kèm dự toán chi tiết khớp với tổng dự toán.
///
/// Mỗi nhóm chi phí khác 0 (trừ dự phòng) có ít nhất một dòng chi; một dòng chi trọn gói vượt tỷ lệ cho phép
/// của nhóm thì được lưu ý; giấy tờ dự toán chi tiết kèm theo ghi số tiền bằng tổng dự toán.
#[rule(
    requirement = "R49",
    title_vi = "Có dự toán chi tiết",
    title_en = "Detailed estimate attached",
    severity = Block,
    effective = "2019-01-01..",
    basis = "Kế hoạch thực hiện Chương trình mục tiêu Công nghệ thông tin giai đoạn 2019 - 2020 của Ủy ban nhân dân tỉnh Đồng Nai; Nghị định 224/2026/NĐ-CP, Điều 49; Nghị định 104/2026/NĐ-CP",
    quote = "xây dựng dự toán chi tiết cho các dự án, nhiệm vụ",
    reads = ["costs.groups.key", "costs.groups.amount", "costs.lines.group", "costs.lines.amount", "costs.lines.lump_sum"],
    violations = [
        NoLines, GroupWithoutLines, LumpSumTooLarge, NoEstimate, EstimateWithoutAmount,
        EstimateDiffers,
    ]
)]
pub fn detailed_estimate_attached(
    dossier: &Dossier,
    parameters: &EstimateParameters,
    findings: &mut Findings,
) -> Checked {
    let lines = &dossier.costs.lines;
    if lines.is_empty() {
        findings.add(at!(dossier.costs.lines), NoLines);
    }
    for group in &dossier.costs.groups {
        let (Some(key), Some(amount)) = (group.key.get(), group.amount.get()) else { continue };
        if key == CostGroupKey::Contingency || amount.is_zero() {
            continue;
        }
        if !lines.is_empty() && !lines.iter().any(|line| line.group.is(key)) {
            findings.add(at!(group.amount), GroupWithoutLines { key, amount });
        }
        let share = parameters.lump_sum_share;
        for line in lines.iter().filter(|line| line.group.is(key) && line.lump_sum.is(true)) {
            if let Some(lump_sum) = line.amount.get().filter(|lump_sum| *lump_sum > share * amount)
            {
                let line_name = line.name.owned();
                findings.add(
                    at!(line.amount),
                    LumpSumTooLarge { line_name, lump_sum, share, key, amount },
                );
            }
        }
    }

    let mut estimates: Vec<_> = dossier.attachments.iter().collect();
    estimates.retain(|paper| paper.document_type.is(DocumentType::Estimate));
    if estimates.is_empty() {
        findings.add(at!(dossier.attachments), NoEstimate);
    }
    for paper in estimates {
        match (paper.amount.get(), dossier.costs.total.get()) {
            (None, _) => findings.add(at!(paper.amount), EstimateWithoutAmount),
            (Some(stated), Some(total)) if stated != total => {
                let difference = stated.distance(total);
                findings.add(at!(paper.amount), EstimateDiffers { stated, total, difference });
            }
            (Some(_), _) => {}
        }
    }
    Ok(())
}

#[derive(Violation)]
#[violation(
    vi = "Dự toán chưa có dòng chi nào.",
    en = "The estimate has no lines.",
    remedy_vi = "Lập dự toán chi tiết với các dòng chi của từng nhóm chi phí.",
    remedy_en = "Work out the estimate, with lines for each group."
)]
struct NoLines;

#[derive(Violation)]
#[violation(
    vi = "Nhóm “{key}” có số tiền {amount} nhưng không có dòng chi nào.",
    en = "The group “{key}” has {amount}, but no lines.",
    remedy_vi = "Bổ sung các dòng chi của nhóm “{key}”.",
    remedy_en = "Add the lines of the group “{key}”."
)]
struct GroupWithoutLines {
    key: CostGroupKey,
    amount: Money,
}

#[derive(Violation)]
#[violation(
    severity = Warn,
    vi = "Dòng chi trọn gói “{line_name}” là {lump_sum}, vượt {share} của nhóm “{key}” ({amount}).",
    en = "The lump sum “{line_name}” is {lump_sum}, above {share} of the group “{key}” ({amount}).",
    remedy_vi = "Tách dòng chi thành số lượng và đơn giá cụ thể.",
    remedy_en = "Break the line down into quantities and unit prices."
)]
struct LumpSumTooLarge {
    line_name: String,
    lump_sum: Money,
    share: Percent,
    key: CostGroupKey,
    amount: Money,
}

#[derive(Violation)]
#[violation(
    vi = "Hồ sơ chưa kèm dự toán chi tiết.",
    en = "No detailed estimate is attached.",
    remedy_vi = "Bổ sung giấy tờ dự toán chi tiết, ghi số tiền bằng tổng dự toán.",
    remedy_en = "Attach the detailed estimate, with an amount equal to the total."
)]
struct NoEstimate;

#[derive(Violation)]
#[violation(
    vi = "Dự toán chi tiết kèm theo chưa ghi số tiền.",
    en = "The attached estimate states no amount.",
    remedy_vi = "Ghi số tiền của dự toán chi tiết.",
    remedy_en = "State the amount of the estimate."
)]
struct EstimateWithoutAmount;

#[derive(Violation)]
#[violation(
    vi = "Dự toán chi tiết kèm theo ghi {stated}, lệch {difference} so với tổng dự toán {total}.",
    en = "The attached estimate states {stated}, which differs by {difference} from the total of {total}.",
    remedy_vi = "Thống nhất số tiền giữa dự toán chi tiết kèm theo và tổng dự toán.",
    remedy_en = "Make the attached estimate and the total agree."
)]
struct EstimateDiffers {
    stated: Money,
    total: Money,
    difference: Money,
}
