//! From a core module to a component that the host will accept.
//!
//! The host checks all of this again; here it is checked so that the author is the first to know.

use std::borrow::Cow;
use std::error::Error;

use kycuong_model::manifest::{INTERFACE, INTERFACE_VERSION, MANIFEST_SECTION, Manifest};
use wasm_encoder::{CustomSection, Module, RawSection, Section};
use wasmparser::{BinaryReaderError, Chunk, Parser, Payload};
use wit_component::ComponentEncoder;

use crate::error::BuildError;
use crate::soundness::problem;

/// A component with its manifest as a custom section; the cases come after it.
#[derive(Debug)]
pub(crate) struct Component {
    pub(crate) bytes: Vec<u8>,
    pub(crate) manifest: Manifest,
    pub(crate) manifest_json: String,
}

/// Makes a component of a pack's core module.
pub(crate) fn encode(package: &str, module: &[u8]) -> Result<Component, BuildError> {
    let unreadable = |source| BuildError::Module { package: package.to_owned(), source };
    let parts = split(module).map_err(|error| unreadable(error.into()))?;
    if !parts.imports.is_empty() {
        return Err(BuildError::Imports {
            package: package.to_owned(),
            imports: parts.imports.join(", "),
        });
    }
    let manifest_json = only_manifest(package, &parts.manifests)?;
    let manifest: Manifest = serde_json::from_str(&manifest_json)
        .map_err(|source| BuildError::Manifest { package: package.to_owned(), source })?;
    if let Some(problem) = problem(&manifest) {
        return Err(BuildError::UnsoundManifest { package: package.to_owned(), problem });
    }

    let not_encoded = |source: Box<dyn Error + Send + Sync>| BuildError::Encode {
        package: package.to_owned(),
        source,
    };
    let mut bytes = ComponentEncoder::default()
        .module(&parts.module)
        .and_then(|encoder| encoder.validate(true).encode())
        .map_err(|error| not_encoded(error.into()))?;
    check_surface(package, &bytes)?;
    append(MANIFEST_SECTION, &manifest_json, &mut bytes);
    Ok(Component { bytes, manifest, manifest_json })
}

/// Appends a custom section to a component.
pub(crate) fn append(section: &str, text: &str, component: &mut Vec<u8>) {
    CustomSection { name: section.into(), data: Cow::Borrowed(text.as_bytes()) }
        .append_to(component);
}

struct Parts<'a> {
    /// The module without its manifest sections.
    module: Vec<u8>,
    imports: Vec<String>,
    manifests: Vec<&'a [u8]>,
}

fn split(bytes: &[u8]) -> Result<Parts<'_>, BinaryReaderError> {
    let mut parts = Parts { module: Vec::new(), imports: Vec::new(), manifests: Vec::new() };
    let mut kept = Module::new();
    for payload in Parser::new(0).parse_all(bytes) {
        let payload = payload?;
        match &payload {
            Payload::CustomSection(section) if section.name() == MANIFEST_SECTION => {
                parts.manifests.push(section.data());
                continue;
            }
            Payload::ImportSection(imports) => {
                for import in imports.clone().into_imports() {
                    let import = import?;
                    parts.imports.push(format!("`{}` of `{}`", import.name, import.module));
                }
            }
            _ => {}
        }
        if let Some((id, range)) = payload.as_section()
            && let Some(data) = bytes.get(range)
        {
            kept.section(&RawSection { id, data });
        }
    }
    parts.module = kept.finish();
    Ok(parts)
}

/// The manifest's text. The linker joins sections of one name, so two packs in a package arrive as
/// two JSON values in one section.
fn only_manifest(package: &str, sections: &[&[u8]]) -> Result<String, BuildError> {
    let all = sections.concat();
    let mut values =
        serde_json::Deserializer::from_slice(&all).into_iter::<serde::de::IgnoredAny>();
    let first = values.next();
    match first {
        None => return Err(BuildError::NoManifest { package: package.to_owned() }),
        Some(Err(source)) => {
            return Err(BuildError::Manifest { package: package.to_owned(), source });
        }
        Some(Ok(_)) => {}
    }
    let more = values.take_while(Result::is_ok).count();
    if more > 0 {
        return Err(BuildError::SeveralManifests { package: package.to_owned(), found: 1 + more });
    }
    // JSON is UTF-8; anything else was refused above or is refused when the manifest is read.
    Ok(String::from_utf8_lossy(&all).into_owned())
}

/// Nothing in, and exactly the pack's interface out.
fn check_surface(package: &str, component: &[u8]) -> Result<(), BuildError> {
    let surface = surface(component).map_err(|error| BuildError::Module {
        package: package.to_owned(),
        source: error.into(),
    })?;
    if !surface.imports.is_empty() {
        return Err(BuildError::Imports {
            package: package.to_owned(),
            imports: surface.imports.join(", "),
        });
    }
    let expected = format!("{INTERFACE}@{INTERFACE_VERSION}");
    if surface.exports != [format!("`{expected}`")] {
        let found = if surface.exports.is_empty() {
            "nothing".to_owned()
        } else {
            surface.exports.join(", ")
        };
        return Err(BuildError::Exports { package: package.to_owned(), found, expected });
    }
    Ok(())
}

#[derive(Default)]
struct Surface {
    imports: Vec<String>,
    exports: Vec<String>,
}

/// What the outermost component imports and exports; what is nested in it is left out.
fn surface(component: &[u8]) -> Result<Surface, BinaryReaderError> {
    let mut surface = Surface::default();
    let mut parser = Parser::new(0);
    let mut rest = component;
    while let Chunk::Parsed { consumed, payload } = parser.parse(rest, true)? {
        rest = rest.get(consumed..).unwrap_or_default();
        match payload {
            Payload::ModuleSection { unchecked_range: range, .. }
            | Payload::ComponentSection { unchecked_range: range, .. } => {
                rest = rest.get(range.len()..).unwrap_or_default();
            }
            Payload::ComponentImportSection(imports) => {
                for import in imports {
                    surface.imports.push(format!("`{}`", import?.name.name));
                }
            }
            Payload::ComponentExportSection(exports) => {
                for export in exports {
                    surface.exports.push(format!("`{}`", export?.name.name));
                }
            }
            Payload::End(_) => break,
            _ => {}
        }
    }
    Ok(surface)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(text: &str) -> String {
        let module = wat::parse_str(text).unwrap();
        encode("thu-nghiem", &module).unwrap_err().to_string()
    }

    const MANIFEST: &str = r#"{\22pack\22:\22thu-nghiem\22,\22version\22:\221.0.0\22,\22title\22:{\22vi\22:\22v\22,\22en\22:\22e\22},\22jurisdiction\22:{\22provinces\22:[\22VN\22]},\22model_version\22:\220.1.0\22,\22sdk_version\22:\220.1.0\22,\22rules\22:[]}"#;

    #[test]
    fn an_import_is_refused_by_name() {
        assert_eq!(
            refusal(r#"(module (import "env" "now" (func (result i64))))"#),
            "rule packs import nothing, and package `thu-nghiem` imports `now` of `env`"
        );
    }

    #[test]
    fn a_module_without_manifest_is_refused() {
        assert!(refusal("(module)").starts_with("package `thu-nghiem` declares no rule pack"));
    }

    #[test]
    fn two_manifests_are_refused() {
        let text = format!(r#"(module (@custom "{MANIFEST_SECTION}" "{MANIFEST}{MANIFEST}"))"#);
        assert_eq!(
            refusal(&text),
            "package `thu-nghiem` declares 2 rule packs; a package declares 1"
        );
    }

    #[test]
    fn a_manifest_that_is_no_json_is_refused() {
        let text = format!(r#"(module (@custom "{MANIFEST_SECTION}" "{{"))"#);
        assert_eq!(refusal(&text), "cannot read the manifest of package `thu-nghiem`");
    }

    #[test]
    fn a_module_without_the_interface_is_refused() {
        let text = format!(r#"(module (@custom "{MANIFEST_SECTION}" "{MANIFEST}"))"#);
        assert_eq!(
            refusal(&text),
            "package `thu-nghiem` exports nothing; a rule pack exports exactly `kycuong:rules/pack@2.0.0`"
        );
    }
}
