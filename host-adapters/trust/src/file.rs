//! The trust file: which keys may sign what, in TOML that is refused when anything in it is unknown,
//! doubled or without effect.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr as _;

use base16ct::lower;
use kycuong_model::code::{Code, is_kebab_case};
use kycuong_model::codes::SubjectKind;
use kycuong_model::date::Date;
use kycuong_model::jurisdiction::{NATION, Province};
use kycuong_operator_file::{OperatorFile, OperatorFileError};
use semver::Version;
use serde::Deserialize;
use x509_cert::name::Name;

use crate::certificate;
use crate::day::Day;
use crate::key::KeyId;
use crate::signature::Role;

/// The version of the trust file.
const FORMAT: u32 = 1;
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

/// A key or a file that counts for nothing any more.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Revoked {
    pub(crate) key: Option<KeyId>,
    /// Of the file, or of the file without its signatures.
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

/// What is wrong: where, as a JSON Pointer, and in words.
type Wrong = (String, String);

impl TrustFile {
    /// Reads and checks a file.
    ///
    /// # Errors
    /// [`OperatorFileError::Invalid`] with the line of the first thing that is wrong.
    pub(crate) fn read(file: &OperatorFile) -> Result<Self, OperatorFileError> {
        let trust: Self = file.deserialize()?;
        match trust.check() {
            Ok(()) => Ok(trust),
            Err((at, detail)) => Err(file.refuse([file.problem(&at, detail)])),
        }
    }

    /// The roles of everybody who can sign, by name.
    fn signers(&self) -> Result<BTreeMap<&str, &[Role]>, Wrong> {
        let mut signers = BTreeMap::new();
        let mut ids = BTreeSet::new();
        for (position, key) in self.keys.iter().enumerate() {
            let name = &key.name;
            let wrong = |member: &str, detail| (format!("/keys/{position}{member}"), detail);
            check_signer(name, &key.owner, &key.roles, key.days())
                .map_err(|detail| wrong("", detail))?;
            let of_key = |detail| wrong("/key", detail);
            match key.key.verifying() {
                Ok(Some(_)) => {}
                Ok(None) => {
                    return Err(of_key(format!(
                        "the key `{name}` is a certificate's: list its holder under `certificates`, by subject"
                    )));
                }
                Err(error) => return Err(of_key(format!("the key `{name}`: {error}"))),
            }
            if !ids.insert(&key.key) {
                return Err(of_key(format!("the key `{name}` stands under another name too")));
            }
            if signers.insert(name.as_str(), key.roles.as_slice()).is_some() {
                return Err(wrong("/name", format!("two keys have the name `{name}`")));
            }
        }
        let mut subjects = BTreeSet::new();
        for (position, holder) in self.certificates.iter().enumerate() {
            let name = &holder.name;
            let wrong =
                |member: &str, detail| (format!("/certificates/{position}{member}"), detail);
            check_signer(name, &holder.owner, &holder.roles, holder.days())
                .map_err(|detail| wrong("", detail))?;
            if !self.authorities.iter().any(|authority| authority.name == holder.authority) {
                let detail = format!(
                    "the certificate `{name}` names the authority `{}`, which the file does not have",
                    holder.authority
                );
                return Err(wrong("/authority", detail));
            }
            let of_subject = |detail| wrong("/subject", detail);
            if holder.subject.trim().is_empty() || !subjects.insert(&holder.subject) {
                return Err(of_subject(format!(
                    "the certificate `{name}` has no subject, or that of another one"
                )));
            }
            check_subject(&holder.subject).map_err(|expected| {
                of_subject(format!(
                    "the certificate `{name}` has the subject `{}`, expected {expected}, as `kycuong sign` prints it",
                    holder.subject
                ))
            })?;
            if signers.insert(name.as_str(), holder.roles.as_slice()).is_some() {
                return Err(wrong("/name", format!("two keys have the name `{name}`")));
            }
        }
        Ok(signers)
    }

    fn check(&self) -> Result<(), Wrong> {
        if self.format != FORMAT {
            let detail = format!("has the format {}, this version reads {FORMAT}", self.format);
            return Err(("/format".to_owned(), detail));
        }
        let mut names = BTreeSet::new();
        let mut authorities = self.authorities.iter().enumerate();
        if let Some((at, double)) = authorities.find(|(_, one)| !names.insert(&one.name)) {
            let detail = format!("two authorities have the name `{}`", double.name);
            return Err((format!("/authorities/{at}/name"), detail));
        }
        let signers = self.signers()?;
        if self.scopes.is_empty() {
            let detail = "has no `scopes`, so that no pack could be loaded".to_owned();
            return Err(("/scopes".to_owned(), detail));
        }
        for (at, scope) in self.scopes.iter().enumerate() {
            check_scope(scope, &signers).map_err(|detail| {
                (format!("/scopes/{at}"), format!("number {} of `scopes` {detail}", at + 1))
            })?;
        }
        for (at, revoked) in self.revoked.iter().enumerate() {
            let before = self.revoked.get(..at).unwrap_or_default();
            check_revoked(revoked, before, &self.keys).map_err(|detail| {
                (format!("/revoked/{at}"), format!("number {} of `revoked` {detail}", at + 1))
            })?;
        }
        let mut packs = BTreeSet::new();
        let mut minimum = self.minimum.iter().enumerate();
        match minimum.find(|(_, minimum)| !packs.insert(&minimum.pack)) {
            Some((at, double)) => Err((
                format!("/minimum/{at}/pack"),
                format!("has two minimum versions of `{}`", double.pack),
            )),
            None => Ok(()),
        }
    }
}

pub(crate) fn check_signer(
    name: &str,
    owner: &str,
    roles: &[Role],
    days: Days,
) -> Result<(), String> {
    if name.len() > 100 || !is_kebab_case(name) {
        return Err(format!(
            "the name `{name}` is not words of a-z and 0-9 joined by hyphens, at most 100 letters"
        ));
    }
    if owner.trim().is_empty() {
        return Err(format!("the key `{name}` has no owner"));
    }
    if roles.is_empty() || roles.iter().collect::<BTreeSet<_>>().len() < roles.len() {
        return Err(format!("the key `{name}` has no role, or one of them twice"));
    }
    ends_after_it_begins(days).map_err(|detail| format!("the key `{name}` {detail}"))
}

fn ends_after_it_begins(days: Days) -> Result<(), String> {
    match (days.from, days.to) {
        (Some(from), Some(to)) if to < from => {
            Err(format!("ends on {to}, before it begins on {from}: `to` must not be before `from`"))
        }
        _ => Ok(()),
    }
}

fn check_scope(scope: &Scope, signers: &BTreeMap<&str, &[Role]>) -> Result<(), String> {
    ends_after_it_begins(scope.days())?;
    let known = |slug: &str| slug == NATION || Province::by_slug(slug).is_some();
    check_names("jurisdictions", &scope.jurisdictions, known)?;
    check_names("subjects", &scope.subjects, |code| SubjectKind::from_code(code).is_some())?;
    let mut seen = BTreeSet::new();
    for (role, quorum) in scope.quorums() {
        if quorum.of.is_empty() {
            return Err(format!(
                "names no key in `of` as {role}: name who signs in that role, or take the role away"
            ));
        }
        if quorum.at_least == 0 || quorum.at_least > quorum.of.len() {
            let (needed, keys) = (quorum.at_least, quorum.of.len());
            return Err(format!(
                "asks for {needed} of the {keys} keys in `of` as {role}: `at_least` is 1 to {keys}"
            ));
        }
        for name in &quorum.of {
            let Some(roles) = signers.get(name.as_str()) else {
                return Err(format!(
                    "names the key `{name}` as {role}, which the file does not have: add it under `keys` or `certificates`"
                ));
            };
            if !roles.contains(&role) {
                return Err(format!(
                    "names the key `{name}` as {role}, which is none of its roles: add it to them, or name another key"
                ));
            }
            // Whoever counts twice makes two of four eyes.
            if !seen.insert(name) {
                return Err(format!(
                    "names the key `{name}` twice: a key counts once, in one role; name another for {role}"
                ));
            }
        }
    }
    Ok(())
}

fn check_names(what: &str, names: &[String], known: impl Fn(&str) -> bool) -> Result<(), String> {
    if names.is_empty() {
        return Err(format!("has no `{what}`"));
    }
    if let Some(name) = names.iter().find(|name| !known(name)) {
        return Err(format!("has `{name}` among its `{what}`, which nobody knows"));
    }
    if names.iter().collect::<BTreeSet<_>>().len() < names.len() {
        return Err(format!("has the same twice among its `{what}`"));
    }
    Ok(())
}

/// Subjects are compared as they are printed: another spelling would fit nobody.
fn check_subject(subject: &str) -> Result<(), String> {
    let example = "a name of RFC 4514 like `CN=Sở Tư pháp,O=Ủy ban nhân dân tỉnh Gia Lai,C=VN`";
    let parsed = Name::from_str(subject).map_err(|_| example.to_owned())?;
    let printed = certificate::name(&parsed);
    if printed == subject { Ok(()) } else { Err(format!("`{printed}`")) }
}

fn check_revoked(revoked: &Revoked, before: &[Revoked], keys: &[Key]) -> Result<(), String> {
    if revoked.key.is_some() == revoked.digest.is_some() {
        return Err("has not exactly one of `key` and `digest`".to_owned());
    }
    if revoked.reason.trim().is_empty() {
        return Err("has no reason".to_owned());
    }
    let same = |other: &Revoked| (&other.key, &other.digest) == (&revoked.key, &revoked.digest);
    if before.iter().any(same) {
        return Err("revokes what one before it revokes: take one of them away".to_owned());
    }
    // Certificates are known by their holders' names; of bare keys the file has all that count.
    if let Some(key) = revoked.key.as_ref().filter(|key| !key.is_certificate())
        && !keys.iter().any(|one| one.key == *key)
    {
        return Err(format!(
            "revokes `{key}`, which is none of `keys` and so counts for nothing anyway: correct the id, or take the entry away"
        ));
    }
    let Some(digest) = &revoked.digest else { return Ok(()) };
    let bytes = digest.strip_prefix("sha256:").map(lower::decode_vec);
    if bytes.is_some_and(|bytes| bytes.is_ok_and(|bytes| bytes.len() == 32)) {
        Ok(())
    } else {
        Err(format!("has the digest `{digest}`, expected `sha256:` and 64 lower-case digits"))
    }
}
