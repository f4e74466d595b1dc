//! `kycuong mutate`: the report, the threshold, and refusals. What survives and why is tested with the library.

use serde_json::Value;

use crate::support::{error_line, kycuong, run};

const PACK: &str = "examples/rule-packs/bac-giang";

#[test]
fn one_rule_of_a_real_pack() {
    let arguments = ["mutate", PACK, "--rule", "min-it-share-of-recurrent"];
    let (code, text, stderr) = run(&mut kycuong(arguments));
    assert_eq!(code, 0, "{text}{stderr}");
    assert!(text.contains("bac-giang: ok. "), "{text}");
    assert!(text.contains("at least 90 % asked for"), "{text}");
    let (code, json, _) = run(kycuong(arguments).args(["--format", "json"]));
    assert_eq!(code, 0);
    let json: Value = serde_json::from_str(&json).unwrap();
    let mutants = json["packs"][0]["mutants"].as_array().unwrap();
    let one = |id: &str| mutants.iter().find(|mutant| mutant["id"] == id).unwrap();
    let boundary = one("min-it-share-of-recurrent/min_it_share_of_recurrent/<:<=");
    assert_eq!(boundary["fate"], "noticed");
    assert_eq!(boundary["by"], "min-it-share-of-recurrent, valid: district in 2025");
    assert_eq!(one("min-it-share-of-recurrent/parameters.minimum_share:+1")["fate"], "noticed");
    let (_, list, _) = run(kycuong(arguments).args(["--list", "--only", "data"]));
    assert!(list.contains("noticed  min-it-share-of-recurrent/total_recurrent:-1\n"), "{list}");
}

#[test]
fn what_cannot_be_tried_is_said_in_one_line() {
    let said = error_line(&mut kycuong(["mutate", "examples/dossiers"]));
    assert!(said.contains("`examples/dossiers` is no rule pack"), "{said}");
    let (code, _, stderr) = run(&mut kycuong(["mutate", PACK, "--rule", "no-such-rule"]));
    assert_eq!(code, 3);
    assert!(stderr.contains("pack `bac-giang` has no rule `no-such-rule`; it has `"), "{stderr}");
    let (code, _, stderr) = run(&mut kycuong(["mutate", PACK, "--threshold", "101"]));
    assert_eq!(code, 3, "{stderr}");
}
