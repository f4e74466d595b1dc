use kycuong_rules_sdk::prelude::*;

use crate::expected_kind::Source;

/// From the receipt of a valid dossier to the request for the design appraisal, in working days, from 2026-07-01
/// (Decree 224/2026/NĐ-CP, articles 50.2.a and 66.5.b).
const SENDING_MAX: Count = 2;
/// From the receipt of a service lease plan to the request for a supplement (article 67.1.b).
const SUPPLEMENT_MAX: Count = 3;
/// The design appraisal of a group A project of public investment (article 50); of all others.
const DESIGN_MAX: (Count, Count) = (15, 10);
/// The whole appraisal of a group A project of public investment (articles 50.5, 66.5.b, 67.1.b); of all others.
const WHOLE_MAX: (Count, Count) = (30, 20);
/// The decision on a group A project (articles 50.7.b, 66.8, 67.1.đ); on all others.
const DECISION_MAX: (Count, Count) = (5, 3);

/// Các bước thẩm định, phê duyệt phải đúng thời hạn tính theo ngày làm việc.
///
/// Gửi lấy ý kiến thẩm định thiết kế 02 ngày; thẩm định thiết kế 10 ngày (15 ngày với dự án đầu tư công nhóm A); yêu cầu
/// bổ sung kế hoạch thuê 03 ngày; thẩm định 20 ngày (30 ngày với dự án đầu tư công nhóm A); quyết định 03 ngày (05 ngày
/// với nhóm A). Ngày bắt đầu không tính; bước chưa xong thì tính đến ngày xét. Cảnh báo nêu nơi chậm.
#[rule(
    requirement = "R18",
    title_vi = "Đúng hạn thẩm định",
    title_en = "Appraisal within limits",
    severity = Warn,
    effective = "2026-07-01..",
    basis = "Nghị định 224/2026/NĐ-CP, Điều 50 khoản 2, khoản 5, khoản 7, Điều 66 khoản 5, khoản 8, Điều 67 khoản 1; Công văn số 305/THH-QLĐT ngày 28/02/2022",
    quote = "tăng cường và nâng cao chất lượng công tác thẩm tra, thẩm định",
    kinds = [
        FeasibilityReport,
        PurchaseFeasibilityReport,
        LeaseFeasibilityReport,
        EconomicTechnicalReport,
        ServiceLease,
    ],
    regimes = [Nd224_2026],
    reads = [
        "funding.codes.section",
        "appraisal.received_on",
        "appraisal.sent_for_design_on",
        "appraisal.supplement_requested_on",
        "appraisal.design_report.date",
        "appraisal.report.date",
        "appraisal.decided_on",
        "appraisal.by_council",
    ],
    facts = [working_days],
    violations = [Late, Overdue]
)]
pub fn appraisal_deadline(
    dossier: &Dossier,
    facts: &Facts,
    context: &Context,
    findings: &mut Findings,
) -> Checked {
    let kind = require!(dossier.kind);
    let decides = dossier.stage.get().is_some_and(|stage| stage >= Stage::Approval);
    let appraisal = &dossier.appraisal;
    let Some(received) = appraisal.received_on.get() else {
        if decides {
            require!(appraisal.received_on);
        }
        return not_applicable(
            "Hồ sơ chưa được tiếp nhận để thẩm định.",
            "The dossier has not been received for appraisal yet.",
        );
    };
    let Some(source) = Source::of(dossier) else {
        for entry in require!(dossier.funding) {
            require!(entry.kind);
        }
        return not_applicable(
            "Hồ sơ không sử dụng ngân sách nhà nước.",
            "The dossier uses no state budget.",
        );
    };
    // The group of public investment decides the limits; recurrent money rarely has one.
    let group = match source {
        Source::Capital => Some(require!(dossier.group)),
        Source::Recurrent => dossier.group.get(),
    };
    if group == Some(ProjectGroup::National) {
        return not_applicable(
            "Dự án quan trọng quốc gia thẩm định theo thời hạn riêng.",
            "A project of national importance has limits of its own.",
        );
    }
    let is_a = group == Some(ProjectGroup::A);
    let of = |(a, other): (Count, Count), is_a: bool| if is_a { a } else { other };
    let is_a_of_investment = is_a && source == Source::Capital;
    let has_design =
        matches!(kind, DossierKind::FeasibilityReport | DossierKind::EconomicTechnicalReport);

    let sent = &appraisal.sent_for_design_on;
    let (design, report) = (&appraisal.design_report.date, &appraisal.report.date);
    let decided = &appraisal.decided_on;
    let clock = Clock { calendar: WorkingCalendar::of(facts), on: require!(context.on) };
    // A council appraises the design itself.
    let awaits_sending = has_design && !appraisal.by_council.is(true);
    clock.measure(
        Step::Sending,
        (Some(received), sent),
        SENDING_MAX,
        awaits_sending && !design.is_present() && !report.is_present(),
        findings,
    )?;
    clock.measure(
        Step::Design,
        (sent.get(), design),
        of(DESIGN_MAX, is_a_of_investment),
        !report.is_present(),
        findings,
    )?;
    if kind == DossierKind::ServiceLease {
        let asked = &appraisal.supplement_requested_on;
        clock.measure(
            Step::Supplement,
            (Some(received), asked),
            SUPPLEMENT_MAX,
            false,
            findings,
        )?;
    }
    clock.measure(
        Step::Whole,
        (Some(received), report),
        of(WHOLE_MAX, is_a_of_investment),
        !decided.is_present(),
        findings,
    )?;
    clock.measure(
        Step::Decision,
        (report.get(), decided),
        of(DECISION_MAX, is_a),
        decides,
        findings,
    )
}

/// What measures the steps.
struct Clock {
    calendar: WorkingCalendar,
    on: Date,
}

impl Clock {
    /// One step from its start to its end; to the day of judging when it is `awaited` and has none.
    fn measure(
        &self,
        step: Step,
        (start, end): (Option<Date>, &Field<Date>),
        limit: Count,
        awaited: bool,
        findings: &mut Findings,
    ) -> Checked {
        let Some(from) = start else { return Ok(()) };
        let Some(to) = end.get().or(awaited.then_some(self.on)) else { return Ok(()) };
        let days = self.calendar.days_between(from, to)?;
        if days <= limit {
            return Ok(());
        }
        let (excess, who) = (days - limit, Who(step));
        if end.is_present() {
            findings.add(at!(end), Late { step, from, to, days, limit, excess, who });
        } else {
            findings.add(at!(end), Overdue { step, from, to, days, limit, excess, who });
        }
        Ok(())
    }
}

codes! {
    /// Bước có thời hạn.
    enum Step {
        Sending = "sending" "gửi lấy ý kiến thẩm định thiết kế" "asking for the design appraisal",
        Design = "design" "thẩm định thiết kế" "the design appraisal",
        Supplement = "supplement" "yêu cầu bổ sung hồ sơ" "asking for a supplement",
        Whole = "appraisal" "thẩm định hồ sơ" "the appraisal",
        Decision = "decision" "quyết định phê duyệt" "the decision",
    }
}

/// Who takes a step.
struct Who(Step);

impl Localize for Who {
    fn vi(&self) -> String {
        match self.0 {
            Step::Sending | Step::Supplement | Step::Whole => "cơ quan đầu mối thẩm định",
            Step::Design => "đơn vị thẩm định thiết kế",
            Step::Decision => "cấp có thẩm quyền quyết định",
        }
        .to_owned()
    }
    fn en(&self) -> String {
        match self.0 {
            Step::Sending | Step::Supplement | Step::Whole => "the appraising body",
            Step::Design => "the unit that appraises the design",
            Step::Decision => "the deciding authority",
        }
        .to_owned()
    }
}

impl std::fmt::Display for Who {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str(match self.0 {
            Step::Sending | Step::Supplement | Step::Whole => "appraising-body",
            Step::Design => "design-appraiser",
            Step::Decision => "deciding-authority",
        })
    }
}

#[derive(Violation)]
#[violation(
    vi = "Bước {step} từ ngày {from} đến ngày {to} mất {days} ngày làm việc, quá thời hạn {limit} ngày làm việc {excess} ngày; nơi chậm là {who}.",
    en = "The step of {step} took {days} working days, from {from} to {to}, {excess} more than the limit of {limit}; {who} is late.",
    remedy_vi = "Đề nghị {who} giải trình lý do chậm; kiểm tra lại các ngày đã khai.",
    remedy_en = "Ask for the reasons ({who}); check the dates declared."
)]
struct Late {
    step: Step,
    from: Date,
    to: Date,
    days: Count,
    limit: Count,
    excess: Count,
    who: Who,
}

#[derive(Violation)]
#[violation(
    vi = "Bước {step} bắt đầu từ ngày {from}, đến ngày {to} đã {days} ngày làm việc mà chưa xong, quá thời hạn {limit} ngày làm việc {excess} ngày; nơi chậm là {who}.",
    en = "The step of {step} began on {from} and is not done on {to}, after {days} working days, {excess} more than the limit of {limit}; {who} is late.",
    remedy_vi = "Đề nghị {who} hoàn thành ngay; nếu đã xong thì khai ngày hoàn thành.",
    remedy_en = "Have it done at once ({who}); if it is done, declare the date."
)]
struct Overdue {
    step: Step,
    from: Date,
    to: Date,
    days: Count,
    limit: Count,
    excess: Count,
    who: Who,
}
