//! The cases beside a pack's sources, as they go into the component.
//!
//! They are read anew at every build, so a changed case is in the next component without the pack's
//! code being compiled again. Nothing here judges them; `kycuong test` does.

use std::path::Path;

use kycuong_cases::{CaseFile, file_name};
use kycuong_model::cases::{CASES_BYTES_MAX, PackCases};
use kycuong_model::manifest::Manifest;

use crate::error::BuildError;

/// The folder of cases in a pack's directory: `cases/<rule>.md`.
const FOLDER: &str = "cases";

/// The cases of the rules that the manifest declares, in its order.
pub(crate) fn collect(dir: &Path, manifest: &Manifest) -> Result<PackCases, BuildError> {
    let mut cases = PackCases::default();
    for rule in &manifest.rules {
        let name = rule.name();
        let path = dir.join(FOLDER).join(file_name(name));
        if !path.exists() {
            continue;
        }
        let unreadable = |source| BuildError::Cases { source };
        let of_rule = CaseFile::load(&path, name)
            .and_then(|file| file.carry(&path, &rule.id))
            .map_err(unreadable)?;
        if !of_rule.cases.is_empty() {
            cases.rules.push(of_rule);
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

#[cfg(test)]
mod tests {
    use std::fs;

    use kycuong_model::cases::{CaseOutcome, Expectation};

    use super::*;

    const MANIFEST: &str = r#"{"pack":"thu","version":"1.0.0","title":{"vi":"v","en":"e"},"jurisdiction":{"provinces":["VN"]},"model_version":"0.1.0","sdk_version":"0.1.0","rules":[
        {"id":"thu/mot","title":{"vi":"v","en":"e"},"doc":"Một.","severity":"warn","effective":{"from":"2026-01-01"},"basis":[],"subjects":["dossier"],"reads":[]},
        {"id":"thu/hai","title":{"vi":"v","en":"e"},"doc":"Hai.","severity":"warn","effective":{"from":"2026-01-01"},"basis":[],"subjects":["dossier"],"reads":[]}]}"#;

    const BASE: &str = "## base\n```json\n{\"on\":\"2026-11-21\", \"subject\":\n{} }\n```\n";

    fn collected(files: &[(&str, &str)]) -> Result<PackCases, BuildError> {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join(FOLDER)).unwrap();
        for (name, text) in files {
            fs::write(dir.path().join(FOLDER).join(name), text).unwrap();
        }
        collect(dir.path(), &serde_json::from_str(MANIFEST).unwrap())
    }

    #[test]
    fn cases_come_by_rule_in_the_order_of_their_file() {
        let cases = collected(&[
            ("hai.md", &format!("# hai\n{BASE}## valid: b\n")),
            ("mot.md", &format!("# mot\n{BASE}## valid: b\n- → `pass`\n## invalid: a\n")),
            ("README.md", "no case"),
            ("ba.md", "of no rule"),
        ])
        .unwrap();
        let listed: Vec<_> = cases
            .rules
            .iter()
            .flat_map(|rule| rule.cases.iter().map(|case| (rule.rule.as_str(), case.name.as_str())))
            .collect();
        assert_eq!(listed, [("thu/mot", "b"), ("thu/mot", "a"), ("thu/hai", "b")]);
        let first = &cases.of("thu/mot")[0];
        assert_eq!(first.expectation, Expectation::Valid);
        assert_eq!(first.content, r#"{"on":"2026-11-21","subject":{}}"#);
        assert_eq!(first.outcome, Some(CaseOutcome::Pass));
        let json = section("thu", &cases).unwrap().unwrap();
        assert_eq!(serde_json::from_str::<PackCases>(&json).unwrap(), cases);
    }

    #[test]
    fn the_section_does_not_depend_on_line_ends() {
        let text = format!("# mot\n{BASE}## valid: b\n- → `pass`\n");
        let section_of = |text: &str| section("thu", &collected(&[("mot.md", text)]).unwrap());
        let expected = section_of(&text).unwrap();
        assert!(expected.is_some());
        for other in
            [text.replace('\n', "\r\n"), text.replace('\n', "\r"), format!("\u{feff}{text}")]
        {
            assert_eq!(section_of(&other).unwrap(), expected);
        }
    }

    #[test]
    fn a_pack_without_cases_has_no_section() {
        assert_eq!(section("thu", &collected(&[]).unwrap()).unwrap(), None);
    }

    #[test]
    fn what_is_no_case_and_what_is_too_much_are_refused() {
        let error = collected(&[("mot.md", "# mot\n## good: a\n")]).unwrap_err();
        let cause = std::error::Error::source(&error).unwrap().to_string();
        assert!(cause.contains("mot.md:2: cannot read the heading `## good: a`"), "{cause}");
        // Two files that each are read, and are too much together.
        let base = BASE.replace("{}", &format!("\"{}\"", "x".repeat(CASES_BYTES_MAX * 2 / 3)));
        let large = |rule: &str| format!("# {rule}\n{base}## valid: a\n");
        let cases = collected(&[("mot.md", &large("mot")), ("hai.md", &large("hai"))]).unwrap();
        let error = section("thu", &cases).unwrap_err().to_string();
        assert!(error.starts_with("the cases of package `thu` take "), "{error}");
        assert!(error.ends_with(" bytes, the limit is 4194304"), "{error}");
    }
}
