//! Adoption, deployment files and waivers: what a deployment may decide, and that nothing of it is
//! silent.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot set up its engine has failed"
)]

use std::error::Error;

use kycuong_engine::fuzzing::Judge as _;
use kycuong_engine::report::EnforcedBecause;
use kycuong_engine::report::Finding;
use kycuong_engine::report::{NotApplied, WaiverStatus};
use kycuong_engine::{Date, Deployment, Enforcement, Engine, Report, Severity, Verdict};
use kycuong_test_packs::canned_pack::{Canned, PANIC, fail, missing, pass, violation};
use serde_json::json;

use crate::prepared_host::{DOSSIER, ON, builder};

/// A national pack with nothing to object to, and a historic one of Gia Lai that blocks.
fn packs() -> [Canned; 2] {
    let parameter = json!({"parameters": [
        {"name": "share", "doc": "Tỷ lệ.", "kind": "percent", "default": "2", "min": "1", "max": "10"}
    ]});
    [
        Canned::new("vn", "VN").rule("total-differs", pass()),
        Canned::new("gia-lai", "gia-lai")
            .historic()
            .rule_with("no-plan", fail(&[("/costs/total", "block")]), parameter)
            .rule("quiet", pass()),
    ]
}

fn engine_of(packs: &[Canned], deployment: &str) -> Result<Engine, String> {
    let deployment =
        Deployment::parse("deployment.toml", deployment).map_err(|error| error.to_string())?;
    builder(packs).deployment(deployment).build().map_err(|error| {
        let cause = error.source().map(|cause| format!(": {cause}")).unwrap_or_default();
        format!("{error}{cause}")
    })
}

/// A folder that lost a pack is no host, signed packs or not.
#[test]
fn a_required_pack_has_to_be_there() {
    let all = packs();
    let required = "[[required]]\npack = \"vn\"\n\n[[required]]\npack = \"gia-lai\"\n";
    engine_of(&all, required).unwrap();
    assert_eq!(
        engine_of(&all[1..], required).unwrap_err(),
        "cannot apply the setting at `deployment.toml`, line 1: the rule pack `vn` is required and not there; \
         there are `gia-lai`: bring it back, or require it no more"
    );
    assert!(
        engine_of(&all[..1], required).unwrap_err().contains("line 4: the rule pack `gia-lai`")
    );
    assert!(engine_of(&all, "[[required]]\nid = \"vn\"\n").unwrap_err().contains("lacks `pack`"));
    // It is there, so no report has to say it.
    let plain = check(&all, "", ON).settings;
    assert_eq!(check(&all, required, ON).settings, plain);
}

fn check(packs: &[Canned], deployment: &str, on: Date) -> Report {
    let report = engine_of(packs, deployment).unwrap().judge(DOSSIER.as_bytes(), on).unwrap();
    assert!(report.is_authentic());
    assert!(report.raw_verdict <= report.verdict, "what is raw is as bad, or worse");
    report
}

fn refused(deployment: &str) -> String {
    engine_of(&packs(), deployment).unwrap_err()
}

fn found<'a>(report: &'a Report, rule: &str) -> &'a Finding {
    report.findings.iter().find(|finding| finding.rule == rule).unwrap()
}

const ADOPTED: &str = r#"
[[adopt]]
pack = "gia-lai"
decision = "215/QĐ-UBND"
date = 2026-06-20
signer = "Nguyễn Văn An"
from = "2026-07-01"
to = 2026-12-31
"#;

#[test]
fn a_historic_pack_warns_until_it_is_adopted() {
    for (deployment, on, enforcement, because, verdict) in [
        ("", ON, Enforcement::Advisory, EnforcedBecause::Historic, Verdict::AcceptWithWarnings),
        (ADOPTED, ON, Enforcement::Blocking, EnforcedBecause::Adopted, Verdict::Return),
        (
            ADOPTED,
            Date::literal(2026, 6, 30),
            Enforcement::Advisory,
            EnforcedBecause::NotYetAdopted,
            Verdict::AcceptWithWarnings,
        ),
        (
            ADOPTED,
            Date::literal(2026, 7, 1),
            Enforcement::Blocking,
            EnforcedBecause::Adopted,
            Verdict::Return,
        ),
        (
            ADOPTED,
            Date::literal(2026, 12, 31),
            Enforcement::Blocking,
            EnforcedBecause::Adopted,
            Verdict::Return,
        ),
        (
            ADOPTED,
            Date::literal(2027, 1, 1),
            Enforcement::Advisory,
            EnforcedBecause::AdoptionEnded,
            Verdict::AcceptWithWarnings,
        ),
    ] {
        let report = check(&packs(), deployment, on);
        let [nation, province] = &report.settings.packs[..] else { panic!() };
        assert_eq!(
            (nation.enforcement, nation.because),
            (Enforcement::Blocking, EnforcedBecause::InForce)
        );
        assert_eq!((province.enforcement, province.because), (enforcement, because), "{on}");
        assert_eq!((report.verdict, report.raw_verdict), (verdict, verdict), "{on}");
        let finding = found(&report, "gia-lai/no-plan");
        let blocks = enforcement == Enforcement::Blocking;
        assert_eq!(finding.severity, if blocks { Severity::Block } else { Severity::Warn });
        assert_eq!(finding.declared_severity, (!blocks).then_some(Severity::Block));
    }
    let said = check(&packs(), ADOPTED, ON).settings.packs[1].reason.clone();
    assert_eq!(
        said.vi,
        "Gói quy tắc được áp dụng theo 215/QĐ-UBND ngày 20/06/2026 (người ký: Nguyễn Văn An), từ ngày 01/07/2026 đến hết ngày 31/12/2026."
    );
    assert_eq!(
        said.en,
        "The pack is adopted by 215/QĐ-UBND of 2026-06-20 (signed by Nguyễn Văn An), from 2026-07-01 until 2026-12-31."
    );
}

#[test]
fn an_unadopted_pack_can_neither_return_nor_hold_up() {
    for broken in [packs()[1].clone().body(PANIC), packs()[1].clone().rule("lacks", missing("/x"))]
    {
        let report = check(&[packs()[0].clone(), broken.clone()], "", ON);
        assert_eq!(report.verdict, Verdict::AcceptWithWarnings);
        let adopted = check(&[packs()[0].clone(), broken], ADOPTED, ON);
        assert!(adopted.verdict <= Verdict::Undetermined, "{:?}", adopted.verdict);
    }
}

#[test]
fn the_operator_s_switch_is_said_and_the_raw_verdict_stays() {
    let switched = format!("{ADOPTED}\n[[advisory]]\npack = \"gia-lai\"\nreason = \"Chạy thử\"\n");
    let report = check(&packs(), &switched, ON);
    assert_eq!(
        (report.verdict, report.raw_verdict),
        (Verdict::AcceptWithWarnings, Verdict::Return)
    );
    let setting = &report.settings.packs[1];
    assert_eq!(setting.because, EnforcedBecause::Operator);
    assert_eq!(
        setting.reason.vi,
        "Đơn vị vận hành chuyển gói quy tắc sang chỉ cảnh báo: Chạy thử."
    );
    assert_eq!((report.settings.adoptions.len(), report.settings.advisory.len()), (1, 1));
}

fn waiver(dossier: &str, more: &str) -> String {
    format!(
        r#"{ADOPTED}
[[waiver]]
rule = "gia-lai/no-plan"
dossier = "{dossier}"
decision = "318/QĐ-UBND"
signer = "Trần Thị Bình"
reason = "Kế hoạch năm đang trình"
{more}
"#
    )
}

#[test]
fn a_waiver_covers_one_rule_of_one_dossier_until_it_expires() {
    let valid = waiver("HS-2026-001", "expires = \"2026-11-21\"");
    let report = check(&packs(), &valid, ON);
    assert_eq!(
        (report.verdict, report.raw_verdict),
        (Verdict::AcceptWithWarnings, Verdict::Return)
    );
    assert_eq!(
        (report.counts.waived, report.counts.waivers_applied, report.counts.block),
        (1, 1, 0)
    );
    let finding = found(&report, "gia-lai/no-plan");
    assert_eq!(
        (finding.severity, finding.declared_severity),
        (Severity::Warn, Some(Severity::Block))
    );
    let waived = finding.waived.as_ref().unwrap();
    assert_eq!(
        (waived.decision.as_str(), waived.signer.as_str()),
        ("318/QĐ-UBND", "Trần Thị Bình")
    );
    assert_eq!(report.waivers[0].status, WaiverStatus::Applied { findings: 1 });
    assert_eq!(report.settings.waivers.len(), 1);

    for (deployment, on, because, said) in [
        (
            &valid,
            Date::literal(2026, 11, 22),
            NotApplied::Expired,
            "Quyết định hết giá trị sau ngày 21/11/2026; hồ sơ được xét ngày 22/11/2026.",
        ),
        (
            &waiver("HS-2026-002", "expires = \"2026-12-31\""),
            ON,
            NotApplied::OtherDossier,
            "Quyết định miễn cho hồ sơ “HS-2026-002”.",
        ),
        (
            &waiver("HS-2026-001", "date = 2026-11-22\nexpires = \"2026-12-31\""),
            ON,
            NotApplied::NotYetSigned,
            "Quyết định ký ngày 22/11/2026, sau ngày xét 21/11/2026.",
        ),
        (
            &valid.replace("gia-lai/no-plan", "gia-lai/quiet"),
            ON,
            NotApplied::NothingFound,
            "Quy tắc không có phát hiện nào để miễn.",
        ),
    ] {
        let report = check(&packs(), deployment, on);
        assert_eq!((report.verdict, report.raw_verdict), (Verdict::Return, Verdict::Return));
        assert_eq!((report.counts.waived, report.counts.waivers_applied), (0, 0));
        let WaiverStatus::NotApplied { because: why, reason } = &report.waivers[0].status else {
            panic!("{because:?}")
        };
        assert_eq!((*why, reason.vi.as_str()), (because, said));
    }
}

/// The packs, whose rule finds one violation at the total and another one at the kind.
fn packs_of_two_violations() -> [Canned; 2] {
    let mut status = fail(&[("/costs/total", "block"), ("/kind", "block")]);
    status["findings"][1]["code"] = json!("too-late");
    let listed = json!(["differs", "too-late"].map(|code| violation(code, &json!("block"))));
    let gia_lai = Canned::new("gia-lai", "gia-lai").historic().rule_with(
        "no-plan",
        status,
        json!({ "violations": listed }),
    );
    [packs()[0].clone(), gia_lai]
}

#[test]
fn a_waiver_of_one_violation_covers_no_other() {
    let packs = packs_of_two_violations();
    let one = waiver("HS-2026-001", "violation = \"too-late\"\nexpires = \"2026-12-31\"");
    let report = check(&packs, &one, ON);
    assert_eq!(
        (report.verdict, report.counts.waived, report.counts.block),
        (Verdict::Return, 1, 1)
    );
    let codes = |waived: bool| {
        let found = report.findings.iter().filter(|finding| finding.waived.is_some() == waived);
        found.map(|finding| finding.code.as_str()).collect::<Vec<_>>()
    };
    assert_eq!((codes(true), codes(false)), (vec!["too-late"], vec!["differs"]));
    assert_eq!(report.waivers[0].waived_id(), "gia-lai/no-plan/too-late");
    assert_eq!(report.waivers[0].status, WaiverStatus::Applied { findings: 1 });
    assert_eq!(report.settings.waivers[0].violation.as_deref(), Some("too-late"));

    // Beside one of the whole rule, each finding goes by the one that says most of it.
    let all = one.replace("violation = \"too-late\"\n", "").replace("318", "319");
    let both = format!("{one}{}", all.replace(ADOPTED, ""));
    let report = check(&packs, &both, ON);
    assert_eq!((report.verdict, report.counts.waived), (Verdict::AcceptWithWarnings, 2));
    for finding in &report.findings {
        let decision = if finding.code == "too-late" { "318/QĐ-UBND" } else { "319/QĐ-UBND" };
        assert_eq!(finding.waived.as_ref().unwrap().decision, decision);
    }

    // What was not found is not waived, though its rule found something else.
    let listed = json!(["differs", "too-late"].map(|code| violation(code, &json!("block"))));
    let other = Canned::new("gia-lai", "gia-lai").historic().rule_with(
        "no-plan",
        fail(&[("/costs/total", "block")]),
        json!({ "violations": listed }),
    );
    let report = check(&[packs[0].clone(), other], &one, ON);
    assert_eq!((report.verdict, report.counts.waived), (Verdict::Return, 0));
    assert!(matches!(
        report.waivers[0].status,
        WaiverStatus::NotApplied { because: NotApplied::NothingFound, .. }
    ));
}

#[test]
fn one_violation_is_lowered_and_no_other() {
    let lowered = |violation: &str| {
        format!(
            "{ADOPTED}[[lower]]\nrule = \"gia-lai/no-plan\"\nviolation = \"{violation}\"\n\
             severity = \"inform\"\nreason = \"Thí điểm\"\n"
        )
    };
    let packs = packs_of_two_violations();
    let report = check(&packs, &lowered("too-late"), ON);
    let severities = report
        .findings
        .iter()
        .map(|finding| (finding.code.as_str(), finding.severity, finding.declared_severity));
    assert_eq!(
        severities.collect::<Vec<_>>(),
        [("differs", Severity::Block, None), ("too-late", Severity::Inform, Some(Severity::Block))]
    );
    assert_eq!(report.settings.lowered[0].violation.as_deref(), Some("too-late"));
    let at = "cannot apply the setting at `deployment.toml`, line 9: ";
    for (violation, said) in [
        ("too-lat", "has no violation `too-lat`; did you mean `too-late`?"),
        ("x", "has no violation `x`; it has `differs`, `too-late`"),
    ] {
        let refused = engine_of(&packs, &lowered(violation)).unwrap_err();
        assert_eq!(refused, format!("{at}the rule `gia-lai/no-plan` {said}"));
    }
    let twice = format!("{0}{1}", lowered("too-late"), lowered("too-late").replace(ADOPTED, ""));
    let refused = engine_of(&packs, &twice).unwrap_err();
    assert!(
        refused.starts_with("the severity of `too-late` of `gia-lai/no-plan` is set twice"),
        "{refused}"
    );
}

#[test]
fn what_did_not_decide_cannot_be_waived() {
    let valid = waiver("HS-2026-001", "expires = \"2026-12-31\"");
    let lacking = Canned::new("gia-lai", "gia-lai").historic().rule("no-plan", missing("/x"));
    for broken in [packs()[1].clone().body(PANIC), lacking] {
        let report = check(&[packs()[0].clone(), broken], &valid, ON);
        assert_eq!((report.verdict, report.complete), (Verdict::Undetermined, false));
        assert!(matches!(
            report.waivers[0].status,
            WaiverStatus::NotApplied { because: NotApplied::Undecided, .. }
        ));
    }
}

// A waiver of the province's rule does not cover what the national rule found, even where the report
// has them as one finding.
#[test]
fn a_waiver_of_a_lower_rule_covers_nothing_of_a_higher_one() {
    let national = Canned::new("vn", "VN").rule("no-plan", fail(&[("/costs/total", "block")]));
    let both = [national, packs()[1].clone()];
    let report = check(&both, &waiver("HS-2026-001", "expires = \"2026-12-31\""), ON);
    assert_eq!(report.verdict, Verdict::Return);
    assert_eq!((report.findings.len(), report.counts.waived), (1, 0));
    assert!(matches!(
        report.waivers[0].status,
        WaiverStatus::NotApplied { because: NotApplied::FoundByOthers, .. }
    ));
}

#[test]
fn everything_in_force_is_in_the_settings_and_their_digest() {
    let sections = [
        ADOPTED.to_owned(),
        "[[parameter]]\nrule = \"gia-lai/no-plan\"\nname = \"share\"\nvalue = 3\nreason = \"Nghị quyết giao 3%\"\n".to_owned(),
        "[[lower]]\nrule = \"vn/total-differs\"\nseverity = \"warn\"\nreason = \"Thí điểm\"\ndecision = \"12/QĐ-UBND\"\n".to_owned(),
        "[[advisory]]\npack = \"gia-lai\"\nreason = \"Chạy thử\"\n".to_owned(),
        waiver("HS-2026-002", "expires = \"2026-12-31\"").replace(ADOPTED, ""),
    ];
    let mut digests = vec![check(&packs(), "", ON).receipt.settings];
    for section in &sections {
        digests.push(check(&packs(), section, ON).receipt.settings);
    }
    let all = check(&packs(), &sections.concat(), ON);
    digests.push(all.receipt.settings.clone());
    let mut distinct = digests.clone();
    distinct.sort();
    distinct.dedup();
    assert_eq!(distinct.len(), digests.len());

    let settings = all.settings.clone();
    assert_eq!(
        [settings.adoptions.len(), settings.parameters.len(), settings.lowered.len()],
        [1, 1, 1]
    );
    assert_eq!([settings.advisory.len(), settings.waivers.len()], [1, 1]);
    assert_eq!(settings.parameters[0].value, "3");
    // The order of a file is nobody's business.
    let reversed = sections.iter().rev().cloned().collect::<Vec<_>>().concat();
    assert_eq!(check(&packs(), &reversed, ON).to_json().unwrap(), all.to_json().unwrap());
    let read: Report = serde_json::from_str(&all.to_json().unwrap()).unwrap();
    assert_eq!(read.to_json().unwrap(), all.to_json().unwrap());
}

#[test]
fn what_a_file_may_not_say_is_refused_with_its_line() {
    let parameter = |value: &str| {
        format!(
            "[[parameter]]\nrule = \"gia-lai/no-plan\"\nname = \"share\"\nvalue = {value}\nreason = \"Vì\"\n"
        )
    };
    let at = |line: usize| format!("cannot apply the setting at `deployment.toml`, line {line}: ");
    for (deployment, said) in [
        (
            ADOPTED.replace("gia-lai", "gia-lay"),
            at(2) + "no rule pack `gia-lay` is active; there are `vn`, `gia-lai`",
        ),
        (
            ADOPTED.replace("gia-lai", "vn"),
            at(2) + "the rule pack `vn` is active by itself, only a historic one is adopted: remove the entry",
        ),
        (
            ADOPTED.replace("to = 2026-12-31", "to = 2026-06-30"),
            at(2) + "the adoption of `gia-lai` has its first day 2026-07-01 after its last day 2026-06-30",
        ),
        (
            ADOPTED.replace("2026-06-20", "2026-07-02"),
            at(2) + "the adoption of `gia-lai` has its decision of 2026-07-02 after its first day 2026-07-01",
        ),
        (
            format!("{ADOPTED}{}", ADOPTED.replace("2026-07-01", "2026-12-31")),
            "the enforcement of `gia-lai` is set twice: `215/QĐ-UBND` from 2026-07-01 at `deployment.toml`, line 2 and `215/QĐ-UBND` from 2026-12-31 at `deployment.toml`, line 10".to_owned(),
        ),
        (
            parameter("0.5"),
            "`deployment.toml`, line 4: `value` (Giá trị) is `0.5`, which is of another type: write it like \"2.5\"".to_owned(),
        ),
        (
            parameter("\"10.5\""),
            at(1) + "the parameter `share` of the rule `gia-lai/no-plan` is 1 to 10, got 10.5",
        ),
        (
            parameter("3").replace("\"share\"", "\"chare\""),
            at(1) + "the rule `gia-lai/no-plan` has no parameter `chare`; it has `share`",
        ),
        (
            parameter("3").replace("no-plan", "no-plans"),
            at(1) + "no active rule pack has the rule `gia-lai/no-plans`; did you mean `gia-lai/no-plan`?",
        ),
        (
            "[[lower]]\nrule = \"gia-lai/no-plan\"\nseverity = \"block\"\nreason = \"Vì\"\n".to_owned(),
            "`deployment.toml`, line 3: `severity` (Mức mới) is `block`, but can only be `warn` or `inform`: nothing is raised here".to_owned(),
        ),
        (
            "[[lower]]\nrule = \"vn/total-differs\"\nseverity = \"warn\"\nreason = \"Thí điểm\"\n".to_owned(),
            at(1) + "lowering the rule `vn/total-differs` lowers national rules, which takes the document that allows it: give its number as `decision`, or cite it in the reason, like `12/QĐ-UBND`",
        ),
        (
            waiver("HS-2026-001", "date = 2026-12-02\nexpires = 2026-12-01"),
            at(10) + "the waiver of `gia-lai/no-plan` for `HS-2026-001` has its decision of 2026-12-02 after its last day 2026-12-01",
        ),
    ] {
        assert_eq!(refused(&deployment), said);
    }
    let twice = waiver("HS-2026-001", "expires = 2026-12-01");
    let twice = format!("{twice}{}", twice.replace(ADOPTED, ""));
    let said = refused(&twice);
    assert!(
        said.starts_with("the waiver of `gia-lai/no-plan` for `HS-2026-001` is set twice"),
        "{said}"
    );
}
