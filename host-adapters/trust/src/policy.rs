//! Whether the signatures of a pack are those that its jurisdictions and subjects need.

use std::collections::BTreeSet;

use kycuong_model::date::Date;
use kycuong_model::manifest::Manifest;

use crate::error::Untrusted;
use crate::file::{Days, Quorum, Scope};
use crate::signature::Role;

/// A signature that fits its file.
#[derive(Debug)]
pub(crate) struct Signed<'a> {
    /// The key, as the trust file calls it.
    pub(crate) name: &'a str,
    pub(crate) role: Role,
    pub(crate) on: Date,
    /// Why it counts for nothing.
    pub(crate) problem: Option<String>,
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
            let mut covered = false;
            for scope in covering {
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
    for (role, quorum) in scope.quorums() {
        match counting(role, quorum, signed, days) {
            Ok(by) => counted.extend(by),
            Err(lacks) => missing.push(lacks),
        }
    }
    if missing.is_empty() { Ok(counted) } else { Err(missing.join(", and ")) }
}

/// The signatures that count for one role of a scope, when there are enough.
fn counting(
    role: Role,
    quorum: &Quorum,
    signed: &[Signed<'_>],
    days: Days,
) -> Result<Vec<usize>, String> {
    let (mut counted, mut people) = (Vec::new(), BTreeSet::new());
    let mut problems = Vec::new();
    for (place, one) in signed.iter().enumerate().filter(|(_, one)| one.role == role) {
        let problem = if !quorum.of.iter().any(|name| name == one.name) {
            Some("the scope does not name it".to_owned())
        } else if !days.contain(one.on) {
            Some(format!("the scope is valid {days}, the pack was signed on {}", one.on))
        } else {
            one.problem.clone()
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
