//! A crate's tests are one program, because each links all that the crate needs; what must be alone in a
//! process is named here.

use super::members;

/// Package, program, why.
const ALONE: [(&str, &str, &str); 3] = [
    ("kycuong-engine", "reload", "counts the threads and the memory of its process"),
    ("kycuong-audit", "power_loss", "starts itself again and kills what it started"),
    ("kycuong-fuzz", "cost", "counts what its process allocates"),
];

#[test]
fn a_crate_has_one_program_of_tests() {
    for member in members() {
        let name = member["name"].as_str().unwrap();
        let targets = member["targets"].as_array().unwrap().iter();
        let programs = targets
            .filter(|target| target["kind"][0] == "test")
            .map(|target| target["name"].as_str().unwrap())
            .filter(|program| !ALONE.iter().any(|(of, alone, _)| *of == name && alone == program));
        let programs: Vec<_> = programs.collect();
        assert!(programs.len() <= 1, "{name} has {programs:?}");
    }
}
