//! Which sentences of a rule its file of cases shows: one example for each, where it first comes up.

use std::collections::BTreeSet;

use kycuong_model::cases::CaseWording;
use kycuong_model::finding::{RuleFinding, RuleStatus};

/// Stands for the code of a reason not to apply.
pub const NOT_APPLICABLE: &str = "not-applicable";

/// What makes a wording one of its own.
type Key = (String, Vec<String>);

/// The wordings that the outcomes of a rule's cases show, each by its first example; cases by title.
///
/// A violation has one example, and one more for each other code among its values: a code is worded
/// in each language, and its words are checked nowhere else. Reasons not to apply have one each.
pub fn wordings<'a>(
    outcomes: impl IntoIterator<Item = (String, &'a RuleStatus)>,
) -> Vec<CaseWording> {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for (case, status) in outcomes {
        for (key, wording) in keyed(&case, status) {
            if seen.insert(key) {
                found.push(wording);
            }
        }
    }
    // By code, so that the examples of one violation stand together; else as they came up.
    let order: Vec<String> = found.iter().map(|wording| wording.code.clone()).collect();
    found.sort_by_key(|wording| order.iter().position(|code| *code == wording.code));
    found
}

/// All wordings that the outcome of one case shows, by its title.
pub fn wordings_of(case: &str, status: &RuleStatus) -> Vec<CaseWording> {
    keyed(case, status).into_iter().map(|(_, wording)| wording).collect()
}

fn keyed(case: &str, status: &RuleStatus) -> Vec<(Key, CaseWording)> {
    let findings: &[RuleFinding] = match status {
        RuleStatus::Fail { findings } | RuleStatus::NotEvaluated { findings, .. } => findings,
        RuleStatus::NotApplicable { reason } => {
            let code = NOT_APPLICABLE.to_owned();
            let key = (code.clone(), vec![reason.vi.clone(), reason.en.clone()]);
            let (case, message) = (case.to_owned(), reason.clone());
            return vec![(key, CaseWording { code, case, message, remedy: None })];
        }
        RuleStatus::Pass => &[],
    };
    let one = |finding: &RuleFinding| {
        let codes = finding.values.values().filter(|value| is_code(value)).cloned().collect();
        let wording = CaseWording {
            code: finding.code.clone(),
            case: case.to_owned(),
            message: finding.message.clone(),
            remedy: Some(finding.remedy.clone()),
        };
        ((finding.code.clone(), codes), wording)
    };
    findings.iter().map(one).collect()
}

/// Whether a value is a code of a list: words of small letters with hyphens between them.
fn is_code(value: &str) -> bool {
    let starts_well = value.starts_with(|first: char| first.is_ascii_lowercase());
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    starts_well && value.bytes().all(plain)
}
