use kycuong_rules_sdk::prelude::*;

/// The cap for an outline and detailed estimate: Circular 03/2020/TT-BTTTT, article 5.2.e, under Decree 73/2019/NĐ-CP.
const CAP_OF_OUTLINE: Percent = Percent::new(10);

#[derive(Parameters)]
pub struct ContingencyParameters {
    /// Tỷ lệ tối đa của chi phí dự phòng trên tổng các nhóm chi phí còn lại (%); dùng khi chưa đối chiếu được mức của pháp luật.
    #[parameter(default = "10", min = "1", max = "10")]
    pub contingency_cap: Percent,
}

/// Chi phí dự phòng không vượt mức trần so với tổng các nhóm chi phí còn lại.
///
/// Đề cương và dự toán chi tiết theo Nghị định 73/2019/NĐ-CP: tối đa 10%. Các loại hồ sơ khác chưa đối chiếu được mức trần nên
/// chỉ cảnh báo. Kế hoạch thuê dịch vụ không có dự phòng trượt giá.
#[rule(
    requirement = "R86",
    title_vi = "Dự phòng trong mức trần",
    title_en = "Contingency cap",
    severity = Block,
    effective = "2020-01-01..",
    basis = "Nghị định 224/2026/NĐ-CP, Điều 49 khoản 7, Điều 67 khoản 2 điểm h; Thông tư 03/2020/TT-BTTTT, Điều 5 khoản 2 điểm e",
    kinds = [
        FeasibilityReport,
        PurchaseFeasibilityReport,
        LeaseFeasibilityReport,
        EconomicTechnicalReport,
        ServiceLease,
        OutlineAndEstimate
    ],
    violations = [AboveCap, AboveUsualCap, SlippageInLease]
)]
pub fn contingency_cap(
    dossier: &Dossier,
    context: &Context,
    parameters: &ContingencyParameters,
    findings: &mut Findings,
) -> Checked {
    let kind = require!(dossier.kind);
    let regime = require!(context.regime);
    let (mut contingency, mut base, mut place) = (Money::ZERO, Money::ZERO, None);
    for group in require!(dossier.costs.groups) {
        let (key, amount) = (require!(group.key), require!(group.amount));
        if key != CostGroupKey::Contingency {
            base = base + amount;
            continue;
        }
        contingency = contingency + amount;
        place = Some(at!(group.amount));
        if kind == DossierKind::ServiceLease && regime == Regime::Nd224_2026 {
            let slippage =
                group.parts.iter().filter(|part| part.key.is(ContingencyPart::PriceSlippage));
            for (part, amount) in slippage.filter_map(|part| Some((part, part.amount.get()?))) {
                if amount > Money::ZERO {
                    findings.add(at!(part.amount), SlippageInLease { amount });
                }
            }
        }
    }
    let Some(place) = place else { return Ok(()) };
    let by_law = kind == DossierKind::OutlineAndEstimate && regime == Regime::Nd73_2019;
    let cap = if by_law { CAP_OF_OUTLINE } else { parameters.contingency_cap };
    let highest = cap * base;
    if contingency > highest {
        let share = ShareOfBase(contingency.share_of(base));
        let excess = (contingency - highest).round_up_to_dong();
        if by_law {
            findings.add(place, AboveCap { contingency, base, share, cap, excess });
        } else {
            findings.add(place, AboveUsualCap { contingency, base, share, cap, excess });
        }
    }
    Ok(())
}

/// The share that the contingency is of the other groups; none when they are zero.
struct ShareOfBase(Option<Percent>);

impl Localize for ShareOfBase {
    fn vi(&self) -> String {
        self.0.map_or_else(|| "không tính được".to_owned(), |share| share.vi())
    }
    fn en(&self) -> String {
        self.0.map_or_else(|| "no definite size".to_owned(), |share| share.en())
    }
}

/// The plain number, or nothing.
impl std::fmt::Display for ShareOfBase {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        self.0.map_or(Ok(()), |share| share.fmt(f))
    }
}

#[derive(Violation)]
#[violation(
    vi = "Chi phí dự phòng là {contingency}, trên tổng các nhóm chi phí còn lại {base} (tỷ lệ {share}), vượt {excess} so với mức tối đa {cap}.",
    en = "The contingency is {contingency} on {base} of the other groups (a share of {share}), {excess} above the cap of {cap}.",
    remedy_vi = "Giảm chi phí dự phòng ít nhất {excess}.",
    remedy_en = "Reduce the contingency by at least {excess}."
)]
struct AboveCap {
    contingency: Money,
    base: Money,
    share: ShareOfBase,
    cap: Percent,
    excess: Money,
}

#[derive(Violation)]
#[violation(
    severity = Warn,
    vi = "Chi phí dự phòng là {contingency}, trên tổng các nhóm chi phí còn lại {base} (tỷ lệ {share}), vượt {excess} so với mức tham chiếu {cap}.",
    en = "The contingency is {contingency} on {base} of the other groups (a share of {share}), {excess} above the reference cap of {cap}.",
    remedy_vi = "Giảm chi phí dự phòng ít nhất {excess}, hoặc thuyết minh căn cứ của mức dự phòng.",
    remedy_en = "Reduce the contingency by at least {excess}, or explain what it rests on."
)]
struct AboveUsualCap {
    contingency: Money,
    base: Money,
    share: ShareOfBase,
    cap: Percent,
    excess: Money,
}

#[derive(Violation)]
#[violation(
    vi = "Dự phòng của kế hoạch thuê có {amount} cho trượt giá; dự toán thuê chỉ có dự phòng khối lượng phát sinh và tạm tính.",
    en = "The service lease plan's contingency holds {amount} for price slippage; a lease estimate only has added volume and provisional sums.",
    remedy_vi = "Bỏ phần trượt giá {amount} khỏi chi phí dự phòng.",
    remedy_en = "Remove the {amount} of price slippage."
)]
struct SlippageInLease {
    amount: Money,
}
