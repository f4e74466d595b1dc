//! A core module that somebody else wrote, inside a pack: its start function runs when the pack is
//! instantiated, and each of its functions when the pack is asked.
//!
//! A pack has one memory, so the module's own becomes the pack's; nothing else of it is changed. What
//! it imports is supplied by stubs of the types that it asks for.

#![expect(clippy::unwrap_used, clippy::panic, reason = "the helpers of tests are tests")]

use std::collections::BTreeMap;
use std::fmt::Write as _;

use wasmparser::{FuncType, Imports, MemoryType, Parser, Payload, RefType, TypeRef, ValType};

use crate::section::{custom_section, leb128};

const COMPONENT: &str = include_str!("../../tests/hostile/component.wat");
/// The manifest, the pages of memory and the heap, out of the way of a module's own data.
const PAGES: u64 = 64;
const MANIFEST_AT: &str = "(i32.const 2621440)";
const HEAP_AT: &str = "(i32.const 3145728)";
/// Functions of one module that are asked one by one.
const ASKED_MAX: usize = 40;

/// What every module is put into.
#[derive(Debug)]
pub struct ForeignPack {
    /// The pack's file.
    pub bytes: Vec<u8>,
    /// How many calls of its functions can be asked for, by the length of the subject: two letters for
    /// the first, three for the second. Each function has two, with small values and with large ones.
    pub calls: usize,
}

/// A pack around a module; around its bytes as they are when nothing can be made of them.
pub fn wrap(module: &[u8], manifest: &str) -> ForeignPack {
    let grafted = graft(module);
    let (bytes, shape) = match &grafted {
        Some(graft) => (graft.bytes.as_slice(), graft),
        None => (module, &Graft::default()),
    };
    let text = component(shape, manifest);
    let mut file = with_module(
        &wat::parse_str(&text).unwrap_or_else(|error| panic!("{error}\n{text}")),
        bytes,
    );
    file.extend(custom_section(kycuong_model::manifest::MANIFEST_SECTION, manifest.as_bytes()));
    ForeignPack { bytes: file, calls: 2 * shape.functions.len().min(ASKED_MAX) }
}

/// A module with its functions exported and its memory taken from the pack.
#[derive(Default)]
struct Graft {
    bytes: Vec<u8>,
    functions: Vec<FuncType>,
    /// By module: name and stub of each import.
    stubs: BTreeMap<String, Vec<(String, String)>>,
    wants_memory: bool,
}

/// `None` of what is no module, or uses what no pack may use: it goes into the pack as it is.
fn graft(module: &[u8]) -> Option<Graft> {
    let (mut types, mut declared) = (Vec::new(), Vec::new());
    let (mut sections, mut imports) = (BTreeMap::new(), Vec::new());
    let mut graft = Graft::default();
    for payload in Parser::new(0).parse_all(module) {
        let payload = payload.ok()?;
        match &payload {
            Payload::TypeSection(section) => {
                for ty in section.clone().into_iter_err_on_gc_types() {
                    types.push(ty.ok()?);
                }
            }
            Payload::ImportSection(section) => {
                for import in section.clone() {
                    let Imports::Single(_, import) = import.ok()? else { return None };
                    let stub = match import.ty {
                        TypeRef::Func(ty) => function_stub(types.get(ty as usize)?)?,
                        TypeRef::Global(ty) => {
                            let (name, value) =
                                (word(ty.content_type)?, constant(ty.content_type)?);
                            let name =
                                if ty.mutable { format!("(mut {name})") } else { name.into() };
                            format!("(global EXPORT {name} {value})")
                        }
                        TypeRef::Table(ty) if !ty.table64 && !ty.shared && ty.initial < 10_000 => {
                            let most = ty.maximum.map(|most| most.to_string()).unwrap_or_default();
                            let element = word(ValType::Ref(ty.element_type))?;
                            format!("(table EXPORT {} {most} {element})", ty.initial)
                        }
                        TypeRef::Memory(ty) if fits(&ty) => "(export EXPORT (memory 0))".to_owned(),
                        _ => return None,
                    };
                    imports.push((import.module, import.name, import.ty));
                    let of_module = graft.stubs.entry(import.module.to_owned()).or_default();
                    of_module.push((import.name.to_owned(), stub));
                }
            }
            Payload::FunctionSection(section) => {
                for function in section.clone() {
                    declared.push(function.ok()?);
                }
            }
            Payload::MemorySection(section) => {
                for memory in section.clone() {
                    if graft.wants_memory || !fits(&memory.ok()?) {
                        return None;
                    }
                    graft.wants_memory = true;
                }
                continue;
            }
            Payload::Version { encoding: wasmparser::Encoding::Component, .. } => return None,
            Payload::CustomSection(_) | Payload::ExportSection(_) => continue,
            _ => {}
        }
        if let Some((id, range)) = payload.as_section() {
            sections.insert(id, module.get(range)?.to_vec());
        }
    }
    let first = imports.iter().filter(|(.., ty)| matches!(ty, TypeRef::Func(_))).count();
    for ty in &declared {
        let ty: &FuncType = types.get(*ty as usize)?;
        for value in ty.params().iter().chain(ty.results()) {
            word(*value)?;
        }
        graft.functions.push(ty.clone());
    }
    if let Some(written) = sections.get_mut(&2) {
        *written = write_imports(written, &imports, graft.wants_memory)?;
    } else if graft.wants_memory {
        sections.insert(2, write_imports(&[0], &imports, true)?);
    }
    sections.insert(7, write_exports(first, graft.functions.len().min(ASKED_MAX)));
    graft.bytes = b"\0asm\x01\0\0\0".to_vec();
    for id in [1, 2, 3, 4, 13, 6, 7, 8, 9, 12, 10, 11] {
        if let Some(content) = sections.get(&id) {
            graft.bytes.push(id);
            graft.bytes.extend(leb128(content.len()));
            graft.bytes.extend(content);
        }
    }
    Some(graft)
}

/// Whether the pack's memory can stand for a module's.
fn fits(memory: &MemoryType) -> bool {
    memory.initial <= PAGES && !memory.memory64 && !memory.shared && memory.page_size_log2.is_none()
}

/// The imports as they were, those of memories without an upper bound, and one of the pack's memory.
fn write_imports(
    written: &[u8],
    imports: &[(&str, &str, TypeRef)],
    memory: bool,
) -> Option<Vec<u8>> {
    let mut content = leb128(imports.len() + usize::from(memory));
    let (mut at, names) = (leb128(imports.len()).len(), |module: &str, name: &str| {
        let mut bytes = leb128(module.len());
        bytes.extend(module.bytes());
        bytes.extend(leb128(name.len()));
        bytes.extend(name.bytes());
        bytes
    });
    // Sections may write numbers in more bytes than they need; such a module stays as it is.
    let same = |at: usize, bytes: &[u8]| written.get(at..at + bytes.len()) == Some(bytes);
    for (position, (module, name, ty)) in imports.iter().enumerate() {
        let head = names(module, name);
        if !same(at, &head) {
            return None;
        }
        let end = match imports.get(position + 1) {
            None => written.len(),
            Some((module, name, _)) => {
                let next = names(module, name);
                let after = at + head.len() + 2;
                (after..after + 16).find(|end| same(*end, &next))?
            }
        };
        if let TypeRef::Memory(ty) = ty {
            content.extend(head);
            content.extend([2, 0]);
            content.extend(leb128(usize::try_from(ty.initial).ok()?));
        } else {
            content.extend(written.get(at..end)?);
        }
        at = end;
    }
    if memory {
        content.extend(names("pack of the test", "memory"));
        content.extend([2, 0, 0]);
    }
    Some(content)
}

fn write_exports(first: usize, count: usize) -> Vec<u8> {
    let mut content = leb128(count);
    for position in 0..count {
        let name = format!("f{position}");
        content.extend(leb128(name.len()));
        content.extend(name.bytes());
        content.push(0);
        content.extend(leb128(first + position));
    }
    content
}

/// The text of the pack, with an empty module where the foreign one comes.
fn component(shape: &Graft, manifest: &str) -> String {
    let mut more = String::new();
    let mut with = String::from("(with \"pack of the test\" (instance $guest))");
    for (number, (module, stubs)) in shape.stubs.iter().enumerate() {
        let mut fields = String::from("(import \"guest\" \"memory\" (memory 1))");
        for (name, stub) in stubs {
            let name = escaped(name);
            let export =
                if stub.starts_with("(export") { name } else { format!("(export {name})") };
            fields.push_str(&stub.replace("EXPORT", &export));
        }
        let _ = write!(
            more,
            "(core module $stubs{number} {fields})\n(core instance $stubs{number} (instantiate $stubs{number} (with \"guest\" (instance $guest))))\n"
        );
        let _ = write!(with, " (with {} (instance $stubs{number}))", escaped(module));
    }
    // Without a name, which would be a section in it; the pack's own module is number 0.
    let number = shape.stubs.len() + 1;
    let _ = write!(
        more,
        "(core module)\n(core instance $foreign (instantiate {number} {with}))\n\
         (core module $caller {})\n\
         (core instance $caller (instantiate $caller (with \"foreign\" (instance $foreign))))\n",
        caller(&shape.functions)
    );
    let data = manifest.bytes().map(|byte| format!("\\{byte:02x}")).collect::<String>();
    let lift = "(canon lift (core func $guest \"evaluate\")";
    let instance = "(core instance $guest (instantiate $guest))\n";
    for needed in [lift, instance, "(i32.const 256)", "(i32.const 65536)", "\"memory\") 2)"] {
        assert!(COMPONENT.contains(needed), "{needed}");
    }
    COMPONENT
        .replace("(i32.const 256)", MANIFEST_AT)
        .replace("(i32.const 65536)", HEAP_AT)
        .replace("\"memory\") 2)", &format!("\"memory\") {PAGES})"))
        .replace("$LENGTH_OF_MANIFEST", &manifest.len().to_string())
        .replace("$MANIFEST", &data)
        .replace("$LENGTH_OF_ANSWER", "0")
        .replace("$ANSWER", "")
        .replace("$BODY", "")
        .replace(lift, "(canon lift (core func $caller \"evaluate\")")
        .replace(instance, &format!("{instance}{more}"))
}

/// Calls the function that the length of the subject names, all of them when it names none, and takes
/// a number that one returns for the address of its answer.
fn caller(functions: &[FuncType]) -> String {
    let (mut imports, mut ask, mut all) = (String::new(), String::new(), String::new());
    for (position, ty) in functions.iter().take(ASKED_MAX).enumerate() {
        let _ = writeln!(
            imports,
            "(import \"foreign\" \"f{position}\" (func $f{position} {}))",
            signature(ty).unwrap_or_default()
        );
        for (large, values) in [constant, large].into_iter().enumerate() {
            let mut call =
                ty.params().iter().filter_map(|parameter| values(*parameter)).collect::<String>();
            let _ = write!(call, " call $f{position}");
            for result in ty.results().iter().rev() {
                call.push_str(if *result == ValType::I32 { " local.set $answer" } else { " drop" });
            }
            let _ = writeln!(
                ask,
                "local.get 1 i32.const {} i32.eq if {call} local.get $answer return end",
                2 * position + large + 2
            );
            let _ = writeln!(all, "{call}");
        }
    }
    let parameters = "i32 ".repeat(14);
    format!(
        "{imports}(func (export \"evaluate\") (param {parameters}) (result i32) (local $answer i32)\n{ask}{all}local.get $answer)"
    )
}

fn signature(ty: &FuncType) -> Option<String> {
    let words = |values: &[ValType]| {
        let words = values.iter().map(|value| word(*value)).collect::<Option<Vec<_>>>()?;
        Some(words.join(" "))
    };
    Some(format!("(param {}) (result {})", words(ty.params())?, words(ty.results())?))
}

fn function_stub(ty: &FuncType) -> Option<String> {
    let results =
        ty.results().iter().map(|result| constant(*result)).collect::<Option<String>>()?;
    Some(format!("(func EXPORT {} {results})", signature(ty)?))
}

fn word(ty: ValType) -> Option<&'static str> {
    Some(match ty {
        ValType::I32 => "i32",
        ValType::I64 => "i64",
        ValType::F32 => "f32",
        ValType::F64 => "f64",
        ValType::V128 => "v128",
        ValType::Ref(RefType::FUNCREF) => "funcref",
        ValType::Ref(_) => return None,
    })
}

/// A small value: enough for a factorial, too little for a length.
fn constant(ty: ValType) -> Option<String> {
    let value = match ty {
        ValType::I32 => "(i32.const 1)",
        ValType::I64 => "(i64.const 25)",
        ValType::F32 => "(f32.const 1)",
        ValType::F64 => "(f64.const 1)",
        ValType::V128 => "(v128.const i64x2 1 1)",
        ValType::Ref(RefType::FUNCREF) => "(ref.null func)",
        ValType::Ref(_) => return None,
    };
    Some(value.to_owned())
}

/// A large value: for a loop that counts down, an address or a size.
fn large(ty: ValType) -> Option<String> {
    match ty {
        ValType::I32 => Some("(i32.const 0x7fff_ffff)".to_owned()),
        ValType::I64 => Some("(i64.const 0x7fff_ffff_ffff_ffff)".to_owned()),
        other => constant(other),
    }
}

fn escaped(name: &str) -> String {
    format!("\"{}\"", name.bytes().map(|byte| format!("\\{byte:02x}")).collect::<String>())
}

/// Puts the module in the place of the empty one.
fn with_module(component: &[u8], module: &[u8]) -> Vec<u8> {
    const EMPTY: &[u8] = b"\x01\x08\0asm\x01\0\0\0";
    let at = component.windows(EMPTY.len()).position(|window| window == EMPTY).unwrap();
    let (before, rest) = component.split_at(at);
    let mut bytes = before.to_vec();
    bytes.push(1);
    bytes.extend(leb128(module.len()));
    bytes.extend(module);
    bytes.extend(rest.get(EMPTY.len()..).unwrap_or_default());
    bytes
}
