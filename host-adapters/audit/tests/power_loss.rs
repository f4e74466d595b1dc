//! A program that records checks is killed at any moment, again and again: what it had confirmed is
//! there, and the log goes on. And several such programs on one file form one chain.
//!
//! This is a program of its own (`harness = false`): it starts itself as the one to be killed.

#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::mpsc;
use std::time::Duration;

use kycuong_audit::SqliteAuditLog;
use kycuong_engine::audit::Anchor;
use kycuong_engine::fuzzing::Judge as _;
use kycuong_engine::{AuditedEngine, Date, Engine};
use kycuong_test_packs::canned_pack::{Canned, fail};

/// How often the program is killed.
const ROUNDS: u64 = 40;
/// How many programs append at one time, and how many entries each.
const PROGRAMS: u64 = 4;
const ENTRIES: u64 = 25;

/// The word by which the program knows that it is the one to be killed.
const APPEND: &str = "append";

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [APPEND, log, first, entries] => {
            append(Path::new(log), first.parse().unwrap(), entries.parse().unwrap());
        }
        // As the harness of other tests: a filter that is for another one, or a request for a list.
        ref words => {
            let filters: Vec<_> = words.iter().filter(|word| !word.starts_with('-')).collect();
            let wanted =
                filters.is_empty() || filters.iter().any(|word| "power_loss".contains(**word));
            if wanted && !words.contains(&"--list") {
                killed_at_any_moment();
                programs_on_one_file();
            }
        }
    }
}

/// Records checks and says each head when it is kept.
fn append(log: &Path, first: u64, entries: u64) {
    let pack = Canned::new("vn", "VN").rule("total-differs", fail(&[("/costs/total", "block")]));
    let engine = Engine::builder().allow_unsigned().pack(pack.load()).build().unwrap();
    let log = SqliteAuditLog::open(log).unwrap();
    let audited = AuditedEngine::new(engine, Arc::new(log));
    let mut out = std::io::stdout().lock();
    for number in first..first.saturating_add(entries) {
        // Spaces, so that a submission has one page of the file or fifty.
        let spaces = " ".repeat((number.wrapping_mul(7_919) % 200_000) as usize);
        let submission = format!(
            r#"{{"schema_version":"2.0.0","subject":"dossier","code":"HS-{number}","province":{{"code":"52","legacy_code":"64"}},"kind":"service-lease"}}{spaces}"#
        );
        audited.judge(submission.as_bytes(), Date::literal(2026, 11, 21)).unwrap();
        writeln!(out, "{number}").unwrap();
        out.flush().unwrap();
    }
}

fn start(log: &Path, first: u64, entries: u64) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .arg(APPEND)
        .arg(log)
        .args([first.to_string(), entries.to_string()])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

fn killed_at_any_moment() {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("audit.db");
    let journal = folder.path().join("audit.db-journal");
    let (mut kept, mut interrupted, mut unconfirmed) = (0, 0, 0);
    for round in 0..ROUNDS {
        let mut child = start(&log, round * 1_000_000, u64::MAX / 2);
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let (said, hears) = mpsc::channel();
        // Counting goes on until the pipe ends: what was said before the kill counts as confirmed.
        let counting = std::thread::spawn(move || {
            let lines = lines.map_while(Result::ok);
            // After the first round of waiting nobody listens any more.
            lines.inspect(|_| said.send(()).unwrap_or_default()).count() as u64
        });
        // One in four at its start, when the log is being made or opened; the others at work.
        if round % 4 != 0 {
            hears.recv().unwrap();
        }
        std::thread::sleep(Duration::from_millis(round * 53 % 200));
        child.kill().unwrap();
        assert!(!child.wait().unwrap().success());
        let confirmed = kept + counting.join().unwrap();
        interrupted += u64::from(std::fs::metadata(&journal).is_ok_and(|file| file.len() > 0));

        // Whoever looks first need not be whoever records next.
        if round % 4 != 0 {
            let found = SqliteAuditLog::open_read_only(&log).unwrap().verify(&[]).unwrap();
            assert!(found.is_sound(), "round {round}: {found:?}");
        }
        let opened = SqliteAuditLog::open(&log).unwrap();
        let head = opened.head().unwrap();
        let entries = head.as_ref().map_or(0, |head| head.sequence);
        assert!(
            entries == confirmed || entries == confirmed + 1,
            "round {round}: {confirmed} were confirmed, {entries} are there"
        );
        unconfirmed += entries - confirmed;
        let noted: Vec<Anchor> = head.into_iter().map(Anchor::from).collect();
        let found = opened.verify(&noted).unwrap();
        assert!(found.is_sound(), "round {round}: {found:?}");
        kept = entries;
    }
    assert!(kept > ROUNDS, "{kept} entries are too few to prove anything");
    assert!(interrupted > 0, "no kill met an entry under way");
    say(&format!(
        "power_loss: killed {ROUNDS} times, {interrupted} times with an entry under way: {kept} entries, none lost, {unconfirmed} kept before they were confirmed"
    ));
}

fn programs_on_one_file() {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("audit.db");
    let children: Vec<Child> =
        (0..PROGRAMS).map(|program| start(&log, program * 1_000, ENTRIES)).collect();
    for child in children {
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success());
        assert_eq!(output.stdout.iter().filter(|byte| **byte == b'\n').count() as u64, ENTRIES);
    }
    let found = SqliteAuditLog::open_read_only(&log).unwrap().verify(&[]).unwrap();
    assert!(found.is_sound(), "{found:?}");
    assert_eq!(found.head.unwrap().sequence, PROGRAMS * ENTRIES);
    say(&format!("power_loss: {PROGRAMS} programs appended {ENTRIES} entries each to one file"));
}

fn say(line: &str) {
    let _ = writeln!(std::io::stdout().lock(), "{line}");
}
