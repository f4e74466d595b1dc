//! Whether the signatures of a pack are those that its jurisdictions and subjects need.

use std::collections::{BTreeMap, BTreeSet};

use kycuong_model::date::Date;
use kycuong_model::manifest::Manifest;

use crate::error::Untrusted;
use crate::file::{Days, Quorum, Scope};
use crate::holding;
use crate::identity::Digest;
use crate::signature::Role;

/// A signature that fits its file.
#[derive(Debug)]
pub(crate) struct Signed<'a> {
    /// The key, as the trust file calls it.
    pub(crate) name: &'a str,
    /// The digest of the public key.
    pub(crate) key: Digest,
    pub(crate) role: Role,
    pub(crate) on: Date,
    /// Why it counts for nothing.
    pub(crate) problem: Option<String>,
    /// Whether that is because its key, or the certificate of it, is revoked.
    pub(crate) is_revoked: bool,
}

/// A key that is revoked in one certificate counts for nothing in another one.
pub(crate) fn spread_revocations(signed: &mut [Signed<'_>]) {
    let revoked = signed.iter().filter(|one| one.is_revoked).map(|one| one.key);
    let revoked: BTreeSet<Digest> = revoked.collect();
    for one in signed.iter_mut().filter(|one| revoked.contains(&one.key)) {
        let problem = "its key is that of a certificate which is revoked";
        one.problem.get_or_insert_with(|| problem.to_owned());
    }
}

/// Whether each of the pack's jurisdictions, with each of its subjects, is covered by one scope; if so,
/// the places of the signatures that counted for one of them.
pub(crate) fn check_scopes(
    scopes: &[Scope],
    manifest: &Manifest,
    signed: &[Signed<'_>],
    today: Date,
) -> Result<BTreeSet<usize>, Untrusted> {
    let mut counted = BTreeSet::new();
    let subjects = manifest.rules.iter().flat_map(|rule| &rule.subjects).collect::<BTreeSet<_>>();
    for jurisdiction in &manifest.jurisdiction.provinces {
        for subject in &subjects {
            let covering = scopes.iter().filter(|scope| {
                scope.jurisdictions.contains(jurisdiction) && scope.subjects.contains(subject)
            });
            let mut missing = Vec::new();
            let mut not_theirs = None;
            let mut covered = false;
            for scope in covering {
                if let Some(detail) = holding::refusal(&manifest.pack, scope, scopes) {
                    not_theirs = Some(detail);
                    continue;
                }
                match satisfied_by(scope, signed, today) {
                    Ok(by) => {
                        covered = true;
                        counted.extend(by);
                    }
                    Err(lacks) => missing.push(lacks),
                }
            }
            if covered {
                continue;
            }
            if let Some(detail) = not_theirs.filter(|_| missing.is_empty()) {
                let (pack, jurisdiction) = (manifest.pack.clone(), jurisdiction.clone());
                return Err(Untrusted::PackId { pack, jurisdiction, detail });
            }
            let needed = if missing.is_empty() {
                "no scope of the trust file has both, so no key may sign for them".to_owned()
            } else {
                missing.join("; or ")
            };
            return Err(Untrusted::NotCovered {
                jurisdiction: jurisdiction.clone(),
                subject: (*subject).clone(),
                on: today,
                needed,
            });
        }
    }
    Ok(counted)
}

/// The signatures that a scope has everything by; otherwise, what it still needs.
fn satisfied_by(
    scope: &Scope,
    signed: &[Signed<'_>],
    today: Date,
) -> Result<BTreeSet<usize>, String> {
    let days = scope.days();
    if !days.contain(today) {
        return Err(format!("the scope is valid {days}"));
    }
    let mut counted = BTreeSet::new();
    let mut missing = Vec::new();
    // Whose each key is: one that signs under two names, in one role or in two, is one signer.
    let mut names: BTreeMap<Digest, &str> = BTreeMap::new();
    for (role, quorum) in scope.quorums() {
        match counting(role, quorum, signed, days, &mut names) {
            Ok(by) => counted.extend(by),
            Err(lacks) => missing.push(lacks),
        }
    }
    if missing.is_empty() { Ok(counted) } else { Err(missing.join(", and ")) }
}

/// The signatures that count for one role of a scope, when there are enough.
fn counting<'a>(
    role: Role,
    quorum: &Quorum,
    signed: &[Signed<'a>],
    days: Days,
    names: &mut BTreeMap<Digest, &'a str>,
) -> Result<Vec<usize>, String> {
    let (mut counted, mut people) = (Vec::new(), BTreeSet::new());
    let mut problems = Vec::new();
    for (place, one) in signed.iter().enumerate().filter(|(_, one)| one.role == role) {
        let problem = if !quorum.of.iter().any(|name| name == one.name) {
            Some("the scope does not name it".to_owned())
        } else if !days.contain(one.on) {
            Some(format!("the scope is valid {days}, the pack was signed on {}", one.on))
        } else if one.problem.is_some() {
            one.problem.clone()
        } else {
            let first = *names.entry(one.key).or_insert(one.name);
            (first != one.name).then(|| format!("its key is the one that signs as `{first}`"))
        };
        match problem {
            None => {
                counted.push(place);
                // Whoever signs with an old and with a renewed certificate is one person.
                people.insert(one.name);
            }
            Some(problem) => problems.push(format!("`{}` does not count: {problem}", one.name)),
        }
    }
    if people.len() >= quorum.at_least {
        return Ok(counted);
    }
    let names = quorum.of.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let mut text =
        format!("{} of {names} must sign as {role}, {} did", quorum.at_least, people.len());
    if !problems.is_empty() {
        text = format!("{text} ({})", problems.join("; "));
    }
    Err(text)
}
