//! What can be written on the command line, with its help: Vietnamese first, English after.

mod audit;
mod facts;
mod settings;
mod signing;

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use kycuong_engine::limits::HOST_DEADLINE_MS;
use kycuong_model::date::Date;
pub use kycuong_render::Language;

pub use audit::{AuditArguments, AuditCommand, AuditVerifyArguments, VerifyArguments};
pub use facts::{ExportArguments, FactsArguments, FactsCommand, ImportArguments, OnFactsFailure};
pub use settings::{Lowering, Rollback, Setting, Switch};
pub use signing::{KeyArguments, KeyCommand, RoleName, SignArguments};

/// Kỷ cương: kiểm tra hồ sơ công nghệ thông tin, chuyển đổi số bằng các gói quy tắc.
///
/// Checks dossiers of IT tasks and projects against rule packs.
///
/// Mã kết thúc / exit codes: 0 tiếp nhận (kể cả có cảnh báo) / accept, also with warnings · 1 trả hồ sơ / return ·
/// 2 chưa xác định / undetermined · 3 lệnh hoặc môi trường chưa đúng / usage or operator error.
#[derive(Debug, Parser)]
#[command(name = "kycuong", version, max_term_width = 110)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Kiểm tra hồ sơ, in kết luận và mọi điểm phát hiện / Check submissions
    Check(CheckArguments),
    /// Báo cáo: xét lại từ những gì sổ đã giữ, so từng byte (mã 1: khác, 2: thiếu); gói quy tắc: kiểm tra chữ ký / A report:
    /// make it again from what the log keeps, and compare (exit code 1: differs, 2: cannot be told); a pack: its signatures
    Verify(VerifyArguments),
    /// Sổ kiểm tra: còn nguyên vẹn không, mục cuối là gì / The log of checks: whether it is whole, its head
    Audit(AuditArguments),
    /// Xem một tệp gói quy tắc tự khai gì / Show what a rule pack says of itself
    Inspect(InspectArguments),
    /// Giải thích một quy tắc: quy phạm, căn cứ, tham số / Explain a rule
    Explain(ExplainArguments),
    /// Khóa ký gói quy tắc: tạo, xem mã khóa / Keys that sign rule packs
    Key(KeyArguments),
    /// Ký một gói quy tắc / Sign a rule pack
    Sign(SignArguments),
    /// Dựng gói quy tắc từ mã nguồn thành tệp .wasm / Build rule packs from source
    Build(BuildArguments),
    /// Chạy mọi tình huống mẫu của gói quy tắc trong hộp cát / Run a pack's cases in the sandbox
    Test(TestArguments),
    /// Đổi từng con số, ngày, mã, giấy tờ một bước; nêu thay đổi mà không tình huống nào nhận ra / Try which small changes of
    /// rules and dossiers a pack's cases do not notice
    Mutate(MutateArguments),
    /// Lập sổ tay quy tắc bằng tiếng Việt, xem bằng trình duyệt hoặc in ra / Render the rule book
    Book(BookArguments),
    /// Rà soát một bộ gói quy tắc: khoảng trống thời gian, văn bản hết hiệu lực, quy tắc trùng, câu chữ / Look for
    /// problems of a set of packs
    Lint(LintArguments),
    /// Dữ liệu tham chiếu của quy tắc: mẫu, kiểm tra và nhập, xuất / Fact tables: templates, import, export
    Facts(FactsArguments),
    /// Tạo gói quy tắc mới, dựng và kiểm thử được ngay / Create a rule pack that builds and tests at once
    NewPack(NewPackArguments),
    /// Thêm quy tắc vào gói quy tắc đang làm / Add a rule to the pack at hand
    NewRule(NewRuleArguments),
}

/// Where rule packs come from.
#[derive(Args, Debug)]
pub struct PackArguments {
    /// Thư mục chứa các tệp gói quy tắc *.wasm [mặc định: biến KYCUONG_PACKS, rồi nơi `kycuong build` ghi ra] / Folder of
    /// rule packs [default: KYCUONG_PACKS, then where builds put them]
    #[arg(long, value_name = "DIR")]
    pub packs: Option<PathBuf>,
    /// Tệp gói quy tắc, dùng được nhiều lần / A rule pack file, repeatable
    #[arg(long = "pack", value_name = "FILE")]
    pub pack: Vec<PathBuf>,
}

#[derive(Args, Debug)]
pub struct CheckArguments {
    /// Tệp hồ sơ, thư mục, hoặc “-” cho đầu vào chuẩn; *.report.json được bỏ qua / Files, folders, or `-`; *.report.json is
    /// left out
    #[arg(required = true, value_name = "FILE|FOLDER|-")]
    pub inputs: Vec<PathBuf>,
    #[command(flatten)]
    pub packs: PackArguments,
    /// Ngày kiểm tra [mặc định: ngày nộp của từng hồ sơ] / Day to judge by [default: each `submitted_at`]
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub on: Option<Date>,
    /// Ngôn ngữ / Language of the human format
    #[arg(long, value_parser = languages(), default_value = "vi")]
    pub lang: Language,
    /// Dạng kết quả / Output format
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub format: Format,
    /// Dữ liệu tham chiếu, dùng được nhiều lần, nguồn đứng trước trả lời: thư mục, tệp CSV, JSON, XLSX, tệp SQLite (.db),
    /// postgres://… (mật khẩu: biến PGPASSWORD) / Facts, repeatable, the first that has a table answers
    #[arg(long, value_name = "SOURCE")]
    pub facts: Vec<String>,
    /// Khi một nguồn dữ liệu tham chiếu hỏng: dừng, hoặc xét tiếp và ghi quy tắc cần đến nó là chưa xét được / When a source
    /// of facts fails: stop, or go on, with the rules that need it not evaluated
    #[arg(long, value_enum, value_name = "CHOICE", default_value_t = OnFactsFailure::Stop)]
    pub on_facts_failure: OnFactsFailure,
    /// Tệp tin cậy: chỉ nạp gói quy tắc có đủ chữ ký / Trust file: packs must be signed as it says
    #[arg(long, value_name = "FILE")]
    pub trust: Option<PathBuf>,
    /// Chế độ phát triển, khi không có --trust: nạp cả gói chưa ký, mọi báo cáo đều ghi rõ; cũng bật được bằng
    /// KYCUONG_ALLOW_UNSIGNED=1 / For development, without --trust: load unsigned packs, which every report says
    #[arg(long, conflicts_with = "trust")]
    pub allow_unsigned: bool,
    /// Cho một gói quy tắc lùi phiên bản, có lý do ghi vào báo cáo / Let a pack's version go down, with the reason that the
    /// report states
    #[arg(long, value_name = "PACK@VERSION:REASON", value_parser = Rollback::parse, requires = "trust")]
    pub allow_rollback: Vec<Rollback>,
    /// Số luồng chạy song song; kết quả không phụ thuộc số luồng / Threads; the output does not depend on it
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=64))]
    pub threads: u16,
    /// Số mili giây tối đa cho các gói quy tắc trong một lần kiểm tra, 0 là không giới hạn; quy tắc chưa xong khi hết giờ
    /// được ghi là gặp sự cố / Milliseconds for all packs of a check, 0 for no limit; a rule not done by then has crashed
    #[arg(long, value_name = "N", default_value_t = HOST_DEADLINE_MS)]
    pub deadline_ms: u64,
    /// Chạy các tình huống mẫu mà mỗi gói mang theo trước khi dùng; từ chối gói cho kết quả khác với kết quả tác giả đã ghi /
    /// Run the cases that each pack carries first; refuse a pack that judges them otherwise than its author recorded
    #[arg(long)]
    pub self_test: bool,
    /// Tệp triển khai (TOML): áp dụng gói có văn bản cũ, tham số, hạ mức, miễn áp dụng / Deployment file: adoptions,
    /// parameters, lowerings, waivers
    #[arg(long, value_name = "FILE")]
    pub deployment: Option<PathBuf>,
    /// Gói quy tắc chỉ để tham khảo, không chặn; gói quốc gia phải dẫn số văn bản / A pack that advises and never blocks,
    /// repeatable; a national one takes the number of a document
    #[arg(long, value_name = "PACK[=REASON]", value_parser = Switch::parse)]
    pub advisory: Vec<Switch>,
    /// Hạ mức của một quy tắc, có lý do ghi vào báo cáo; quy tắc quốc gia phải dẫn số văn bản / Lower a rule's severity,
    /// with the reason that the report states; a national rule takes the number of a document
    #[arg(long, value_name = "RULE=SEVERITY:REASON", value_parser = Lowering::parse)]
    pub lower: Vec<Lowering>,
    /// Đặt tham số của một quy tắc trong giới hạn của nó / Set a rule's parameter within its bounds
    #[arg(long, value_name = "RULE.NAME=VALUE", value_parser = Setting::parse)]
    pub set: Vec<Setting>,
    /// Ghi mỗi lượt kiểm tra vào sổ (tệp SQLite), kèm mọi thứ cần để xét lại; không ghi được thì không có kết luận / Record
    /// every check in a log, with what it takes to make it again; what cannot be recorded gives no verdict
    #[arg(long, value_name = "AUDIT.DB", conflicts_with = "draft")]
    pub audit: Option<PathBuf>,
    /// Ghi kết quả ra tệp thay vì màn hình / Write to a file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Hồ sơ đang soạn: quy tắc nào đã rõ, quy tắc nào đang chờ, cần bổ sung gì trước; kết thúc với mã 0 / A draft: which
    /// rules have decided, which wait, what to supply next; exits with 0
    #[arg(long, conflicts_with = "deny_warnings")]
    pub draft: bool,
    /// Có cảnh báo cũng kết thúc với mã 1 / Warnings end with exit code 1 too
    #[arg(long)]
    pub deny_warnings: bool,
}

#[derive(Args, Debug)]
pub struct InspectArguments {
    /// Tệp gói quy tắc .wasm / The rule pack file
    #[arg(value_name = "PACK")]
    pub pack: PathBuf,
    /// Chỉ kiểm tra điều kiện tiếp nhận, kèm hạn mức / Only whether a host admits it, with the limits
    #[arg(long)]
    pub admit: bool,
    /// Chạy các tình huống mẫu mà gói mang theo và so với kết quả tác giả đã ghi; khác thì kết thúc với mã 1 / Run the cases
    /// that it carries and compare; exits with 1 when one differs
    #[arg(long, conflicts_with = "admit")]
    pub self_test: bool,
    /// Ngôn ngữ / Language
    #[arg(long, value_parser = languages(), default_value = "vi")]
    pub lang: Language,
    /// Dạng kết quả / Output format
    #[arg(long, value_enum, default_value_t = TextFormat::Human)]
    pub format: TextFormat,
}

#[derive(Args, Debug)]
pub struct ExplainArguments {
    /// Mã quy tắc (bộ/tên), tên, hoặc yêu cầu trong danh mục quy tắc (R69); thêm /mã-vi-phạm để chỉ xem một vi phạm / Rule id, name, or requirement; add /CODE for one violation
    #[arg(value_name = "RULE")]
    pub rule: String,
    #[command(flatten)]
    pub packs: PackArguments,
    /// Ngôn ngữ của nhãn / Language of the labels
    #[arg(long, value_parser = languages(), default_value = "vi")]
    pub lang: Language,
}

/// The packs of a set, named one by one.
#[derive(Args, Debug)]
pub struct SetArguments {
    /// Tệp gói quy tắc hoặc thư mục chứa chúng [mặc định: biến KYCUONG_PACKS, rồi nơi `kycuong build` ghi ra] / Pack files
    /// or folders of them [default: KYCUONG_PACKS, then where builds put them]
    #[arg(value_name = "PACKS")]
    pub packs: Vec<PathBuf>,
}

#[derive(Args, Debug)]
pub struct BookArguments {
    #[command(flatten)]
    pub packs: SetArguments,
    /// Thư mục ghi sổ tay; sổ tay cũ trong đó được thay / Folder to write to; an older book in it is replaced
    #[arg(long, value_name = "DIR", default_value = "rule-book")]
    pub out: PathBuf,
}

#[derive(Args, Debug)]
pub struct LintArguments {
    #[command(flatten)]
    pub packs: SetArguments,
    /// Nguồn dữ liệu có bảng legal_register, để đối chiếu hiệu lực văn bản / Source of facts with the legal register
    #[arg(long, value_name = "SOURCE", requires = "on")]
    pub facts: Option<String>,
    /// Ngày đối chiếu hiệu lực văn bản / Day on which texts must be in force
    #[arg(long, value_name = "YYYY-MM-DD", requires = "facts")]
    pub on: Option<Date>,
    /// Ngày đầu của khoảng thời gian phải có quy tắc áp dụng / First day of a range that rules must cover
    #[arg(long, value_name = "YYYY-MM-DD", requires = "until")]
    pub from: Option<Date>,
    /// Ngày cuối của khoảng ấy / Last day of that range
    #[arg(long, value_name = "YYYY-MM-DD", requires = "from")]
    pub until: Option<Date>,
    /// Ngôn ngữ / Language
    #[arg(long, value_parser = languages(), default_value = "vi")]
    pub lang: Language,
    /// Dạng kết quả / Output format
    #[arg(long, value_enum, default_value_t = TextFormat::Human)]
    pub format: TextFormat,
}

#[derive(Args, Debug)]
pub struct BuildArguments {
    /// Thư mục mã nguồn của gói quy tắc / Source folders of rule packs
    #[arg(value_name = "DIR", default_value = ".")]
    pub dirs: Vec<PathBuf>,
}

#[derive(Args, Debug)]
pub struct TestArguments {
    /// Thư mục mã nguồn của gói quy tắc / Source folder of the rule pack
    #[arg(value_name = "DIR", default_value = ".")]
    pub dir: PathBuf,
    /// Ghi lại kết quả và câu chữ trong các tệp cases/….md; đọc lại trước khi dùng / Rewrite the recorded outcomes and wordings; read them afterwards
    #[arg(long)]
    pub update: bool,
}

#[derive(Args, Debug)]
pub struct MutateArguments {
    /// Thư mục mã nguồn của gói quy tắc, dùng được nhiều thư mục / Source folders of rule packs
    #[arg(value_name = "DIR", default_value = ".")]
    pub dirs: Vec<PathBuf>,
    /// Chỉ một quy tắc / Only this rule
    #[arg(long, value_name = "NAME")]
    pub rule: Option<String>,
    /// Chỉ một loại thay đổi / Only changes of the sources, or only of the dossiers
    #[arg(long, value_enum)]
    pub only: Option<MutantChoice>,
    /// Liệt kê mọi thay đổi kèm kết quả / List every mutant with its fate
    #[arg(long)]
    pub list: bool,
    /// Nêu cả những thay đổi đã có lý do trong README.md / Show the survivors too that README.md explains
    #[arg(long)]
    pub all_survivors: bool,
    /// Tỷ lệ phải nhận ra (%), dưới mức này kết thúc với mã 1 / Share that has to be noticed; below it exit code 1
    #[arg(long, value_name = "PERCENT", default_value_t = 90, value_parser = clap::value_parser!(u8).range(0..=100))]
    pub threshold: u8,
    /// Thay đổi không được nhận ra mà README.md chưa nêu lý do cũng kết thúc với mã 1 / Survivors without a reason in
    /// README.md, and stale reasons, end with exit code 1 too
    #[arg(long)]
    pub deny_unexplained: bool,
    /// Ghi lại bảng quy tắc và bảng thay đổi không được nhận ra trong README.md của gói; lý do đã nêu được giữ /
    /// Rewrite the tables of rules and survivors in the pack's README.md; reasons are kept
    #[arg(long, conflicts_with_all = ["rule", "only"])]
    pub update_readme: bool,
    /// Dạng kết quả / Output format
    #[arg(long, value_enum, default_value_t = TextFormat::Human)]
    pub format: TextFormat,
}

/// What mutants change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum MutantChoice {
    /// Hằng số, ranh giới, mã, mức trong mã nguồn / Constants, boundaries, codes, severities
    Source,
    /// Các trường của hồ sơ mẫu / Members of the cases' dossiers
    Data,
}

#[derive(Args, Debug)]
pub struct NewPackArguments {
    /// Tên gói quy tắc, chữ thường không dấu nối bằng gạch ngang: thu-nghiem / Name in kebab-case
    pub name: String,
    /// Thư mục cha [mặc định: thư mục hiện tại] / Parent folder [default: the current one]
    #[arg(long, value_name = "DIR", default_value = ".", hide_default_value = true)]
    pub dir: PathBuf,
    /// Thư mục rules-sdk của mã nguồn kycuong / The `rules-sdk` folder of kycuong's sources
    #[arg(long, value_name = "PATH")]
    pub sdk: Option<PathBuf>,
    /// Địa bàn áp dụng: VN cho cả nước, hoặc tên tỉnh hiện nay, không dấu: gia-lai / Where it applies
    #[arg(long, value_name = "PROVINCE", default_value = "VN")]
    pub province: String,
}

#[derive(Args, Debug)]
pub struct NewRuleArguments {
    /// Tên quy tắc, chữ thường không dấu nối bằng gạch ngang / Name in kebab-case
    pub name: String,
    /// Đối tượng kiểm tra / What it judges
    #[arg(long, value_enum, default_value_t = SubjectName::Dossier)]
    pub subject: SubjectName,
    /// Yêu cầu trong danh mục quy tắc mà quy tắc thực hiện: R69 (của dự án này: examples/rule-packs/rule-list.csv) / Requirement of a rule list that the rule implements
    #[arg(long, value_name = "REQUIREMENT")]
    pub requirement: Option<String>,
    /// Thư mục gói quy tắc [mặc định: thư mục hiện tại] / The pack's folder [default: the current one]
    #[arg(long, value_name = "DIR", default_value = ".", hide_default_value = true)]
    pub dir: PathBuf,
}

/// The languages of texts for people.
fn languages() -> impl TypedValueParser<Value = Language> {
    let codes = PossibleValuesParser::new(["vi", "en"]);
    codes.map(|code| if code == "en" { Language::En } else { Language::Vi })
}

/// How a check's result is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Cho người đọc, kèm dòng trong tệp nguồn / For people, with the place in the source
    Human,
    /// Đầy đủ, cho phần mềm / Everything, for programs
    Json,
    /// SARIF 2.1.0, cho trình soạn thảo / For editors and code hosts
    Sarif,
    /// JUnit XML, cho hệ thống tích hợp liên tục / For continuous integration
    Junit,
}

/// How a description is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TextFormat {
    Human,
    Json,
}

/// The subjects, as a new rule names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SubjectName {
    Dossier,
    BudgetEntry,
    UnitPlan,
    Portfolio,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_definition_is_consistent() {
        Arguments::command().debug_assert();
    }
}
