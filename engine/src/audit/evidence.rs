//! What the digests of a receipt are of.

use std::sync::Arc;

use super::AuditError;
use crate::pack::RulePack;

/// All that it takes to make one check again. What is kept by digest already need not be kept twice.
#[derive(Clone, Debug)]
pub struct Evidence<'a> {
    submission: (String, &'a [u8]),
    /// The facts that rules saw, the settings and the limits.
    kept: Vec<(String, Arc<[u8]>)>,
    pub(crate) packs: Vec<RulePack>,
}

impl<'a> Evidence<'a> {
    pub(crate) fn of_submission(digest: &str, submission: &'a [u8]) -> Self {
        let submission = (digest.to_owned(), submission);
        Self { submission, kept: Vec::new(), packs: Vec::new() }
    }

    pub(crate) fn keep(&mut self, digest: &str, bytes: Arc<[u8]>) {
        self.kept.push((digest.to_owned(), bytes));
    }

    /// The submission, the facts that rules saw, the settings and the limits: their digests and bytes.
    pub fn pieces(&self) -> impl Iterator<Item = (&str, &[u8])> {
        let (digest, submission) = &self.submission;
        let kept = self.kept.iter().map(|(digest, bytes)| (digest.as_str(), bytes.as_ref()));
        std::iter::once((digest.as_str(), *submission)).chain(kept)
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
