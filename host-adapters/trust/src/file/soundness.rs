//! Whether a trust file is sound: nothing in it is unknown, doubled or without effect.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr as _;

use base16ct::lower;
use kycuong_model::code::{Code, is_kebab_case};
use kycuong_model::codes::SubjectKind;
use kycuong_model::jurisdiction::{NATION, Province};
use x509_cert::name::Name;

use super::{Days, Key, Revoked, Scope, TrustFile};
use crate::certificate;
use crate::key::RevokedKey;
use crate::signature::Role;

/// The version of the trust file.
const FORMAT: u32 = 1;

/// What is wrong: where, as a JSON Pointer, and in words.
type Wrong = (String, String);

/// What is wrong in the `nth` entry of a list.
fn of_entry(list: &str, at: usize, detail: &str) -> Wrong {
    (format!("/{list}/{at}"), format!("number {} of `{list}` {detail}", at + 1))
}

/// Whether all of a file has an effect, and one only.
pub(super) fn check(trust: &TrustFile) -> Result<(), Wrong> {
    if trust.format != FORMAT {
        let detail = format!("has the format {}, this version reads {FORMAT}", trust.format);
        return Err(("/format".to_owned(), detail));
    }
    check_authorities(trust)?;
    let mut signers = BTreeMap::new();
    add_keys(trust, &mut signers)?;
    add_holders(trust, &mut signers)?;
    if trust.scopes.is_empty() {
        let detail = "has no `scopes`, so that no pack could be loaded".to_owned();
        return Err(("/scopes".to_owned(), detail));
    }
    for (at, scope) in trust.scopes.iter().enumerate() {
        check_scope(scope, &signers).map_err(|detail| of_entry("scopes", at, &detail))?;
    }
    for (at, revoked) in trust.revoked.iter().enumerate() {
        let before = trust.revoked.get(..at).unwrap_or_default();
        let checked = check_revoked(revoked, before, &trust.keys);
        checked.map_err(|detail| of_entry("revoked", at, &detail))?;
    }
    check_packs(trust)
}

fn check_authorities(trust: &TrustFile) -> Result<(), Wrong> {
    let mut names = BTreeSet::new();
    for (at, authority) in trust.authorities.iter().enumerate() {
        if !names.insert(&authority.name) {
            let detail = format!("two authorities have the name `{}`", authority.name);
            return Err((format!("/authorities/{at}/name"), detail));
        }
        let mut lists = BTreeSet::new();
        if let Some(double) = authority.revocations.iter().find(|list| !lists.insert(*list)) {
            let detail = format!("names the list `{double}` twice: take one of them away");
            return Err((format!("/authorities/{at}/revocations"), detail));
        }
    }
    Ok(())
}

/// The roles of those who can sign, by name.
type Signers<'a> = BTreeMap<&'a str, &'a [Role]>;

fn add_keys<'a>(trust: &'a TrustFile, signers: &mut Signers<'a>) -> Result<(), Wrong> {
    let mut ids = BTreeSet::new();
    for (position, key) in trust.keys.iter().enumerate() {
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
    Ok(())
}

fn add_holders<'a>(trust: &'a TrustFile, signers: &mut Signers<'a>) -> Result<(), Wrong> {
    let mut subjects = BTreeSet::new();
    for (position, holder) in trust.certificates.iter().enumerate() {
        let name = &holder.name;
        let wrong = |member: &str, detail| (format!("/certificates/{position}{member}"), detail);
        check_signer(name, &holder.owner, &holder.roles, holder.days())
            .map_err(|detail| wrong("", detail))?;
        if !trust.authorities.iter().any(|authority| authority.name == holder.authority) {
            let detail = format!(
                "the certificate `{name}` names the authority `{}`, which the file does not have",
                holder.authority
            );
            return Err(wrong("/authority", detail));
        }
        let of_subject = |detail| wrong("/subject", detail);
        if holder.subject.trim().is_empty() || !subjects.insert(folded(&holder.subject)) {
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
    Ok(())
}

/// A name as authorities compare names: in any case, with any number of blanks between words. Two
/// spellings of one are one holder, who must not count twice.
fn folded(subject: &str) -> String {
    subject.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn check_packs(trust: &TrustFile) -> Result<(), Wrong> {
    let wrong = |list: &str, at: usize, detail| (format!("/{list}/{at}/pack"), detail);
    let mut required = BTreeSet::new();
    let mut with_minimum = BTreeSet::new();
    for (at, one) in trust.required.iter().enumerate() {
        let pack = &one.pack;
        if !is_kebab_case(pack) {
            let detail = format!(
                "requires `{pack}`, which is no id of a pack: words of a-z and 0-9 joined by hyphens"
            );
            return Err(wrong("required", at, detail));
        }
        if !required.insert(pack) {
            return Err(wrong("required", at, format!("requires `{pack}` twice")));
        }
        with_minimum.extend(one.minimum.as_ref().map(|_| pack));
    }
    for (at, one) in trust.minimum.iter().enumerate() {
        if !with_minimum.insert(&one.pack) {
            let detail = format!("has two minimum versions of `{}`", one.pack);
            return Err(wrong("minimum", at, detail));
        }
    }
    Ok(())
}

fn check_signer(name: &str, owner: &str, roles: &[Role], days: Days) -> Result<(), String> {
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

fn check_scope(scope: &Scope, signers: &Signers<'_>) -> Result<(), String> {
    ends_after_it_begins(scope.days())?;
    let known = |slug: &str| slug == NATION || Province::by_slug(slug).is_some();
    check_names("jurisdictions", &scope.jurisdictions, known)?;
    check_names("subjects", &scope.subjects, |code| SubjectKind::from_code(code).is_some())?;
    if let Some(packs) = &scope.packs {
        if packs.is_empty() {
            return Err(
                "lists no id under `packs`, so that it would cover none: list some, or take `packs` away"
                    .to_owned(),
            );
        }
        if packs.iter().collect::<BTreeSet<_>>().len() < packs.len() {
            return Err("has the same twice among its `packs`".to_owned());
        }
    }
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
    let Revoked { key, certificate, digest, reason, .. } = revoked;
    let named = [key.is_some(), certificate.is_some(), digest.is_some()];
    if named.into_iter().filter(|named| *named).count() != 1 {
        return Err("has not exactly one of `key`, `certificate` and `digest`".to_owned());
    }
    if reason.trim().is_empty() {
        return Err("has no reason".to_owned());
    }
    let same = |other: &Revoked| {
        (&other.key, &other.certificate, &other.digest) == (key, certificate, digest)
    };
    if before.iter().any(same) {
        return Err("revokes what one before it revokes: take one of them away".to_owned());
    }
    // Certificates are known by their holders' names; of bare keys the file has all that count.
    if let Some(RevokedKey::Bare(key)) = key
        && !keys.iter().any(|one| one.key == *key)
    {
        return Err(format!(
            "revokes `{key}`, which is none of `keys` and so counts for nothing anyway: correct the id, or take the entry away"
        ));
    }
    let Some(digest) = digest else { return Ok(()) };
    let bytes = digest.strip_prefix("sha256:").map(lower::decode_vec);
    if bytes.is_some_and(|bytes| bytes.is_ok_and(|bytes| bytes.len() == 32)) {
        Ok(())
    } else {
        Err(format!("has the digest `{digest}`, expected `sha256:` and 64 lower-case digits"))
    }
}
