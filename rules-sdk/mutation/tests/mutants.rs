//! A pack whose cases are weak and the same pack with strong ones: exactly which mutants survive. One test, in
//! steps, since they share what is compiled. `UPDATE_EXPECT=1` rewrites the lists; read them.

#![expect(clippy::unwrap_used, reason = "helpers of tests, not only tests")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use kycuong_mutation::{
    END, Fate, Mutant, MutantKind, MutationError, Options, RULES, Report, SURVIVORS, run,
    update_readme,
};

fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The fixture in a directory of its own, with one of the two sets of cases.
struct Pack {
    folder: tempfile::TempDir,
}

impl Pack {
    fn with(cases: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let fixtures = here().join("tests/fixtures");
        copy(&fixtures.join("pack/src"), &folder.path().join("src"));
        copy(&fixtures.join(cases), &folder.path().join("cases"));
        let manifest = fs::read_to_string(fixtures.join("pack/Cargo.toml.txt")).unwrap();
        let sdk = fs::canonicalize(here().join("..")).unwrap();
        let manifest = manifest.replace("{{sdk}}", &sdk.to_string_lossy());
        fs::write(folder.path().join("Cargo.toml"), manifest).unwrap();
        fs::copy(here().join("../../Cargo.lock"), folder.path().join("Cargo.lock")).unwrap();
        Self { folder }
    }

    fn dir(&self) -> &Path {
        self.folder.path()
    }

    fn edit(&self, file: &str, edit: impl FnOnce(String) -> String) {
        let path = self.dir().join(file);
        let text = fs::read_to_string(&path).unwrap_or_default();
        fs::write(path, edit(text)).unwrap();
    }

    fn try_with(&self, options: Options) -> Result<Report, MutationError> {
        // What is compiled for these tests stays, so that only the first run takes its time.
        let target_dir: PathBuf = Path::new(env!("CARGO_TARGET_TMPDIR")).join("mutants");
        run(self.dir(), &Options { target_dir: Some(target_dir), ..options }, &mut |_| ())
    }

    fn report(&self) -> Report {
        self.try_with(Options::default()).unwrap()
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

/// Every mutant with its fate, a line each.
fn listed(report: &Report) -> String {
    let mut text = String::new();
    for mutant in &report.mutants {
        let fate = match &mutant.fate {
            Fate::Noticed { by } => format!("noticed by {by}"),
            Fate::Survived { why, .. } => format!("SURVIVED: {why}"),
            Fate::LeftOut { why } => format!("left out: {why}"),
        };
        writeln!(text, "{} ({}): {fate}", mutant.id, mutant.place).unwrap();
    }
    text
}

fn expect(name: &str, actual: &str) {
    let file = here().join("tests/expected").join(name);
    if std::env::var_os("UPDATE_EXPECT").is_some_and(|value| value == "1") {
        fs::write(&file, actual).unwrap();
    }
    let expected = fs::read_to_string(&file).unwrap_or_default();
    assert_eq!(actual, expected, "`{}` differs; UPDATE_EXPECT=1 rewrites it", file.display());
}

fn ids<'m>(mutants: impl Iterator<Item = &'m Mutant>) -> Vec<&'m str> {
    mutants.map(|mutant| mutant.id.as_str()).collect()
}

#[test]
fn weak_cases_let_mutants_live_and_strong_ones_do_not() {
    let weak = Pack::with("weak");
    let report = weak.report();
    expect("weak.txt", &listed(&report));
    assert!(!report.total().reaches(90), "{:?}", report.total());

    let strong = Pack::with("strong");
    let report = strong.report();
    expect("strong.txt", &listed(&report));
    assert!(report.total().reaches(90), "{:?}", report.total());
    // It starts with `TT-1`, and so it is never three characters long: no case can notice.
    let equal = "paper-missing/paper_missing/4:-1";
    assert_eq!(ids(report.survivors()), [equal]);
    assert_eq!(ids(report.unexplained()), [equal]);

    // A reason in the README explains a survivor and does not raise the score; one too many is stale.
    let score = report.total();
    strong.edit("README.md", |_| {
        format!(
            "# Gói mẫu\n\n{RULES}\n{END}\n\n{SURVIVORS}\n| biến thể | lý do |\n| --- | --- |\n| `{equal}` | Tương đương. |\n\
             | `shared/CEILING/500:+1` | Đã có tình huống. |\n{END}\n"
        )
    });
    let report = strong.report();
    assert_eq!((report.total(), report.unexplained().count()), (score, 0));
    assert_eq!(report.stale, ["shared/CEILING/500:+1"]);
    update_readme(strong.dir(), &report).unwrap();
    expect("README.md", &fs::read_to_string(strong.dir().join("README.md")).unwrap());

    // Ids do not depend on lines.
    let before: Vec<String> = report.mutants.into_iter().map(|mutant| mutant.id).collect();
    strong.edit("src/shared.rs", |text| format!("// Another line.\n\n{text}"));
    assert_eq!(ids(strong.report().mutants.iter()), before);

    // One rule, one kind.
    let rule = Some("paper-missing".to_owned());
    let options = Options { rule, kind: Some(MutantKind::Data), ..Options::default() };
    let report = strong.try_with(options).unwrap();
    assert!(report.stale.is_empty(), "of what was not tried nothing is known");
    assert!(!report.mutants.is_empty());
    assert!(report.mutants.iter().all(|mutant| mutant.kind == MutantKind::Data));
    assert!(report.mutants.iter().all(|mutant| mutant.rule == "paper-missing"));
    let options = Options { rule: Some("no-rule".to_owned()), ..Options::default() };
    assert_eq!(
        strong.try_with(options).unwrap_err().to_string(),
        "pack `fixture` has no rule `no-rule`; it has `ceiling-exceeded`, `paper-missing`"
    );

    // Of a pack whose own cases fail, or that does not compile, nothing is said.
    strong.edit("cases/paper-missing.md", |text| {
        text.replacen("- → `pass`", "- → `not-applicable`", 1)
    });
    let error = strong.try_with(Options::default()).unwrap_err();
    assert!(matches!(error, MutationError::CaseFails { .. }), "{error}");
    weak.edit("src/shared.rs", |text| text.replace("Money::dong(900)", "900"));
    let error = weak.try_with(Options::default()).unwrap_err();
    let Some(output) = error.output() else { panic!("{error}") };
    assert!(output.contains("mismatched types"), "{output}");
    let error = run(&here().join("src"), &Options::default(), &mut |_| ()).unwrap_err();
    assert!(matches!(error, MutationError::NotAPack { .. }), "{error}");
}
