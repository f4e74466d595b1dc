//! The words of the book: codes, dates, places and values as Vietnamese officials write them.

use kycuong_model::cases::{CarriedCase, Expectation};
use kycuong_model::code::Code;
use kycuong_model::codes::{DossierKind, SubjectKind};
use kycuong_model::finding::Severity;
use kycuong_model::jurisdiction::{NATION, Province};
use kycuong_model::localize::Localize;
use kycuong_model::manifest::{EffectiveDates, PackStatus, ParameterDescription};
use kycuong_model::money::{Money, Percent};
use kycuong_model::words::capitalized;
use maud::{Markup, html};

/// What the book is called.
pub(crate) const TITLE: &str = "Sổ tay quy tắc kiểm tra hồ sơ công nghệ thông tin, chuyển đổi số";
pub(crate) const SHORT_TITLE: &str = "Sổ tay quy tắc";

pub(crate) fn severity(severity: Severity) -> String {
    capitalized(&severity.vi())
}

pub(crate) fn severity_meaning(severity: Severity) -> &'static str {
    match severity {
        Severity::Block => "Hồ sơ được đề nghị trả lại để hoàn thiện.",
        Severity::Warn => "Hồ sơ được tiếp nhận; người thẩm định xem xét nội dung được nêu.",
        Severity::Inform => "Thông tin để biết; không ảnh hưởng đến kết luận.",
    }
}

pub(crate) fn expectation(expectation: Expectation) -> &'static str {
    match expectation {
        Expectation::Valid => "đạt",
        Expectation::Invalid => "không đạt",
        Expectation::Missing => "thiếu dữ liệu",
    }
}

/// What is promised of a case, and its name.
pub(crate) fn case_title(case: &CarriedCase) -> String {
    format!("{}: {}", expectation(case.expectation), case.name)
}

pub(crate) fn status(status: PackStatus) -> &'static str {
    match status {
        PackStatus::InForce => "Đang áp dụng",
        PackStatus::Historic => "Lịch sử",
    }
}

pub(crate) fn status_meaning(status: PackStatus) -> &'static str {
    match status {
        PackStatus::InForce => "Các quy tắc có mức “Chặn” được thi hành ngay khi gói được cài đặt.",
        PackStatus::Historic => {
            "Chưa có nguồn nào cho thấy văn bản gốc còn hiệu lực; các quy tắc chỉ cảnh báo cho đến khi địa phương quyết định áp dụng gói này."
        }
    }
}

/// Areas as officials call them, with what became of them.
pub(crate) fn places(slugs: &[String]) -> String {
    let names: Vec<String> = slugs.iter().map(|slug| place(slug, slugs)).collect();
    capitalized(&names.join("; "))
}

/// One area; where a unit and the one that it went into are both among `slugs`, each has its days.
fn place(slug: &str, slugs: &[String]) -> String {
    let among = |unit: &Province| slugs.iter().any(|slug| slug == unit.slug);
    let Some(unit) = Province::by_slug(slug) else {
        return if slug == NATION { "cả nước".to_owned() } else { slug.to_owned() };
    };
    let name = unit.last_title();
    match (unit.to, unit.successor()) {
        (Some(last), Some(now)) if !among(now) => {
            format!("{name} trước ngày {}, nay thuộc {}", last.plus_days(1).vi(), now.last_title())
        }
        (Some(last), _) => format!("{name} trước ngày {}", last.plus_days(1).vi()),
        (None, _) if unit.predecessors().any(among) => {
            format!("{name} từ ngày {}", unit.from.vi())
        }
        (None, _) => name,
    }
}

pub(crate) fn effective(dates: EffectiveDates) -> String {
    match dates.to {
        None => format!("Từ ngày {}", dates.from.vi()),
        Some(to) => format!("Từ ngày {} đến hết ngày {}", dates.from.vi(), to.vi()),
    }
}

/// The same for a column of dates.
pub(crate) fn effective_short(dates: EffectiveDates) -> String {
    match dates.to {
        None => format!("từ {}", dates.from.vi()),
        Some(to) => format!("{} – {}", dates.from.vi(), to.vi()),
    }
}

pub(crate) fn subject(code: &str) -> &str {
    SubjectKind::from_code(code).map_or(code, |known| known.title_vi())
}

pub(crate) fn kind(code: &str) -> &str {
    DossierKind::from_code(code).map_or(code, |known| known.title_vi())
}

/// Codes by their titles; one that this book does not know stands as it is.
pub(crate) fn titles<C: Code>(codes: &[String]) -> Vec<String> {
    let title = |code: &String| match C::from_code(code) {
        Some(known) => known.title_vi().to_owned(),
        None => code.clone(),
    };
    codes.iter().map(title).collect()
}

/// A legal basis as it is cited.
pub(crate) fn parameter_kind(kind: &str) -> &str {
    match kind {
        "percent" => "tỷ lệ phần trăm",
        "money" => "số tiền",
        "count" => "số lượng",
        "days" => "số ngày",
        "months" => "số tháng",
        "switch" => "có hoặc không",
        other => other,
    }
}

/// A parameter's value with its unit; one that cannot be read is shown as it is.
pub(crate) fn parameter_value(parameter: &ParameterDescription, value: &str) -> String {
    let number = || value.parse::<u32>().ok().map(|number| number.vi());
    let shown = match parameter.kind.as_str() {
        "percent" => value.parse::<Percent>().ok().map(|share| share.vi()),
        "money" => value.parse::<Money>().ok().map(|amount| amount.vi()),
        "count" => number(),
        "days" => number().map(|days| format!("{days} ngày")),
        "months" => number().map(|months| format!("{months} tháng")),
        "switch" => match value {
            "true" => Some("có".to_owned()),
            "false" => Some("không".to_owned()),
            _ => None,
        },
        _ => None,
    };
    shown.unwrap_or_else(|| value.to_owned())
}

/// A number of things.
pub(crate) fn number(count: usize) -> String {
    count.vi()
}

/// The paragraphs of a doc comment; lines inside one are joined.
pub(crate) fn paragraphs(doc: &str) -> Vec<String> {
    doc.split("\n\n")
        .map(|paragraph| paragraph.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|paragraph| !paragraph.is_empty())
        .collect()
}

/// A sentence in which names between backticks are code.
pub(crate) fn prose(text: &str) -> Markup {
    let pieces: Vec<&str> = text.split('`').collect();
    // A backtick without partner stays a character.
    let paired = pieces.len() % 2 == 1;
    html! {
        @if paired {
            @for (place, piece) in pieces.iter().enumerate() {
                @if place % 2 == 1 { code { (piece) } } @else { (piece) }
            }
        } @else { (text) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_say_what_became_of_them() {
        let places = |slugs: &[&str]| {
            places(&slugs.iter().map(|slug| (*slug).to_owned()).collect::<Vec<_>>())
        };
        assert_eq!(places(&["VN"]), "Cả nước");
        assert_eq!(
            places(&["bac-giang"]),
            "Tỉnh Bắc Giang trước ngày 01/07/2025, nay thuộc thành phố Bắc Ninh"
        );
        assert_eq!(
            places(&["dong-nai", "dong-nai-2025"]),
            "Tỉnh Đồng Nai trước ngày 01/07/2025; thành phố Đồng Nai từ ngày 01/07/2025"
        );
        assert_eq!(places(&["ha-noi"]), "Thành phố Hà Nội");
    }

    #[test]
    fn values_have_their_units() {
        let value = |kind: &str, value: &str| {
            let parameter = ParameterDescription {
                name: "p".to_owned(),
                doc: String::new(),
                kind: kind.to_owned(),
                default: String::new(),
                min: None,
                max: None,
            };
            parameter_value(&parameter, value)
        };
        assert_eq!(value("percent", "2.5"), "2,5%");
        assert_eq!(value("money", "1000000"), "1.000.000 đồng");
        assert_eq!(value("days", "90"), "90 ngày");
        assert_eq!(value("switch", "false"), "không");
        assert_eq!(value("money", "nhiều"), "nhiều");
    }

    #[test]
    fn paragraphs_and_code() {
        assert_eq!(paragraphs("Một\nhai.\n\n\nBa.\n"), ["Một hai.", "Ba."]);
        assert_eq!(prose("a `b<` c").into_string(), "a <code>b&lt;</code> c");
        assert_eq!(prose("a ` b").into_string(), "a ` b");
    }
}
