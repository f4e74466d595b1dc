//! `kycuong mutate`: which changes of a pack's rules and of its dossiers no case notices.

use std::fmt::Write as _;
use std::path::Path;

use kycuong_mutation::{
    Fate, Mutant, MutantKind, Options, Report, Score, run as try_mutants, update_readme,
};
use serde_json::json;

use crate::args::{MutantChoice, MutateArguments, TextFormat};
use crate::error::CommandError;
use crate::terminal::{print, say};

/// Tries the mutants of some packs; whether all of them are as good as asked for.
pub fn run(arguments: &MutateArguments) -> Result<bool, CommandError> {
    let options = Options {
        rule: arguments.rule.clone(),
        kind: arguments.only.map(|choice| match choice {
            MutantChoice::Source => MutantKind::Source,
            MutantChoice::Data => MutantKind::Data,
        }),
        target_dir: None,
    };
    let mut reports = Vec::new();
    for dir in &arguments.dirs {
        let report = one(dir, &options)?;
        if arguments.update_readme {
            update_readme(dir, &report)?;
        }
        reports.push(report);
    }
    let text = match arguments.format {
        TextFormat::Human => human(&reports, arguments),
        TextFormat::Json => json_of(&reports),
    };
    print(&text).map_err(|source| CommandError::Output { source })?;
    Ok(reports.iter().all(|report| is_good(report, arguments)))
}

fn one(dir: &Path, options: &Options) -> Result<Report, CommandError> {
    let report = try_mutants(dir, options, &mut |line| say(line));
    if let Err(error) = &report
        && let Some(output) = error.output()
    {
        say(output);
    }
    Ok(report?)
}

fn is_good(report: &Report, arguments: &MutateArguments) -> bool {
    let explained = report.unexplained().next().is_none() && report.stale.is_empty();
    report.total().reaches(usize::from(arguments.threshold))
        && (explained || !arguments.deny_unexplained)
}

fn json_of(reports: &[Report]) -> String {
    let packs: Vec<serde_json::Value> = reports
        .iter()
        .map(|report| {
            let total = report.total();
            json!({
                "pack": report.pack,
                "noticed": total.noticed,
                "counted": total.counted,
                "percent": total.percent(),
                "mutants": report.mutants,
                "stale": report.stale,
            })
        })
        .collect();
    format!("{:#}\n", json!({ "packs": packs }))
}

fn human(reports: &[Report], arguments: &MutateArguments) -> String {
    let mut text = String::new();
    for report in reports {
        if arguments.list {
            for mutant in &report.mutants {
                let _ = writeln!(text, "{:<9}{}", word(&mutant.fate), mutant.id);
            }
        } else {
            survivors(report, arguments.all_survivors, &mut text);
        }
        table(report, &mut text);
        for id in &report.stale {
            let _ = writeln!(text, "stale: README.md accepts `{id}`, which does not survive");
        }
        verdict(report, arguments, &mut text);
    }
    if let [_, _, ..] = reports {
        let total = reports.iter().map(Report::total).fold(Score::default(), Score::plus);
        let _ = writeln!(text, "all packs: {}", shown(total));
    }
    text
}

fn word(fate: &Fate) -> &'static str {
    match fate {
        Fate::Noticed { .. } => "noticed",
        Fate::Survived { .. } => "SURVIVED",
        Fate::LeftOut { .. } => "left out",
    }
}

/// The mutants that no case notices; those that the README explains only when asked for.
fn survivors(report: &Report, all: bool, text: &mut String) {
    for mutant in report.survivors() {
        let Fate::Survived { why, suggestion, accepted } = &mutant.fate else { continue };
        if accepted.is_some() && !all {
            continue;
        }
        let _ = writeln!(text, "survived: {}", mutant.id);
        let _ = writeln!(text, "  --> {}{}", mutant.place, change(mutant));
        let _ = writeln!(text, "  {why}");
        match accepted {
            Some(reason) => _ = writeln!(text, "  accepted: {reason}\n"),
            None => _ = writeln!(text, "  write: {suggestion}\n"),
        }
    }
}

fn change(mutant: &Mutant) -> String {
    if mutant.before.is_empty() {
        format!(": {}", mutant.after)
    } else {
        format!(": `{}` becomes `{}`", mutant.before, mutant.after)
    }
}

fn table(report: &Report, text: &mut String) {
    let rules = report.by_rule();
    let width = rules.keys().map(|rule| rule.len()).max().unwrap_or_default();
    for (rule, (source, data)) in rules {
        let (source, data, both) = (shown(source), shown(data), shown(source.plus(data)));
        let _ = writeln!(text, "{rule:<width$}  source {source:<16}  data {data:<16}  {both}");
    }
}

fn shown(score: Score) -> String {
    if score.counted == 0 {
        return "-".to_owned();
    }
    format!("{}/{} {} %", score.noticed, score.counted, score.percent())
}

fn verdict(report: &Report, arguments: &MutateArguments, text: &mut String) {
    let of = |kind| shown(report.score(|mutant| mutant.kind == kind));
    let left_out =
        report.mutants.iter().filter(|mutant| matches!(mutant.fate, Fate::LeftOut { .. })).count();
    let result = if is_good(report, arguments) { "ok" } else { "FAILED" };
    let _ = writeln!(
        text,
        "{}: {result}. {} noticed (source {}, data {}; at least {} % asked for); {} survived, {} of them without a reason in README.md; {left_out} left out; {} evaluations\n",
        report.pack,
        shown(report.total()),
        of(MutantKind::Source),
        of(MutantKind::Data),
        arguments.threshold,
        report.survivors().count(),
        report.unexplained().count(),
        report.evaluations,
    );
}
