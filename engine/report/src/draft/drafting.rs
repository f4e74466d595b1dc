//! Reading a report as that of a half-filled submission: a pure function of the two.
//!
//! It judges nothing anew: a draft says of a rule what the report says, in another order.

use std::collections::{BTreeMap, BTreeSet};

use kycuong_model::code::Code;
use kycuong_model::codes::{DocumentType, SubjectKind};
use kycuong_model::facts::Facts;
use kycuong_model::finding::{Missing, Severity};
use kycuong_model::shape::first_line;
use kycuong_model::text::Bilingual;
use kycuong_model::view::View;

use super::absence::Absence;
use super::label::Label;
use super::{Decided, Draft, Fix, Needed, Supply, Waiting};
use crate::finding::Finding;
use crate::outcome::{Outcome, OutcomeStatus};
use crate::report::Report;
use crate::submission::Submission;

/// Lists whose findings at the list itself are about a paper that it lacks.
const LISTS_OF_PAPERS: [&str; 2] = ["/attachments", "/opinions"];

impl Report {
    /// Reads the report as that of a draft; `submission` is the one that it is about.
    pub fn draft(&self, submission: &Submission) -> Draft {
        let absence = Absence::new(submission.document());
        let subject = self.subject.as_deref().and_then(SubjectKind::from_code);
        Drafting { report: self, subject, absence, items: BTreeMap::new() }.draft()
    }
}

/// What is gathered of one thing to supply.
#[derive(Default)]
struct Item {
    mandatory: bool,
    required_by_schema: bool,
    unreadable: bool,
    remedy: Option<Bilingual>,
    rules: BTreeSet<String>,
}

struct Drafting<'a> {
    report: &'a Report,
    subject: Option<SubjectKind>,
    absence: Absence<'a>,
    items: BTreeMap<Needed, Item>,
}

impl Drafting<'_> {
    fn draft(mut self) -> Draft {
        let report = self.report;
        let mut fix = Vec::new();
        // What each rule lacks, and which have found what has to be put right.
        let mut lacking: BTreeMap<&str, BTreeSet<Needed>> = BTreeMap::new();
        let mut failing: BTreeSet<&str> = BTreeSet::new();
        for finding in &report.findings {
            let rules = finding.rules();
            if let Some(needed) = self.lacked(finding) {
                for rule in rules {
                    lacking.entry(rule).or_default().insert(needed.clone());
                }
                self.add_finding(needed, finding);
            } else {
                failing.extend(rules);
                fix.extend((finding.severity > Severity::Inform).then(|| to_fix(finding)));
            }
        }
        let (mut waiting, mut decided, mut crashed) = (Vec::new(), Vec::new(), Vec::new());
        for outcome in &report.outcomes {
            let mut needs = lacking.remove(outcome.rule.as_str()).unwrap_or_default();
            match &outcome.status {
                OutcomeStatus::Crashed { .. } => {
                    crashed.push(outcome.rule.clone());
                    continue;
                }
                OutcomeStatus::NotEvaluated { missing, .. } => {
                    needs.insert(self.add_missing(missing, outcome));
                }
                // A rule that only misses something waits for it; one that found a problem has decided.
                OutcomeStatus::Fail { .. } if !failing.contains(outcome.rule.as_str()) => {}
                _ => needs.clear(),
            }
            let (rule, requirement) = (outcome.rule.clone(), outcome.requirement.clone());
            let title = outcome.title.clone();
            if needs.is_empty() {
                let status = outcome.status.code().to_owned();
                decided.push(Decided { rule, requirement, title, status });
            } else {
                let (mandatory, needs) = (outcome.mandatory, needs.into_iter().collect());
                waiting.push(Waiting { rule, requirement, title, mandatory, needs });
            }
        }
        Draft {
            subject: report.subject.clone(),
            code: report.code.clone(),
            on: report.on,
            next: self.next(),
            fix,
            waiting,
            decided,
            crashed,
        }
    }

    /// What a finding says is not there; `None` when it is about something that is.
    fn lacked(&self, finding: &Finding) -> Option<Needed> {
        let paper = finding.values.get("paper");
        if LISTS_OF_PAPERS.contains(&finding.path.as_str()) {
            let (path, paper) = (finding.path.clone(), paper.unwrap_or(&finding.rule).clone());
            return Some(Needed::Paper { path, paper });
        }
        let absent = self.absence.first_absent(&finding.path)?;
        (!absent.as_str().is_empty()).then_some(Needed::Member { path: absent })
    }

    fn add_finding(&mut self, needed: Needed, finding: &Finding) {
        let blocks = finding.severity == Severity::Block;
        let item = self.items.entry(needed).or_default();
        item.mandatory |= blocks;
        item.required_by_schema |= finding.rule == "schema/required-member";
        let rules = finding.rules().map(str::to_owned);
        item.rules.extend(rules.filter(|_| finding.pack.is_some()));
        // The first finding is the most severe: its words are the ones to follow.
        item.remedy.get_or_insert_with(|| finding.remedy.clone());
    }

    fn add_missing(&mut self, missing: &Missing, outcome: &Outcome) -> Needed {
        let (needed, unreadable) = match missing {
            Missing::Facts(table) => (Needed::Facts { table: table.clone() }, false),
            Missing::Field(path) => match self.absence.first_absent(path) {
                Some(path) => (Needed::Member { path }, false),
                None => (Needed::Member { path: path.clone() }, true),
            },
        };
        let item = self.items.entry(needed.clone()).or_default();
        item.mandatory |= outcome.mandatory;
        item.unreadable |= unreadable;
        if let (Needed::Member { path }, true) = (&needed, unreadable) {
            // Whatever objects to what is there knows how to fix it.
            let objection = self.report.findings.iter().find(|finding| finding.path == *path);
            item.remedy =
                item.remedy.take().or_else(|| objection.map(|finding| finding.remedy.clone()));
        }
        item.rules.insert(outcome.rule.clone());
        needed
    }

    fn next(self) -> Vec<Supply> {
        let Self { subject, items, .. } = self;
        let mut next: Vec<(Label, Supply)> = Vec::with_capacity(items.len());
        for (needed, item) in items {
            let label = match &needed {
                Needed::Member { path } | Needed::Paper { path, .. } => Label::of(subject, path),
                Needed::Facts { .. } => Label::default(),
            };
            let title = title(&needed, &label);
            let remedy = item.remedy.unwrap_or_else(|| remedy(&needed, &label, item.unreadable));
            let Item { mandatory, required_by_schema, unreadable, rules, .. } = item;
            let rules = rules.into_iter().collect();
            next.push((
                label,
                Supply { needed, title, mandatory, required_by_schema, unreadable, remedy, rules },
            ));
        }
        // INVARIANT: a total order, so that the same report gives the same list.
        next.sort_by(|(a_label, a), (b_label, b)| {
            let rank = |supply: &Supply| (!supply.mandatory, std::cmp::Reverse(supply.rules.len()));
            rank(a)
                .cmp(&rank(b))
                .then_with(|| kind(&a.needed).cmp(&kind(&b.needed)))
                .then_with(|| a_label.position.cmp(&b_label.position))
                .then_with(|| a.needed.cmp(&b.needed))
        });
        next.into_iter().map(|(_, supply)| supply).collect()
    }
}

fn to_fix(finding: &Finding) -> Fix {
    Fix {
        rule: finding.rule.clone(),
        severity: finding.severity,
        path: finding.path.clone(),
        line: finding.line,
        message: finding.message.clone(),
        remedy: finding.remedy.clone(),
    }
}

fn kind(needed: &Needed) -> u8 {
    match needed {
        Needed::Member { .. } => 0,
        Needed::Paper { .. } => 1,
        Needed::Facts { .. } => 2,
    }
}

fn title(needed: &Needed, label: &Label) -> Bilingual {
    match needed {
        Needed::Paper { paper, .. } => match DocumentType::from_code(paper) {
            Some(known) => Bilingual::new(known.title_vi(), known.title_en()),
            None => label.title(),
        },
        Needed::Facts { table } => {
            let known = Facts::DESCRIPTION.members.iter().find(|member| member.name == table);
            let vi = known.map_or(table.as_str(), |member| first_line(member.doc));
            Bilingual::new(vi, table.replace('_', " "))
        }
        Needed::Member { .. } => label.title(),
    }
}

fn remedy(needed: &Needed, label: &Label, unreadable: bool) -> Bilingual {
    match needed {
        Needed::Facts { table } => Bilingual::new(
            format!("Đơn vị vận hành bổ sung bảng dữ liệu tham chiếu “{table}” cho hệ thống."),
            format!("The operator supplies the table of facts “{table}”."),
        ),
        _ if unreadable => Bilingual::new(
            "Ghi lại nội dung này theo lược đồ; nội dung đang có không đọc được.",
            "Write it anew as the schema has it; what is there cannot be read.",
        ),
        _ => label.remedy(),
    }
}
