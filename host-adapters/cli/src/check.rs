//! `kycuong check`: submissions in, reports out, and an exit code that says the worst of them.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use kycuong_audit::SqliteAuditLog;
use kycuong_engine::report::{ReportError, json_text};
use kycuong_engine::{AuditedEngine, Check, Checker, Engine, Limits, Submission, Verdict};
use kycuong_files::{Folder, read_bounded, read_stream_bounded};
use kycuong_model::date::Date;
use kycuong_render::{Checked, Human, JsonList, Junit, Language, Sarif};

use crate::args::{CheckArguments, Format};
use crate::clock::today;
use crate::code_cache::keep_code;
use crate::error::CommandError;
use crate::facts;
use crate::output::{Output, is_standard, refuse_inputs};
use crate::packs;
use crate::terminal::{colours, say, say_ignored};
use crate::trust::trust_store;

/// What becomes of a command that checks.
pub struct Checks {
    /// The worst verdict of those that were checked.
    pub verdict: Verdict,
    /// Whether one of several could not be read or checked, which was said.
    pub failed: bool,
}

/// Checks everything that was named, and writes each result as it is made.
pub fn run(arguments: &CheckArguments) -> Result<Checks, CommandError> {
    let (inputs, list) = inputs(&arguments.inputs)?;
    let mut rendering = Rendering::new(arguments, list)?;
    let packs = packs::find(&arguments.packs)?;
    // Opened first: compiling packs for a log that cannot be written would be in vain.
    let log = arguments.audit.as_ref().map(SqliteAuditLog::open).transpose()?;
    let output = arguments.output.as_deref();
    if let Some(output) = output {
        refuse_inputs(output, read_besides(arguments, &inputs, &packs).iter().map(|p| &**p))?;
    }
    let mut output = Output::open(output)?;
    let engine = engine(arguments, packs)?;
    let host: Arc<dyn Checker> = match log {
        Some(log) => Arc::new(AuditedEngine::new(engine, Arc::new(log))),
        None => Arc::new(engine),
    };
    // Verdicts are ordered from the worst.
    let mut checks = Checks { verdict: Verdict::Accept, failed: false };
    let mut is_written = false;
    for input in inputs {
        let answered = match input.check(&*host, arguments.on) {
            Ok(answered) => answered,
            Err(error) if list => {
                // Said at once, while one can still see where it belongs.
                say(&format!("kycuong: {}", error.line()));
                checks.failed = true;
                continue;
            }
            Err(error) => return Err(error),
        };
        output.write(&rendering.add(&answered)?)?;
        is_written = true;
        if !arguments.draft {
            // Of a draft, nothing was submitted, so nothing is returned.
            checks.verdict = checks.verdict.min(answered.check.report().verdict);
        }
    }
    // When nothing was checked there is nothing to write over what is there.
    if is_written {
        output.write(&rendering.end())?;
        output.finish()?;
    }
    Ok(checks)
}

/// A submission with what its check came to.
struct Answered {
    name: String,
    submission: Submission,
    check: Check,
}

/// The results in the format that was asked for, one after the other.
enum Rendering {
    Human(Human),
    Json,
    JsonList(JsonList),
    Sarif(Sarif),
    Junit(Junit),
    Draft(Language),
    DraftJson,
    DraftJsonList(JsonList),
}

impl Rendering {
    fn new(arguments: &CheckArguments, list: bool) -> Result<Self, CommandError> {
        let language = arguments.lang;
        let output = arguments.output.as_deref();
        let is_shown = output.is_none_or(is_standard) && colours();
        Ok(match (arguments.format, arguments.draft) {
            (Format::Human, false) => Self::Human(Human::new(language, is_shown)),
            (Format::Json, false) if list => Self::JsonList(JsonList::of("report")),
            (Format::Json, false) => Self::Json,
            (Format::Sarif, false) => Self::Sarif(Sarif::new(language)),
            (Format::Junit, false) => Self::Junit(Junit::new(language, arguments.deny_warnings)),
            (Format::Human, true) => Self::Draft(language),
            (Format::Json, true) if list => Self::DraftJsonList(JsonList::of("draft")),
            (Format::Json, true) => Self::DraftJson,
            (Format::Sarif | Format::Junit, true) => return Err(CommandError::DraftFormat),
        })
    }

    fn add(
        &mut self,
        Answered { name, submission, check }: &Answered,
    ) -> Result<String, CommandError> {
        let report = check.report();
        let checked = || Checked::of(name, report).with_submission(submission);
        let draft = || report.draft(submission);
        let draft_json = || {
            let text = json_text(&draft()).map(|text| text + "\n");
            text.map_err(|source| CommandError::Report { source: ReportError::Write { source } })
        };
        Ok(match self {
            Self::Human(human) => human.add(&checked()),
            Self::Json => check.json().to_owned(),
            Self::JsonList(list) => list.add(name, check.json()),
            Self::Sarif(sarif) => sarif.add(&checked()),
            Self::Junit(junit) => junit.add(&checked()),
            Self::Draft(language) => kycuong_render::draft(name, &draft(), *language),
            Self::DraftJson => draft_json()?,
            Self::DraftJsonList(list) => list.add(name, &draft_json()?),
        })
    }

    fn end(self) -> String {
        match self {
            Self::Human(human) => human.end(),
            Self::Sarif(sarif) => sarif.end(),
            Self::Junit(junit) => junit.end(),
            Self::JsonList(list) | Self::DraftJsonList(list) => list.end(),
            Self::Json | Self::Draft(_) | Self::DraftJson => String::new(),
        }
    }
}

/// The files that a check reads, and those that an audit log keeps.
fn read_besides(arguments: &CheckArguments, inputs: &[Input], packs: &[PathBuf]) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = inputs
        .iter()
        .filter_map(|input| match input {
            Input::Standard => None,
            Input::File(path) => Some(path.clone()),
        })
        .collect();
    files.extend(packs.iter().cloned());
    files.extend([&arguments.trust, &arguments.deployment].into_iter().flatten().cloned());
    files.extend(arguments.facts.iter().map(|source| facts::path_of(source)));
    files.extend(arguments.audit.iter().flat_map(SqliteAuditLog::files));
    files
}

/// What is to be checked; it is read when its turn comes.
enum Input {
    Standard,
    File(PathBuf),
}

impl Input {
    /// Reads and checks it.
    fn check(&self, host: &dyn Checker, on: Option<Date>) -> Result<Answered, CommandError> {
        let (name, bytes) = match self {
            Self::Standard => {
                let bytes = read_stream_bounded(io::stdin().lock(), submission_bytes_max());
                ("-".to_owned(), bytes.map_err(CommandError::file("read", Path::new("-")))?)
            }
            Self::File(path) => {
                let bytes = read_bounded(path, submission_bytes_max());
                // The same name on every system, since it is part of the output.
                let name = path.display().to_string().replace(std::path::MAIN_SEPARATOR, "/");
                (name, bytes.map_err(CommandError::file("read", path))?)
            }
        };
        let submission = host.read(bytes);
        let on = match (on, submission.submitted_on()) {
            (Some(on), _) => on,
            (None, Some(day)) => {
                say_if_far(&name, day);
                day
            }
            (None, None) => today_instead(&name),
        };
        let check = host.check(&submission, on);
        let check = check.map_err(|source| CommandError::Check { name: name.clone(), source })?;
        Ok(Answered { name, submission, check })
    }
}

/// Everything to check, in the order given, and whether it is a list.
fn inputs(named: &[PathBuf]) -> Result<(Vec<Input>, bool), CommandError> {
    let mut found = Vec::new();
    let mut list = false;
    for input in named {
        if is_standard(input) {
            found.push(Input::Standard);
        } else if input.is_dir() {
            list = true;
            let inside = Folder::list(input, "json").map_err(CommandError::file("read", input))?;
            let before = found.len();
            let submissions = inside.files.into_iter().filter(|file| !is_report(file));
            found.extend(submissions.map(Input::File));
            if found.len() == before {
                return Err(CommandError::EmptyFolder { folder: input.clone() });
            }
            say_ignored(input, &inside.ignored, "*.json");
        } else if named.len() == 1 || !is_report(input) {
            // Of several, reports came along with a shell's `*.json`.
            found.push(Input::File(input.clone()));
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

/// Most days ago that a submission may say it was submitted without a word about it: a quarter of a year.
const DAYS_AGO_MAX: i32 = 92;

/// Says that a submission is judged by the law of another time, which it chose by its own word: a host that
/// receives submissions knows the day and gives it.
fn say_if_far(name: &str, day: Date) {
    let days = today().days_since(day);
    let (vi, en) = match days {
        ..0 => ("sau hôm nay", "days after today"),
        0..=DAYS_AGO_MAX => return,
        _ => ("trước hôm nay", "days before today"),
    };
    let days = days.unsigned_abs();
    say(&format!(
        "kycuong: `{name}` tự ghi nộp ngày {day} (submitted_at), {days} ngày {vi}, và được xét theo quy định của ngày đó; chọn ngày khác bằng --on \
         (it says that it was submitted on {day}, {days} {en}, and is judged by the law of that day; choose a day with --on)"
    ));
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
