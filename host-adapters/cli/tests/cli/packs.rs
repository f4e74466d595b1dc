//! `kycuong inspect` and `kycuong explain`: what packs say of themselves.

use serde_json::Value;

use crate::support::{kycuong, packs, run, trouble};

#[test]
fn a_pack_is_read_and_never_run() {
    let pack = packs().join("bac-giang.wasm");
    let (code, text, _) = run(kycuong(["inspect"]).arg(&pack));
    assert_eq!(code, 0);
    assert!(text.starts_with("bac-giang 0.1.0: Kế hoạch chuyển đổi số tỉnh Bắc Giang\n"), "{text}");
    assert!(text.contains("  R69  chặn  "), "{text}");
    let (_, json, _) = run(kycuong(["inspect", "--format", "json"]).arg(&pack));
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["interface"], "kycuong:rules/pack@1.0.0");
    assert_eq!(json["imports"], Value::Array(Vec::new()));
    assert_eq!(json["size"].as_u64(), Some(std::fs::metadata(&pack).unwrap().len()));
    assert!(json["digest"].as_str().unwrap().starts_with("sha256:"));
    assert_eq!(json["manifest"]["rules"][0]["row"], "R69");
    let said = trouble(&mut kycuong(["inspect", "Cargo.toml"]));
    assert!(
        said.contains("cannot load rule pack `Cargo.toml`: expected a WebAssembly component"),
        "{said}"
    );
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
    let said = trouble(kycuong(["explain", "R9999", "--packs"]).arg(packs()));
    assert!(said.contains("no rule `R9999` in `bac-giang`"), "{said}");
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
    let said = trouble(kycuong(["book"]).arg(packs()).arg("--out").arg(&out));
    assert!(said.contains("holds files and is no rule book"), "{said}");
    let said = trouble(
        kycuong(["book"])
            .arg(packs())
            .arg(packs().join("bac-giang.wasm"))
            .arg("--out")
            .arg(folder.path().join("twice")),
    );
    assert!(said.contains("two of the files are rule pack `bac-giang`"), "{said}");
}
