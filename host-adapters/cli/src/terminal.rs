//! The person's terminal: whether it shows colours, how wide it is, what goes to which stream.

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use kycuong_model::text::sanitize;

/// Writes all of a result to standard output; a reader that left early is no error.
pub fn print(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}

/// Says something beside the result; when nobody can hear it, there is nothing to do about it.
pub fn say(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}

/// Entries of a folder that are named one by one; the others are counted.
const ENTRIES_SHOWN_MAX: usize = 20;

/// Says what of a folder is not looked at, because of its name; nothing when there is nothing.
pub fn say_ignored(folder: &Path, ignored: &[PathBuf], looked_for: &str) {
    if ignored.is_empty() {
        return;
    }
    let names = ignored.iter().take(ENTRIES_SHOWN_MAX).filter_map(|path| path.file_name());
    let names: Vec<String> =
        names.map(|name| format!("`{}`", sanitize(&name.to_string_lossy()))).collect();
    let more = match ignored.len() - names.len() {
        0 => String::new(),
        more => format!(" + {more}"),
    };
    say(&format!(
        "kycuong: không xem {} mục trong `{}` vì tên không có dạng {looked_for} (not looked at, since no {looked_for}): {}{more}",
        ignored.len(),
        sanitize(&folder.display().to_string()),
        names.join(", "),
    ));
}

/// Whether standard output shows colours: a terminal, and neither NO_COLOR nor a dumb one.
pub fn colours() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    io::stdout().is_terminal()
        && !set("NO_COLOR")
        && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}
