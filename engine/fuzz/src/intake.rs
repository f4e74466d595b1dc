//! Intake: any bytes, as they are submitted, through to the report.

#![expect(clippy::expect_used, reason = "a broken promise is a panic, for the fuzzer to see")]

use std::sync::LazyLock;

use kycuong_engine::fuzzing::{Readable, SCHEMA_FINDINGS_MAX};
use kycuong_engine::{Date, Engine, Finding, Report, Severity, Verdict};
use kycuong_model::tape::{Document, Kind};

use crate::installed::PACK;
use crate::{is_sampled, words};

/// The day of judging.
const ON: Date = Date::literal(2026, 11, 21);
/// Documents of more nodes are not asked for the pointer of each: that is quadratic.
const POINTERS_MAX: usize = 100;

static ENGINE: LazyLock<Engine> = LazyLock::new(|| {
    Engine::builder()
        .pack(PACK.clone())
        .allow_unsigned()
        .build()
        .expect("one pack and no settings make a host")
});

/// Reads a submission, judges it, and holds the host to what it said.
pub fn run(bytes: &[u8]) {
    let submission = ENGINE.read(bytes);
    assert_eq!(submission.digest().len(), "sha256:".len() + 64);
    let read = Readable::of(&submission);
    let differs = serde_json::from_slice::<serde_json::Value>(bytes).is_ok();
    match &read {
        Ok(readable) => {
            // Numbers that no float can hold are JSON too, so no value is asked for.
            let known = serde_json::from_slice::<serde::de::IgnoredAny>(bytes).is_ok();
            assert!(known, "not JSON, and accepted");
            nodes(readable.document);
            readable.findings().iter().for_each(words::of_finding);
        }
        Err(findings) => {
            assert!(findings.iter().any(|finding| finding.severity == Severity::Block));
            findings.iter().for_each(words::of_finding);
            let strict = ["too-", "duplicate-member"];
            let strict = |name: &str| strict.iter().any(|known| name.starts_with(known));
            let refused =
                |finding: &Finding| finding.rule.strip_prefix("intake/").is_none_or(strict);
            assert!(!differs || findings.iter().all(refused), "JSON, and refused: {findings:?}");
        }
    }
    let thorough = is_sampled(bytes);
    let check = || {
        ENGINE.check(&submission, ON).expect("no facts are needed, so the operator has no problem")
    };
    let checked = check();
    let report = checked.report();
    report_holds(report, bytes, read.is_ok());
    if thorough {
        // A second check of the same bytes gives the same bytes, and they can be read again.
        assert_eq!(check().json(), checked.json());
        assert!(report.is_authentic());
        let written = Report::from_json(checked.json().as_bytes()).expect("a report can be read");
        assert_eq!(written, *report);
        let draft = report.draft(&submission);
        assert_eq!(draft.subject.is_some(), read.is_ok());
        let _ = submission.submitted_on();
    }
}

fn report_holds(report: &Report, bytes: &[u8], readable: bool) {
    assert!(readable || !report.complete, "what is refused is not judged");
    let decided = [Verdict::Accept, Verdict::AcceptWithWarnings].contains(&report.verdict);
    assert!(report.complete || !decided, "{:?} and incomplete", report.verdict);
    let blocked = report.findings.iter().any(|finding| finding.severity == Severity::Block);
    assert_eq!(blocked, report.verdict == Verdict::Return);
    assert_eq!(report.verdict, report.raw_verdict, "nothing was downgraded");
    assert!(readable || blocked, "what is refused is returned");
    let of_schema = report.findings.iter().filter(|found| found.rule.starts_with("schema/"));
    assert!(of_schema.count() <= SCHEMA_FINDINGS_MAX + 1);
    let lines: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').collect();
    for finding in &report.findings {
        words::of_finding(finding);
        let line = lines.get(finding.line.wrapping_sub(1)).expect("a line of the text");
        // One past the end is where something is missing.
        assert!((1..=line.len() + 1).contains(&finding.column), "{finding:?}");
    }
    assert_eq!(report.outcomes.len(), if readable { PACK.manifest().rules.len() } else { 0 });
}

/// Ranges lie inside the text and inside one another; a node's pointer leads back to it.
fn nodes(document: Document<'_>) {
    let text = document.text();
    let few = document.len() <= POINTERS_MAX;
    for node in (0..document.len() as u32).filter_map(|index| document.node(index)) {
        assert!(text.get(node.range()).is_some(), "a range outside the text: {node:?}");
        assert!(node.next() as usize <= document.len());
        let _ = node.text();
        if few && node.kind() != Kind::Key {
            let pointer = document.pointer_of(node.index());
            let found = document.resolve(&pointer).map(|found| found.index());
            assert_eq!(found, Some(node.index()), "{pointer}");
        }
    }
}
