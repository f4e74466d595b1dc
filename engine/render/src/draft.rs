//! A draft: what to supply next, what to put right, which rules wait and which have decided.

use std::fmt::Write as _;

use annotate_snippets::normalize_untrusted_str;
use kycuong_model::localize::{Language, Localize};
use kycuong_model::text::Bilingual;
use kycuong_report::{Decided, Draft, Needed, ReportError, Supply, Waiting};

/// Drafts as JSON: one as it is, or a list of all.
///
/// # Errors
///
/// [`ReportError::Write`], which no draft gives: its members are texts, numbers and lists.
pub fn drafts_json(drafts: &[Draft], list: bool) -> Result<String, ReportError> {
    let json = match drafts {
        [one] if !list => serde_json::to_string_pretty(one),
        many => serde_json::to_string_pretty(many),
    };
    Ok(json.map_err(|source| ReportError::Write { source })? + "\n")
}

/// Drafts for people, each by the name of its submission.
pub fn drafts(drafts: &[(&str, Draft)], language: Language) -> String {
    let page = Page { language };
    drafts.iter().map(|(name, draft)| page.draft(name, draft)).collect()
}

struct Page {
    language: Language,
}

impl Page {
    fn pick<'a>(&self, vi: &'a str, en: &'a str) -> &'a str {
        self.language.pick(vi, en)
    }

    fn of<'a>(&self, text: &'a Bilingual) -> &'a str {
        self.pick(&text.vi, &text.en)
    }

    fn draft(&self, name: &str, draft: &Draft) -> String {
        let mut lines = vec![self.summary(name, draft)];
        self.section(
            &mut lines,
            "Cần bổ sung, theo thứ tự",
            "Supply next, in this order",
            &self.next(draft),
        );
        let fix: Vec<String> = draft
            .fix
            .iter()
            .map(|one| {
                let level = self.language.localize(&one.severity);
                let line = self.pick("dòng", "line");
                let (rule, number) = (&one.rule, one.line);
                let (message, remedy) = (self.of(&one.message), self.of(&one.remedy));
                format!("{level}[{rule}] {line} {number}: {message} {remedy}")
            })
            .collect();
        self.section(&mut lines, "Cần sửa", "Put right", &fix);
        let waiting: Vec<String> =
            draft.waiting.iter().map(|rule| self.waiting(draft, rule)).collect();
        self.section(&mut lines, "Quy tắc đang chờ", "Rules that wait", &waiting);
        let decided: Vec<String> = [
            ("pass", "đạt", "passed"),
            ("fail", "chưa đạt", "failed"),
            ("not-applicable", "không áp dụng", "not applicable"),
        ]
        .into_iter()
        .filter_map(|(status, vi, en)| {
            let rules: Vec<&str> =
                with_status(draft, status).map(|rule| rule.rule.as_str()).collect();
            (!rules.is_empty()).then(|| format!("{}: {}", self.pick(vi, en), rules.join(", ")))
        })
        .collect();
        self.section(&mut lines, "Quy tắc đã rõ", "Rules that have decided", &decided);
        self.section(&mut lines, "Quy tắc không chạy được", "Rules that crashed", &draft.crashed);
        let mut text = String::new();
        for line in lines {
            // Names and messages may hold what the submitter wrote: it may not speak to the terminal.
            let _ = writeln!(text, "{}", normalize_untrusted_str(&line));
        }
        text.push('\n');
        text
    }

    fn section(&self, lines: &mut Vec<String>, vi: &str, en: &str, entries: &[String]) {
        if entries.is_empty() {
            return;
        }
        lines.push(String::new());
        lines.push(self.pick(vi, en).to_owned());
        lines.extend(entries.iter().map(|entry| format!("  {entry}")));
    }

    fn summary(&self, name: &str, draft: &Draft) -> String {
        let (waiting, decided) = (draft.waiting.len(), draft.decided.len());
        let count = |status| with_status(draft, status).count();
        let (pass, fail, not) = (count("pass"), count("fail"), count("not-applicable"));
        let all = waiting + decided + draft.crashed.len();
        match self.language {
            Language::Vi => format!(
                "{name}: {decided}/{all} quy tắc đã rõ ({pass} đạt, {fail} chưa đạt, {not} không áp dụng), {waiting} đang chờ; xét tại ngày {}",
                draft.on.vi()
            ),
            Language::En => format!(
                "{name}: {decided} of {all} rules have decided ({pass} passed, {fail} failed, {not} not applicable), {waiting} wait; judged as of {}",
                draft.on.en()
            ),
        }
    }

    /// What to supply, numbered, two lines each.
    fn next(&self, draft: &Draft) -> Vec<String> {
        let mut lines = Vec::new();
        for (at, supply) in draft.next.iter().enumerate() {
            let Supply { needed, title, mandatory, unreadable, remedy, rules, .. } = supply;
            let mut remarks = Vec::new();
            if *mandatory {
                remarks.push(self.pick("bắt buộc", "mandatory").to_owned());
            }
            if *unreadable {
                remarks.push(
                    self.pick("đang ghi chưa đọc được", "there, but not readable").to_owned(),
                );
            }
            match rules.len() {
                0 => {}
                1 => remarks.push(self.pick("1 quy tắc chờ", "1 rule waits").to_owned()),
                many => remarks.push(format!("{many} {}", self.pick("quy tắc chờ", "rules wait"))),
            }
            let remarks = if remarks.is_empty() {
                String::new()
            } else {
                format!(" ({})", remarks.join(", "))
            };
            let (number, place) = (at + 1, self.place(needed));
            lines.push(format!("{number}. {}: {place}{remarks}", capital(self.of(title))));
            lines.push(format!("   {}", self.of(remedy)));
        }
        lines
    }

    fn place(&self, needed: &Needed) -> String {
        match needed {
            Needed::Member { path } => path.to_string(),
            Needed::Paper { path, .. } => {
                format!("{} {path}", self.pick("giấy tờ trong", "a paper in"))
            }
            Needed::Facts { table } => {
                format!("{} {table}", self.pick("bảng dữ liệu", "table of facts"))
            }
        }
    }

    fn waiting(&self, draft: &Draft, rule: &Waiting) -> String {
        let requirement = rule
            .requirement
            .as_ref()
            .map(|requirement| format!(" ({requirement})"))
            .unwrap_or_default();
        let numbers: Vec<String> = rule
            .needs
            .iter()
            .filter_map(|needed| draft.next.iter().position(|supply| supply.needed == *needed))
            .map(|at| (at + 1).to_string())
            .collect();
        let waits = self.pick("chờ mục", "waits for");
        format!(
            "{}{requirement}: {} — {waits} {}",
            rule.rule,
            self.of(&rule.title),
            numbers.join(", ")
        )
    }
}

fn with_status<'a>(draft: &'a Draft, status: &'a str) -> impl Iterator<Item = &'a Decided> {
    draft.decided.iter().filter(move |rule| rule.status == status)
}

/// A title at the beginning of a line.
fn capital(title: &str) -> String {
    let mut letters = title.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}
