//! What the words of a report mean.

use kycuong_model::code::Code;
use kycuong_model::codes::{DossierKind, SubjectKind};
use kycuong_model::finding::Severity;
use kycuong_model::manifest::PackStatus;
use kycuong_model::words::capitalized;
use maud::{Markup, html};

use crate::address::{Target, term_anchor};
use crate::layout::{section, table, title};
use crate::words;

pub(crate) const TITLE: &str = "Thuật ngữ";

/// What became of a rule: its code, its name, its meaning.
const OUTCOMES: [(&str, &str, &str); 5] = [
    ("pass", "Đạt", "Quy tắc đã kiểm tra và không có phát hiện."),
    ("fail", "Không đạt", "Quy tắc có ít nhất một phát hiện."),
    (
        "not-applicable",
        "Không áp dụng",
        "Quy tắc không liên quan đến hồ sơ này; báo cáo nêu lý do.",
    ),
    (
        "not-evaluated",
        "Chưa đánh giá được",
        "Thiếu dữ liệu trong hồ sơ hoặc thiếu bảng dữ liệu tham chiếu; không bao giờ được tính là đạt.",
    ),
    (
        "crashed",
        "Quy tắc gặp sự cố",
        "Quy tắc dừng vì vượt hạn mức hoặc trả lời không hợp lệ; không bao giờ được tính là đạt.",
    ),
];

/// What a report concludes: its code, its name, its meaning.
const VERDICTS: [(&str, &str, &str); 4] = [
    ("return", "Trả hồ sơ để hoàn thiện", "Có ít nhất một phát hiện ở mức chặn."),
    (
        "undetermined",
        "Chưa đủ căn cứ để kết luận",
        "Không có phát hiện ở mức chặn, nhưng có quy tắc bắt buộc chưa đánh giá được hoặc gặp sự cố.",
    ),
    (
        "accept-with-warnings",
        "Tiếp nhận, có nội dung cần xem xét",
        "Chỉ có phát hiện ở mức cảnh báo.",
    ),
    ("accept", "Tiếp nhận", "Không có nội dung phải xem xét."),
];

pub(crate) fn body(level: u8) -> Markup {
    let severities = [Severity::Block, Severity::Warn, Severity::Inform];
    let names = severities.map(words::severity);
    let severities: Vec<_> = severities
        .into_iter()
        .zip(&names)
        .map(|(severity, name)| (severity.code(), &**name, words::severity_meaning(severity)))
        .collect();
    let statuses = [("in-force", PackStatus::InForce), ("historic", PackStatus::Historic)]
        .map(|(code, status)| (code, words::status(status), words::status_meaning(status)));
    let content = html! {
        (title(level, TITLE))
        (title(level + 1, "Mức xử lý của một phát hiện"))
        (terms(&severities))
        (title(level + 1, "Kết quả của một quy tắc"))
        (terms(&OUTCOMES))
        (title(level + 1, "Kết luận của báo cáo"))
        (terms(&VERDICTS))
        (title(level + 1, "Tình trạng của gói quy tắc"))
        (terms(&statuses))
        (title(level + 1, "Các từ khác"))
        dl.terms { @for (term, meaning) in WORDS { dt { (term) } dd { (meaning) } } }
        (title(level + 1, "Đối tượng kiểm tra và loại hồ sơ"))
        (codes())
    };
    section(Target::Glossary, "glossary", &content)
}

const WORDS: [(&str, &str); 7] = [
    (
        "Quy tắc",
        "Một điều kiểm tra rút ra từ một câu của văn bản, có mã số, thời gian áp dụng và tình huống mẫu.",
    ),
    (
        "Gói quy tắc",
        "Một tệp gồm các quy tắc của một văn bản hoặc một địa phương, có phiên bản và mã băm.",
    ),
    (
        "Phát hiện",
        "Một điểm chưa phù hợp tại một vị trí của hồ sơ, có số liệu, căn cứ và việc cần làm.",
    ),
    ("Tình huống mẫu", "Một hồ sơ thu nhỏ kèm kết quả đúng của quy tắc, dùng để kiểm thử quy tắc."),
    (
        "Dữ liệu tham chiếu",
        "Bảng dữ liệu do cơ quan tiếp nhận cung cấp để đối chiếu: văn bản pháp lý, mục lục ngân sách, danh mục hệ thống, mặt bằng giá, lịch làm việc.",
    ),
    ("Tham số", "Giá trị mà văn bản cho phép địa phương quy định, trong giới hạn ghi ở quy tắc."),
    (
        "Chưa kiểm chứng",
        "Số liệu pháp lý chưa được đối chiếu với bản gốc của văn bản; quy tắc dùng số liệu đó chỉ cảnh báo.",
    ),
];

fn terms(terms: &[(&str, &str, &str)]) -> Markup {
    html! {
        dl.terms {
            @for (code, name, meaning) in terms {
                dt id=(term_anchor(code)) { (name) " " code { (code) } }
                dd { (meaning) }
            }
        }
    }
}

fn codes() -> Markup {
    let subjects = SubjectKind::ALL.iter().map(|subject| (subject.title_vi(), subject.code()));
    let kinds = DossierKind::ALL.iter().map(|kind| (kind.title_vi(), kind.code()));
    let rows: Vec<Vec<Markup>> = subjects
        .chain(kinds)
        .map(|(name, code)| vec![html! { (capitalized(name)) }, html! { code { (code) } }])
        .collect();
    table("codes", &["Tên", "Mã"], &rows)
}
