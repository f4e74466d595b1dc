use super::*;
use crate::audit::{Answer, CheckKind, Record};

/// A sound chain.
fn chain(entries: u64) -> Vec<StoredEntry> {
    let mut head = None;
    (1..=entries)
        .map(|number| {
            let entry = Entry::after(head.as_ref(), "2026-11-21T08:00:00+07:00".to_owned(), {
                let answer = Answer::Failed {
                    submission: digest(&number.to_be_bytes()),
                    reason: "một lý do".to_owned(),
                };
                let on = "2026-11-21".parse().unwrap();
                Record { kind: CheckKind::Shadow, on, answer }
            });
            let stored = seal(&entry);
            head = Some(ChainHead { sequence: entry.sequence, digest: stored.digest.clone() });
            stored
        })
        .collect()
}

fn seal(entry: &Entry) -> StoredEntry {
    let (text, head) = entry.seal().unwrap();
    StoredEntry { place: head.sequence, text: text.into_bytes(), digest: head.digest }
}

/// An entry rewritten by somebody who knows how digests are made.
fn rewrite(stored: &mut StoredEntry, edit: impl FnOnce(&mut Entry)) {
    let mut entry: Entry = serde_json::from_slice(&stored.text).unwrap();
    edit(&mut entry);
    let place = stored.place;
    *stored = StoredEntry { place, ..seal(&entry) };
}

fn walk(entries: &[StoredEntry], anchors: &[Anchor]) -> Walk {
    let entries = entries.iter().cloned().map(Ok::<_, std::convert::Infallible>);
    verify_chain(entries, anchors, |_| ()).unwrap()
}

fn problem(entries: &[StoredEntry]) -> Option<ChainProblem> {
    walk(entries, &[]).problem
}

fn head_of(entries: &[StoredEntry]) -> Anchor {
    let last = entries.last().unwrap();
    Anchor { sequence: Some(last.place), digest: Some(last.digest.clone()) }
}

#[test]
fn a_sound_chain_has_no_problem_and_an_entry_survives_being_read() {
    let whole = chain(9);
    let mut seen = Vec::new();
    let entries = whole.iter().cloned().map(Ok::<_, std::convert::Infallible>);
    let walk = verify_chain(entries, &[head_of(&whole), head_of(&whole[..4])], |entry| {
        seen.push(seal(entry));
    })
    .unwrap();
    assert_eq!((walk.problem, walk.head.unwrap().sequence), (None, 9));
    assert_eq!(seen, whole);
    assert_eq!(problem(&[]), None);
}

#[test]
fn every_edited_byte_is_found_where_it_is() {
    let whole = chain(3);
    for byte in 0..whole[1].text.len() {
        let mut edited = whole.clone();
        edited[1].text[byte] ^= 1;
        assert_eq!(problem(&edited), Some(ChainProblem::Edited { entry: 2 }), "byte {byte}");
    }
    let mut edited = whole;
    edited[1].digest = edited[0].digest.clone();
    assert_eq!(problem(&edited), Some(ChainProblem::Edited { entry: 2 }));
}

#[test]
fn an_entry_rewritten_with_its_digest_is_disowned_by_the_next() {
    let whole = chain(5);
    for at in 0..4 {
        let mut edited = whole.clone();
        rewrite(&mut edited[at], |entry| entry.recorded_at = "2020-01-01".to_owned());
        // Of the last two, nothing tells which was rewritten.
        let expected = match at as u64 + 1 {
            4 => ChainProblem::Unlinked { entry: 5 },
            entry => ChainProblem::Edited { entry },
        };
        assert_eq!(problem(&edited), Some(expected));
    }
    let mut edited = whole.clone();
    rewrite(&mut edited[2], |entry| entry.previous = Some(digest(b"another")));
    assert_eq!(problem(&edited), Some(ChainProblem::Edited { entry: 3 }));
    let mut edited = whole.clone();
    rewrite(&mut edited[0], |entry| entry.previous = Some(digest(b"another")));
    assert_eq!(problem(&edited), Some(ChainProblem::Edited { entry: 1 }));

    // The last one, and a chain that was made anew, are given away by what was noted alone.
    let mut edited = whole.clone();
    rewrite(&mut edited[4], |entry| entry.recorded_at = "2020-01-01".to_owned());
    assert_eq!(problem(&edited), None);
    let noted = whole[4].digest.clone();
    assert_eq!(
        walk(&edited, &[head_of(&whole)]).problem,
        Some(ChainProblem::Rewritten { entry: 5, noted: noted.clone() })
    );
    let by_digest = Anchor { sequence: None, digest: Some(noted.clone()) };
    assert_eq!(walk(&edited, &[by_digest]).problem, Some(ChainProblem::NotFound { noted }));
}

#[test]
fn exchanged_and_moved_entries_are_reordered() {
    let whole = chain(8);
    let reordered = |entry, found| Some(ChainProblem::Reordered { entry, found });
    let mut places = whole.clone();
    places.swap(2, 5);
    places[2].place = 3;
    places[5].place = 6;
    assert_eq!(problem(&places), reordered(3, 6));
    let mut last_first = whole.clone();
    last_first.rotate_right(1);
    last_first.iter_mut().zip(1..).for_each(|(stored, place)| stored.place = place);
    assert_eq!(problem(&last_first), reordered(1, 8));
    let mut repeated = whole.clone();
    repeated[4] = StoredEntry { place: 5, ..whole[1].clone() };
    assert_eq!(problem(&repeated), reordered(5, 2));
    let mut twice = whole.clone();
    twice[3] = StoredEntry { place: 4, ..whole[7].clone() };
    assert_eq!(problem(&twice), reordered(4, 8), "entry 4 is gone, 5 to 7 are not");
    let mut elsewhere = whole;
    elsewhere[7].place = 80;
    assert_eq!(problem(&elsewhere), Some(ChainProblem::Edited { entry: 80 }));
}

#[test]
fn what_is_missing_is_named() {
    let whole = chain(8);
    let without = |range: std::ops::Range<usize>| {
        let mut rest = whole.clone();
        rest.drain(range);
        rest
    };
    let removed = |first, last| Some(ChainProblem::Removed { first, last });
    assert_eq!(problem(&without(3..4)), removed(4, 4));
    assert_eq!(problem(&without(0..2)), removed(1, 2));
    assert_eq!(problem(&without(2..6)), removed(3, 6));
    let mut renumbered = without(3..4);
    renumbered.iter_mut().zip(1..).for_each(|(stored, place)| stored.place = place);
    assert_eq!(problem(&renumbered), removed(4, 4));

    // The end is missing: the chain alone cannot tell.
    let truncated = without(6..8);
    assert_eq!(problem(&truncated), None);
    let known = ChainProblem::Truncated { last: 6, noted: 8 };
    assert_eq!(walk(&truncated, &[head_of(&whole)]).problem, Some(known.clone()));
    let counted = Anchor { sequence: Some(8), digest: None };
    assert_eq!(walk(&truncated, &[counted]).problem, Some(known));
    let none = Some(ChainProblem::Truncated { last: 0, noted: 8 });
    assert_eq!(walk(&[], &[head_of(&whole)]).problem, none);
}

#[test]
fn a_head_is_written_down_and_read_again() {
    let head = ChainHead { sequence: 42, digest: digest(b"an entry") };
    assert_eq!(format!(" {head}\n").parse(), Ok(Anchor::from(head.clone())));
    let digest_alone = Anchor { sequence: None, digest: Some(head.digest.clone()) };
    assert_eq!(head.digest.parse(), Ok(digest_alone));
    for wrong in ["", "42", "42:", "sha256:", "x:sha256:00", "42:md5:00", &head.digest[..70]] {
        assert!(wrong.parse::<Anchor>().is_err(), "{wrong}");
    }
    let upper = head.digest.to_uppercase().replace("SHA256", "sha256");
    assert!(upper.parse::<Anchor>().is_err());
}
