//! Logs in real files, with checks of packs that are written as text: what is found out when somebody
//! meddles, and that every check can be made again.

#![expect(clippy::unwrap_used, reason = "helpers of tests, not only tests")]

use std::path::{Path, PathBuf};
use std::sync::Arc;

use kycuong_audit::SqliteAuditLog;
use kycuong_engine::audit::{Anchor, ChainProblem, Entry, EvidenceStore as _};
use kycuong_engine::fuzzing::Judge as _;
use kycuong_engine::{AuditedEngine, Date, Engine, EngineBuilder, Settings};
use kycuong_test_packs::canned_pack::{Canned, fail, pass};
use rusqlite::Connection;
use tempfile::TempDir;

mod appending;
#[cfg(unix)]
mod links;
mod meddling;
mod refusals;
mod replaying;

const ON: Date = Date::literal(2026, 11, 21);

/// The dossier of a number; no two have the same bytes.
fn dossier(number: u64) -> Vec<u8> {
    format!(
        r#"{{"schema_version":"2.0.0","subject":"dossier","code":"HS-{number}","province":{{"code":"52","legacy_code":"64"}},"kind":"service-lease","costs":{{"total":"300"}}}}"#
    )
    .into_bytes()
}

fn builder(packs: &[Canned]) -> EngineBuilder {
    let builder = Engine::builder().allow_unsigned();
    packs.iter().fold(builder, |builder, pack| builder.pack(pack.load()))
}

/// A host whose one rule finds something in every dossier.
fn engine() -> Engine {
    let blocks = fail(&[("/costs/total", "block")]);
    builder(&[Canned::new("vn", "VN").rule("total-differs", blocks)]).build().unwrap()
}

/// A log in a folder of its own.
struct Kept {
    folder: TempDir,
}

impl Kept {
    /// The digest of the first pack that answered, from the settings that the receipt has the digest of.
    fn first_pack(&self, entry: &Entry) -> String {
        let settings = self.read().piece(&entry.record.receipt().unwrap().settings);
        let settings: Settings = serde_json::from_slice(&settings.unwrap().unwrap()).unwrap();
        settings.packs.first().unwrap().digest.clone()
    }

    /// With so many entries.
    fn of(entries: u64) -> Self {
        let kept = Self { folder: tempfile::tempdir().unwrap() };
        kept.append(1..=entries);
        kept
    }

    fn append(&self, numbers: std::ops::RangeInclusive<u64>) {
        let audited =
            AuditedEngine::new(engine(), Arc::new(SqliteAuditLog::open(self.path()).unwrap()));
        for number in numbers {
            audited.judge(&dossier(number), ON).unwrap();
        }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("audit.db")
    }

    fn read(&self) -> SqliteAuditLog {
        SqliteAuditLog::open_read_only(self.path()).unwrap()
    }

    /// The last entry, as an operator notes it.
    fn noted(&self) -> Anchor {
        self.read().head().unwrap().unwrap().into()
    }

    fn entries(&self) -> Vec<Entry> {
        let mut entries = Vec::new();
        self.read().walk(&[], |entry| entries.push(entry.clone())).unwrap();
        entries
    }

    fn problem(&self) -> Option<ChainProblem> {
        self.read().verify(&[]).unwrap().chain
    }

    /// What somebody does who has the file and knows SQL: takes the triggers out, does it, and puts
    /// them back as they were.
    fn meddle(&self, statements: &str) {
        meddle(&self.path(), statements);
    }

    /// Takes away what is noted beside the log.
    fn forget_head(&self) {
        std::fs::remove_file(self.folder.path().join("audit.db.head")).unwrap();
    }
}

fn meddle(path: &Path, statements: &str) {
    let connection = Connection::open(path).unwrap();
    let mut query =
        connection.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").unwrap();
    let triggers = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    let triggers: Vec<(String, String)> = triggers.collect::<Result<_, _>>().unwrap();
    assert_eq!(triggers.len(), 6);
    for (name, _) in &triggers {
        connection.execute_batch(&format!("DROP TRIGGER {name}")).unwrap();
    }
    connection.execute_batch(statements).unwrap();
    for (_, statement) in &triggers {
        connection.execute_batch(statement).unwrap();
    }
}
