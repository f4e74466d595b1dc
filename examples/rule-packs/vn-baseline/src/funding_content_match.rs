use kycuong_rules_sdk::prelude::*;

use crate::listing::Listing;
use kycuong_rules_sdk::model::funding::Funding;

/// Mỗi khoản chi phải thuộc các hoạt động mà quyết định cấp kinh phí cho phép.
///
/// Dòng chi ghi nguồn vốn chi trả thì so với các quyết định của nguồn ấy; không ghi thì so với mọi quyết định
/// của hồ sơ. Khoản mục dự toán so với quyết định của chính khoản mục.
#[rule(
    requirement = "R03",
    title_vi = "Kinh phí dùng đúng nội dung",
    title_en = "Money used for its stated content",
    severity = Block,
    effective = "2020-01-01..",
    basis = "Nghị định 224/2026/NĐ-CP, Điều 32, Điều 33, Điều 34; Công văn số 305/THH-QLĐT ngày 28/02/2022",
    quote = "được sử dụng đúng nội dung",
    subjects = [Dossier, BudgetEntry],
    reads = [
        "activity_type",
        "costs.lines.activity_type",
        "costs.lines.funding_kind",
        "costs.lines.name",
        "decision.allowed_activities",
        "funding.decision.allowed_activities",
        "funding.kind",
    ],
    violations = [LineNotAllowed, LineWithoutActivity, EntryNotAllowed, EntryWithoutActivity]
)]
pub fn funding_content_match(subject: &Subject, findings: &mut Findings) -> Checked {
    match subject {
        Subject::Dossier(dossier) => every_line_is_allowed(dossier, findings),
        Subject::BudgetEntry(entry) => entry_is_allowed(entry, findings),
        Subject::UnitPlan(_) | Subject::Portfolio(_) => subject.not_judged(),
    }
}

fn every_line_is_allowed(dossier: &Dossier, findings: &mut Findings) -> Checked {
    let funding = require!(dossier.funding);
    let lines = require!(dossier.costs.lines);
    let mut without_list = None;
    for line in lines {
        let Some(activity) = line.activity_type.get() else {
            let line_name = line.label();
            findings.add(at!(line.activity_type), LineWithoutActivity { line: line_name });
            continue;
        };
        let drawn: Vec<&Funding> = funding
            .iter()
            .filter(|source| line.funding_kind.get().is_none_or(|kind| source.kind.is(kind)))
            .collect();
        let allowed: BTreeSet<ActivityType> = drawn
            .iter()
            .flat_map(|source| source.decision.allowed_activities.iter())
            .filter_map(Field::get)
            .collect();
        if allowed.is_empty() {
            // Without a list nothing can be said; a line whose source is not declared is R04's. Money from
            // outside the state budget has no such decision.
            let from_budget = |source: &&Funding| !source.kind.is(FundingKind::Other);
            without_list = without_list.or(drawn.into_iter().find(from_budget));
        } else if !allowed.contains(&activity) {
            let allowed = Listing(allowed.into_iter().collect());
            let line_name = line.label();
            findings.add(
                at!(line.activity_type),
                LineNotAllowed { line: line_name, activity, allowed },
            );
        }
    }
    match without_list {
        Some(source) => Err(Missing::Field(at!(source.decision.allowed_activities)).into()),
        None => Ok(()),
    }
}

fn entry_is_allowed(entry: &BudgetEntry, findings: &mut Findings) -> Checked {
    let Some(activity) = entry.activity_type.get() else {
        findings.add(at!(entry.activity_type), EntryWithoutActivity);
        return Ok(());
    };
    let list = require!(entry.decision.allowed_activities);
    let allowed: Vec<ActivityType> = list.iter().filter_map(Field::get).collect();
    if !allowed.contains(&activity) {
        let allowed = Listing(allowed);
        findings.add(at!(entry.activity_type), EntryNotAllowed { activity, allowed });
    }
    Ok(())
}

#[derive(Violation)]
#[violation(
    vi = "Dòng chi “{line}” thuộc hoạt động “{activity}”, không có trong các hoạt động mà quyết định cấp kinh phí cho phép ({allowed}).",
    en = "The line “{line}” pays for {activity}, which is not among the activities that the funding decision allows ({allowed}).",
    remedy_vi = "Bỏ dòng chi này khỏi nguồn kinh phí đã nêu, hoặc trình bổ sung hoạt động “{activity}” vào quyết định cấp kinh phí.",
    remedy_en = "Take the line off this source, or have {activity} added to the funding decision."
)]
struct LineNotAllowed {
    line: String,
    activity: ActivityType,
    allowed: Listing<ActivityType>,
}

#[derive(Violation)]
#[violation(
    vi = "Dòng chi “{line}” chưa ghi hoạt động nên không đối chiếu được với nội dung mà quyết định cấp kinh phí cho phép.",
    en = "The line “{line}” names no activity, so it cannot be compared with what the funding decision allows.",
    remedy_vi = "Ghi hoạt động của dòng chi.",
    remedy_en = "State the activity of the line."
)]
struct LineWithoutActivity {
    line: String,
}

#[derive(Violation)]
#[violation(
    vi = "Khoản mục chi cho hoạt động “{activity}”, không có trong các hoạt động mà quyết định phân bổ cho phép ({allowed}).",
    en = "The entry pays for {activity}, which is not among the activities that the allocation decision allows ({allowed}).",
    remedy_vi = "Điều chỉnh khoản mục cho đúng nội dung được phân bổ, hoặc trình bổ sung hoạt động “{activity}” vào quyết định.",
    remedy_en = "Bring the entry in line with the allocation, or have {activity} added to the decision."
)]
struct EntryNotAllowed {
    activity: ActivityType,
    allowed: Listing<ActivityType>,
}

#[derive(Violation)]
#[violation(
    vi = "Khoản mục chưa ghi hoạt động nên không đối chiếu được với nội dung mà quyết định phân bổ cho phép.",
    en = "The entry names no activity, so it cannot be compared with what the allocation decision allows.",
    remedy_vi = "Ghi hoạt động của khoản mục.",
    remedy_en = "State the activity of the entry."
)]
struct EntryWithoutActivity;
