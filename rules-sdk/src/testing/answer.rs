//! Answering for a pack line by line: the program that `kycuong mutate` builds around a pack and talks to.
//!
//! It judges nothing: which jobs there are, and what a result means, is the caller's.

use std::io::{self, BufRead, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};

use kycuong_model::cases::{CaseDocuments, CaseRunner};
use kycuong_model::finding::{RuleStatus, Severity};
use serde::{Deserialize, Serialize};

use crate::pack::Pack;
use crate::rule::Rule;
use crate::testing::Native;

/// The switch of a pack that was built with mutants inside; mutant 0 is the pack itself.
#[derive(Clone, Copy, Debug)]
pub struct Switch {
    /// Turns one mutant on and all others off.
    pub turn_to: fn(u32),
    /// The mutants whose place was passed since the last call.
    pub take_reached: fn() -> Vec<u32>,
}

/// One evaluation.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Job {
    /// The mutant to turn on.
    pub mutant: u32,
    /// The rule's name.
    pub rule: String,
    /// Another severity than the rule's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub severity: Option<Severity>,
    /// The subject as JSON text.
    pub subject: String,
    /// The facts as JSON text.
    pub facts: String,
    /// The context as JSON text.
    pub context: String,
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobResult {
    /// What the rule said; `None` when it panicked.
    pub status: Option<RuleStatus>,
    /// The mutants whose place was passed; only for mutant 0.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reached: Vec<u32>,
}

/// Writes the pack's manifest, then an [`JobResult`] for each line that is a [`Job`], until the input ends.
///
/// # Errors
/// When a line is no job, or cannot be read or answered.
pub fn run_jobs(
    pack: &Pack,
    switch: &Switch,
    input: impl BufRead,
    mut output: impl Write,
) -> io::Result<()> {
    writeln!(output, "{}", pack.manifest)?;
    output.flush()?;
    for line in input.lines() {
        let job: Job = serde_json::from_str(&line?)?;
        let answer = answer(pack, switch, job).map_err(io::Error::other)?;
        writeln!(output, "{}", serde_json::to_string(&answer)?)?;
        output.flush()?;
    }
    Ok(())
}

fn answer(pack: &Pack, switch: &Switch, job: Job) -> Result<JobResult, String> {
    let Job { mutant, rule, severity, subject, facts, context } = job;
    let id = format!("{}/{rule}", pack.id);
    let known = pack.rule(&id).ok_or_else(|| format!("pack `{}` has no rule `{rule}`", pack.id))?;
    let documents = CaseDocuments { subject, facts, context };
    let judged = Rule { severity: severity.unwrap_or(known.severity), ..*known };
    (switch.turn_to)(mutant);
    let _ = (switch.take_reached)();
    let status = catch_unwind(AssertUnwindSafe(|| Native::new(&judged).run(&id, &documents)));
    (switch.turn_to)(0);
    let reached = if mutant == 0 { (switch.take_reached)() } else { Vec::new() };
    Ok(JobResult { status: status.ok().transpose()?, reached })
}
