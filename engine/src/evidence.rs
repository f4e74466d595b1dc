//! What the digests of a receipt are of.

use std::sync::Arc;

use kycuong_report::Submission;

use crate::pack::RulePack;

/// All that it takes to make one check again. What is kept by digest already need not be kept twice.
#[derive(Clone, Debug)]
pub struct Evidence {
    submission: Submission,
    /// The facts that rules saw, the settings and the limits.
    kept: Vec<(String, Arc<[u8]>)>,
    packs: Vec<RulePack>,
}

impl Evidence {
    pub(crate) fn of_submission(submission: Submission) -> Self {
        Self { submission, kept: Vec::new(), packs: Vec::new() }
    }

    pub(crate) fn keep(&mut self, digest: &str, bytes: Arc<[u8]>) {
        self.kept.push((digest.to_owned(), bytes));
    }

    pub(crate) fn keep_packs(&mut self, packs: impl Iterator<Item = RulePack>) {
        self.packs.extend(packs);
    }

    /// The submission, the facts that rules saw, the settings and the limits: their digests and bytes.
    pub fn pieces(&self) -> impl Iterator<Item = (&str, &[u8])> {
        let kept = self.kept.iter().map(|(digest, bytes)| (digest.as_str(), bytes.as_ref()));
        std::iter::once((self.submission.digest(), self.submission.bytes())).chain(kept)
    }

    /// The packs that were asked: their digests and files.
    pub fn packs(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.packs.iter().map(|pack| (pack.digest(), pack.file()))
    }
}
