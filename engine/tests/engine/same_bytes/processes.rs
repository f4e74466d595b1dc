//! Other processes: other addresses, other hash seeds, another environment, the same bytes.

use std::process::Command;

use super::updating;

/// Runs this test program again for the one test that reproduces the file.
fn reproduces(prepare: impl FnOnce(&mut Command)) -> Result<(), String> {
    let test = "same_bytes::the_file_of_digests_is_reproduced";
    let mut again = Command::new(std::env::current_exe().unwrap());
    again.args(["--exact", test]).env_remove("UPDATE_EXPECT");
    prepare(&mut again);
    let output = again.output().unwrap();
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    // A name that no test has would pass, too.
    if output.status.success() && told.contains("1 passed") { Ok(()) } else { Err(told) }
}

#[test]
fn another_process_in_another_environment_gives_the_same() {
    if updating() {
        return;
    }
    let elsewhere = tempfile::tempdir().unwrap();
    // Twice as it is: addresses and hash seeds differ from run to run.
    for _ in 0..2 {
        reproduces(|_| ()).unwrap();
    }
    reproduces(|again| {
        again
            .current_dir(elsewhere.path())
            .env("LANG", "tr_TR.UTF-8")
            .env("LC_ALL", "vi_VN.UTF-8")
            .env("TZ", "Pacific/Kiritimati")
            .env("HOME", elsewhere.path())
            .env("TMPDIR", elsewhere.path())
            .env("WASMTIME_BACKTRACE_DETAILS", "1")
            .env("RUST_BACKTRACE", "full")
            .env("RUST_MIN_STACK", "16777216")
            .env("RUST_TEST_THREADS", "1")
            .env("RAYON_NUM_THREADS", "1")
            .env("SOURCE_DATE_EPOCH", "0");
    })
    .unwrap();
    // With next to no environment at all.
    reproduces(|again| {
        again.env_clear();
    })
    .unwrap();
}
