//! The trust store: a trust file, opened on a day, that decides which packs may be loaded.

use std::collections::BTreeMap;
use std::path::Path;

use kycuong_engine::pack::PackDescription;
use kycuong_engine::report::{Rollback, Signer};
use kycuong_engine::trust::Verification;
use kycuong_engine::{PackVerifier, digest};
use kycuong_files::{Exposure, check_trusted};
use kycuong_model::date::Date;
use kycuong_model::text::{Bilingual, BoxError};
use kycuong_operator_file::OperatorFile;
use semver::Version;
use x509_cert::Certificate;

use crate::authorities::{Authorities, Authority};
use crate::certificate::{self, CertificateError, public_key};
use crate::der_file::Material;
use crate::error::{TrustError, Untrusted};
use crate::file::{Days, FILE_BYTES_MAX, TrustFile};
use crate::holding;
use crate::policy::{Signed, check_scopes, spread_revocations};
use crate::revoked::{Revocation, Revocations};
use crate::section::SignedFile;
use crate::signature::{Signature, read_chain};
use crate::state::{Candidate, Holders, State, StateError};

/// Decides which packs may be loaded, by a trust file and on one day.
#[derive(Debug)]
pub struct TrustStore {
    file: TrustFile,
    authorities: Authorities,
    revocations: Revocations,
    exposures: Vec<Exposure>,
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
        let mut exposures = check_trusted(path)?;
        let read = OperatorFile::read(path, FILE_BYTES_MAX)?;
        let file = TrustFile::read(&read)?;
        let folder = path.parent().unwrap_or(Path::new(""));
        let mut state = None;
        if let Some(name) = &file.state {
            let opened = State::open(folder.join(name));
            let (opened, exposed) = opened.map_err(|source| TrustError::State { source })?;
            exposures.extend(exposed);
            state = Some(opened);
        }
        let mut material = Material::default();
        let authorities = Authorities::open(&file.authorities, folder, &mut material)?;
        let revocations = Revocations::open(&file.revoked, folder, &mut material)?;
        let Material { contents, exposures: of_material } = material;
        exposures.extend(of_material);
        // What is trusted is the file and every file that it names.
        let bytes = read.text().as_bytes();
        let digest = match contents.as_slice() {
            [] => digest(bytes),
            _ => {
                let all = std::iter::once(bytes).chain(contents.iter().map(Vec::as_slice));
                digest(all.map(digest).collect::<String>().as_bytes())
            }
        };
        let rollbacks = BTreeMap::new();
        Ok(Self { file, authorities, revocations, exposures, digest, today, state, rollbacks })
    }

    /// What an operator should know though it keeps nothing from being loaded: who else may change the
    /// files, and lists that do not count today. Hosts log it; the command line says it.
    pub fn notices(&self) -> Vec<Bilingual> {
        let lists = self.authorities.not_current(self.today);
        let exposed = self.exposures.iter().map(Exposure::text);
        exposed.chain(lists).collect()
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
        if let Some((digest, revoked)) =
            self.revocations.of_pack(&[&content, &digest(bytes)], self.today)
        {
            return Err(Untrusted::Revoked {
                digest: digest.to_owned(),
                since: revoked.since,
                reason: revoked.reason.clone(),
            });
        }
        // Every signature must fit, also one that nothing needs: no byte of a file is without effect.
        let signed = file.signatures.iter().map(|one| self.check_signature(file.content, one));
        let mut signed = signed.collect::<Result<Vec<_>, _>>()?;
        spread_revocations(&mut signed);
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
            jurisdictions: pack.manifest.jurisdiction.provinces.clone(),
            content,
            signers: signers.collect(),
            rollback,
        })
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
        let (name, role, on) = (key.name.as_str(), *role, *on);
        let revoked = self.revocations.of_key(id, self.today);
        let problem = revoked.map(said_of_key).or_else(|| self.problem_of_days(key.days(), on));
        let is_revoked = revoked.is_some();
        Ok(Signed { name, key: id.public_key_digest(), role, on, problem, is_revoked })
    }

    /// The same for the holder of a certificate.
    fn check_certificate<'a>(
        &'a self,
        content: &[u8],
        signature: &'a Signature,
    ) -> Result<Signed<'a>, Untrusted> {
        let Signature { role, key: id, on, .. } = signature;
        let wrong = |source: CertificateError| {
            let (key, role, source) = (id.clone(), *role, Box::new(source));
            Untrusted::Certificate { key, role, source }
        };
        let chain = read_chain(&signature.certificates()).map_err(wrong)?;
        let subject = chain.first().map(certificate::subject).unwrap_or_default();
        let holder = self.file.certificates.iter().find(|holder| holder.subject == subject);
        let authority = holder.and_then(|holder| self.authorities.get(&holder.authority));
        let (Some(holder), Some(authority)) = (holder, authority) else {
            return Err(Untrusted::UnknownHolder { subject, role: *role });
        };
        if !chain.first().is_some_and(|signer| signature.names(signer)) {
            return Err(wrong(CertificateError::OtherCertificate));
        }
        // A certificate that is over or taken back counts for nothing, like a key; one that nobody
        // issued, or for something else, is no certificate.
        let (problem, by_list) = match authority.check(&chain, *on, self.today) {
            Ok(()) => (None, false),
            Err(problem) if problem.is_of_time() => {
                let own = |revoked: &String| *revoked == subject;
                let revoked =
                    matches!(&problem, CertificateError::Revoked { subject, .. } if own(subject));
                (Some(problem.to_string()), revoked)
            }
            Err(source) => return Err(wrong(source)),
        };
        check_fits(content, signature, &holder.name)?;
        let (name, role, on) = (holder.name.as_str(), *role, *on);
        let by_file = self.revoked_in(&chain, authority).map_err(wrong)?;
        let is_revoked = by_list || by_file.as_ref().is_some_and(|(place, _)| *place == 0);
        let by_file = by_file.map(|(_, problem)| problem);
        let problem = by_file.or(problem).or_else(|| self.problem_of_days(holder.days(), on));
        Ok(Signed { name, key: id.public_key_digest(), role, on, problem, is_revoked })
    }

    /// Which certificate of a chain the trust file revokes, and that in words.
    fn revoked_in(
        &self,
        chain: &[Certificate],
        authority: &Authority,
    ) -> Result<Option<(usize, String)>, CertificateError> {
        for (place, (certificate, issuer)) in authority.links(chain).enumerate() {
            let key = public_key(issuer)?;
            let Some(revoked) = self.revocations.of_certificate(certificate, &key, self.today)?
            else {
                continue;
            };
            let Revocation { since, reason, .. } = revoked;
            let subject = certificate::subject(certificate);
            let said = match place {
                0 => said_of_key(revoked),
                _ => format!("the certificate of `{subject}` is revoked since {since}: {reason}"),
            };
            return Ok(Some((place, said)));
        }
        Ok(None)
    }

    /// Why a signature that fits counts for nothing on these days.
    fn problem_of_days(&self, days: Days, on: Date) -> Option<String> {
        let today = self.today;
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
        let jurisdictions = &pack.manifest.jurisdiction.provinces;
        let (pack, text) = (&pack.manifest.pack, &pack.manifest.version);
        let version = Version::parse(text)
            .map_err(|source| Untrusted::Version { version: text.clone(), source })?;
        let minimum = self.file.minimum_of(pack);
        if let Some(minimum) = minimum.filter(|minimum| version < **minimum) {
            return Err(Untrusted::BelowMinimum {
                pack: pack.clone(),
                version: text.clone(),
                minimum: minimum.to_string(),
            });
        }
        let Some(state) = &self.state else { return Ok(None) };
        let candidate = Candidate { pack, version: &version, content, jurisdictions };
        let Err(source) = state.check(&candidate, &self.file) else { return Ok(None) };
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

/// Signed before it was revoked, it may say; the day of signing is the signer's own word.
fn said_of_key(revoked: &Revocation) -> String {
    format!("the key is revoked since {}: {}", revoked.since, revoked.reason)
}

impl Holders for TrustFile {
    fn may_be_for(&self, pack: &str, jurisdictions: &[String]) -> bool {
        holding::may_be_for(pack, jurisdictions, &self.scopes)
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
            Some(state) => Ok(state.remember(packs, &self.file)?),
        }
    }

    fn required(&self) -> Vec<String> {
        self.file.required.iter().map(|required| required.pack.clone()).collect()
    }
}
