//! Members of the submission by the titles of their forms: `owner.level` is “Chủ đầu tư › Cấp”.

use kycuong_model::budget_entry::BudgetEntry;
use kycuong_model::code::Code;
use kycuong_model::codes::SubjectKind;
use kycuong_model::describe::{MemberDescription, ObjectDescription, Type};
use kycuong_model::dossier::Dossier;
use kycuong_model::facts::Facts;
use kycuong_model::pointer::Pointer;
use kycuong_model::portfolio::Portfolio;
use kycuong_model::unit_plan::UnitPlan;
use kycuong_model::view::View;

/// What stands between the titles of a path.
const STEP: &str = " › ";

/// The titles along a dotted path (`costs.lines`, `*` for every element); `None` when a subject has
/// no such member.
pub(crate) fn path_titles(subject: &str, path: &str) -> Option<String> {
    let object = description(SubjectKind::from_code(subject)?);
    titles(object, path.split('.').filter(|step| *step != "*"))
}

/// The titles along a JSON Pointer of a finding: elements of lists are counted from 1.
pub(crate) fn pointer_titles(subject: &str, pointer: &str) -> Option<String> {
    let object = description(SubjectKind::from_code(subject)?);
    let steps: Vec<String> = Pointer::from(pointer).tokens().collect();
    if steps.is_empty() {
        return None;
    }
    titles(object, steps.iter().map(String::as_str))
}

/// What a table of facts is called, and its columns.
pub(crate) fn table(name: &str) -> Option<&'static str> {
    member(facts(), name).map(label)
}

/// What a column of a table of facts is called.
pub(crate) fn column(table: &str, name: &str) -> Option<&'static str> {
    member(object_of(&member(facts(), table)?.kind)?, name).map(label)
}

fn facts() -> &'static ObjectDescription {
    &Facts::DESCRIPTION
}

fn description(subject: SubjectKind) -> &'static ObjectDescription {
    match subject {
        SubjectKind::Dossier => &Dossier::DESCRIPTION,
        SubjectKind::BudgetEntry => &BudgetEntry::DESCRIPTION,
        SubjectKind::UnitPlan => &UnitPlan::DESCRIPTION,
        SubjectKind::Portfolio => &Portfolio::DESCRIPTION,
    }
}

fn titles<'a>(
    mut object: &'static ObjectDescription,
    steps: impl Iterator<Item = &'a str>,
) -> Option<String> {
    let mut titles: Vec<String> = Vec::new();
    let mut steps = steps.peekable();
    while let Some(step) = steps.next() {
        let member = member(object, step)?;
        titles.push(label(member).to_owned());
        if let Some(place) = steps.next_if(|step| step.bytes().all(|byte| byte.is_ascii_digit())) {
            titles.push(format!("dòng {}", place.parse::<u64>().ok()? + 1));
        }
        if steps.peek().is_some() {
            object = object_of(&member.kind)?;
        }
    }
    (!titles.is_empty()).then(|| titles.join(STEP))
}

fn member(object: &'static ObjectDescription, name: &str) -> Option<&'static MemberDescription> {
    object.members.iter().find(|member| member.name == name)
}

/// The first line of the description: the label of a form.
fn label(member: &'static MemberDescription) -> &'static str {
    member.doc.trim().lines().next().unwrap_or(member.name).trim()
}

fn object_of(kind: &'static Type) -> Option<&'static ObjectDescription> {
    match kind {
        Type::Object(object) => Some(object),
        Type::List(element) => object_of(element),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_follow_the_model() {
        let path = path_titles("unit-plan", "owner.level");
        assert!(path.as_ref().is_some_and(|path| path.ends_with(" › Cấp")), "{path:?}");
        assert_eq!(path_titles("dossier", "no_such_member"), None);
        assert_eq!(path_titles("memo", "title"), None);
        let place = pointer_titles("unit-plan", "/entries/1/amount").unwrap();
        assert!(place.contains(" › dòng 2 › "), "{place}");
        assert_eq!(pointer_titles("unit-plan", ""), None);
        assert_eq!(table("systems"), Some("Danh mục hệ thống thông tin"));
        assert_eq!(column("systems", "function_code"), Some("Mã chức năng"));
        assert_eq!(table("nothing"), None);
    }
}
