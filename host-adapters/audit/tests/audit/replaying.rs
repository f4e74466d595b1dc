//! A check is made again from what is kept of it, whatever became of packs, facts and settings.

use std::fs;
use std::sync::Arc;

use kycuong_audit::{PackFiles, SqliteAuditLog};
use kycuong_engine::audit::{Comparison, EvidenceStore, compare, compare_receipts, replay};
use kycuong_engine::facts::{FactQuery, FactTable, Row};
use kycuong_engine::fuzzing::Judge as _;
use kycuong_engine::pack::PackDescription;
use kycuong_engine::report::{Rollback, Signer, Signing};
use kycuong_engine::sandbox::Sandbox;
use kycuong_engine::trust::{PackVerifier, Verification};
use kycuong_engine::{
    AuditedEngine, BuildError, Date, Deployment, Engine, FactError, FactSource, LiveEngine,
    MemoryFacts, ReplayError, Report, RulePack, Verdict,
};
use kycuong_model::cases::{
    CASES_SECTION, CarriedCase, CaseOutcome, Expectation, PackCases, RuleCases,
};
use kycuong_model::text::BoxError;
use kycuong_test_packs::canned_pack::{LOOP, limits};
use kycuong_test_packs::section::custom_section;
use serde_json::{Value, json};

use crate::{Canned, Kept, ON, builder, dossier, fail, pass};

fn again(report: &Report, store: &dyn EvidenceStore) -> Result<Report, ReplayError> {
    replay(Engine::builder(), &report.receipt, report.on, store)
}

fn row(id: &str) -> Row {
    Row::from([("id".to_owned(), id.to_owned()), ("name".to_owned(), "Hệ thống".to_owned())])
}

/// A rule that is asked with a table, and one with some rows of it.
fn needy(status: Value) -> Canned {
    let table = json!({"facts": [{"table": "systems"}, {"table": "communes", "optional": true}]});
    let rows = json!({"facts": [{"table": "systems", "column": "id", "path": "code"}]});
    Canned::new("vn", "VN").rule_with("all", status, table).rule_with("some", pass(), rows)
}

const DEPLOYMENT: &str = r#"
[[adopt]]
pack = "gia-lai"
decision = "215/QĐ-UBND"
date = 2026-06-20
signer = "Nguyễn Văn An"
from = 2026-07-01

[[lower]]
rule = "gia-lai/quiet"
severity = "warn"
reason = "Thí điểm"

[[parameter]]
rule = "gia-lai/no-plan"
name = "share"
value = "2.5"
reason = "Nghị quyết giao mức 2,5%"

[[advisory]]
pack = "khac"
reason = "Chạy thử"

[[waiver]]
rule = "gia-lai/no-plan"
dossier = "HS-1"
decision = "318/QĐ-UBND"
signer = "Phạm Quốc Dũng"
expires = 2026-12-31
reason = "Danh mục đang được ban hành lại"
"#;

fn province() -> [Canned; 3] {
    let parameter = json!({"parameters": [
        {"name": "share", "doc": "Tỷ lệ.", "kind": "percent", "default": "2", "min": "1", "max": "10"}
    ]});
    let blocks = || fail(&[("/costs/total", "block")]);
    [
        needy(fail(&[("/kind", "inform")])),
        Canned::new("gia-lai", "gia-lai")
            .historic()
            .rule_with("no-plan", blocks(), parameter)
            .rule("quiet", blocks()),
        Canned::new("khac", "gia-lai").rule("loops", pass()).body(LOOP),
    ]
}

#[test]
fn packs_settings_and_facts_of_then_give_the_bytes_of_then() {
    let kept = Kept::of(0);
    let deployment = Deployment::parse("deployment.toml", DEPLOYMENT).unwrap();
    let facts = MemoryFacts::new().table("systems", ["HS-1", "S2", "S3"].map(row));
    let then = builder(&province()).deployment(deployment).facts(Arc::new(facts)).threads(3);
    let live = LiveEngine::new(then.build().unwrap());
    let audited =
        AuditedEngine::new(live.clone(), Arc::new(SqliteAuditLog::open(kept.path()).unwrap()));
    let before_adoption = Date::literal(2026, 6, 30);
    let mut reports = vec![
        audited.judge(&dossier(1), ON).unwrap(),
        audited.judge(&dossier(2), ON).unwrap(),
        audited.judge(&dossier(2), before_adoption).unwrap(),
        audited.judge(b"{\"subject\": ", ON).unwrap(),
    ];
    assert_eq!(reports[0].waivers.len(), 1);
    assert_eq!(reports[0].counts.crashed, 1);

    // Everything changes: other packs, nothing set, other facts.
    let facts = MemoryFacts::new().table("systems", [row("S9")]).table("communes", []);
    live.reload(|| builder(&[needy(fail(&[("/kind", "block")]))]).facts(Arc::new(facts)).build())
        .unwrap();
    reports.push(audited.judge(&dossier(1), ON).unwrap());
    assert_ne!(reports[4].receipt.facts, reports[0].receipt.facts);

    let log = kept.read();
    for report in &reports {
        let again = again(report, &log).unwrap();
        assert_eq!(again.to_json().unwrap(), report.to_json().unwrap());
        assert_eq!(compare(report, &again).unwrap(), Comparison::default());
        assert_eq!(compare_receipts(&report.receipt, &again).unwrap(), Comparison::default());
    }
}

/// A source whose rows change between two questions of one check.
struct Torn;

impl FactSource for Torn {
    fn fetch(&self, query: &FactQuery) -> Result<Option<FactTable>, FactError> {
        let rows = if query.column.is_none() { vec![row("S2")] } else { vec![row("HS-1")] };
        Ok(Some(FactTable { rows }))
    }
}

#[test]
fn a_check_that_saw_its_facts_change_can_be_made_again() {
    let kept = Kept::of(0);
    let echo = needy(pass()).body(
        r#"
    (func (export "evaluate") (type $evaluate)
      (i32.store (i32.const 16) (i32.const 1))
      (i32.store (i32.const 20) (local.get 4))
      (i32.store (i32.const 24) (local.get 5))
      (i32.const 16))"#,
    );
    let engine = builder(&[echo]).facts(Arc::new(Torn)).build().unwrap();
    let audited = AuditedEngine::new(engine, Arc::new(SqliteAuditLog::open(kept.path()).unwrap()));
    let report = audited.judge(&dossier(1), ON).unwrap();
    // The rules' answer is what they were handed: the rows of both moments.
    assert!(
        report.to_json().unwrap().contains("HS-1") && report.to_json().unwrap().contains("S2"),
        "{report:?}"
    );
    assert_eq!(again(&report, &kept.read()).unwrap().to_json().unwrap(), report.to_json().unwrap());
}

/// Somebody who trusted packs on a day, by keys of which nothing is left.
struct Office;

impl PackVerifier for Office {
    fn digest(&self) -> String {
        kycuong_engine::digest(b"a trust file")
    }

    fn verify(&self, pack: &PackDescription, bytes: &[u8]) -> Result<Verification, BoxError> {
        let signer = |role: &str| Signer { role: role.to_owned(), key: "k1".to_owned(), on: ON };
        let jurisdictions = pack.manifest.jurisdiction.provinces.clone();
        let (pack, version) = (pack.manifest.pack.clone(), pack.manifest.version.clone());
        let rollback = (pack == "khac").then(|| Rollback {
            pack: pack.clone(),
            version: version.clone(),
            highest: "9.0.0".to_owned(),
            reason: "Bản mới sai, quay lại theo 12/UBND-VX".to_owned(),
        });
        let signers = vec![signer("approver"), signer("author")];
        Ok(Verification {
            pack,
            version,
            jurisdictions,
            content: kycuong_engine::digest(bytes),
            signers,
            rollback,
        })
    }

    fn remember(&self, _: &[Verification]) -> Result<(), BoxError> {
        Ok(())
    }
}

#[test]
fn who_had_signed_then_is_part_of_the_report_and_asked_of_nobody_now() {
    let kept = Kept::of(0);
    let packs = ["vn", "khac"].map(|pack| Canned::new(pack, "VN").rule("mot", pass()).bytes());
    let builder = packs
        .iter()
        .fold(Engine::builder().limits(limits()), |builder, pack| builder.pack_bytes(pack));
    let engine = builder.trust(Arc::new(Office)).build().unwrap();
    let audited = AuditedEngine::new(engine, Arc::new(SqliteAuditLog::open(kept.path()).unwrap()));
    let report = audited.judge(&dossier(1), ON).unwrap();
    let settings = &report.settings;
    assert_eq!((settings.signing, settings.rollbacks.len()), (Some(Signing::Verified), 1));
    assert!(report.settings.packs.iter().all(|pack| pack.signers.len() == 2));
    assert_eq!(again(&report, &kept.read()).unwrap().to_json().unwrap(), report.to_json().unwrap());

    // A host that takes unsigned packs shows no signers, though its packs have some.
    let sandbox = Sandbox::new(&limits()).unwrap();
    let loaded = RulePack::load_verified(&sandbox, &packs[0], &Office).unwrap();
    let unsigned = RulePack::load(&sandbox, &packs[1]).unwrap();
    let mixed = Engine::builder().allow_unsigned().pack(loaded).pack(unsigned).build().unwrap();
    let audited = AuditedEngine::new(mixed, Arc::new(SqliteAuditLog::open(kept.path()).unwrap()));
    let report = audited.judge(&dossier(1), ON).unwrap();
    assert_eq!(report.settings.signing, Some(Signing::UnsignedDevelopment));
    assert!(report.settings.packs.iter().all(|pack| pack.signers.is_empty()));
    assert_eq!(again(&report, &kept.read()).unwrap().to_json().unwrap(), report.to_json().unwrap());
}

/// What the cases of a pack came to is part of the report, so they are run again.
#[test]
fn a_set_that_was_proved_is_proved_again() {
    let kept = Kept::of(0);
    let pack = Canned::new("vn", "VN").rule("mot", fail(&[("/costs/total", "block")]));
    let outcome = CaseOutcome::of_lines(["differs /costs/total block sum=301 total=300"]);
    let case = CarriedCase {
        name: "total".to_owned(),
        expectation: Expectation::Invalid,
        content: r#"{"on":"2026-11-21","subject":{"costs":{"total":"300"}}}"#.to_owned(),
        outcome: Some(outcome.unwrap()),
    };
    let rule = RuleCases { rule: "vn/mot".to_owned(), cases: vec![case], wordings: Vec::new() };
    let cases = PackCases { rules: vec![rule] };
    let mut bytes = pack.bytes();
    bytes.extend(custom_section(CASES_SECTION, &serde_json::to_vec(&cases).unwrap()));
    let self_test =
        Engine::builder().limits(limits()).allow_unsigned().self_test().pack_bytes(&bytes);
    let log = SqliteAuditLog::open(kept.path()).unwrap();
    let audited = AuditedEngine::new(self_test.build().unwrap(), Arc::new(log));
    let report = audited.judge(&dossier(1), ON).unwrap();
    let self_test = report.settings.packs[0].self_test.as_ref().unwrap();
    assert!(report.settings.self_test && (self_test.rules, self_test.cases) == (1, 1));
    assert_eq!(again(&report, &kept.read()).unwrap().to_json().unwrap(), report.to_json().unwrap());
}

#[test]
fn what_is_missing_or_altered_is_named_by_its_digest() {
    let kept = Kept::of(1);
    let audited =
        AuditedEngine::new(crate::engine(), Arc::new(SqliteAuditLog::open(kept.path()).unwrap()));
    let report = audited.judge(&dossier(1), ON).unwrap();
    let pack = &report.settings.packs[0];
    let files = PackFiles::beside(kept.path());
    let file = files.path(&pack.digest);
    let bytes = fs::read(&file).unwrap();

    let mut tampered = bytes.clone();
    *tampered.last_mut().unwrap() ^= 1;
    fs::write(&file, &tampered).unwrap();
    let error = again(&report, &kept.read()).unwrap_err();
    assert_eq!(
        error.to_string(),
        format!(
            "the rule pack `vn` 0.1.0 that is kept as `{}` was altered: it has the digest `{}`",
            pack.digest,
            kycuong_engine::digest(&tampered)
        )
    );
    fs::remove_file(&file).unwrap();
    let error = again(&report, &kept.read()).unwrap_err();
    assert_eq!(
        error.to_string(),
        format!(
            "the file of the rule pack `vn` 0.1.0, of the digest `{}`, is not kept",
            pack.digest
        )
    );

    // Kept elsewhere, under its digest.
    let elsewhere = tempfile::tempdir().unwrap();
    let archive = PackFiles::new(elsewhere.path());
    fs::write(archive.path(&pack.digest), bytes).unwrap();
    let log = kept.read().with_packs(archive);
    assert_eq!(again(&report, &log).unwrap(), report);

    for (what, digest) in [
        ("submission", &report.receipt.submission),
        ("settings", &report.receipt.settings),
        ("limits", &report.receipt.limits),
        ("facts", report.receipt.facts.as_ref().unwrap()),
    ] {
        kept.meddle(&format!("UPDATE evidence SET bytes = x'7b7d00' WHERE digest = '{digest}'"));
        let error = again(&report, &log).unwrap_err();
        let ReplayError::Altered { what: named, digest: known, .. } = &error else {
            panic!("{error:?}")
        };
        assert_eq!((named.as_str(), known), (what, digest));
        kept.meddle(&format!("DELETE FROM evidence WHERE digest = '{digest}'"));
        let error = again(&report, &log).unwrap_err();
        assert_eq!(error.to_string(), format!("the {what} of the digest `{digest}` is not kept"));
        let kept_again = AuditedEngine::new(
            crate::engine(),
            Arc::new(SqliteAuditLog::open(kept.path()).unwrap()),
        );
        kept_again.judge(&dossier(1), ON).unwrap();
        assert_eq!(again(&report, &log).unwrap(), report, "the same evidence is kept again");
    }
}

#[test]
fn a_difference_is_named_and_another_version_explains_one() {
    let kept = Kept::of(0);
    let audited =
        AuditedEngine::new(crate::engine(), Arc::new(SqliteAuditLog::open(kept.path()).unwrap()));
    let report = audited.judge(&dossier(1), ON).unwrap();
    let again = again(&report, &kept.read()).unwrap();

    let mut forged = report.clone();
    forged.verdict = Verdict::Accept;
    let difference = compare(&forged, &again).unwrap().difference.unwrap();
    assert_eq!(
        (difference.line, difference.recorded.as_str(), difference.again.as_str()),
        (3, r#""verdict": "accept","#, r#""verdict": "return","#)
    );

    // What an earlier host wrote, digest and all.
    let mut earlier = report;
    earlier.receipt.wasmtime_version = "47.0.0".to_owned();
    earlier.receipt.engine_version = "0.0.9".to_owned();
    earlier.receipt.report = None;
    earlier.receipt.report = Some(kycuong_engine::digest(earlier.to_json().unwrap().as_bytes()));
    assert!(earlier.is_authentic());
    let by_receipt = compare_receipts(&earlier.receipt, &again);
    for comparison in [compare(&earlier, &again), by_receipt].map(Result::unwrap) {
        let versions: Vec<_> =
            comparison.versions.iter().map(|one| (one.what, one.recorded.as_str())).collect();
        assert_eq!(versions, [("engine", "0.0.9"), ("wasmtime", "47.0.0")]);
        assert_eq!(comparison.difference, None);
    }
    earlier.counts.block += 1;
    assert_eq!(compare(&earlier, &again).unwrap().versions.len(), 2);
    assert!(compare(&earlier, &again).unwrap().difference.is_some());
}

/// What a host refuses today is said to be that, and not that the receipt is wrong.
#[test]
fn a_pack_that_the_host_no_longer_takes_is_its_own_error() {
    let kept = Kept::of(0);
    let engine = crate::engine();
    let audited = AuditedEngine::new(engine, Arc::new(SqliteAuditLog::open(kept.path()).unwrap()));
    let report = audited.judge(&dossier(1), ON).unwrap();
    // The limits of then are the limits of the second run, not those of today.
    assert_eq!(report.receipt.limits, {
        let then = kycuong_engine::Limits { instances_max: 0, ..limits() };
        kycuong_engine::digest(&serde_json::to_vec(&then).unwrap())
    });
    let refused = br#"\0asm, and no pack"#;
    let digest = kycuong_engine::digest(refused);
    fs::write(PackFiles::beside(kept.path()).path(&digest), refused).unwrap();
    let (mut receipt, mut settings) = (report.receipt.clone(), report.settings.clone());
    settings.packs[0].digest = digest;
    let settings = serde_json::to_vec(&settings).unwrap();
    receipt.settings = kycuong_engine::digest(&settings);
    rusqlite::Connection::open(kept.path())
        .unwrap()
        .execute(
            "INSERT INTO evidence (digest, bytes) VALUES (?1, ?2)",
            (&receipt.settings, settings),
        )
        .unwrap();
    let error = replay(Engine::builder(), &receipt, ON, &kept.read()).unwrap_err();
    assert!(matches!(error, ReplayError::Build { source: BuildError::Load { .. } }), "{error:?}");
}
