//! What the tables of facts are as tables: which columns identify a row, which must be filled in,
//! which select rows, and how a text column is written. The columns themselves are the views' members.
//!
//! Whoever stores or checks facts reads this list; rules do not.

use super::{
    BudgetCode, CalendarDay, Commune, HistoryProject, Inspection, InventorySystem, LegalInstrument,
    PriceBenchmark, ReadinessRank, SharedPlatform, UnitReport,
};
use crate::code::is_kebab_case;
use crate::describe::{MemberDescription, ObjectDescription};
use crate::view::View;

/// A table of facts.
#[derive(Debug)]
pub struct TableDescription {
    /// Its name: `legal_register`, `systems`, …
    pub name: &'static str,
    /// The Vietnamese title.
    pub title: &'static str,
    /// What it is for, in Vietnamese, whole sentences.
    pub purpose: &'static str,
    /// Its columns.
    pub row: &'static ObjectDescription,
    /// The columns that identify a row: no two rows have the same values there.
    pub key: &'static [&'static str],
    /// The columns that no row may leave empty; every other one it may, which is the same as left out.
    pub required: &'static [&'static str],
    /// The columns, other than the first of the key, by which rules select rows.
    pub selectors: &'static [&'static str],
    /// How columns of free text are written, where that is not free.
    formats: &'static [(&'static str, Format)],
}

impl TableDescription {
    /// The table of that name.
    pub fn of(name: &str) -> Option<&'static Self> {
        FACT_TABLES.iter().find(|table| table.name == name)
    }

    /// The column of that name.
    pub fn column(&self, name: &str) -> Option<&'static MemberDescription> {
        self.row.members.iter().find(|column| column.name == name)
    }

    /// The names of the columns, in the order of the model.
    pub fn column_names(&self) -> impl Iterator<Item = &'static str> {
        self.row.members.iter().map(|column| column.name)
    }

    /// How a column of text is written; `None` when that is free.
    pub fn format(&self, column: &str) -> Option<Format> {
        self.formats.iter().find(|(name, _)| *name == column).map(|(_, format)| *format)
    }
}

/// How a text column is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One of these words.
    Words(&'static [&'static str]),
    /// So many digits, zeros in front included.
    Digits {
        /// Fewest.
        min: u32,
        /// Most.
        max: u32,
    },
    /// A number with at most six digits before and after a decimal point.
    Decimal,
    /// Words of a-z and 0-9 joined by hyphens.
    Kebab,
    /// The identifier of an agency (QĐ 20/2020/QĐ-TTg, or the older form of QCVN 102:2016/BTTTT).
    Agency,
    /// `VN`, the two digits of a province, or the identifier of an agency.
    Scope,
}

/// The identifier of an agency: root first (`H21.05`), root last (`000.00.12.H03`), or a body outside
/// the lists (`Z…`).
const AGENCY: &str = r"[A-Y][0-9]{2}(\.[0-9A-Z]+)*|[0-9]{3}\.[0-9]{2}\.[0-9]{2}\.[A-Y][0-9]{2}|Z[0-9]{2}[0-9A-Za-z.-]{1,32}";

impl Format {
    /// The regular expression, of the flavour of JSON Schema.
    pub fn pattern(self) -> String {
        match self {
            Self::Words(words) => format!("^({})$", words.join("|")),
            Self::Digits { min, max } if min == max => format!("^[0-9]{{{min}}}$"),
            Self::Digits { min, max } => format!("^[0-9]{{{min},{max}}}$"),
            Self::Decimal => r"^[0-9]{1,6}(\.[0-9]{1,6})?$".to_owned(),
            Self::Kebab => "^[a-z0-9]+(-[a-z0-9]+)*$".to_owned(),
            Self::Agency => format!("^({AGENCY})$"),
            Self::Scope => format!("^(VN|[0-9]{{2}}|{AGENCY})$"),
        }
    }

    /// Whether a text is written so: what [`Format::pattern`] says.
    pub fn accepts(self, text: &str) -> bool {
        match self {
            Self::Words(words) => words.contains(&text),
            Self::Digits { min, max } => digits(text, min, max),
            Self::Decimal => match text.split_once('.') {
                Some((whole, part)) => digits(whole, 1, 6) && digits(part, 1, 6),
                None => digits(text, 1, 6),
            },
            Self::Kebab => is_kebab_case(text),
            Self::Agency => is_agency(text),
            Self::Scope => text == "VN" || digits(text, 2, 2) || is_agency(text),
        }
    }
}

fn digits(text: &str, min: u32, max: u32) -> bool {
    let length = u32::try_from(text.len()).unwrap_or(u32::MAX);
    (min..=max).contains(&length) && text.bytes().all(|b| b.is_ascii_digit())
}

fn is_agency(text: &str) -> bool {
    let root = |part: &str, letters: std::ops::RangeInclusive<u8>| {
        let mut bytes = part.bytes();
        bytes.next().is_some_and(|b| letters.contains(&b)) && digits(bytes_after(part), 2, 2)
    };
    let parts: Vec<&str> = text.split('.').collect();
    let group = |part: &&str| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase())
    };
    match parts.as_slice() {
        [a, b, c, last] if digits(a, 3, 3) => {
            digits(b, 2, 2) && digits(c, 2, 2) && root(last, b'A'..=b'Y')
        }
        [first, rest @ ..] if root(first, b'A'..=b'Y') => rest.iter().all(group),
        _ => is_outside_the_lists(text),
    }
}

fn bytes_after(part: &str) -> &str {
    part.get(1..).unwrap_or_default()
}

fn is_outside_the_lists(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('Z') else { return false };
    let (Some(number), Some(own)) = (rest.get(..2), rest.get(2..)) else { return false };
    digits(number, 2, 2)
        && (1..=32).contains(&own.len())
        && own.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.' || b == b'-')
}

const YES_NO: Format = Format::Words(&["yes", "no"]);
const YEAR: Format = Format::Digits { min: 4, max: 4 };
const PROVINCE: Format = Format::Digits { min: 2, max: 2 };

/// The tables, in the order of [`super::Facts`].
pub const FACT_TABLES: &[TableDescription] = &[
    TableDescription {
        name: "legal_register",
        title: "Văn bản pháp lý và hiệu lực",
        purpose: "Cho biết một văn bản được viện dẫn có hiệu lực từ ngày nào đến ngày nào và bị văn bản nào thay thế. Tiêu chuẩn, quy chuẩn cũng là văn bản.",
        row: &LegalInstrument::DESCRIPTION,
        key: &["number", "from"],
        required: &["number"],
        selectors: &["regime"],
        formats: &[],
    },
    TableDescription {
        name: "budget_codes",
        title: "Mục lục ngân sách",
        purpose: "Các mã chương, loại, khoản, mục, tiểu mục, chương trình và thời gian dùng của từng mã. Loại mã nào không có dòng nào thì không được đối chiếu.",
        row: &BudgetCode::DESCRIPTION,
        key: &["kind", "code", "from"],
        required: &["kind", "code"],
        selectors: &["code"],
        formats: &[
            (
                "kind",
                Format::Words(&[
                    "chapter",
                    "category",
                    "item",
                    "section",
                    "subsection",
                    "programme",
                ]),
            ),
            ("code", Format::Digits { min: 3, max: 5 }),
            ("parent", Format::Digits { min: 3, max: 5 }),
        ],
    },
    TableDescription {
        name: "systems",
        title: "Danh mục hệ thống thông tin",
        purpose: "Các hệ thống đã có của tỉnh và của đơn vị, để nhận ra hệ thống lõi, hệ thống trùng chức năng và hệ thống có thể kế thừa.",
        row: &InventorySystem::DESCRIPTION,
        key: &["id"],
        required: &["id", "name"],
        selectors: &["function_code", "scope", "owner", "domain"],
        formats: &[
            ("function_code", Format::Kebab),
            ("scope", Format::Scope),
            ("owner", Format::Agency),
            ("is_core", YES_NO),
        ],
    },
    TableDescription {
        name: "shared_platforms",
        title: "Nền tảng dùng chung",
        purpose: "Nền tảng, hạ tầng dùng chung của quốc gia và của tỉnh, để không xây dựng lại chức năng đã có.",
        row: &SharedPlatform::DESCRIPTION,
        key: &["id"],
        required: &["id", "name", "level", "kind"],
        selectors: &["function_code", "kind", "province"],
        formats: &[
            ("function_code", Format::Kebab),
            ("level", Format::Words(&["national", "province"])),
            ("kind", Format::Words(&["platform", "infrastructure"])),
            ("province", PROVINCE),
        ],
    },
    TableDescription {
        name: "price_benchmarks",
        title: "Mặt bằng giá",
        purpose: "Giá trước thuế của mặt hàng, theo khóa tra giá ghi ở dòng chi của dự toán.",
        row: &PriceBenchmark::DESCRIPTION,
        key: &["item_key", "date", "source"],
        required: &["item_key", "price"],
        selectors: &[],
        formats: &[],
    },
    TableDescription {
        name: "working_days",
        title: "Lịch ngày làm việc",
        purpose: "Chỉ ghi những ngày khác lịch thường: ngày nghỉ lễ, và ngày thứ Bảy, Chủ nhật làm bù. Năm không có dòng nào là năm chưa có lịch.",
        row: &CalendarDay::DESCRIPTION,
        key: &["date"],
        required: &["date", "working"],
        selectors: &[],
        formats: &[("working", YES_NO)],
    },
    TableDescription {
        name: "project_history",
        title: "Lịch sử nhiệm vụ, dự án của đơn vị",
        purpose: "Nhiệm vụ, dự án trước đây: kinh phí, thời gian, báo cáo hiệu quả, để đối chiếu khi đơn vị đề xuất tiếp.",
        row: &HistoryProject::DESCRIPTION,
        key: &["id"],
        required: &["id", "owner"],
        selectors: &["owner", "function_code", "funding_decision", "system_id"],
        formats: &[
            ("owner", Format::Agency),
            ("function_code", Format::Kebab),
            ("start_year", YEAR),
            ("in_use", YES_NO),
        ],
    },
    TableDescription {
        name: "inspections",
        title: "Kết luận kiểm tra, thanh tra",
        purpose: "Nội dung mà đơn vị phải khắc phục sau kiểm tra, thanh tra; còn mở khi chưa có ngày khắc phục xong.",
        row: &Inspection::DESCRIPTION,
        key: &["id"],
        required: &["id", "owner"],
        selectors: &["owner"],
        formats: &[("owner", Format::Agency)],
    },
    TableDescription {
        name: "unit_reports",
        title: "Báo cáo định kỳ của đơn vị",
        purpose: "Báo cáo mà đơn vị phải gửi, hạn gửi và ngày đã gửi.",
        row: &UnitReport::DESCRIPTION,
        key: &["owner", "name", "period"],
        required: &["owner", "name", "period"],
        selectors: &[],
        formats: &[("owner", Format::Agency)],
    },
    TableDescription {
        name: "readiness_ranks",
        title: "Xếp hạng sẵn sàng ứng dụng công nghệ thông tin",
        purpose: "Thứ hạng hằng năm của đơn vị về mức độ sẵn sàng ứng dụng công nghệ thông tin, chuyển đổi số.",
        row: &ReadinessRank::DESCRIPTION,
        key: &["owner", "year"],
        required: &["owner", "year"],
        selectors: &[],
        formats: &[
            ("owner", Format::Agency),
            ("year", YEAR),
            ("rank", Format::Digits { min: 1, max: 4 }),
            ("units", Format::Digits { min: 1, max: 4 }),
            ("score", Format::Decimal),
        ],
    },
    TableDescription {
        name: "communes",
        title: "Danh mục cấp xã",
        purpose: "Mã và tên xã, phường, đặc khu, kèm thời gian mà mã có hiệu lực.",
        row: &Commune::DESCRIPTION,
        key: &["code", "from"],
        required: &["code", "name", "province"],
        selectors: &["province"],
        formats: &[("code", Format::Digits { min: 5, max: 5 }), ("province", PROVINCE)],
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::describe::Type;
    use crate::facts::Facts;

    #[test]
    fn the_tables_are_those_of_the_view() {
        let of_view: Vec<_> =
            Facts::DESCRIPTION.members.iter().map(|member| (member.name, member.doc)).collect();
        let listed: Vec<_> = FACT_TABLES.iter().map(|table| (table.name, table.title)).collect();
        assert_eq!(listed, of_view);
        for (table, member) in FACT_TABLES.iter().zip(Facts::DESCRIPTION.members) {
            let Type::List(Type::Object(row)) = member.kind else { panic!("{}", table.name) };
            assert_eq!(row.name, table.row.name, "{}", table.name);
        }
    }

    #[test]
    fn what_is_said_of_columns_is_said_of_columns_that_are_there() {
        for table in FACT_TABLES {
            let named = table.key.iter().chain(table.required).chain(table.selectors);
            for column in named.chain(table.formats.iter().map(|(name, _)| name)) {
                assert!(table.column(column).is_some(), "{}.{column}", table.name);
            }
            for (column, _) in table.formats {
                let kind = table.column(column).unwrap().kind;
                assert!(matches!(kind, Type::Text { .. }), "{}.{column} has its kind", table.name);
            }
            assert!(table.key.first().is_some_and(|first| !table.selectors.contains(first)));
        }
    }

    #[test]
    fn the_columns_are_scalars() {
        for table in FACT_TABLES {
            for column in table.row.members {
                let scalar = matches!(
                    column.kind,
                    Type::Text { .. } | Type::Money | Type::Date | Type::Code(_)
                );
                assert!(scalar, "{}.{}: facts are texts", table.name, column.name);
            }
        }
    }

    #[test]
    fn formats() {
        for (format, good, bad) in [
            (YES_NO, vec!["yes", "no"], vec!["", "Yes", "có"]),
            (YEAR, vec!["2026"], vec!["26", "20266", "２０２６"]),
            (Format::Decimal, vec!["95", "95.25"], vec!["95,2", ".5", "5.", "1.2.3", "-1"]),
            (Format::Kebab, vec!["quan-ly-van-ban", "a1"], vec!["a--b", "-a", "A", "", "bảng"]),
            (
                Format::Agency,
                vec!["H21", "H21.05", "H05.33.12", "000.00.12.H03", "Z01.abc"],
                vec!["", "h21", "H2", "H21.", "H21.a", "000.00.12.03", "Z01", "Z0", "0100000001"],
            ),
            (Format::Scope, vec!["VN", "06", "H21.05"], vec!["6", "vn", "064", "Bắc Kạn"]),
        ] {
            for text in good {
                assert!(format.accepts(text), "{format:?} {text}");
            }
            for text in bad {
                assert!(!format.accepts(text), "{format:?} {text}");
            }
        }
    }
}
