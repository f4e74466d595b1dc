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
    pub(crate) fault: Option<String>,
}

/// Whether each of the pack's jurisdictions, with each of its subjects, is covered by one scope.
pub(crate) fn check_scopes(
    scopes: &[Scope],
    manifest: &Manifest,
    signed: &[Signed<'_>],
    today: Date,
) -> Result<(), Untrusted> {
    let subjects = manifest.rules.iter().flat_map(|rule| &rule.subjects).collect::<BTreeSet<_>>();
    for jurisdiction in &manifest.jurisdiction.provinces {
        for subject in &subjects {
            let covering = scopes.iter().filter(|scope| {
                scope.jurisdictions.contains(jurisdiction) && scope.subjects.contains(subject)
            });
            let mut missing = Vec::new();
            let mut covered = false;
            for scope in covering {
                match lacks(scope, signed, today) {
                    None => covered = true,
                    Some(lacks) => missing.push(lacks),
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
    Ok(())
}

/// What a scope still needs; `None` when it has everything.
fn lacks(scope: &Scope, signed: &[Signed<'_>], today: Date) -> Option<String> {
    let days = scope.days();
    if !days.contain(today) {
        return Some(format!("the scope is valid {days}"));
    }
    let missing = scope.quorums().filter_map(|(role, quorum)| short_of(role, quorum, signed, days));
    let missing = missing.collect::<Vec<_>>();
    (!missing.is_empty()).then(|| missing.join(", and "))
}

fn short_of(role: Role, quorum: &Quorum, signed: &[Signed<'_>], days: Days) -> Option<String> {
    let mut counted = 0;
    let mut faults = Vec::new();
    for one in signed.iter().filter(|one| one.role == role) {
        let fault = if !quorum.of.iter().any(|name| name == one.name) {
            Some("the scope does not name it".to_owned())
        } else if !days.contain(one.on) {
            Some(format!("the scope is valid {days}, the pack was signed on {}", one.on))
        } else {
            one.fault.clone()
        };
        match fault {
            None => counted += 1,
            Some(fault) => faults.push(format!("`{}` does not count: {fault}", one.name)),
        }
    }
    if counted >= quorum.at_least {
        return None;
    }
    let names = quorum.of.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let mut text = format!("{} of {names} must sign as {role}, {counted} did", quorum.at_least);
    if !faults.is_empty() {
        text = format!("{text} ({})", faults.join("; "));
    }
    Some(text)
}
