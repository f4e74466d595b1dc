//! What `kycuong audit` and `kycuong verify` take.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use kycuong_engine::audit::Anchor;
use kycuong_model::date::Date;

use super::{Language, languages};

/// The log that `check --audit` writes to and `verify` reads, when none is named.
pub const DEFAULT_LOG: &str = "audit.db";

#[derive(Args, Debug)]
pub struct AuditArguments {
    #[command(subcommand)]
    pub command: AuditCommand,
}

#[derive(Debug, Subcommand)]
pub enum AuditCommand {
    /// Kiểm tra sổ còn nguyên vẹn không; có điểm không đúng thì nêu mục nào và kết thúc với mã 1 / Whether the log is whole;
    /// names the problem and the entry, exit code 1
    Verify(AuditVerifyArguments),
    /// In mục cuối của sổ, để ghi lại ở nơi khác và đối chiếu sau này bằng `audit verify --head` / Print the last entry, to
    /// be written down elsewhere
    Head(AuditHeadArguments),
}

#[derive(Args, Debug)]
pub struct AuditVerifyArguments {
    /// Tệp sổ kiểm tra / The log
    #[arg(value_name = "AUDIT.DB", default_value = DEFAULT_LOG)]
    pub log: PathBuf,
    /// Mục đã ghi lại trước đây (`kycuong audit head`), dùng được nhiều lần / A head that was written down, repeatable
    #[arg(long, value_name = "HEAD")]
    pub head: Vec<Anchor>,
    /// Thư mục giữ tệp gói quy tắc theo mã băm [mặc định: <AUDIT.DB>.packs] / Folder of pack files by digest
    #[arg(long, value_name = "DIR")]
    pub packs_by_digest: Option<PathBuf>,
    /// Ngôn ngữ / Language
    #[arg(long, value_parser = languages(), default_value = "vi")]
    pub lang: Language,
}

#[derive(Args, Debug)]
pub struct AuditHeadArguments {
    /// Tệp sổ kiểm tra / The log
    #[arg(value_name = "AUDIT.DB", default_value = DEFAULT_LOG)]
    pub log: PathBuf,
}

#[derive(Args, Debug)]
pub struct VerifyArguments {
    /// Báo cáo do `kycuong check --format json` ghi ra, danh sách báo cáo, riêng phần `receipt`, hoặc gói quy tắc .wasm / A
    /// report as `check --format json` wrote it, a list of them, a `receipt` alone, or a rule pack
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Gói quy tắc: tệp tin cậy / For a rule pack: the trust file
    #[arg(long, value_name = "FILE")]
    pub trust: Option<PathBuf>,
    /// Gói quy tắc: ngày nạp [mặc định: hôm nay] / For a rule pack: day of loading [default: today]
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub on: Option<Date>,
    /// Tệp sổ kiểm tra / The log
    #[arg(long, value_name = "AUDIT.DB", default_value = DEFAULT_LOG)]
    pub audit: PathBuf,
    /// Thư mục giữ tệp gói quy tắc theo mã băm [mặc định: <AUDIT.DB>.packs] / Folder of pack files by digest
    #[arg(long, value_name = "DIR")]
    pub packs_by_digest: Option<PathBuf>,
    /// Ngôn ngữ / Language
    #[arg(long, value_parser = languages(), default_value = "vi")]
    pub lang: Language,
}
