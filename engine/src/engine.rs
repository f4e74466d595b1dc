//! The host: from a submission to its report. The only orchestration there is.

use std::borrow::Cow;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::Arc;

use kycuong_model::code::Code;
use kycuong_model::context::NewContext;
use kycuong_model::date::Date;
use kycuong_model::finding::Severity;
use kycuong_model::jurisdiction::Province;
use kycuong_model::manifest::RuleDescription;
use kycuong_model::pointer::Pointer;
use kycuong_model::text::{Bilingual, excerpt};
use kycuong_report::{
    Counts, Crash, Finding, OutOfScope, Outcome, OutcomeStatus, RegimeReport, Report, Sealed,
    Settings, Submission, digest,
};

use crate::check::{Check, checker_of_own_methods};
use crate::error::{BuildError, CheckError};
use crate::evaluation::{Consumption, Job, evaluate_all};
use crate::evidence::Evidence;
use crate::facts::{
    FactQuery, FactSource, Facts, OnFactFailure, Prepared, SuppliedFacts, Wanted, first_answer,
};
use crate::finding::{Placed, in_order, merge, place};
use crate::fold::{Judgement, fold, fold_raw, is_judged};
use crate::intake::Readable;
use crate::limits::{HOST_DEADLINE_MS, Limits};
use crate::outcome::{of_answer, outcome};
use crate::pack::{Evaluation, RulePack, RuleResult};
use crate::pack_set::{PackSet, Period};
use crate::places::{Applicability, FormerAreaPack};
use crate::receipt::HostDigests;
use crate::sandbox::Deadline;
use crate::schema::SchemaSet;
use crate::selection::{Circumstances, NotRun, Reach, Selection};
use crate::trust::PackVerifier;
use crate::waiver;

mod builder;

pub use builder::EngineBuilder;

/// A host with its packs: made once, shared by all threads. A clone is another handle to it.
///
/// It knows no clock: the day of judging is a parameter of every check, so any past day can be
/// judged, and the same day gives the same bytes.
///
/// ```no_run
/// use kycuong_engine::Engine;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let engine = Engine::builder().packs_from_dir("packs").allow_unsigned().build()?;
/// let submission = engine.read(std::fs::read("dossier.json")?);
/// let on = submission.submitted_on().ok_or("it does not say when it was submitted")?;
/// let check = engine.check(&submission, on)?;
/// println!("{}", check.report().verdict_text.vi);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Engine {
    shared: Arc<Shared>,
    /// What its builder or its host says of a deadline; 0 for none.
    deadline_ms: Option<u64>,
}

struct Shared {
    packs: PackSet,
    /// What lies beside the packs and was not looked at.
    ignored: Vec<PathBuf>,
    facts: Vec<Arc<dyn FactSource>>,
    on_fact_failure: OnFactFailure,
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

/// Where the facts of one check come from.
#[derive(Clone, Copy)]
enum Supply<'a> {
    Sources(&'a [Arc<dyn FactSource>]),
    HandedIn(&'a SuppliedFacts),
}

/// What was found of one submission, before it is folded into a report.
#[derive(Default)]
struct Judged {
    findings: Vec<Placed>,
    outcomes: Vec<Outcome>,
    subject: Option<String>,
    regime: Option<RegimeReport>,
    jurisdictions: Vec<String>,
    out_of_scope: Vec<OutOfScope>,
    /// The facts that it rests on, as they are digested; none when no rule was asked.
    facts: Option<Vec<u8>>,
    fuel: Vec<Consumption>,
}

/// What of a submission decides about the packs.
struct Scene<'a> {
    readable: Readable<'a>,
    applicability: Applicability,
    scopes: Vec<&'static str>,
    /// The former provinces that its area may lie in, when it does not tell.
    areas: Vec<&'static Province>,
    on: Date,
}

impl<'a> Scene<'a> {
    fn of(readable: Readable<'a>, on: Date) -> Self {
        let applicability = Applicability::of(readable.header, on);
        let scopes = applicability.scopes();
        let areas = applicability.unspecified_areas();
        Self { readable, applicability, scopes, areas, on }
    }

    fn circumstances(&self) -> Circumstances<'_> {
        Circumstances {
            jurisdictions: &self.scopes,
            place_missing: self.applicability.place_missing(),
            areas: &self.areas,
            area_missing: self.applicability.area_missing(self.readable.header),
            subject: self.readable.subject,
            kind: self.readable.header.kind,
            regime: self.applicability.governing.map(|governing| governing.regime),
            stage: self.readable.header.stage,
            on: self.on,
        }
    }

    fn select<'p>(&self, in_force: &'p Period) -> Vec<Selection<'p>> {
        let circumstances = self.circumstances();
        in_force.packs.iter().map(|pack| Selection::of(pack, &circumstances)).collect()
    }

    fn wanted(&self, selections: &[Selection<'_>]) -> Wanted {
        Wanted::by(selected(selections), self.readable.document)
    }
}

fn selected<'a>(
    selections: &'a [Selection<'_>],
) -> impl Iterator<Item = &'a RuleDescription> + Clone {
    selections.iter().flat_map(|selection| selection.run.iter().copied())
}

impl Engine {
    /// Starts to set up a host.
    pub fn builder() -> EngineBuilder {
        EngineBuilder::default()
    }

    /// What lies in the directories of its packs and is no pack, so that nobody looked at it: files whose
    /// names do not end in `.wasm`, and folders. An operator should see it: a pack under a wrong name
    /// judges nothing.
    pub fn ignored_files(&self) -> &[PathBuf] {
        &self.shared.ignored
    }

    /// What the operator set, as every report of a day shows it; a pack is enforced by the day.
    pub fn settings(&self, on: Date) -> Settings {
        self.shared.packs.on(on).settings.clone()
    }

    /// The active packs, in the order of reports: the national ones, then by id.
    pub fn manifests(&self) -> impl Iterator<Item = &kycuong_model::manifest::Manifest> {
        self.shared.packs.packs().map(RulePack::manifest)
    }

    /// Tells the trust store that these packs are active from now on, so that their versions do
    /// not go down later. Twice is as good as once.
    pub(crate) fn remember(&self) -> Result<(), BuildError> {
        let Some(trust) = &self.shared.trust else { return Ok(()) };
        let packs = self.shared.packs.packs().filter_map(RulePack::trusted);
        let seen = packs.map(|by| by.verification.clone()).collect::<Vec<_>>();
        trust.remember(&seen).map_err(|source| BuildError::Remember { source })
    }

    /// The same under a host that somebody waits for: with its deadline, unless the builder said something.
    pub(crate) fn waited_for(mut self) -> Self {
        self.deadline_ms.get_or_insert(HOST_DEADLINE_MS);
        self
    }

    /// The limits that submissions are read and packs run within.
    pub fn limits(&self) -> &Limits {
        &self.shared.limits
    }

    /// Reads a submission under the limits of this host; see [`Checker::read`](crate::Checker::read).
    pub fn read(&self, bytes: impl Into<Vec<u8>>) -> Submission {
        Submission::read(bytes, &self.shared.limits.submission())
    }

    /// Judges a submission on a day; see [`Checker::check`](crate::Checker::check).
    ///
    /// # Errors
    ///
    /// [`CheckError`] for the operator's problems alone: a source of facts that does not answer.
    pub fn check(&self, submission: &Submission, on: Date) -> Result<Check, CheckError> {
        self.check_by(submission, on, Supply::Sources(&self.shared.facts))
    }

    /// The facts that a check needs; see [`Checker::wants`](crate::Checker::wants).
    pub fn wants(&self, submission: &Submission, on: Date) -> Vec<FactQuery> {
        let submission = self.own(submission);
        let Ok(readable) = Readable::of(&submission) else { return Vec::new() };
        let scene = Scene::of(readable, on);
        let wanted = scene.wanted(&scene.select(self.shared.packs.on(on)));
        wanted.queries().collect()
    }

    /// Judges a submission with the facts that are handed in; see [`Checker::check_with`](crate::Checker::check_with).
    ///
    /// # Errors
    ///
    /// As [`Engine::check`], though no source is asked.
    pub fn check_with(
        &self,
        submission: &Submission,
        on: Date,
        facts: &SuppliedFacts,
    ) -> Result<Check, CheckError> {
        self.check_by(submission, on, Supply::HandedIn(facts))
    }

    fn check_by(
        &self,
        submission: &Submission,
        on: Date,
        facts: Supply<'_>,
    ) -> Result<Check, CheckError> {
        let submission = &*self.own(submission);
        let in_force = self.shared.packs.on(on);
        let judged = match Readable::placed(submission) {
            Ok(readable) => self.judge(&Scene::of(readable, on), in_force, facts)?,
            Err(findings) => Judged { findings, ..Judged::default() },
        };
        self.conclude(submission, on, in_force, judged)
    }

    /// A submission as this host reads it: the receipt states these limits and no others.
    fn own<'s>(&self, submission: &'s Submission) -> Cow<'s, Submission> {
        if *submission.limits() == self.shared.limits.submission() {
            Cow::Borrowed(submission)
        } else {
            Cow::Owned(self.read(submission.bytes()))
        }
    }

    fn judge(
        &self,
        scene: &Scene<'_>,
        in_force: &Period,
        facts: Supply<'_>,
    ) -> Result<Judged, CheckError> {
        let Readable { document, header, subject } = scene.readable;
        let applicability = &scene.applicability;
        let mut selections = scene.select(in_force);
        let former_area_packs = former_area_packs(&selections, scene);

        let mut findings = scene.readable.findings();
        findings.extend(applicability.findings.iter().cloned());
        let regime = applicability.schema_regime(header);
        findings.extend(self.shared.schemas.validate(document, subject, regime));
        findings.extend(applicability.area_unspecified(header, scene.on, &former_area_packs));

        let wanted = scene.wanted(&selections);
        let queries = wanted.queries().collect::<Vec<_>>();
        let facts = Facts::fetch(wanted, self.shared.on_fact_failure, |query| match facts {
            Supply::Sources(sources) => first_answer(sources, query),
            Supply::HandedIn(facts) => facts.answer(query, &queries),
        })?;
        findings.extend(facts.findings(selected(&selections)));
        for selection in &mut selections {
            selection.without_facts(|rule| facts.lack(rule));
        }
        let evaluations = self.evaluate(scene, &selections, &facts)?;

        let mut judged = Judged {
            findings: findings.into_iter().map(Placed::from).collect(),
            subject: Some(subject.code().to_owned()),
            regime: applicability
                .governing
                .map(|governing| RegimeReport::new(governing.regime.code(), governing.why())),
            jurisdictions: scene.scopes.iter().map(|slug| (*slug).to_owned()).collect(),
            facts: Some(facts.to_json()?),
            ..Judged::default()
        };
        for (selection, evaluation) in selections.into_iter().zip(evaluations) {
            judged.record_outcomes(selection, evaluation);
        }
        if !is_judged(&judged.outcomes) {
            judged.findings.push(Placed::from(no_rule_applies()));
        }
        Ok(judged)
    }

    /// Has every rule evaluated that must run: what each pack answered, if it was asked anything.
    fn evaluate(
        &self,
        scene: &Scene<'_>,
        selections: &[Selection<'_>],
        facts: &Facts,
    ) -> Result<Vec<Option<Evaluation>>, CheckError> {
        let governing = scene.applicability.governing;
        let reason = governing.map(|governing| governing.why());
        let jobs = selections.iter().map(|Selection { pack, run, .. }| {
            let context = NewContext {
                on: scene.on,
                regime: governing.map(|governing| governing.regime.code()),
                regime_reason_vi: reason.as_ref().map(|reason| reason.vi.as_str()),
                regime_reason_en: reason.as_ref().map(|reason| reason.en.as_str()),
                parameters: &pack.parameters,
            };
            Ok(Job {
                pack: &pack.pack,
                rules: run.iter().map(|rule| rule.id.clone()).collect(),
                facts: facts.document(run)?,
                context: Prepared::of("context", &context)?,
            })
        });
        let jobs = jobs.collect::<Result<Vec<_>, CheckError>>()?;
        let (limits, threads) = (&self.shared.limits, self.shared.threads);
        let deadline = Deadline::of_check(limits, self.deadline_ms.unwrap_or_default());
        let stack = limits.stack_bytes_max;
        Ok(evaluate_all(&jobs, scene.readable.document, threads, stack, deadline))
    }

    /// Folds what was found into a report, and seals it.
    fn conclude(
        &self,
        submission: &Submission,
        on: Date,
        in_force: &Period,
        judged: Judged,
    ) -> Result<Check, CheckError> {
        let Judged { mut findings, outcomes, facts, fuel, .. } = judged;
        let Period { settings, settings_digest, settings_json, .. } = in_force;
        // Of what cannot be judged nothing is believed, its code neither.
        let header = submission.header().filter(|_| judged.subject.is_some());
        let code = header.and_then(|header| header.code.as_deref());

        place(&mut findings, submission.bytes(), submission.document());
        let mut findings = merge(findings, |pack| in_force.level(pack));
        let waivers = waiver::apply(&settings.waivers, &mut findings, &outcomes, code, on);
        let findings = in_order(findings);
        let Judgement { verdict, complete } = fold(&findings, &outcomes);

        let facts_digest = facts.as_deref().map(digest);
        let receipt =
            self.shared.digests.receipt(submission.digest(), facts_digest, settings_digest);
        let mut report = Report::new(verdict, on, settings.clone(), receipt);
        report.raw_verdict = fold_raw(&findings, &outcomes).verdict;
        // Without a subject no rule was asked.
        report.complete = complete && judged.subject.is_some();
        report.subject = judged.subject;
        report.code = code.map(excerpt);
        report.regime = judged.regime;
        report.jurisdictions = judged.jurisdictions;
        report.counts = Counts::of(&findings, &outcomes, &waivers);
        report.waivers = waivers;
        report.out_of_scope = judged.out_of_scope;
        report.findings = findings;
        report.outcomes = outcomes;
        let sealed = report.seal().map_err(|source| CheckError::Report { source })?;

        let Sealed { report: Report { receipt, .. }, .. } = &sealed;
        let mut evidence = Evidence::of_submission(submission.clone());
        if let (Some(digest), Some(facts)) = (&receipt.facts, facts) {
            evidence.keep(digest, facts.into());
        }
        evidence.keep(&receipt.settings, Arc::clone(settings_json));
        evidence.keep(&receipt.limits, Arc::clone(&self.shared.digests.limits_json));
        evidence.keep_packs(self.shared.packs.packs().cloned());
        Ok(Check::new(sealed, fuel, evidence))
    }
}

impl Judged {
    /// One outcome for every rule of a pack, asked or not.
    // INVARIANT: a rule that was asked and has no answer has crashed; nothing is left out.
    fn record_outcomes(&mut self, selection: Selection<'_>, asked: Option<Evaluation>) {
        let Selection { pack, reach, mut not_run, .. } = selection;
        let manifest = pack.pack.manifest();
        if let Reach::OutOfScope(reason) = reach {
            self.out_of_scope.push(OutOfScope::new(manifest.pack.as_str(), reason));
        }
        self.fuel.extend(asked.as_ref().map(|asked| Consumption::of(&pack.pack, asked)));
        let mut answers = asked.map(|asked| asked.outcomes).unwrap_or_default().into_iter();
        for rule in &manifest.rules {
            let status = match not_run.remove(rule.id.as_str()) {
                Some(NotRun::NotApplicable(reason)) => OutcomeStatus::NotApplicable { reason },
                Some(NotRun::Undecided(missing)) => OutcomeStatus::not_evaluated(missing),
                Some(NotRun::Lacks(lack)) => lack.into_status(),
                None => match answers.next() {
                    Some(RuleResult::Answered(answer)) => {
                        let (outcome, findings) = of_answer(pack, rule, answer);
                        self.outcomes.push(outcome);
                        self.findings.extend(findings.into_iter().map(Placed::from));
                        continue;
                    }
                    Some(RuleResult::Crashed(crash)) => OutcomeStatus::crashed(crash),
                    None => OutcomeStatus::crashed(Crash::NoAnswer),
                },
            };
            self.outcomes.push(outcome(pack, rule, status));
        }
    }
}

/// The packs that would judge the submission if its area lay in a former province that it does not
/// tell, each with that province.
fn former_area_packs<'a>(
    selections: &[Selection<'a>],
    scene: &Scene<'_>,
) -> Vec<FormerAreaPack<'a>> {
    let areas = &scene.areas;
    if areas.is_empty() {
        return Vec::new();
    }
    let circumstances = scene.circumstances();
    let of_area = |selection: &Selection<'a>| {
        let severity = selection.would_judge(&circumstances)?;
        let manifest = selection.pack.pack.manifest();
        let scope = &manifest.jurisdiction.provinces;
        let area = areas.iter().find(|area| scope.iter().any(|slug| slug == area.slug))?;
        let could_block = severity == Severity::Block;
        Some(FormerAreaPack { pack: manifest.pack.as_str(), area, could_block })
    };
    selections.iter().filter_map(of_area).collect()
}

/// Says why a submission that nothing objects to is not accepted: no rule judged it.
fn no_rule_applies() -> Finding {
    let message = Bilingual::new(
        "Không có quy tắc nào của các gói đang dùng áp dụng cho hồ sơ này, nên chưa có căn cứ để kết luận.",
        "No rule of the active packs applies to this submission, so nothing was judged.",
    );
    let remedy = Bilingual::new(
        "Kiểm tra lại loại, giai đoạn, địa bàn và thời điểm nộp của hồ sơ; nếu đúng, đề nghị đơn vị vận hành bổ sung gói quy tắc.",
        "Check the kind, the stage, the place and the moment of the submission; if they are right, ask the operator for the rule pack.",
    );
    Finding::new("intake/no-rule-applies", Severity::Warn, Pointer::root(), message, remedy)
}

checker_of_own_methods!(Engine);
