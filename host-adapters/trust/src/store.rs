//! The trust store: a trust file, opened on a day, that decides which packs may be loaded.

use std::collections::BTreeMap;
use std::path::Path;

use kycuong_engine::pack::PackDescription;
use kycuong_engine::report::{Rollback, Signer};
use kycuong_engine::trust::Verification;
use kycuong_engine::{PackVerifier, digest};
use kycuong_model::date::Date;
use kycuong_model::text::BoxError;
use kycuong_operator_file::OperatorFile;
use semver::Version;

use crate::authorities::Authorities;
use crate::certificate::{self, CertificateError};
use crate::error::{TrustError, Untrusted};
use crate::file::{Days, FILE_BYTES_MAX, Revoked, TrustFile};
use crate::key::KeyId;
use crate::policy::{Signed, check_scopes};
use crate::section::SignedFile;
use crate::signature::{Signature, read_chain};
use crate::state::{State, StateError};

/// Decides which packs may be loaded, by a trust file and on one day.
#[derive(Debug)]
pub struct TrustStore {
    file: TrustFile,
    authorities: Authorities,
    digest: String,
    today: Date,
    state: Option<State>,
    /// Versions that may go down, with the reason, by pack and version.
    rollbacks: BTreeMap<(String, String), String>,
}

impl TrustStore {
    /// Opens a trust file for loading packs on a day.
    ///
    /// # Errors
    /// [`TrustError`] when the file cannot be read, or anything in it is unknown, doubled or without
    /// effect.
    pub fn open(file: impl AsRef<Path>, today: Date) -> Result<Self, TrustError> {
        let path = file.as_ref();
        let read = OperatorFile::read(path, FILE_BYTES_MAX)?;
        let file = TrustFile::read(&read)?;
        let folder = path.parent().unwrap_or(Path::new(""));
        let state = file.state.as_ref().map(|state| State::new(folder.join(state)));
        let (authorities, contents) = Authorities::open(&file.authorities, folder)?;
        // What is trusted is the file and every file that it names.
        let bytes = read.text().as_bytes();
        let digest = match contents.as_slice() {
            [] => digest(bytes),
            _ => {
                let all = std::iter::once(bytes).chain(contents.iter().map(Vec::as_slice));
                digest(all.map(digest).collect::<String>().as_bytes())
            }
        };
        Ok(Self { file, authorities, digest, today, state, rollbacks: BTreeMap::new() })
    }

    /// Lets one version of a pack become active although a higher one was, or another content under
    /// the same version; every report says so with the reason. Minimum versions of the trust file
    /// hold nevertheless, and the higher version stays remembered.
    #[must_use]
    pub fn allow_rollback(
        mut self,
        pack: impl Into<String>,
        version: impl Into<String>,
        reason: impl Into<String>,
    ) -> Self {
        self.rollbacks.insert((pack.into(), version.into()), reason.into());
        self
    }

    /// Verifies a pack, as [`PackVerifier::verify`] does; nothing is remembered.
    ///
    /// # Errors
    /// [`Untrusted`].
    pub fn verify_pack(
        &self,
        pack: &PackDescription,
        bytes: &[u8],
    ) -> Result<Verification, Untrusted> {
        let file = SignedFile::read(bytes).map_err(|source| Untrusted::Section { source })?;
        if file.signatures.is_empty() {
            return Err(Untrusted::Unsigned);
        }
        let content = digest(file.content);
        self.check_digests(&[&content, &digest(bytes)])?;
        // Every signature must fit, also one that nothing needs: no byte of a file is without effect.
        let signed = file.signatures.iter().map(|one| self.check_signature(file.content, one));
        let signed = signed.collect::<Result<Vec<_>, _>>()?;
        let counted = check_scopes(&self.file.scopes, &pack.manifest, &signed, self.today)?;
        let rollback = self.check_version(pack, &content)?;
        let signers = file.signatures.iter().enumerate();
        let signers = signers.filter(|(place, _)| counted.contains(place)).map(|(_, one)| Signer {
            role: one.role.code().to_owned(),
            key: one.key.to_string(),
            on: one.on,
        });
        Ok(Verification {
            pack: pack.manifest.pack.clone(),
            version: pack.manifest.version.clone(),
            content,
            signers: signers.collect(),
            rollback,
        })
    }

    fn check_digests(&self, digests: &[&str]) -> Result<(), Untrusted> {
        let revoked = |revoked: &&Revoked| {
            let listed = revoked.digest.as_deref().is_some_and(|digest| digests.contains(&digest));
            listed && revoked.since() <= self.today
        };
        match self.file.revoked.iter().find(revoked) {
            None => Ok(()),
            Some(revoked) => Err(Untrusted::Revoked {
                digest: revoked.digest.clone().unwrap_or_default(),
                since: revoked.since(),
                reason: revoked.reason.clone(),
            }),
        }
    }

    /// Whose signature it is, whether it fits, and why it does not count if it does not.
    fn check_signature<'a>(
        &'a self,
        content: &[u8],
        signature: &'a Signature,
    ) -> Result<Signed<'a>, Untrusted> {
        let Signature { role, key: id, on, .. } = signature;
        if id.is_certificate() {
            return self.check_certificate(content, signature);
        }
        let unknown = || Untrusted::UnknownKey { key: id.clone(), role: *role };
        let key = self.file.keys.iter().find(|key| key.key == *id).ok_or_else(unknown)?;
        check_fits(content, signature, &key.name)?;
        let problem = self.problem_on(id, key.days(), *on);
        Ok(Signed { name: &key.name, role: *role, on: *on, problem })
    }

    /// The same for the holder of a certificate.
    fn check_certificate<'a>(
        &'a self,
        content: &[u8],
        signature: &'a Signature,
    ) -> Result<Signed<'a>, Untrusted> {
        let Signature { role, key: id, on, .. } = signature;
        let wrong = |source| Untrusted::Certificate { key: id.clone(), role: *role, source };
        let chain = read_chain(&signature.certificates()).map_err(wrong)?;
        let subject = chain.first().map(certificate::subject).unwrap_or_default();
        let holder = self.file.certificates.iter().find(|holder| holder.subject == subject);
        let authority = holder.and_then(|holder| self.authorities.get(&holder.authority));
        let (Some(holder), Some(authority)) = (holder, authority) else {
            return Err(Untrusted::UnknownHolder { subject, role: *role });
        };
        if signature.certificates().first().map(|der| KeyId::of_certificate(der)).as_ref()
            != Some(id)
        {
            return Err(wrong(CertificateError::OtherCertificate));
        }
        // A certificate that is over or taken back counts for nothing, like a key; one that nobody
        // issued, or for something else, is no certificate.
        let problem = match authority.check(&chain, *on, self.today) {
            Ok(()) => None,
            Err(problem) if problem.is_of_time() => Some(problem.to_string()),
            Err(source) => return Err(wrong(source)),
        };
        check_fits(content, signature, &holder.name)?;
        let problem = problem.or_else(|| self.problem_on(id, holder.days(), *on));
        Ok(Signed { name: &holder.name, role: *role, on: *on, problem })
    }

    /// Why a signature that fits counts for nothing.
    fn problem_on(&self, key: &KeyId, days: Days, on: Date) -> Option<String> {
        let today = self.today;
        let revoked = |one: &&Revoked| one.key.as_ref() == Some(key) && one.since() <= today;
        // The day of signing is the signer's own word, so what a revoked key says of it is worth nothing.
        if let Some(revoked) = self.file.revoked.iter().find(revoked) {
            return Some(format!(
                "the key is revoked since {}: {}",
                revoked.since(),
                revoked.reason
            ));
        }
        if on > today {
            return Some(format!("it is dated {on}, after {today}"));
        }
        let outside = [("signed", on), ("is loaded", today)];
        let outside = outside.into_iter().find(|(_, day)| !days.contain(*day));
        outside.map(|(what, day)| format!("the key is valid {days}, the pack {what} on {day}"))
    }

    fn check_version(
        &self,
        pack: &PackDescription,
        content: &str,
    ) -> Result<Option<Rollback>, Untrusted> {
        let (pack, text) = (&pack.manifest.pack, &pack.manifest.version);
        let version = Version::parse(text)
            .map_err(|source| Untrusted::Version { version: text.clone(), source })?;
        let minimum = self.file.minimum.iter().find(|minimum| minimum.pack == *pack);
        if let Some(minimum) = minimum.filter(|minimum| version < minimum.version) {
            return Err(Untrusted::BelowMinimum {
                pack: pack.clone(),
                version: text.clone(),
                minimum: minimum.version.to_string(),
            });
        }
        let Some(state) = &self.state else { return Ok(None) };
        let Err(source) = state.check(pack, &version, content) else { return Ok(None) };
        let highest = match &source {
            StateError::Lower { highest, .. } => highest.clone(),
            StateError::Other { version, .. } => version.clone(),
            _ => return Err(Untrusted::State { source }),
        };
        match self.rollbacks.get(&(pack.clone(), text.clone())) {
            None => Err(Untrusted::State { source }),
            Some(reason) => Ok(Some(Rollback {
                pack: pack.clone(),
                version: text.clone(),
                highest,
                reason: reason.clone(),
            })),
        }
    }

    /// What the trust file calls whoever signed, with the owner; `None` for somebody whom it does not
    /// have. Whether the signature counts is for [`TrustStore::verify_pack`] to say.
    pub fn owner(&self, signature: &Signature) -> Option<(&str, &str)> {
        if signature.key.is_certificate() {
            let subject = signature.subject()?;
            let holder = self.file.certificates.iter().find(|one| one.subject == subject)?;
            return Some((&holder.name, &holder.owner));
        }
        let key = self.file.keys.iter().find(|one| one.key == signature.key)?;
        Some((&key.name, &key.owner))
    }
}

fn check_fits(content: &[u8], signature: &Signature, name: &str) -> Result<(), Untrusted> {
    if signature.fits(content) {
        return Ok(());
    }
    let Signature { role, key, on, .. } = signature;
    Err(Untrusted::Forged { name: name.to_owned(), key: key.clone(), role: *role, on: *on })
}

/// Whether a text is a trust file that [`TrustStore::open`] takes, but for the files that it names. The
/// part of it that reads an operator's words, apart for the fuzzer.
///
/// # Errors
/// What is wrong, in one line.
#[doc(hidden)]
pub fn check_trust_file(text: &str) -> Result<(), String> {
    let file = OperatorFile::parse("trust.toml", text).map_err(|error| error.to_string())?;
    TrustFile::read(&file).map(|_| ()).map_err(|error| error.to_string())
}

impl PackVerifier for TrustStore {
    fn digest(&self) -> String {
        self.digest.clone()
    }

    fn verify(&self, pack: &PackDescription, bytes: &[u8]) -> Result<Verification, BoxError> {
        Ok(self.verify_pack(pack, bytes)?)
    }

    fn remember(&self, packs: &[Verification]) -> Result<(), BoxError> {
        match &self.state {
            None => Ok(()),
            Some(state) => Ok(state.remember(packs)?),
        }
    }
}
