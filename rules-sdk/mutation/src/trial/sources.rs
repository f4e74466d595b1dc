//! The mutants of the sources: each is turned on while the cases run that pass its place.

use std::collections::BTreeSet;

use super::Options;
use super::cases::Loaded;
use crate::bench::Bench;
use crate::error::MutationError;
use crate::report::{Fate, Mutant, MutantKind};
use crate::source::{Scan, SourceMutant};

pub(super) fn try_sources(
    scan: &Scan,
    left_out: &BTreeSet<u32>,
    loaded: &[Loaded],
    options: &Options,
    bench: &mut Bench,
) -> Result<Vec<Mutant>, MutationError> {
    let mut mutants = Vec::new();
    for mutant in &scan.mutants {
        if options.rule.as_ref().is_some_and(|rule| *rule != mutant.module) {
            continue;
        }
        let fate = match &mutant.left_out {
            Some(why) => Fate::LeftOut { why: why.clone() },
            None if left_out.contains(&mutant.number) => {
                Fate::LeftOut { why: "it does not compile".to_owned() }
            }
            None => try_one(mutant, loaded, bench)?,
        };
        mutants.push(Mutant {
            id: mutant.id.clone(),
            rule: mutant.module.clone(),
            kind: MutantKind::Source,
            place: mutant.place.clone(),
            before: mutant.before.clone(),
            after: mutant.after.clone(),
            fate,
        });
    }
    Ok(mutants)
}

fn try_one(
    mutant: &SourceMutant,
    loaded: &[Loaded],
    bench: &mut Bench,
) -> Result<Fate, MutationError> {
    let mut reaching: Vec<&Loaded> =
        loaded.iter().filter(|case| case.reached.contains(&mutant.number)).collect();
    // A rule's own cases notice the most.
    reaching.sort_by_key(|case| case.rule != mutant.module);
    for case in &reaching {
        if case.notices(&bench.run(&case.job(mutant.number))?) {
            return Ok(Fate::Noticed { by: case.name() });
        }
    }
    let (why, suggestion) = if reaching.is_empty() {
        ("no case passes there".to_owned(), "a case that comes to this place".to_owned())
    } else {
        let why = format!("{} case(s) pass there, none changes", reaching.len());
        let suggestion =
            format!("a case that `{}` decides otherwise with `{}`", mutant.before, mutant.after);
        (why, suggestion)
    };
    Ok(Fate::Survived { why, suggestion, accepted: None })
}
