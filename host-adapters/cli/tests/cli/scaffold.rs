//! A new pack and a new rule build and test green at once. The slow one: it compiles a pack anew.

use std::fs;
use std::path::Path;

use crate::support::{error_line, kycuong, root, run};

/// Built here and kept between runs, so that only the first one compiles the SDK.
fn target() -> &'static Path {
    Path::new(concat!(env!("CARGO_TARGET_TMPDIR"), "/cli-new-pack"))
}

#[test]
fn from_nothing_to_a_tested_pack() {
    let folder = tempfile::tempdir().unwrap();
    let sdk = root().join("rules-sdk");
    let new = |name: &str| {
        let mut command = kycuong(["new-pack", name, "--sdk"]);
        command.arg(&sdk).current_dir(folder.path());
        command
    };
    let (code, text, stderr) = run(&mut new("thu-nghiem"));
    assert_eq!((code, stderr.as_str()), (0, ""));
    assert!(text.ends_with("next: cd thu-nghiem && kycuong test\n"), "{text}");
    assert!(error_line(&mut new("thu-nghiem")).contains("exists already"));

    let pack = folder.path().join("thu-nghiem");
    let inside = |arguments: &[&str]| {
        let mut command = kycuong(arguments);
        command.current_dir(&pack).env("CARGO_TARGET_DIR", target());
        command
    };
    for rule in
        [["ngay-so-lieu", "--requirement", "R69"], ["so-lieu-don-vi", "--subject", "unit-plan"]]
    {
        let (code, text, stderr) = run(inside(&["new-rule"]).args(rule));
        assert_eq!(code, 0, "{text}{stderr}");
    }
    assert!(error_line(&mut inside(&["new-rule", "ngay-so-lieu"])).contains("exists already"));

    let (code, text, stderr) = run(&mut inside(&["test"]));
    assert_eq!(code, 0, "{text}{stderr}");
    assert!(
        text.contains("test funding-covers-estimate, missing: không ghi tổng dự toán ... ok\n"),
        "{text}"
    );
    assert!(text.contains("test ngay-so-lieu, invalid: sớm hơn một ngày ... ok\n"), "{text}");
    assert!(text.ends_with("test result: ok. 9 passed; 0 failed\n"), "{text}");

    // An outcome that differs, a promise that is not kept, a kind of case that is not there.
    let cases = pack.join("cases/ngay-so-lieu.md");
    let sound = fs::read_to_string(&cases).unwrap();
    let broken = sound
        .replace("as_of=2019-12-31", "as_of=2019-12-30")
        .replace("## missing: không ghi", "## valid: không ghi");
    fs::write(&cases, &broken).unwrap();
    let (code, text, _) = run(&mut inside(&["test"]));
    assert_eq!(code, 1);
    assert!(text.contains("test ngay-so-lieu, invalid: sớm hơn một ngày ... FAILED\n"), "{text}");
    for said in [
        "cases/ngay-so-lieu.md:17: “invalid: sớm hơn một ngày” differs in the value `as_of` of finding 1: recorded is `2019-12-30`, now it is `2019-12-31`",
        "cases/ngay-so-lieu.md:22: “valid: không ghi ngày lấy số liệu” promises `valid`, but the outcome is:\n  → not-evaluated /as_of",
        "the rule `ngay-so-lieu` has no missing case",
    ] {
        assert!(text.contains(said), "{said}\n{text}");
    }

    let (code, text, _) = run(&mut inside(&["test", "--update"]));
    assert_eq!(code, 1, "an update fixes no promise: {text}");
    fs::write(
        &cases,
        fs::read_to_string(&cases).unwrap().replace("## valid: không", "## missing: không"),
    )
    .unwrap();
    assert_eq!(fs::read_to_string(&cases).unwrap(), sound);

    // A line that is none says where and what to write.
    fs::write(&cases, sound.replace("` absent", "` gone")).unwrap();
    let (code, _, line) = run(&mut inside(&["test"]));
    assert_eq!(code, 3);
    assert!(
        line.contains(
            "cases/ngay-so-lieu.md:24: cannot read `- `/subject/as_of` gone`; expected a change"
        ),
        "{line}"
    );
    fs::write(&cases, &sound).unwrap();

    // What was built last in this workspace is what a check takes.
    let (code, text, _) = run(&mut inside(&["explain", "ngay-so-lieu"]));
    assert_eq!(code, 0);
    assert!(text.starts_with("thu-nghiem/ngay-so-lieu (R69): "), "{text}");

    // A panic says where and what.
    let source = pack.join("src/ngay_so_lieu.rs");
    let rule = fs::read_to_string(&source).unwrap();
    let (head, body) = rule.split_once("-> Checked {\n").unwrap();
    let line = head.lines().count() + 1;
    let panics = "    let _ = \"x\".parse::<u32>().unwrap();\n";
    fs::write(&source, format!("{head}-> Checked {{\n{panics}{body}")).unwrap();
    let (code, text, _) = run(&mut inside(&["test"]));
    assert_eq!(code, 1, "{text}");
    let said = text.lines().find(|line| line.contains("has no outcome: the rule panicked at "));
    let place = format!("src/ngay_so_lieu.rs:{line}:");
    assert!(
        said.is_some_and(|said| said.contains(&place) && said.contains("InvalidDigit")),
        "{text}"
    );
    fs::write(&source, &rule).unwrap();

    // The author's own mistake is shown as the compiler says it.
    fs::write(pack.join("src/ngay_so_lieu.rs"), "this is no rule").unwrap();
    let (code, stdout, stderr) = run(&mut inside(&["build"]));
    assert_eq!((code, stdout.as_str()), (3, ""));
    assert!(stderr.contains("src/ngay_so_lieu.rs:1:"), "{stderr}");
    assert!(
        stderr.ends_with("cannot compile `kycuong-pack-thu-nghiem` [does-not-compile]\n"),
        "{stderr}"
    );
}

#[test]
fn names_are_checked() {
    let folder = tempfile::tempdir().unwrap();
    for (arguments, said) in [
        (
            vec!["new-pack", "Thử Nghiệm"],
            "`Thử Nghiệm` is no name of a pack: write a-z, 0-9 and single hyphens",
        ),
        (vec!["new-pack", "../x"], "is no name of a pack"),
        (vec!["new-pack", "x", "--province", "Gia Lai"], "there is no area `Gia Lai`"),
        (vec!["new-pack", "x", "--province", "gialai"], "; `gia-lai-2025` is one"),
        (
            vec!["new-pack", "x", "--province", "bac-giang"],
            "`bac-giang` ended on 2025-06-30 and is in `bac-ninh-2025` now: name that one",
        ),
        (vec!["new-pack", "x", "--sdk", "."], "`.` is no rules-sdk"),
        (vec!["new-rule", "x_y"], "`x_y` is no name of a rule"),
        (vec!["new-rule", "type"], "`type` is a word of the Rust language"),
        (vec!["new-rule", "x", "--requirement", "69"], "`69` is no requirement of a rule list"),
        (vec!["new-rule", "x"], "`.` is no rule pack: it has no src/lib.rs"),
    ] {
        let line = error_line(kycuong(&arguments).current_dir(folder.path()));
        assert!(line.contains(said), "{arguments:?}: {line}");
    }
    assert!(
        fs::read_dir(folder.path()).unwrap().next().is_none(),
        "a refused command leaves nothing"
    );
}
