//! Files of cases as their authors meet them: what is read, what is refused and with which words, what
//! is written, and what a test of a rule says of them.

#![expect(clippy::panic, clippy::unwrap_used, reason = "a test stops where it fails")]

use std::path::Path;

use kycuong_cases::{
    Base, Case, CaseFile, Change, Effect, RuleReport, Start, stray_files, test_rule, wordings,
};
use kycuong_model::cases::{
    CaseDocuments, CaseFinding, CaseOutcome, CaseRunner, CaseWording, Expectation,
};
use kycuong_model::finding::{Missing, RuleFinding, RuleStatus, Severity};
use kycuong_model::text::Bilingual;
use proptest::prelude::*;

const FILE: &str = r#"# total-over-ceiling

## base

```json
{
  "on": "2026-11-21",
  "subject": {"costs": {"total": "20000000000"}}
}
```

## base: theo quy định cũ

```json
{"on": "2020-01-01", "regime": "nd-73-2019", "subject": {"costs": {"total": "1"}, "lines": [1]}}
```

## valid: đúng mức trần

- → `pass`

## invalid: vượt mức trần một đồng

- `/subject/costs/total` = `"20000000001"`
- → `over-ceiling /costs/total block ceiling=20000000000 total=20000000001`

## invalid: hai dòng theo quy định cũ

- base `theo quy định cũ`
- `/subject/lines/-` =
  ```json
  {
    "a": 1.50
  }
  ```
- `/subject/lines/0` absent

## missing: không có tổng

```json
{"on": "2026-11-21", "subject": {}}
```

- → `not-evaluated /costs`

## wording

### over-ceiling

- case: invalid: vượt mức trần một đồng
- vi: Tổng là 20.000.000.001 đồng.
- vi remedy: Giảm tổng.
- en: The total is VND 20,000,000,001.
- en remedy: Lower the total.

### not-applicable

- case: valid: đúng mức trần
- vi: Không thuê dịch vụ.
- en: Nothing is leased.
"#;

fn read(text: &str) -> CaseFile {
    CaseFile::read(text).unwrap_or_else(|(line, problem)| panic!("{line}: {problem}"))
}

#[test]
fn a_file_is_read_whole_and_written_as_it_was() {
    let file = read(FILE);
    assert_eq!(file.write(), FILE);
    assert_eq!((file.bases.len(), file.cases.len(), file.wordings.len()), (2, 4, 2));
    let contents: Vec<String> = file
        .carried("thu/total-over-ceiling")
        .unwrap()
        .cases
        .into_iter()
        .map(|case| case.content)
        .collect();
    assert_eq!(
        contents,
        [
            r#"{"on":"2026-11-21","subject":{"costs":{"total":"20000000000"}}}"#,
            r#"{"on":"2026-11-21","subject":{"costs":{"total":"20000000001"}}}"#,
            r#"{"on":"2020-01-01","regime":"nd-73-2019","subject":{"costs":{"total":"1"},"lines":[{"a":1.50}]}}"#,
            r#"{"on":"2026-11-21","subject":{}}"#,
        ]
    );
}

#[test]
fn line_ends_and_a_byte_order_mark_change_nothing() {
    let expected = read(FILE);
    for text in [FILE.replace('\n', "\r\n"), FILE.replace('\n', "\r"), format!("\u{feff}{FILE}")] {
        assert_eq!(read(&text), expected);
    }
}

#[test]
fn what_cannot_be_read_is_said_with_its_line_and_what_to_write() {
    for (from, to, line, words) in [
        ("# total", "total", 1, "expected `# rule-name`"),
        ("## valid: đ", "valid: đ", 18, "expected a heading `## base`"),
        ("## valid: đúng mức trần", "## valid:", 18, "write a short sentence after `valid: `"),
        ("## valid: đúng", "## good: đúng", 18, "cannot read the heading `## good: đúng mức trần`"),
        ("- → `pass`", "pass", 20, "cannot read `pass`; expected a change"),
        ("- → `pass`", "- → pass", 20, "cannot read `- → pass`; expected a change"),
        ("- → `pass`", "- → `passes`", 20, "`passes` says no outcome; expected `pass`"),
        ("= `\"20000000001\"`", ": `\"20000000001\"`", 24, "expected a change"),
        ("= `\"20000000001\"`", "= `20 000`", 24, "no JSON"),
        ("\"on\": \"2026-11-21\",\n  ", "\"on\": \"2026-11-21\"\n  ", 8, "no JSON"),
        ("`/subject/costs/total` =", "`subject/costs/total` =", 24, "expected a JSON Pointer like"),
        (
            "`/subject/costs/total` =",
            "`/subject/fees/total` =",
            24,
            "nothing is at `/subject/fees/total`",
        ),
        (
            "- base `theo",
            "- base `the",
            27,
            "there is no base `the quy định cũ`; the file has ``, `theo quy định cũ`",
        ),
        ("  ```\n- `/subject/lines/0`", "- `/subject/lines/0`", 31, "this block has no end"),
        (
            "\"on\": \"2026-11-21\",\n  ",
            "",
            3,
            "it has no `on`; write the day on which it is judged",
        ),
        ("\"on\": \"2026-11-21\", \"subject\": {}", "\"subject\": {}", 38, "it has no `on`"),
        ("## valid: đúng mức trần", "## invalid: vượt mức trần một đồng", 22, "is there twice"),
        ("- vi: T", "- vn: T", 51, "cannot read `- vn: Tổng là"),
        ("- en: The total is VND 20,000,000,001.\n", "", 48, "the wording lacks `en`"),
        ("- → `pass`", "- → `pass`\n- `/on` absent", 21, "changes stand before the outcome"),
    ] {
        let text = FILE.replacen(from, to, 1);
        assert_ne!(text, FILE, "{from}");
        let found = CaseFile::read(&text).and_then(|file| file.carried("thu/x").map(|_| ()));
        let (at, problem) = found.expect_err(from);
        assert!(problem.to_string().contains(words), "{problem}");
        assert_eq!(at, line, "{problem}");
    }
}

#[test]
fn a_file_is_called_as_its_rule() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("another.md");
    std::fs::write(&path, FILE).unwrap();
    std::fs::write(folder.path().join("valid-old.json"), "{}").unwrap();
    let error = CaseFile::load(&path, "another").unwrap_err().to_string();
    assert!(error.ends_with("another.md:1: it is about the rule `total-over-ceiling`; write `# another`, as the file is called"), "{error}");
    let strays = stray_files(folder.path(), ["thu/another"]);
    assert_eq!(strays, [folder.path().join("valid-old.json")]);
    let absent = CaseFile::load(&folder.path().join("x.md"), "x").unwrap_err().to_string();
    assert!(absent.contains("every rule has its cases in such a file"), "{absent}");
}

/// Finds a total over the ceiling; `crash` in the subject is no answer.
struct Ceiling(u64);

impl CaseRunner for Ceiling {
    type Error = String;

    fn run(&mut self, _: &str, documents: &CaseDocuments) -> Result<RuleStatus, String> {
        let tapes = documents.tapes(&Default::default()).map_err(|error| error.to_string())?;
        let root = tapes.subject.document().root().unwrap();
        if root.member("crash").is_some() {
            return Err("the rule crashed".to_owned());
        }
        let Some(total) = root.member("costs").and_then(|costs| costs.member("total")) else {
            return Ok(RuleStatus::NotEvaluated {
                missing: Missing::Field("/costs".into()),
                findings: Vec::new(),
            });
        };
        let total: u64 = total.text().parse().unwrap();
        Ok(if total > self.0 {
            RuleStatus::Fail { findings: vec![over(total)] }
        } else {
            RuleStatus::Pass
        })
    }
}

fn over(total: u64) -> RuleFinding {
    RuleFinding {
        code: "over-ceiling".to_owned(),
        path: "/costs/total".into(),
        severity: Severity::Block,
        message: Bilingual::new(format!("Tổng là {total}."), format!("It is {total}.")),
        remedy: Bilingual::new("Giảm.", "Lower it."),
        values: [("total".to_owned(), total.to_string())].into(),
    }
}

const SMALL: &str = "# a\r\n## base\r\n```json\r\n{\"on\":\"2026-11-21\",\"subject\":{\"costs\":{\"total\":\"5\"}}}\r\n```\r\n## valid: at it\r\n## invalid: over\r\n- `/subject/costs/total` = `\"6\"`\r\n## missing: none\r\n- `/subject/costs` absent\r\n";

fn problems(report: &RuleReport) -> Vec<&str> {
    let of_cases = report.cases.iter().flat_map(|case| &case.problems);
    of_cases.chain(&report.problems).map(String::as_str).collect()
}

fn tested(folder: &Path, ceiling: u64, update: bool) -> RuleReport {
    test_rule(folder, "thu/a", &mut Ceiling(ceiling), update)
}

#[test]
fn an_update_writes_outcomes_and_wordings_and_then_all_is_well() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.md");
    std::fs::write(&path, SMALL).unwrap();
    let report = tested(folder.path(), 5, false);
    let said = problems(&report);
    assert_eq!(said.len(), 4, "{said:?}");
    assert!(
        said[1].contains("has no recorded outcome")
            && said[1].contains("→ over-ceiling /costs/total block total=6")
    );
    assert!(
        said[3]
            .contains("the wording of `over-ceiling` in the case “invalid: over” is not recorded"),
        "{}",
        said[3]
    );
    assert!(report.cases[1].place.ends_with("a.md:7"), "{}", report.cases[1].place);

    assert_eq!(problems(&tested(folder.path(), 5, true)), [""; 0]);
    let written = std::fs::read_to_string(&path).unwrap();
    assert!(
        written.contains(
            "- `/subject/costs/total` = `\"6\"`\n- → `over-ceiling /costs/total block total=6`\n"
        ),
        "{written}"
    );
    assert!(
        written.contains("### over-ceiling\n\n- case: invalid: over\n- vi: Tổng là 6.\n"),
        "{written}"
    );
    assert_eq!(problems(&tested(folder.path(), 5, false)), [""; 0]);

    let report = tested(folder.path(), 6, false);
    let said = problems(&report);
    assert_eq!(said.len(), 3, "{said:?}");
    assert!(
        said[0].starts_with("promises `invalid`, but the outcome is:\n  → pass"),
        "{}",
        said[0]
    );
    assert!(
        said[1].starts_with("differs in the outcome: recorded is `fail`, now it is `pass`"),
        "{}",
        said[1]
    );
    assert!(said[2].contains("no longer taken from the case “invalid: over”"), "{}", said[2]);
    // A promise is kept or broken; it is never rewritten.
    assert_eq!(problems(&tested(folder.path(), 6, true)).len(), 1);
}

#[test]
fn a_sentence_that_changed_and_a_case_without_an_answer_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.md");
    std::fs::write(&path, SMALL).unwrap();
    tested(folder.path(), 5, true);
    let written = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, written.replace("- vi: Tổng là 6.", "- vi: Tổng, là 6.")).unwrap();
    let report = tested(folder.path(), 5, false);
    let said = problems(&report);
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(
        said[0].contains("differs")
            && said[0].contains("  Tổng, là 6.\n")
            && said[0].contains("  Tổng là 6.\n"),
        "{}",
        said[0]
    );

    std::fs::write(
        &path,
        written.replace(
            "## missing: none\n\n- `/subject/costs` absent",
            "## valid: crash\n\n- `/subject/crash` = `1`",
        ),
    )
    .unwrap();
    let report = tested(folder.path(), 5, false);
    let said = problems(&report);
    assert_eq!(said[0], "the rule crashed");
    assert!(
        said[1].ends_with("has no missing case; add one below a heading `## missing: name`"),
        "{said:?}"
    );
}

#[test]
fn a_violation_has_one_example_and_one_for_each_other_code_in_it() {
    let finding = |total: &str, paper: &str| {
        let mut finding = over(6);
        finding.values =
            [("total", total), ("paper", paper)].map(|(a, b)| (a.to_owned(), b.to_owned())).into();
        RuleStatus::Fail { findings: vec![finding] }
    };
    let reason = |en: &str| RuleStatus::NotApplicable { reason: Bilingual::new("Không.", en) };
    let outcomes = [
        ("1", reason("No.")),
        ("2", finding("6", "proposal")),
        ("3", finding("7", "proposal")),
        ("4", reason("Not.")),
        ("5", finding("7", "estimate")),
        ("6", reason("No.")),
    ];
    let found = wordings(outcomes.iter().map(|(case, status)| ((*case).to_owned(), status)));
    let shown: Vec<_> = found.iter().map(|one| (one.code.as_str(), one.case.as_str())).collect();
    assert_eq!(
        shown,
        [
            ("not-applicable", "1"),
            ("not-applicable", "4"),
            ("over-ceiling", "2"),
            ("over-ceiling", "5")
        ]
    );
}

fn name() -> impl Strategy<Value = String> {
    "[\\pL\\d `*_#:“”.-]{1,20}"
        .prop_map(|name| name.trim().to_owned())
        .prop_filter("a name", |name| !name.is_empty())
}

fn json() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        "-?[1-9][0-9]{0,20}(\\.[0-9]{1,3})?".prop_map(|number| number),
        "[\\pL `\\d]{0,8}".prop_map(|text| format!("\"{text}\"")),
        Just("null".to_owned()),
        Just("{\n  \"a\": 1\n}".to_owned()),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop::collection::vec(inner, 0..3).prop_map(|all| format!("[{}]", all.join(",")))
    })
}

fn start() -> impl Strategy<Value = Start> {
    prop_oneof![Just(Start::FirstBase), name().prop_map(Start::Base), json().prop_map(Start::Own),]
}

fn change() -> impl Strategy<Value = Change> {
    let effect = prop_oneof![Just(Effect::Absent), json().prop_map(Effect::Set)];
    ("(/[\\pL` ~]{0,4}[a-z]){1,3}", effect).prop_map(|(pointer, effect)| Change {
        pointer,
        effect,
        line: 0,
    })
}

fn case() -> impl Strategy<Value = Case> {
    let outcome = prop_oneof![
        Just(None),
        Just(Some(CaseOutcome::Pass)),
        any::<(String, String)>().prop_map(|(code, value)| {
            let values = [(code.clone(), value)].into();
            let finding =
                CaseFinding { code, path: "/a b".into(), severity: Severity::Warn, values };
            Some(CaseOutcome::Fail { findings: vec![finding] })
        }),
    ];
    let expectation = prop::sample::select(Expectation::ALL.to_vec());
    (expectation, name(), start(), prop::collection::vec(change(), 0..3), outcome).prop_map(
        |(expectation, name, start, changes, outcome)| Case {
            expectation,
            name,
            start,
            changes,
            outcome,
            line: 0,
        },
    )
}

fn wording() -> impl Strategy<Value = CaseWording> {
    (any::<[String; 4]>(), name(), any::<bool>()).prop_map(|([vi, en, a, b], case, applies)| {
        let code = if applies { "late-by-days" } else { "not-applicable" }.to_owned();
        let remedy = applies.then(|| Bilingual::new(a, b));
        CaseWording { code, case, message: Bilingual::new(vi, en), remedy }
    })
}

fn file() -> impl Strategy<Value = CaseFile> {
    let base = (name(), json()).prop_map(|(name, json)| Base { name, json, line: 0 });
    let bases = prop::collection::vec(base, 0..3);
    let parts =
        (bases, prop::collection::vec(case(), 0..4), prop::collection::vec(wording(), 0..3));
    parts.prop_map(|(mut bases, mut cases, wordings)| {
        bases.dedup_by(|a, b| a.name == b.name);
        let mut seen = std::collections::BTreeSet::new();
        bases.retain(|base| seen.insert(base.name.clone()));
        cases.retain(|case| seen.insert(case.title()));
        CaseFile { rule: "a-rule".to_owned(), bases, cases, wordings }
    })
}

fn without_lines(mut file: CaseFile) -> CaseFile {
    file.bases.iter_mut().for_each(|base| base.line = 0);
    for case in &mut file.cases {
        case.line = 0;
        case.changes.iter_mut().for_each(|change| change.line = 0);
    }
    file
}

proptest! {
    #[test]
    fn what_is_written_is_read_again(file in file()) {
        let text = file.write();
        let read = CaseFile::read(&text).map_err(|(line, problem)| TestCaseError::fail(format!("{line}: {problem}\n{text}")))?;
        prop_assert_eq!(without_lines(read), file);
    }

    #[test]
    fn no_text_stops_the_reader(text in "[-#`\\[\\]{}/=→:a\n\r ]{0,60}", at in 0..FILE.len(), cut in 0..40_usize) {
        let _ = CaseFile::read(&text);
        let before = FILE.get(..at).unwrap_or_default();
        let after = FILE.get(at + cut..).unwrap_or_default();
        if let Ok(file) = CaseFile::read(&format!("{before}{text}{after}")) {
            let _ = file.carried("thu/a");
        }
    }
}
