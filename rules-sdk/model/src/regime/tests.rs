use super::*;

const TODAY: Date = Date::literal(2026, 11, 21);

fn day(text: &str) -> Option<Date> {
    Some(text.parse().unwrap())
}

fn regime(
    decided: Option<Date>,
    appraised: Option<Date>,
    choice: Option<Regime>,
    on: Date,
) -> Regime {
    governing(decided, appraised, choice, on).unwrap().regime
}

#[test]
fn codes_go_round() {
    for each in Regime::ALL.iter().copied() {
        assert_eq!(Regime::from_code(each.code()), Some(each));
        assert_eq!(serde_json::to_string(&each).unwrap(), format!("\"{each}\""));
        assert_eq!(serde_json::from_str::<Regime>(&format!("\"{each}\"")).unwrap(), each);
    }
    assert_eq!(Regime::from_code("nd-102-2009"), None);
    assert!(serde_json::from_str::<Regime>("\"nd-102-2009\"").is_err());
    for each in Regime::ALL {
        assert!(each.title().vi.starts_with(&each.vi()) && each.title().en.starts_with(&each.en()));
    }
}

#[test]
fn the_regimes_follow_each_other_without_a_gap() {
    for pair in Regime::ALL.windows(2) {
        assert_eq!(pair[0].to().unwrap().plus_days(1), pair[1].from());
        assert!(pair[0] < pair[1]);
    }
    assert_eq!(Regime::Nd224_2026.to(), None);
}

#[test]
fn a_new_dossier_is_under_the_decree_of_the_day() {
    for (on, expected) in [
        ("2020-01-01", Regime::Nd73_2019),
        ("2023-11-20", Regime::Nd73_2019),
        ("2024-07-09", Regime::Nd73_2019),
        ("2024-07-10", Regime::Nd82_2024),
        ("2026-02-28", Regime::Nd82_2024),
        ("2026-03-01", Regime::Nd45_2026),
        ("2026-06-30", Regime::Nd45_2026),
        ("2026-07-01", Regime::Nd224_2026),
        ("2026-11-21", Regime::Nd224_2026),
    ] {
        let on = on.parse().unwrap();
        let found = governing(None, None, None, on).unwrap();
        assert_eq!(
            (found.regime, found.reason, found.verified),
            (expected, Reason::InForce { on }, true)
        );
    }
}

#[test]
fn article_91_at_its_boundary() {
    let choice = Some(Regime::Nd224_2026);
    assert_eq!(regime(day("2026-06-30"), None, None, TODAY), Regime::Nd45_2026);
    assert_eq!(regime(day("2026-07-01"), None, None, TODAY), Regime::Nd224_2026);
    assert_eq!(regime(None, day("2026-06-30"), None, TODAY), Regime::Nd45_2026);
    assert_eq!(regime(None, day("2026-07-01"), None, TODAY), Regime::Nd224_2026);
    // Appraised before, decided after: either paper suffices.
    assert_eq!(regime(day("2026-07-15"), day("2026-06-30"), None, TODAY), Regime::Nd45_2026);
    assert_eq!(regime(day("2026-06-30"), None, choice, TODAY), Regime::Nd224_2026);
    assert!(governing(day("2026-06-30"), None, None, TODAY).unwrap().verified);
    assert!(governing(day("2026-06-30"), None, choice, TODAY).unwrap().verified);
}

#[test]
fn the_same_one_step_earlier_unverified() {
    let in_may = Date::literal(2026, 5, 15);
    for on in [in_may, TODAY] {
        let stays = governing(day("2026-02-28"), None, None, on).unwrap();
        assert_eq!((stays.regime, stays.verified), (Regime::Nd82_2024, false));
        let chosen = governing(day("2026-02-28"), None, Some(Regime::Nd45_2026), on).unwrap();
        assert_eq!((chosen.regime, chosen.verified), (Regime::Nd45_2026, false));
    }
    assert_eq!(regime(day("2026-03-01"), None, None, in_may), Regime::Nd45_2026);
    assert_eq!(regime(day("2024-07-09"), None, None, TODAY), Regime::Nd73_2019);
    assert_eq!(regime(day("2024-07-10"), None, None, TODAY), Regime::Nd82_2024);
    assert_eq!(
        regime(day("2024-07-09"), None, Some(Regime::Nd224_2026), TODAY),
        Regime::Nd224_2026
    );
}

#[test]
fn a_choice_that_nobody_offers_has_no_effect() {
    let new_dossier = governing(None, None, Some(Regime::Nd45_2026), TODAY).unwrap();
    assert_eq!(
        (new_dossier.regime, new_dossier.reason),
        (Regime::Nd224_2026, Reason::InForce { on: TODAY })
    );
    assert_eq!(regime(day("2026-05-01"), None, Some(Regime::Nd73_2019), TODAY), Regime::Nd45_2026);
    // A decree that is not yet in force on the day cannot be chosen.
    let in_may = Date::literal(2026, 5, 15);
    assert_eq!(
        regime(day("2026-02-28"), None, Some(Regime::Nd224_2026), in_may),
        Regime::Nd82_2024
    );
}

#[test]
fn the_legacy_dossier_at_its_own_date_and_as_new() {
    let own = Date::literal(2023, 11, 20);
    assert_eq!(regime(None, None, None, own), Regime::Nd73_2019);
    assert_eq!(regime(None, None, None, TODAY), Regime::Nd224_2026);
    // Decided in its own time, it is not new: it stays.
    assert_eq!(regime(day("2023-12-01"), None, None, TODAY), Regime::Nd73_2019);
}

#[test]
fn before_the_first_decree() {
    let on = Date::literal(2019, 12, 31);
    assert_eq!(governing(None, None, None, on), Err(RegimeError::BeforeFirst { on }));
    let decided_on = on;
    assert_eq!(
        governing(Some(on), None, None, Date::literal(2020, 6, 1)),
        Err(RegimeError::DecidedBeforeFirst { decided_on })
    );
    // Appraised but not decided before 2020: Decree 73/2019/NĐ-CP, article 63.
    assert_eq!(regime(None, day("2019-12-31"), None, Date::literal(2020, 6, 1)), Regime::Nd73_2019);
    assert_eq!(
        regime(day("2020-02-01"), day("2019-12-31"), None, Date::literal(2020, 6, 1)),
        Regime::Nd73_2019
    );
}

#[test]
fn the_reason_is_a_sentence() {
    let kept = governing(day("2026-06-30"), None, None, TODAY).unwrap();
    assert_eq!(
        kept.why().vi,
        "Hồ sơ có quyết định đầu tư, mua sắm hoặc thuê ngày 30/06/2026 nên tiếp tục áp dụng Nghị định 45/2026/NĐ-CP."
    );
    let chosen = governing(day("2026-06-30"), None, Some(Regime::Nd224_2026), TODAY).unwrap();
    assert!(chosen.why().vi.ends_with("chủ đầu tư đã lựa chọn áp dụng Nghị định 224/2026/NĐ-CP."));
    assert_eq!(
        serde_json::to_string(&kept).unwrap(),
        r#"{"regime":"nd-45-2026","reason":{"kind":"transitional","paper":"decision","dated":"2026-06-30"},"verified":true}"#
    );
}

#[test]
fn the_oldest_and_the_newest_are_those_by_date() {
    assert!(Regime::ALL.is_sorted_by_key(|regime| regime.from()));
    assert_eq!(Regime::ALL.first(), Some(&Regime::OLDEST));
    assert_eq!(Regime::ALL.last(), Some(&Regime::NEWEST));
}
