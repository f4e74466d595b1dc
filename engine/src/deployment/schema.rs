//! The schema of deployment files: what it objects to, for an operator, with how to fix it.

use std::sync::LazyLock;

use jsonschema::Validator;
use jsonschema::error::ValidationErrorKind;
use jsonschema::json::SerdeJson;
use kycuong_model::pointer::Pointer;
use kycuong_model::spelling::nearest;
use kycuong_operator_file::{OperatorFile, Problem};
use serde_json::Value;

use crate::schema::options;

/// The JSON Schema (draft 2020-12) of a deployment file, as committed: for forms and editors.
pub const DEPLOYMENT_SCHEMA: &str = include_str!("../../schema/deployment.json");

struct Compiled {
    schema: Value,
    validator: Validator<SerdeJson>,
}

/// Compiled when the first file is read. `None` only when the committed schema is broken.
static COMPILED: LazyLock<Option<Compiled>> = LazyLock::new(|| {
    let schema: Value = serde_json::from_str(DEPLOYMENT_SCHEMA).ok()?;
    let validator = options::<SerdeJson>().build(&schema).ok()?;
    Some(Compiled { schema, validator })
});

/// What the schema objects to.
pub(super) fn problems(file: &OperatorFile) -> Vec<Problem> {
    let Some(Compiled { schema, validator }) = &*COMPILED else {
        let message = "its schema is broken, which the host's tests rule out".to_owned();
        return vec![file.problem("", message)];
    };
    let mut found = Vec::new();
    for error in validator.iter_errors(file.value()) {
        let at = error.instance_path().as_str();
        let mut add = |at: &str, message: String| {
            found.push(file.problem(at, message));
        };
        match error.kind() {
            ValidationErrorKind::AdditionalProperties { unexpected } => {
                for name in unexpected {
                    // Escaped: a name may hold what divides a pointer.
                    let mut member = Pointer::from(at);
                    member.push_member(name);
                    add(member.as_str(), unknown(&part(schema, at), at, name));
                }
            }
            ValidationErrorKind::Required { property } => {
                let name = property.as_str().unwrap_or_default();
                let member = part(schema, &format!("{at}/{name}"));
                let holder = holder(at);
                let (title, like) = (title(&member), example(&member));
                add(at, format!("{holder} lacks `{name}`{title}: add it, like `{name} = {like}`"));
            }
            kind => {
                let member = part(schema, at);
                let value = file.value().pointer(at).unwrap_or(&Value::Null);
                add(at, wrong(&member, at, value, kind));
            }
        }
    }
    found
}

fn unknown(holder_schema: &Value, at: &str, name: &str) -> String {
    let known = holder_schema["properties"].as_object();
    let known = || known.into_iter().flatten().map(|(name, _)| name.as_str());
    let holder = holder(at);
    match nearest(name, known()) {
        Some(meant) => format!("{holder} has no `{name}`: did you mean `{meant}`?"),
        None => {
            let known = known().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
            format!("{holder} has no `{name}`: it takes {known}")
        }
    }
}

fn wrong(member: &Value, at: &str, value: &Value, kind: &ValidationErrorKind) -> String {
    let (name, title, like) = (name(at), title(member), example(member));
    let written = match value {
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "a table".to_owned(),
        Value::Null => "something else".to_owned(),
        other => format!("`{}`", shortened(&other.to_string())),
    };
    match kind {
        ValidationErrorKind::Type { .. } if member["type"] == "array" => {
            format!("`{name}` is a list of tables: begin each with `[[{name}]]`")
        }
        ValidationErrorKind::Type { .. } => {
            format!("`{name}`{title} is {written}, which is of another type: write it like {like}")
        }
        ValidationErrorKind::Enum { .. } => {
            let allowed = member["enum"].as_array().into_iter().flatten();
            let allowed = allowed.map(|code| format!("`{}`", code.as_str().unwrap_or_default()));
            let allowed = allowed.collect::<Vec<_>>().join(" or ");
            format!(
                "`{name}`{title} is {written}, but can only be {allowed}: nothing is raised here"
            )
        }
        ValidationErrorKind::Format { .. } => {
            format!("`{name}`{title} is {written}, which is no day: write it like {like}")
        }
        ValidationErrorKind::MaxLength { limit } => {
            let length = value.as_str().map_or(0, |text| text.chars().count());
            format!("`{name}`{title} has {length} characters, at most {limit} are allowed")
        }
        ValidationErrorKind::MinLength { .. } | ValidationErrorKind::Pattern { .. } => {
            format!("`{name}`{title} is empty: write it like {like}")
        }
        _ => format!("`{name}`{title} is {written}: write it like {like}"),
    }
}

/// The part of the schema that speaks of a pointer of the file.
fn part(schema: &Value, at: &str) -> Value {
    let mut part = schema;
    for step in at.split('/').skip(1) {
        let inside = match step.parse::<usize>() {
            Ok(_) => part.get("items"),
            Err(_) => part.get("properties").and_then(|members| members.get(step)),
        };
        part = inside.unwrap_or(&Value::Null);
    }
    part.clone()
}

/// The table that a pointer is, as it is written in the file.
fn holder(at: &str) -> String {
    match at.split('/').nth(1) {
        Some(list) => format!("`[[{list}]]`"),
        None => "the file".to_owned(),
    }
}

fn name(at: &str) -> &str {
    let last = at.rsplit('/').next().unwrap_or(at);
    if last.parse::<usize>().is_ok() { at.split('/').nth(1).unwrap_or(at) } else { last }
}

/// What officials call it, in parentheses.
fn title(member: &Value) -> String {
    member["title"].as_str().map_or_else(String::new, |title| format!(" ({title})"))
}

fn example(member: &Value) -> String {
    let date = member["format"] == "date";
    match member.pointer("/examples/0") {
        Some(Value::String(text)) if date => text.clone(),
        Some(other) => other.to_string(),
        None => "…".to_owned(),
    }
}

fn shortened(text: &str) -> String {
    kycuong_model::text::excerpt(text.trim_matches('"'))
}
