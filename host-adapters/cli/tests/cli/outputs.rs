//! Results on their way out: whole or not at all, one after the other, and never over what is read.

use std::fs;
use std::path::Path;

use kycuong_engine::report::Report;
use serde_json::Value;

use crate::support::{S1, S4, S5, check, error_line, root, run};

fn copy(example: &str, to: impl AsRef<Path>) {
    fs::copy(root().join(example), to).unwrap();
}

#[test]
fn one_bad_file_of_many_costs_itself() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("nosuch.json");
    for format in ["human", "json", "sarif", "junit"] {
        let both = run(&mut check([S5, S4, "--format", format]));
        let (code, text, said) = run(check([S5]).arg(&missing).args([S4, "--format", format]));
        assert_eq!((code, text), (3, both.1), "{format}");
        assert!(said.contains("nosuch.json`: No such file"), "{said}");
        assert!(said.ends_with("[file]\n"), "{said}");
    }
    // Alone it is an error as before.
    assert!(error_line(check([""; 0]).arg(&missing)).contains("nosuch.json"));
}

#[test]
fn a_list_names_its_files() {
    let (_, text, _) = run(&mut check([S5, S4, "--format", "json"]));
    let list: Vec<Value> = serde_json::from_str(&text).unwrap();
    let files: Vec<&str> = list.iter().map(|entry| entry["file"].as_str().unwrap()).collect();
    assert_eq!(files, [S5, S4]);
    let alone = run(&mut check([S4, "--format", "json"])).1;
    let alone = Report::from_json(alone.as_bytes()).unwrap();
    assert_eq!(serde_json::from_value::<Report>(list[1]["report"].clone()).unwrap(), alone);
    let (_, text, _) = run(&mut check([S5, S4, "--format", "json", "--draft"]));
    let list: Vec<Value> = serde_json::from_str(&text).unwrap();
    assert!(list[0]["file"] == S5 && list[0]["draft"]["next"].is_array(), "{text}");
}

#[test]
fn a_hyphen_is_standard_output() {
    let folder = tempfile::tempdir().unwrap();
    let (code, text, _) =
        run(check(["--format", "json", "-o", "-"]).arg(root().join(S1)).current_dir(folder.path()));
    assert_eq!(code, 0);
    assert_eq!(text, run(&mut check([S1, "--format", "json"])).1);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "a file called `-`");
}

#[test]
#[cfg(unix)]
fn an_input_is_not_written_over_however_it_is_named() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    use std::os::unix::fs::symlink;

    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    copy(S5, at("a.json"));
    fs::hard_link(at("a.json"), at("hard.json")).unwrap();
    symlink("a.json", at("soft.json")).unwrap();
    let latin = folder.path().join(OsStr::from_bytes(b"l\xe1.json"));
    copy(S5, &latin);
    let before = fs::read(root().join(S5)).unwrap();
    for (input, output) in [
        (at("a.json"), at("a.json")),
        (at("a.json"), at("./a.json")),
        (at("a.json"), at("hard.json")),
        (at("hard.json"), at("a.json")),
        (at("a.json"), at("soft.json")),
        (at("soft.json"), at("hard.json")),
        (latin.clone(), latin.clone()),
        (folder.path().to_owned(), at("a.json")),
    ] {
        let said = error_line(check(["--format", "json", "-o"]).arg(&output).arg(&input));
        assert!(said.contains("is read by this command"), "{}: {said}", output.display());
        assert_eq!(fs::read(&output).unwrap(), before);
    }
}

#[test]
#[cfg(unix)]
fn what_was_there_stays_until_all_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("report.json"), "old").unwrap();
    let said =
        error_line(check([S5, "--format", "json", "--set", "x.y=1", "-o"]).arg(at("report.json")));
    assert!(said.contains("no active rule pack has the rule"), "{said}");
    let (code, ..) =
        run(check(["-o"]).arg(at("report.json")).args([at("none.json"), at("nor.json")]));
    assert_eq!((code, fs::read_to_string(at("report.json")).unwrap().as_str()), (3, "old"));
    // A size limit is as good as a full disk.
    let program = check([S5, "--format", "json", "-o", at("report.json").to_str().unwrap()]);
    let words: Vec<_> = std::iter::once(program.get_program()).chain(program.get_args()).collect();
    let mut limited = std::process::Command::new("sh");
    limited.args(["-c", "trap '' XFSZ; ulimit -f 8; exec \"$0\" \"$@\""]).args(words);
    limited.current_dir(root()).env("KYCUONG_CACHE", "off");
    let (code, _, said) = run(&mut limited);
    assert_eq!(code, 3, "{said}");
    assert_eq!(fs::read_to_string(at("report.json")).unwrap(), "old");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
    // A device has no content to keep.
    let (code, text, _) = run(&mut check([S1, "-o", "/dev/stdout"]));
    assert_eq!((code, text), (0, run(&mut check([S1])).1));
}

#[test]
#[cfg(unix)]
fn a_name_cannot_speak_to_the_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let name = "a\u{1b}]0;x\u{7}b\u{202e}.json";
    copy(S5, folder.path().join(name));
    fs::write(folder.path().join("\u{9b}2J.json"), "{").unwrap();
    for format in ["human", "json", "sarif", "junit"] {
        let (_, text, said) = run(check(["--format", format])
            .args([name, "\u{9b}2J.json", "\u{1b}[2J.json"])
            .current_dir(folder.path()));
        let strange = |one: char| kycuong_model::text::is_control(one) && one != '\n';
        assert!(!text.contains(strange), "{format}: {text:?}");
        assert!(!said.contains(strange) && said.contains("\u{fffd}[2J.json"), "{format}: {said:?}");
    }
}

#[test]
fn results_are_there_as_they_are_made() {
    use std::io::{BufRead as _, BufReader};
    use std::process::Stdio;

    // The last input never comes: what was checked before it is there all the same.
    let mut child = check([S5, "-", "--format", "human"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let summary = lines.map(Result::unwrap).find(|line| line.starts_with(&format!("{S5}: ")));
    assert!(summary.is_some_and(|line| line.contains("[return]")));
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn junit_tells_the_files_apart() {
    let (_, xml, _) = run(&mut check([S1, S5, "--format", "junit"]));
    let cases: Vec<&str> =
        xml.lines().filter(|line| line.contains("name=\"budget-code-valid\"")).collect();
    assert_eq!(cases.len(), 2);
    for (case, file) in cases.iter().zip([S1, S5]) {
        assert!(case.contains(&format!("classname=\"{file}/vn-baseline\"")), "{case}");
        assert!(case.contains(&format!("file=\"{file}\"")), "{case}");
    }
}

#[test]
#[cfg(unix)]
fn compiled_packs_of_a_folder_that_cannot_be_written_are_used() {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = tempfile::tempdir().unwrap();
    let cache = folder.path().join("cache");
    let with_cache = || {
        let mut command = check([S1, "--format", "json", "--on", "2026-11-18"]);
        command.env("KYCUONG_CACHE", &cache);
        run(&mut command)
    };
    let first = with_cache();
    let files = || {
        let mut files: Vec<_> = fs::read_dir(cache.join("code"))
            .unwrap()
            .map(|entry| entry.unwrap())
            .map(|entry| (entry.file_name(), fs::read(entry.path()).unwrap()))
            .collect();
        files.sort();
        files
    };
    let kept = files();
    assert_eq!(kept.len(), 6);
    for path in [cache.join("code"), cache.clone()] {
        fs::set_permissions(path, fs::Permissions::from_mode(0o500)).unwrap();
    }
    let again = with_cache();
    assert_eq!((again.0, &again.1, again.2.as_str()), (first.0, &first.1, ""));
    assert_eq!(files(), kept);
    for path in [cache.clone(), cache.join("code")] {
        fs::set_permissions(path, fs::Permissions::from_mode(0o700)).unwrap();
    }
    // A secret that others can read protects nothing, and is said to whoever asked for the folder.
    fs::set_permissions(cache.join("secret"), fs::Permissions::from_mode(0o644)).unwrap();
    let (code, text, said) = with_cache();
    assert_eq!((code, text), (first.0, first.1));
    assert!(said.contains("is not this user's alone; delete it"), "{said}");
}
