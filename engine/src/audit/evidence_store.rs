//! Where what a check rests on is found again.

use crate::error::AuditError;

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
