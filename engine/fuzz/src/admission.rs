//! Admission: any bytes as the file of a pack. Nothing is compiled, nothing runs.

use kycuong_engine::Limits;
use kycuong_engine::error::LoadError;
use kycuong_engine::pack::PackDescription;
use kycuong_model::cases::PackCases;
use kycuong_model::manifest::Manifest;
use wasmparser::Validator;

use crate::{is_sampled, words};

/// Reads a pack's description within the ordinary limits and within narrow ones, which a small file can
/// pass.
pub fn run(bytes: &[u8]) {
    let (wide, narrow) = (Limits::default(), narrow());
    let read = PackDescription::read(bytes, &wide);
    if is_sampled(bytes) {
        // A description has no `==`; its text has every member.
        let again = PackDescription::read(bytes, &wide);
        assert_eq!(format!("{read:?}"), format!("{again:?}"), "read twice, and not the same");
    }
    let narrowed = PackDescription::read(bytes, &narrow);
    assert!(read.is_ok() || narrowed.is_err(), "narrower limits let more in");
    for (read, limits) in [(&read, &wide), (&narrowed, &narrow)] {
        match read {
            Ok(pack) => admitted(pack, bytes, limits),
            Err(error) => refused(error, bytes),
        }
    }
}

fn admitted(pack: &PackDescription, bytes: &[u8], limits: &Limits) {
    for count in &pack.counts {
        assert!(count.found <= count.limit, "{count:?}");
    }
    assert!(bytes.len() <= limits.pack_bytes_max);
    let PackDescription { manifest, cases, interface_version, digest, .. } = pack;
    assert!((1..=limits.rules_max).contains(&manifest.rules.len()));
    assert!(interface_version.starts_with("2."), "{interface_version}");
    assert_eq!(digest.len(), "sha256:".len() + 64);
    // Whoever validates without this host's restrictions agrees.
    assert!(Validator::new().validate_all(bytes).is_ok(), "admitted, and not valid");
    let json = serde_json::to_vec(manifest).unwrap_or_default();
    assert_eq!(serde_json::from_slice::<Manifest>(&json).ok().as_ref(), Some(manifest));
    let json = serde_json::to_vec(cases).unwrap_or_default();
    assert_eq!(serde_json::from_slice::<PackCases>(&json).ok().as_ref(), Some(cases));
    for rule in &manifest.rules {
        words::both(&rule.title);
        for text in [&rule.title.vi, &rule.title.en] {
            words::shown(text);
        }
        let name = rule.id.strip_prefix(&manifest.pack).and_then(|rest| rest.strip_prefix('/'));
        assert!(name.is_some_and(|name| !name.is_empty()), "{}", rule.id);
    }
    for rule in &cases.rules {
        assert!(manifest.rules.iter().any(|declared| declared.id == rule.rule));
        assert_eq!(cases.of(&rule.rule).len(), rule.cases.len());
    }
}

fn refused(error: &LoadError, bytes: &[u8]) {
    // What a stranger wrote is quoted, and must not act on the operator's terminal.
    words::of_error(error).iter().for_each(|words| words::shown(words));
    if let LoadError::OverLimit { found, limit, offset, .. } = error {
        assert!(found > limit);
        assert!(*offset <= bytes.len() as u64, "a byte outside the file: {offset}");
    }
    if let LoadError::Multiplies { offset, .. } = error {
        assert!(*offset <= bytes.len() as u64, "a byte outside the file: {offset}");
    }
}

/// Limits that a file of some hundred bytes can pass.
fn narrow() -> Limits {
    Limits {
        pack_bytes_max: 64 << 10,
        manifest_bytes_max: 4 << 10,
        rules_max: 2,
        modules_max: 3,
        module_instances_max: 3,
        functions_max: 4,
        types_max: 12,
        parameters_max: 14,
        results_max: 1,
        globals_max: 2,
        data_segments_max: 2,
        element_segments_max: 1,
        exports_max: 4,
        custom_sections_max: 3,
        nesting_max: 3,
        loop_nesting_max: 1,
        loop_nesting_squares_max: 2,
        branch_targets_max: 3,
        element_entries_max: 3,
        compile_steps_base: 20_000,
        compile_steps_per_byte: 1,
        function_bytes_max: 128,
        locals_max: 8,
        memory_bytes_max: 4 << 16,
        table_elements_max: 4,
        text_bytes_max: 64,
        ..Limits::default()
    }
}
