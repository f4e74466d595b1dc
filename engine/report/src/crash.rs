//! How a rule can fail to answer, in words that do not depend on the machine.

use kycuong_model::localize::Localize;
use kycuong_model::text::Bilingual;
use serde::{Deserialize, Serialize};

/// Why there is no answer from a rule: a crash never counts as a pass.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "kind", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Crash {
    /// It ran for longer than its budget.
    #[error("used up its {limit} units of fuel")]
    FuelExhausted {
        /// The budget, in units of fuel.
        limit: u64,
    },
    /// Its pack's rules, evaluated in isolation, ran for longer than they may together.
    #[error(
        "its pack used up the {limit} units of fuel that its rules may take when each is evaluated in isolation"
    )]
    PackFuelExhausted {
        /// What all of them may use together, in units of fuel.
        limit: u64,
    },
    /// The host's deadline passed: the one crash that depends on how fast the machine is.
    #[error("was not done when the deadline of {limit_ms} ms passed")]
    DeadlineExceeded {
        /// The deadline of the whole check, in milliseconds.
        limit_ms: u64,
    },
    /// It wanted more memory than it may have, was refused, and gave up.
    #[error("wanted {wanted} bytes of memory, the limit is {limit}")]
    MemoryExceeded {
        /// Bytes wanted when it was refused.
        wanted: u64,
        /// Bytes allowed.
        limit: u64,
    },
    /// It wanted a larger table than it may have, was refused, and gave up.
    #[error("wanted a table of {wanted} elements, the limit is {limit}")]
    TableExceeded {
        /// Elements wanted when it was refused.
        wanted: u64,
        /// Elements allowed.
        limit: u64,
    },
    /// Its calls went too deep.
    #[error("used up its stack of {limit} bytes")]
    StackOverflow {
        /// Bytes allowed.
        limit: u64,
    },
    /// It stopped itself (a panic) or did what WebAssembly forbids.
    #[error("{}", trapped(message, panic.as_deref()))]
    Trapped {
        /// The kind of trap.
        message: String,
        /// The place and the words of a panic, as the pack left them; a pack of another SDK leaves none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        panic: Option<String>,
        /// The functions that were running, innermost first, as the pack names them.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        functions: Vec<String>,
    },
    /// The request does not fit.
    #[error("the request has {bytes} bytes, the limit is {limit}")]
    RequestTooLarge {
        /// Its size.
        bytes: u64,
        /// The largest allowed.
        limit: u64,
    },
    /// The answer is longer than an answer may be.
    #[error("answered more than {limit} bytes")]
    ResponseTooLarge {
        /// The largest allowed.
        limit: u64,
    },
    /// The answer nests arrays and objects deeper than an answer may.
    #[error("answered JSON nested {depth} deep, the limit is {limit}")]
    ResponseTooDeep {
        /// Levels of the answer.
        depth: u64,
        /// The most allowed.
        limit: u64,
    },
    /// The answer is not what the interface prescribes.
    #[error("gave a malformed answer: {detail}")]
    MalformedAnswer {
        /// What is wrong with it.
        detail: String,
    },
    /// The answer holds no outcome for the rule.
    #[error("answered nothing for the rule")]
    NoAnswer,
    /// More findings than a rule may report.
    #[error("reported {found} findings, the limit is {limit}")]
    TooManyFindings {
        /// How many.
        found: u64,
        /// The most allowed.
        limit: u64,
    },
    /// More bytes of findings than a pack may put into a report, with what each repeats of its rule.
    #[error(
        "reported findings that bring those of its pack to {bytes} bytes, the limit is {limit}"
    )]
    FindingsTooLarge {
        /// All findings of the pack so far, as the report would show them.
        bytes: u64,
        /// The most allowed.
        limit: u64,
    },
    /// The pack reported a failure of its own, in its author's words.
    #[error("reported a failure of its own: {message}")]
    PackError {
        /// The words, cut to the limit of a text.
        message: String,
    },
    /// The host could not give it an instance.
    #[error("the host could not run it: {detail}")]
    HostFailed {
        /// What the host lacked.
        detail: String,
    },
}

fn trapped(message: &str, panic: Option<&str>) -> String {
    panic.map_or_else(|| format!("trapped: {message}"), |panic| format!("panicked at {panic}"))
}

impl Crash {
    /// The code in documents: `fuel-exhausted`, `malformed-answer`, …
    pub fn code(&self) -> &'static str {
        match self {
            Self::FuelExhausted { .. } => "fuel-exhausted",
            Self::PackFuelExhausted { .. } => "pack-fuel-exhausted",
            Self::DeadlineExceeded { .. } => "deadline-exceeded",
            Self::MemoryExceeded { .. } => "memory-exceeded",
            Self::TableExceeded { .. } => "table-exceeded",
            Self::StackOverflow { .. } => "stack-overflow",
            Self::Trapped { .. } => "trapped",
            Self::RequestTooLarge { .. } => "request-too-large",
            Self::ResponseTooLarge { .. } => "response-too-large",
            Self::ResponseTooDeep { .. } => "response-too-deep",
            Self::MalformedAnswer { .. } => "malformed-answer",
            Self::NoAnswer => "no-answer",
            Self::TooManyFindings { .. } => "too-many-findings",
            Self::FindingsTooLarge { .. } => "findings-too-large",
            Self::PackError { .. } => "pack-error",
            Self::HostFailed { .. } => "host-failed",
        }
    }

    /// What happened, as a whole sentence for the officer who reads the report.
    pub fn sentence(&self) -> Bilingual {
        match self {
            Self::FuelExhausted { limit } => Bilingual::new(
                format!(
                    "Quy tắc dùng hết hạn mức tính toán {} đơn vị mà chưa có kết quả.",
                    limit.vi()
                ),
                format!(
                    "The rule used up its budget of {} units of fuel without an answer.",
                    limit.en()
                ),
            ),
            Self::PackFuelExhausted { limit } => Bilingual::new(
                format!(
                    "Các quy tắc của gói dùng hết hạn mức tính toán chung {} đơn vị khi được hỏi riêng từng quy tắc.",
                    limit.vi()
                ),
                format!(
                    "The rules of the pack used up the {} units of fuel that they may take when each is evaluated in isolation.",
                    limit.en()
                ),
            ),
            Self::DeadlineExceeded { limit_ms } => Bilingual::new(
                format!(
                    "Quy tắc chưa xong khi hết thời hạn {} mili giây của lần kiểm tra.",
                    limit_ms.vi()
                ),
                format!(
                    "The rule was not done when the check's deadline of {} milliseconds passed.",
                    limit_ms.en()
                ),
            ),
            Self::MemoryExceeded { wanted, limit } => Bilingual::new(
                format!(
                    "Quy tắc cần {} byte bộ nhớ, vượt hạn mức {} byte.",
                    wanted.vi(),
                    limit.vi()
                ),
                format!(
                    "The rule wanted {} bytes of memory, above the limit of {}.",
                    wanted.en(),
                    limit.en()
                ),
            ),
            Self::TableExceeded { wanted, limit } => Bilingual::new(
                format!(
                    "Quy tắc cần bảng {} phần tử, vượt hạn mức {} phần tử.",
                    wanted.vi(),
                    limit.vi()
                ),
                format!(
                    "The rule wanted a table of {} elements, above the limit of {}.",
                    wanted.en(),
                    limit.en()
                ),
            ),
            Self::StackOverflow { limit } => Bilingual::new(
                format!("Quy tắc gọi hàm quá sâu, vượt hạn mức ngăn xếp {} byte.", limit.vi()),
                format!(
                    "The rule's calls went too deep, beyond its stack of {} bytes.",
                    limit.en()
                ),
            ),
            Self::Trapped { message, panic, .. } => {
                let why = panic.as_ref().unwrap_or(message);
                Bilingual::new(
                    format!("Quy tắc dừng đột ngột, chưa có kết quả ({why})."),
                    format!("The rule stopped abruptly without an answer ({why})."),
                )
            }
            Self::RequestTooLarge { bytes, limit } => Bilingual::new(
                format!(
                    "Dữ liệu gửi cho quy tắc dài {} byte, vượt hạn mức {} byte.",
                    bytes.vi(),
                    limit.vi()
                ),
                format!(
                    "The rule would receive {} bytes, above the limit of {}.",
                    bytes.en(),
                    limit.en()
                ),
            ),
            Self::ResponseTooLarge { limit } => Bilingual::new(
                format!("Quy tắc trả lời dài hơn hạn mức {} byte.", limit.vi()),
                format!("The rule answered more than the limit of {} bytes.", limit.en()),
            ),
            Self::ResponseTooDeep { depth, limit } => Bilingual::new(
                format!(
                    "Câu trả lời của quy tắc lồng nhau {} cấp, vượt hạn mức {} cấp.",
                    depth.vi(),
                    limit.vi()
                ),
                format!(
                    "The rule's answer is nested {} deep, above the limit of {}.",
                    depth.en(),
                    limit.en()
                ),
            ),
            Self::MalformedAnswer { detail } => Bilingual::new(
                format!("Quy tắc trả lời không đúng quy cách ({detail})."),
                format!("The rule's answer is not what the interface prescribes ({detail})."),
            ),
            Self::NoAnswer => Bilingual::new(
                "Bộ quy tắc không trả lời cho quy tắc này.",
                "The rule pack gave no answer for this rule.",
            ),
            Self::TooManyFindings { found, limit } => Bilingual::new(
                format!("Quy tắc nêu {} điểm, vượt hạn mức {} điểm.", found.vi(), limit.vi()),
                format!(
                    "The rule reported {} findings, above the limit of {}.",
                    found.en(),
                    limit.en()
                ),
            ),
            Self::FindingsTooLarge { bytes, limit } => Bilingual::new(
                format!(
                    "Các điểm do bộ quy tắc nêu, cùng tên, căn cứ và trích dẫn của quy tắc, lên đến {} byte, vượt hạn mức {} byte.",
                    bytes.vi(),
                    limit.vi()
                ),
                format!(
                    "The rule pack's findings, with title, basis and quote of their rules, come to {} bytes, above the limit of {} bytes.",
                    bytes.en(),
                    limit.en()
                ),
            ),
            Self::PackError { message } => Bilingual::new(
                format!("Bộ quy tắc báo không thực hiện được: “{message}”."),
                format!("The rule pack reported a failure of its own: “{message}”."),
            ),
            Self::HostFailed { detail } => Bilingual::new(
                format!("Hệ thống không chạy được quy tắc ({detail})."),
                format!("The host could not run the rule ({detail})."),
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_and_sentences_name_the_limit() {
        let crash = Crash::MemoryExceeded { wanted: 70_000_000, limit: 67_108_864 };
        let json = serde_json::to_string(&crash).unwrap();
        assert_eq!(json, r#"{"kind":"memory-exceeded","wanted":70000000,"limit":67108864}"#);
        assert_eq!(serde_json::from_str::<Crash>(&json).unwrap(), crash);
        assert_eq!(
            crash.sentence().vi,
            "Quy tắc cần 70.000.000 byte bộ nhớ, vượt hạn mức 67.108.864 byte."
        );
        assert_eq!(crash.code(), "memory-exceeded");
    }
}
