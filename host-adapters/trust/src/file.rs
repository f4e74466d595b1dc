//! The trust file: which keys may sign what, in TOML that is refused when anything in it is unknown,
//! doubled or without effect.

use kycuong_model::date::Date;
use kycuong_operator_file::{OperatorFile, OperatorFileError};
use semver::Version;
use serde::Deserialize;

use crate::day::Day;
use crate::key::{KeyId, RevokedKey};
use crate::pack_id::PackPattern;
use crate::signature::Role;

mod soundness;

/// Largest trust file; one key takes some 300 bytes.
pub(crate) const FILE_BYTES_MAX: usize = 1 << 20;

/// A trust file, as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TrustFile {
    format: u32,
    /// Where the highest versions seen are remembered, beside this file unless absolute.
    pub(crate) state: Option<String>,
    #[serde(default)]
    pub(crate) keys: Vec<Key>,
    #[serde(default)]
    pub(crate) authorities: Vec<AuthorityFiles>,
    #[serde(default)]
    pub(crate) certificates: Vec<Holder>,
    #[serde(default)]
    pub(crate) scopes: Vec<Scope>,
    #[serde(default)]
    pub(crate) revoked: Vec<Revoked>,
    #[serde(default)]
    pub(crate) minimum: Vec<Minimum>,
    #[serde(default)]
    pub(crate) required: Vec<Required>,
}

/// Days, both of which count; open where absent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Days {
    pub(crate) from: Option<Date>,
    pub(crate) to: Option<Date>,
}

/// A bare key.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Key {
    /// What the scopes of this file call it.
    pub(crate) name: String,
    pub(crate) key: KeyId,
    pub(crate) owner: String,
    pub(crate) roles: Vec<Role>,
    from: Option<Day>,
    to: Option<Day>,
}

/// A root of certificates.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AuthorityFiles {
    pub(crate) name: String,
    /// Its certificate, as PEM or DER, beside this file unless absolute.
    pub(crate) root: String,
    /// The revocation lists of all authorities of its chains; an empty list asks for none.
    pub(crate) revocations: Vec<String>,
}

/// Whoever holds a certificate with a name, whichever one it is just now.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Holder {
    pub(crate) name: String,
    pub(crate) authority: String,
    /// As RFC 4514 writes names.
    pub(crate) subject: String,
    pub(crate) owner: String,
    pub(crate) roles: Vec<Role>,
    from: Option<Day>,
    to: Option<Day>,
}

/// What is needed for some jurisdictions and subjects.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Scope {
    pub(crate) jurisdictions: Vec<String>,
    pub(crate) subjects: Vec<String>,
    /// The ids that its packs may have; absent for those that nobody else has.
    pub(crate) packs: Option<Vec<PackPattern>>,
    from: Option<Day>,
    to: Option<Day>,
    author: Quorum,
    #[serde(rename = "legal-reviewer")]
    legal_reviewer: Option<Quorum>,
    approver: Option<Quorum>,
}

/// How many of which keys.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Quorum {
    /// By their names.
    pub(crate) of: Vec<String>,
    pub(crate) at_least: usize,
}

/// A key, a certificate or a pack that counts for nothing any more.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Revoked {
    pub(crate) key: Option<RevokedKey>,
    /// The file of a certificate, as PEM or DER, beside this file unless absolute.
    pub(crate) certificate: Option<String>,
    /// Of the pack's file without its signatures, or of the whole file.
    pub(crate) digest: Option<String>,
    since: Day,
    pub(crate) reason: String,
}

/// The least version of a pack.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Minimum {
    pub(crate) pack: String,
    pub(crate) version: Version,
}

/// A pack without which there is no host.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Required {
    pub(crate) pack: String,
    /// Its least version.
    pub(crate) minimum: Option<Version>,
}

impl Days {
    fn between(from: Option<Day>, to: Option<Day>) -> Self {
        Self { from: from.map(|day| day.0), to: to.map(|day| day.0) }
    }

    pub(crate) fn contain(self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

impl std::fmt::Display for Days {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let day = |day: Option<Date>| day.map_or_else(String::new, |day| day.to_string());
        write!(f, "{}..{}", day(self.from), day(self.to))
    }
}

impl Key {
    pub(crate) fn days(&self) -> Days {
        Days::between(self.from, self.to)
    }
}

impl Holder {
    pub(crate) fn days(&self) -> Days {
        Days::between(self.from, self.to)
    }
}

impl Revoked {
    pub(crate) fn since(&self) -> Date {
        self.since.0
    }
}

impl Scope {
    pub(crate) fn days(&self) -> Days {
        Days::between(self.from, self.to)
    }

    /// What each role needs; authors always.
    pub(crate) fn quorums(&self) -> impl Iterator<Item = (Role, &Quorum)> {
        let others =
            [(Role::LegalReviewer, &self.legal_reviewer), (Role::Approver, &self.approver)];
        let others = others.into_iter().filter_map(|(role, quorum)| Some((role, quorum.as_ref()?)));
        std::iter::once((Role::Author, &self.author)).chain(others)
    }
}

impl TrustFile {
    /// Reads and checks a file.
    ///
    /// # Errors
    /// [`OperatorFileError::Invalid`] with the line of the first thing that is wrong.
    pub(crate) fn read(file: &OperatorFile) -> Result<Self, OperatorFileError> {
        let trust: Self = file.deserialize()?;
        match soundness::check(&trust) {
            Ok(()) => Ok(trust),
            Err((at, detail)) => Err(file.refuse([file.problem(&at, detail)])),
        }
    }

    /// The least version of a pack that the file allows.
    pub(crate) fn minimum_of(&self, pack: &str) -> Option<&Version> {
        let required = self.required.iter().find(|required| required.pack == pack);
        let minimum = self.minimum.iter().find(|minimum| minimum.pack == pack);
        let versions =
            [required.and_then(|one| one.minimum.as_ref()), minimum.map(|one| &one.version)];
        versions.into_iter().flatten().next()
    }
}
