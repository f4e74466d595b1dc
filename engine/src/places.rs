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
use kycuong_model::text::Bilingual;
use kycuong_report::{Finding, Header, Written};

/// The jurisdictions and the regime of a submission on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applicability {
    /// Where the submission belongs.
    pub place: Belongs,
    /// The regime and why; absent when no known decree governs.
    pub governing: Option<Governing>,
    /// What is wrong with the codes and dates that decide both.
    pub findings: Vec<Finding>,
}

/// A pack of a former province that would judge a submission if its area lay there.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FormerAreaPack<'a> {
    /// The id of the pack.
    pub(crate) pack: &'a str,
    /// The former province.
    pub(crate) area: &'static Province,
    /// Whether one of the rules that would judge is mandatory here.
    pub(crate) could_block: bool,
}

/// Where a submission belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Belongs {
    /// To a province, and perhaps to a former one.
    Province(Chain),
    /// To no province: a central agency's.
    Nation,
    /// That cannot be told, since the code at this place is missing or wrong: whether provincial rules
    /// must run cannot be told either.
    Unknown(Pointer),
}

impl Applicability {
    /// Reads from the header of a submission where it stands on the day `on`.
    pub fn of(header: &Header, on: Date) -> Self {
        let mut findings = Vec::new();
        let place = belongs(header, on).unwrap_or_else(|finding| {
            let path = finding.path.clone();
            findings.push(*finding);
            Belongs::Unknown(path)
        });
        let decided_on = header.decided_on.value;
        let governing = governing(decided_on, header.appraisal_report_on, header.choice, on)
            .map_err(|error| findings.push(no_regime(header, error)))
            .ok();
        Self { place, governing, findings }
    }

    fn chain(&self) -> Option<&Chain> {
        match &self.place {
            Belongs::Province(chain) => Some(chain),
            Belongs::Nation | Belongs::Unknown(_) => None,
        }
    }

    /// The scopes of packs that apply, from the highest level down; the nation's alone when the
    /// province is not known.
    pub fn scopes(&self) -> Vec<&'static str> {
        self.chain().map_or_else(|| vec![NATION], |chain| chain.slugs().collect())
    }

    /// The place of the code that would tell the jurisdictions below the nation, when they cannot be
    /// told.
    pub(crate) fn place_missing(&self) -> Option<&Pointer> {
        match &self.place {
            Belongs::Unknown(path) => Some(path),
            Belongs::Province(_) | Belongs::Nation => None,
        }
    }

    /// The former provinces of the area that the submission does not tell apart: those of a merged
    /// province, when neither a commune nor a former province says which one; else none.
    pub fn unspecified_areas(&self) -> Vec<&'static Province> {
        match self.chain() {
            Some(Chain { province, legacy: None }) => province.predecessors().collect(),
            _ => Vec::new(),
        }
    }

    /// The place of the code that would tell the area of a unit that lies in one for certain: a commune
    /// or a district has one, and leaving it out takes no pack away. `None` for a unit of the whole
    /// province, and when the area is told.
    pub(crate) fn area_missing<'h>(&self, header: &'h Header) -> Option<&'h Pointer> {
        let of_one_area = matches!(header.level, Some(Level::Commune | Level::District));
        if !of_one_area || self.unspecified_areas().is_empty() {
            return None;
        }
        // Of some merged provinces it is not known which communes came from where.
        let code = [&header.commune_code, &header.legacy_code];
        code.into_iter().find(|code| code.value.is_empty()).map(|code| &code.path)
    }

    /// Says, once, which packs of former provinces were not applied because the submission does not
    /// tell its area; `former_area_packs` names each with its former province. None when there are
    /// none. A warning when one of them could have blocked: nobody gets a better verdict by leaving the
    /// area out.
    pub(crate) fn area_unspecified(
        &self,
        header: &Header,
        on: Date,
        former_area_packs: &[FormerAreaPack<'_>],
    ) -> Option<Finding> {
        let province = self.chain()?.province;
        if former_area_packs.is_empty() {
            return None;
        }
        let each = |word: fn(&FormerAreaPack<'_>) -> String| {
            former_area_packs.iter().map(word).collect::<Vec<_>>().join(", ")
        };
        let mut codes: Vec<_> =
            former_area_packs.iter().map(|pack| (pack.area.code, pack.area.last_title())).collect();
        codes.dedup();
        let codes = codes.into_iter().map(|(code, title)| format!("{code} ({title})"));
        let codes = codes.collect::<Vec<_>>().join(", ");
        let (title, name) = (province.title_on(on), province.name_on(on));
        let message = Bilingual::new(
            format!(
                "Hồ sơ thuộc {title}, đơn vị hợp nhất từ nhiều tỉnh, nhưng không cho biết thuộc địa bàn của tỉnh nào trước sắp xếp, nên chưa áp dụng: {}.",
                each(|FormerAreaPack { pack, area, .. }| format!(
                    "gói quy tắc “{pack}” của địa bàn {} trước sắp xếp",
                    area.last_title()
                ))
            ),
            format!(
                "The submission belongs to {name}, which several provinces were merged into, and does not tell the former province of its area, so these were not applied: {}.",
                each(|FormerAreaPack { pack, area, .. }| format!(
                    "the rule pack “{pack}” of the former {}",
                    area.name
                ))
            ),
        );
        let remedy = Bilingual::new(
            format!(
                "Ghi mã xã gồm 05 chữ số vào mục “province.commune_code”, hoặc ghi mã tỉnh trước sắp xếp vào mục “province.legacy_code”: {codes}; không cần bổ sung nếu nhiệm vụ thuộc toàn bộ địa bàn hoặc địa bàn khác."
            ),
            format!(
                "Give the five-digit commune code in “province.commune_code”, or the former province in “province.legacy_code”: {}; leave both out for the whole area or another one.",
                each(|pack| format!("{} ({})", pack.area.code, pack.area.name))
            ),
        );
        let path = header.province.clone();
        let could_block = former_area_packs.iter().any(|pack| pack.could_block);
        let severity = if could_block { Severity::Warn } else { Severity::Inform };
        Some(Finding::new("place/area-unspecified", severity, path, message, remedy))
    }

    /// The regime whose schema the submission has to follow: the declared one, since the submission
    /// was written for it (whether it is the right one is for a rule to say); else the computed one;
    /// else the newest.
    pub fn schema_regime(&self, header: &Header) -> Regime {
        let computed = self.governing.map(|governing| governing.regime);
        header.regime.or(computed).unwrap_or(Regime::NEWEST)
    }
}

/// Whose packs apply.
fn belongs(header: &Header, on: Date) -> Result<Belongs, Box<Finding>> {
    let filled = |text: &'_ str| (!text.is_empty()).then_some(text).map(str::to_owned);
    let code = &header.province_code.value;
    if code.is_empty() {
        let inside = [&header.commune_code, &header.legacy_code];
        let inside = inside.into_iter().find(|code| !code.value.trim().is_empty());
        return match inside {
            _ if header.level != Some(Level::Central) => Err(Box::new(no_place(header))),
            Some(code) => Err(Box::new(central_with_a_place(code))),
            None => Ok(Belongs::Nation),
        };
    }
    let (commune, legacy) = (filled(&header.commune_code.value), filled(&header.legacy_code.value));
    let place = Place {
        province_code: code,
        commune_code: commune.as_deref(),
        legacy_province_code: legacy.as_deref(),
    };
    let chain = chain(place, on).map_err(|error| Box::new(wrong_place(header, &error, on)))?;
    Ok(Belongs::Province(chain))
}

fn no_place(header: &Header) -> Finding {
    let message = Bilingual::new(
        "Hồ sơ không có mã tỉnh, thành phố đọc được nên không xác định được quy định của địa phương phải áp dụng.",
        "The submission gives no province code that can be read, so it cannot be told which local rules apply.",
    );
    let remedy = Bilingual::new(
        "Ghi mã tỉnh, thành phố gồm 02 chữ số vào mục “province.code”; cơ quan trung ương ghi cấp của đơn vị là “central”.",
        "Give the two-digit province code in “province.code”; a central agency gives “central” as the level of its unit.",
    );
    let path = header.province_code.path.clone();
    Finding::new("intake/place-missing", Severity::Block, path, message, remedy)
}

/// A central agency that names a commune or a former province belongs to it, or is no central agency;
/// which of the two decides whose packs apply.
fn central_with_a_place(code: &Written<String>) -> Finding {
    let message = Bilingual::new(
        "Đơn vị được ghi là cơ quan trung ương nhưng hồ sơ lại có mã xã hoặc mã tỉnh trước sắp xếp mà không có mã tỉnh, nên không xác định được quy định của địa phương phải áp dụng.",
        "The unit is given as a central agency, and yet the submission has the code of a commune or of a former province without one of a province, so it cannot be told which local rules apply.",
    );
    let remedy = Bilingual::new(
        "Ghi mã tỉnh, thành phố vào mục “province.code”, hoặc bỏ mã xã và mã tỉnh trước sắp xếp nếu hồ sơ không thuộc địa phương nào.",
        "Give the province code in “province.code”, or leave out the commune and the former province when the submission belongs to no province.",
    );
    Finding::new("intake/place-contradicts", Severity::Block, code.path.clone(), message, remedy)
        .value("code", kycuong_model::text::excerpt(&code.value))
}

fn wrong_place(header: &Header, error: &PlaceError, on: Date) -> Finding {
    let code = match error.field() {
        PlaceField::Province => &header.province_code,
        PlaceField::Commune => &header.commune_code,
        PlaceField::LegacyProvince => &header.legacy_code,
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
    Finding::new(rule, Severity::Block, code.path.clone(), error.message(), error.remedy())
        .value("code", kycuong_model::text::excerpt(&code.value))
        .value("on", on)
}

fn no_regime(header: &Header, error: RegimeError) -> Finding {
    let first = Regime::OLDEST;
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
            header.decided_on.path.clone(),
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
    Finding::new("intake/no-regime", Severity::Block, path, message, remedy)
}

#[cfg(test)]
mod tests {
    use super::*;
    use kycuong_model::tape::{ParseLimits, parse};

    const TODAY: Date = Date::literal(2026, 11, 21);

    fn applicability(text: &str, on: Date) -> (Applicability, Regime) {
        let tape = parse(text.as_bytes(), &ParseLimits::default()).unwrap();
        let header = Header::read(tape.document());
        let applicability = Applicability::of(&header, on);
        let regime = applicability.schema_regime(&header);
        (applicability, regime)
    }

    fn rules(applicability: &Applicability) -> Vec<(&str, &str)> {
        applicability
            .findings
            .iter()
            .map(|found| (found.rule.as_str(), found.path.as_str()))
            .collect()
    }

    #[test]
    fn a_dossier_of_gia_lai() {
        let text = r#"{"province":{"code":"52","legacy_code":"64"}}"#;
        let (found, regime) = applicability(text, TODAY);
        assert_eq!(found.scopes(), ["VN", "gia-lai-2025", "gia-lai"]);
        assert_eq!(found.governing.unwrap().regime, Regime::Nd224_2026);
        assert_eq!((rules(&found), regime), (vec![], Regime::Nd224_2026));
    }

    #[test]
    fn a_code_out_of_force_leaves_the_nation() {
        let (found, _) = applicability(r#"{"province":{"code":"64"}}"#, TODAY);
        assert_eq!(found.scopes(), ["VN"]);
        assert_eq!(rules(&found), [("intake/place-not-valid", "/province/code")]);
        let (found, _) = applicability(r#"{"province":{"code":"64"}}"#, Date::literal(2025, 6, 30));
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
            let (found, _) = applicability(&format!(r#"{{"province":{province}}}"#), TODAY);
            assert_eq!(rules(&found), [(rule, path)], "{province}");
            assert_eq!(found.scopes(), ["VN"]);
        }
        assert_eq!(rules(&applicability("{}", TODAY).0), [("intake/place-missing", "/province")]);
    }

    #[test]
    fn a_central_agency_in_a_commune_contradicts_itself() {
        for (province, path) in [
            (r#"{"code":null,"legacy_code":"64","commune_code":"23563"}"#, "commune_code"),
            (r#"{"code":"","legacy_code":"64"}"#, "legacy_code"),
            (r#"{"commune_code":"23563"}"#, "commune_code"),
        ] {
            let text = format!(r#"{{"owner":{{"level":"central"}},"province":{province}}}"#);
            let (found, _) = applicability(&text, TODAY);
            let path = format!("/province/{path}");
            assert_eq!(rules(&found), [("intake/place-contradicts", path.as_str())], "{province}");
            assert!(found.place_missing().is_some(), "{province}");
        }
        let blank = r#"{"owner":{"level":"central"},"province":{"code":"","legacy_code":" "}}"#;
        assert_eq!(rules(&applicability(blank, TODAY).0), vec![]);
    }

    #[test]
    fn a_central_agency_has_no_province() {
        let (found, _) = applicability(r#"{"owner":{"level":"central"}}"#, TODAY);
        assert_eq!((found.scopes(), rules(&found)), (vec!["VN"], vec![]));
    }

    #[test]
    fn the_schema_is_that_of_the_declared_regime() {
        let text = r#"{"regime":"nd-73-2019","province":{"code":"01"}}"#;
        let (found, regime) = applicability(text, TODAY);
        assert_eq!(found.governing.unwrap().regime, Regime::Nd224_2026);
        assert_eq!(regime, Regime::Nd73_2019);
    }

    #[test]
    fn no_decree_from_before_2020() {
        let before = Date::literal(2019, 12, 31);
        let (found, regime) = applicability(r#"{"province":{"code":"01"}}"#, before);
        assert_eq!((rules(&found), regime), (vec![("intake/no-regime", "")], Regime::Nd224_2026));
        let text = r#"{"province":{"code":"01"},"transition":{"decided_on":"2019-12-31"}}"#;
        let (found, _) = applicability(text, TODAY);
        assert_eq!(rules(&found), [("intake/no-regime", "/transition/decided_on")]);
    }
}
