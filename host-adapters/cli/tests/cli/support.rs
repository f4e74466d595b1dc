//! Packs built once, and the program run as a person would run it.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

use kycuong_pack_builder::Builder;

pub const S1: &str = "examples/dossiers/s1-nang-cap-quan-ly-van-ban-gia-lai.json";
pub const S2: &str = "examples/dossiers/s2-quan-ly-vien-chuc-giao-duc-bac-kan.json";
pub const S4: &str = "examples/dossiers/s4-thay-the-thiet-bi-cap-xa-quang-ngai.json";
pub const S5: &str = "examples/dossiers/s5-du-toan-2027-xa-tan-yen.json";

const PACKS: [&str; 6] =
    ["bac-giang", "bac-kan", "dong-nai", "gia-lai", "quang-ngai", "vn-baseline"];

/// The root of the source tree, from which the program is run.
pub fn root() -> PathBuf {
    fs::canonicalize(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")).unwrap()
}

/// A folder with the six packs and nothing else.
pub fn packs() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cli-packs");
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        let sources = PACKS.map(|pack| root().join("examples/rule-packs").join(pack));
        for built in Builder::new().build(&sources).unwrap() {
            fs::copy(&built.path, folder.join(format!("{}.wasm", built.name))).unwrap();
        }
        folder
    })
}

/// The program, run in the source tree, deaf to the settings of whoever runs the tests.
pub fn kycuong<I: AsRef<OsStr>>(arguments: impl IntoIterator<Item = I>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kycuong"));
    command.args(arguments).current_dir(root()).stdin(Stdio::null());
    command.env_remove("KYCUONG_PACKS").env_remove("KYCUONG_ALLOW_UNSIGNED");
    // Packs are compiled once for all tests, and never into the folder of whoever runs them.
    command.env("KYCUONG_CACHE", Path::new(env!("CARGO_TARGET_TMPDIR")).join("cli-cache"));
    command
}

/// A check with the six packs, all of them adopted.
pub fn check<I: AsRef<OsStr>>(arguments: impl IntoIterator<Item = I>) -> Command {
    let deployment = root().join("examples/deployments/five-provinces.toml");
    let mut command = undeployed([OsStr::new("--deployment"), deployment.as_os_str()]);
    command.args(arguments);
    command
}

/// A check with the six packs, of which nobody decided anything.
pub fn undeployed<I: AsRef<OsStr>>(arguments: impl IntoIterator<Item = I>) -> Command {
    let mut command = kycuong(["check", "--allow-unsigned", "--packs"]);
    command.arg(packs()).args(arguments);
    command
}

/// Exit code, standard output, standard error.
pub fn run(command: &mut Command) -> (i32, String, String) {
    let Output { status, stdout, stderr } = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (status.code().unwrap(), text(stdout), text(stderr))
}

/// The one line of a refused command, which exits with 3 and prints nothing else.
pub fn error_line(command: &mut Command) -> String {
    let (code, stdout, stderr) = run(command);
    assert_eq!((code, stdout.as_str()), (3, ""), "{stderr}");
    assert_eq!(stderr.lines().count(), 1, "{stderr}");
    stderr.trim_end().to_owned()
}

/// A dossier of the examples, edited, in a file of its own.
pub fn edited(
    folder: &Path,
    name: &str,
    example: &str,
    edit: impl FnOnce(&mut serde_json::Value),
) -> PathBuf {
    let mut value =
        serde_json::from_str(&fs::read_to_string(root().join(example)).unwrap()).unwrap();
    edit(&mut value);
    let file = folder.join(name);
    fs::write(&file, format!("{value:#}\n")).unwrap();
    file
}

/// Compares with a committed text; `UPDATE_EXPECT=1` rewrites it.
pub fn expect(name: &str, actual: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/expected").join(name);
    if std::env::var_os("UPDATE_EXPECT").is_some_and(|value| value == "1") {
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, actual).unwrap();
    }
    let expected = fs::read_to_string(&file).unwrap_or_default();
    assert_eq!(actual, expected, "`{}` differs; UPDATE_EXPECT=1 rewrites it", file.display());
}
