use kycuong_rules_sdk::model::costs::CostLine;
use kycuong_rules_sdk::prelude::*;

/// The largest amount that a document can hold; a computed one above it equals no stated one.
const AMOUNT_MAX: Money = Money::dong(999_999_999_999_999_999);

/// Dự toán phải được tính đúng đến từng đồng.
///
/// Thành tiền của dòng chi bằng số lượng nhân đơn giá cộng thuế giá trị gia tăng, làm tròn nửa lên đến đồng; số tiền của
/// nhóm chi phí bằng tổng các dòng chi của nhóm; chi phí dự phòng bằng tổng các phần; tổng dự toán bằng tổng các nhóm;
/// tổng các nguồn vốn bằng tổng dự toán. Không có sai số.
#[rule(
    requirement = "R12",
    title_vi = "Số học dự toán",
    title_en = "Arithmetic of the estimate",
    severity = Block,
    effective = "2020-01-01..",
    basis = "Nghị định 224/2026/NĐ-CP, Điều 49, Điều 67 khoản 2 điểm h; Thông tư 03/2020/TT-BTTTT, Điều 5; Công văn số 305/THH-QLĐT ngày 28/02/2022",
    quote = "dự toán phải được tính đúng",
    violations = [
        LineDiffers, LineTooLarge, LineWithoutAmount, LineWithoutQuantity, LineWithoutPrice,
        LineWithoutGroup, LineOutsideGroups, GroupWithoutKey, GroupWithoutAmount, GroupTwice,
        GroupDiffers, PartsDiffer, TotalDiffers, LinesDiffer, NoTotal, SourceWithoutAmount,
        FundingDiffers,
    ]
)]
pub fn cost_arithmetic(dossier: &Dossier, findings: &mut Findings) -> Checked {
    let lines = require!(dossier.costs.lines);
    for line in lines {
        check_line(line, findings);
    }
    // Sums are only compared when nothing in them is missing: what is missing is reported by itself.
    let sum_of = |key: CostGroupKey| -> Option<Money> {
        lines.iter().filter(|line| line.group.is(key)).map(|line| line.amount.get()).sum()
    };

    let groups = &dossier.costs.groups;
    let mut seen = BTreeSet::new();
    for group in groups {
        let Some(key) = group.key.get() else {
            findings.add(at!(group.key), GroupWithoutKey);
            continue;
        };
        if !seen.insert(key) {
            findings.add(at!(group.key), GroupTwice { group: key });
        }
        let Some(amount) = group.amount.get() else {
            findings.add(at!(group.amount), GroupWithoutAmount { group: key });
            continue;
        };
        let has_lines = lines.iter().any(|line| line.group.is(key));
        // The contingency is one amount for the whole estimate; it needs no lines.
        if (has_lines || key != CostGroupKey::Contingency)
            && let Some(sum) = sum_of(key).filter(|sum| *sum != amount)
        {
            let difference = amount.distance(sum);
            findings.add(at!(group.amount), GroupDiffers { group: key, amount, sum, difference });
        }
        if !group.parts.is_empty() {
            let sum: Money = group.parts.iter().filter_map(|part| part.amount.get()).sum();
            if sum != amount {
                let difference = amount.distance(sum);
                findings.add(at!(group.parts), PartsDiffer { group: key, amount, sum, difference });
            }
        }
    }
    // A purchase within the estimate has no prescribed groups: its lines make the total.
    let by_groups = !groups.is_empty();
    if by_groups {
        for line in lines {
            match line.group.get() {
                None => findings.add(at!(line.group), LineWithoutGroup { line: line.label() }),
                Some(group) if !seen.contains(&group) => {
                    let line_name = line.label();
                    findings.add(at!(line.group), LineOutsideGroups { line: line_name, group });
                }
                Some(_) => {}
            }
        }
    } else if !dossier.kind.is(DossierKind::PurchaseWithoutProject) {
        return Err(Missing::Field(at!(dossier.costs.groups)).into());
    }

    let Some(total) = dossier.costs.total.get() else {
        findings.add(at!(dossier.costs.total), NoTotal);
        return Ok(());
    };
    if by_groups {
        let sum: Option<Money> = groups.iter().map(|group| group.amount.get()).sum();
        if let Some(sum) = sum.filter(|sum| *sum != total) {
            findings.add(
                at!(dossier.costs.total),
                TotalDiffers { total, sum, difference: total.distance(sum) },
            );
        }
    } else {
        let sum: Option<Money> = lines.iter().map(|line| line.amount.get()).sum();
        if let Some(sum) = sum.filter(|sum| *sum != total) {
            findings.add(
                at!(dossier.costs.total),
                LinesDiffer { total, sum, difference: total.distance(sum) },
            );
        }
    }
    if !dossier.funding.is_empty() {
        for source in dossier.funding.iter().filter(|source| !source.amount.is_present()) {
            findings.add(at!(source.amount), SourceWithoutAmount);
        }
        let sum: Option<Money> = dossier.funding.iter().map(|source| source.amount.get()).sum();
        if let Some(sum) = sum.filter(|sum| *sum != total) {
            findings.add(
                at!(dossier.funding),
                FundingDiffers { total, sum, difference: total.distance(sum) },
            );
        }
    }
    Ok(())
}

fn check_line(line: &CostLine, findings: &mut Findings) {
    let name = line.label();
    let Some(amount) = line.amount.get() else {
        findings.add(at!(line.amount), LineWithoutAmount { line: name });
        return;
    };
    let (quantity, unit_price) = match (line.quantity.get(), line.unit_price.get()) {
        (Some(quantity), Some(unit_price)) => (quantity, unit_price),
        // A lump sum may stand as one amount.
        (None, None) if line.lump_sum.is(true) => return,
        (None, _) => {
            findings.add(at!(line.quantity), LineWithoutQuantity { line: name });
            return;
        }
        (_, None) => {
            findings.add(at!(line.unit_price), LineWithoutPrice { line: name });
            return;
        }
    };
    let Some(net) = unit_price.checked_times(quantity).filter(|net| *net <= AMOUNT_MAX) else {
        findings.add(at!(line.quantity), LineTooLarge { line: name, quantity, unit_price });
        return;
    };
    let rate = vat(line.vat_rate.get());
    let computed = (net + rate * net).round_half_up_to_dong();
    if computed != amount {
        let difference = amount.distance(computed);
        let differs =
            LineDiffers { line: name, amount, computed, quantity, unit_price, rate, difference };
        findings.add(at!(line.amount), differs);
    }
}

/// The rate to add; a line that states none is not subject to the tax.
fn vat(rate: Option<VatRate>) -> Percent {
    match rate {
        None | Some(VatRate::NotSubject | VatRate::Zero) => Percent::new(0),
        Some(VatRate::Five) => Percent::new(5),
        Some(VatRate::Eight) => Percent::new(8),
        Some(VatRate::Ten) => Percent::new(10),
    }
}

#[derive(Violation)]
#[violation(
    vi = "Dòng chi “{line}” ghi thành tiền {amount}, nhưng {quantity} × {unit_price} cộng thuế {rate} bằng {computed}; chênh lệch {difference}.",
    en = "The line “{line}” states {amount}, but {quantity} × {unit_price} plus {rate} tax is {computed}; the difference is {difference}.",
    remedy_vi = "Tính lại thành tiền, hoặc ghi lại số lượng, đơn giá, thuế suất.",
    remedy_en = "Correct the amount, or the quantity, the unit price or the tax rate."
)]
struct LineDiffers {
    line: String,
    amount: Money,
    computed: Money,
    quantity: Quantity,
    unit_price: Money,
    rate: Percent,
    difference: Money,
}

#[derive(Violation)]
#[violation(
    vi = "Dòng chi “{line}” có {quantity} × {unit_price} lớn hơn số tiền mà một dòng chi có thể ghi.",
    en = "The line “{line}” has {quantity} × {unit_price}, which is more than a line can state.",
    remedy_vi = "Ghi lại số lượng và đơn giá; có thể đơn giá ghi nhầm đơn vị.",
    remedy_en = "Correct the quantity and the unit price; the unit may be wrong."
)]
struct LineTooLarge {
    line: String,
    quantity: Quantity,
    unit_price: Money,
}

#[derive(Violation)]
#[violation(
    vi = "Dòng chi “{line}” chưa ghi thành tiền bằng số nguyên đồng.",
    en = "The line “{line}” has no amount in whole đồng.",
    remedy_vi = "Ghi thành tiền thành chuỗi chữ số liền nhau trong ngoặc kép, ví dụ “4800000000”.",
    remedy_en = "State the amount, such as 4800000000 (no separators, no words)."
)]
struct LineWithoutAmount {
    line: String,
}

#[derive(Violation)]
#[violation(
    vi = "Dòng chi “{line}” chưa ghi số lượng nên không kiểm tra được thành tiền.",
    en = "The line “{line}” has no quantity, so its amount cannot be checked.",
    remedy_vi = "Ghi số lượng; khoản trọn gói ghi số lượng 1.",
    remedy_en = "State the quantity; a lump sum has quantity 1."
)]
struct LineWithoutQuantity {
    line: String,
}

#[derive(Violation)]
#[violation(
    vi = "Dòng chi “{line}” chưa ghi đơn giá trước thuế nên không kiểm tra được thành tiền.",
    en = "The line “{line}” has no unit price before tax, so its amount cannot be checked.",
    remedy_vi = "Ghi đơn giá trước thuế bằng số nguyên đồng.",
    remedy_en = "State the unit price before tax in whole đồng."
)]
struct LineWithoutPrice {
    line: String,
}

#[derive(Violation)]
#[violation(
    vi = "Dòng chi “{line}” chưa ghi nhóm chi phí.",
    en = "The line “{line}” names no cost group.",
    remedy_vi = "Ghi nhóm chi phí của dòng chi.",
    remedy_en = "State the group of the line."
)]
struct LineWithoutGroup {
    line: String,
}

#[derive(Violation)]
#[violation(
    vi = "Dòng chi “{line}” thuộc nhóm {group}, nhưng bảng tổng hợp dự toán không có nhóm này.",
    en = "The line “{line}” belongs to {group}, which the summary of the estimate does not have.",
    remedy_vi = "Bổ sung nhóm vào bảng tổng hợp, hoặc ghi lại nhóm của dòng chi.",
    remedy_en = "Add the group to the summary, or correct the group of the line."
)]
struct LineOutsideGroups {
    line: String,
    group: CostGroupKey,
}

#[derive(Violation)]
#[violation(
    vi = "Bảng tổng hợp dự toán có một nhóm chưa ghi tên nhóm chi phí.",
    en = "A group in the summary of the estimate has no key.",
    remedy_vi = "Ghi nhóm chi phí.",
    remedy_en = "State the group."
)]
struct GroupWithoutKey;

#[derive(Violation)]
#[violation(
    vi = "Nhóm {group} chưa ghi số tiền bằng số nguyên đồng.",
    en = "The group {group} has no amount in whole đồng.",
    remedy_vi = "Ghi số tiền của nhóm; nhóm không phát sinh ghi 0 kèm lý do.",
    remedy_en = "State the amount of the group; 0 with a reason where there is none."
)]
struct GroupWithoutAmount {
    group: CostGroupKey,
}

#[derive(Violation)]
#[violation(
    vi = "Nhóm {group} được ghi nhiều hơn một lần trong bảng tổng hợp dự toán.",
    en = "The group {group} stands more than once in the summary of the estimate.",
    remedy_vi = "Gộp thành một nhóm.",
    remedy_en = "Merge them into one."
)]
struct GroupTwice {
    group: CostGroupKey,
}

#[derive(Violation)]
#[violation(
    vi = "Nhóm {group} ghi {amount}, nhưng các dòng chi của nhóm cộng lại là {sum}; chênh lệch {difference}.",
    en = "The group {group} states {amount}, but its lines add up to {sum}; the difference is {difference}.",
    remedy_vi = "Cộng lại nhóm, hoặc bổ sung dòng chi còn thiếu.",
    remedy_en = "Add the group up again, or supply the missing lines."
)]
struct GroupDiffers {
    group: CostGroupKey,
    amount: Money,
    sum: Money,
    difference: Money,
}

#[derive(Violation)]
#[violation(
    vi = "Nhóm {group} ghi {amount}, nhưng các phần của nhóm cộng lại là {sum}; chênh lệch {difference}.",
    en = "The group {group} states {amount}, but its parts add up to {sum}; the difference is {difference}.",
    remedy_vi = "Cộng lại các phần của chi phí dự phòng.",
    remedy_en = "Add the parts of the contingency up again."
)]
struct PartsDiffer {
    group: CostGroupKey,
    amount: Money,
    sum: Money,
    difference: Money,
}

#[derive(Violation)]
#[violation(
    vi = "Tổng dự toán ghi {total}, nhưng các nhóm chi phí cộng lại là {sum}; chênh lệch {difference}.",
    en = "The estimate states a total of {total}, but its groups add up to {sum}; the difference is {difference}.",
    remedy_vi = "Cộng lại tổng dự toán.",
    remedy_en = "Add the total up again."
)]
struct TotalDiffers {
    total: Money,
    sum: Money,
    difference: Money,
}

#[derive(Violation)]
#[violation(
    vi = "Tổng dự toán ghi {total}, nhưng các dòng chi cộng lại là {sum}; chênh lệch {difference}.",
    en = "The estimate states a total of {total}, but its lines add up to {sum}; the difference is {difference}.",
    remedy_vi = "Cộng lại tổng dự toán.",
    remedy_en = "Add the total up again."
)]
struct LinesDiffer {
    total: Money,
    sum: Money,
    difference: Money,
}

#[derive(Violation)]
#[violation(
    vi = "Dự toán chưa ghi tổng cộng bằng số nguyên đồng.",
    en = "The estimate has no total in whole đồng.",
    remedy_vi = "Ghi tổng dự toán thành chuỗi chữ số liền nhau trong ngoặc kép, ví dụ “4800000000”.",
    remedy_en = "State the total, such as 4800000000 (no separators, no words)."
)]
struct NoTotal;

#[derive(Violation)]
#[violation(
    vi = "Nguồn vốn chưa ghi số tiền bằng số nguyên đồng.",
    en = "The source of funding has no amount in whole đồng.",
    remedy_vi = "Ghi số tiền của nguồn vốn.",
    remedy_en = "State the amount of the source."
)]
struct SourceWithoutAmount;

#[derive(Violation)]
#[violation(
    vi = "Các nguồn vốn cộng lại là {sum}, khác tổng dự toán {total}; chênh lệch {difference}.",
    en = "The sources of funding add up to {sum}, not to the total of {total}; the difference is {difference}.",
    remedy_vi = "Điều chỉnh số tiền các nguồn vốn theo năm cho bằng tổng dự toán.",
    remedy_en = "Correct the yearly amounts of the sources so that they make the total."
)]
struct FundingDiffers {
    total: Money,
    sum: Money,
    difference: Money,
}
