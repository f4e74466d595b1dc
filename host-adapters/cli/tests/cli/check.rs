//! `kycuong check`: verdicts, exit codes, determinism, and what is said about a wrong command.

use std::fs;
use std::io::Write as _;
use std::process::Stdio;

use kycuong_engine::{Report, Verdict};
use serde_json::json;

use crate::support::{S1, S2, S5, check, edited, error_line, kycuong, packs, root, run};

pub fn report(text: &str) -> Report {
    serde_json::from_str(text).unwrap()
}

#[test]
fn exit_codes_tell_the_verdict() {
    let (code, text, _) = run(check([S1, "--format", "json"]).env("LANG", "C"));
    assert_eq!((code, report(&text).verdict), (0, Verdict::AcceptWithWarnings));
    assert_eq!(run(&mut check([S1, "--deny-warnings"])).0, 1);
    assert_eq!(run(&mut check([S2])).0, 1);

    let folder = tempfile::tempdir().unwrap();
    let undetermined = edited(folder.path(), "u.json", S5, |plan| {
        plan["entries"][1]["codes"]["chapter"] = json!("805");
        plan["owner"].as_object_mut().unwrap().remove("level");
    });
    let (code, text, _) = run(&mut check([&undetermined]));
    assert_eq!(code, 2, "{text}");
    assert!(text.contains("chưa đánh giá[bac-giang/min-it-share-of-recurrent]"), "{text}");
    assert!(text.contains("[undetermined]"), "{text}");
}

#[test]
fn of_several_the_worst_counts_and_json_is_a_list() {
    let (code, text, _) = run(&mut check([S1, S2, "--format", "json"]));
    let reports: Vec<Report> = serde_json::from_str(&text).unwrap();
    assert_eq!(code, 1);
    let verdicts: Vec<Verdict> = reports.iter().map(|report| report.verdict).collect();
    assert_eq!(verdicts, [Verdict::AcceptWithWarnings, Verdict::Return]);
}

#[test]
fn a_folder_is_read_in_order_without_reports() {
    let folder = tempfile::tempdir().unwrap();
    for (name, example) in [("b.json", S1), ("a.json", S1)] {
        fs::copy(root().join(example), folder.path().join(name)).unwrap();
    }
    fs::write(folder.path().join("a.report.json"), "{}").unwrap();
    fs::write(folder.path().join("ghi-chú.txt"), "").unwrap();
    let (code, text, _) = run(&mut check([folder.path()]));
    assert_eq!(code, 0);
    assert!(text.find("/a.json: ").unwrap() < text.find("/b.json: ").unwrap());
    assert!(
        text.ends_with("2 hồ sơ · Tiếp nhận, có nội dung cần xem xét [accept-with-warnings]: 2\n"),
        "{text}"
    );

    let one = tempfile::tempdir().unwrap();
    fs::copy(root().join(S1), one.path().join("a.json")).unwrap();
    let (_, text, _) = run(check([one.path()]).args(["--format", "json"]));
    assert_eq!(serde_json::from_str::<Vec<Report>>(&text).unwrap().len(), 1, "a folder is a list");
}

#[test]
fn a_shell_pattern_brings_reports_along_and_they_are_left_out() {
    let folder = tempfile::tempdir().unwrap();
    let (dossier, beside) = (folder.path().join("s1.json"), folder.path().join("s1.report.json"));
    fs::copy(root().join(S1), &dossier).unwrap();
    fs::write(&beside, "{}").unwrap();
    let (code, text, _) = run(check([&dossier, &beside]).args(["--format", "json"]));
    assert_eq!(
        (code, report(&text).verdict),
        (0, Verdict::AcceptWithWarnings),
        "one object, no list"
    );
}

#[test]
fn standard_input_is_a_submission() {
    let mut child = check(["-", "--format", "json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(&fs::read(root().join(S1)).unwrap()).unwrap();
    let output = child.wait_with_output().unwrap();
    let from_file = run(&mut check([S1, "--format", "json"])).1;
    assert_eq!(
        String::from_utf8(output.stdout).unwrap(),
        from_file,
        "the name is no part of a report"
    );
}

#[test]
fn the_same_bytes_on_every_run_and_on_two_threads() {
    let on =
        |format, threads| run(&mut check([S1, S2, S5, "--format", format, "--threads", threads])).1;
    let first = on("json", "1");
    assert!(first.starts_with("[\n  {\n    \"format\": "), "{first}");
    assert_eq!(first, on("json", "1"));
    assert_eq!(first, on("json", "2"));
    for format in ["human", "sarif", "junit"] {
        assert_eq!(on(format, "1"), on(format, "2"), "{format}");
    }
}

#[test]
fn the_operator_lowers_and_the_report_says_so() {
    let advisory =
        run(&mut check([S5, "--format", "json", "--advisory", "vn-baseline=theo 12/UBND-VX"]));
    let read = report(&advisory.1);
    assert_eq!((advisory.0, read.verdict), (0, Verdict::AcceptWithWarnings));
    assert!(advisory.1.contains("\"enforcement\": \"advisory\""));

    let lowered = run(&mut check([
        S5,
        "--format",
        "json",
        "--lower",
        "vn-baseline/budget-code-valid=warn:theo 12/UBND-VX",
        "--set",
        "bac-giang/min-it-share-of-recurrent.minimum_share=3",
    ]));
    let read = report(&lowered.1);
    assert_eq!((lowered.0, read.settings.lowered.len(), read.settings.parameters.len()), (0, 1, 1));
    assert_eq!(read.settings.lowered[0].reason, "theo 12/UBND-VX");
    assert_eq!((read.verdict, read.raw_verdict), (Verdict::AcceptWithWarnings, Verdict::Return));
    assert!(
        read.findings.iter().any(|finding| finding.message.en.contains("3% of the recurrent")),
        "{}",
        lowered.1
    );
}

#[test]
fn another_day_gives_another_report() {
    let (_, text, _) = run(&mut check([S1, "--format", "json", "--on", "2026-12-31"]));
    assert_eq!(report(&text).on.to_string(), "2026-12-31");
    // Before every decree there is an answer too.
    let (code, text, _) = run(&mut check([S1, "--on", "2019-05-01"]));
    assert_eq!(code, 1);
    assert!(
        text.contains("chặn[intake/no-regime]: Ngày 01/05/2019 trước ngày Nghị định 73/2019/NĐ-CP có hiệu lực (01/01/2020)"),
        "{text}"
    );
}

#[test]
fn a_result_goes_to_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("out.json");
    let (code, stdout, _) = run(check([S1, "--format", "json", "--output"]).arg(&file));
    assert_eq!((code, stdout.as_str()), (0, ""));
    assert_eq!(fs::read_to_string(file).unwrap(), run(&mut check([S1, "--format", "json"])).1);
}

#[test]
fn packs_come_from_the_environment_too() {
    let (code, _, stderr) =
        run(kycuong(["check", "--allow-unsigned", S1]).env("KYCUONG_PACKS", packs()));
    assert_eq!(code, 0, "{stderr}");
    let (code, text, _) =
        run(kycuong(["check", "--allow-unsigned", S1, "--format", "json", "--pack"])
            .arg(packs().join("gia-lai.wasm")));
    assert_eq!(code, 0);
    assert_eq!(report(&text).settings.packs.len(), 1);
}

#[test]
fn what_is_no_json_is_returned_with_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("x.json");
    fs::write(&file, "{\n  \"subject\": \"dossier\",,\n}").unwrap();
    let (code, text, _) = run(check([&file]).args(["--on", "2026-11-21"]));
    assert_eq!(code, 1, "{text}");
    assert!(text.contains("/x.json:2:24\n"), "{text}");
    assert!(
        text.contains("2 |   \"subject\": \"dossier\",,\n  |                        ^\n"),
        "{text}"
    );
    // It cannot say when it was submitted; that is no reason to leave it, or its neighbours, unjudged.
    let (code, text, said) = run(&mut check([file.to_str().unwrap(), S1]));
    assert_eq!(code, 1, "{text}");
    assert!(text.contains("/x.json:2:24\n") && text.contains("R73"), "{text}");
    assert!(said.contains("judged as of today") && said.contains("--on"), "{said}");

    fs::write(&file, b"{\"subject\": \"\xff\"}").unwrap();
    let (code, text, _) = run(check([&file]).args(["--on", "2026-11-21"]));
    assert_eq!(code, 1);
    assert!(text.contains("intake/not-utf-8"), "{text}");
}

#[test]
fn errors_say_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let empty = folder.path().to_str().unwrap();
    let undated = edited(folder.path(), "undated.report.json", S1, |dossier| {
        dossier.as_object_mut().unwrap().remove("submitted_at");
    });
    let undated = undated.to_str().unwrap();
    for (arguments, said) in [
        (vec!["nowhere.json"], "kycuong: cannot read `nowhere.json`: "),
        (vec![empty], "holds no *.json to check"),
        (vec![undated, undated], "there is nothing to check"),
        (vec![S1, "--packs", empty], "run `kycuong build DIR…` there, or name another folder"),
        (
            vec![S1, "--pack", "README.md"],
            "cannot load the rule pack `README.md`: expected a WebAssembly component",
        ),
        (
            vec![S1, "--facts", "nowhere"],
            "cannot open the facts in `nowhere`: cannot read `nowhere`: ",
        ),
        (
            vec![S1, "--advisory", "ca-mau"],
            "no rule pack `ca-mau` is active; there are `vn-baseline`",
        ),
        (
            vec![S1, "--lower", "vn-baseline/no-such=warn:vì"],
            "no active rule pack has the rule `vn-baseline/no-such`",
        ),
        (vec![S1, "--output", "nowhere/x.json"], "cannot write `nowhere/x.json`: "),
    ] {
        let packs_given = arguments.contains(&"--packs") || arguments.contains(&"--pack");
        let mut command = if packs_given {
            kycuong(["check", "--allow-unsigned"])
        } else {
            check([] as [&str; 0])
        };
        let line = error_line(command.args(&arguments));
        assert!(line.starts_with("kycuong: ") && line.contains(said), "{arguments:?}: {line}");
    }
}

#[test]
fn a_wrong_command_exits_with_three() {
    for arguments in [
        vec![],
        vec!["no-such-command"],
        vec!["check"],
        vec!["check", S1, "--format", "pdf"],
        vec!["check", S1, "--on", "21/11/2026"],
        vec!["check", S1, "--lower", "a/b=block:x"],
        vec!["check", S1, "--set", "a/b=1"],
        vec!["check", S1, "--threads", "0"],
    ] {
        let (code, stdout, stderr) = run(&mut kycuong(&arguments));
        assert_eq!((code, stdout.as_str()), (3, ""), "{arguments:?}");
        assert!(stderr.contains("Usage") || stderr.contains("--help"), "{stderr}");
    }
    let (code, stdout, _) = run(&mut kycuong(["check", "--help"]));
    assert_eq!(code, 0);
    assert!(stdout.starts_with("Kiểm tra hồ sơ"), "{stdout}");
}
