//! `kycuong verify` of a report: it is made again from what its log keeps, and compared byte for byte.

use kycuong_audit::SqliteAuditLog;
use kycuong_engine::audit::{
    ChainProblem, CheckKind, Comparison, Entry, compare, compare_receipts, first_difference, replay,
};
use kycuong_engine::report::{Receipt, Report, ReportError};
use kycuong_engine::{Engine, ReplayError};
use kycuong_model::text::with_causes;
use serde_json::Value;

use crate::args::{Language, VerifyArguments};
use crate::audit;
use crate::code_cache::keep_code;

use crate::error::CommandError;
use crate::terminal::print;

/// What can be said of a receipt, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum VerifyResult {
    /// The log has it, and its check gives the same bytes.
    Holds,
    /// What it takes to make the check again is missing, or this host does not take it.
    Undetermined,
    /// It is not what was recorded, or not what the check gives.
    Refuted,
}

/// What was given to verify.
enum Given {
    Report(Box<Report>),
    /// The digests alone.
    Receipt(Box<Receipt>),
}

impl Given {
    fn receipt(&self) -> &Receipt {
        match self {
            Self::Report(report) => &report.receipt,
            Self::Receipt(receipt) => receipt,
        }
    }
}

/// Verifies everything in a file; the worst of it.
pub fn run(bytes: &[u8], arguments: &VerifyArguments) -> Result<VerifyResult, CommandError> {
    let language = arguments.lang;
    let name = arguments.file.display();
    let path = || arguments.file.clone();
    let (given, edited) = read(bytes)
        .map_err(|source| CommandError::StoredReport { path: path(), source })?
        .ok_or_else(|| CommandError::NotAReceipt { path: path() })?;
    let log = audit::read(&arguments.audit, arguments.packs_by_digest.as_ref())?;

    let mut worst = VerifyResult::Holds;
    let mut text = String::new();
    if let Some(line) = edited {
        worst = VerifyResult::Refuted;
        let (vi, en) = (
            format!("tệp không còn như lúc `kycuong check --format json` ghi ra: dòng {line}"),
            format!("the file is not as `kycuong check --format json` wrote it: line {line}"),
        );
        text += &format!("{name}: {}\n", language.pick(&vi, &en));
    }
    if let Some(object) = log.changed()? {
        text +=
            &format!("{}: {}\n", arguments.audit.display(), audit::of_changed(&object, language));
    }
    for given in &given {
        let (result, lines) = verify(given, &log, language)?;
        worst = worst.max(result);
        for line in lines {
            text += &format!("{name}: {line}\n");
        }
    }
    print(&text).map_err(|source| CommandError::Output { source })?;
    Ok(worst)
}

/// What a file holds, and the first line that is not as the engine writes it.
type Contents = (Vec<Given>, Option<usize>);

/// Reads a file; `None` for what is neither a report nor a receipt.
fn read(bytes: &[u8]) -> Result<Option<Contents>, ReportError> {
    let Ok(value) = serde_json::from_slice::<Value>(bytes) else { return Ok(None) };
    let line = |written: String| {
        let text = String::from_utf8_lossy(bytes);
        first_difference(&text, &written).map(|difference| difference.line)
    };
    // A report of another version of the format is told apart from what is no report at all.
    let report = |one: &Value| match Report::from_json(one.to_string().as_bytes()) {
        Err(ReportError::NotAReport { .. }) => Ok(None),
        read => read.map(Some),
    };
    if let Some(list) = value.as_array() {
        let Some(reports) = list.iter().map(report).collect::<Result<Option<Vec<_>>, _>>()? else {
            return Ok(None);
        };
        let written = serde_json::to_string_pretty(&reports);
        let edited = line(written.map_err(|source| ReportError::Write { source })? + "\n");
        let given = reports.into_iter().map(|report| Given::Report(Box::new(report)));
        let given = given.collect::<Vec<_>>();
        return Ok((!given.is_empty()).then_some((given, edited)));
    }
    if value.get("receipt").is_some() {
        let Some(report) = report(&value)? else { return Ok(None) };
        let edited = line(report.to_json()?);
        return Ok(Some((vec![Given::Report(Box::new(report))], edited)));
    }
    // Digests are digests, however they are laid out.
    let receipt = serde_json::from_value(value).ok();
    Ok(receipt.map(|receipt| (vec![Given::Receipt(Box::new(receipt))], None)))
}

fn verify(
    given: &Given,
    log: &SqliteAuditLog,
    language: Language,
) -> Result<(VerifyResult, Vec<String>), CommandError> {
    let say = |vi: &str, en: &str| language.pick(vi, en).to_owned();
    let receipt = given.receipt();
    let (found, problem) = find(receipt, log)?;
    let mut lines = Vec::new();
    let mut result = VerifyResult::Holds;
    match &found.entry {
        Some(entry) if entry.record.kind == CheckKind::Shadow => {
            result = VerifyResult::Refuted;
            lines.push(say(
                &format!(
                    "mục {} của sổ là lượt chạy thử (shadow), không có giá trị kết luận",
                    entry.sequence
                ),
                &format!(
                    "entry {} of the log is a shadow's, which counts for nothing",
                    entry.sequence
                ),
            ));
        }
        Some(entry) => {
            let (number, when, on) = (entry.sequence, &entry.recorded_at, entry.record.on);
            lines.push(say(
                &format!("mục {number} của sổ, ghi lúc {when}, ngày xét {on}"),
                &format!("entry {number} of the log, recorded at {when}, judged as of {on}"),
            ));
        }
        None => {
            result = VerifyResult::Refuted;
            let others = if found.others.is_empty() {
                String::new()
            } else {
                let numbers = found.others.iter().map(u64::to_string).collect::<Vec<_>>();
                let numbers = numbers.join(", ");
                let (vi, en) = (
                    format!("; hồ sơ này có ở mục {numbers}"),
                    format!("; this submission is in the entries {numbers}"),
                );
                say(&vi, &en)
            };
            lines.push(
                say("sổ không có báo cáo này", "the log does not have this report") + &others,
            );
        }
    }
    if let Some(problem) = problem {
        lines.push(audit::of_chain(&problem, language));
    }

    // What the log says of the check, when it has it: the file is what is in doubt.
    let recorded = found
        .entry
        .as_ref()
        .and_then(|entry| Some((entry.record.receipt()?.clone(), entry.record.on)));
    let day = match given {
        Given::Report(report) => Some(report.on),
        Given::Receipt(_) => None,
    };
    let Some((receipt, on)) = recorded.or(day.map(|on| (receipt.clone(), on))) else {
        return Ok((result, lines));
    };
    match replay(keep_code(Engine::builder()), &receipt, on, log) {
        Ok(again) => {
            let comparison = match given {
                Given::Report(report) => compare(report, &again),
                Given::Receipt(receipt) => compare_receipts(receipt, &again),
            }
            .map_err(|source| CommandError::Report { source })?;
            result = result.max(compared(&comparison, language, &mut lines));
        }
        Err(error) => {
            let altered = matches!(error, ReplayError::Altered { .. });
            result = result.max(if altered {
                VerifyResult::Refuted
            } else {
                VerifyResult::Undetermined
            });
            lines.push(why_not(&error, language));
        }
    }
    Ok((result, lines))
}

/// What the log has of a receipt.
#[derive(Default)]
struct Found {
    /// The entry of that very report, rather one that counts.
    entry: Option<Entry>,
    /// Other entries of the same submission.
    others: Vec<u64>,
}

fn find(
    receipt: &Receipt,
    log: &SqliteAuditLog,
) -> Result<(Found, Option<ChainProblem>), CommandError> {
    let mut found = Found::default();
    let walk = log.walk(&[], |entry| {
        let Some(recorded) = entry.record.receipt() else { return };
        let same = receipt.report.is_some() && recorded.report == receipt.report;
        let known = found.entry.as_ref().map(|known| known.record.kind);
        if same && known != Some(CheckKind::InForce) {
            found.entry = Some(entry.clone());
        } else if !same && recorded.submission == receipt.submission {
            found.others.push(entry.sequence);
        }
    })?;
    Ok((found, walk.problem))
}

fn compared(comparison: &Comparison, language: Language, lines: &mut Vec<String>) -> VerifyResult {
    let say = |vi: String, en: String| language.pick(&vi, &en).to_owned();
    for version in &comparison.versions {
        let (what, then, now) = (version.what, &version.recorded, &version.again);
        lines.push(say(
            format!("lập bằng phiên bản {what} {then}; chương trình này là {what} {now}"),
            format!("made with {what} {then}; this program has {what} {now}"),
        ));
    }
    match &comparison.difference {
        None if comparison.versions.is_empty() => {
            lines.push(say(
                "xét lại cho kết quả đúng từng byte".to_owned(),
                "checking again gives the same bytes".to_owned(),
            ));
            VerifyResult::Holds
        }
        None => {
            lines.push(say(
                "xét lại cho kết quả đúng từng byte, trừ phiên bản đã nêu".to_owned(),
                "checking again gives the same bytes, except for the versions named".to_owned(),
            ));
            VerifyResult::Holds
        }
        Some(difference) => {
            let (line, then, now) = (difference.line, &difference.recorded, &difference.again);
            let (because_vi, because_en) = if comparison.versions.is_empty() {
                ("", "")
            } else {
                (
                    " (phiên bản khác nhau có thể là nguyên nhân)",
                    " (the other version may be the reason)",
                )
            };
            lines.push(say(
                format!("dòng {line} khác: tệp ghi `{then}`, xét lại ra `{now}`{because_vi}"),
                format!("line {line} differs: the file has `{then}`, checking again gives `{now}`{because_en}"),
            ));
            VerifyResult::Refuted
        }
    }
}

fn why_not(error: &ReplayError, language: Language) -> String {
    let vi = match error {
        ReplayError::Missing { what, digest } => {
            format!("không xét lại được: không còn {} ({digest})", audit::called(what))
        }
        ReplayError::MissingPack { pack, version, digest } => {
            format!("không xét lại được: không còn tệp gói quy tắc `{pack}` {version} ({digest})")
        }
        ReplayError::Altered { what, digest, found } => {
            format!(
                "{} lưu dưới mã {digest} đã bị thay đổi, mã hiện nay là {found}",
                audit::called(what)
            )
        }
        other => format!("không xét lại được: {}", with_causes(other)),
    };
    language.pick(&vi, &with_causes(error)).to_owned()
}
