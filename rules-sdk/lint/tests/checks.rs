//! Each check has packs that it speaks about, and their neighbours about which it is silent.

#![expect(clippy::unwrap_used, reason = "helpers of tests, not only tests")]

use std::collections::BTreeMap;

use kycuong_lint::{Background, Check, LegalRegister, LintFinding, LintPack, lint};
use kycuong_model::date::Date;
use kycuong_model::text::Bilingual;
use serde_json::{Value, json};

/// A sound rule; `more` replaces members.
fn rule(id: &str, more: Value) -> Value {
    let mut rule = json!({
        "id": id, "requirement": id, "title": {"vi": "Dự phòng trong mức trần", "en": "Contingency within the cap"},
        "doc": "Chi phí dự phòng không vượt mức trần.\n\nXét tổng các dòng dự phòng.", "severity": "block",
        "effective": {"from": "2026-07-01"},
        "basis": [{"instrument": "Nghị định 224/2026/NĐ-CP", "article": "Điều 49"}],
        "subjects": ["dossier"], "reads": ["costs.lines"],
    });
    rule.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    rule
}

/// A pack of rules; each has a case that fails.
fn pack_of(id: &str, version: &str, provinces: &[&str], rules: Vec<Value>) -> LintPack {
    let failing = json!({"status": "fail", "findings": [
        {"code": "over-cap", "path": "/costs/lines", "severity": "block"}]});
    let wording = json!({"code": "over-cap", "case": "invalid: a",
        "message": {"vi": "Dự phòng là 11 đồng, vượt mức trần 10 đồng.",
                    "en": "The contingency is VND 11, above the cap of VND 10."},
        "remedy": {"vi": "Giảm dự phòng.", "en": "Lower it."}});
    let cases: Vec<Value> = rules
        .iter()
        .map(|rule| {
            let id = rule["id"].as_str().unwrap();
            json!({"rule": id, "cases": [
                {"name": "a", "expectation": "invalid", "content": "{}", "outcome": failing},
                {"name": "a", "expectation": "valid", "content": "{}", "outcome": {"status": "pass"}},
            ], "wordings": [wording]})
        })
        .collect();
    let manifest = json!({
        "pack": id, "version": version, "title": {"vi": "Thử", "en": "Trial"},
        "jurisdiction": {"provinces": provinces}, "model_version": "0.1.0", "sdk_version": "0.1.0",
        "rules": rules,
    });
    LintPack {
        manifest: serde_json::from_value(manifest).unwrap(),
        cases: serde_json::from_value(json!({ "rules": cases })).unwrap(),
    }
}

fn pack(rules: Vec<Value>) -> LintPack {
    pack_of("thu", "1.0.0", &["VN"], rules)
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn register() -> LegalRegister {
    let rows: Vec<BTreeMap<String, String>> = [
        ["73/2019/NĐ-CP", "2020-01-01", "2026-02-28", "45/2026/NĐ-CP"],
        ["45/2026/NĐ-CP", "2026-03-01", "2026-06-30", "224/2026/NĐ-CP"],
        ["224/2026/NĐ-CP", "2026-07-01", "", ""],
        ["03/2020/TT-BTTTT", "2020-05-01", "2026-08-31", ""],
    ]
    .iter()
    .map(|cells| {
        let columns = ["number", "from", "to", "replaced_by"];
        columns.iter().zip(cells).map(|(c, v)| ((*c).to_owned(), (*v).to_owned())).collect()
    })
    .collect();
    LegalRegister::from_rows(&rows).unwrap()
}

fn findings(packs: &[LintPack]) -> Vec<LintFinding> {
    let background = Background { register: Some((register(), day("2026-11-21"))), range: None };
    lint(packs, &background).findings
}

/// The one finding that there is.
fn only(packs: &[LintPack], check: Check) -> LintFinding {
    let mut findings = findings(packs);
    assert_eq!(findings.len(), 1, "{findings:#?}");
    let finding = findings.remove(0);
    assert_eq!(finding.check, check);
    for text in [&finding.message, &finding.remedy] {
        assert!(text.vi.ends_with('.') && text.en.ends_with('.'), "{text:?}");
    }
    finding
}

fn silent(packs: &[LintPack]) {
    assert_eq!(findings(packs), []);
}

fn dates(from: &str, to: Option<&str>) -> Value {
    match to {
        Some(to) => json!({"requirement": "R86", "effective": {"from": from, "to": to},
            "basis": [{"instrument": "Nghị định 73/2019/NĐ-CP", "article": "Điều 10"}]}),
        None => json!({"requirement": "R86", "effective": {"from": from},
            "basis": [{"instrument": "Nghị định 224/2026/NĐ-CP", "article": "Điều 49"}]}),
    }
}

#[test]
fn a_sound_pack_is_clean_and_what_was_not_checked_is_said() {
    let packs = [pack(vec![rule("thu/mot", json!({}))])];
    silent(&packs);
    let report = lint(&packs, &Background::default());
    assert_eq!((report.packs, report.rules, report.findings.len()), (1, 1, 0));
    let skipped: Vec<Check> = report.not_checked.iter().map(|skipped| skipped.check).collect();
    assert_eq!(skipped, [Check::RepealedInstrument, Check::BeforeInstrument]);
}

#[test]
fn days_between_two_versions_of_a_rule() {
    let versions = |last: &str, first: &str| {
        let reads = json!({"reads": ["costs.total"]});
        let mut new = rule("thu/cap-nd-224", dates(first, None));
        new.as_object_mut().unwrap().extend(reads.as_object().unwrap().clone());
        [pack(vec![rule("thu/cap-nd-73", dates("2020-01-01", Some(last))), new])]
    };
    silent(&versions("2026-06-30", "2026-07-01"));
    let gap = only(&versions("2026-06-29", "2026-07-01"), Check::DateGap);
    assert_eq!(gap.rules, ["thu/cap-nd-73", "thu/cap-nd-224"]);
    assert_eq!(
        gap.message.vi,
        "Không có quy tắc nào của nhóm này áp dụng từ ngày 30/06/2026 đến hết ngày 30/06/2026."
    );
    let overlap = only(&versions("2026-07-01", "2026-07-01"), Check::DateOverlap);
    assert_eq!(
        overlap.message.en,
        "Two rules of one family are in force from 2026-07-01 to 2026-07-01."
    );
}

#[test]
fn only_the_classes_that_both_judge_count() {
    let versions = |kinds: &[&str]| {
        let mut old = rule("thu/cap-nd-73", dates("2020-01-01", Some("2026-07-31")));
        old["kinds"] = json!(["service-lease"]);
        let mut new = rule("thu/cap-nd-224", dates("2026-07-01", None));
        new["kinds"] = json!(kinds);
        new["reads"] = json!(["costs.total"]);
        [pack(vec![old, new])]
    };
    silent(&versions(&["feasibility-report"]));
    let overlap = only(&versions(&["feasibility-report", "service-lease"]), Check::DateOverlap);
    assert!(
        overlap.message.en.ends_with("for dossier of a task or project, service lease plan (VN)."),
        "{overlap:?}"
    );
}

#[test]
fn two_versions_of_a_pack_are_told_apart() {
    let version = |version: &str, dates: Value| {
        pack_of("thu", version, &["VN"], vec![rule("thu/cap", dates)])
    };
    silent(&[
        version("1.0.0", dates("2020-01-01", Some("2026-06-30"))),
        version("2.0.0", dates("2026-07-01", None)),
    ]);
    let overlap = only(
        &[version("1.0.0", dates("2026-07-01", None)), version("2.0.0", dates("2026-08-01", None))],
        Check::DateOverlap,
    );
    assert_eq!(overlap.rules, ["thu/cap@1.0.0", "thu/cap@2.0.0"]);
}

#[test]
fn a_range_must_be_covered_from_end_to_end() {
    let packs = [pack(vec![rule("thu/mot", json!({}))])];
    let in_range = |from, until| {
        let range = Some((day(from), day(until)));
        lint(&packs, &Background { register: None, range }).findings
    };
    assert_eq!(in_range("2026-07-01", "2027-12-31"), []);
    let [gap] = in_range("2026-01-01", "2027-12-31").try_into().unwrap();
    assert!(gap.message.vi.contains("từ ngày 01/01/2026 đến hết ngày 30/06/2026"), "{gap:?}");
}

#[test]
fn repealed_texts_unless_their_successor_is_cited_too() {
    let citing = |instruments: &[&str]| {
        let basis: Vec<Value> = instruments
            .iter()
            .map(|instrument| json!({"instrument": instrument, "article": "Điều 10"}))
            .collect();
        [pack(vec![rule("thu/mot", json!({"basis": basis}))])]
    };
    let old = only(&citing(&["Nghị định 45/2026/NĐ-CP"]), Check::RepealedInstrument);
    assert_eq!(
        old.message.vi,
        "Nghị định 45/2026/NĐ-CP đã hết hiệu lực sau ngày 30/06/2026, được thay thế bởi 224/2026/NĐ-CP; quy tắc vẫn áp dụng vào ngày 21/11/2026."
    );
    silent(&citing(&["Nghị định 73/2019/NĐ-CP", "Nghị định 224/2026/NĐ-CP"]));
    silent(&citing(&["Nghị định 999/2026/NĐ-CP"]));
    only(
        &citing(&["Thông tư 03/2020/TT-BTTTT", "Nghị định 224/2026/NĐ-CP"]),
        Check::RepealedInstrument,
    );
    // A rule that ended with its text is no problem.
    let ended = json!({"effective": {"from": "2026-03-01", "to": "2026-06-30"},
        "basis": [{"instrument": "Nghị định 45/2026/NĐ-CP", "article": "Điều 10"}]});
    silent(&[pack(vec![rule("thu/mot", ended)])]);
}

#[test]
fn rules_that_begin_before_their_texts() {
    let from = |from: &str, basis: Value| {
        [pack(vec![rule("thu/mot", json!({"effective": {"from": from}, "basis": basis}))])]
    };
    let new = json!({"instrument": "Nghị định 224/2026/NĐ-CP", "article": "Điều 49"});
    let old = json!({"instrument": "Nghị định 73/2019/NĐ-CP", "article": "Điều 10"});
    let unknown = json!({"instrument": "Nghị định 999/2019/NĐ-CP", "article": "Điều 10"});
    let early = only(&from("2026-06-30", json!([new])), Check::BeforeInstrument);
    assert!(
        early.message.en.contains("2026-06-30") && early.message.en.contains("2026-07-01"),
        "{early:?}"
    );
    silent(&from("2026-07-01", json!([new])));
    silent(&from("2020-01-01", json!([new, old])));
    silent(&from("2020-01-01", json!([new, unknown])));
}

#[test]
fn texts_with_articles_are_cited_by_article() {
    let citing = |instrument: &str, quote: Value| {
        let basis = json!([{"instrument": instrument}]);
        [pack(vec![rule("thu/mot", json!({"basis": basis, "quote": quote}))])]
    };
    only(&citing("Nghị định 999/2026/NĐ-CP", json!("nguyên văn")), Check::NoArticle);
    only(&citing("Kế hoạch chuyển đổi số", Value::Null), Check::NoArticle);
    silent(&citing("Kế hoạch chuyển đổi số", json!("nguyên văn")));
    let none = [pack(vec![rule("thu/mot", json!({"basis": []}))])];
    assert!(only(&none, Check::NoArticle).message.en.starts_with("The rule cites no legal basis"));
}

#[test]
fn rules_that_nothing_shows_to_fail() {
    let with = |cases: Value| {
        let mut pack = pack(vec![rule("thu/mot", json!({}))]);
        pack.cases = serde_json::from_value(cases).unwrap();
        [pack]
    };
    let said = |cases| only(&with(cases), Check::NoInvalidCase).message.en;
    assert_eq!(said(json!({"rules": []})), "The pack carries no case of the rule.");
    let valid = json!({"name": "a", "expectation": "valid", "content": "{}"});
    let invalid = json!({"name": "a", "expectation": "invalid", "content": "{}"});
    let of = |case: &Value| json!({"rules": [{"rule": "thu/mot", "cases": [case]}]});
    assert_eq!(said(of(&valid)), "The rule has no case that fails.");
    assert_eq!(said(of(&invalid)), "The failing cases of the rule record no finding.");
}

#[test]
fn two_rules_that_say_the_same() {
    let two = |more: Value| {
        let mut other = rule("khac/hai", json!({"requirement": "R99"}));
        other.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        [
            pack_of("thu", "1.0.0", &["VN"], vec![rule("thu/mot", json!({}))]),
            pack_of("khac", "1.0.0", &["bac-giang"], vec![other]),
        ]
    };
    let same = only(&two(json!({"doc": "Chi phí dự phòng không vượt mức trần."})), Check::SameRule);
    assert_eq!(same.rules, ["khac/hai", "thu/mot"]);
    only(&two(json!({"doc": "Chi phí dự phòng không được vượt mức trần."})), Check::SameRule);
    silent(&two(json!({"doc": "Tổng dự toán không vượt kinh phí đã duyệt."})));
    silent(&two(json!({"reads": ["costs.total"]})));
    silent(&two(json!({"subjects": ["portfolio"]})));
    silent(&two(
        json!({"basis": [{"instrument": "Nghị định 224/2026/NĐ-CP", "article": "Điều 50"}]}),
    ));
    // Two provinces that never meet.
    let province = |slug: &'static str, pack: &str, row: &str| {
        let name = format!("{pack}/mot");
        pack_of(pack, "1.0.0", &[slug], vec![rule(&name, json!({"requirement": row}))])
    };
    silent(&[province("ha-noi", "thu", "R1"), province("bac-giang", "khac", "R2")]);
    only(
        &[province("bac-ninh-2025", "thu", "R1"), province("bac-giang", "khac", "R2")],
        Check::SameRule,
    );
}

#[test]
fn sentences_that_nobody_would_sign() {
    let titled =
        |vi: &str| [pack(vec![rule("thu/mot", json!({"title": {"vi": vi, "en": "Contingency"}}))])];
    silent(&titled("Dự phòng trong mức trần"));
    for (title, problem) in [
        ("", "để trống"),
        ("Dự phòng.", "kết thúc bằng dấu chấm"),
        ("Dự phòng \"x\"", "ngoặc kép thẳng"),
        ("Du\u{31b}\u{323} pho\u{300}ng", "NFC"),
        (&"Dự phòng ".repeat(9), "giới hạn là 80"),
    ] {
        let finding = only(&titled(title), Check::Wording);
        assert!(finding.message.vi.contains(problem), "{problem}: {finding:?}");
    }
    for (norm, problem) in [
        ("chi phí dự phòng không vượt mức trần.", "chữ hoa"),
        ("Chi phí dự phòng không vượt mức trần", "dấu chấm"),
        ("Chi phí dự phòng không vượt mức trần!.", "chấm than"),
        ("Hồ sơ không có lỗi.", "quy lỗi"),
    ] {
        let finding = only(&[pack(vec![rule("thu/mot", json!({ "doc": norm }))])], Check::Wording);
        assert!(finding.message.vi.contains(problem), "{problem}: {finding:?}");
    }
}

#[test]
fn sentences_of_findings_are_read_from_the_cases() {
    let saying = |vi: &str, en: &str| {
        let mut pack = pack(vec![rule("thu/mot", json!({}))]);
        pack.cases.rules[0].wordings[0].message = Bilingual::new(vi, en);
        [pack]
    };
    let (vi, en) = ("Tổng là 1.234.567 đồng.", "The total is VND 1,234,567.");
    silent(&saying(vi, en));
    for (vi, en, problem) in [
        (vi, "", "để trống"),
        (vi, "The total is VND 1.234.567.", "nhóm chữ số"),
        ("Tổng là 1,234,567 đồng.", en, "nhóm chữ số"),
        (vi, "The total has an error.", "quy lỗi"),
        (&format!("Tổng {}.", "rất ".repeat(100)), en, "giới hạn là 400"),
    ] {
        let finding = only(&saying(vi, en), Check::Wording);
        assert!(finding.message.vi.contains(problem), "{problem}: {finding:?}");
        assert_eq!(finding.rules, ["thu/mot"]);
    }
}
