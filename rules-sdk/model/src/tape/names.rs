//! The names of an object's members, compared for duplicates.
//!
//! Objects are small and many, so names are compared by a 32-bit digest first; only when two digests
//! agree, which an attacker can arrange but gains nothing by, are the names themselves sorted. The
//! time is O(n log n) in the number of members, whatever they are called.

use super::{Document, Node};

/// From how many members on sorting the digests is cheaper than comparing each with each.
const SORT_FROM: usize = 64;

/// A digest of a name in the high half, the index of its node in the low half.
#[inline]
pub(super) fn entry(bytes: &[u8], start: usize, end: usize, index: u32) -> u64 {
    u64::from(digest(bytes, start, end)) << 32 | u64::from(index)
}

/// Two members of one name: the first, and the earliest that repeats a name.
pub(super) fn duplicate<'a>(
    document: Document<'a>,
    entries: &mut [u64],
) -> Option<(Node<'a>, Node<'a>)> {
    if !digests_agree(entries) {
        return None;
    }
    let mut names: Vec<_> = entries
        .iter()
        .filter_map(|&entry| document.node(entry as u32)) // the low half
        .map(|node| (node.text(), node))
        .collect();
    names.sort_unstable_by(|(a, a_node), (b, b_node)| {
        a.cmp(b).then(a_node.index().cmp(&b_node.index()))
    });
    names
        .windows(2)
        .filter_map(|pair| match pair {
            [(a, first), (b, second)] if a == b => Some((*first, *second)),
            _ => None,
        })
        .min_by_key(|(_, second)| second.index())
}

fn digests_agree(entries: &mut [u64]) -> bool {
    let agree = |a: u64, b: u64| (a ^ b) >> 32 == 0;
    if entries.len() < SORT_FROM {
        let mut rest: &[u64] = entries;
        while let Some((&last, before)) = rest.split_last() {
            // Without an early end, so that several are compared at once.
            if before.iter().fold(false, |found, &entry| found | agree(entry, last)) {
                return true;
            }
            rest = before;
        }
        false
    } else {
        entries.sort_unstable();
        entries.windows(2).any(|pair| matches!(pair, &[a, b] if agree(a, b)))
    }
}

/// Mixes the length, the first eight bytes and the last eight.
#[inline]
fn digest(bytes: &[u8], start: usize, end: usize) -> u32 {
    const ODD: u64 = 0x9e37_79b9_7f4a_7c15; // 2^64 / golden ratio
    let length = end - start;
    let (first, last) = if length < 8 {
        (word(bytes, start) & ((1 << (8 * length)) - 1), 0)
    } else {
        (word(bytes, start), word(bytes, end - 8))
    };
    let mixed = (first ^ length as u64).wrapping_mul(ODD).rotate_left(29) ^ last;
    (mixed.wrapping_mul(ODD) >> 32) as u32
}

/// The eight bytes from `at` as a number, the first lowest; bytes past the end are 0.
#[inline]
fn word(bytes: &[u8], at: usize) -> u64 {
    let rest = bytes.get(at..).unwrap_or_default();
    match rest.first_chunk() {
        Some(&chunk) => u64::from_le_bytes(chunk),
        None => rest.iter().rev().fold(0, |word, &byte| word << 8 | u64::from(byte)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_depends_on_the_name_alone() {
        for name in ["", "a", "abcdefg", "abcdefgh", "abcdefghi", "abcdefghijklmnopqrst"] {
            let alone = digest(name.as_bytes(), 0, name.len());
            let inside = format!("xyz{name}and what follows");
            assert_eq!(alone, digest(inside.as_bytes(), 3, 3 + name.len()), "{name}");
            assert_eq!(
                alone,
                digest(format!("\"{name}\"").as_bytes(), 1, 1 + name.len()),
                "{name}"
            );
        }
    }
}
