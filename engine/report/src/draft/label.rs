//! What the schema calls a place, for a list of what to supply.

use kycuong_model::codes::SubjectKind;
use kycuong_model::describe::Type;
use kycuong_model::pointer::Pointer;
use kycuong_model::shape::{Shape, how_to_add};
use kycuong_model::text::Bilingual;

/// A place as the schema knows it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Label {
    shape: Option<Shape>,
    name: String,
    /// Where it stands in the schema: the position of each member on the way, elements as they count.
    pub(crate) position: Vec<usize>,
}

impl Label {
    /// The label of a place in a subject.
    pub(crate) fn of(subject: Option<SubjectKind>, path: &Pointer) -> Self {
        let root = subject.map_or_else(Shape::of_header, Shape::of_subject);
        let mut shape = Some(root);
        let mut position = Vec::new();
        for token in path.tokens() {
            let object = shape.and_then(Shape::object);
            let members = object.map(|object| object.members.iter());
            let found = members.and_then(|mut all| all.position(|member| member.name == token));
            position.push(found.or_else(|| token.parse().ok()).unwrap_or(usize::MAX));
            shape = shape.and_then(|shape| match shape.kind {
                Type::List(element) => Some(Shape { kind: *element, ..shape }),
                _ => shape.member(&token),
            });
        }
        let name = path.tokens().filter(|token| token.parse::<usize>().is_err()).last();
        Self { shape, name: name.unwrap_or_default(), position }
    }

    /// Its Vietnamese label, and its name.
    pub(crate) fn title(&self) -> Bilingual {
        let vi = self.shape.map_or(self.name.as_str(), |shape| shape.title);
        Bilingual::new(vi, self.name.replace('_', " "))
    }

    /// How to add it.
    pub(crate) fn remedy(&self) -> Bilingual {
        how_to_add(self.shape, &self.name)
    }
}
