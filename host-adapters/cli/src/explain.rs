//! `kycuong explain`: a rule as its pack describes it, for officials and for whoever got a finding.

use std::fmt::Write as _;

use kycuong_model::code::Code;
use kycuong_model::codes::Stage;
use kycuong_model::manifest::{Basis, Manifest, RuleDescription, ViolationDescription};
use kycuong_model::regime::Regime;
use kycuong_model::rule_id::RuleId;

use crate::args::{ExplainArguments, Language};
use crate::error::CommandError;
use crate::packs::{self, PackFile};
use crate::terminal::print;
use kycuong_render::words::{kind, subject};

/// Explains every rule that the words name, or one violation of it; a name can stand in several packs.
pub fn run(arguments: &ExplainArguments) -> Result<(), CommandError> {
    let mut manifests = Vec::new();
    for path in packs::find(&arguments.packs)? {
        manifests.push(PackFile::read(path)?.describe()?.manifest);
    }
    let texts: Vec<String> = manifests
        .iter()
        .flat_map(|manifest| manifest.rules.iter().map(move |rule| (manifest, rule)))
        .filter_map(|(manifest, rule)| {
            if is_named(rule, &arguments.rule) {
                return Some(explain(manifest, rule, arguments.lang));
            }
            let (words, code) = arguments.rule.rsplit_once('/')?;
            let violation = rule.violation(code).filter(|_| is_named(rule, words))?;
            Some(explain_violation(rule, violation, arguments.lang))
        })
        .collect();
    if texts.is_empty() {
        let packs: Vec<String> =
            manifests.iter().map(|manifest| format!("`{}`", manifest.pack)).collect();
        return Err(CommandError::NoSuchRule {
            wanted: arguments.rule.clone(),
            packs: packs.join(", "),
            advice: codes(&manifests, &arguments.rule)
                .unwrap_or_else(|| advice(&manifests, &arguments.rule)),
        });
    }
    print(&texts.join("\n")).map_err(|source| CommandError::Output { source })
}

/// The violations that there are, when the words name a rule and then none of them.
fn codes(manifests: &[Manifest], words: &str) -> Option<String> {
    let (words, _) = words.rsplit_once('/')?;
    let rule = manifests.iter().flat_map(|manifest| &manifest.rules);
    let rule = rule.into_iter().find(|rule| is_named(rule, words))?;
    let codes = rule.violations.iter().map(|violation| format!("`{}`", violation.code));
    Some(format!("`{}` has the violations {}", rule.id, codes.collect::<Vec<_>>().join(", ")))
}

/// Which rule was probably meant, else how to find it.
fn advice(manifests: &[Manifest], words: &str) -> String {
    let ids = manifests.iter().flat_map(|manifest| &manifest.rules).map(|rule| rule.id.as_str());
    RuleId::nearest(words, ids).map_or_else(
        || "`kycuong inspect PACK` lists the rules of a pack".to_owned(),
        |rule| format!("did you mean `{}`?", rule.as_str()),
    )
}

/// Whether the words are the rule's id, its name or its requirement.
fn is_named(rule: &RuleDescription, words: &str) -> bool {
    RuleId::of(&rule.id).is_named(words)
        || rule
            .requirement
            .as_ref()
            .is_some_and(|requirement| requirement.eq_ignore_ascii_case(words))
}

/// One violation of a rule: both templates, what to do, the values behind the placeholders.
fn explain_violation(
    rule: &RuleDescription,
    violation: &ViolationDescription,
    language: Language,
) -> String {
    let label = |vi, en| language.pick(vi, en);
    let mut text = format!("{}/{}\n\n", rule.id, headline(violation, language));
    for line in wording(violation, language) {
        let _ = writeln!(text, "{line}");
    }
    let bases: Vec<String> = rule.basis.iter().map(Basis::to_string).collect();
    let title = language.pick(&rule.title.vi, &rule.title.en);
    let _ = writeln!(text, "\n{}: {title}", label("quy tắc", "rule"));
    let _ = writeln!(text, "{}: {}", label("căn cứ", "basis"), bases.join("; "));
    text
}

fn headline(violation: &ViolationDescription, language: Language) -> String {
    format!("{} ({})", violation.code, language.localize(&violation.severity))
}

/// The template in the language asked for and the other one, the remedy, and what stands in the placeholders.
fn wording(violation: &ViolationDescription, language: Language) -> Vec<String> {
    let ViolationDescription { message, remedy, values, .. } = violation;
    let label = |vi, en| language.pick(vi, en);
    let (own, other) = match language {
        Language::Vi => (&message.vi, &message.en),
        Language::En => (&message.en, &message.vi),
    };
    let mut lines = vec![own.clone(), other.clone()];
    let remedy = language.pick(&remedy.vi, &remedy.en);
    lines.push(format!("{}: {remedy}", label("cần làm", "to do")));
    if !values.is_empty() {
        lines.push(format!("{}: {}", label("giá trị", "values"), values.join(", ")));
    }
    lines
}

fn explain(manifest: &Manifest, rule: &RuleDescription, language: Language) -> String {
    let label = |vi, en| language.pick(vi, en);
    let mut text = rule.id.clone();
    if let Some(requirement) = &rule.requirement {
        let _ = write!(text, " ({requirement})");
    }
    let _ = writeln!(text, ": {}", language.pick(&rule.title.vi, &rule.title.en));
    if language == Language::En {
        text.push_str("(the norm is cited in Vietnamese, the language of the law)\n");
    }
    let _ = writeln!(text, "\n{}\n", rule.doc.trim());
    if let Some(quote) = &rule.quote {
        let _ = writeln!(text, "{}: “{quote}”\n", label("trích", "quote"));
    }

    let to = rule.effective.to.map_or_else(String::new, |day| day.to_string());
    let mut rows = vec![(label("mức", "severity"), language.localize(&rule.severity))];
    if !rule.verified {
        let note = label(
            "số liệu pháp lý chưa được xác minh, chỉ cảnh báo",
            "the legal numbers are unverified: it warns at most",
        );
        rows.push((label("xác minh", "verified"), note.to_owned()));
    }
    rows.push((label("hiệu lực", "effective"), format!("{}..{to}", rule.effective.from)));
    rows.push((
        label("căn cứ", "basis"),
        rule.basis.iter().map(Basis::to_string).collect::<Vec<_>>().join("; "),
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
    if !rule.regimes.is_empty() {
        rows.push((label("nghị định", "regimes"), titles::<Regime>(&rule.regimes, language)));
    }
    if !rule.stages.is_empty() {
        rows.push((label("bước trình", "stages"), titles::<Stage>(&rule.stages, language)));
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

    if !rule.violations.is_empty() {
        let _ = writeln!(text, "\n{}:", label("vi phạm", "violations"));
    }
    for violation in &rule.violations {
        let _ = writeln!(text, "  {}", headline(violation, language));
        for line in wording(violation, language) {
            let _ = writeln!(text, "    {line}");
        }
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

/// Codes by their titles; a code that this program does not know stands as it is.
fn titles<C: Code>(codes: &[String], language: Language) -> String {
    let title = |code: &String| match C::from_code(code) {
        Some(known) => language.pick(known.title_vi(), known.title_en()).to_owned(),
        None => code.clone(),
    };
    codes.iter().map(title).collect::<Vec<_>>().join(", ")
}
