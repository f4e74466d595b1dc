//! Packs built for real, by a nested cargo. One test, in steps, since they share what is compiled.

#![expect(clippy::unwrap_used, reason = "a test's helpers may, as its test functions may")]

use std::error::Error as _;
use std::fs;
use std::path::{Path, PathBuf};

use kycuong_model::cases::{CASES_SECTION, PackCases};
use kycuong_pack_builder::{BuildError, Builder, BuiltPack, Progress};
use wasmparser::{Operator, Parser, Payload};

/// What cargo compiles for these tests; it stays, so that only the first run takes its time.
fn target_dir() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("packs")
}

/// The fixture in a directory of its own, with the interface beside it.
fn copy_of_fixture(edit: impl FnOnce(String) -> String) -> tempfile::TempDir {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let fixture = here.join("tests/fixtures/plain-pack");
    let copy = tempfile::tempdir().unwrap();
    fs::create_dir(copy.path().join("src")).unwrap();
    fs::create_dir(copy.path().join("wit")).unwrap();
    for file in ["Cargo.toml", "Cargo.lock", "src/manifest.json"] {
        fs::copy(fixture.join(file), copy.path().join(file)).unwrap();
    }
    fs::copy(here.join("../wit/rule-pack.wit"), copy.path().join("wit/rule-pack.wit")).unwrap();
    let source = fs::read_to_string(fixture.join("src/lib.rs")).unwrap();
    fs::write(copy.path().join("src/lib.rs"), edit(source)).unwrap();
    copy
}

fn build(dir: &Path) -> Result<BuiltPack, BuildError> {
    Builder::new().target_dir(target_dir()).build(&[dir]).map(|mut packs| packs.remove(0))
}

#[test]
fn packs_are_built_alike_everywhere_and_what_the_host_would_refuse_is_refused() {
    let first = copy_of_fixture(|source| source);
    let mut steps = Vec::new();
    let mut builder =
        Builder::new().target_dir(target_dir()).progress(|step| steps.push(step.clone()));
    let pack = builder.build(&[first.path()]).unwrap().remove(0);
    drop(builder);

    // It is where and what it says, and said so on the way.
    assert_eq!((pack.package.as_str(), pack.name.as_str()), ("plain-pack", "plain"));
    assert_eq!(pack.path, target_dir().join("plain-0.3.1.wasm"));
    assert_eq!(fs::read(&pack.path).unwrap(), pack.bytes);
    assert_eq!(pack.digest.len(), 64);
    assert!(pack.toolchain.starts_with("rustc 1."), "{}", pack.toolchain);
    assert!(steps.iter().any(|step| matches!(step, Progress::Toolchain { .. })), "{steps:?}");
    assert!(
        steps
            .iter()
            .any(|step| matches!(step, Progress::Line(line) if line.contains("plain-pack"))),
        "{steps:?}"
    );
    assert!(
        matches!(steps.last(), Some(Progress::Built { digest, .. }) if *digest == pack.digest),
        "{steps:?}"
    );

    the_manifest_is_readable_without_running(&pack);
    the_module_is_bounded_and_keeps_its_names(&pack);
    nothing_of_this_machine_is_inside(&pack, first.path());

    // Another directory, the same bytes.
    let second = copy_of_fixture(|source| source);
    assert_eq!(build(second.path()).unwrap().digest, pack.digest);

    // A case that is added, and then changed, is in the next component.
    assert_eq!((custom_section(&pack, CASES_SECTION), pack.cases.count()), (None, 0));
    let folder = first.path().join("cases");
    let rule = pack.manifest.rules[0].id.rsplit('/').next().unwrap();
    fs::create_dir_all(&folder).unwrap();
    let mut digests = vec![pack.digest.clone()];
    for subject in ["{}", "{\"subject\":\"dossier\"}"] {
        let content = format!("{{\"on\":\"2026-11-21\",\"subject\":{subject}}}");
        let text = format!("# {rule}\n\n## valid: a\n\n```json\n{content}\n```\n");
        fs::write(folder.join(format!("{rule}.md")), text).unwrap();
        let with_cases = build(first.path()).unwrap();
        let section = custom_section(&with_cases, CASES_SECTION).unwrap();
        let cases: PackCases = serde_json::from_slice(&section).unwrap();
        assert_eq!((cases.count(), &cases), (1, &with_cases.cases));
        assert_eq!(cases.rules[0].cases[0].content, content);
        digests.push(with_cases.digest);
    }
    digests.dedup();
    assert_eq!(digests.len(), 3);

    // A pack that asks something of its host.
    let curious = copy_of_fixture(|source| {
        let import = "#[link(wasm_import_module = \"env\")]\nunsafe extern \"C\" {\n    fn now() -> u64;\n}\n";
        source.replace("Ok(format!(", "Ok(unsafe { now() }.to_string() + &format!(") + import
    });
    let error = build(curious.path()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "rule packs import nothing, and package `plain-pack` imports `now` of `env`"
    );

    // A pack that does not compile: the compiler's words reach the author.
    let broken = copy_of_fixture(|source| source.replace("\"too long\"", "too_long"));
    let error = build(broken.path()).unwrap_err();
    assert_eq!(error.to_string(), "cannot compile `plain-pack`");
    let output = error.output().unwrap();
    assert!(output.contains("src/lib.rs:") && output.contains("too_long"), "{output}");
    assert!(!output.contains("Compiling"), "{output}");
    assert_eq!(error.source().unwrap().to_string(), output);
}

/// A custom section of the component itself, by its name.
fn custom_section(pack: &BuiltPack, name: &str) -> Option<Vec<u8>> {
    Parser::new(0).parse_all(&pack.bytes).find_map(|payload| match payload.unwrap() {
        Payload::CustomSection(section) if section.name() == name => Some(section.data().to_vec()),
        _ => None,
    })
}

#[test]
fn a_directory_without_package_is_refused() {
    let empty = tempfile::tempdir().unwrap();
    assert!(matches!(build(empty.path()), Err(BuildError::Workspace { .. })));
    let absent = empty.path().join("absent");
    let error = build(&absent).unwrap_err();
    assert_eq!(error.to_string(), format!("cannot open `{}`", absent.display()));
}

#[test]
fn a_package_that_is_no_pack_is_refused() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let error = build(here).unwrap_err();
    assert!(
        error.to_string().starts_with("package `kycuong-pack-builder` is no rule pack"),
        "{error}"
    );
}

fn the_manifest_is_readable_without_running(pack: &BuiltPack) {
    let written = include_str!("fixtures/plain-pack/src/manifest.json");
    assert_eq!(pack.manifest_json, written);
    assert_eq!(pack.manifest.rules.len(), 1);
    let mut depth = 0;
    let mut found = Vec::new();
    for payload in Parser::new(0).parse_all(&pack.bytes) {
        match payload.unwrap() {
            Payload::Version { .. } => depth += 1,
            Payload::End(_) => depth -= 1,
            Payload::CustomSection(section) if section.name() == "kycuong:manifest" => {
                found.push((depth, section.data().to_vec()));
            }
            _ => {}
        }
    }
    // Once, and at the top.
    assert_eq!(found, [(1, written.as_bytes().to_vec())]);
}

fn the_module_is_bounded_and_keeps_its_names(pack: &BuiltPack) {
    let (mut memory, mut stack, mut sections) = (None, None, Vec::new());
    for payload in Parser::new(0).parse_all(&pack.bytes) {
        match payload.unwrap() {
            Payload::MemorySection(memories) => {
                memory = memories.into_iter().next().map(|memory| memory.unwrap().initial)
            }
            Payload::GlobalSection(globals) if stack.is_none() => {
                let pointer = globals.into_iter().next().unwrap().unwrap();
                if let Operator::I32Const { value } =
                    pointer.init_expr.get_operators_reader().read().unwrap()
                {
                    stack = Some(value);
                }
            }
            Payload::CustomSection(section) => sections.push(section.name().to_owned()),
            // A core import would be the linker's; those of nested components are its own wiring.
            Payload::ImportSection(imports) => assert_eq!(imports.count(), 0),
            _ => {}
        }
    }
    assert_eq!(memory, Some(16), "pages of 64 KiB");
    assert_eq!(stack, Some(65_536), "the stack lies below the data");
    assert!(sections.iter().any(|name| name == "name"), "{sections:?}");
    assert!(!sections.iter().any(|name| name.starts_with(".debug")), "{sections:?}");
}

fn nothing_of_this_machine_is_inside(pack: &BuiltPack, workspace: &Path) {
    let text = String::from_utf8_lossy(&pack.bytes);
    let workspace = workspace.canonicalize().unwrap();
    let home = std::env::home_dir().unwrap();
    let cargo_home =
        std::env::var("CARGO_HOME").map_or_else(|_| home.join(".cargo"), PathBuf::from);
    for path in
        [workspace, home.join(".rustup"), cargo_home, target_dir(), PathBuf::from("crates.io")]
    {
        assert!(!text.contains(path.to_str().unwrap()), "{} is inside", path.display());
    }
    assert!(text.contains("src/lib.rs"), "the place of the panic");
}
