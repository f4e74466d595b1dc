//! The validator's errors as problems of places: each place once, in the order of the document.

use std::collections::BTreeMap;

use jsonschema::error::ValidationErrorKind;
use kycuong_model::finding::Severity;
use kycuong_model::pointer::Pointer;
use kycuong_model::regime::Regime;
use kycuong_model::shape::Shape;
use kycuong_model::tape::{Document, Locator, Node};
use kycuong_model::text::Bilingual;
use kycuong_report::Finding;
use serde_json::Value;

use super::{SCHEMA_FINDINGS_MAX, member, value};

/// What the schema objects to at a place.
#[derive(Debug)]
pub(super) enum Problem {
    /// A required member is absent.
    Required { name: String },
    /// Members that the schema does not have.
    Unknown { names: Vec<String> },
    /// A value of another type, form or range, or outside a closed list.
    Value { allowed: Option<Vec<String>> },
}

impl From<&ValidationErrorKind> for Problem {
    fn from(kind: &ValidationErrorKind) -> Self {
        let texts = |values: &[Value]| -> Vec<String> {
            values.iter().filter_map(Value::as_str).map(str::to_owned).collect()
        };
        match kind {
            ValidationErrorKind::Required { property } => {
                Self::Required { name: property.as_str().unwrap_or_default().to_owned() }
            }
            ValidationErrorKind::AdditionalProperties { unexpected } => {
                Self::Unknown { names: unexpected.clone() }
            }
            ValidationErrorKind::Enum { options } => {
                Self::Value { allowed: options.as_array().map(|options| texts(options)) }
            }
            ValidationErrorKind::Constant { expected_value } => {
                Self::Value { allowed: Some(texts(std::slice::from_ref(expected_value))) }
            }
            _ => Self::Value { allowed: None },
        }
    }
}

/// The problems of one document.
#[derive(Debug)]
pub(super) struct Problems<'a> {
    root: Shape,
    locator: Locator<'a>,
    found: BTreeMap<(u32, Rank), Found<'a>>,
    full: bool,
}

/// Problems of one node: of itself first, then of the members that it lacks.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Itself,
    Lacks(String),
}

#[derive(Debug)]
enum Found<'a> {
    Required { path: Pointer, shape: Option<Shape>, name: String },
    Unknown { path: Pointer, shape: Option<Shape>, name: String },
    Value { path: Pointer, shape: Option<Shape>, node: Node<'a>, allowed: Option<Vec<String>> },
}

impl<'a> Problems<'a> {
    pub(super) fn new(document: Document<'a>, root: Shape) -> Self {
        Self { root, locator: Locator::new(document), found: BTreeMap::new(), full: false }
    }

    /// Whether no further problem will be named.
    pub(super) fn is_full(&self) -> bool {
        self.full
    }

    /// Adds a problem; one that cannot be placed is not of this document and is left out.
    pub(super) fn add(&mut self, path: &Pointer, problem: Problem) {
        if self.full {
            return;
        }
        let Some(node) = self.locator.node(path) else { return };
        let shape = self.root.at(path);
        match problem {
            Problem::Required { name } => {
                let mut path = path.clone();
                path.push_member(&name);
                let rank = Rank::Lacks(name.clone());
                self.insert((node.index(), rank), Found::Required { path, shape, name });
            }
            Problem::Unknown { mut names } => {
                names.sort_unstable();
                for (key, _) in node.members() {
                    if self.full {
                        break;
                    }
                    let name = key.text();
                    if names.binary_search_by(|known| known.as_str().cmp(&name)).is_err() {
                        continue;
                    }
                    let mut path = path.clone();
                    path.push_member(&name);
                    let name = name.into_owned();
                    self.insert((key.index(), Rank::Itself), Found::Unknown { path, shape, name });
                }
            }
            Problem::Value { allowed } => {
                let key = (node.index(), Rank::Itself);
                if let Some(Found::Value { allowed: known, .. }) = self.found.get_mut(&key) {
                    if known.is_none() {
                        *known = allowed;
                    }
                    return;
                }
                self.insert(key, Found::Value { path: path.clone(), shape, node, allowed });
            }
        }
    }

    fn insert(&mut self, key: (u32, Rank), found: Found<'a>) {
        if self.found.contains_key(&key) {
            return;
        }
        if self.found.len() < SCHEMA_FINDINGS_MAX {
            self.found.insert(key, found);
        } else {
            self.full = true;
        }
    }

    /// The findings, in the order of the document.
    pub(super) fn into_findings(self, regime: Regime) -> Vec<Finding> {
        let full = self.full.then(too_many);
        let findings = self.found.into_values().map(|found| match found {
            Found::Required { path, shape, name } => member::required(path, shape, &name),
            Found::Unknown { path, shape, name } => member::unknown(path, shape, &name),
            Found::Value { path, shape, node, allowed } => {
                value::wrong(path, shape, node, allowed.as_deref(), regime)
            }
        });
        findings.chain(full).collect()
    }
}

fn too_many() -> Finding {
    let message = Bilingual::new(
        format!("Hồ sơ còn điểm không đúng lược đồ ngoài {SCHEMA_FINDINGS_MAX} điểm đã nêu."),
        format!(
            "The submission departs from the schema in more than the {SCHEMA_FINDINGS_MAX} places named."
        ),
    );
    let remedy = Bilingual::new(
        "Kiểm tra lại phần mềm kết xuất hồ sơ theo lược đồ, sửa các điểm đã nêu rồi gửi lại.",
        "Check the software that exports the dossier against the schema, fix what is named and send it again.",
    );
    Finding::new("schema/too-many", Severity::Block, Pointer::root(), message, remedy)
        .value("limit", SCHEMA_FINDINGS_MAX)
}
