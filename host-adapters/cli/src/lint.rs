//! `kycuong lint`: problems of a set of packs; nothing is run.

use std::fmt::Write as _;

use kycuong_engine::facts::FactQuery;
use kycuong_engine::pack::PackDescription;
use kycuong_lint::{Background, Check, LegalRegister, LintPack, LintReport, lint};

use crate::args::{Language, LintArguments, TextFormat};
use crate::error::CommandError;
use crate::facts;
use crate::packs::{PackFile, of_set};
use crate::terminal::print;

/// The facts table of legal texts.
const REGISTER: &str = "legal_register";

/// Prints the problems; whether there are none.
pub fn run(arguments: &LintArguments) -> Result<bool, CommandError> {
    let mut packs = Vec::new();
    for path in of_set(&arguments.packs)? {
        let PackDescription { manifest, cases, .. } = PackFile::read(path)?.describe()?;
        packs.push(LintPack { manifest, cases });
    }
    let register = match (&arguments.facts, arguments.on) {
        (Some(folder), Some(on)) => Some((register(folder, arguments.lang)?, on)),
        _ => None,
    };
    let range = arguments.from.zip(arguments.until);
    let report = lint(&packs, &Background { register, range });
    let text = match arguments.format {
        TextFormat::Human => human(&report, arguments.lang),
        TextFormat::Json => json(&report),
    };
    print(&text).map_err(|source| CommandError::Output { source })?;
    Ok(report.findings.is_empty())
}

/// The legal register of a source of facts.
fn register(from: &str, language: Language) -> Result<LegalRegister, CommandError> {
    let query = FactQuery { table: REGISTER.to_owned(), column: None, keys: Vec::new() };
    let table = facts::open(from, language)?
        .fetch(&query)
        .map_err(|source| CommandError::Fetch { from: facts::display(from), source })?;
    let Some(table) = table else {
        return Err(CommandError::NoTable { from: facts::display(from), table: REGISTER });
    };
    LegalRegister::from_rows(&table.rows)
        .map_err(|source| CommandError::Register { from: facts::display(from), source })
}

fn json(report: &LintReport) -> String {
    // Nothing in a report can fail to be JSON: it holds texts and numbers only.
    let mut json = serde_json::to_string_pretty(report).unwrap_or_default();
    json.push('\n');
    json
}

fn human(report: &LintReport, language: Language) -> String {
    let mut text = String::new();
    for check in Check::ALL {
        let of_check = || report.findings.iter().filter(|finding| finding.check == check);
        if of_check().next().is_none() {
            continue;
        }
        let title = check.title();
        let _ = writeln!(text, "{} [{}]", language.pick(&title.vi, &title.en), check.code());
        for finding in of_check() {
            let _ = writeln!(text, "  {}", finding.rules.join(", "));
            let _ =
                writeln!(text, "    {}", language.pick(&finding.message.vi, &finding.message.en));
            let _ = writeln!(
                text,
                "    {}: {}",
                language.pick("cần làm", "to do"),
                language.pick(&finding.remedy.vi, &finding.remedy.en)
            );
        }
        text.push('\n');
    }
    for skipped in &report.not_checked {
        let title = skipped.check.title();
        let _ = writeln!(
            text,
            "{}: {} [{}]. {}",
            language.pick("chưa kiểm tra", "not checked"),
            language.pick(&title.vi, &title.en),
            skipped.check.code(),
            language.pick(&skipped.reason.vi, &skipped.reason.en)
        );
    }
    let (findings, rules, packs) = (report.findings.len(), report.rules, report.packs);
    let _ = match language {
        Language::Vi => {
            writeln!(text, "{findings} điểm cần xem; {rules} quy tắc, {packs} gói quy tắc")
        }
        Language::En => writeln!(text, "findings: {findings}; rules: {rules}; packs: {packs}"),
    };
    text
}
