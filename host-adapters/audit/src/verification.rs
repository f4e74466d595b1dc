//! Whether a log is whole: its chain, and the evidence behind its entries.

use std::collections::BTreeMap;

use kycuong_engine::audit::{
    Anchor, Answer, ChainHead, ChainProblem, Entry, StoredEntry, Walk, verify_chain,
};
use kycuong_engine::report::{PackSetting, Settings};
use rusqlite::Connection;

use crate::error::AuditLogError;
use crate::head_file;
use crate::log::{SqliteAuditLog, stored};

/// Entries that are read at one time; appends go on between.
const BATCH: i64 = 1_000;

/// What verifying a log found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verification {
    /// The last entry that is sound with all those before it.
    pub head: Option<ChainHead>,
    /// The first table or trigger that somebody changed; entries and evidence are looked at all the same.
    pub changed: Option<String>,
    /// Whether a head is noted beside the log, without which a cut end or an older copy is not found out.
    pub is_head_noted: bool,
    /// The first problem of the chain.
    pub chain: Option<ChainProblem>,
    /// What is wrong with the evidence, in the order of entries; the chain holds all the same, but the
    /// check cannot be made again.
    pub evidence: Vec<EvidenceProblem>,
}

/// Evidence that is not as its digest says.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EvidenceProblem {
    /// It is not kept.
    #[error("the {what} of entry {entry}, `{digest}`, is not kept")]
    Missing {
        /// The first entry that rests on it.
        entry: u64,
        /// What: `submission`, `facts`, `settings`, `limits`, or a rule pack.
        what: String,
        /// Its digest.
        digest: String,
    },
    /// It has another digest than the one that it is kept under.
    #[error("the {what} of entry {entry}, `{digest}`, was altered")]
    Altered {
        /// The first entry that rests on it.
        entry: u64,
        /// What.
        what: String,
        /// The digest that it should have.
        digest: String,
    },
    /// It is what was kept, and this host cannot read which packs it names.
    #[error("the {what} of entry {entry}, `{digest}`, were written by another version of the host")]
    Unreadable {
        /// The first entry that rests on it.
        entry: u64,
        /// What.
        what: String,
        /// Its digest.
        digest: String,
    },
}

kycuong_model::error_codes!(EvidenceProblem { Missing => "missing-evidence", Altered => "altered-evidence", Unreadable => "unreadable-evidence" });

impl EvidenceProblem {
    fn entry(&self) -> u64 {
        match self {
            Self::Missing { entry, .. }
            | Self::Altered { entry, .. }
            | Self::Unreadable { entry, .. } => *entry,
        }
    }
}

/// What evidence is needed, by digest: the first entry that rests on it, and what it is.
type Needed = BTreeMap<String, (u64, String)>;

impl Verification {
    /// Whether nothing is wrong.
    pub fn is_sound(&self) -> bool {
        self.chain.is_none() && self.evidence.is_empty() && self.changed.is_none()
    }
}

impl SqliteAuditLog {
    /// Walks along all entries, holds the log against what is known of it elsewhere (`noted`), against
    /// the head noted beside it and against what SQLite remembers, and digests all evidence.
    ///
    /// Without `noted`, whoever replaces the log together with the files beside it by an older copy, or
    /// makes all of it anew, is not found out.
    ///
    /// # Errors
    ///
    /// [`AuditLogError`] when the log cannot be read.
    pub fn verify(&self, noted: &[Anchor]) -> Result<Verification, AuditLogError> {
        let changed = self.changed()?;
        let is_head_noted = head_file::beside(&self.path).is_file();
        let mut needed = Needed::new();
        let Walk { head, problem: chain } = self.walk(noted, |entry| {
            for (what, digest) in rests_on(entry) {
                needed.entry(digest.to_owned()).or_insert((entry.sequence, what));
            }
        })?;
        let (mut evidence, mut packs) = (Vec::new(), Needed::new());
        for (digest, (entry, what)) in needed {
            let (bytes, is_settings) = (self.read_piece(&digest)?, what == "settings");
            let Some(bytes) = authentic(bytes, digest.clone(), entry, &what, &mut evidence) else {
                continue;
            };
            if !is_settings {
                continue;
            }
            // The packs that answered stand in the settings, by their digests.
            let Ok(settings) = serde_json::from_slice::<Settings>(&bytes) else {
                evidence.push(EvidenceProblem::Unreadable { entry, what, digest });
                continue;
            };
            for PackSetting { pack, version, digest, .. } in settings.packs {
                let what = format!("rule pack `{pack}` {version}");
                let first = packs.entry(digest).or_insert((entry, what));
                first.0 = first.0.min(entry);
            }
        }
        for (digest, (entry, what)) in packs {
            authentic(self.packs.read(&digest)?, digest, entry, &what, &mut evidence);
        }
        evidence.sort_by_key(EvidenceProblem::entry);
        Ok(Verification { head, changed, is_head_noted, chain, evidence })
    }

    /// Walks along all entries, as [`SqliteAuditLog::verify`] does, and leaves the evidence alone; `visit`
    /// sees each sound entry.
    ///
    /// # Errors
    ///
    /// [`AuditLogError`] when the log cannot be read.
    pub fn walk(&self, noted: &[Anchor], visit: impl FnMut(&Entry)) -> Result<Walk, AuditLogError> {
        // What is noted first, then the entries: those that are appended meanwhile do no harm.
        let mut anchors = self.anchors(&self.lock())?;
        anchors.extend_from_slice(noted);
        let entries = Entries { log: self, after: 0, batch: Vec::new().into_iter() };
        verify_chain(entries, &anchors, visit)
    }
}

/// The bytes that are kept under a digest, when they have it; else the problem is noted.
fn authentic(
    bytes: Option<Vec<u8>>,
    digest: String,
    entry: u64,
    what: &str,
    problems: &mut Vec<EvidenceProblem>,
) -> Option<Vec<u8>> {
    let what = what.to_owned();
    match bytes {
        None => problems.push(EvidenceProblem::Missing { entry, what, digest }),
        Some(bytes) if kycuong_engine::digest(&bytes) != digest => {
            problems.push(EvidenceProblem::Altered { entry, what, digest });
        }
        sound => return sound,
    }
    None
}

/// What an entry has digests of.
fn rests_on(entry: &Entry) -> Vec<(String, &str)> {
    match &entry.record.answer {
        Answer::Failed { submission, .. } => vec![("submission".to_owned(), submission)],
        Answer::Answered { receipt, .. } => {
            let pieces = [
                ("submission", Some(&receipt.submission)),
                ("facts", receipt.facts.as_ref()),
                ("settings", Some(&receipt.settings)),
                ("limits", Some(&receipt.limits)),
            ];
            let pieces = pieces.into_iter();
            pieces.filter_map(|(what, d)| Some((what.to_owned(), d?.as_str()))).collect()
        }
    }
}

/// All entries in the order of their places, some at a time.
struct Entries<'a> {
    log: &'a SqliteAuditLog,
    /// The place of the last one that was read.
    after: i64,
    batch: std::vec::IntoIter<(i64, StoredEntry)>,
}

impl Iterator for Entries<'_> {
    type Item = Result<StoredEntry, AuditLogError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.batch.len() == 0 {
            let read = read_batch(&self.log.lock(), self.after);
            match read.map_err(self.log.failed("read")) {
                Ok(batch) => self.batch = batch.into_iter(),
                Err(error) => return Some(Err(error)),
            }
        }
        let (place, entry) = self.batch.next()?;
        self.after = place;
        Some(Ok(entry))
    }
}

fn read_batch(
    connection: &Connection,
    after: i64,
) -> Result<Vec<(i64, StoredEntry)>, rusqlite::Error> {
    let mut statement = connection.prepare(
        "SELECT sequence, CAST(text AS BLOB), CAST(digest AS TEXT) FROM entry WHERE sequence > ?1 ORDER BY sequence LIMIT ?2",
    )?;
    let rows = statement.query_map([after, BATCH], |row| Ok((row.get(0)?, stored(row)?)))?;
    rows.collect()
}
