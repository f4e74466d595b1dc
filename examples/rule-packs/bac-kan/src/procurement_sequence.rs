use kycuong_rules_sdk::model::pointer::Pointer;
use kycuong_rules_sdk::model::procurement::ProcurementEvents;
use kycuong_rules_sdk::prelude::*;

/// Các mốc đấu thầu phải theo đúng trình tự: phê duyệt, kế hoạch lựa chọn nhà thầu, mời thầu, kết quả, hợp đồng.
///
/// Mỗi mốc không được trước mốc đứng trước nó; cùng ngày được chấp nhận. Mốc riêng của gói thầu thay cho mốc
/// chung. Gói thầu chuẩn bị dự án có thể lập kế hoạch trước quyết định phê duyệt nên chỉ được lưu ý.
#[rule(
    requirement = "R24",
    title_vi = "Đúng trình tự đấu thầu",
    title_en = "Procurement order",
    severity = Block,
    effective = "2023-12-28..",
    basis = "Công văn số 8826/UBND-VXNV ngày 28/12/2023; Luật Đấu thầu 22/2023/QH15; Nghị định 214/2025/NĐ-CP",
    quote = "tuân thủ đúng trình tự, thủ tục đấu thầu",
    reads = ["procurement.packages.events", "procurement.packages.preparation"],
    violations = [OutOfOrder, PreparedEarly]
)]
pub fn procurement_sequence(dossier: &Dossier, findings: &mut Findings) -> Checked {
    let shared = Milestone::all(&dossier.procurement.events);
    let mut is_any_dated = shared.iter().any(|milestone| milestone.date.is_some());
    check_order(&shared, false, findings);
    for package in &dossier.procurement.packages {
        let own = Milestone::all(&package.events);
        if own.iter().all(|milestone| milestone.date.is_none()) {
            continue;
        }
        is_any_dated = true;
        let merged: Vec<Milestone> = own
            .into_iter()
            .zip(&shared)
            .map(|(own, shared)| {
                if own.date.is_some() {
                    own
                } else {
                    Milestone { is_shared: true, ..shared.clone() }
                }
            })
            .collect();
        check_order(&merged, package.preparation.is(true), findings);
    }
    if is_any_dated {
        return Ok(());
    }
    if matches!(dossier.stage.get(), Some(Stage::Implementation | Stage::Completion)) {
        require!(dossier.procurement.events.approval);
    }
    not_applicable("Hồ sơ chưa có mốc đấu thầu nào.", "The dossier has no procurement events yet.")
}

/// One step of a procurement, with its date when it has happened.
#[derive(Clone)]
struct Milestone {
    title: Bilingual,
    place: Pointer,
    date: Option<Date>,
    is_approval: bool,
    /// Taken from the dossier's events for a package that has none of its own.
    is_shared: bool,
}

impl Milestone {
    fn all(events: &ProcurementEvents) -> Vec<Self> {
        let steps = [
            (&events.approval, Bilingual::new("Quyết định phê duyệt", "the approval decision")),
            (
                &events.plan,
                Bilingual::new("Kế hoạch lựa chọn nhà thầu", "the contractor selection plan"),
            ),
            (&events.invitation, Bilingual::new("Hồ sơ mời thầu, hồ sơ yêu cầu", "the invitation")),
            (&events.award, Bilingual::new("Kết quả lựa chọn nhà thầu", "the award")),
            (&events.contract, Bilingual::new("Hợp đồng", "the contract")),
        ];
        let milestone = |(index, (field, title)): (usize, (&Field<Date>, _))| Self {
            title,
            place: at!(field),
            date: field.get(),
            is_approval: index == 0,
            is_shared: false,
        };
        steps.into_iter().enumerate().map(milestone).collect()
    }
}

fn check_order(milestones: &[Milestone], is_preparation: bool, findings: &mut Findings) {
    let mut earlier: Option<(&Milestone, Date)> = None;
    for milestone in milestones {
        let Some(date) = milestone.date else { continue };
        if let Some((before, expected)) = earlier
            && date < expected
            && !(milestone.is_shared && before.is_shared)
        {
            let place = if milestone.is_shared { &before.place } else { &milestone.place };
            let step = milestone.title.clone();
            if is_preparation && before.is_approval {
                findings.add(place.clone(), PreparedEarly { step, date, expected });
            } else {
                findings.add(
                    place.clone(),
                    OutOfOrder { step, date, before: before.title.clone(), expected },
                );
            }
        }
        earlier = Some((milestone, date));
    }
}

#[derive(Violation)]
#[violation(
    vi = "Mốc “{step}” ghi ngày {date}, trước mốc “{before}” ngày {expected}; đúng trình tự thì mốc này không được sớm hơn.",
    en = "The date {date} of {step} is before that of {before}, {expected}; the order of procurement is the other way round.",
    remedy_vi = "Kiểm tra lại ngày của hai mốc; nếu đúng như đã khai thì thực hiện lại từ mốc “{before}”.",
    remedy_en = "Check both dates; if they are right, repeat the steps from {before} on."
)]
struct OutOfOrder {
    step: Bilingual,
    date: Date,
    before: Bilingual,
    expected: Date,
}

#[derive(Violation)]
#[violation(
    severity = Warn,
    vi = "Gói thầu chuẩn bị dự án có mốc “{step}” ngày {date}, trước quyết định phê duyệt ngày {expected}.",
    en = "A preparation package has the date {date} of {step} before the approval decision of {expected}.",
    remedy_vi = "Người thẩm định xác nhận gói thầu thuộc công việc chuẩn bị dự án.",
    remedy_en = "The appraiser confirms that the package prepares the project."
)]
struct PreparedEarly {
    step: Bilingual,
    date: Date,
    expected: Date,
}
