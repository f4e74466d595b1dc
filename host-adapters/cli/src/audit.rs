//! `kycuong audit`: whether the log of checks is whole, and its head.

use std::path::{Path, PathBuf};

use kycuong_audit::{EvidenceProblem, PackFiles, SqliteAuditLog};
use kycuong_engine::audit::ChainProblem;

use crate::args::{AuditCommand, AuditVerifyArguments, Language};
use crate::error::CommandError;
use crate::terminal::print;

/// Verifies a log, or prints its head; whether nothing is wrong.
pub fn run(command: &AuditCommand) -> Result<bool, CommandError> {
    match command {
        AuditCommand::Verify(arguments) => verify(arguments),
        AuditCommand::Head(arguments) => {
            let head = read(&arguments.log, None)?.head()?;
            let head = head.ok_or_else(|| CommandError::EmptyLog { log: arguments.log.clone() })?;
            print(&format!("{head}\n")).map_err(|source| CommandError::Output { source })?;
            Ok(true)
        }
    }
}

/// A log that is only read, with its pack files.
pub fn read(log: &Path, packs: Option<&PathBuf>) -> Result<SqliteAuditLog, CommandError> {
    let log = SqliteAuditLog::open_read_only(log)?;
    Ok(match packs {
        Some(packs) => log.with_packs(PackFiles::new(packs)),
        None => log,
    })
}

fn verify(arguments: &AuditVerifyArguments) -> Result<bool, CommandError> {
    let language = arguments.lang;
    let log = read(&arguments.log, arguments.packs_by_digest.as_ref())?;
    let found = log.verify(&arguments.head)?;
    let name = arguments.log.display();
    let mut text = match (&found.chain, &found.head) {
        (Some(problem), _) => format!("{name}: {}\n", of_chain(problem, language)),
        (None, None) => {
            format!("{name}: {}\n", language.pick("sổ chưa có mục nào", "the log is empty"))
        }
        (None, Some(head)) => {
            let (vi, en) = ("chuỗi nguyên vẹn, số mục", "the chain is whole, entries");
            let (last_vi, last_en) = ("mục cuối", "head");
            format!(
                "{name}: {}: {}\n{}: {head}\n",
                language.pick(vi, en),
                head.sequence,
                language.pick(last_vi, last_en)
            )
        }
    };
    if let Some(object) = &found.changed {
        text += &format!("{name}: {}\n", of_changed(object, language));
    }
    if !found.is_head_noted && found.head.is_some() {
        text += &format!(
            "{name}: {}\n",
            language.pick("không có tệp .head bên cạnh sổ, nên không đối chiếu được mục cuối; nếu trước đây có tệp này thì cần tìm lại",
                "there is no .head file beside the log to compare its end with; if there was one, find it again",
            )
        );
    }
    for problem in &found.evidence {
        text += &format!("{name}: {}\n", of_evidence(problem, language));
    }
    if found.is_sound() && arguments.head.is_empty() {
        text += language.pick("Riêng tệp sổ không cho biết phần cuối có bị cắt, hay cả sổ có bị thay bằng bản cũ không: hãy ghi mục cuối ở nơi khác và đối chiếu bằng --head.\n",
            "A log alone cannot tell that its end was cut off, or that all of it was replaced by an older copy: write the head down elsewhere and compare with --head.\n",
        );
    }
    print(&text).map_err(|source| CommandError::Output { source })?;
    Ok(found.is_sound())
}

/// A table or trigger that somebody changed, for people.
pub fn of_changed(object: &str, language: Language) -> String {
    let vi = format!("bảng của sổ đã bị thay đổi: `{object}` không còn như khi sổ được tạo");
    let en =
        format!("the tables of the log were changed: `{object}` is not as this program makes it");
    language.pick(&vi, &en).to_owned()
}

/// A problem of the chain, for people.
pub fn of_chain(problem: &ChainProblem, language: Language) -> String {
    let vi = match problem {
        ChainProblem::Edited { entry } => format!("mục {entry} đã bị sửa"),
        ChainProblem::Reordered { entry, found } => {
            format!("các mục đã bị đổi thứ tự: ở chỗ của mục {entry} là mục {found}")
        }
        ChainProblem::Removed { first, last } if first == last => {
            format!("mục {first} đã bị bỏ đi")
        }
        ChainProblem::Removed { first, last } => format!("các mục {first} đến {last} đã bị bỏ đi"),
        ChainProblem::Unlinked { entry } => {
            format!("mục {entry} không nối tiếp mục trước: một trong hai đã bị viết lại")
        }
        ChainProblem::Rewritten { entry, noted } => {
            format!(
                "mục {entry} không phải mục đã ghi lại ({noted}): nó hoặc một mục trước đó đã bị viết lại"
            )
        }
        ChainProblem::Truncated { last, noted } => {
            format!("sổ đã bị cắt: chỉ còn đến mục {last}, trước đây có ít nhất {noted} mục")
        }
        ChainProblem::NotFound { noted } => {
            format!("không mục nào có mã băm đã ghi lại ({noted}): sổ đã bị cắt hoặc bị viết lại")
        }
        other => other.to_string(),
    };
    language.pick(&vi, &problem.to_string()).to_owned()
}

fn of_evidence(problem: &EvidenceProblem, language: Language) -> String {
    let vi = match problem {
        EvidenceProblem::Missing { entry, what, digest } => {
            format!("không còn {} của mục {entry}: {digest}", called(what))
        }
        EvidenceProblem::Altered { entry, what, digest } => {
            format!("{} của mục {entry} đã bị thay đổi: {digest}", called(what))
        }
        other => other.to_string(),
    };
    language.pick(&vi, &problem.to_string()).to_owned()
}

/// What evidence is called in Vietnamese.
pub fn called(what: &str) -> String {
    match what {
        "submission" => "hồ sơ đã nộp".to_owned(),
        "facts" => "dữ liệu tham chiếu".to_owned(),
        "settings" => "thiết lập".to_owned(),
        "limits" => "hạn mức".to_owned(),
        pack => pack.replacen("rule pack", "gói quy tắc", 1),
    }
}
