//! `kycuong facts`, and the facts of a check: reference data from files and databases.

use std::env;
use std::path::PathBuf;
use std::sync::Arc;

use kycuong_engine::{FactSource, OnFactFailure};
use kycuong_facts::{Address, FactSet, FactsError, Place, Problem, import, write_templates};

use crate::args::{ExportArguments, FactsCommand, ImportArguments, Language};
use crate::error::CommandError;
use crate::terminal::{print, say};

/// The password of a PostgreSQL database whose address has none: what PostgreSQL's own programs read.
const PASSWORD_VARIABLE: &str = "PGPASSWORD";

/// Imports, exports, or writes templates.
pub fn run(command: &FactsCommand) -> Result<(), CommandError> {
    match command {
        FactsCommand::Import(arguments) => run_import(arguments),
        FactsCommand::Template(arguments) => {
            listed(write_templates(&arguments.dir).map_err(CommandError::from)?)
        }
        FactsCommand::Export(arguments) => run_export(arguments),
    }
}

/// Opens a source for checks.
pub fn open(text: &str, language: Language) -> Result<Arc<dyn FactSource>, CommandError> {
    let address = address(text)?;
    match address.open_telling() {
        Ok((source, ignored)) => {
            ignored.iter().for_each(|place| tell_ignored(place, language));
            Ok(source)
        }
        Err(error) => Err(report_problems(error, &address, language)),
    }
}

/// Opens a source for checks that go on without it, when the operator wants that: what is wrong is said now,
/// and it is tried again when a check asks.
pub fn open_for(
    text: &str,
    on_failure: OnFactFailure,
    language: Language,
) -> Result<Arc<dyn FactSource>, CommandError> {
    match open(text, language) {
        Err(error) if on_failure == OnFactFailure::NotEvaluated => {
            let address = address(text)?;
            let line = error.line();
            say(&format!(
                "kycuong: {} ({line})",
                language.pick(
                    "kiểm tra không có nguồn dữ liệu này; quy tắc cần đến nó ghi là chưa xét được",
                    "checking without this source; the rules that need it are not evaluated"
                )
            ));
            Ok(address.open_when_asked())
        }
        opened => opened,
    }
}

/// The file or folder that a source is; nothing for a database elsewhere.
pub fn path_of(text: &str) -> PathBuf {
    match Address::parse(text) {
        Ok(Address::Files(path) | Address::Sqlite(path)) => path,
        _ => PathBuf::new(),
    }
}

/// A source as messages write it: without a password.
pub fn display(text: &str) -> String {
    Address::parse(text).map_or_else(|_| "postgres://…".to_owned(), |address| address.to_string())
}

fn run_import(arguments: &ImportArguments) -> Result<(), CommandError> {
    let language = arguments.lang;
    let from = address(&arguments.from)?;
    let target = arguments.into.as_deref().map(address).transpose()?;
    let set = from.read().map_err(|error| report_problems(error, &from, language))?;
    set.ignored().iter().for_each(|place| tell_ignored(place, language));
    let mut lines = String::new();
    match target.filter(|_| !arguments.dry_run) {
        None => {
            for (table, rows) in set.tables() {
                lines += &line(table.name, rows.len(), None, language);
            }
            lines += language.pick(
                "Không có gì phải sửa; chưa ghi gì.\n",
                "Nothing to fix; nothing was written.\n",
            );
        }
        Some(target) => {
            for table in import(&set, &target)? {
                lines += &line(table.table, table.rows, Some(table.before), language);
            }
            let vi = format!("Đã ghi vào {target}.\n");
            lines += language.pick(&vi, &format!("Written to {target}.\n"));
        }
    }
    print(&lines).map_err(|source| CommandError::Output { source })
}

/// A table, its rows, and what an import replaced.
fn line(table: &str, rows: usize, before: Option<Option<usize>>, language: Language) -> String {
    let (vi, en) = match before {
        None => (String::new(), String::new()),
        Some(None) => (" (bảng mới)".to_owned(), " (a new table)".to_owned()),
        Some(Some(before)) => (format!(" (trước đây {before})"), format!(" (before: {before})")),
    };
    let (empty_vi, empty_en) = match rows {
        0 => (
            "; bảng trống: quy tắc hiểu là không có gì",
            "; an empty table: rules take it that there are none",
        ),
        _ => ("", ""),
    };
    let vi = format!("{table}: {rows} dòng{vi}{empty_vi}\n");
    let en = format!("{table}: {rows} rows{en}{empty_en}\n");
    language.pick(&vi, &en).to_owned()
}

fn run_export(arguments: &ExportArguments) -> Result<(), CommandError> {
    let from = address(&arguments.from)?;
    let set: FactSet =
        from.read().map_err(|error| report_problems(error, &from, arguments.lang))?;
    listed(set.export(&arguments.into)?)
}

fn listed(paths: Vec<PathBuf>) -> Result<(), CommandError> {
    let lines: String = paths.iter().map(|path| format!("{}\n", path.display())).collect();
    print(&lines).map_err(|source| CommandError::Output { source })
}

fn address(text: &str) -> Result<Address, CommandError> {
    let address = Address::parse(text)?;
    Ok(match env::var(PASSWORD_VARIABLE) {
        Ok(password) if !password.is_empty() => address.with_password(&password),
        _ => address,
    })
}

/// Tells all that is wrong; what is left to say in one line.
fn report_problems(error: FactsError, from: &Address, language: Language) -> CommandError {
    match error {
        FactsError::Problems { problems, count, .. } => {
            problems.iter().for_each(|problem| tell(problem, language));
            if let Some(more) = count.checked_sub(problems.len()).filter(|more| *more > 0) {
                let (vi, en) = (format!("… và {more} chỗ khác"), format!("… and {more} more"));
                say(language.pick(&vi, &en));
            }
            CommandError::WrongFacts { from: from.to_string(), count }
        }
        source => CommandError::Facts { from: from.to_string(), source },
    }
}

fn tell_ignored(place: &Place, language: Language) {
    let text = place.text();
    let (vi, en) = (format!("bỏ qua {}", text.vi), format!("left alone: {}", text.en));
    say(&format!("kycuong: {}", language.pick(&vi, &en)));
}

fn tell(problem: &Problem, language: Language) {
    let (place, message, remedy) = (problem.place_text(), problem.message(), problem.remedy());
    let vi = format!("{}: {} {}", place.vi, message.vi, remedy.vi);
    let en = format!("{}: {}: {}", place.en, message.en, remedy.en);
    say(language.pick(&vi, &en));
}
