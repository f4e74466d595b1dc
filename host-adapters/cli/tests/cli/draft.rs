//! `kycuong check --draft`: what a half-filled submission needs next.

use std::fs;

use kycuong_engine::report::{Draft, Needed};
use serde_json::{Value, json};

use crate::support::{S1, S5, check, edited, error_line, expect, kycuong, packs, root, run};

fn draft_of(text: &str) -> Draft {
    serde_json::from_str(text).unwrap()
}

#[test]
fn an_almost_empty_dossier_is_told_what_comes_next() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(
        folder.path().join("nhap.json"),
        "{\n  \"schema_version\": \"2.0.0\",\n  \"subject\": \"dossier\",\n  \"kind\": \"service-lease\"\n}\n",
    )
    .unwrap();
    let arguments = ["nhap.json", "--draft", "--on", "2026-11-21"];
    let draft = |more: &[&str]| run(check(arguments).args(more).current_dir(folder.path()));
    let (code, vi, _) = draft(&[]);
    assert_eq!(code, 0, "{vi}");
    expect("draft.vi.txt", &vi);
    expect("draft.en.txt", &draft(&["--lang", "en"]).1);

    let (code, text, _) = draft(&["--format", "json"]);
    let read = draft_of(&text);
    assert_eq!((code, read.subject.as_deref()), (0, Some("dossier")));
    // The province first: the rules of five packs wait for it.
    let first = &read.next[0];
    assert_eq!(first.needed, Needed::Member { path: "/province".into() });
    assert_eq!((first.title.vi.as_str(), first.mandatory), ("Tỉnh, thành phố", true));
    let order: Vec<_> =
        read.next.iter().map(|one| (!one.mandatory, usize::MAX - one.rules.len())).collect();
    assert!(order.is_sorted(), "{order:?}");
    let all = read.waiting.len() + read.decided.len() + read.crashed.len();
    let (_, report, _) =
        run(check(["nhap.json", "--on", "2026-11-21", "--format", "json"])
            .current_dir(folder.path()));
    let report: Value = serde_json::from_str(&report).unwrap();
    assert_eq!(
        report["outcomes"].as_array().unwrap().len(),
        all,
        "each rule is in one of the lists"
    );
    for rule in &read.waiting {
        for needed in &rule.needs {
            let supply = read.next.iter().find(|supply| supply.needed == *needed).unwrap();
            assert!(supply.rules.contains(&rule.rule), "{rule:?}");
        }
    }
}

#[test]
fn what_is_supplied_leaves_the_list() {
    let folder = tempfile::tempdir().unwrap();
    let next = |name: &str, edit: &dyn Fn(&mut Value)| {
        let file = edited(folder.path(), name, S1, edit);
        let (code, text, _) = run(check([&file]).args(["--draft", "--format", "json"]));
        assert_eq!(code, 0, "{text}");
        draft_of(&text)
    };
    let whole = next("whole.json", &|_| ());
    assert!(whole.next.iter().all(|supply| !supply.mandatory), "{:#?}", whole.next);

    let lacks = next("lacks.json", &|dossier| {
        let dossier = dossier.as_object_mut().unwrap();
        dossier.remove("operations");
        dossier["attachments"]
            .as_array_mut()
            .unwrap()
            .retain(|paper| paper["document_type"] != "proposal-letter");
        dossier["costs"]["total"] = json!("1");
    });
    let needed: Vec<_> = lacks
        .next
        .iter()
        .filter(|supply| supply.mandatory)
        .map(|supply| supply.needed.clone())
        .collect();
    let paper = Needed::Paper { path: "/attachments".into(), paper: "proposal-letter".into() };
    assert!(needed.contains(&paper), "{needed:?}");
    assert!(needed.contains(&Needed::Member { path: "/operations".into() }), "{needed:?}");
    let supply = lacks.next.iter().find(|supply| supply.needed == paper).unwrap();
    assert_eq!(supply.title.vi, "tờ trình");
    assert!(lacks.fix.iter().any(|one| one.path.as_str() == "/costs/total"), "{:#?}", lacks.fix);
    let waits = |rule: &str| lacks.waiting.iter().any(|waiting| waiting.rule == rule);
    assert!(waits("vn-baseline/dossier-sections-complete"));
    assert!(waits("vn-baseline/maintenance-funding-committed"));
    let failed =
        |rule: &str| lacks.decided.iter().any(|one| one.rule == rule && one.status == "fail");
    assert!(failed("vn-baseline/cost-arithmetic"));
}

#[test]
fn what_cannot_be_read_is_still_a_draft() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("x.json");
    fs::write(&file, "{\"subject\": ").unwrap();
    let (code, text, _) = run(check([&file]).args(["--draft", "--on", "2026-11-21"]));
    assert_eq!(code, 0);
    assert!(text.contains("Cần sửa\n  chặn[intake/"), "{text}");
    // A value that is there and cannot be read is to be written anew.
    let unreadable = edited(folder.path(), "y.json", S5, |plan| plan["owner"]["level"] = json!(3));
    let (_, text, _) = run(check([&unreadable]).args(["--draft", "--format", "json"]));
    let read = draft_of(&text);
    let level = read
        .next
        .iter()
        .find(|supply| supply.needed == Needed::Member { path: "/owner/level".into() });
    let level = level.unwrap();
    assert!(level.unreadable && level.mandatory && !level.remedy.vi.is_empty(), "{level:?}");

    for format in ["sarif", "junit"] {
        let line = error_line(&mut check([S1, "--draft", "--format", format]));
        assert!(line.contains("a draft is shown for people or as JSON"), "{line}");
    }
    assert_eq!(run(&mut check([S1, "--draft", "--deny-warnings"])).0, 3);
    let line = error_line(
        kycuong(["check", "--allow-unsigned", "nowhere.json", "--draft", "--packs"])
            .arg(packs())
            .current_dir(root()),
    );
    assert!(line.contains("cannot read `nowhere.json`"), "{line}");
}
