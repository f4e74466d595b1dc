//! Where and under which decree a submission is judged: the codes that count on the day.
//!
//! A code that is not in force is a finding, not an error: the national packs run all the same.

use kycuong_model::codes::Level;
use kycuong_model::date::Date;
use kycuong_model::finding::Severity;
use kycuong_model::jurisdiction::{Chain, NATION, Place, PlaceError, PlaceField, Province, chain};
use kycuong_model::localize::Localize;
use kycuong_model::pointer::Pointer;
use kycuong_model::regime::{Governing, Regime, RegimeError, governing};
use kycuong_model::subject::Head;
use kycuong_model::text::Bilingual;
use kycuong_model::view::Placed;

use crate::finding::Finding;

/// The jurisdictions and the regime of a submission on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The province and the former province; absent when the codes do not tell.
    pub chain: Option<Chain>,
    /// The regime and why; absent when no known decree governs.
    pub governing: Option<Governing>,
    /// What is wrong with the codes and dates that decide both.
    pub findings: Vec<Finding>,
}

impl Standing {
    /// Reads from the head of a submission where it stands on the day `on`.
    pub fn of(head: &Head<'_>, on: Date) -> Self {
        let mut findings = Vec::new();
        let chain = chain_of(head, on).unwrap_or_else(|finding| {
            findings.push(*finding);
            None
        });
        let transition = &head.transition;
        let governing = governing(
            transition.decided_on.get(),
            transition.appraisal_report_on.get(),
            transition.choice.get(),
            on,
        )
        .map_err(|error| findings.push(no_regime(head, error)))
        .ok();
        Self { chain, governing, findings }
    }

    /// The scopes of packs that apply, from the highest level down; the nation's alone when the
    /// province is not known.
    pub fn scopes(&self) -> Vec<&'static str> {
        self.chain.as_ref().map_or_else(|| vec![NATION], |chain| chain.slugs().collect())
    }

    /// The former provinces of the area that the submission does not tell apart: those of a merged
    /// province, when neither a commune nor a former province says which one; else none.
    pub fn untold_areas(&self) -> Vec<&'static Province> {
        match self.chain {
            Some(Chain { province, legacy: None }) => province.predecessors().collect(),
            _ => Vec::new(),
        }
    }

    /// Says, once, which packs of former provinces were not applied because the submission does not
    /// tell its area; `surviving` names each with its former province. None when there are none.
    pub(crate) fn area_not_told(
        &self,
        head: &Head<'_>,
        on: Date,
        surviving: &[(&str, &'static Province)],
    ) -> Option<Finding> {
        let province = self.chain.as_ref()?.province;
        if surviving.is_empty() {
            return None;
        }
        let each = |word: fn(&(&str, &'static Province)) -> String| {
            surviving.iter().map(word).collect::<Vec<_>>().join(", ")
        };
        let mut codes: Vec<_> =
            surviving.iter().map(|(_, legacy)| (legacy.code, legacy.last_title())).collect();
        codes.dedup();
        let codes = codes.into_iter().map(|(code, title)| format!("{code} ({title})"));
        let codes = codes.collect::<Vec<_>>().join(", ");
        let (title, name) = (province.title_on(on), province.name_on(on));
        let message = Bilingual::new(
            format!(
                "Hồ sơ thuộc {title}, đơn vị hợp nhất từ nhiều tỉnh, nhưng không cho biết thuộc địa bàn của tỉnh nào trước sắp xếp, nên chưa áp dụng: {}.",
                each(|(pack, legacy)| format!(
                    "gói quy tắc “{pack}” của địa bàn {} trước sắp xếp",
                    legacy.last_title()
                ))
            ),
            format!(
                "The submission belongs to {name}, which several provinces were merged into, and does not tell the former province of its area, so these were not applied: {}.",
                each(|(pack, legacy)| format!(
                    "the rule pack “{pack}” of the former {}",
                    legacy.name
                ))
            ),
        );
        let remedy = Bilingual::new(
            format!(
                "Ghi mã xã gồm 05 chữ số vào mục “province.commune_code”, hoặc ghi mã tỉnh trước sắp xếp vào mục “province.legacy_code”: {codes}; không cần bổ sung nếu nhiệm vụ thuộc toàn bộ địa bàn hoặc địa bàn khác."
            ),
            format!(
                "Give the five-digit commune code in “province.commune_code”, or the former province in “province.legacy_code”: {}; leave both out for the whole area or another one.",
                each(|(_, legacy)| format!("{} ({})", legacy.code, legacy.name))
            ),
        );
        let path = head.province.pointer();
        Some(Finding::of_host("place/area-not-told", Severity::Inform, path, message, remedy))
    }

    /// The regime whose schema the submission has to follow: the declared one, since the submission
    /// was written for it (whether it is the right one is for a rule to say); else the computed one;
    /// else the newest.
    pub fn schema_regime(&self, head: &Head<'_>) -> Regime {
        let computed = self.governing.map(|governing| governing.regime);
        head.regime.get().or(computed).unwrap_or(Regime::Nd224_2026)
    }
}

/// Whose packs apply; `None` for a central agency, which belongs to no province.
fn chain_of(head: &Head<'_>, on: Date) -> Result<Option<Chain>, Box<Finding>> {
    let code = head.province.code.text();
    let commune = head.province.commune_code.get().filter(|code| !code.is_empty());
    let legacy = head.province.legacy_code.get().filter(|code| !code.is_empty());
    if code.is_empty() {
        let central = head.owner.level.is(Level::Central);
        return if central { Ok(None) } else { Err(Box::new(no_place(head))) };
    }
    let place = Place {
        province_code: &code,
        commune_code: commune.as_deref(),
        legacy_province_code: legacy.as_deref(),
    };
    chain(place, on).map(Some).map_err(|error| Box::new(wrong_place(head, &error, on)))
}

fn no_place(head: &Head<'_>) -> Finding {
    let message = Bilingual::new(
        "Hồ sơ không có mã tỉnh, thành phố đọc được nên không xác định được quy định của địa phương phải áp dụng.",
        "The submission gives no province code that can be read, so it cannot be told which local rules apply.",
    );
    let remedy = Bilingual::new(
        "Ghi mã tỉnh, thành phố gồm 02 chữ số vào mục “province.code”; cơ quan trung ương ghi cấp của đơn vị là “central”.",
        "Give the two-digit province code in “province.code”; a central agency gives “central” as the level of its unit.",
    );
    let path = head.province.code.pointer();
    Finding::of_host("intake/place-missing", Severity::Block, path, message, remedy)
}

fn wrong_place(head: &Head<'_>, error: &PlaceError, on: Date) -> Finding {
    let province = &head.province;
    let (path, code) = match error.field() {
        PlaceField::Province => (province.code.pointer(), province.code.text()),
        PlaceField::Commune => (province.commune_code.pointer(), province.commune_code.text()),
        PlaceField::LegacyProvince => (province.legacy_code.pointer(), province.legacy_code.text()),
    };
    let rule = match error {
        PlaceError::NotInForce { .. } => "intake/place-not-valid",
        PlaceError::MalformedProvince { .. } | PlaceError::MalformedCommune { .. } => {
            "intake/place-malformed"
        }
        PlaceError::UnknownProvince { .. } | PlaceError::UnknownLegacy { .. } => {
            "intake/place-unknown"
        }
        PlaceError::NotPredecessor { .. }
        | PlaceError::CommuneOutside { .. }
        | PlaceError::LegacyContradictsCommune { .. } => "intake/place-contradicts",
    };
    Finding::of_host(rule, Severity::Block, path, error.message(), error.remedy())
        .measured("code", crate::wording::shown(&code))
        .measured("on", on)
}

fn no_regime(head: &Head<'_>, error: RegimeError) -> Finding {
    let first = Regime::Nd73_2019;
    let (path, message, remedy) = match error {
        RegimeError::BeforeFirst { on } => (
            Pointer::root(),
            Bilingual::new(
                format!(
                    "Ngày {} trước ngày {} có hiệu lực ({}); không có gói quy tắc nào cho thời điểm này.",
                    on.vi(),
                    first.vi(),
                    first.from().vi()
                ),
                format!(
                    "The day {} is before {} came into force ({}); there are no rules for that time.",
                    on.en(),
                    first.en(),
                    first.from().en()
                ),
            ),
            Bilingual::new(
                "Kiểm tra lại thời điểm nộp và ngày kiểm tra; hồ sơ cũ hơn do người thẩm định xem xét trực tiếp.",
                "Check the moment of submission and the day of checking; older dossiers are for an appraiser.",
            ),
        ),
        RegimeError::DecidedBeforeFirst { decided_on } => (
            head.transition.decided_on.pointer(),
            Bilingual::new(
                format!(
                    "Hồ sơ được quyết định ngày {}, trước ngày {} có hiệu lực ({}), nên tiếp tục theo Nghị định 102/2009/NĐ-CP; không có gói quy tắc nào cho nghị định này.",
                    decided_on.vi(),
                    first.vi(),
                    first.from().vi()
                ),
                format!(
                    "The dossier was decided on {}, before {} came into force ({}), and stays under Decree 102/2009/NĐ-CP, which has no rules here.",
                    decided_on.en(),
                    first.en(),
                    first.from().en()
                ),
            ),
            Bilingual::new(
                "Kiểm tra lại ngày quyết định; nếu đúng, người thẩm định xem xét trực tiếp hồ sơ.",
                "Check the date of the decision; if it is right, the dossier is for an appraiser.",
            ),
        ),
    };
    Finding::of_host("intake/no-regime", Severity::Block, path, message, remedy)
}

#[cfg(test)]
mod tests {
    use super::*;
    use kycuong_model::tape::{ParseLimits, parse};

    const TODAY: Date = Date::literal(2026, 11, 21);

    fn standing(text: &str, on: Date) -> (Standing, Regime) {
        let tape = parse(text.as_bytes(), &ParseLimits::default()).unwrap();
        let head = Head::read(tape.document());
        let standing = Standing::of(&head, on);
        let regime = standing.schema_regime(&head);
        (standing, regime)
    }

    fn rules(standing: &Standing) -> Vec<(&str, &str)> {
        standing.findings.iter().map(|found| (found.rule.as_str(), found.path.as_str())).collect()
    }

    #[test]
    fn a_dossier_of_gia_lai() {
        let text = r#"{"province":{"code":"52","legacy_code":"64"}}"#;
        let (found, regime) = standing(text, TODAY);
        assert_eq!(found.scopes(), ["VN", "gia-lai-2025", "gia-lai"]);
        assert_eq!(found.governing.unwrap().regime, Regime::Nd224_2026);
        assert_eq!((rules(&found), regime), (vec![], Regime::Nd224_2026));
    }

    #[test]
    fn a_code_out_of_force_leaves_the_nation() {
        let (found, _) = standing(r#"{"province":{"code":"64"}}"#, TODAY);
        assert_eq!(found.scopes(), ["VN"]);
        assert_eq!(rules(&found), [("intake/place-not-valid", "/province/code")]);
        let (found, _) = standing(r#"{"province":{"code":"64"}}"#, Date::literal(2025, 6, 30));
        assert_eq!(found.scopes(), ["VN", "gia-lai"]);
    }

    #[test]
    fn every_way_in_which_codes_are_wrong() {
        for (province, rule, path) in [
            (r#"{}"#, "intake/place-missing", "/province/code"),
            (r#"{"code":""}"#, "intake/place-missing", "/province/code"),
            (r#"{"code":"5"}"#, "intake/place-malformed", "/province/code"),
            (r#"{"code":"03"}"#, "intake/place-unknown", "/province/code"),
            (
                r#"{"code":"52","commune_code":"7339"}"#,
                "intake/place-malformed",
                "/province/commune_code",
            ),
            (
                r#"{"code":"52","commune_code":"07339"}"#,
                "intake/place-contradicts",
                "/province/commune_code",
            ),
            (
                r#"{"code":"52","legacy_code":"24"}"#,
                "intake/place-contradicts",
                "/province/legacy_code",
            ),
            (
                r#"{"code":"52","legacy_code":"03"}"#,
                "intake/place-unknown",
                "/province/legacy_code",
            ),
        ] {
            let (found, _) = standing(&format!(r#"{{"province":{province}}}"#), TODAY);
            assert_eq!(rules(&found), [(rule, path)], "{province}");
            assert_eq!(found.scopes(), ["VN"]);
        }
        assert_eq!(rules(&standing("{}", TODAY).0), [("intake/place-missing", "/province")]);
    }

    #[test]
    fn a_central_agency_has_no_province() {
        let (found, _) = standing(r#"{"owner":{"level":"central"}}"#, TODAY);
        assert_eq!((found.scopes(), rules(&found)), (vec!["VN"], vec![]));
    }

    #[test]
    fn the_schema_is_that_of_the_declared_regime() {
        let text = r#"{"regime":"nd-73-2019","province":{"code":"01"}}"#;
        let (found, regime) = standing(text, TODAY);
        assert_eq!(found.governing.unwrap().regime, Regime::Nd224_2026);
        assert_eq!(regime, Regime::Nd73_2019);
    }

    #[test]
    fn no_decree_from_before_2020() {
        let before = Date::literal(2019, 12, 31);
        let (found, regime) = standing(r#"{"province":{"code":"01"}}"#, before);
        assert_eq!((rules(&found), regime), (vec![("intake/no-regime", "")], Regime::Nd224_2026));
        let text = r#"{"province":{"code":"01"},"transition":{"decided_on":"2019-12-31"}}"#;
        let (found, _) = standing(text, TODAY);
        assert_eq!(rules(&found), [("intake/no-regime", "/transition/decided_on")]);
    }
}
