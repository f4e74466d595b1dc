//! Files that are too large, never end, or are none.

use std::fs::{self, File};
use std::io;

use kycuong_files::{Folder, ReadError, read_bounded, read_stream_bounded, read_text_bounded};

#[test]
fn the_limit_is_inclusive() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a");
    fs::write(&path, b"12345").unwrap();
    assert_eq!(read_bounded(&path, 5).unwrap(), b"12345");
    assert_eq!(read_bounded(&path, u64::MAX).unwrap(), b"12345");
    let error = read_bounded(&path, 4).unwrap_err();
    assert!(matches!(error, ReadError::TooLarge { bytes: 5, limit: 4 }), "{error}");
    assert_eq!(error.to_string(), "it has 5 bytes, the limit is 4");
    fs::write(&path, b"").unwrap();
    assert_eq!(read_bounded(&path, 0).unwrap(), b"");
}

#[test]
fn a_huge_file_is_not_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sparse");
    File::create(&path).unwrap().set_len(3 << 30).unwrap();
    let error = read_bounded(&path, 1 << 20).unwrap_err();
    assert_eq!(error.to_string(), "it has 3221225472 bytes, the limit is 1048576");
}

#[test]
fn a_stream_is_read_to_its_limit() {
    assert_eq!(read_stream_bounded(&b"12345"[..], 5).unwrap(), b"12345");
    let mut endless = io::repeat(b'a');
    let error = read_stream_bounded(&mut endless, 1000).unwrap_err();
    assert_eq!(error.to_string(), "it has more than 1000 bytes, which is the limit");
    let mut longer = &b"1234567"[..];
    assert!(read_stream_bounded(&mut longer, 5).is_err());
    assert_eq!(longer, b"7", "one byte behind the limit tells that there is more");
}

#[test]
fn texts_are_utf8() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a");
    fs::write(&path, "đồng").unwrap();
    assert_eq!(read_text_bounded(&path, 100).unwrap(), "đồng");
    fs::write(&path, b"\xff").unwrap();
    assert!(matches!(read_text_bounded(&path, 100), Err(ReadError::NotUtf8)));
}

#[test]
fn what_is_not_there_is_told_from_what_cannot_be_read() {
    let folder = tempfile::tempdir().unwrap();
    assert!(read_bounded(folder.path().join("a"), 1).unwrap_err().is_not_found());
    let error = read_bounded(folder.path(), 1).unwrap_err();
    assert!(!error.is_not_found());
    assert_eq!(error.to_string(), "it is a folder, and only ordinary files are read");
}

#[test]
#[cfg(unix)]
fn what_may_never_end_is_not_opened() {
    use std::os::unix::fs::symlink;
    use std::os::unix::net::UnixListener;
    use std::process::Command;

    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    assert!(Command::new("mkfifo").arg(at("pipe")).status().unwrap().success());
    let _socket = UnixListener::bind(at("socket")).unwrap();
    symlink("/dev/zero", at("link")).unwrap();
    symlink(at("pipe"), at("link-to-pipe")).unwrap();
    for (path, what) in [
        (at("pipe"), "a pipe"),
        (at("link-to-pipe"), "a pipe"),
        (at("socket"), "a socket"),
        (at("link"), "a device"),
        ("/dev/zero".into(), "a device"),
    ] {
        let error = read_bounded(&path, 10).unwrap_err();
        assert!(matches!(error, ReadError::NotAFile { .. }), "{error}");
        assert!(error.to_string().contains(what), "{error}");
    }
    fs::write(at("file"), b"1").unwrap();
    symlink(at("file"), at("link-to-file")).unwrap();
    assert_eq!(read_bounded(at("link-to-file"), 1).unwrap(), b"1");
    // A file of the system has no length before it is read.
    assert!(matches!(read_bounded("/proc/self/maps", 10), Err(ReadError::TooLong { limit: 10 })));
}

#[test]
#[cfg(unix)]
fn a_folder_passes_nothing_over() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;

    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    for name in ["b.wasm", "A.WASM", "c.WaSm", "wasm", "d.wasm.bak", ".gitignore"] {
        fs::write(at(name), b"").unwrap();
    }
    symlink("/nonexistent", at("lost.wasm")).unwrap();
    symlink("/nonexistent", at("lost")).unwrap();
    for name in ["e.wasm", "sub", "cache"] {
        fs::create_dir(at(name)).unwrap();
    }
    fs::write(at("cache/CACHEDIR.TAG"), b"").unwrap();
    let foreign = folder.path().join(OsStr::from_bytes(b"f\xff.wasm"));
    fs::write(&foreign, b"").unwrap();

    let found = Folder::list(folder.path(), "wasm").unwrap();
    let files = ["A.WASM", "b.wasm", "c.WaSm", "e.wasm"].map(at);
    assert_eq!(found.files, [&files[..], &[foreign, at("lost.wasm")]].concat());
    assert_eq!(found.ignored, [".gitignore", "d.wasm.bak", "lost", "sub", "wasm"].map(at));
    assert!(Folder::list(at("nowhere"), "wasm").is_err());
}
