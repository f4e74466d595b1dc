//! A manifest is JSON whatever its author writes: quotes, backslashes and line breaks are text like any other.

use kycuong_rules_sdk::model::finding::Severity;
use kycuong_rules_sdk::model::manifest::{Manifest, PackStatus};

mod total_missing {
    use kycuong_rules_sdk::prelude::*;

    /// Tổng dự toán phải có, viết trong "ngoặc" và \\ gạch chéo.
    #[rule(
        title_vi = "Tổng \"dự toán\"",
        title_en = "The \\ total\nof all",
        severity = Block,
        effective = "2026-07-01..",
        basis = "Nghị định \"224/2026/NĐ-CP\", Điều 1",
        quote = "tổng \t \"phải\" có",
        violations = [NoTotal, TotalDiffers]
    )]
    pub fn total_missing(dossier: &Dossier, findings: &mut Findings) -> Checked {
        let Some(total) = dossier.costs.total.get() else {
            findings.add(at!(dossier.costs.total), NoTotal);
            return Ok(());
        };
        findings.add(at!(dossier.costs.total), TotalDiffers { total, sum: total });
        Ok(())
    }

    #[derive(Violation)]
    #[violation(
        vi = "Không có \"tổng\".",
        en = "There is \\no\\ total.",
        remedy_vi = "Ghi\ntổng.",
        remedy_en = "State the \"total\"."
    )]
    struct NoTotal;

    #[derive(Violation)]
    #[violation(
        code = "sum-differs",
        severity = Warn,
        vi = "Tổng {total} khác {sum}.",
        en = "The total of {total} is not {sum}.",
        remedy_vi = "Ghi lại {total}.",
        remedy_en = "Correct {total}."
    )]
    struct TotalDiffers {
        total: Money,
        sum: Money,
    }
}

kycuong_rules_sdk::rule_pack! {
    id: "thu",
    status: "historic",
    provinces: ["VN"],
    title_vi: "Gói \"thử\"",
    title_en: "Trial \\ of\neverything",
    source_vi: "Văn bản \"thử\"",
    source_en: "A \"text\"",
    rules: [total_missing],
    unverifiable: [{ quote: "\"phải\"", reason_vi: "Không \\ kiểm", reason_en: "No \n check" }],
}

#[test]
fn what_an_author_writes_stands_in_the_manifest() {
    let manifest: Manifest = serde_json::from_str(PACK.manifest).unwrap();
    assert_eq!((manifest.pack.as_str(), manifest.status), ("thu", PackStatus::Historic));
    assert_eq!(manifest.title.vi, "Gói \"thử\"");
    assert_eq!(manifest.title.en, "Trial \\ of\neverything");
    assert_eq!(manifest.source.unwrap().vi, "Văn bản \"thử\"");
    let obligation = manifest.unverifiable.first().unwrap();
    assert_eq!(
        (obligation.quote.as_str(), obligation.reason.en.as_str()),
        ("\"phải\"", "No \n check")
    );
    let rule = manifest.rules.first().unwrap();
    assert_eq!(
        (rule.id.as_str(), rule.title.vi.as_str()),
        ("thu/total-missing", "Tổng \"dự toán\"")
    );
    assert_eq!(rule.title.en, "The \\ total\nof all");
    assert_eq!(rule.quote.as_deref(), Some("tổng \t \"phải\" có"));
}

#[test]
fn violations_are_listed_in_the_order_of_their_author() {
    let manifest: Manifest = serde_json::from_str(PACK.manifest).unwrap();
    let rule = manifest.rules.first().unwrap();
    let listed: Vec<_> = rule
        .violations
        .iter()
        .map(|violation| (violation.code.as_str(), violation.severity, violation.values.as_slice()))
        .collect();
    let values = ["total".to_owned(), "sum".to_owned()];
    assert_eq!(
        listed,
        [("no-total", Severity::Block, [].as_slice()), ("sum-differs", Severity::Warn, &values)]
    );
    let first = rule.violation("no-total").unwrap();
    assert_eq!(
        (first.message.vi.as_str(), first.remedy.vi.as_str()),
        ("Không có \"tổng\".", "Ghi\ntổng.")
    );
    assert_eq!(PACK.rules.first().unwrap().violations, ["no-total", "sum-differs"]);
}
