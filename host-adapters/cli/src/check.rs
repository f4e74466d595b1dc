//! `kycuong check`: submissions in, reports out, and an exit code that says the worst of them.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use kycuong_audit::SqliteAuditLog;
use kycuong_engine::{AuditedEngine, Check, Checker, Engine, Limits, Submission, Verdict};
use kycuong_files::{Folder, read_bounded, read_stream_bounded};
use kycuong_model::date::Date;
use kycuong_render::{Checked, drafts, drafts_json, human, json, junit, sarif};

use crate::args::{CheckArguments, Format};
use crate::clock::today;
use crate::code_cache::keep_code;
use crate::error::CommandError;
use crate::facts;
use crate::output::refuse_inputs;
use crate::packs;
use crate::terminal::{colours, print, say, say_ignored};
use crate::trust::trust_store;

/// Checks everything that was named; the worst verdict.
pub fn run(arguments: &CheckArguments) -> Result<Verdict, CommandError> {
    let (submissions, list) = submissions(&arguments.inputs)?;
    let packs = packs::find(&arguments.packs)?;
    // Opened first: compiling packs for a log that cannot be written would be in vain.
    let log = arguments.audit.as_ref().map(SqliteAuditLog::open).transpose()?;
    if let Some(output) = &arguments.output {
        refuse_inputs(output, read_besides(arguments, &submissions, &packs).iter().map(|p| &**p))?;
    }
    let engine = engine(arguments, packs)?;
    let host: Arc<dyn Checker> = match log {
        Some(log) => Arc::new(AuditedEngine::new(engine, Arc::new(log))),
        None => Arc::new(engine),
    };
    let mut results = Vec::with_capacity(submissions.len());
    for Input { name, bytes } in submissions {
        let submission = host.read(bytes);
        let on = match arguments.on.or_else(|| submission.submitted_on()) {
            Some(on) => on,
            None => today_instead(&name),
        };
        let check = host.check(&submission, on);
        let check = check.map_err(|source| CommandError::Check { name: name.clone(), source })?;
        results.push(Answered { name, submission, check });
    }

    let text = if arguments.draft {
        rendered_drafts(&results, list, arguments)?
    } else {
        rendered(&results, list, arguments)
    };
    match &arguments.output {
        Some(path) => fs::write(path, text).map_err(CommandError::file("write", path))?,
        None => print(&text).map_err(|source| CommandError::Output { source })?,
    }
    if arguments.draft {
        return Ok(Verdict::Accept); // nothing was submitted, so nothing is returned
    }
    // Verdicts are ordered from the worst.
    Ok(results
        .iter()
        .map(|answered| answered.check.report().verdict)
        .min()
        .unwrap_or(Verdict::Accept))
}

/// A file as it was named, with its bytes.
struct Input {
    name: String,
    bytes: Vec<u8>,
}

/// A submission with what its check came to.
struct Answered {
    name: String,
    submission: Submission,
    check: Check,
}

/// All results as one text.
fn rendered(results: &[Answered], list: bool, arguments: &CheckArguments) -> String {
    let checked: Vec<Checked<'_>> = results
        .iter()
        .map(|Answered { name, submission, check }| {
            Checked::of(name, check.report()).with_submission(submission)
        })
        .collect();
    match arguments.format {
        Format::Human => human(&checked, arguments.lang, arguments.output.is_none() && colours()),
        Format::Json => {
            let reports: Vec<&str> = results.iter().map(|answered| answered.check.json()).collect();
            json(&reports, list)
        }
        Format::Sarif => sarif(&checked, arguments.lang),
        Format::Junit => junit(&checked, arguments.lang, arguments.deny_warnings),
    }
}

/// All results as those of drafts.
fn rendered_drafts(
    results: &[Answered],
    list: bool,
    arguments: &CheckArguments,
) -> Result<String, CommandError> {
    let draft = |answered: &Answered| answered.check.report().draft(&answered.submission);
    match arguments.format {
        Format::Human => {
            let named: Vec<_> =
                results.iter().map(|answered| (answered.name.as_str(), draft(answered))).collect();
            Ok(drafts(&named, arguments.lang))
        }
        Format::Json => {
            let drafts: Vec<_> = results.iter().map(draft).collect();
            drafts_json(&drafts, list).map_err(|source| CommandError::Report { source })
        }
        Format::Sarif | Format::Junit => Err(CommandError::DraftFormat),
    }
}

/// The files that a check reads, and those that an audit log keeps.
fn read_besides(
    arguments: &CheckArguments,
    submissions: &[Input],
    packs: &[PathBuf],
) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> =
        submissions.iter().map(|submission| PathBuf::from(&submission.name)).collect();
    files.extend(packs.iter().cloned());
    files.extend([&arguments.trust, &arguments.deployment].into_iter().flatten().cloned());
    files.extend(arguments.facts.iter().map(|source| facts::path_of(source)));
    files.extend(arguments.audit.iter().flat_map(SqliteAuditLog::files));
    files
}

/// Everything to check, in the order given, and whether it is a list.
fn submissions(inputs: &[PathBuf]) -> Result<(Vec<Input>, bool), CommandError> {
    let mut found = Vec::new();
    let mut list = false;
    for input in inputs {
        if input.as_os_str() == "-" {
            let bytes = read_stream_bounded(io::stdin().lock(), submission_bytes_max())
                .map_err(CommandError::file("read", input))?;
            found.push(Input { name: "-".to_owned(), bytes });
        } else if input.is_dir() {
            list = true;
            let inside = Folder::list(input, "json").map_err(CommandError::file("read", input))?;
            let before = found.len();
            for file in inside.files.iter().filter(|file| !is_report(file)) {
                found.push(read(file)?);
            }
            if found.len() == before {
                return Err(CommandError::EmptyFolder { folder: input.clone() });
            }
            say_ignored(input, &inside.ignored, "*.json");
        } else if inputs.len() == 1 || !is_report(input) {
            // Of several, reports came along with a shell's `*.json`.
            found.push(read(input)?);
        }
    }
    if found.is_empty() {
        return Err(CommandError::OnlyReports);
    }
    let list = list || found.len() > 1;
    Ok((found, list))
}

/// Most bytes of a submission that are read. What is too large for the host is said in a report, with the
/// digest of the whole; what is a multiple of that is no submission.
fn submission_bytes_max() -> u64 {
    4 * Limits::default().submission_bytes_max as u64
}

/// Whether a file is a report that lies beside its submission.
fn is_report(file: &Path) -> bool {
    file.file_name()
        .is_some_and(|name| name.to_string_lossy().to_ascii_lowercase().ends_with(".report.json"))
}

fn read(file: &Path) -> Result<Input, CommandError> {
    let bytes = read_bounded(file, submission_bytes_max());
    let bytes = bytes.map_err(CommandError::file("read", file))?;
    // The same name on every system, since it is part of the output.
    let name = file.display().to_string().replace(std::path::MAIN_SEPARATOR, "/");
    Ok(Input { name, bytes })
}

/// Today, for a submission that cannot say when it was submitted; said aloud, because tomorrow the
/// report may differ.
fn today_instead(name: &str) -> Date {
    let today = today();
    say(&format!(
        "kycuong: `{name}` không có thời điểm nộp đọc được (submitted_at), nên được xét theo hôm nay, {today}; chọn ngày khác bằng --on \
         (it has no readable `submitted_at`, so it is judged as of today; choose a day with --on)"
    ));
    today
}

/// Whether the shell is one in which packs are written.
fn is_development() -> bool {
    std::env::var_os("KYCUONG_ALLOW_UNSIGNED").is_some_and(|value| value == "1")
}

fn engine(arguments: &CheckArguments, packs: Vec<PathBuf>) -> Result<Engine, CommandError> {
    let threads = arguments.threads;
    // The pool reserves address space for each instance; a command line needs no more than its threads.
    let limits = Limits { instances_max: u32::from(threads), ..Limits::default() };
    let mut builder = Engine::builder()
        .limits(limits)
        .threads(usize::from(threads))
        .deadline_ms(arguments.deadline_ms);
    builder = match &arguments.trust {
        None if arguments.allow_unsigned || is_development() => builder.allow_unsigned(),
        None => return Err(CommandError::NobodyTrusted),
        Some(file) => {
            let rollbacks = arguments.allow_rollback.iter();
            let store = trust_store(file, today())?;
            builder.trust(Arc::new(rollbacks.fold(store, |store, allowed| {
                store.allow_rollback(&allowed.pack, &allowed.version, &allowed.reason)
            })))
        }
    };
    for path in packs {
        builder = builder.pack_file(path);
    }
    if arguments.self_test {
        builder = builder.self_test();
    }
    if let Some(file) = &arguments.deployment {
        builder = builder.deployment_file(file);
    }
    for switch in &arguments.advisory {
        builder = builder.advisory(&switch.pack, &switch.reason);
    }
    for lowering in &arguments.lower {
        builder = builder.lower_severity(&lowering.rule, lowering.severity, &lowering.reason);
    }
    for setting in &arguments.set {
        builder = builder.parameter(&setting.rule, &setting.name, &setting.value);
    }
    let on_failure = arguments.on_facts_failure.into();
    builder = builder.on_fact_failure(on_failure);
    for source in &arguments.facts {
        builder = builder.facts(facts::open_for(source, on_failure, arguments.lang)?);
    }
    Ok(keep_code(builder).build()?)
}
