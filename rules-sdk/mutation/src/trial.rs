//! Tries the mutants of a pack, one after another.

mod cases;
mod sources;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use kycuong_model::finding::Severity;
use kycuong_model::manifest::{Manifest, ParameterDescription, RuleDescription};
use kycuong_rules_sdk::testing::Job;
use serde_json::{Value, json};

use self::cases::{Loaded, load};
use self::sources::try_sources;
use crate::bench::Bench;
use crate::data::evidence::{Evidence, of_files};
use crate::data::members::{Document, members, places};
use crate::data::operators::Operator;
use crate::data::{DataMutant, Documents};
use crate::error::MutationError;
use crate::package::Package;
use crate::readme::Accepted;
use crate::report::{Fate, Mutant, MutantKind, Report};
use crate::scratch;
use crate::source::modules;
use crate::source::scan::scan;
use crate::source::step;

/// Why a member does not count.
const NOT_READ: &str =
    "the rule reads another member of this name, and nothing shows that it reads this one";

/// What to try.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Only this rule: its own file, its own cases.
    pub rule: Option<String>,
    /// Only this kind.
    pub kind: Option<MutantKind>,
    /// Where built things go, instead of cargo's target directory.
    pub target_dir: Option<PathBuf>,
}

/// Tries the mutants of the pack whose Cargo.toml is in `dir`; `progress` hears of each step.
///
/// The pack is copied below its target directory and compiled once with all mutants inside; the next time
/// only what changed is compiled.
///
/// # Errors
/// When the pack cannot be read or compiled, or its own cases do not pass.
pub fn run(
    dir: &Path,
    options: &Options,
    progress: &mut dyn FnMut(&str),
) -> Result<Report, MutationError> {
    let package = Package::of(dir, options.target_dir.as_deref())?;
    let accepted = Accepted::of(&package.dir)?;
    let scan = scan(modules::load(&package.dir, &package.root)?);
    let evidence = of_files(&scan.files);
    let built = scratch::build(&package, &scan, progress)?;
    let mut bench = Bench::start(&built.program)?;
    let manifest: Manifest = serde_json::from_str(&bench.manifest)
        .map_err(|source| MutationError::JobResult { source })?;

    let wanted = |name: &str| options.rule.as_deref().is_none_or(|rule| rule == name);
    let rules: Vec<&RuleDescription> =
        manifest.rules.iter().filter(|rule| wanted(rule.name())).collect();
    if rules.is_empty() {
        let known: Vec<String> =
            manifest.rules.iter().map(|rule| format!("`{}`", rule.name())).collect();
        return Err(MutationError::NoSuchRule {
            pack: manifest.pack,
            rule: options.rule.clone().unwrap_or_default(),
            known: known.join(", "),
        });
    }
    progress(&format!("running the cases of {}", manifest.pack));
    let mut loaded = Vec::new();
    for rule in &rules {
        loaded.extend(load(&package.dir.join("cases"), &manifest.pack, rule.name(), &mut bench)?);
    }
    let mut mutants = Vec::new();
    let kind = |kind| options.kind.is_none_or(|only| only == kind);
    if kind(MutantKind::Source) {
        progress(&format!("{}: {} mutants of the sources", manifest.pack, scan.mutants.len()));
        mutants.extend(try_sources(&scan, &built.left_out, &loaded, options, &mut bench)?);
        for rule in &rules {
            mutants.extend(try_settings(rule, &loaded, &mut bench)?);
        }
    }
    if kind(MutantKind::Data) {
        for rule in &rules {
            let none = Evidence::default();
            let evidence = evidence.get(rule.name()).unwrap_or(&none);
            mutants.extend(try_data(rule, evidence, &loaded, &mut bench)?);
        }
    }
    // What belongs to a rule stands together; the order inside stays.
    mutants.sort_by(|a: &Mutant, b: &Mutant| (&a.rule, a.kind).cmp(&(&b.rule, b.kind)));
    let stale = explain(&mut mutants, &accepted, options);
    let Manifest { pack, status, rules, .. } = manifest;
    Ok(Report { pack, status, rules, mutants, stale, evaluations: bench.evaluations })
}

/// Adds the reasons of the README; answers which of its entries are none.
fn explain(mutants: &mut [Mutant], accepted: &Accepted, options: &Options) -> Vec<String> {
    let mut stale: Vec<String> = accepted.reasons.keys().cloned().collect();
    for mutant in mutants {
        if let Fate::Survived { accepted: reason, .. } = &mut mutant.fate {
            *reason = accepted.reasons.get(&mutant.id).cloned();
            stale.retain(|id| *id != mutant.id);
        }
    }
    // Of what was not tried nothing is known.
    if options.rule.is_some() || options.kind.is_some() { Vec::new() } else { stale }
}

/// Whether a case of a rule answers otherwise; the case.
fn notice(
    loaded: &Loaded,
    documents: &Documents,
    severity: Option<Severity>,
    bench: &mut Bench,
) -> Result<bool, MutationError> {
    let job = Job {
        mutant: 0,
        rule: loaded.rule.clone(),
        severity,
        subject: documents.subject.to_string(),
        facts: documents.facts.to_string(),
        context: documents.context.to_string(),
    };
    Ok(loaded.notices(&bench.run(&job)?))
}

/// The rule's severity and the defaults of its parameters: set from outside instead of compiled.
fn try_settings(
    rule: &RuleDescription,
    loaded: &[Loaded],
    bench: &mut Bench,
) -> Result<Vec<Mutant>, MutationError> {
    let own: Vec<&Loaded> = loaded.iter().filter(|case| case.rule == rule.name()).collect();
    let mut mutants = Vec::new();
    let mut add = |what: &str, step: &str, before: &str, after: &str, by: Option<&Loaded>| {
        let fate = match by {
            Some(case) => Fate::Noticed { by: case.name() },
            None => Fate::Survived {
                why: format!("none of {} case(s) changes", own.len()),
                suggestion: format!("a case that leaves `{what}` as it is and shows its value"),
                accepted: None,
            },
        };
        mutants.push(Mutant {
            id: format!("{}/{what}:{step}", rule.name()),
            rule: rule.name().to_owned(),
            kind: MutantKind::Source,
            place: what.to_owned(),
            before: before.to_owned(),
            after: after.to_owned(),
            fate,
        });
    };
    if rule.severity > Severity::Inform {
        let lower =
            if rule.severity == Severity::Block { Severity::Warn } else { Severity::Inform };
        let mut by = None;
        for case in &own {
            if by.is_none() && notice(case, &case.documents, Some(lower), bench)? {
                by = Some(*case);
            }
        }
        add("severity", lower.code(), rule.severity.code(), lower.code(), by);
    }
    for parameter in &rule.parameters {
        let path = ["parameters", rule.name(), parameter.name.as_str()].map(str::to_owned);
        for (step, value) in steps_of(parameter) {
            let mut by = None;
            for case in &own {
                let is_set = !places(&case.documents.context, &path).is_empty();
                if by.is_some() || is_set {
                    continue;
                }
                let mut documents = case.documents.clone();
                set(&mut documents.context, &path, json!(value));
                if notice(case, &documents, None, bench)? {
                    by = Some(*case);
                }
            }
            let what = format!("parameters.{}", parameter.name);
            add(&what, step, &parameter.default, &value, by);
        }
    }
    Ok(mutants)
}

/// A parameter's default, a step away.
fn steps_of(parameter: &ParameterDescription) -> Vec<(&'static str, String)> {
    let default = parameter.default.as_str();
    let steps = match parameter.kind.as_str() {
        "switch" => vec![("flipped", Some((default != "true").to_string()))],
        "date" => vec![("+1d", step::day(default, 1)), ("-1d", step::day(default, -1))],
        _ => vec![("+1", step::up(default)), ("-1", step::down(default))],
    };
    steps.into_iter().filter_map(|(step, value)| Some((step, value?))).collect()
}

fn set(value: &mut Value, path: &[String], new: Value) {
    let Some((first, rest)) = path.split_first() else {
        *value = new;
        return;
    };
    if let Some(object) = value.as_object_mut() {
        set(object.entry(first.clone()).or_insert_with(|| json!({})), rest, new);
    }
}

/// The members that a rule reads, each changed in every case that has it.
fn try_data(
    rule: &RuleDescription,
    evidence: &Evidence,
    loaded: &[Loaded],
    bench: &mut Bench,
) -> Result<Vec<Mutant>, MutationError> {
    let own: Vec<&Loaded> = loaded.iter().filter(|case| case.rule == rule.name()).collect();
    let documents: Vec<Documents> = own.iter().map(|case| case.documents.clone()).collect();
    let mut mutants = Vec::new();
    let (mut silent, mut explained) = (Vec::new(), BTreeSet::new());
    for member in members(rule, evidence, &documents) {
        let having: Vec<&Loaded> = own
            .iter()
            .copied()
            .filter(|case| !places(case.documents.get(member.document), &member.path).is_empty())
            .collect();
        let operators = match (having.is_empty(), member.document) {
            (true, Document::Subject | Document::Context) => vec![Operator::NowhereToBeSeen],
            (true, Document::Facts) | (false, _) => Operator::of(&member),
        };
        let mut of_member = Vec::new();
        for operator in operators {
            let id = format!("{}/{}:{}", rule.name(), member.name(), operator.name());
            let mutant = DataMutant { id, member: member.clone(), operator };
            if let Some(fate) = try_member(&mutant, &having, bench)? {
                of_member.push(described(rule, mutant, fate));
            }
        }
        let noticed = of_member.iter().any(|one| matches!(one.fate, Fate::Noticed { .. }));
        let own_name = member.path.iter().rev().find(|step| *step != "*").cloned();
        if noticed {
            explained.extend(own_name);
        } else if !member.declared {
            silent.push((mutants.len()..mutants.len() + of_member.len(), own_name));
        }
        mutants.extend(of_member);
    }
    // The sources access a member of this name, and it is that of another object.
    for (range, own_name) in silent {
        if own_name.is_some_and(|own_name| explained.contains(&own_name)) {
            for mutant in mutants.get_mut(range).into_iter().flatten() {
                mutant.fate = Fate::LeftOut { why: NOT_READ.to_owned() };
            }
        }
    }
    Ok(mutants)
}

/// What becomes of a member's mutant; `None` when no case has a value that it can be made of.
fn try_member(
    mutant: &DataMutant,
    having: &[&Loaded],
    bench: &mut Bench,
) -> Result<Option<Fate>, MutationError> {
    let mut tried = 0;
    for case in having {
        let variants = mutant.applied(&case.documents);
        tried += usize::from(!variants.is_empty());
        for documents in variants {
            if notice(case, &documents, None, bench)? {
                return Ok(Some(Fate::Noticed { by: case.name() }));
            }
        }
    }
    let is_seen = mutant.operator != Operator::NowhereToBeSeen;
    if is_seen && tried == 0 {
        return Ok(None);
    }
    let why = if is_seen {
        format!("{tried} case(s) have it, none changes")
    } else {
        "no case has it".to_owned()
    };
    let suggestion = mutant.operator.suggestion(&mutant.member.name());
    Ok(Some(Fate::Survived { why, suggestion, accepted: None }))
}

fn described(rule: &RuleDescription, mutant: DataMutant, fate: Fate) -> Mutant {
    Mutant {
        rule: rule.name().to_owned(),
        kind: MutantKind::Data,
        place: mutant.member.name(),
        before: String::new(),
        after: mutant.operator.name().to_owned(),
        id: mutant.id,
        fate,
    }
}
