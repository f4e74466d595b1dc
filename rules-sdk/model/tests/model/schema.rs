//! The committed JSON Schemas are what the views say. `UPDATE_EXPECT=1` writes them anew.

#![expect(clippy::unwrap_used, reason = "the helpers of tests are tests")]

use std::collections::BTreeMap;
use std::path::Path;

use kycuong_model::budget_entry::BudgetEntry;
use kycuong_model::code::Code;
use kycuong_model::codes::{CostGroupKey, SubjectKind};
use kycuong_model::describe::{CodeDescription, MemberDescription, ObjectDescription, Type};
use kycuong_model::dossier::Dossier;
use kycuong_model::portfolio::Portfolio;
use kycuong_model::regime::Regime;
use kycuong_model::schema::{SCHEMA_VERSION, schema_id, schema_text};
use kycuong_model::unit_plan::UnitPlan;
use kycuong_model::view::View;
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Value;

mod fact_tables;

/// JSON whose members keep their order, whatever features of `serde_json` the build turns on.
#[derive(Clone)]
enum Json {
    Leaf(Value),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Leaf(value) => value.serialize(serializer),
            Self::List(items) => items.serialize(serializer),
            Self::Object(members) => {
                let mut map = serializer.serialize_map(Some(members.len()))?;
                for (name, value) in members {
                    map.serialize_entry(name, value)?;
                }
                map.end()
            }
        }
    }
}

impl<T: Into<Value>> From<T> for Json {
    fn from(value: T) -> Self {
        Self::Leaf(value.into())
    }
}

type Members = Vec<(String, Json)>;

fn put(members: &mut Members, name: &str, value: impl Into<Json>) {
    members.push((name.to_owned(), value.into()));
}

/// Whether `null` stands for “left out”.
#[derive(Clone, Copy, PartialEq)]
enum Null {
    Allowed,
    Refused,
}

struct Generator {
    regime: Regime,
    definitions: BTreeMap<&'static str, Json>,
}

impl Generator {
    fn schema(regime: Regime, subject: SubjectKind) -> String {
        let mut generator = Self { regime, definitions: BTreeMap::new() };
        let description = match subject {
            SubjectKind::Dossier => &Dossier::DESCRIPTION,
            SubjectKind::BudgetEntry => &BudgetEntry::DESCRIPTION,
            SubjectKind::UnitPlan => &UnitPlan::DESCRIPTION,
            SubjectKind::Portfolio => &Portfolio::DESCRIPTION,
        };
        let mut root = Members::new();
        put(&mut root, "$schema", "https://json-schema.org/draft/2020-12/schema");
        put(&mut root, "$id", schema_id(regime, subject));
        put(
            &mut root,
            "$comment",
            "Sinh từ rules-sdk/model/src; sửa ở đó rồi chạy: UPDATE_EXPECT=1 cargo test -p kycuong-model --test schema",
        );
        let (title, more) = title_and_description(description.doc);
        put(&mut root, "title", title.trim_end_matches('.'));
        let decree = regime.title().vi;
        let more = if more.is_empty() { String::new() } else { format!("{more} ") };
        put(&mut root, "description", format!("{more}Chế độ pháp lý: {decree}."));
        put(&mut root, "type", "object");
        generator.members(&mut root, description, |member| match member.name {
            "schema_version" => Some(SCHEMA_VERSION),
            "subject" => Some(subject.code()),
            "regime" => Some(regime.code()),
            _ => None,
        });
        put(&mut root, "$defs", Json::Object(definitions_of(generator.definitions)));
        serde_json::to_string_pretty(&Json::Object(root)).unwrap() + "\n"
    }

    fn members(
        &mut self,
        object: &mut Members,
        description: &ObjectDescription,
        constant: impl Fn(&MemberDescription) -> Option<&'static str>,
    ) {
        let mut properties = Members::new();
        for member in description.members {
            let (title, more) = title_and_description(member.doc);
            let mut schema = Members::new();
            put(&mut schema, "title", title);
            if !more.is_empty() {
                put(&mut schema, "description", more);
            }
            let null = if member.required { Null::Refused } else { Null::Allowed };
            match constant(member) {
                Some(only) if null == Null::Allowed => {
                    put(&mut schema, "enum", Json::List(vec![only.into(), Value::Null.into()]));
                }
                Some(only) => put(&mut schema, "const", only),
                None => self.kind(&mut schema, member.kind, null),
            }
            put(&mut properties, member.name, Json::Object(schema));
        }
        put(object, "properties", Json::Object(properties));
        let required: Vec<Json> =
            description.members.iter().filter(|m| m.required).map(|m| m.name.into()).collect();
        if !required.is_empty() {
            put(object, "required", Json::List(required));
        }
        put(object, "additionalProperties", false);
    }

    fn kind(&mut self, schema: &mut Members, kind: Type, null: Null) {
        match kind {
            Type::Text { characters_max } => {
                put_type(schema, "string", null);
                put(schema, "maxLength", characters_max);
            }
            Type::Count { min, max } => {
                put_type(schema, "integer", null);
                put(schema, "minimum", min);
                put(schema, "maximum", max);
            }
            Type::Switch => put_type(schema, "boolean", null),
            Type::Money => self.reference(schema, "Money", "string", null, |_| money()),
            Type::Quantity => self.reference(schema, "Quantity", "string", null, |_| quantity()),
            Type::Percent => self.reference(schema, "Percent", "string", null, |_| percent()),
            Type::Date => self.reference(schema, "Date", "string", null, |_| date()),
            Type::Timestamp => self.reference(schema, "Timestamp", "string", null, |_| timestamp()),
            Type::Code(code) => {
                self.reference(schema, code.name, "string", null, |this| this.code(code));
            }
            Type::Object(object) => {
                self.reference(schema, object.name, "object", null, |this| this.object(object));
            }
            Type::List(element) => {
                put_type(schema, "array", null);
                let mut items = Members::new();
                self.kind(&mut items, *element, Null::Refused);
                put(schema, "items", Json::Object(items));
            }
        }
    }

    /// A reference to a definition, which allows `null`; where it may not stand, the type beside the
    /// reference forbids it.
    fn reference(
        &mut self,
        schema: &mut Members,
        name: &'static str,
        of_type: &str,
        null: Null,
        definition: impl FnOnce(&mut Self) -> Json,
    ) {
        put(schema, "$ref", format!("#/$defs/{name}"));
        if null == Null::Refused {
            put(schema, "type", of_type);
        }
        if !self.definitions.contains_key(name) {
            self.definitions.insert(name, Value::Null.into()); // an object may hold itself
            let definition = definition(self);
            self.definitions.insert(name, definition);
        }
    }

    fn object(&mut self, description: &ObjectDescription) -> Json {
        let mut schema = definition(description.doc, "object");
        self.members(&mut schema, description, |_| None);
        Json::Object(schema)
    }

    fn code(&self, description: &CodeDescription) -> Json {
        let allowed: Vec<_> = description
            .codes
            .iter()
            .filter(|(code, ..)| self.allows(description.name, code))
            .collect();
        let mut schema = Members::new();
        let (title, more) = title_and_description(description.doc);
        let title = title.trim_end_matches('.');
        if allowed.len() == description.codes.len() {
            put(&mut schema, "title", title);
        } else {
            put(&mut schema, "title", format!("{title} ({})", self.regime.title_vi()));
        }
        let list: Vec<_> = allowed.iter().map(|(code, vi, _)| format!("{code} — {vi}")).collect();
        let more = if more.is_empty() { String::new() } else { format!("{more}\n") };
        put(&mut schema, "description", more + &list.join("\n"));
        put_type(&mut schema, "string", Null::Allowed);
        let codes = allowed.iter().map(|(code, ..)| Json::from(*code));
        put(&mut schema, "enum", Json::List(codes.chain([Value::Null.into()]).collect()));
        Json::Object(schema)
    }

    /// Construction is a group of the older decrees; NĐ 224/2026 article 49 has none. (That NĐ 82 and
    /// NĐ 45 have it is taken from NĐ 73, which the former amends.) Leased services are a group under
    /// all of them, for service lease plans.
    fn allows(&self, list: &str, code: &str) -> bool {
        list != "CostGroupKey"
            || code != CostGroupKey::Construction.code()
            || self.regime != Regime::Nd224_2026
    }
}

fn definitions_of(definitions: BTreeMap<&'static str, Json>) -> Members {
    definitions.into_iter().map(|(name, schema)| (name.to_owned(), schema)).collect()
}

fn put_type(schema: &mut Members, name: &str, null: Null) {
    match null {
        Null::Allowed => put(schema, "type", Json::List(vec![name.into(), "null".into()])),
        Null::Refused => put(schema, "type", name),
    }
}

fn definition(doc: &str, of_type: &str) -> Members {
    let (title, more) = title_and_description(doc);
    let mut schema = Members::new();
    put(&mut schema, "title", title.trim_end_matches('.'));
    if !more.is_empty() {
        put(&mut schema, "description", more);
    }
    put_type(&mut schema, of_type, Null::Allowed);
    schema
}

fn patterned(doc: &str, pattern: &str) -> Members {
    let mut schema = definition(doc, "string");
    put(&mut schema, "pattern", pattern);
    schema
}

fn money() -> Json {
    Json::Object(patterned(
        "Số tiền (đồng)\nSố đồng nguyên, không âm, từ 1 đến 18 chữ số viết liền nhau, đặt trong ngoặc kép: “4800000000”.",
        "^[0-9]{1,18}$",
    ))
}

fn quantity() -> Json {
    Json::Object(patterned(
        "Số lượng\nTối đa 12 chữ số và 6 chữ số thập phân sau dấu chấm, đặt trong ngoặc kép: “2.5”.",
        "^[0-9]{1,12}(\\.[0-9]{1,6})?$",
    ))
}

fn percent() -> Json {
    Json::Object(patterned(
        "Tỷ lệ phần trăm\nTối đa 6 chữ số và 6 chữ số thập phân sau dấu chấm, không ghi ký hiệu %, đặt trong ngoặc kép: “12.5”.",
        "^[0-9]{1,6}(\\.[0-9]{1,6})?$",
    ))
}

fn date() -> Json {
    let doc = "Ngày\nNăm, tháng, ngày theo dạng YYYY-MM-DD: “2026-11-18”.";
    let mut schema = patterned(doc, "^[0-9]{4}-[0-9]{2}-[0-9]{2}$");
    put(&mut schema, "format", "date");
    Json::Object(schema)
}

fn timestamp() -> Json {
    let doc = "Thời điểm\nNgày, giờ và múi giờ theo RFC 3339: “2026-11-18T09:12:00+07:00”.";
    let clock = "([01][0-9]|2[0-3]):[0-5][0-9]";
    let pattern = format!(
        "^[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}T{clock}:[0-5][0-9](\\.[0-9]{{1,9}})?(Z|[+-]{clock})$"
    );
    let mut schema = patterned(doc, &pattern);
    put(&mut schema, "format", "date-time");
    Json::Object(schema)
}

/// The first line of a doc comment, and the rest of it.
fn title_and_description(doc: &str) -> (String, String) {
    let mut lines = doc.trim().lines().map(str::trim);
    let title = lines.next().unwrap_or_default().to_owned();
    (title, lines.collect::<Vec<_>>().join("\n").trim().to_owned())
}

#[test]
fn the_committed_schemas_are_current() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema");
    let mut stale = Vec::new();
    for regime in Regime::ALL {
        for subject in SubjectKind::ALL {
            let expected = Generator::schema(*regime, *subject);
            let path = root.join(regime.code()).join(format!("{}.json", subject.code()));
            let found = std::fs::read_to_string(&path).unwrap_or_default();
            if found == expected {
                continue;
            }
            if std::env::var_os("UPDATE_EXPECT").is_some() {
                std::fs::create_dir_all(path.parent().unwrap()).unwrap();
                std::fs::write(&path, expected).unwrap();
            } else {
                stale.push(format!("{}/{}.json", regime.code(), subject.code()));
            }
        }
    }
    assert!(
        stale.is_empty(),
        "stale schemas, write them with UPDATE_EXPECT=1 cargo test -p kycuong-model --test schema: {stale:?}"
    );
}

#[test]
fn every_schema_is_reached_by_its_regime_and_subject() {
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        return; // this program still holds the texts from before
    }
    for regime in Regime::ALL {
        for subject in SubjectKind::ALL {
            let schema: Value = serde_json::from_str(schema_text(*regime, *subject)).unwrap();
            assert_eq!(schema["$id"], schema_id(*regime, *subject));
            assert_eq!(schema["properties"]["subject"]["const"], subject.code());
            assert_eq!(schema["properties"]["regime"]["enum"][0], regime.code());
        }
    }
}

#[test]
fn a_definition_stands_for_one_type_only() {
    fn collect(kind: Type, seen: &mut BTreeMap<&'static str, &'static str>) {
        match kind {
            Type::List(element) => collect(*element, seen),
            Type::Code(code) => {
                assert_eq!(*seen.entry(code.name).or_insert(code.doc), code.doc, "{}", code.name);
            }
            Type::Object(object) => {
                let known = seen.insert(object.name, object.doc);
                assert!(known.is_none_or(|doc| doc == object.doc), "{}", object.name);
                if known.is_none() {
                    object.members.iter().for_each(|member| collect(member.kind, seen));
                }
            }
            _ => {}
        }
    }
    let mut seen = BTreeMap::new();
    for description in [
        &Dossier::DESCRIPTION,
        &BudgetEntry::DESCRIPTION,
        &UnitPlan::DESCRIPTION,
        &Portfolio::DESCRIPTION,
    ] {
        description.members.iter().for_each(|member| collect(member.kind, &mut seen));
    }
    for scalar in ["Money", "Quantity", "Percent", "Date", "Timestamp"] {
        assert!(!seen.contains_key(scalar), "{scalar}");
    }
}
