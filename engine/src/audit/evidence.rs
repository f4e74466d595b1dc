//! What the digests of a receipt are of.

use std::borrow::Cow;

use super::{AuditError, Receipt};
use crate::pack::RulePack;

/// All that it takes to make one check again. What is kept by digest already need not be kept twice.
#[derive(Clone, Debug)]
pub struct Evidence<'a> {
    pieces: Vec<Piece<'a>>,
    packs: Vec<RulePack>,
}

/// Some bytes and their digest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece<'a> {
    /// `sha256:` and 64 hexadecimal digits.
    pub digest: String,
    /// What it is of.
    pub bytes: Cow<'a, [u8]>,
}

impl<'a> Evidence<'a> {
    pub(crate) fn new(
        receipt: &Receipt,
        submission: &'a [u8],
        facts: Option<Vec<u8>>,
        settings: Vec<u8>,
        limits: Vec<u8>,
        packs: Vec<RulePack>,
    ) -> Self {
        let mut evidence = Self::of_submission(&receipt.submission, submission);
        let mut keep = |digest: &str, bytes: Vec<u8>| {
            evidence.pieces.push(Piece { digest: digest.to_owned(), bytes: Cow::Owned(bytes) });
        };
        if let (Some(digest), Some(facts)) = (&receipt.facts, facts) {
            keep(digest, facts);
        }
        keep(&receipt.settings, settings);
        keep(&receipt.limits, limits);
        evidence.packs = packs;
        evidence
    }

    pub(crate) fn of_submission(digest: &str, submission: &'a [u8]) -> Self {
        let piece = Piece { digest: digest.to_owned(), bytes: Cow::Borrowed(submission) };
        Self { pieces: vec![piece], packs: Vec::new() }
    }

    /// The submission, the facts that rules saw, the settings and the limits.
    pub fn pieces(&self) -> &[Piece<'a>] {
        &self.pieces
    }

    /// The packs that were asked: their digests and files.
    pub fn packs(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.packs.iter().map(|pack| (pack.digest(), pack.file()))
    }
}

/// Where evidence is found again, by digest. Whoever asks digests what it gets.
pub trait EvidenceStore {
    /// A piece that is no pack; `None` when it is not kept.
    ///
    /// # Errors
    ///
    /// [`AuditError`] when the store cannot be read.
    fn piece(&self, digest: &str) -> Result<Option<Vec<u8>>, AuditError>;

    /// The file of a pack; `None` when it is not kept.
    ///
    /// # Errors
    ///
    /// [`AuditError`] when the store cannot be read.
    fn pack(&self, digest: &str) -> Result<Option<Vec<u8>>, AuditError>;
}
