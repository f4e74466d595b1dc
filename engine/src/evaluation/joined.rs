//! How much of a report the findings of a pack will be, once each repeats what its rule is called and rests on.

use kycuong_model::finding::{RuleFinding, RuleStatus};
use kycuong_model::manifest::RuleDescription;
use kycuong_model::text::Bilingual;

/// Names of members, severity, line and column of a finding in a report.
const FRAME_BYTES: usize = 256;

/// The bytes of all findings of one outcome, as a report holds them.
pub(crate) fn joined_bytes(status: &RuleStatus, rule: &RuleDescription) -> usize {
    let findings = match status {
        RuleStatus::Fail { findings } | RuleStatus::NotEvaluated { findings, .. } => findings,
        RuleStatus::Pass | RuleStatus::NotApplicable { .. } => return 0,
    };
    let repeated = repeated_bytes(rule).saturating_mul(findings.len());
    findings.iter().map(own_bytes).fold(repeated, usize::saturating_add)
}

/// What each finding of a rule repeats.
fn repeated_bytes(rule: &RuleDescription) -> usize {
    let basis =
        rule.basis.iter().map(|basis| basis.instrument.len() + basis.article.len() + FRAME_BYTES);
    let texts = [&rule.quote, &rule.requirement].into_iter().flatten().map(String::len);
    // The id stands for the pack's too.
    FRAME_BYTES + 2 * rule.id.len() + of(&rule.title) + basis.chain(texts).sum::<usize>()
}

fn own_bytes(finding: &RuleFinding) -> usize {
    let values = finding.values.iter().map(|(name, value)| name.len() + value.len() + 8);
    let words = finding.code.len() + finding.path.as_str().len();
    words + of(&finding.message) + of(&finding.remedy) + values.sum::<usize>()
}

fn of(text: &Bilingual) -> usize {
    text.vi.len() + text.en.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_weighs_what_its_rule_is_called_and_rests_on() {
        let rule = |basis: &str| -> RuleDescription {
            serde_json::from_str(&format!(
                r#"{{"id":"thu/mot","title":{{"vi":"Một","en":"One"}},"doc":"Một.","severity":"warn",
                "effective":{{"from":"2026-01-01"}},"basis":[{{"instrument":"{basis}","article":""}}],"subjects":["dossier"],"reads":[]}}"#
            ))
            .unwrap()
        };
        let finding = r#"{"code":"further-findings","path":"","severity":"warn","message":{"vi":"Một.","en":"One."},"remedy":{"vi":"","en":""}}"#;
        let status = |count: usize| -> RuleStatus {
            let findings = vec![finding; count].join(",");
            serde_json::from_str(&format!(r#"{{"status":"fail","findings":[{findings}]}}"#))
                .unwrap()
        };
        let (short, long) = (rule(""), rule(&"x".repeat(4_000)));
        assert_eq!(joined_bytes(&status(0), &long), 0);
        assert_eq!(joined_bytes(&status(7), &short), 7 * joined_bytes(&status(1), &short));
        assert_eq!(joined_bytes(&status(7), &long), 7 * (joined_bytes(&status(1), &short) + 4_000));
        assert_eq!(joined_bytes(&RuleStatus::Pass, &long), 0);
    }
}
