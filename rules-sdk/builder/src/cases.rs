//! The cases beside a pack's sources, as they go into the component.
//!
//! They are read anew at every build, so a changed case is in the next component without the pack's
//! code being compiled again. Nothing here judges them; `kycuong test` does.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use kycuong_model::cases::{CASES_BYTES_MAX, CarriedCase, Expectation, PackCases, RuleCases};
use kycuong_model::manifest::Manifest;

use crate::error::BuildError;
use crate::file;

/// The folder of cases in a pack's directory: `cases/<rule>/<case>.json`, with `<case>.snap` beside it.
const FOLDER: &str = "cases";

/// The cases of the rules that the manifest declares, in its order.
pub(crate) fn collect(dir: &Path, manifest: &Manifest) -> Result<PackCases, BuildError> {
    let mut cases = PackCases::default();
    for rule in &manifest.rules {
        let of_rule = of_rule(&dir.join(FOLDER).join(rule.name()))?;
        if !of_rule.is_empty() {
            cases.rules.push(RuleCases { rule: rule.id.clone(), cases: of_rule });
        }
    }
    Ok(cases)
}

/// The section's text; `None` when there is not one case.
pub(crate) fn section(package: &str, cases: &PackCases) -> Result<Option<String>, BuildError> {
    if cases.rules.is_empty() {
        return Ok(None);
    }
    let json = serde_json::to_string(cases)
        .map_err(|source| BuildError::CasesJson { package: package.to_owned(), source })?;
    if json.len() > CASES_BYTES_MAX {
        return Err(BuildError::CasesTooLarge {
            package: package.to_owned(),
            bytes: json.len(),
            limit: CASES_BYTES_MAX,
        });
    }
    Ok(Some(json))
}

fn of_rule(folder: &Path) -> Result<Vec<CarriedCase>, BuildError> {
    let unreadable = |source| file("read", folder, source);
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(unreadable)?,
    };
    let mut paths: Vec<PathBuf> = Vec::new();
    for entry in entries {
        let path = entry.map_err(unreadable)?.path();
        if path.extension().is_some_and(|extension| extension == "json") {
            paths.push(path);
        }
    }
    // INVARIANT: by name and not as the file system lists them, so that the bytes are the same everywhere.
    paths.sort();
    paths.into_iter().map(case).collect()
}

fn case(path: PathBuf) -> Result<CarriedCase, BuildError> {
    let name = path.file_stem().and_then(|stem| stem.to_str());
    let Some((name, expectation)) = name.and_then(|name| Some((name, Expectation::of_name(name)?)))
    else {
        return Err(BuildError::CaseName { path });
    };
    let content = fs::read_to_string(&path).map_err(|source| file("read", &path, source))?;
    let recorded = path.with_extension("snap");
    let outcome = match fs::read_to_string(&recorded) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        outcome => Some(outcome.map_err(|source| file("read", &recorded, source))?),
    };
    Ok(CarriedCase { name: name.to_owned(), expectation, content, outcome })
}

#[cfg(test)]
mod tests {
    use super::*;

    const MANIFEST: &str = r#"{"pack":"thu","version":"1.0.0","title":{"vi":"v","en":"e"},"jurisdiction":{"provinces":["VN"]},"model_version":"0.1.0","sdk_version":"0.1.0","rules":[
        {"id":"thu/mot","title":{"vi":"v","en":"e"},"doc":"Một.","severity":"warn","effective":{"from":"2026-01-01"},"basis":[],"subjects":["dossier"],"reads":[]},
        {"id":"thu/hai","title":{"vi":"v","en":"e"},"doc":"Hai.","severity":"warn","effective":{"from":"2026-01-01"},"basis":[],"subjects":["dossier"],"reads":[]}]}"#;

    fn pack(files: &[(&str, &str)]) -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = dir.path().join(FOLDER).join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        dir
    }

    fn collected(files: &[(&str, &str)]) -> Result<PackCases, BuildError> {
        collect(pack(files).path(), &serde_json::from_str(MANIFEST).unwrap())
    }

    #[test]
    fn cases_come_by_rule_and_name_with_what_was_recorded() {
        let cases = collected(&[
            ("hai/valid-b.json", "{}\n"),
            ("mot/valid-b.json", "{ }"),
            ("mot/invalid-a.json", "{\"subject\":{}}"),
            ("mot/invalid-a.snap", "warn[thu/mot]: Một.\n"),
            ("mot/README.md", "no case"),
            ("ba/valid-of-no-rule.json", "{}"),
        ])
        .unwrap();
        let listed: Vec<_> = cases
            .rules
            .iter()
            .flat_map(|rule| rule.cases.iter().map(|case| (rule.rule.as_str(), case.name.as_str())))
            .collect();
        assert_eq!(
            listed,
            [("thu/mot", "invalid-a"), ("thu/mot", "valid-b"), ("thu/hai", "valid-b")]
        );
        let first = &cases.of("thu/mot")[0];
        assert_eq!(first.expectation, Expectation::Invalid);
        assert_eq!(first.content, "{\"subject\":{}}");
        assert_eq!(first.outcome.as_deref(), Some("warn[thu/mot]: Một.\n"));
        let json = section("thu", &cases).unwrap().unwrap();
        assert_eq!(serde_json::from_str::<PackCases>(&json).unwrap(), cases);
    }

    #[test]
    fn a_pack_without_cases_has_no_section() {
        assert_eq!(section("thu", &collected(&[]).unwrap()).unwrap(), None);
    }

    #[test]
    fn a_name_that_promises_nothing_and_too_much_are_refused() {
        let error = collected(&[("mot/good.json", "{}")]).unwrap_err().to_string();
        assert!(
            error.ends_with(
                "promises nothing: a case is called valid-…, invalid-… or missing-….json"
            ),
            "{error}"
        );
        let large = "x".repeat(CASES_BYTES_MAX);
        let cases = collected(&[("mot/valid-a.json", &large)]).unwrap();
        let error = section("thu", &cases).unwrap_err().to_string();
        assert!(error.starts_with("the cases of package `thu` take "), "{error}");
        assert!(error.ends_with(" bytes, the limit is 4194304"), "{error}");
    }
}
