//! For people: every finding in the line of the source that it is about, the way rustc shows them.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{
    AnnotationKind, Group, Level, Origin, Renderer, Snippet, normalize_untrusted_str,
};
use kycuong_model::finding::Severity;
use kycuong_model::localize::{Language, Localize};
use kycuong_model::manifest::Basis;
use kycuong_model::text::{Bilingual, sanitize};
use kycuong_report::{
    Enforcement, Finding, LoweredSeverity, NotApplied, Outcome, OutcomeStatus, Report, Signing,
    WaiverStatus,
};

use crate::Checked;
use crate::place::{Excerpt, Places};
use crate::words::{rolled_back, waived};

/// For people: every finding in the line of its submission, the verdict, what was set.
pub fn human(results: &[Checked<'_>], language: Language, colours: bool) -> String {
    let renderer = if colours { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Ascii);
    let page = Page { renderer, language };
    let mut text = String::new();
    for checked in results {
        page.submission(checked, &mut text);
    }
    if let Some(note) = page.unsigned(results) {
        let _ = writeln!(text, "{note}");
    }
    let rollbacks = results.iter().flat_map(|checked| &checked.report.settings.rollbacks);
    let lines: BTreeSet<String> = rollbacks.map(|one| rolled_back(one, language)).collect();
    for line in lines {
        let _ = writeln!(text, "{}", normalize_untrusted_str(&line));
    }
    if results.len() > 1 {
        text.push_str(&page.overview(results));
    }
    text
}

struct Page {
    renderer: Renderer,
    language: Language,
}

impl Page {
    fn pick<'a>(&self, vi: &'a str, en: &'a str) -> &'a str {
        self.language.pick(vi, en)
    }

    fn of<'a>(&self, text: &'a Bilingual) -> &'a str {
        self.pick(&text.vi, &text.en)
    }

    fn submission(&self, checked: &Checked<'_>, text: &mut String) {
        let Checked { name, report, submission } = *checked;
        let mut places = submission.map(|submission| Places::of(submission, &report.findings));
        // A file's name may not speak to the terminal either.
        let shown_name = normalize_untrusted_str(&sanitize(name));
        for (index, finding) in report.findings.iter().enumerate() {
            let place = places.as_mut().and_then(|places| places.excerpt(index, finding));
            let absent = places.as_mut().and_then(|places| places.absent_step(&finding.path));
            let place = place.map(|excerpt| (excerpt, absent));
            let mut group = self.finding(&shown_name, place, finding);
            for (label, note) in self.downgrades(report, finding) {
                let note = normalize_untrusted_str(&note);
                group = group.element(Level::NOTE.with_name(label).message(note));
            }
            let _ = write!(text, "{}\n\n", self.renderer.render(&[group]));
        }
        for outcome in &report.outcomes {
            if let Some(group) = self.undecided(outcome) {
                let _ = write!(text, "{}\n\n", self.renderer.render(&[group]));
            }
        }
        let _ = writeln!(text, "{}", self.summary(name, report));
        for line in self.settings(report) {
            let _ = writeln!(text, "  {}", normalize_untrusted_str(&line));
        }
        text.push('\n');
    }

    fn level(&self, of: Severity) -> Level<'static> {
        let level = match of {
            Severity::Block => Level::ERROR,
            Severity::Warn => Level::WARNING,
            Severity::Inform => Level::NOTE,
        };
        level.with_name(self.language.localize(&of))
    }

    fn finding<'a>(
        &self,
        name: &'a str,
        place: Option<(Excerpt, Option<String>)>,
        finding: &'a Finding,
    ) -> Group<'a> {
        let mut group = Group::with_title(
            self.level(finding.severity)
                .primary_title(self.of(&finding.message))
                .id(finding.violation_id()),
        );
        if let Some((excerpt, absent)) = place {
            let mut mark = AnnotationKind::Primary.span(excerpt.span);
            if let Some(absent) = absent {
                let absent = sanitize(&absent);
                mark = mark.label(match self.language {
                    Language::Vi => format!("thiếu “{absent}”"),
                    Language::En => format!("“{absent}” is missing"),
                });
            }
            let mut snippet = Snippet::source(excerpt.text).line_start(finding.line);
            if excerpt.is_cropped {
                let origin = Origin::path(name).line(finding.line).char_column(finding.column);
                group = group.element(origin);
            } else {
                snippet = snippet.path(name);
            }
            group = group.element(snippet.annotation(mark));
        }

        let mut notes = Vec::new();
        if !finding.path.as_str().is_empty() {
            // A member's name is the submitter's text: it may not speak to the terminal.
            notes.push((self.pick("mục", "path"), sanitize(finding.path.as_str())));
        }
        if !self.of(&finding.title).is_empty() {
            let requirement = finding
                .requirement
                .as_ref()
                .map(|requirement| format!(" ({requirement})"))
                .unwrap_or_default();
            notes.push((
                self.pick("quy tắc", "rule"),
                format!("{}{requirement}", self.of(&finding.title)),
            ));
        }
        if !finding.basis.is_empty() {
            let all: Vec<String> = finding.basis.iter().map(Basis::to_string).collect();
            notes.push((self.pick("căn cứ", "basis"), all.join("; ")));
        }
        if !finding.also.is_empty() {
            notes.push((self.pick("cũng theo", "also"), finding.also.join(", ")));
        }
        if let Some(declared) =
            finding.declared_severity.filter(|declared| *declared > finding.severity)
        {
            notes.push((self.pick("mức gốc", "declared"), self.language.localize(&declared)));
        }
        if !self.of(&finding.remedy).is_empty() {
            notes.push((self.pick("cần làm", "to do"), self.of(&finding.remedy).to_owned()));
        }
        for (label, note) in notes {
            // A message may carry styles, and this text may come from the submission.
            let note = normalize_untrusted_str(&note);
            group = group.element(Level::NOTE.with_name(label).message(note));
        }
        group
    }

    /// What downgraded a finding: the operator's reason, the decision of a waiver.
    fn downgrades(&self, report: &Report, finding: &Finding) -> Vec<(&str, String)> {
        let is_meant = |lowered: &&LoweredSeverity| {
            let code = lowered.violation.as_ref();
            lowered.rule == finding.rule && code.is_none_or(|code| *code == finding.code)
        };
        // What lowers the violation alone says more than what lowers all of its rule.
        let lowered = report.settings.lowered.iter().filter(is_meant);
        let lowered = lowered.max_by_key(|lowered| lowered.violation.is_some());
        let lowered =
            lowered.map(|lowered| (self.pick("lý do hạ mức", "lowered"), lowered.reason.clone()));
        let decision = finding.waived.as_ref();
        let decision =
            decision.map(|one| (self.pick("miễn theo", "waived"), waived(one, self.language)));
        lowered.into_iter().chain(decision).collect()
    }

    /// What was set and bears on this submission: packs that only warn, and waivers.
    fn settings(&self, report: &Report) -> Vec<String> {
        let mut lines = Vec::new();
        let concerned = |pack: &str| {
            let mut outcomes = report.outcomes.iter().filter(|outcome| outcome.pack == pack);
            outcomes.any(|outcome| !matches!(outcome.status, OutcomeStatus::NotApplicable { .. }))
        };
        for setting in &report.settings.packs {
            if setting.enforcement == Enforcement::Advisory && concerned(&setting.pack) {
                let label = self.pick("gói chỉ cảnh báo", "advisory pack");
                lines.push(format!("{label}: {}: {}", setting.pack, self.of(&setting.reason)));
            }
        }
        let mut others = 0_usize;
        for waiver in &report.waivers {
            match &waiver.status {
                WaiverStatus::NotApplied { because: NotApplied::OtherDossier, .. } => others += 1,
                WaiverStatus::NotApplied { reason, .. } => {
                    let label =
                        self.pick("quyết định miễn không được áp dụng", "waiver not applied");
                    let reason = self.of(reason);
                    lines.push(format!(
                        "{label}: {} ({}): {reason}",
                        waiver.decision,
                        waiver.waived_id()
                    ));
                }
                WaiverStatus::Applied { .. } => {}
            }
        }
        if others > 0 {
            let label =
                self.pick("quyết định miễn cho hồ sơ khác", "waivers for other submissions");
            lines.push(format!("{label}: {others}"));
        }
        lines
    }

    /// A rule that did not decide: what it lacked, or how it ended.
    fn undecided<'a>(&self, outcome: &'a Outcome) -> Option<Group<'a>> {
        let (word, reason, level) = match &outcome.status {
            OutcomeStatus::NotEvaluated { reason, .. } => {
                (self.pick("chưa đánh giá", "not evaluated"), reason, Level::WARNING)
            }
            OutcomeStatus::Crashed { reason, .. } => {
                (self.pick("quy tắc không chạy được", "crashed"), reason, Level::ERROR)
            }
            _ => return None,
        };
        let requirement = outcome
            .requirement
            .as_ref()
            .map(|requirement| format!(" ({requirement})"))
            .unwrap_or_default();
        let title = level
            .with_name(word.to_owned())
            .primary_title(self.of(reason))
            .id(outcome.rule.as_str());
        let rule = normalize_untrusted_str(&format!("{}{requirement}", self.of(&outcome.title)));
        let mut group = Group::with_title(title)
            .element(Level::NOTE.with_name(self.pick("quy tắc", "rule").to_owned()).message(rule));
        if outcome.mandatory {
            let note = self.pick(
                "quy tắc bắt buộc phải có kết quả thì mới tiếp nhận được hồ sơ",
                "the submission is not accepted before this mandatory rule has decided",
            );
            group = group.element(
                Level::NOTE
                    .with_name(self.pick("lưu ý", "note").to_owned())
                    .message(note.to_owned()),
            );
        }
        Some(group)
    }

    /// The verdict with its numbers, in one line.
    fn summary(&self, name: &str, report: &Report) -> String {
        let counts = &report.counts;
        let mut parts = Vec::new();
        for (count, vi, one, many) in [
            (counts.block, "chặn", "blocking", "blocking"),
            (counts.warn, "cảnh báo", "warning", "warnings"),
            (counts.inform, "lưu ý", "note", "notes"),
            (counts.crashed, "quy tắc không chạy được", "rule crashed", "rules crashed"),
            (counts.waived, "phát hiện được miễn", "finding waived", "findings waived"),
            (
                counts.not_evaluated,
                "quy tắc chưa đánh giá",
                "rule not evaluated",
                "rules not evaluated",
            ),
            (counts.pass, "quy tắc đạt", "rule passed", "rules passed"),
        ] {
            if count > 0 {
                parts.push(format!(
                    "{count} {}",
                    self.pick(vi, if count == 1 { one } else { many })
                ));
            }
        }
        if counts.pass + counts.fail + counts.not_evaluated + counts.crashed == 0 {
            parts.push(self.pick("không có quy tắc nào áp dụng", "no rule applies").to_owned());
        }
        if report.raw_verdict != report.verdict {
            let (label, raw) = (self.pick("kết luận gốc", "raw verdict"), report.raw_verdict);
            parts.push(format!("{label}: {} [{}]", self.of(&raw.text()), raw.code()));
        }
        if !report.complete {
            parts.push(self.pick("chưa đầy đủ", "incomplete").to_owned());
        }
        let on = match self.language {
            Language::Vi => format!("xét tại ngày {}", report.on.vi()),
            Language::En => format!("judged as of {}", report.on.en()),
        };
        parts.push(on);
        let name = normalize_untrusted_str(&sanitize(name));
        format!(
            "{name}: {} [{}] ({})",
            self.of(&report.verdict_text),
            report.verdict.code(),
            parts.join(", ")
        )
    }

    /// Said once, however many submissions there are: nobody answers for these packs.
    fn unsigned(&self, results: &[Checked<'_>]) -> Option<&'static str> {
        let signing = |checked: &Checked<'_>| checked.report.settings.signing;
        let unsigned = |checked| signing(checked) != Some(Signing::Verified);
        results.iter().any(unsigned).then(|| {
            self.language.pick("Chữ ký của các gói quy tắc chưa được kiểm tra (chế độ phát triển); kết luận chỉ để thử nghiệm.",
                "The signatures of the rule packs were not verified (development); the verdicts are for trial only.",
            )
        })
    }

    /// How many submissions got which verdict, worst first.
    fn overview(&self, results: &[Checked<'_>]) -> String {
        let mut counts = std::collections::BTreeMap::new();
        for checked in results {
            *counts.entry(checked.report.verdict).or_insert(0_usize) += 1;
        }
        let each: Vec<String> = counts
            .iter()
            .map(|(verdict, count)| {
                format!("{} [{}]: {count}", self.of(&verdict.text()), verdict.code())
            })
            .collect();
        format!("{} {} · {}\n", results.len(), self.pick("hồ sơ", "submissions"), each.join(" · "))
    }
}
