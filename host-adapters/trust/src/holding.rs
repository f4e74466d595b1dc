//! Which ids of packs a scope covers: those that it lists, otherwise those that are nobody else's.

use crate::file::Scope;
use crate::pack_id::{named_after, stem};

/// Why a scope covers no pack of an id; `None` when it may.
///
/// A scope that lists ids covers those. One that lists none covers what is nobody else's: not what a
/// scope of other jurisdictions lists, and not what is named after others.
pub(crate) fn refusal(id: &str, scope: &Scope, scopes: &[Scope]) -> Option<String> {
    if let Some(packs) = &scope.packs {
        let listed = packs.iter().map(|one| format!("`{one}`")).collect::<Vec<_>>().join(", ");
        return (!lists(scope, id)).then(|| format!("the scope lists {listed} under `packs`"));
    }
    if let Some(owner) =
        scopes.iter().find(|other| lists(other, id) && !share_a_jurisdiction(other, scope))
    {
        let owners = owner.jurisdictions.join("`, `");
        return Some(format!(
            "a scope of `{owners}` lists it under `packs`, and this one does not"
        ));
    }
    let named = named_after(id)?;
    let own = scope.jurisdictions.iter().any(|slug| stem(slug) == named);
    (!own).then(|| format!("ids that begin with `{named}` are for packs of there, unless the scope lists them under `packs`"))
}

/// Whether packs of an id may be for all of these jurisdictions, whoever has to sign them.
pub(crate) fn may_be_for(id: &str, jurisdictions: &[String], scopes: &[Scope]) -> bool {
    jurisdictions.iter().all(|jurisdiction| {
        let mut theirs = scopes.iter().filter(|scope| scope.jurisdictions.contains(jurisdiction));
        theirs.any(|scope| refusal(id, scope, scopes).is_none())
    })
}

fn lists(scope: &Scope, id: &str) -> bool {
    scope.packs.iter().flatten().any(|pattern| pattern.matches(id))
}

fn share_a_jurisdiction(one: &Scope, other: &Scope) -> bool {
    one.jurisdictions.iter().any(|slug| other.jurisdictions.contains(slug))
}
