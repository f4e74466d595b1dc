//! What the model expects at a place: its type and its label.

use crate::budget_entry::BudgetEntry;
use crate::codes::SubjectKind;
use crate::describe::{ObjectDescription, Type};
use crate::dossier::Dossier;
use crate::pointer::Pointer;
use crate::portfolio::Portfolio;
use crate::subject::SubjectHeader;
use crate::text::{Bilingual, quote};
use crate::unit_plan::UnitPlan;
use crate::view::View;

/// What is expected at one place.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// The member's name; of an element, its list's; of the whole, empty.
    pub name: &'static str,
    /// The Vietnamese label.
    pub title: &'static str,
    /// The type.
    pub kind: Type,
}

impl Shape {
    /// The whole of a subject.
    pub fn of_subject(subject: SubjectKind) -> Self {
        Self::whole(match subject {
            SubjectKind::Dossier => &Dossier::DESCRIPTION,
            SubjectKind::BudgetEntry => &BudgetEntry::DESCRIPTION,
            SubjectKind::UnitPlan => &UnitPlan::DESCRIPTION,
            SubjectKind::Portfolio => &Portfolio::DESCRIPTION,
        })
    }

    /// What every subject has.
    pub fn of_header() -> Self {
        Self { title: "Hồ sơ", ..Self::whole(&SubjectHeader::DESCRIPTION) }
    }

    fn whole(description: &'static ObjectDescription) -> Self {
        Self { name: "", title: first_line(description.doc), kind: Type::Object(description) }
    }

    /// The object expected here, if one is.
    pub fn object(self) -> Option<&'static ObjectDescription> {
        match self.kind {
            Type::Object(object) => Some(object),
            _ => None,
        }
    }

    /// A member of the object expected here.
    pub fn member(self, name: &str) -> Option<Self> {
        let member = self.object()?.members.iter().find(|member| member.name == name)?;
        Some(Self { name: member.name, title: first_line(member.doc), kind: member.kind })
    }

    /// The shape at a pointer, seen from here.
    pub fn at(self, path: &Pointer) -> Option<Self> {
        path.tokens().try_fold(self, |shape, token| match shape.kind {
            Type::List(element) => Some(Self { kind: *element, ..shape }),
            _ => shape.member(&token),
        })
    }
}

/// What to do about a member that is not there.
pub fn how_to_add(shape: Option<Shape>, name: &str) -> Bilingual {
    match shape.map(|shape| shape.kind) {
        Some(Type::Code(code)) => {
            let (vi, en): (Vec<_>, Vec<_>) = code
                .codes
                .iter()
                .map(|(code, vi, en)| (format!("“{code}” ({vi})"), format!("“{code}” ({en})")))
                .unzip();
            Bilingual::new(
                format!("Thêm trường {} với một trong các mã: {}.", quote(name), vi.join(", ")),
                format!("Add {} with one of the codes: {}.", quote(name), en.join(", ")),
            )
        }
        _ => Bilingual::new(
            format!("Thêm trường {} theo lược đồ.", quote(name)),
            format!("Add {} as the schema has it.", quote(name)),
        ),
    }
}

/// The label in a doc comment: its first line, without a period.
pub fn first_line(doc: &'static str) -> &'static str {
    doc.lines().next().unwrap_or(doc).trim().trim_end_matches('.')
}
