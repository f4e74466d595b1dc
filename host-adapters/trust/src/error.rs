//! Why a trust file cannot be used, and why a pack is not trusted.

use std::path::PathBuf;

use kycuong_files::{FileError, ReadError};
use kycuong_model::date::Date;
use kycuong_operator_file::OperatorFileError;

use crate::certificate::CertificateError;
use crate::key::KeyId;
use crate::section::SectionError;
use crate::signature::Role;
use crate::state::StateError;

/// Why a trust file cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TrustError {
    /// The trust file cannot be read, or is not sound: with the line of what is wrong.
    #[error(transparent)]
    File(#[from] OperatorFileError),
    /// A file that the trust file names cannot be read: it is not there, too large, or no ordinary file.
    #[error("cannot read `{}`", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: ReadError,
    },
    /// The trust file, or one that it names, is a link to nothing, or everybody's to change.
    #[error(transparent)]
    Unusable(#[from] FileError),
    /// The file of versions seen cannot be used.
    #[error("cannot use the file of versions seen")]
    State {
        /// Why.
        source: StateError,
    },
    /// A certificate or a revocation list that the file names cannot be used.
    #[error("cannot use `{}`", path.display())]
    Certificate {
        /// The file.
        path: PathBuf,
        /// Why.
        source: CertificateError,
    },
    /// A file that the trust file names is not what it should be.
    #[error("`{}`: {detail}", path.display())]
    Content {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        detail: String,
    },
}

kycuong_model::error_codes!(TrustError {
    File => "trust-file",
    Read => "unreadable-file",
    Unusable => "unusable-file",
    State => "unusable-state",
    Certificate => "unusable-certificate",
    Content => "unsound-file",
});

/// Why a pack is not trusted.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Untrusted {
    /// Its signatures cannot be read.
    #[error("cannot read its signatures")]
    Section {
        /// Why.
        source: SectionError,
    },
    /// It has none.
    #[error("nobody signed it")]
    Unsigned,
    /// A signature is by somebody whom the trust file does not have.
    #[error("signed by `{key}` as {role}, which the trust file does not have")]
    UnknownKey {
        /// The key.
        key: KeyId,
        /// As what it signed.
        role: Role,
    },
    /// A signature is not over this content, role, key and day.
    #[error("the signature by `{name}` (`{key}`) as {role} of {on} does not fit the file")]
    Forged {
        /// The key, as the trust file calls it.
        name: String,
        /// The key.
        key: KeyId,
        /// As what it says to have signed.
        role: Role,
        /// The day that it says.
        on: Date,
    },
    /// The pack was revoked.
    #[error("`{digest}` is revoked since {since}: {reason}")]
    Revoked {
        /// The digest of the file, or of the file without its signatures.
        digest: String,
        /// Since when.
        since: Date,
        /// Why, as the trust file says.
        reason: String,
    },
    /// Somebody has to sign, or has to be trusted, before it may judge this.
    #[error("not signed for `{jurisdiction}` and `{subject}` as needed on {on}: {needed}")]
    NotCovered {
        /// The jurisdiction.
        jurisdiction: String,
        /// The subject.
        subject: String,
        /// The day of loading.
        on: Date,
        /// Which signatures are missing, and what became of those that there are.
        needed: String,
    },
    /// Its id is somebody else's.
    #[error("a pack for `{jurisdiction}` may not have the id `{pack}`: {detail}")]
    PackId {
        /// The id.
        pack: String,
        /// The jurisdiction.
        jurisdiction: String,
        /// Whose it is, and how to allow it.
        detail: String,
    },
    /// A signature is by the holder of a certificate whom the trust file does not have.
    #[error(
        "signed by the holder of a certificate of `{subject}` as {role}, whom the trust file does not have"
    )]
    UnknownHolder {
        /// The name in the certificate.
        subject: String,
        /// As what the holder signed.
        role: Role,
    },
    /// A certificate does not count.
    #[error("the signature by `{key}` as {role} rests on a certificate that does not count")]
    Certificate {
        /// The key.
        key: KeyId,
        /// As what it signed.
        role: Role,
        /// Why.
        source: Box<CertificateError>,
    },
    /// Its version cannot be compared with others.
    #[error("its version `{version}` is not of the form 1.2.3")]
    Version {
        /// The version.
        version: String,
        /// Why.
        source: semver::Error,
    },
    /// Its version is too low.
    #[error("`{pack}` {version} is lower than {minimum}, the least that the trust file allows")]
    BelowMinimum {
        /// The pack.
        pack: String,
        /// Its version.
        version: String,
        /// The least version.
        minimum: String,
    },
    /// Its version went down, or the versions seen cannot be read.
    #[error("its version may not become active")]
    State {
        /// Why.
        source: StateError,
    },
}

kycuong_model::error_codes!(Untrusted {
    Section => "unreadable-signatures",
    Unsigned => "unsigned",
    UnknownKey => "unknown-key",
    Forged => "forged-signature",
    Revoked => "revoked",
    NotCovered => "not-covered",
    PackId => "pack-id-not-covered",
    UnknownHolder => "unknown-holder",
    Certificate => "certificate-does-not-count",
    Version => "bad-version",
    BelowMinimum => "below-minimum",
    State => "version-went-down",
});
