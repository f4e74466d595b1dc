//! The model from outside: the tape beside another reader, and the published schemas.

mod json_conformance;
mod same_value;
mod schema;
mod tape_properties;
