//! `kycuong inspect` and `kycuong explain`: what packs say of themselves.

use serde_json::Value;

use crate::support::{error_line, kycuong, packs, run};

#[test]
fn a_pack_is_read_and_never_run() {
    let pack = packs().join("bac-giang.wasm");
    let (code, text, _) = run(kycuong(["inspect"]).arg(&pack));
    assert_eq!(code, 0);
    assert!(text.starts_with("bac-giang 0.1.0: Kế hoạch chuyển đổi số tỉnh Bắc Giang\n"), "{text}");
    assert!(text.contains("  R69  chặn  "), "{text}");
    let (_, json, _) = run(kycuong(["inspect", "--format", "json"]).arg(&pack));
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["interface"], "kycuong:rules/pack@2.0.0");
    assert_eq!(json["imports"], Value::Array(Vec::new()));
    assert_eq!(json["size"].as_u64(), Some(std::fs::metadata(&pack).unwrap().len()));
    assert!(json["digest"].as_str().unwrap().starts_with("sha256:"));
    assert_eq!(json["manifest"]["rules"][0]["requirement"], "R69");
    let said = error_line(&mut kycuong(["inspect", "Cargo.toml"]));
    assert!(
        said.contains("cannot load rule pack `Cargo.toml`: expected a WebAssembly component"),
        "{said}"
    );
}

#[test]
fn a_pack_is_tested_by_its_own_cases() {
    let pack = packs().join("bac-giang.wasm");
    let self_test = |pack: &std::path::Path, more: &[&str]| {
        run(kycuong(["inspect", "--self-test"]).args(more).arg(pack))
    };
    let (code, text, said) = self_test(&pack, &[]);
    assert_eq!((code, said.as_str()), (0, ""));
    assert!(
        text.starts_with("bac-giang 0.1.0: ") && text.contains(" tình huống mẫu của "),
        "{text}"
    );
    let (_, json, _) = self_test(&pack, &["--format", "json"]);
    let json: Value = serde_json::from_str(&json).unwrap();
    let cases = json["self_test"]["cases"].as_u64().unwrap();
    assert!(text.contains(&format!(": {cases} ")), "{text}");

    // A violation has another code in code and manifest, where the cases do not know of it.
    let mut bytes = std::fs::read(&pack).unwrap();
    let find = |bytes: &[u8], word: &str| {
        bytes.windows(word.len()).position(|part| part == word.as_bytes())
    };
    let cases_begin = find(&bytes, "kycuong:cases").unwrap();
    while let Some(at) = bytes.get(..cases_begin).and_then(|code| find(code, "second-master")) {
        bytes.splice(at..at + 13, "second-mother".bytes());
    }
    let folder = tempfile::tempdir().unwrap();
    let changed = folder.path().join("changed.wasm");
    std::fs::write(&changed, bytes).unwrap();
    let (code, text, _) = self_test(&changed, &["--lang", "en"]);
    assert_eq!(code, 1, "{text}");
    for part in [
        "it does not pass its self-test",
        "the code of finding 1: recorded is `second-master`, now it is `second-mother`",
        "  recorded:\n    second-master /",
        "  here:\n    second-mother /",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let (code, json, _) = self_test(&changed, &["--format", "json"]);
    let json: Value = serde_json::from_str(&json).unwrap();
    let problems = json["self_test"]["problems"].as_array().unwrap();
    assert_eq!((code, json["self_test"]["found"].as_u64()), (1, Some(problems.len() as u64)));

    let check = |pack: &std::path::Path, more: &[&str]| {
        let mut command = kycuong([
            "check",
            "--allow-unsigned",
            crate::support::S5,
            "--format",
            "json",
            "--pack",
        ]);
        command.arg(pack).args(more);
        command
    };
    let (_, json, _) = run(&mut check(&pack, &["--self-test"]));
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["settings"]["self_test"], true);
    assert_eq!(json["settings"]["packs"][0]["self_test"]["cases"].as_u64(), Some(cases));
    let said = error_line(&mut check(&changed, &["--self-test"]));
    assert!(
        said.contains("the rule pack `bac-giang` 0.1.0 does not pass its self-test: the case `"),
        "{said}"
    );
    let (_, json, _) = run(&mut check(&changed, &[]));
    assert!(!json.contains("self_test"), "cases are run when that is asked for");
}

#[test]
fn a_rule_is_found_by_id_name_and_row() {
    let explain = |rule| run(kycuong(["explain", rule, "--packs"]).arg(packs()));
    let (code, text, _) = explain("bac-giang/min-it-share-of-recurrent");
    assert_eq!(code, 0);
    for part in [
        "(R69)",
        "Tối thiểu 2% chi thường xuyên",
        "trích: “",
        "căn cứ",
        "2021-01-01..",
        "minimum_share",
        "--set ",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert_eq!(explain("min-it-share-of-recurrent").1, text);
    assert_eq!(explain("r69").1, text);
    let said = |rule| error_line(kycuong(["explain", rule, "--packs"]).arg(packs()));
    assert!(said("R9999").contains("no rule `R9999` in `bac-giang`"), "{}", said("R9999"));
    assert!(
        said("R9999").ends_with("`kycuong inspect PACK` lists the rules of a pack [no-such-rule]")
    );
    for near in ["min-it-share-of-recurent", "bac-giang/min-it-shares-of-recurrent"] {
        assert!(
            said(near)
                .ends_with("did you mean `bac-giang/min-it-share-of-recurrent`? [no-such-rule]"),
            "{}",
            said(near)
        );
    }
}

#[test]
fn the_book_is_made_of_the_files_alone_and_replaces_an_older_one_only() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("book");
    let book = |packs: &std::path::Path| run(kycuong(["book"]).arg(packs).arg("--out").arg(&out));
    let (code, text, said) = book(packs());
    assert_eq!((code, said.as_str()), (0, ""));
    assert!(text.contains("index.html") && text.contains("print.html"), "{text}");
    let rule = out.join("rules/bac-giang/min-it-share-of-recurrent.html");
    let page = std::fs::read_to_string(&rule).unwrap();
    assert!(page.contains("bố trí tối thiểu 2% tổng chi ngân sách thường xuyên"), "{page}");
    assert!(page.contains("Cần làm"), "the cases came with the file");

    // A book of fewer packs leaves no page of the others behind.
    assert_eq!(book(&packs().join("vn-baseline.wasm")).0, 0);
    assert!(!rule.exists());
    assert!(out.join("packs/vn-baseline.html").is_file());

    // Somebody's folder is left alone.
    std::fs::remove_file(out.join("files.txt")).unwrap();
    let said = error_line(kycuong(["book"]).arg(packs()).arg("--out").arg(&out));
    assert!(said.contains("holds files and is no rule book"), "{said}");
    let said = error_line(
        kycuong(["book"])
            .arg(packs())
            .arg(packs().join("bac-giang.wasm"))
            .arg("--out")
            .arg(folder.path().join("twice")),
    );
    assert!(said.contains("two of the files are rule pack `bac-giang`"), "{said}");
}

#[test]
fn doubts_about_packs_are_listed_and_what_was_not_checked_is_said() {
    let pack = packs().join("vn-baseline.wasm");
    let (code, json, said) = run(kycuong(["lint", "--format", "json"]).arg(&pack));
    assert_eq!(said, "");
    let report: Value = serde_json::from_str(&json).unwrap();
    let doubts = report["findings"].as_array().unwrap();
    assert_eq!(code, i32::from(!doubts.is_empty()));
    assert_eq!(report["not_checked"].as_array().unwrap().len(), 2);

    // On a day on which the register shows the decree as repealed.
    let facts = tempfile::tempdir().unwrap();
    let register = "number,title,from,to,replaced_by,regime\n224/2026/NĐ-CP,,2026-07-01,2030-12-31,1/2031/NĐ-CP,\n";
    std::fs::write(facts.path().join("legal_register.csv"), register).unwrap();
    let lint = |on| run(kycuong(["lint", "--on", on, "--facts"]).arg(facts.path()).arg(&pack));
    let (code, text, _) = lint("2031-01-01");
    assert_eq!(code, 1);
    assert!(text.contains("Văn bản đã hết hiệu lực [repealed-instrument]"), "{text}");
    assert!(text.contains("được thay thế bởi 1/2031/NĐ-CP"), "{text}");
    assert!(!text.contains("chưa kiểm tra"), "{text}");
    assert!(!lint("2030-12-31").1.contains("repealed-instrument"));

    let empty = tempfile::tempdir().unwrap();
    std::fs::write(empty.path().join("systems.json"), "[]").unwrap();
    let said =
        error_line(kycuong(["lint", "--on", "2031-01-01", "--facts"]).arg(empty.path()).arg(&pack));
    assert!(said.contains("have no table `legal_register`"), "{said}");
    assert_eq!(run(kycuong(["lint", "--facts"]).arg(facts.path()).arg(&pack)).0, 3);
}
