//! A day in a trust file: a date as TOML has it, as in deployment files, or the same as text.

use std::fmt;

use kycuong_model::date::Date;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use toml::value::Datetime;

/// A civil day.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Day(pub(crate) Date);

struct DayVisitor;

impl<'de> Visitor<'de> for DayVisitor {
    type Value = Day;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a day, like 2026-11-22")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Day, E> {
        let day = text.parse().map(Day);
        day.map_err(|error| E::custom(format!("`{text}` is no day like 2026-11-22: {error}")))
    }

    /// How `toml` hands over its own dates.
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Day, A::Error> {
        self.visit_str(&Datetime::deserialize(MapAccessDeserializer::new(map))?.to_string())
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(DayVisitor)
    }
}
