//! What `kycuong key` and `sign` take.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use kycuong_model::date::Date;

#[derive(Args, Debug)]
pub struct KeyArguments {
    #[command(subcommand)]
    pub command: KeyCommand,
}

#[derive(Debug, Subcommand)]
pub enum KeyCommand {
    /// Tạo khóa mới, in mã khóa để ghi vào tệp tin cậy / Make a key, print its id for trust files
    New {
        /// Tệp ghi khóa bí mật (PEM, PKCS #8), chỉ người tạo đọc được; không ghi đè / Where the private key goes, mode
        /// 0600; nothing is overwritten
        #[arg(long, short, value_name = "FILE")]
        out: PathBuf,
    },
    /// In mã khóa của một tệp khóa / Print the id of a key file
    Show {
        /// Tệp khóa bí mật / The private key
        #[arg(value_name = "FILE")]
        key: PathBuf,
    },
}

#[derive(Args, Debug)]
pub struct SignArguments {
    /// Tệp gói quy tắc .wasm / The rule pack file
    #[arg(value_name = "PACK")]
    pub pack: PathBuf,
    /// Tệp khóa bí mật PEM: Ed25519, hoặc RSA, ECDSA kèm --certificate / The private key: Ed25519, or RSA or ECDSA with
    /// --certificate
    #[arg(long, value_name = "FILE", required_unless_present_any = ["to_be_signed", "signature"])]
    pub key: Option<PathBuf>,
    /// Chứng thư số của người ký rồi của các tổ chức cấp, không kể gốc (PEM, hoặc một tệp DER) / The signer's certificate,
    /// then those of its issuers below the root
    #[arg(long, value_name = "FILE")]
    pub certificate: Option<PathBuf>,
    /// Ký với tư cách gì / As what
    #[arg(long, value_enum)]
    pub role: RoleName,
    /// Ngày ký [mặc định: hôm nay] / Day of signing [default: today]
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub at: Option<Date>,
    /// Ghi nội dung cần ký để ký bằng thiết bị (token, HSM); gói quy tắc giữ nguyên / Write what a token or HSM has to
    /// sign; the pack stays as it is
    #[arg(long, value_name = "FILE", requires = "certificate", conflicts_with_all = ["key", "signature", "output"])]
    pub to_be_signed: Option<PathBuf>,
    /// Gắn chữ ký mà thiết bị đã tạo / Attach the signature that the token made
    #[arg(long, value_name = "FILE", requires = "certificate", conflicts_with = "key")]
    pub signature: Option<PathBuf>,
    /// Ghi ra tệp khác thay vì chính tệp đó / Write to another file instead of the same one
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// As what somebody signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum RoleName {
    /// Người soạn / Who wrote it
    Author,
    /// Người thẩm tra pháp lý / Who compared it with the legal texts
    LegalReviewer,
    /// Người phê duyệt / Who approves it
    Approver,
}
