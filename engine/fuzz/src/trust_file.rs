//! Trust files: any text as what an operator wrote.

use crate::words;

/// Reads a trust file, but for the files that it names.
pub fn run(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let read = kycuong_trust::check_trust_file(text);
    assert_eq!(read, kycuong_trust::check_trust_file(text));
    if let Err(detail) = read {
        words::shown(&detail);
        assert!(!detail.trim().is_empty());
        let line = detail.strip_prefix("`trust.toml`, line ");
        let line = line.and_then(|rest| rest.split_once([':', ',']));
        let line = line.and_then(|(line, _)| line.parse::<usize>().ok());
        let lines = text.matches('\n').count() + 1;
        assert!(line.is_some_and(|line| (1..=lines).contains(&line)), "{detail}");
    }
}
