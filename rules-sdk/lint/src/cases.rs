//! Rules that no case shows to fail: nobody has seen yet what they say.

use kycuong_model::cases::{CaseOutcome, Expectation};
use kycuong_model::text::Bilingual;

use crate::check::Check;
use crate::{Entry, LintFinding};

pub(crate) fn check(entries: &[Entry<'_>]) -> Vec<LintFinding> {
    entries.iter().filter_map(check_rule).collect()
}

fn check_rule(entry: &Entry<'_>) -> Option<LintFinding> {
    let cases = entry.pack.cases.of(&entry.rule.id);
    let failing: Vec<_> =
        cases.iter().filter(|case| case.expectation == Expectation::Invalid).collect();
    let shows = |outcome: &CaseOutcome| !outcome.findings().is_empty();
    if failing.iter().any(|case| case.outcome.as_ref().is_some_and(shows)) {
        return None;
    }
    let message = if cases.is_empty() {
        Bilingual::new(
            "Gói quy tắc không mang theo tình huống mẫu nào của quy tắc.",
            "The pack carries no case of the rule.",
        )
    } else if failing.is_empty() {
        Bilingual::new(
            "Quy tắc chưa có tình huống mẫu không đạt.",
            "The rule has no case that fails.",
        )
    } else {
        Bilingual::new(
            "Tình huống không đạt của quy tắc chưa ghi lại phát hiện nào.",
            "The failing cases of the rule record no finding.",
        )
    };
    let remedy = if failing.is_empty() {
        Bilingual::new(
            "Thêm tình huống `invalid: …`, tốt nhất là ngay tại ranh giới, rồi dựng lại gói.",
            "Add an `invalid: …` case, best at the very boundary, and build the pack again.",
        )
    } else {
        Bilingual::new(
            "Chạy `kycuong test --update`, đọc lại từng câu, rồi dựng lại gói.",
            "Run `kycuong test --update`, read each sentence, and build the pack again.",
        )
    };
    Some(entry.finding(Check::NoInvalidCase, message, remedy))
}
