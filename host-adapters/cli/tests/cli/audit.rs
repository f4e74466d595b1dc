//! The log of checks, with the real packs, dossiers and facts: reports of today are made again after
//! everything else has changed.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tempfile::TempDir;

use crate::support::{S1, S2, S4, S5, error_line, kycuong, packs, root, run};

/// A desk with packs, facts and a log of its own.
struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap() };
        for (from, to) in [(packs().to_owned(), "packs"), (root().join("examples/facts"), "facts")]
        {
            fs::create_dir(desk.at(to)).unwrap();
            for file in fs::read_dir(from).unwrap() {
                let file = file.unwrap();
                fs::copy(file.path(), desk.at(to).join(file.file_name())).unwrap();
            }
        }
        desk
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn log(&self) -> PathBuf {
        self.at("audit.db")
    }

    /// Checks, records and writes the report; the exit code.
    fn check(&self, dossiers: &[&str], report: &str) -> i32 {
        let mut command = kycuong(["check", "--allow-unsigned", "--format", "json", "--packs"]);
        command.arg(self.at("packs")).arg("--facts").arg(self.at("facts"));
        command.arg("--deployment").arg(root().join("examples/deployments/five-provinces.toml"));
        command.arg("--audit").arg(self.log()).arg("--output").arg(self.at(report));
        let (code, stdout, stderr) = run(command.args(dossiers));
        assert_eq!((stdout.as_str(), stderr.as_str()), ("", ""));
        code
    }

    fn verify(&self, report: &str) -> (i32, String) {
        let mut command = kycuong(["verify", "--lang", "en", "--audit"]);
        let (code, stdout, stderr) = run(command.arg(self.log()).arg(self.at(report)));
        assert_eq!(stderr, "");
        (code, stdout)
    }

    fn verify_log(&self, head: &str) -> (i32, String) {
        let mut command = kycuong(["audit", "verify", "--lang", "en"]);
        let (code, stdout, stderr) = run(command.arg(self.log()).args(["--head", head]));
        assert_eq!(stderr, "");
        (code, stdout)
    }

    fn head(&self) -> String {
        let (code, stdout, _) = run(kycuong(["audit", "head"]).arg(self.log()));
        assert_eq!(code, 0);
        stdout.trim_end().to_owned()
    }

    fn report(&self, name: &str) -> Value {
        serde_json::from_str(&fs::read_to_string(self.at(name)).unwrap()).unwrap()
    }

    /// Replaces every pack by a newer file, and the facts by others.
    fn replace_everything(&self) {
        for file in fs::read_dir(self.at("packs")).unwrap() {
            let path = file.unwrap().path();
            let mut bytes = fs::read(&path).unwrap();
            // A custom section of another tool: nothing that runs changes, and the digest does.
            bytes.extend(b"\x00\x06\x05newer");
            fs::write(path, bytes).unwrap();
        }
        for table in ["systems.csv", "unit_reports.csv", "inspections.csv", "budget_codes.csv"] {
            let path = self.at("facts").join(table);
            let text = fs::read_to_string(&path).unwrap();
            fs::write(&path, text.lines().take(2).collect::<Vec<_>>().join("\n") + "\n").unwrap();
        }
    }
}

/// The file of a pack beside the log.
fn kept(desk: &Desk, report: &str, pack: &str) -> (PathBuf, String) {
    let report = desk.report(report);
    let packs = report.pointer("/settings/packs").unwrap().as_array().unwrap().clone();
    let setting = packs.iter().find(|setting| setting["pack"] == pack).unwrap();
    let digest = setting["digest"].as_str().unwrap().to_owned();
    (desk.at("audit.db.packs").join(format!("{}.wasm", &digest[7..])), digest)
}

#[test]
fn reports_of_today_verify_after_packs_and_facts_were_replaced() {
    let desk = Desk::new();
    let dossiers = [(S1, "s1.json"), (S2, "s2.json"), (S4, "s4.json"), (S5, "s5.json")];
    for (dossier, report) in dossiers {
        desk.check(&[dossier], report);
    }
    desk.check(&[S1, S2], "both.json");
    let noted = desk.head();
    assert!(noted.starts_with("6:sha256:"), "{noted}");
    let asked = |report: &str| {
        let outcomes = desk.report(report)["outcomes"].as_array().unwrap().clone();
        outcomes.iter().filter(|outcome| outcome["status"] != "not-applicable").count()
    };
    assert!(dossiers.iter().all(|(_, report)| asked(report) > 3), "rules did run");

    desk.replace_everything();
    for (dossier, report) in dossiers {
        desk.check(&[dossier], &format!("newer-{report}"));
        let (then, now) = (desk.report(report), desk.report(&format!("newer-{report}")));
        assert_ne!(then["receipt"]["settings"], now["receipt"]["settings"]);
    }
    let facts = |report: &str| desk.report(report)["receipt"]["facts"].clone();
    assert_ne!(facts("s1.json"), facts("newer-s1.json"));
    fs::remove_dir_all(desk.at("packs")).unwrap();
    fs::remove_dir_all(desk.at("facts")).unwrap();

    for (entry, (_, report)) in (1..).zip(dossiers) {
        for (entry, report) in
            [(entry, (*report).to_owned()), (entry + 6, format!("newer-{report}"))]
        {
            let (code, stdout) = desk.verify(&report);
            let lines: Vec<_> = stdout.lines().collect();
            assert_eq!((code, lines.len()), (0, 2), "{stdout}");
            assert!(lines[0].contains(&format!("entry {entry} of the log, recorded at 20")));
            assert!(lines[1].ends_with("checking again gives the same bytes"), "{stdout}");
        }
    }
    let (code, stdout) = desk.verify("both.json");
    assert_eq!((code, stdout.matches("gives the same bytes").count()), (0, 2), "{stdout}");

    // The digests alone, laid out otherwise.
    fs::write(desk.at("receipt.json"), desk.report("s1.json")["receipt"].to_string()).unwrap();
    let (code, stdout) = desk.verify("receipt.json");
    assert_eq!(code, 0, "{stdout}");
    assert!(stdout.ends_with("checking again gives the same bytes\n"), "{stdout}");

    let (code, stdout) = desk.verify_log(&noted);
    assert_eq!(code, 0, "{stdout}");
    assert!(stdout.contains("the chain is whole, entries: 10\n"), "{stdout}");
    let (code, stdout, _) = run(kycuong(["audit", "verify"]).arg(desk.log()));
    assert_eq!(code, 0);
    assert!(stdout.contains("chuỗi nguyên vẹn, số mục: 10\n") && stdout.contains("--head"));
}

#[test]
fn what_was_edited_or_is_gone_is_named() {
    let desk = Desk::new();
    desk.check(&[S1], "s1.json");
    let text = fs::read_to_string(desk.at("s1.json")).unwrap();

    // A report with another verdict.
    let verdict = "\"verdict\": \"accept-with-warnings\",";
    let forged = text.replacen(verdict, "\"verdict\": \"accept\",", 1);
    assert_ne!(forged, text);
    fs::write(desk.at("forged.json"), &forged).unwrap();
    let (code, stdout) = desk.verify("forged.json");
    assert_eq!(code, 1, "{stdout}");
    let difference =
        "line 3 differs: the file has `\"verdict\": \"accept\",`, checking again gives `";
    assert!(stdout.contains(&format!("{difference}{verdict}`")), "{stdout}");
    // One that was laid out anew, or has more in it than the engine wrote.
    fs::write(desk.at("more.json"), text.replacen("{\n", "{\n  \"note\": 1,\n", 1)).unwrap();
    let (code, stdout) = desk.verify("more.json");
    assert!(code == 1 && stdout.contains("wrote it: line 2\n"), "{stdout}");
    // One that nobody recorded, of a submission that somebody did.
    let mut stranger = desk.report("s1.json");
    stranger["receipt"]["report"] = format!("sha256:{}", "0".repeat(64)).into();
    fs::write(desk.at("stranger.json"), stranger["receipt"].to_string()).unwrap();
    let (code, stdout) = desk.verify("stranger.json");
    let unknown = "the log does not have this report; this submission is in the entries 1\n";
    assert!(code == 1 && stdout.ends_with(unknown), "{stdout}");

    let (file, digest) = kept(&desk, "s1.json", "gia-lai");
    let bytes = fs::read(&file).unwrap();
    let mut tampered = bytes.clone();
    tampered[2_000] ^= 1;
    fs::write(&file, tampered).unwrap();
    let (code, stdout) = desk.verify("s1.json");
    assert!(code == 1 && stdout.contains(&format!("kept as `{digest}` was altered")), "{stdout}");
    fs::remove_file(&file).unwrap();
    let (code, stdout) = desk.verify("s1.json");
    let gone = format!(
        "the file of the rule pack `gia-lai` 0.1.0, of the digest `{digest}`, is not kept\n"
    );
    assert!(code == 2 && stdout.ends_with(&gone), "{stdout}");
    let (code, stdout) = desk.verify_log(&desk.head());
    assert!(code == 1 && stdout.contains(&format!("`{digest}`, is not kept")), "{stdout}");

    // Kept elsewhere: an archive of packs by digest.
    let archive = desk.at("archive");
    fs::create_dir(&archive).unwrap();
    for file in fs::read_dir(desk.at("audit.db.packs")).unwrap() {
        let file = file.unwrap();
        fs::rename(file.path(), archive.join(file.file_name())).unwrap();
    }
    fs::write(archive.join(file.file_name().unwrap()), bytes).unwrap();
    let mut command = kycuong(["verify", "--packs-by-digest"]);
    command.arg(&archive).arg("--audit").arg(desk.log()).arg(desk.at("s1.json"));
    let (code, stdout, _) = run(&mut command);
    assert!(code == 0 && stdout.contains("xét lại cho kết quả đúng từng byte\n"), "{stdout}");
}

#[test]
fn a_log_that_was_replaced_by_an_older_copy_is_found_out_by_its_head() {
    let desk = Desk::new();
    desk.check(&[S2], "s2.json");
    let copies = ["audit.db", "audit.db.head"].map(|name| (name, fs::read(desk.at(name)).unwrap()));
    desk.check(&[S4], "s4.json");
    let noted = desk.head();
    for (name, bytes) in copies {
        fs::write(desk.at(name), bytes).unwrap();
    }
    let (code, stdout) = desk.verify_log(&noted);
    assert_eq!(code, 1);
    assert!(stdout.ends_with("the log was truncated: it ends at entry 1, but had at least 2\n"));
    assert_eq!(desk.verify("s2.json").0, 0);
    let (code, stdout) = desk.verify("s4.json");
    assert!(code == 1 && stdout.contains("the log does not have this report\n"), "{stdout}");
}

#[test]
fn programs_that_record_in_one_log_form_one_chain() {
    let desk = Desk::new();
    desk.check(&[S1], "s1.json");
    std::thread::scope(|scope| {
        for (at, dossier) in [S1, S2, S4, S5].into_iter().enumerate() {
            let desk = &desk;
            scope.spawn(move || desk.check(&[dossier], &format!("{at}.json")));
        }
    });
    let (code, stdout) = desk.verify_log(&desk.head());
    assert_eq!(code, 0, "{stdout}");
    assert!(stdout.contains("entries: 5\n"), "{stdout}");
    // The same check, recorded twice, is the same report.
    assert_eq!(desk.verify("0.json").0, 0);
}

#[test]
fn what_cannot_be_recorded_or_verified_is_said_in_one_line() {
    let desk = Desk::new();
    fs::write(desk.log(), "no database, and longer than a header of one: ".repeat(30)).unwrap();
    let check = |log: &Path| {
        let mut command = kycuong(["check", "--allow-unsigned", S1, "--audit"]);
        error_line(command.arg(log).arg("--packs").arg(desk.at("packs")))
    };
    assert!(check(&desk.log()).contains("cannot open the audit log"), "{}", check(&desk.log()));
    assert!(check(&desk.at("no/such/folder.db")).contains("cannot find the folder `"));

    let verify = |file: &Path| {
        let mut command = kycuong(["verify", "--audit"]);
        error_line(command.arg(desk.at("other.db")).arg(file))
    };
    let pack = desk.at("packs/gia-lai.wasm");
    assert!(verify(&pack).contains("is a rule pack: name the trust file"));
    let dossier = verify(&root().join(S1));
    assert!(dossier.contains("is no report that `kycuong check --format json` wrote"), "{dossier}");
    let report = root().join(S1.replace(".json", ".report.json"));
    assert!(verify(&report).contains("cannot open the audit log"));
    assert!(!desk.at("other.db").exists());
    let head = kycuong(["audit", "verify", "--head", "42"]).output().unwrap();
    assert_eq!(head.status.code(), Some(3));
}

/// A log by another name is the same log: reports verify by either, and special names are files.
#[cfg(unix)]
#[test]
fn a_log_behind_a_link_is_one_log() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::create_dir(at("data")).unwrap();
    let log = |command: &mut std::process::Command, name: &str| {
        command.current_dir(folder.path()).arg("--audit").arg(name);
    };
    let check = |name: &str, report: &str| {
        let mut command = kycuong(["check", "--allow-unsigned", "--format", "json", "--pack"]);
        command
            .arg(packs().join("vn-baseline.wasm"))
            .arg(root().join(S5))
            .arg("-o")
            .arg(at(report));
        log(&mut command, name);
        run(&mut command)
    };
    check("data/audit.db", "first.json");
    std::os::unix::fs::symlink("data/audit.db", at("al.db")).unwrap();
    let (code, _, said) = check("al.db", "r.json");
    assert_ne!(code, 3, "{said}");
    for name in ["al.db", "data/audit.db"] {
        for report in ["first.json", "r.json"] {
            let mut command = kycuong(["verify"]);
            command.arg(at(report));
            log(&mut command, name);
            assert_eq!(run(&mut command).0, 0, "{report} by {name}");
        }
        let mut command = kycuong(["audit", "verify"]);
        command.current_dir(folder.path()).arg(name);
        assert_eq!(run(&mut command).0, 0, "{name}");
    }
    assert!(!at("al.db.head").exists() && !at("al.db.packs").exists());
    // Names that mean something else to SQLite.
    for name in [":memory:", "file:so.db", "file:so.db?mode=memory"] {
        let (code, _, said) = check(name, "special.json");
        assert_ne!(code, 3, "{name}: {said}");
        let mut command = kycuong(["audit", "verify"]);
        command.current_dir(folder.path()).arg(name);
        assert_eq!(run(&mut command).0, 0, "{name}");
        use std::os::unix::fs::PermissionsExt as _;
        let mode = fs::metadata(at(name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
}
