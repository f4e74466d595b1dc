//! Joining the pieces of a manifest while the pack is compiled, so that it can stand in the file.

/// The bytes of all pieces together.
pub const fn length(pieces: &[&[&str]]) -> usize {
    let mut total = 0;
    let mut group = 0;
    while group < pieces.len() {
        let mut piece = 0;
        while piece < at(pieces, group).len() {
            total += at(at(pieces, group), piece).len();
            piece += 1;
        }
        group += 1;
    }
    total
}

/// The pieces, joined; `N` is their [`length`].
pub const fn concat<const N: usize>(pieces: &[&[&str]]) -> [u8; N] {
    let mut out = [0; N];
    let mut rest: &mut [u8] = &mut out;
    let mut group = 0;
    while group < pieces.len() {
        let mut piece = 0;
        while piece < at(pieces, group).len() {
            let bytes = at(at(pieces, group), piece).as_bytes();
            let (head, tail) = rest.split_at_mut(bytes.len());
            head.copy_from_slice(bytes);
            rest = tail;
            piece += 1;
        }
        group += 1;
    }
    out
}

#[expect(
    clippy::indexing_slicing,
    reason = "evaluated by the compiler; out of range is a compile error"
)]
const fn at<'a, T: ?Sized>(slice: &[&'a T], index: usize) -> &'a T {
    slice[index]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_joined_in_order() {
        const PIECES: &[&[&str]] = &[&["a", "bc"], &[], &["d"]];
        const JOINED: [u8; length(PIECES)] = concat(PIECES);
        assert_eq!(&JOINED, b"abcd");
    }
}
