//! What the model expects at a place: its type and its label.

use kycuong_model::budget_entry::BudgetEntry;
use kycuong_model::codes::SubjectKind;
use kycuong_model::describe::{ObjectDescription, Type};
use kycuong_model::dossier::Dossier;
use kycuong_model::pointer::Pointer;
use kycuong_model::portfolio::Portfolio;
use kycuong_model::subject::Head;
use kycuong_model::unit_plan::UnitPlan;
use kycuong_model::view::View;

/// What is expected at one place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    /// The member's name; of an element, its list's; of the whole, empty.
    pub(super) name: &'static str,
    /// The Vietnamese label.
    pub(super) title: &'static str,
    /// The type.
    pub(super) kind: Type,
}

impl Shape {
    /// The whole of a subject.
    pub(super) fn of_subject(subject: SubjectKind) -> Self {
        Self::whole(match subject {
            SubjectKind::Dossier => &Dossier::DESCRIPTION,
            SubjectKind::BudgetEntry => &BudgetEntry::DESCRIPTION,
            SubjectKind::UnitPlan => &UnitPlan::DESCRIPTION,
            SubjectKind::Portfolio => &Portfolio::DESCRIPTION,
        })
    }

    /// What every subject has.
    pub(super) fn of_head() -> Self {
        Self { title: "Hồ sơ", ..Self::whole(&Head::DESCRIPTION) }
    }

    fn whole(description: &'static ObjectDescription) -> Self {
        Self { name: "", title: first_line(description.doc), kind: Type::Object(description) }
    }

    /// The object expected here, if one is.
    pub(super) fn object(self) -> Option<&'static ObjectDescription> {
        match self.kind {
            Type::Object(object) => Some(object),
            _ => None,
        }
    }

    /// A member of the object expected here.
    pub(super) fn member(self, name: &str) -> Option<Self> {
        let member = self.object()?.members.iter().find(|member| member.name == name)?;
        Some(Self { name: member.name, title: first_line(member.doc), kind: member.kind })
    }

    /// The shape at a pointer, seen from here.
    pub(super) fn at(self, path: &Pointer) -> Option<Self> {
        path.tokens().try_fold(self, |shape, token| match shape.kind {
            Type::List(element) => Some(Self { kind: *element, ..shape }),
            _ => shape.member(&token),
        })
    }
}

/// The label in a doc comment: its first line, without a period.
pub(crate) fn first_line(doc: &'static str) -> &'static str {
    doc.lines().next().unwrap_or(doc).trim().trim_end_matches('.')
}
