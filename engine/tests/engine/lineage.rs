//! Provinces with their lineage and decrees with their dates, through the whole engine: which packs
//! judge a dossier of a merged province, and under which decree, on each side of each day that counts.

#![expect(clippy::unwrap_used, reason = "a test that cannot set up its engine has failed")]

use kycuong_engine::fuzzing::Judge as _;
use kycuong_engine::report::Finding;
use kycuong_engine::{Date, Engine, OutcomeStatus, Report, Severity, Verdict};
use kycuong_test_packs::canned_pack::{Canned, pass};
use serde_json::json;

use crate::prepared_host::{ON, engine};

const LAST_OF_63: Date = Date::literal(2025, 6, 30);
const FIRST_OF_34: Date = Date::literal(2025, 7, 1);

fn pack(id: &str, scope: &str) -> Canned {
    Canned::new(id, scope).rule("any", pass())
}

fn dossier(province: &str, more: &str) -> String {
    format!(
        r#"{{"schema_version":"2.0.0","subject":"dossier","kind":"service-lease","province":{province}{more}}}"#
    )
}

fn check(engine: &Engine, province: &str, on: Date) -> Report {
    engine.judge(dossier(province, "").as_bytes(), on).unwrap()
}

/// The packs whose rules ran.
fn judged_by(report: &Report) -> Vec<&str> {
    let ran = report.outcomes.iter().filter(|outcome| outcome.status == OutcomeStatus::Pass);
    ran.map(|outcome| outcome.pack.as_str()).collect()
}

fn area_unspecified(report: &Report) -> Vec<&Finding> {
    report.findings.iter().filter(|found| found.rule == "place/area-unspecified").collect()
}

/// The nation, Thái Nguyên of today, Thái Nguyên and Bắc Kạn as they were.
fn thai_nguyen() -> Engine {
    engine(&[
        pack("vn", "VN"),
        pack("thai-nguyen-moi", "thai-nguyen-2025"),
        pack("thai-nguyen-cu", "thai-nguyen"),
        pack("bac-kan", "bac-kan"),
    ])
}

#[test]
fn a_dossier_of_the_former_bac_kan_is_judged_by_three_packs() {
    let engine = thai_nguyen();
    let of_bac_kan = ["vn", "bac-kan", "thai-nguyen-moi"];
    let of_thai_nguyen = ["vn", "thai-nguyen-cu", "thai-nguyen-moi"];
    for (province, packs) in [
        (r#"{"code":"19","commune_code":"01840"}"#, of_bac_kan),
        (r#"{"code":"19","commune_code":"02191"}"#, of_bac_kan),
        (r#"{"code":"19","legacy_code":"06"}"#, of_bac_kan),
        (r#"{"code":"19","commune_code":"01843","legacy_code":"06"}"#, of_bac_kan),
        (r#"{"code":"19","commune_code":"05443"}"#, of_thai_nguyen),
        (r#"{"code":"19","commune_code":"05953"}"#, of_thai_nguyen),
        (r#"{"code":"19","legacy_code":"19"}"#, of_thai_nguyen),
    ] {
        let report = check(&engine, province, ON);
        assert_eq!(judged_by(&report), packs, "{province}");
        assert_eq!(area_unspecified(&report).len(), 0, "{province}");
        assert_eq!(report.out_of_scope.len(), 1);
        assert_eq!(report.outcomes.len(), 4, "each rule is accounted for");
    }
    // One beyond the range, or a commune of one area with the code of the other: nothing is skipped.
    for province in [
        r#"{"code":"19","commune_code":"02192"}"#,
        r#"{"code":"19","commune_code":"01839"}"#,
        r#"{"code":"19","commune_code":"01840","legacy_code":"19"}"#,
    ] {
        let report = check(&engine, province, ON);
        assert_eq!(
            (judged_by(&report), report.verdict),
            (vec!["vn"], Verdict::Return),
            "{province}"
        );
        assert_eq!((report.counts.not_evaluated, report.complete), (3, false), "{province}");
    }
    // In its own time Bắc Kạn stood alone.
    let then = check(&engine, r#"{"code":"06"}"#, LAST_OF_63);
    assert_eq!(judged_by(&then), ["vn", "bac-kan"]);
    let now = check(&engine, r#"{"code":"06"}"#, FIRST_OF_34);
    assert_eq!((judged_by(&now), now.verdict), (vec!["vn"], Verdict::Return));
}

#[test]
fn surviving_packs_that_were_not_applied_are_named_once() {
    let report = check(&thai_nguyen(), r#"{"code":"19"}"#, ON);
    assert_eq!(judged_by(&report), ["vn", "thai-nguyen-moi"]);
    let found = area_unspecified(&report);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].severity, found[0].path.as_str()), (Severity::Warn, "/province"));
    assert_eq!(
        report.verdict,
        Verdict::AcceptWithWarnings,
        "what could block is never left out in silence"
    );
    assert_eq!(
        found[0].message.vi,
        "Hồ sơ thuộc tỉnh Thái Nguyên, đơn vị hợp nhất từ nhiều tỉnh, nhưng không cho biết thuộc địa bàn của tỉnh nào trước sắp xếp, nên chưa áp dụng: gói quy tắc “bac-kan” của địa bàn tỉnh Bắc Kạn trước sắp xếp, gói quy tắc “thai-nguyen-cu” của địa bàn tỉnh Thái Nguyên trước sắp xếp."
    );
    assert_eq!(
        found[0].remedy.vi,
        "Ghi mã xã gồm 05 chữ số vào mục “province.commune_code”, hoặc ghi mã tỉnh trước sắp xếp vào mục “province.legacy_code”: 06 (tỉnh Bắc Kạn), 19 (tỉnh Thái Nguyên); không cần bổ sung nếu nhiệm vụ thuộc toàn bộ địa bàn hoặc địa bàn khác."
    );
    assert!(found[0].message.en.contains("the rule pack “bac-kan” of the former Bắc Kạn"));
    assert!(found[0].remedy.en.contains("06 (Bắc Kạn), 19 (Thái Nguyên)"));

    // Only where it could matter: no such pack, no merger, before the merger, another subject.
    let without = engine(&[pack("vn", "VN"), pack("thai-nguyen-moi", "thai-nguyen-2025")]);
    assert_eq!(area_unspecified(&check(&without, r#"{"code":"19"}"#, ON)).len(), 0);
    let engine = thai_nguyen();
    assert_eq!(area_unspecified(&check(&engine, r#"{"code":"01"}"#, ON)).len(), 0);
    assert_eq!(area_unspecified(&check(&engine, r#"{"code":"19"}"#, LAST_OF_63)).len(), 0);
    let plan = dossier(r#"{"code":"19"}"#, "").replace(r#""dossier""#, r#""unit-plan""#);
    assert_eq!(area_unspecified(&engine.judge(plan.as_bytes(), ON).unwrap()).len(), 0);
    // A merged province whose commune ranges are not known: the commune alone does not tell.
    let hai_duong = self::engine(&[pack("vn", "VN"), pack("hai-duong", "hai-duong")]);
    let told = check(&hai_duong, r#"{"code":"31","commune_code":"10507"}"#, ON);
    assert_eq!(area_unspecified(&told).len(), 1);
    let told = check(&hai_duong, r#"{"code":"31","legacy_code":"30"}"#, ON);
    assert_eq!((judged_by(&told), area_unspecified(&told).len()), (vec!["vn", "hai-duong"], 0));
}

#[test]
fn a_code_with_two_meanings_is_read_by_its_day() {
    let engine = engine(&[
        pack("vn", "VN"),
        pack("binh-dinh", "binh-dinh"),
        pack("gia-lai", "gia-lai"),
        pack("gia-lai-moi", "gia-lai-2025"),
        pack("bac-giang", "bac-giang"),
        pack("bac-ninh", "bac-ninh"),
        pack("bac-ninh-moi", "bac-ninh-2025"),
    ]);
    for (province, before, after) in [
        (r#"{"code":"52"}"#, vec!["vn", "binh-dinh"], vec!["vn", "gia-lai-moi"]),
        (r#"{"code":"24"}"#, vec!["vn", "bac-giang"], vec!["vn", "bac-ninh-moi"]),
        (
            r#"{"code":"52","legacy_code":"52"}"#,
            vec!["vn", "binh-dinh"],
            vec!["vn", "binh-dinh", "gia-lai-moi"],
        ),
        (
            r#"{"code":"24","commune_code":"07339"}"#,
            vec!["vn", "bac-giang"],
            vec!["vn", "bac-giang", "bac-ninh-moi"],
        ),
    ] {
        assert_eq!(judged_by(&check(&engine, province, LAST_OF_63)), before, "{province}");
        assert_eq!(judged_by(&check(&engine, province, FIRST_OF_34)), after, "{province}");
    }
    // The former code is the one of 2025-06-30: 24 was Bắc Giang and 27 Bắc Ninh.
    let legacy = |code: &str| format!(r#"{{"code":"24","legacy_code":"{code}"}}"#);
    let of = |code| check(&engine, &legacy(code), ON);
    assert_eq!(judged_by(&of("24")), ["vn", "bac-giang", "bac-ninh-moi"]);
    assert_eq!(judged_by(&of("27")), ["vn", "bac-ninh", "bac-ninh-moi"]);
}

#[test]
fn each_decree_on_both_sides_of_its_days() {
    let engine = engine(&[pack("vn", "VN")]);
    let regime = |transition: &str, on: &str| {
        let more = format!(r#","transition":{{{transition}}}"#);
        let text = dossier(r#"{"code":"01"}"#, if transition.is_empty() { "" } else { &more });
        let report = engine.judge(text.as_bytes(), on.parse().unwrap()).unwrap();
        report.regime.unwrap().code
    };
    for (transition, on, code) in [
        ("", "2020-01-01", "nd-73-2019"),
        ("", "2024-07-09", "nd-73-2019"),
        ("", "2024-07-10", "nd-82-2024"),
        ("", "2026-02-28", "nd-82-2024"),
        ("", "2026-03-01", "nd-45-2026"),
        ("", "2026-06-30", "nd-45-2026"),
        ("", "2026-07-01", "nd-224-2026"),
        (r#""decided_on":"2026-06-30""#, "2026-11-21", "nd-45-2026"),
        (r#""decided_on":"2026-07-01""#, "2026-11-21", "nd-224-2026"),
        (r#""appraisal_report_on":"2026-06-30""#, "2026-11-21", "nd-45-2026"),
        (r#""decided_on":"2026-06-30","choice":"nd-224-2026""#, "2026-11-21", "nd-224-2026"),
        (r#""decided_on":"2026-06-30","choice":"nd-224-2026""#, "2026-06-30", "nd-45-2026"),
        (r#""decided_on":"2026-02-28""#, "2026-03-01", "nd-82-2024"),
        (r#""decided_on":"2026-02-28","choice":"nd-45-2026""#, "2026-03-01", "nd-45-2026"),
        (r#""decided_on":"2026-03-01""#, "2026-03-01", "nd-45-2026"),
        (r#""decided_on":"2024-07-09""#, "2024-07-10", "nd-73-2019"),
        (r#""decided_on":"2024-07-10""#, "2024-07-10", "nd-82-2024"),
        // A choice that no transitional rule offers has no effect.
        (r#""choice":"nd-45-2026""#, "2026-11-21", "nd-224-2026"),
    ] {
        assert_eq!(regime(transition, on), code, "{transition} on {on}");
    }
}

#[test]
fn a_day_before_every_decree_has_an_answer() {
    let rules = json!({"effective": {"from": "2010-01-01"}});
    let engine = engine(&[
        Canned::new("vn", "VN").rule_with("any", pass(), rules.clone()),
        Canned::new("ha-noi", "ha-noi").rule_with("any", pass(), rules),
    ]);
    for (on, judged, rule) in [
        ("2019-12-31", vec!["vn", "ha-noi"], "intake/no-regime"),
        ("2009-12-31", vec![], "intake/no-regime"),
        // Before the code list begins, no province is known either.
        ("1975-04-30", vec![], "intake/place-unknown"),
        ("0001-01-01", vec![], "intake/no-regime"),
        ("9999-12-31", vec!["vn", "ha-noi"], ""),
    ] {
        let report = check(&engine, r#"{"code":"01"}"#, on.parse().unwrap());
        assert_eq!(judged_by(&report), judged, "{on}");
        let blocks: Vec<_> = report.findings.iter().map(|found| found.rule.as_str()).collect();
        assert!(
            rule.is_empty() == blocks.is_empty() && (rule.is_empty() || blocks.contains(&rule)),
            "{on}: {blocks:?}"
        );
        assert_eq!(report.verdict == Verdict::Return, !rule.is_empty(), "{on}");
        assert!(report.is_authentic() && report.counts.crashed == 0);
    }
    let report = check(&engine, r#"{"code":"01"}"#, Date::literal(2019, 12, 31));
    assert_eq!(
        report.findings[0].message.vi,
        "Ngày 31/12/2019 trước ngày Nghị định 73/2019/NĐ-CP có hiệu lực (01/01/2020); không có gói quy tắc nào cho thời điểm này."
    );
}
