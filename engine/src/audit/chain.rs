//! Walking a chain: whether each entry is the one that was kept, where it was kept.
//!
//! A chain vouches for what stands before an entry, never for what should stand after it: that the end
//! is missing, or that all of it was made anew, only an [`Anchor`] from elsewhere can tell.

use kycuong_report::digest;

use super::entry::{Anchor, ChainHead, Entry};

/// An entry as a log has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredEntry {
    /// The number that it is kept under.
    pub place: u64,
    /// Its bytes.
    pub text: Vec<u8>,
    /// The digest that is kept with it.
    pub digest: String,
}

/// What a walk along a chain saw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Walk {
    /// The last entry that is sound with all those before it; `None` when there is none.
    pub head: Option<ChainHead>,
    /// The first problem.
    pub problem: Option<ChainProblem>,
}

/// What is wrong with a chain, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ChainProblem {
    /// An entry is not what was kept.
    #[error("entry {entry} was edited: it does not have the digest that vouches for it")]
    Edited {
        /// Its number.
        entry: u64,
    },
    /// Another entry stands in its place.
    #[error("entries were reordered: in the place of entry {entry} stands entry {found}")]
    Reordered {
        /// The number of the entry that should stand there.
        entry: u64,
        /// The number of the one that does.
        found: u64,
    },
    /// Entries are missing between others.
    #[error("entries {first} to {last} were removed")]
    Removed {
        /// The first of them.
        first: u64,
        /// The last of them.
        last: u64,
    },
    /// Two neighbours contradict each other, and nothing after them tells which was rewritten.
    #[error("entry {entry} does not follow from the entry before it: one of the two was rewritten")]
    Unlinked {
        /// The number of the second.
        entry: u64,
    },
    /// The entry that was noted elsewhere is another one.
    #[error(
        "entry {entry} is not the one that was noted (`{noted}`): it, or one before it, was rewritten"
    )]
    Rewritten {
        /// Its number.
        entry: u64,
        /// The digest noted.
        noted: String,
    },
    /// The end is missing.
    #[error("the log was truncated: it ends at entry {last}, but had at least {noted}")]
    Truncated {
        /// The last entry; 0 when there is none.
        last: u64,
        /// The number of the entry that was noted elsewhere.
        noted: u64,
    },
    /// The entry that was noted elsewhere, without its number, is not there.
    #[error(
        "no entry has the digest that was noted (`{noted}`): the log was truncated before it or rewritten"
    )]
    NotFound {
        /// The digest noted.
        noted: String,
    },
}

/// Walks along a chain, in the order of places, and holds it against what is known from elsewhere.
/// `visit` sees each sound entry.
///
/// # Errors
///
/// Whatever reading the entries gives.
pub fn verify_chain<E>(
    entries: impl IntoIterator<Item = Result<StoredEntry, E>>,
    anchors: &[Anchor],
    mut visit: impl FnMut(&Entry),
) -> Result<Walk, E> {
    let mut head: Option<ChainHead> = None;
    let mut anchors = anchors.to_vec();
    let mut rest = entries.into_iter();
    while let Some(stored) = rest.next() {
        let stored = stored?;
        let expected = head.as_ref().map_or(1, |head| head.sequence + 1);
        let problem = match examine(&stored, expected, head.as_ref()) {
            Ok(entry) => {
                let digest = stored.digest;
                let noted = noted_otherwise(&mut anchors, expected, &digest);
                if let Some(noted) = noted {
                    Some(ChainProblem::Rewritten { entry: expected, noted })
                } else {
                    visit(&entry);
                    head = Some(ChainHead { sequence: expected, digest });
                    None
                }
            }
            Err(Mismatch::Edited) => Some(ChainProblem::Edited { entry: stored.place }),
            Err(Mismatch::OtherSequence { found }) => {
                Some(misplaced(expected, found, rest.by_ref())?)
            }
            Err(Mismatch::Unlinked) => {
                Some(unlinked(expected, &stored.digest, rest.next().transpose()?))
            }
        };
        if problem.is_some() {
            return Ok(Walk { head, problem });
        }
    }
    let last = head.as_ref().map_or(0, |head| head.sequence);
    let missing = anchors.into_iter().find_map(|anchor| match anchor {
        Anchor { sequence: Some(noted), .. } if noted > last => {
            Some(ChainProblem::Truncated { last, noted })
        }
        Anchor { sequence: None, digest: Some(noted) } => Some(ChainProblem::NotFound { noted }),
        _ => None,
    });
    Ok(Walk { head, problem: missing })
}

/// Why an entry cannot be the next one.
enum Mismatch {
    Edited,
    /// It is another entry of the log.
    OtherSequence {
        found: u64,
    },
    /// It is in its place, and names another one before it.
    Unlinked,
}

fn examine(
    stored: &StoredEntry,
    expected: u64,
    before: Option<&ChainHead>,
) -> Result<Entry, Mismatch> {
    let entry = read(stored).ok_or(Mismatch::Edited)?;
    if entry.sequence != expected {
        return Err(Mismatch::OtherSequence { found: entry.sequence });
    }
    if stored.place != expected {
        return Err(Mismatch::Edited);
    }
    match before {
        None if entry.previous.is_some() => Err(Mismatch::Edited),
        before if entry.previous.as_deref() != before.map(|head| head.digest.as_str()) => {
            Err(Mismatch::Unlinked)
        }
        _ => Ok(entry),
    }
}

/// The entry, when its bytes have the digest that is kept with them.
fn read(stored: &StoredEntry) -> Option<Entry> {
    if digest(&stored.text) != stored.digest {
        return None;
    }
    serde_json::from_slice(&stored.text).ok()
}

/// An entry that stands where another should: those before it are behind it, or nowhere.
fn misplaced<E>(
    expected: u64,
    found: u64,
    rest: impl Iterator<Item = Result<StoredEntry, E>>,
) -> Result<ChainProblem, E> {
    if found > expected {
        for stored in rest {
            if read(&stored?).is_some_and(|entry| (expected..found).contains(&entry.sequence)) {
                return Ok(ChainProblem::Reordered { entry: expected, found });
            }
        }
        return Ok(ChainProblem::Removed { first: expected, last: found - 1 });
    }
    Ok(ChainProblem::Reordered { entry: expected, found })
}

/// Which of two neighbours was rewritten, digest and all: the one that its other neighbour disowns.
fn unlinked(expected: u64, digest: &str, next: Option<StoredEntry>) -> ChainProblem {
    let next = next.as_ref().and_then(read);
    match next {
        Some(next) if next.previous.as_deref() == Some(digest) => {
            ChainProblem::Edited { entry: expected - 1 }
        }
        Some(_) => ChainProblem::Edited { entry: expected },
        None => ChainProblem::Unlinked { entry: expected },
    }
}

/// The digest that was noted for this entry, when it is another one; what was noted and is true is
/// crossed out.
fn noted_otherwise(anchors: &mut Vec<Anchor>, sequence: u64, digest: &str) -> Option<String> {
    let of_entry = |anchor: &&Anchor| anchor.sequence == Some(sequence);
    let wrong = anchors
        .iter()
        .filter(of_entry)
        .filter_map(|anchor| anchor.digest.as_deref())
        .find(|noted| *noted != digest)
        .map(str::to_owned);
    anchors.retain(|anchor| {
        let met = anchor.sequence == Some(sequence)
            || (anchor.sequence.is_none() && anchor.digest.as_deref() == Some(digest));
        !met
    });
    wrong
}

kycuong_model::error_codes! { ChainProblem {
    Edited => "entry-edited",
    Reordered => "entries-reordered",
    Removed => "entries-removed",
    Unlinked => "entry-unlinked",
    Rewritten => "entry-rewritten",
    Truncated => "log-truncated",
    NotFound => "noted-entry-not-found",
} }

#[cfg(test)]
mod tests;
