//! `kycuong inspect`: what a pack says of itself. It is read, and run only for its self-test.

mod self_test;

use std::fmt::Write as _;

use kycuong_engine::pack::{Count, PackDescription};
use kycuong_model::manifest::{INTERFACE, RuleDescription};
use kycuong_model::text::with_causes;
use kycuong_trust::{Signature, SignedFile};
use serde_json::{Value, json};

use crate::args::{InspectArguments, Language, TextFormat};
use crate::error::CommandError;
use crate::packs::PackFile;
use crate::terminal::print;

/// Shows one pack; whether it passes its self-test, when that was asked for.
pub fn run(arguments: &InspectArguments) -> Result<bool, CommandError> {
    let file = PackFile::read(arguments.pack.clone())?;
    let description = file.describe()?;
    let self_test = arguments.self_test.then(|| self_test::of(&file)).transpose()?;
    let text = match arguments.format {
        TextFormat::Human if let Some(self_test) = &self_test => {
            self_test::human(&description.manifest, self_test, arguments.lang)
        }
        TextFormat::Human if arguments.admit => format!(
            "{} {}: {}\n{}",
            description.manifest.pack,
            description.manifest.version,
            arguments.lang.pick("được nhận", "admitted"),
            admission(&description.counts)
        ),
        TextFormat::Human => human(&file, &description, arguments.lang),
        TextFormat::Json => {
            let mut value = json(&file, &description);
            if let (Some(self_test), Some(members)) = (&self_test, value.as_object_mut()) {
                members.insert("self_test".to_owned(), self_test::json(self_test));
            }
            format!("{value:#}\n")
        }
    };
    print(&text).map_err(|source| CommandError::Output { source })?;
    Ok(self_test.is_none_or(|self_test| self_test.is_ok()))
}

fn json(file: &PackFile, description: &PackDescription) -> Value {
    // Nobody judged them here: whose signatures count is for a trust file to say.
    let signatures = match SignedFile::read(&file.bytes) {
        Err(error) => json!({ "unreadable": with_causes(&error) }),
        Ok(signed) => signed.signatures.iter().map(signature).collect(),
    };
    json!({
        "file": file.path.display().to_string(),
        "digest": description.digest,
        "content": content(file),
        "size": file.bytes.len(),
        "signatures": signatures,
        "interface": format!("{INTERFACE}@{}", description.interface_version),
        // Admission refuses a pack that imports anything.
        "imports": [],
        "admission": description.counts,
        "manifest": description.manifest,
    })
}

/// The digest of what is signed, which stays whoever signs: what a trust file revokes.
fn content(file: &PackFile) -> Option<String> {
    let signed = SignedFile::read(&file.bytes).ok()?;
    Some(kycuong_engine::digest(signed.content))
}

fn signature(signature: &Signature) -> Value {
    let Signature { role, key, on, .. } = signature;
    let mut value = json!({ "role": role.code(), "key": key.to_string(), "on": on.to_string() });
    if let (Some(subject), Some(members)) = (signature.subject(), value.as_object_mut()) {
        members.insert("subject".to_owned(), subject.into());
    }
    value
}

/// Who signed, one line each.
fn signatures(file: &PackFile, language: Language) -> Vec<String> {
    let signed = match SignedFile::read(&file.bytes) {
        Ok(signed) => signed.signatures,
        Err(error) => {
            let unreadable = language.pick("không đọc được", "unreadable");
            return vec![format!("{unreadable}: {}", with_causes(&error))];
        }
    };
    let line = |one: &Signature| {
        let title = language.pick(one.role.title_vi(), one.role.code());
        let subject = one.subject().map(|subject| format!("  {subject}")).unwrap_or_default();
        format!("{}  {title}{subject}  {}", one.on, one.key)
    };
    let lines = signed.iter().map(line).collect::<Vec<_>>();
    if lines.is_empty() {
        return vec![language.pick("không có", "none").to_owned()];
    }
    lines
}

fn human(file: &PackFile, description: &PackDescription, language: Language) -> String {
    let label = |vi, en| language.pick(vi, en);
    let manifest = &description.manifest;
    let title = language.pick(&manifest.title.vi, &manifest.title.en);
    let provinces = manifest.jurisdiction.provinces.join(", ");
    let mut text = format!("{} {}: {title}\n", manifest.pack, manifest.version);
    let mut rows = vec![
        (label("tệp", "file"), file.path.display().to_string()),
        (label("địa bàn", "jurisdiction"), provinces),
        (label("mã băm", "digest"), description.digest.clone()),
        (label("nội dung được ký", "signed content"), content(file).unwrap_or_default()),
        (label("kích thước", "size"), format!("{} bytes", file.bytes.len())),
        (label("giao diện", "interface"), format!("{INTERFACE}@{}", description.interface_version)),
        (label("nhập từ máy chủ", "imports"), label("không", "none").to_owned()),
        (
            label("phiên bản mô hình, SDK", "model, SDK"),
            format!("{}, {}", manifest.model_version, manifest.sdk_version),
        ),
        (label("số quy tắc", "rules"), manifest.rules.len().to_string()),
        (label("số tình huống mẫu", "cases"), description.cases.count().to_string()),
    ];
    // Who says to have signed; whether that is so, and enough, `kycuong verify` finds out.
    let name = label("chữ ký (chưa kiểm tra)", "signatures (not verified)");
    let names = std::iter::once(name).chain(std::iter::repeat(""));
    rows.extend(names.zip(signatures(file, language)));
    let width = rows.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
    for (name, value) in rows {
        let _ = writeln!(text, "  {name:width$}  {value}");
    }
    text.push('\n');
    text.push_str(&rules(&manifest.rules, language));
    text
}

/// What admission counted, beside what it takes.
fn admission(counts: &[Count]) -> String {
    let what = counts.iter().map(|count| count.what.len()).max().unwrap_or(0);
    let found = counts.iter().map(|count| count.found.to_string().len()).max().unwrap_or(0);
    counts.iter().fold(String::new(), |mut text, count| {
        let _ =
            writeln!(text, "  {:what$}  {:>found$} of {}", count.what, count.found, count.limit);
        text
    })
}

/// The rules as a table: requirement, severity, dates, name, title.
fn rules(rules: &[RuleDescription], language: Language) -> String {
    let lines: Vec<[String; 5]> = rules
        .iter()
        .map(|rule| {
            let to = rule.effective.to.map(|day| day.to_string()).unwrap_or_default();
            [
                rule.requirement.clone().unwrap_or_default(),
                language.localize(&rule.severity),
                format!("{}..{to}", rule.effective.from),
                rule.name().to_owned(),
                language.pick(&rule.title.vi, &rule.title.en).to_owned(),
            ]
        })
        .collect();
    let mut widths = [0; 5];
    for line in &lines {
        for (width, cell) in widths.iter_mut().zip(line) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let mut text = String::new();
    for line in lines {
        let cells: Vec<String> =
            line.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}")).collect();
        let _ = writeln!(text, "  {}", cells.join("  ").trim_end());
    }
    text
}
