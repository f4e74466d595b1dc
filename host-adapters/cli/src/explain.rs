//! `kycuong explain`: a rule as its pack describes it, for officials and for whoever got a finding.

use std::fmt::Write as _;

use kycuong_model::manifest::{Manifest, RuleDescription};
use kycuong_model::rule_id::RuleId;

use crate::args::{ExplainArguments, Language};
use crate::error::CommandError;
use crate::packs::{self, PackFile};
use crate::terminal::print;
use kycuong_render::words::{basis, kind, pick, severity, subject};

/// Explains every rule that the words name; a name can stand in several packs.
pub fn run(arguments: &ExplainArguments) -> Result<(), CommandError> {
    let mut manifests = Vec::new();
    for path in packs::find(&arguments.packs)? {
        manifests.push(PackFile::read(path)?.describe()?.manifest);
    }
    let texts: Vec<String> = manifests
        .iter()
        .flat_map(|manifest| manifest.rules.iter().map(move |rule| (manifest, rule)))
        .filter(|(_, rule)| is_named(rule, &arguments.rule))
        .map(|(manifest, rule)| explain(manifest, rule, arguments.lang))
        .collect();
    if texts.is_empty() {
        let packs: Vec<String> =
            manifests.iter().map(|manifest| format!("`{}`", manifest.pack)).collect();
        return Err(CommandError::NoSuchRule {
            wanted: arguments.rule.clone(),
            packs: packs.join(", "),
            advice: advice(&manifests, &arguments.rule),
        });
    }
    print(&texts.join("\n")).map_err(|source| CommandError::Output { source })
}

/// Which rule was probably meant, else how to find it.
fn advice(manifests: &[Manifest], words: &str) -> String {
    let ids = manifests.iter().flat_map(|manifest| &manifest.rules).map(|rule| rule.id.as_str());
    RuleId::nearest(words, ids).map_or_else(
        || "`kycuong inspect PACK` lists the rules of a pack".to_owned(),
        |rule| format!("did you mean `{}`?", rule.as_str()),
    )
}

/// Whether the words are the rule's id, its name or its row.
fn is_named(rule: &RuleDescription, words: &str) -> bool {
    RuleId::of(&rule.id).is_named(words)
        || rule.row.as_ref().is_some_and(|row| row.eq_ignore_ascii_case(words))
}

fn explain(manifest: &Manifest, rule: &RuleDescription, language: Language) -> String {
    let label = |vi, en| pick(language, vi, en);
    let mut text = rule.id.clone();
    if let Some(row) = &rule.row {
        let _ = write!(text, " ({row})");
    }
    let _ = writeln!(text, ": {}", pick(language, &rule.title.vi, &rule.title.en));
    if language == Language::En {
        text.push_str("(the norm is cited in Vietnamese, the language of the law)\n");
    }
    let _ = writeln!(text, "\n{}\n", rule.doc.trim());
    if let Some(quote) = &rule.quote {
        let _ = writeln!(text, "{}: “{quote}”\n", label("trích", "quote"));
    }

    let to = rule.effective.to.map_or_else(String::new, |day| day.to_string());
    let mut rows = vec![(label("mức", "severity"), severity(rule.severity, language).to_owned())];
    if !rule.verified {
        let said = label(
            "số liệu pháp lý chưa được xác minh, chỉ cảnh báo",
            "the legal numbers are unverified: it warns at most",
        );
        rows.push((label("xác minh", "verified"), said.to_owned()));
    }
    rows.push((label("hiệu lực", "effective"), format!("{}..{to}", rule.effective.from)));
    rows.push((
        label("căn cứ", "basis"),
        rule.basis.iter().map(basis).collect::<Vec<_>>().join("; "),
    ));
    let subjects: Vec<&str> = rule.subjects.iter().map(|code| subject(code, language)).collect();
    rows.push((label("đối tượng", "subjects"), subjects.join(", ")));
    if rule.subjects.iter().any(|code| code == "dossier") {
        let kinds: Vec<&str> = rule.kinds.iter().map(|code| kind(code, language)).collect();
        let kinds = if kinds.is_empty() {
            label("mọi loại", "all").to_owned()
        } else {
            kinds.join(", ")
        };
        rows.push((label("loại hồ sơ", "kinds"), kinds));
    }
    rows.push((label("đọc trường", "reads"), rule.reads.join(", ")));
    if !rule.facts.is_empty() {
        let tables: Vec<&str> = rule.facts.iter().map(|need| need.table.as_str()).collect();
        rows.push((label("dữ liệu đối chiếu", "facts"), tables.join(", ")));
    }
    rows.push((label("gói quy tắc", "pack"), format!("{} {}", manifest.pack, manifest.version)));
    let width = rows.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
    for (name, value) in rows {
        let _ = writeln!(text, "{name:width$}  {value}");
    }

    for (place, parameter) in rule.parameters.iter().enumerate() {
        if place == 0 {
            let _ = writeln!(
                text,
                "\n{}:",
                label("tham số (đặt bằng --set)", "parameters (set with --set)")
            );
        }
        let bounds = match (&parameter.min, &parameter.max) {
            (Some(min), Some(max)) => format!(", {min}..{max}"),
            _ => String::new(),
        };
        let default = label("mặc định", "default");
        let _ = writeln!(
            text,
            "  {} ({}, {default} {}{bounds})",
            parameter.name, parameter.kind, parameter.default
        );
        let _ = writeln!(text, "    {}", parameter.doc.trim());
        let _ = writeln!(text, "    --set {}.{}={}", rule.id, parameter.name, parameter.default);
    }
    text
}
