//! What the code of a pack said when it panicked. An instance that trapped is not called again, so the SDK
//! leaves the words in its memory, behind a mark. They are a stranger's, and nothing but words.

use kycuong_model::manifest::{PANIC_BYTES_MAX, PANIC_MARK};
use memchr::memmem;
use wasmtime::{Error, Store, WasmCoreDump};

use super::meter::Meter;
use crate::wording::sanitize_line;

/// How much of a memory is searched, from its beginning: what the compiler lays out lies there, below all that
/// is allocated. The largest pack of this project has half of that.
const SEARCHED_BYTES_MAX: usize = 4 << 20;
/// What the standard library begins with, so that the mark in a pack's constants is not taken for words.
const BEGINNING: &[u8] = b"panicked at ";

/// The words of a panic, in one line; none when an instance ended otherwise, or its pack keeps none.
pub(super) fn of(error: &Error, store: &Store<Meter>) -> Option<String> {
    let dump = error.downcast_ref::<WasmCoreDump>()?;
    dump.memories().iter().find_map(|memory| in_memory(memory.data(store)))
}

fn in_memory(memory: &[u8]) -> Option<String> {
    let low = memory.get(..SEARCHED_BYTES_MAX).unwrap_or(memory);
    let mut notes = memmem::find_iter(low, PANIC_MARK.as_bytes());
    notes.find_map(|at| {
        let words = low.get(at + PANIC_MARK.len()..)?;
        let words = words.get(..words.iter().position(|byte| *byte == 0)?)?;
        let words = words.get(..PANIC_BYTES_MAX).unwrap_or(words);
        let text = String::from_utf8_lossy(words.strip_prefix(BEGINNING)?);
        let line = text.lines().map(str::trim).collect::<Vec<_>>().join(" ");
        Some(sanitize_line(&line, PANIC_BYTES_MAX))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_behind_their_mark() {
        let memory = |parts: &[&[u8]]| in_memory(&parts.concat());
        let mark = PANIC_MARK.as_bytes();
        let zeros = [0; 5_000];
        let note: &[u8] = b"panicked at src/late.rs:18:37:\nindex out of \x1b[2Jbounds\0";
        let found = Some("src/late.rs:18:37: index out of  [2Jbounds".to_owned());
        // The mark stands among the constants of the code, too.
        assert_eq!(memory(&[&zeros, mark, b"other constants", &zeros, mark, note, &zeros]), found);
        assert_eq!(memory(&[&zeros, mark, &zeros]), None);
        assert_eq!(memory(&[mark, b"panicked at the end of memory"]), None);
        assert_eq!(memory(&[b"panicked at \0"]), None);
        let long = [b"panicked at ", vec![b'x'; 5_000].as_slice(), b"\0"].concat();
        assert!(memory(&[mark, &long]).is_some_and(|words| words.len() <= PANIC_BYTES_MAX));
        let far = vec![0; SEARCHED_BYTES_MAX];
        assert_eq!(memory(&[&far, mark, note]), None);
    }
}
