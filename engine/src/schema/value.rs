//! The words for values of another type, form or range than the model's, and how to write them instead.

use kycuong_model::describe::{CodeDescription, Type};
use kycuong_model::finding::Severity;
use kycuong_model::localize::Localize;
use kycuong_model::meant::looks_like_date;
use kycuong_model::money::MONEY_DIGITS_MAX;
use kycuong_model::pointer::Pointer;
use kycuong_model::regime::Regime;
use kycuong_model::shape::Shape;
use kycuong_model::spelling::nearest;
use kycuong_model::tape::{Kind, Node};
use kycuong_model::text::{Bilingual, excerpt, quote};
use kycuong_report::Finding;

use super::guess;
use super::member::{LISTED_MAX, list_title};

/// A value that the schema refuses.
pub(super) fn wrong(
    path: Pointer,
    shape: Option<Shape>,
    node: Node<'_>,
    allowed: Option<&[String]>,
    regime: Regime,
) -> Finding {
    let value = Written { shape, node };
    let (rule, message, remedy) = match (shape.map(|shape| shape.kind), allowed) {
        (Some(Type::Code(code)), Some(allowed)) if node.kind() == Kind::String => {
            let known = code.codes.iter().any(|(known, ..)| *known == node.text());
            match allowed {
                [only] if known => value.unexpected(only),
                [_] => value.unknown_code(code, &all_codes(code), regime),
                _ => value.unknown_code(code, allowed, regime),
            }
        }
        (_, Some([only])) if node.kind() == Kind::String => value.unexpected(only),
        (Some(kind), _) => value.of_kind(kind, regime),
        (None, _) => value.other(
            "schema/not-allowed",
            "giá trị mà lược đồ cho phép",
            "a value that the schema allows",
            see_schema(),
        ),
    };
    let finding = Finding::new(rule, Severity::Block, path, message, remedy);
    match node.kind() {
        Kind::Array | Kind::Object | Kind::Null => finding,
        _ => finding.value("value", excerpt(&node.text())),
    }
}

type Words = (&'static str, Bilingual, Bilingual);

/// A value as it stands in the text.
#[derive(Clone, Copy)]
struct Written<'a> {
    shape: Option<Shape>,
    node: Node<'a>,
}

impl Written<'_> {
    /// “Mục … ghi …”: who says what.
    fn states(self) -> Bilingual {
        let (vi, en) = match self.shape {
            Some(shape) if !shape.name.is_empty() => {
                (format!("Mục “{}”", shape.title), format!("“{}”", shape.name))
            }
            _ => ("Hồ sơ".to_owned(), "The submission".to_owned()),
        };
        let text = self.node.text();
        if self.node.kind() == Kind::String && text.is_empty() {
            return Bilingual::new(format!("{vi} để trống"), format!("{en} is empty"));
        }
        let (what_vi, what_en) = match self.node.kind() {
            Kind::Null => ("null".to_owned(), "null".to_owned()),
            Kind::Bool => (format!("giá trị {text}"), format!("the value {text}")),
            Kind::Number => (
                format!("số JSON {}", excerpt(&text)),
                format!("the JSON number {}", excerpt(&text)),
            ),
            Kind::String | Kind::Key => (quote(&text), quote(&text)),
            Kind::Array => ("một danh sách".to_owned(), "an array".to_owned()),
            Kind::Object => ("một đối tượng".to_owned(), "an object".to_owned()),
        };
        Bilingual::new(format!("{vi} ghi {what_vi}"), format!("{en} holds {what_en}"))
    }

    fn other(self, rule: &'static str, vi: &str, en: &str, remedy: Bilingual) -> Words {
        let states = self.states();
        let message = Bilingual::new(
            format!("{}, không phải {vi}.", states.vi),
            format!("{}, which is not {en}.", states.en),
        );
        (rule, message, remedy)
    }

    fn wrong_type(self, vi: &str, en: &str, remedy: Bilingual) -> Words {
        self.other("schema/wrong-type", vi, en, remedy)
    }

    fn of_kind(self, kind: Type, regime: Regime) -> Words {
        match kind {
            Type::Text { characters_max } => self.text(characters_max),
            Type::Money => self.money(),
            Type::Quantity => self.other(
                "schema/not-quantity",
                "số lượng gồm tối đa 12 chữ số và 6 chữ số thập phân, đặt trong ngoặc kép",
                "a quantity of at most 12 digits and 6 decimals, in quotes",
                guess::decimal(self.node).remedy("2.5"),
            ),
            Type::Percent => self.other(
                "schema/not-percent",
                "tỷ lệ phần trăm gồm tối đa 6 chữ số và 6 chữ số thập phân, đặt trong ngoặc kép",
                "a share in per cent of at most 6 digits and 6 decimals, in quotes",
                guess::decimal(self.node).remedy("12.5"),
            ),
            Type::Count { min, max } => self.count(min, max),
            Type::Switch => self.wrong_type(
                "true hoặc false",
                "true or false",
                Bilingual::new(
                    "Ghi true (có) hoặc false (không), không đặt trong ngoặc kép.",
                    "Write true or false, without quotes.",
                ),
            ),
            Type::Date => self.date(),
            Type::Timestamp => self.timestamp(),
            Type::Code(code) => {
                let (_, _, remedy) = self.unknown_code(code, &all_codes(code), regime);
                let list = list_title(code);
                self.wrong_type(&format!("mã của danh mục “{list}”"), "a code of its list", remedy)
            }
            Type::Object(_) => self.wrong_type(
                "một đối tượng",
                "an object",
                Bilingual::new(
                    "Ghi một đối tượng JSON (đặt giữa “{” và “}”) có các trường theo lược đồ.",
                    "Write a JSON object (between “{” and “}”) with the schema's members.",
                ),
            ),
            Type::List(_) => self.wrong_type(
                "một danh sách",
                "an array",
                Bilingual::new(
                    "Ghi một danh sách JSON (đặt giữa “[” và “]”), kể cả khi chỉ có một mục.",
                    "Write a JSON array (between “[” and “]”), even of a single item.",
                ),
            ),
        }
    }

    fn text(self, characters_max: u32) -> Words {
        if self.node.kind() == Kind::String {
            let length = self.node.text().chars().count();
            let (vi, en) = self.shape.map_or(("", ""), |shape| (shape.title, shape.name));
            let message = Bilingual::new(
                format!(
                    "Mục “{vi}” có {} ký tự, vượt mức tối đa {} ký tự.",
                    length.vi(),
                    characters_max.vi()
                ),
                format!(
                    "“{en}” has {} characters, more than the {} allowed.",
                    length.en(),
                    characters_max.en()
                ),
            );
            let remedy = Bilingual::new(
                "Rút gọn nội dung; phần chi tiết để trong giấy tờ kèm theo.",
                "Shorten it; leave the details to the attached papers.",
            );
            return ("schema/too-long", message, remedy);
        }
        let remedy = match self.node.kind() {
            Kind::Number | Kind::Bool => {
                let raw = excerpt(self.node.raw());
                Bilingual::new(
                    format!("Đặt giá trị trong dấu ngoặc kép: “{raw}”."),
                    format!("Put the value in quotes: “{raw}”."),
                )
            }
            _ => Bilingual::new("Ghi văn bản trong dấu ngoặc kép.", "Write a text in quotes."),
        };
        self.wrong_type("văn bản", "a text", remedy)
    }

    fn money(self) -> Words {
        let text = self.node.text();
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        if self.node.kind() == Kind::String && digits && text.len() > MONEY_DIGITS_MAX {
            let states = self.states();
            let length = text.len();
            let message = Bilingual::new(
                format!(
                    "{}: số tiền có {} chữ số, vượt mức tối đa {MONEY_DIGITS_MAX} chữ số.",
                    states.vi,
                    length.vi()
                ),
                format!(
                    "{}: the amount has {} digits, more than the {MONEY_DIGITS_MAX} allowed.",
                    states.en,
                    length.en()
                ),
            );
            let remedy = Bilingual::new(
                "Kiểm tra lại số tiền, đơn vị tính là đồng.",
                "Check the amount; its unit is the đồng.",
            );
            return ("schema/out-of-range", message, remedy);
        }
        self.other(
            "schema/not-money",
            "số đồng nguyên viết bằng các chữ số liền nhau trong ngoặc kép",
            "a whole number of đồng written as plain digits in quotes",
            guess::money(self.node).amount_remedy(),
        )
    }

    fn count(self, min: u32, max: u32) -> Words {
        let raw = self.node.raw();
        let digits = raw.strip_prefix('-').unwrap_or(raw);
        let whole = digits.bytes().all(|byte| byte.is_ascii_digit());
        if self.node.kind() == Kind::Number && whole && raw != "-0" {
            let states = self.states();
            let message = Bilingual::new(
                format!("{}, ngoài khoảng từ {} đến {}.", states.vi, min.vi(), max.vi()),
                format!("{}, outside {} to {}.", states.en, min.en(), max.en()),
            );
            let remedy = Bilingual::new("Kiểm tra lại con số.", "Check the number.");
            return ("schema/out-of-range", message, remedy);
        }
        self.other(
            "schema/not-count",
            "số nguyên viết bằng chữ số, không có ngoặc kép, dấu chấm, dấu phẩy hay số mũ",
            "a whole number written as digits, without quotes, fraction or exponent",
            guess::count(self.node).bare_remedy(),
        )
    }

    fn date(self) -> Words {
        let text = self.node.text();
        if self.node.kind() == Kind::String && looks_like_date(&text) {
            return self.impossible_date();
        }
        self.other(
            "schema/not-date",
            "ngày viết theo dạng YYYY-MM-DD",
            "a date written YYYY-MM-DD",
            guess::date(self.node).remedy("2026-11-18"),
        )
    }

    fn timestamp(self) -> Words {
        let text = self.node.text();
        let day = text.get(..10).unwrap_or_default();
        let impossible = looks_like_date(day) && day.parse::<kycuong_model::date::Date>().is_err();
        if self.node.kind() == Kind::String && impossible {
            return self.impossible_date();
        }
        self.other(
            "schema/not-timestamp",
            "thời điểm viết theo RFC 3339, có giờ và múi giờ",
            "a moment as RFC 3339 writes it, with its time and offset",
            guess::Guess::default().remedy("2026-11-18T09:12:00+07:00"),
        )
    }

    fn impossible_date(self) -> Words {
        let states = self.states();
        let message = Bilingual::new(
            format!("{}, ngày này không có trong lịch.", states.vi),
            format!("{}, a day that does not exist.", states.en),
        );
        let remedy = Bilingual::new(
            "Ghi một ngày có thật, theo thứ tự năm, tháng, ngày.",
            "Write a day that exists, as year, month and day.",
        );
        ("schema/impossible-date", message, remedy)
    }

    fn unexpected(self, only: &str) -> Words {
        let states = self.states();
        let message = Bilingual::new(
            format!("{}, lược đồ này chỉ nhận “{only}”.", states.vi),
            format!("{}, but this schema takes only “{only}”.", states.en),
        );
        let remedy = Bilingual::new(
            format!("Ghi “{only}”, hoặc gửi hồ sơ theo đúng lược đồ của giá trị đã ghi."),
            format!("Write “{only}”, or submit under the schema of the value written."),
        );
        ("schema/unexpected-value", message, remedy)
    }

    fn unknown_code(self, list: &CodeDescription, allowed: &[String], regime: Regime) -> Words {
        let states = self.states();
        let title = list.doc.lines().next().unwrap_or_default().trim().trim_end_matches('.');
        let (of_vi, of_en) = if allowed.len() < list.codes.len() {
            (format!(" theo {}", regime.vi()), format!(" of {}", regime.en()))
        } else {
            (String::new(), String::new())
        };
        let message = Bilingual::new(
            format!("{}, mã này không có trong danh mục “{title}”{of_vi}.", states.vi),
            format!("{}, a code that its list{of_en} does not have.", states.en),
        );
        let codes = || list.codes.iter().filter(|(code, ..)| allowed.iter().any(|one| one == code));
        let text = self.node.text();
        let meant = codes()
            .find(|(_, vi, en)| {
                text.to_lowercase() == vi.to_lowercase() || text.eq_ignore_ascii_case(en)
            })
            .map(|(code, ..)| *code)
            .or_else(|| nearest(&text, codes().map(|(code, ..)| *code)));
        let listed = |titled: &dyn Fn(&(&str, &str, &str)) -> String| {
            codes().map(titled).collect::<Vec<_>>().join(", ")
        };
        let short = codes().count() <= LISTED_MAX;
        let vi = listed(&|(code, vi, _)| {
            if short { format!("“{code}” ({vi})") } else { format!("“{code}”") }
        });
        let en = listed(&|(code, _, en)| {
            if short { format!("“{code}” ({en})") } else { format!("“{code}”") }
        });
        let (first_vi, first_en) = meant.map_or_else(Default::default, |meant| {
            (format!("Có thể mã cần ghi là “{meant}”. "), format!("Did you mean “{meant}”? "))
        });
        let remedy = Bilingual::new(
            format!("{first_vi}Dùng một trong các mã: {vi}."),
            format!("{first_en}Use one of the codes: {en}."),
        );
        ("schema/unknown-code", message, remedy)
    }
}

fn all_codes(list: &CodeDescription) -> Vec<String> {
    list.codes.iter().map(|(code, ..)| (*code).to_owned()).collect()
}

fn see_schema() -> Bilingual {
    Bilingual::new("Ghi giá trị theo lược đồ.", "Write a value as the schema has it.")
}
