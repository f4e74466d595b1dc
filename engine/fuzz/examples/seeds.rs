//! Writes the inputs that fuzzing begins with, from what the project has anyway: submissions and cases,
//! hostile packs, manifests of real packs, deployment files.
//!
//! `cargo run --example seeds -- FOLDER` writes a folder for each target into FOLDER; `./run --merge` keeps
//! of them what reaches something new.

#![expect(clippy::unwrap_used, reason = "a tool that cannot read the project's own files stops")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use kycuong_cases::CaseFile;
use kycuong_fuzz::installed;
use kycuong_fuzz::typed::SEPARATOR;
use kycuong_model::cases::{CASES_SECTION, CaseDocuments};
use kycuong_model::manifest::Manifest;
use kycuong_model::tape::{Document, parse};
use kycuong_rules_sdk::Input;
use kycuong_test_packs::section::custom_section;
use kycuong_trust::{Role, SecretKey, SignedFile};
use serde_json::{Value, json};

/// Inputs larger than this make fuzzing slow and reach nothing that smaller ones do not.
const BYTES_MAX: usize = 16 << 10;

fn main() {
    let to = PathBuf::from(std::env::args().nth(1).unwrap());
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let submissions = files(&root, &["engine/tests/intake", "examples/dossiers"], ".json");
    let cases = requests(&files(&root, &["examples/rule-packs"], ".md"));
    let typed = submissions.iter().cloned().chain(cases.iter().cloned());
    let deployments = files(&root, &["examples/deployments"], ".toml").into_iter();
    for (target, inputs) in [
        ("intake", submissions.clone()),
        ("typed", typed.collect()),
        ("admission", packs(&root)),
        ("answer", answers(&cases)),
        ("deployment", deployments.chain(settings(&root)).collect()),
        ("signatures", signed()),
        ("trust-file", trust_files()),
    ] {
        let folder = to.join(target);
        std::fs::create_dir_all(&folder).unwrap();
        for (number, (_, bytes)) in inputs.iter().enumerate() {
            if bytes.len() <= BYTES_MAX {
                std::fs::write(folder.join(format!("seed-{number}")), bytes).unwrap();
            }
        }
    }
}

type Named = (PathBuf, Vec<u8>);

/// The files below some folders whose names end so; expected reports are none of them.
fn files(root: &Path, folders: &[&str], ending: &str) -> Vec<Named> {
    let mut found = Vec::new();
    let mut open: Vec<PathBuf> = folders.iter().map(|folder| root.join(folder)).collect();
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.to_string_lossy().into_owned();
            if path.is_dir() {
                open.push(path);
            } else if name.ends_with(ending) && !name.ends_with(".report.json") {
                found.push((path.clone(), std::fs::read(path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

/// All cases of the files of cases among these, each as subject, facts and context.
fn requests(files: &[Named]) -> Vec<Named> {
    let mut requests = Vec::new();
    for (path, text) in files {
        let Ok(file) = CaseFile::read(&String::from_utf8_lossy(text)) else { continue };
        for case in file.carried(&file.rule).unwrap().cases {
            let CaseDocuments { subject, facts, context } =
                CaseDocuments::read(&case.content, &file.rule).unwrap();
            let texts = [subject, facts, context].map(String::into_bytes);
            requests.push((path.clone(), texts.join(&SEPARATOR)));
        }
    }
    requests
}

/// Whole components and modules, bodies in the common component, and components with the manifests of
/// real packs, cut to two rules.
fn packs(root: &Path) -> Vec<Named> {
    let component = include_str!("../../tests/hostile/component.wat");
    let hostile = files(root, &["engine/tests/hostile"], ".wat").into_iter();
    let mut packs: Vec<Named> = hostile
        .filter_map(|(path, text)| {
            let text = String::from_utf8(text).unwrap();
            let code: String = text
                .lines()
                .filter(|line| !line.starts_with(";;"))
                .map(|line| format!("{line}\n"))
                .collect();
            let whole = ["(component", "(module"].iter().any(|start| code.starts_with(start));
            let answer = include_str!("../../tests/hostile/answer.wat");
            let code = if whole {
                code.replace("#REPEAT", "").replace("$BODY", answer)
            } else {
                component.replace("$BODY", &code)
            };
            let code = code.replace("$LENGTH_OF_MANIFEST", "2").replace("$LENGTH_OF_ANSWER", "2");
            let mut bytes = wat::parse_str(code).ok()?;
            bytes.extend(custom_section("kycuong:manifest", installed::MANIFEST.as_bytes()));
            Some((path, bytes))
        })
        .collect();
    let real =
        [kycuong_pack_vn_baseline::PACK, kycuong_pack_gia_lai::PACK].map(|pack| pack.manifest);
    for manifest in real.into_iter().chain([installed::MANIFEST]) {
        let mut manifest: Manifest = serde_json::from_str(manifest).unwrap();
        manifest.rules.truncate(2);
        let rule = manifest.rules.first().unwrap().id.clone();
        let mut bytes = installed::bytes(&serde_json::to_string(&manifest).unwrap());
        packs.push((PathBuf::new(), bytes.clone()));
        let cases = json!({"rules": [{"rule": rule, "cases": [
            {"name": "a", "expectation": "valid", "content": "{}", "outcome": {"status": "pass"}},
            {"name": "b", "expectation": "invalid", "content": "{}"}], "wordings": [
            {"code": "late", "case": "invalid: b", "message": {"vi": "Chậm.", "en": "Late."}}]}]});
        bytes.extend(custom_section(CASES_SECTION, cases.to_string().as_bytes()));
        bytes.extend(custom_section("producers", b"\0"));
        packs.push((PathBuf::new(), bytes));
    }
    packs
}

/// What the rules of a real pack answer to their cases, in the name of the rules that are fuzzed.
fn answers(cases: &[Named]) -> Vec<Named> {
    let mut of_kind: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for (_, request) in cases {
        let texts: Vec<&[u8]> = request.split(|byte| *byte == SEPARATOR).collect();
        let limits = Default::default();
        let tapes: Vec<_> = texts.iter().filter_map(|text| parse(text, &limits).ok()).collect();
        let documents: Vec<Document<'_>> = tapes.iter().map(|tape| tape.document()).collect();
        let &[subject, facts, context] = documents.as_slice() else { continue };
        let input = Input::new(subject, facts, context);
        for rule in kycuong_pack_vn_baseline::RULES {
            let status = serde_json::to_value(rule.evaluate(&input)).unwrap();
            let kind = status.get("status").unwrap().to_string();
            of_kind.entry(kind).or_default().push(status);
        }
    }
    let ids = ["thu/mot", "thu/hai", "thu/ba"];
    let mut answers = Vec::new();
    for statuses in of_kind.values() {
        for three in statuses.chunks(ids.len()).take(12) {
            let outcomes = ids.iter().zip(three.iter().cycle()).map(|(id, status)| {
                let mut outcome = status.clone();
                outcome.as_object_mut().unwrap().insert("rule".to_owned(), json!(id));
                outcome
            });
            let outcomes: Vec<Value> = outcomes.collect();
            for asked in [outcomes.as_slice(), outcomes.get(..1).unwrap()] {
                answers.push((PathBuf::new(), json!({"outcomes": asked}).to_string().into_bytes()));
            }
        }
    }
    answers
}

/// A file with every member that the schema of deployment files knows, and one a list.
fn settings(root: &Path) -> Vec<Named> {
    let schema = std::fs::read(root.join("engine/schema/deployment.json")).unwrap();
    let schema: Value = serde_json::from_slice(&schema).unwrap();
    let mut files = vec![(PathBuf::new(), Vec::new())];
    let mut whole = String::new();
    for (list, part) in schema.pointer("/properties").unwrap().as_object().unwrap() {
        let mut text = format!("[[{list}]]\n");
        for (name, member) in part.pointer("/items/properties").unwrap().as_object().unwrap() {
            let value = match name.as_str() {
                "pack" => json!("thu"),
                "rule" => json!("thu/hai"),
                "name" => json!("share"),
                _ => member.pointer("/examples/0").unwrap().clone(),
            };
            text.push_str(&format!("{name} = {value}\n"));
        }
        whole.push_str(&text);
        let mot = text.replace("thu/hai", "thu/mot");
        files.extend([text, mot].map(|text| (PathBuf::new(), text.into_bytes())));
    }
    files.push((PathBuf::new(), whole.into_bytes()));
    files
}

/// The secret of the key that `src/trust.toml` names: 32 times the byte 7.
const SECRET: &str = "-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIAcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcH
-----END PRIVATE KEY-----
";

/// The pack of the targets, signed by its key in one role and in all, and altered after that.
fn signed() -> Vec<Named> {
    let key = SecretKey::from_pem(SECRET).unwrap();
    let pack = installed::bytes(installed::MANIFEST);
    let on = "2026-11-20".parse().unwrap();
    let one = SignedFile::read(&pack).unwrap().sign(&key, Role::Author, on).write().unwrap();
    let two = SignedFile::read(&one).unwrap().sign(&key, Role::Approver, on).write().unwrap();
    let all = SignedFile::read(&two).unwrap().sign(&key, Role::LegalReviewer, on).write().unwrap();
    let mut altered = one.clone();
    *altered.get_mut(pack.len() / 2).unwrap() ^= 1;
    let with_certificates = br#"{"format":1,"signatures":[{"role":"author","key":"x509:0000000000000000000000000000000000000000000000000000000000000000:0000000000000000000000000000000000000000000000000000000000000000","on":"2026-11-20","certificates":["30820100"],"value":"00"}]}"#;
    let mut certified = pack.clone();
    certified.extend(custom_section("kycuong:signatures", with_certificates));
    // Nothing else is ever signed with this key: the target takes that for a forgery.
    [pack, one, two, all, altered, certified].map(|file| (PathBuf::new(), file)).into()
}

/// The trust file of the targets, and one with everything that there is.
fn trust_files() -> Vec<Named> {
    let own = include_str!("../src/trust.toml");
    let more = r#"
[[authorities]]
name = "ca"
root = "root.pem"
revocations = ["list.crl"]
[[certificates]]
name = "holder"
authority = "ca"
subject = "CN=Sở"
owner = "Sở"
roles = ["approver", "legal-reviewer"]
from = "2026-01-01"
to = "2026-12-31"
[[scopes]]
jurisdictions = ["VN", "bac-giang"]
subjects = ["dossier", "budget-entry", "unit-plan", "portfolio"]
packs = ["vn-baseline", "vn-*"]
from = "2026-01-01"
author = { of = ["author"], at_least = 1 }
approver = { of = ["holder"], at_least = 1 }
[[revoked]]
digest = "sha256:0000000000000000000000000000000000000000000000000000000000000000"
since = "2026-02-01"
reason = "Lộ khóa"
[[revoked]]
certificate = "lost.pem"
since = 2026-02-01
reason = "Lộ khóa"
[[revoked]]
key = "x509:0000000000000000000000000000000000000000000000000000000000000000"
since = 2026-02-01
reason = "Lộ khóa"
[[revoked]]
key = "x509:0000000000000000000000000000000000000000000000000000000000000000:0000000000000000000000000000000000000000000000000000000000000000"
since = 2026-02-01
reason = "Lộ khóa"
[[minimum]]
pack = "gia-lai"
version = "1.2.3"
[[required]]
pack = "vn-baseline"
minimum = "1.0.0"
"#;
    let state = own.replace("format = 1", "format = 1\nstate = \"state.json\"");
    let texts = [own.to_owned(), format!("{own}{more}"), state, String::new()];
    texts.map(|text| (PathBuf::new(), text.into_bytes())).into()
}
