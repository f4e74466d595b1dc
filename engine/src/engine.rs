//! The host: from the bytes of a submission to its report. The only orchestration there is.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::Arc;

use kycuong_model::code::Code;
use kycuong_model::date::Date;
use kycuong_model::finding::Missing;
use kycuong_model::jurisdiction::Province;
use kycuong_model::manifest::{Manifest, RuleDescription};
use kycuong_model::subject::Head;
use kycuong_model::tape::{Document, parse};
use serde::Serialize;

use crate::digest::digest;
use crate::error::{BuildError, CheckError};
use crate::evaluation::{Consumption, Measured, Question, ask_all};
use crate::facts::{FactSource, Facts, Prepared};
use crate::finding::{Finding, merge, place, sort};
use crate::intake::{Refused, Submission, code_of, own_code};
use crate::limits::Limits;
use crate::pack::{Evaluation, RulePack, RuleResult};
use crate::pack_set::{PackInForce, PackSet, Period, Settings};
use crate::places::Standing;
use crate::receipt::HostDigests;
use crate::report::{Counts, Elsewhere, FORMAT, Outcome, OutcomeStatus, RegimeReport, Report};
use crate::sandbox::{Crash, Deadline};
use crate::schema::SchemaSet;
use crate::selection::{Choice, Circumstances, Reach};
use crate::trust::PackVerifier;
use crate::verdict::{Judgement, Verdict, fold, fold_raw};
use crate::waiver::{self, WaiverReport};

mod builder;
mod recorded;

pub use builder::EngineBuilder;

/// A host with its packs: made once, shared by all threads. A clone is another handle to it.
///
/// It knows no clock: the day of judging is a parameter of every check, so any past day can be
/// judged, and the same day gives the same bytes.
#[derive(Clone)]
pub struct Engine {
    shared: Arc<Shared>,
}

struct Shared {
    packs: PackSet,
    facts: Vec<Arc<dyn FactSource>>,
    schemas: &'static SchemaSet,
    limits: Limits,
    digests: HostDigests,
    threads: NonZeroUsize,
    trust: Option<Arc<dyn PackVerifier>>,
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let packs = self.manifests().map(|manifest| &manifest.pack).collect::<Vec<_>>();
        f.debug_struct("Engine").field("packs", &packs).finish_non_exhaustive()
    }
}

/// What a check gathers before it is folded into a report.
struct Gathered<'a> {
    digest: &'a str,
    on: Date,
    findings: Vec<Finding>,
    outcomes: Vec<Outcome>,
    waivers: Vec<WaiverReport>,
    facts: Option<String>,
}

/// A report, and what it came from.
struct Answer {
    report: Report,
    /// The facts that it rests on, as they are digested; none when no rule was asked.
    facts: Option<Vec<u8>>,
    /// The fuel of each pack that was asked.
    consumption: Vec<Consumption>,
}

/// What the host tells the rules of one pack besides subject and facts.
#[derive(Serialize)]
struct Context<'a> {
    on: Date,
    #[serde(skip_serializing_if = "Option::is_none")]
    regime: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    regime_reason_vi: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    regime_reason_en: Option<&'a str>,
    parameters: &'a BTreeMap<String, BTreeMap<String, String>>,
}

impl Engine {
    /// Starts to set up a host.
    pub fn builder() -> EngineBuilder {
        EngineBuilder::default()
    }

    /// What the operator set, as every report of a day shows it; a pack is enforced by the day.
    pub fn settings(&self, on: Date) -> Settings {
        self.shared.packs.on(on).settings.clone()
    }

    /// The packs in force, in the order of reports: the national ones, then by id.
    pub fn manifests(&self) -> impl Iterator<Item = &kycuong_model::manifest::Manifest> {
        self.shared.packs.packs().map(RulePack::manifest)
    }

    /// Tells the trust store that these packs are in force from now on, so that their versions do
    /// not go down later. Twice is as good as once.
    pub(crate) fn remember(&self) -> Result<(), BuildError> {
        let Some(trust) = &self.shared.trust else { return Ok(()) };
        let packs = self.shared.packs.packs().filter_map(RulePack::trusted);
        let seen = packs.map(|by| by.verification.clone()).collect::<Vec<_>>();
        trust.remember(&seen).map_err(|source| BuildError::Remember { source })
    }

    /// The limits that submissions are read and packs run within.
    pub fn limits(&self) -> &Limits {
        &self.shared.limits
    }

    /// Judges a submission on a day.
    ///
    /// What the submitter did wrong is a finding of the report, what a rule did wrong is an outcome.
    ///
    /// # Errors
    ///
    /// [`CheckError`] for the operator's troubles alone: a source of facts that does not answer.
    pub fn check(&self, submission: &[u8], on: Date) -> Result<Report, CheckError> {
        Ok(self.answer(submission, on)?.report)
    }

    /// Judges as [`Engine::check`], and tells the fuel that each pack took.
    ///
    /// # Errors
    ///
    /// As [`Engine::check`].
    pub fn measure(&self, submission: &[u8], on: Date) -> Result<Measured, CheckError> {
        let Answer { report, consumption, .. } = self.answer(submission, on)?;
        Ok(Measured { report, consumption })
    }

    fn answer(&self, submission: &[u8], on: Date) -> Result<Answer, CheckError> {
        match Submission::read(submission, &self.shared.limits) {
            Ok(read) => self.judge(submission, &read, on),
            Err(refused) => {
                let report = self.refuse(submission, refused, on);
                Ok(Answer { report, facts: None, consumption: Vec::new() })
            }
        }
    }

    /// The report of what cannot be judged: no rule was asked.
    fn refuse(&self, bytes: &[u8], refused: Refused, on: Date) -> Report {
        let Refused { digest, mut findings } = refused;
        let tape = parse(bytes, &self.shared.limits.submission()).ok();
        place(&mut findings, bytes, tape.as_ref().map(|tape| tape.document()));
        let (outcomes, facts) = (Vec::new(), None);
        let in_force = self.shared.packs.on(on);
        let waivers = waiver::apply(&in_force.settings.waivers, &mut findings, &outcomes, None, on);
        let gathered = Gathered { digest: &digest, on, findings, outcomes, waivers, facts };
        let mut report = self.report(gathered, in_force, None);
        report.complete = false;
        report.sealed()
    }

    fn judge(
        &self,
        bytes: &[u8],
        submission: &Submission<'_>,
        on: Date,
    ) -> Result<Answer, CheckError> {
        let document = submission.document();
        let head = Head::read(document);
        let standing = Standing::of(&head, on);
        let scopes = standing.scopes();

        let mut findings = submission.findings().to_vec();
        findings.extend(standing.findings.iter().cloned());
        let regime = standing.schema_regime(&head);
        findings.extend(self.shared.schemas.validate(document, submission.subject(), regime));

        let circumstances = Circumstances {
            jurisdictions: &scopes,
            place_missing: place_missing(&standing),
            subject: submission.subject(),
            kind: head.kind.get(),
            on,
        };
        let in_force = self.shared.packs.on(on);
        let surviving = surviving(in_force, &circumstances, &standing);
        findings.extend(standing.area_not_told(&head, on, &surviving));
        let evaluated = self.evaluate(document, in_force, &circumstances, &standing)?;
        findings.extend(evaluated.findings);
        place(&mut findings, bytes, Some(document));
        let mut findings = merge(findings, |pack| in_force.level(pack));

        let (facts_digest, facts) = (Some(digest(&evaluated.facts)), Some(evaluated.facts));
        let outcomes = evaluated.outcomes;
        let (waivers, code) = (&in_force.settings.waivers, own_code(document));
        let waivers = waiver::apply(waivers, &mut findings, &outcomes, code.as_deref(), on);
        sort(&mut findings);
        let gathered = Gathered {
            digest: submission.digest(),
            on,
            findings,
            outcomes,
            waivers,
            facts: facts_digest,
        };
        let mut report = self.report(gathered, in_force, Some(document));
        report.elsewhere = evaluated.elsewhere;
        report.subject = Some(submission.subject().code().to_owned());
        report.regime = standing.governing.map(|governing| RegimeReport {
            code: governing.regime.code().to_owned(),
            reason: governing.why(),
        });
        report.jurisdictions = scopes.into_iter().map(str::to_owned).collect();
        Ok(Answer { report: report.sealed(), facts, consumption: evaluated.consumption })
    }

    /// Asks every rule that must run; accounts for every other one.
    fn evaluate(
        &self,
        subject: Document<'_>,
        in_force: &Period,
        circumstances: &Circumstances<'_>,
        standing: &Standing,
    ) -> Result<Evaluated, CheckError> {
        let packs = &in_force.packs;
        let reaches: Vec<Reach> = packs
            .iter()
            .map(|pack| circumstances.reach(&pack.pack.manifest().jurisdiction))
            .collect();
        let chosen: Vec<Vec<Choice>> = packs
            .iter()
            .zip(&reaches)
            .map(|(pack, reach)| choose(pack, reach, circumstances))
            .collect();
        let selected = || packs.iter().zip(&chosen).flat_map(|(pack, chosen)| to_run(pack, chosen));
        let facts = Facts::fetch(&self.shared.facts, selected(), subject)?;
        let chosen: Vec<Vec<Choice>> = packs
            .iter()
            .zip(chosen)
            .map(|(pack, chosen)| without_facts(pack, chosen, &facts))
            .collect();

        let reason = standing.governing.map(|governing| governing.why());
        let questions = packs
            .iter()
            .zip(&chosen)
            .map(|(pack, chosen)| {
                let context = Context {
                    on: circumstances.on,
                    regime: standing.governing.map(|governing| governing.regime.code()),
                    regime_reason_vi: reason.as_ref().map(|reason| reason.vi.as_str()),
                    regime_reason_en: reason.as_ref().map(|reason| reason.en.as_str()),
                    parameters: &pack.parameters,
                };
                Ok(Question {
                    pack: &pack.pack,
                    rules: to_run(pack, chosen).map(|rule| rule.id.clone()).collect(),
                    facts: facts.document(to_run(pack, chosen))?,
                    context: Prepared::of("context", &context)?,
                })
            })
            .collect::<Result<Vec<_>, CheckError>>()?;
        let limits = &self.shared.limits;
        let (threads, deadline) = (self.shared.threads, Deadline::start(limits));
        let answers = ask_all(&questions, subject, threads, limits.stack_bytes_max, deadline);

        let elsewhere = packs.iter().zip(reaches).filter_map(|(pack, reach)| match reach {
            Reach::Elsewhere(reason) => {
                Some(Elsewhere { pack: pack.pack.manifest().pack.clone(), reason })
            }
            Reach::Here | Reach::Unknown(_) => None,
        });
        let mut evaluated = Evaluated {
            facts: facts.to_json()?,
            elsewhere: elsewhere.collect(),
            ..Evaluated::default()
        };
        for ((pack, chosen), answers) in packs.iter().zip(chosen).zip(answers) {
            evaluated.account_for(pack, chosen, answers);
        }
        Ok(evaluated)
    }

    /// Folds what was gathered; subject, regime and jurisdictions are still to be told.
    fn report(
        &self,
        gathered: Gathered<'_>,
        in_force: &Period,
        document: Option<Document<'_>>,
    ) -> Report {
        let Gathered { digest, on, findings, outcomes, waivers, facts } = gathered;
        let Judgement { verdict, complete } = fold(&findings, &outcomes);
        let Period { settings, settings_digest, .. } = in_force;
        Report {
            format: FORMAT.to_owned(),
            verdict,
            verdict_text: Verdict::text(verdict),
            raw_verdict: fold_raw(&findings, &outcomes).verdict,
            complete,
            subject: None,
            code: document.and_then(code_of),
            on,
            regime: None,
            jurisdictions: Vec::new(),
            settings: settings.clone(),
            counts: Counts::of(&findings, &outcomes, &waivers),
            waivers,
            elsewhere: Vec::new(),
            findings,
            outcomes,
            receipt: self.shared.digests.receipt(digest, facts, settings, settings_digest),
        }
    }
}

/// What came of all rules.
#[derive(Default)]
struct Evaluated {
    findings: Vec<Finding>,
    outcomes: Vec<Outcome>,
    /// The facts as they are digested.
    facts: Vec<u8>,
    /// The packs that apply elsewhere.
    elsewhere: Vec<Elsewhere>,
    consumption: Vec<Consumption>,
}

impl Evaluated {
    /// One outcome for every rule of a pack, asked or not.
    // INVARIANT: a rule that was asked and has no answer has crashed; nothing is left out.
    fn account_for(&mut self, pack: &PackInForce, chosen: Vec<Choice>, asked: Option<Evaluation>) {
        self.consumption.extend(asked.as_ref().map(|asked| Consumption::of(&pack.pack, asked)));
        let mut answers = asked.map(|asked| asked.outcomes).unwrap_or_default().into_iter();
        for (rule, choice) in pack.pack.manifest().rules.iter().zip(chosen) {
            let status = match choice {
                Choice::Skip(reason) => OutcomeStatus::NotApplicable { reason },
                Choice::Undecided(missing) => OutcomeStatus::not_evaluated(missing),
                Choice::Run => match answers.next() {
                    Some(RuleResult::Answered(answer)) => {
                        let (outcome, findings) = Outcome::of_answer(pack, rule, answer);
                        self.outcomes.push(outcome);
                        self.findings.extend(findings);
                        continue;
                    }
                    Some(RuleResult::Crashed(crash)) => OutcomeStatus::crashed(crash),
                    None => OutcomeStatus::crashed(Crash::NoAnswer),
                },
            };
            self.outcomes.push(Outcome::new(pack, rule, status));
        }
    }
}

fn choose(pack: &PackInForce, reach: &Reach, circumstances: &Circumstances<'_>) -> Vec<Choice> {
    let rules = pack.pack.manifest().rules.iter();
    rules.map(|rule| circumstances.choose(reach, rule)).collect()
}

/// The packs that would judge the submission if its area lay in a former province that it does not
/// tell, each with that province.
fn surviving<'a>(
    in_force: &'a Period,
    circumstances: &Circumstances<'_>,
    standing: &Standing,
) -> Vec<(&'a str, &'static Province)> {
    let areas = standing.untold_areas();
    let packs = in_force.packs.iter().map(|pack| pack.pack.manifest()).filter(|manifest| {
        let reach = circumstances.reach(&manifest.jurisdiction);
        let judges = |rule| circumstances.choose(&Reach::Here, rule) == Choice::Run;
        matches!(reach, Reach::Elsewhere(_)) && manifest.rules.iter().any(judges)
    });
    let of_area = |manifest: &'a Manifest| {
        let scope = &manifest.jurisdiction.provinces;
        let area = areas.iter().find(|area| scope.iter().any(|slug| slug == area.slug));
        area.map(|area| (manifest.pack.as_str(), *area))
    };
    packs.filter_map(of_area).collect()
}

/// The rules of a pack that must run, in the order of its manifest.
fn to_run<'a>(
    pack: &'a PackInForce,
    chosen: &'a [Choice],
) -> impl Iterator<Item = &'a RuleDescription> {
    let rules = pack.pack.manifest().rules.iter().zip(chosen);
    rules.filter(|(_, choice)| **choice == Choice::Run).map(|(rule, _)| rule)
}

/// A rule whose table is absent is not asked: packs in other languages need not know how to say so.
fn without_facts(pack: &PackInForce, chosen: Vec<Choice>, facts: &Facts) -> Vec<Choice> {
    let rules = pack.pack.manifest().rules.iter();
    rules
        .zip(chosen)
        .map(|(rule, choice)| match (&choice, facts.missing(rule)) {
            (Choice::Run, Some(table)) => Choice::Undecided(Missing::Facts(table.to_owned())),
            _ => choice,
        })
        .collect()
}

/// The code that would tell the jurisdiction, when it does not: then whether provincial rules must
/// run cannot be told. A central agency belongs to no province, and nothing is missing.
fn place_missing(standing: &Standing) -> Option<&kycuong_model::pointer::Pointer> {
    if standing.chain.is_some() {
        return None;
    }
    let mut findings = standing.findings.iter();
    findings.find(|finding| finding.rule.starts_with("intake/place-")).map(|finding| &finding.path)
}
