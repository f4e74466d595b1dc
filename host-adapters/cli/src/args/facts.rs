//! What `kycuong facts` takes.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use kycuong_engine::OnFactFailure;

use super::{Language, languages};

/// What becomes of a check when a source of facts fails.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum OnFactsFailure {
    /// Dừng với mã 3, không có kết luận / Stop with exit code 3
    Stop,
    /// Xét tiếp: quy tắc cần đến nguồn đó ghi là chưa xét được, báo cáo có cảnh báo / Go on, with a warning
    NotEvaluated,
}

impl From<OnFactsFailure> for OnFactFailure {
    fn from(choice: OnFactsFailure) -> Self {
        match choice {
            OnFactsFailure::Stop => Self::Stop,
            OnFactsFailure::NotEvaluated => Self::NotEvaluated,
        }
    }
}

#[derive(Args, Debug)]
pub struct FactsArguments {
    #[command(subcommand)]
    pub command: FactsCommand,
}

#[derive(Debug, Subcommand)]
pub enum FactsCommand {
    /// Kiểm tra mọi dòng rồi nhập vào SQLite hoặc PostgreSQL: hoặc tất cả, hoặc không gì / Check every row and import, all or
    /// nothing
    Import(ImportArguments),
    /// Ghi mười một tệp CSV mẫu chỉ có tên cột / Write empty CSV files with the columns' names
    Template(TemplateArguments),
    /// Ghi các bảng ra tệp CSV / Write the tables as CSV files
    Export(ExportArguments),
}

#[derive(Args, Debug)]
pub struct ImportArguments {
    /// Thư mục, tệp CSV, JSON, XLSX, tệp SQLite hoặc postgres://… / Folder, file, workbook or database
    #[arg(value_name = "FROM")]
    pub from: String,
    /// Nơi ghi: sqlite:facts.db, facts.db, postgres://người-dùng@máy/tên (mật khẩu: biến PGPASSWORD) / The database to write
    #[arg(long, value_name = "TARGET", required_unless_present = "dry_run")]
    pub into: Option<String>,
    /// Chỉ kiểm tra, không ghi gì / Check only, write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Ngôn ngữ / Language
    #[arg(long, value_parser = languages(), default_value = "vi")]
    pub lang: Language,
}

#[derive(Args, Debug)]
pub struct TemplateArguments {
    /// Thư mục ghi mẫu / The folder
    #[arg(value_name = "DIR")]
    pub dir: PathBuf,
}

#[derive(Args, Debug)]
pub struct ExportArguments {
    /// Tệp SQLite, postgres://…, hoặc tệp, thư mục / Database, file or folder
    #[arg(value_name = "FROM")]
    pub from: String,
    /// Thư mục ghi / The folder to write
    #[arg(long, value_name = "DIR")]
    pub into: PathBuf,
    /// Ngôn ngữ / Language
    #[arg(long, value_parser = languages(), default_value = "vi")]
    pub lang: Language,
}
