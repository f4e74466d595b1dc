//! `kycuong check --deployment`: adoption, waivers and what they look like in each format.

use std::fs;

use kycuong_engine::{Report, Verdict};
use serde_json::Value;

use crate::support::{S2, S4, S5, check, error_line, expect, run, undeployed};

const WAIVER: &str = "examples/deployments/quang-ngai-waiver.toml";

fn with_waiver(arguments: &[&str]) -> (i32, String, String) {
    run(undeployed([S4, "--deployment", WAIVER]).args(arguments))
}

#[test]
fn without_a_deployment_historic_packs_warn() {
    let (code, text, _) = run(&mut undeployed([S4]));
    assert_eq!(code, 0, "{text}");
    assert!(
        text.contains("  gói chỉ cảnh báo: quang-ngai: Gói quy tắc dựa trên văn bản cũ, chưa có quyết định áp dụng, nên chỉ cảnh báo.\n"),
        "{text}"
    );
    assert!(text.contains("= mức gốc: chặn\n"), "{text}");
    let (code, text, _) = run(&mut check([S4]));
    assert_eq!(code, 1, "{text}");
    assert!(!text.contains("gói chỉ cảnh báo"), "{text}");
    // What the nation forbids is no province's business.
    assert_eq!(run(&mut undeployed([S2])).0, 1);
}

#[test]
fn a_waiver_is_seen_in_every_format() {
    let (code, text, _) = with_waiver(&[]);
    assert_eq!(code, 0);
    expect("s4.waived.vi.txt", &text);
    expect("s4.waived.en.txt", &with_waiver(&["--lang", "en"]).1);

    let report: Report = serde_json::from_str(&with_waiver(&["--format", "json"]).1).unwrap();
    assert_eq!(
        (report.verdict, report.raw_verdict),
        (Verdict::AcceptWithWarnings, Verdict::Return)
    );

    let log: Value = serde_json::from_str(&with_waiver(&["--format", "sarif"]).1).unwrap();
    let results = log["runs"][0]["results"].as_array().unwrap();
    let suppressed: Vec<_> =
        results.iter().filter(|result| result.get("suppressions").is_some()).collect();
    assert_eq!(suppressed.len(), 1);
    assert_eq!(suppressed[0]["ruleId"], "quang-ngai/standards-list-present/no-standards");
    let suppression = &suppressed[0]["suppressions"][0];
    assert_eq!(
        (&suppression["kind"], &suppression["status"]),
        (&"external".into(), &"accepted".into())
    );
    let justification = suppression["justification"].as_str().unwrap();
    assert!(
        justification.contains("318/QĐ-UBND") && justification.contains("31/12/2026"),
        "{justification}"
    );
    let submission = &log["runs"][0]["properties"]["submissions"][0];
    assert_eq!(
        (&submission["verdict"], &submission["raw_verdict"]),
        (&"accept-with-warnings".into(), &"return".into())
    );

    let (_, xml, _) = with_waiver(&["--format", "junit"]);
    for said in [
        "<property name=\"verdict\" value=\"accept-with-warnings\"/>",
        "<property name=\"raw_verdict\" value=\"return\"/>",
        "<property name=\"waived\" value=\"1\"/>",
        "miễn theo 318/QĐ-UBND",
    ] {
        assert!(xml.contains(said), "{said}: {xml}");
    }
    assert!(!xml.contains("<failure "), "{xml}");
}

#[test]
fn an_expired_waiver_is_refused_and_said() {
    let (code, text, _) = with_waiver(&["--on", "2027-01-01"]);
    assert_eq!(code, 1);
    assert!(
        text.contains("  quyết định miễn không được áp dụng: 318/QĐ-UBND (quang-ngai/standards-list-present): Quyết định hết giá trị sau ngày 31/12/2026; hồ sơ được xét ngày 01/01/2027.\n"),
        "{text}"
    );
    let (_, xml, _) = with_waiver(&["--on", "2027-01-01", "--format", "junit"]);
    assert!(xml.contains("hết giá trị sau ngày 31/12/2026") && xml.contains("<failure "), "{xml}");
    let (_, text, _) = run(&mut undeployed([S5, "--deployment", WAIVER]));
    assert!(text.contains("  quyết định miễn cho hồ sơ khác: 1\n"), "{text}");
}

#[test]
fn a_file_that_cannot_be_applied_says_its_line() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("d.toml");
    let path = file.to_str().unwrap();
    for (text, said) in [
        (
            "[[adopt]]\npac = \"gia-lai\"\n",
            "d.toml`, line 1: `[[adopt]]` lacks `date` (Ngày ký): add it, like `date = 2025-07-01`; line 1: ",
        ),
        (
            "[[adopt]]\npac = \"gia-lai\"\n",
            "line 2: `[[adopt]]` has no `pac`: did you mean `pack`?",
        ),
        ("pack = ", "d.toml`, line 1, column "),
        (
            "\n\n[[advisory]]\npack = \"vn-baseline\"\nreason = \"thử\"\n",
            "d.toml`, line 3: switching the pack `vn-baseline` to advisory lowers national rules",
        ),
    ] {
        fs::write(&file, text).unwrap();
        let line = error_line(&mut undeployed([S4, "--deployment", path]));
        assert!(line.starts_with("kycuong: ") && line.contains(said), "{line}");
    }
    let line = error_line(&mut undeployed([S4, "--deployment", "nowhere.toml"]));
    assert!(line.starts_with("kycuong: cannot read `nowhere.toml`: "), "{line}");
    let line = error_line(&mut check([S4, "--advisory", "vn-baseline"]));
    assert!(line.contains("takes the document that allows it"), "{line}");
}
