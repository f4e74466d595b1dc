//! The legal texts that rules rest on: repealed ones, younger ones, and ones cited as a whole.

use kycuong_model::date::Date;
use kycuong_model::localize::Localize;
use kycuong_model::manifest::Basis;
use kycuong_model::text::Bilingual;

use crate::check::Check;
use crate::register::{LegalRegister, Text};
use crate::{Entry, LintFinding, NotChecked};

/// The kinds of texts that are divided into articles. Others (official letters, plans, directives)
/// are cited by the words quoted.
const WITH_ARTICLES: [&str; 6] =
    ["Hiến pháp", "Luật", "Nghị định", "Nghị quyết", "Thông tư", "Quyết định"];

/// What cannot be told without a register.
pub(crate) fn not_checked() -> impl Iterator<Item = NotChecked> {
    [Check::RepealedInstrument, Check::BeforeInstrument].into_iter().map(|check| NotChecked {
        check,
        reason: Bilingual::new(
            "Chưa có bảng legal_register và ngày đối chiếu (--facts, --on).",
            "There is no table legal_register and no day to compare with (--facts, --on).",
        ),
    })
}

/// The rules against the register.
pub(crate) fn against(
    entries: &[Entry<'_>],
    register: &LegalRegister,
    on: Date,
) -> Vec<LintFinding> {
    let mut findings = Vec::new();
    for entry in entries {
        let texts: Vec<(&Basis, Option<Text<'_>>)> = entry
            .rule
            .basis
            .iter()
            .map(|basis| (basis, register.text(&basis.instrument)))
            .collect();
        if entry.rule.effective.contains(on) {
            findings.extend(repealed(entry, &texts, register, on));
        }
        findings.extend(too_early(entry, &texts));
    }
    findings
}

/// Texts that are out of force on the day. One that is cited beside the text that replaced it is
/// left alone: the rule then also judges what was submitted under the older one.
fn repealed(
    entry: &Entry<'_>,
    texts: &[(&Basis, Option<Text<'_>>)],
    register: &LegalRegister,
    on: Date,
) -> Vec<LintFinding> {
    let in_force: Vec<&str> = texts
        .iter()
        .filter_map(|(_, text)| text.filter(|text| text.is_in_force(on)))
        .map(|text| text.number)
        .collect();
    let mut findings = Vec::new();
    for (basis, text) in texts {
        let Some(text) = text else { continue };
        let Some((last, replaced_by)) = text.ended(on) else { continue };
        if in_force.iter().any(|number| register.replaces(number, text.number)) {
            continue;
        }
        let (by_vi, by_en) = replaced_by.map_or_else(Default::default, |number| {
            (format!(", được thay thế bởi {number}"), format!(" and replaced by {number}"))
        });
        let instrument = &basis.instrument;
        let message = Bilingual::new(
            format!(
                "{instrument} đã hết hiệu lực sau ngày {}{by_vi}; quy tắc vẫn áp dụng vào ngày {}.",
                last.vi(),
                on.vi()
            ),
            format!(
                "{instrument} was in force until {}{by_en}; the rule is in force on {}.",
                last.en(),
                on.en()
            ),
        );
        let remedy = Bilingual::new(
            "Dẫn thêm văn bản thay thế sau khi đối chiếu nội dung, hoặc ghi ngày kết thúc áp dụng của quy tắc.",
            "Cite the text that replaced it after comparing their words, or give the rule a last day.",
        );
        findings.push(entry.finding(Check::RepealedInstrument, message, remedy));
    }
    findings
}

/// A rule that begins before any of its texts. One text that the register does not know may be the
/// older one, so then nothing is said.
fn too_early(entry: &Entry<'_>, texts: &[(&Basis, Option<Text<'_>>)]) -> Option<LintFinding> {
    let days: Option<Vec<(Date, &str)>> = texts
        .iter()
        .map(|(basis, text)| Some(((*text)?.first_day()?, basis.instrument.as_str())))
        .collect();
    let (first, instrument) = days?.into_iter().min()?;
    let from = entry.rule.effective.from;
    (from < first).then(|| {
        let message = Bilingual::new(
            format!("Quy tắc áp dụng từ ngày {}, trước ngày {} là ngày văn bản sớm nhất được dẫn, {instrument}, có hiệu lực.", from.vi(), first.vi()),
            format!("The rule is in force from {}, before {}, when the earliest text cited, {instrument}, came into force.", from.en(), first.en()),
        );
        let remedy = Bilingual::new(
            "Lùi ngày bắt đầu áp dụng, hoặc dẫn văn bản đã có hiệu lực từ ngày đó.",
            "Begin later, or cite the text that was in force on that day.",
        );
        entry.finding(Check::BeforeInstrument, message, remedy)
    })
}

/// Rules without basis, and texts that have articles but are cited without one.
pub(crate) fn articles(entries: &[Entry<'_>]) -> Vec<LintFinding> {
    let mut findings = Vec::new();
    for entry in entries {
        if entry.rule.basis.is_empty() {
            let message = Bilingual::new(
                "Quy tắc không dẫn căn cứ pháp lý nào.",
                "The rule cites no legal basis.",
            );
            let remedy = Bilingual::new(
                "Ghi văn bản và điều khoản vào `basis`.",
                "Write instrument and article into `basis`.",
            );
            findings.push(entry.finding(Check::NoArticle, message, remedy));
        }
        for basis in entry.rule.basis.iter().filter(|basis| basis.article.trim().is_empty()) {
            let divided = WITH_ARTICLES.iter().any(|kind| basis.instrument.starts_with(kind));
            // Without articles, the words are the citation.
            if !divided && entry.rule.quote.is_some() {
                continue;
            }
            let instrument = &basis.instrument;
            let message = Bilingual::new(
                format!("Căn cứ “{instrument}” chưa nêu điều, khoản."),
                format!("The basis “{instrument}” names no article."),
            );
            let remedy = if divided {
                Bilingual::new(
                    "Ghi thêm điều, khoản, điểm được thi hành.",
                    "Add the article, clause and point that is enforced.",
                )
            } else {
                Bilingual::new(
                    "Ghi mục của văn bản, hoặc trích nguyên văn câu được thi hành vào `quote`.",
                    "Name the section, or quote the words that are enforced in `quote`.",
                )
            };
            findings.push(entry.finding(Check::NoArticle, message, remedy));
        }
    }
    findings
}
