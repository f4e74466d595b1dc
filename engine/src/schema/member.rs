//! The words for members that are missing or that nobody knows.

use kycuong_model::finding::Severity;
use kycuong_model::pointer::Pointer;
use kycuong_model::shape::{Shape, first_line, how_to_add};
use kycuong_model::spelling::nearest;
use kycuong_model::text::{Bilingual, excerpt, quote};
use kycuong_report::Finding;

/// Names or codes that a remedy lists; more would hide the sentence.
pub(super) const LISTED_MAX: usize = 12;

/// A required member is absent.
pub(super) fn required(path: Pointer, parent: Option<Shape>, name: &str) -> Finding {
    let shape = parent.and_then(|parent| parent.member(name));
    let title = shape.map_or_else(String::new, |shape| format!(" ({})", shape.title));
    let message = Bilingual::new(
        format!("{} thiếu trường bắt buộc {}{title}.", subject_vi(parent), quote(name)),
        format!("{} lacks the required member {}.", subject_en(parent), quote(name)),
    );
    let remedy = how_to_add(shape, name);
    Finding::new("schema/required-member", Severity::Block, path, message, remedy)
}

/// A member that the schema does not have.
pub(super) fn unknown(path: Pointer, parent: Option<Shape>, name: &str) -> Finding {
    let known = || {
        let object = parent.and_then(Shape::object);
        object.into_iter().flat_map(|object| object.members.iter().map(|member| member.name))
    };
    let message = Bilingual::new(
        format!("{} có trường {} mà lược đồ không quy định.", subject_vi(parent), quote(name)),
        format!(
            "{} has the member {}, which the schema does not know.",
            subject_en(parent),
            quote(name)
        ),
    );
    let remedy = if let Some(meant) = nearest(&snake_case(name), known()) {
        let title = parent.and_then(|parent| parent.member(meant)).map_or("", |shape| shape.title);
        Bilingual::new(
            format!(
                "Sửa tên trường thành “{meant}” ({title}) nếu đó là nội dung định ghi; nếu không, xóa trường này."
            ),
            format!("Did you mean “{meant}”? If not, delete the member."),
        )
    } else if known().count() <= LISTED_MAX {
        let names = known().map(|name| format!("“{name}”")).collect::<Vec<_>>().join(", ");
        Bilingual::new(
            format!("Xóa trường này hoặc dùng một trong các trường: {names}."),
            format!("Delete the member or use one of: {names}."),
        )
    } else {
        Bilingual::new(
            "Xóa trường này hoặc dùng tên trường có trong lược đồ.",
            "Delete the member or use a name that the schema has.",
        )
    };
    Finding::new("schema/unknown-member", Severity::Block, path, message, remedy)
        .value("member", excerpt(name))
}

/// `unitPrice` as `unit_price`: many platforms export the former.
fn snake_case(name: &str) -> String {
    let mut out = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !out.is_empty() {
            out.push('_');
        }
        out.push(letter.to_ascii_lowercase());
    }
    out
}

fn subject_vi(shape: Option<Shape>) -> String {
    match shape {
        Some(shape) if !shape.name.is_empty() => format!("Mục “{}”", shape.title),
        _ => "Hồ sơ".to_owned(),
    }
}

fn subject_en(shape: Option<Shape>) -> String {
    match shape {
        Some(shape) if !shape.name.is_empty() => format!("“{}”", shape.name),
        _ => "The submission".to_owned(),
    }
}

/// What a list of codes is called: the first line of its doc comment.
pub(super) fn list_title(code: &'static kycuong_model::describe::CodeDescription) -> &'static str {
    first_line(code.doc)
}
