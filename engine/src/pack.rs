//! A rule pack: foreign code that was admitted and compiled, and how its rules are evaluated.

use std::sync::{Arc, OnceLock};

use kycuong_model::cases::PackCases;
use kycuong_model::manifest::Manifest;
use kycuong_report::{Crash, SelfTest};

pub use crate::admission::{Count, PackDescription};
use crate::error::LoadError;
pub use crate::evaluation::answer::RuleResult;
use crate::evaluation::answer::judge_answer;
use crate::evaluation::joined::joined_bytes;
pub use crate::evaluation::request::EvaluationRequest;
use crate::limits::Limits;
use crate::sandbox::{Deadline, Guest, Run, Sandbox};
use crate::trust::{PackVerifier, Trusted};

mod isolation;

/// What a manifest asks for that asks for nothing.
const ORDINARY_TENTHS: u32 = 10;

/// A rule pack that is ready to be asked, on any thread. A clone shares the code.
#[derive(Clone)]
pub struct RulePack {
    shared: Arc<Shared>,
    /// Beside the code, which does not change when the same file is verified once more.
    trusted: Option<Arc<Trusted>>,
}

struct Shared {
    description: PackDescription,
    file: Arc<[u8]>,
    /// What its self-test came to, once it succeeded.
    self_test: OnceLock<SelfTest>,
    sandbox: Sandbox,
    guest: Guest,
}

fn verify(
    pack: &PackDescription,
    bytes: &[u8],
    verifier: &dyn PackVerifier,
) -> Result<Arc<Trusted>, LoadError> {
    let verified = verifier.verify(pack, bytes);
    let verification = verified.map_err(|source| LoadError::Untrusted { source })?;
    Ok(Arc::new(Trusted { by: verifier.digest(), verification }))
}

/// What became of the rules of one request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evaluation {
    /// One for each rule asked for, in that order.
    pub outcomes: Vec<RuleResult>,
    /// Units of fuel that all instances consumed together. The same on every machine, for one
    /// version of wasmtime ([`crate::sandbox::WASMTIME_VERSION`]).
    pub fuel_consumed: u64,
    /// The budget of evaluating all rules at once.
    pub fuel_limit: u64,
    /// The instances that it took: 1, or more for each rule when the rules had to be evaluated in isolation.
    pub instances: u32,
}

impl std::fmt::Debug for RulePack {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RulePack")
            .field("pack", &self.manifest().pack)
            .field("digest", &self.digest())
            .finish_non_exhaustive()
    }
}

impl RulePack {
    /// Loads a pack from the bytes of its file, whoever made it: admits it, compiles it, and asks it
    /// for its manifest, which must be the one of its custom section.
    ///
    /// # Errors
    ///
    /// See [`LoadError`]; the caller knows which file it was.
    pub fn load(sandbox: &Sandbox, bytes: &[u8]) -> Result<Self, LoadError> {
        Self::load_by(sandbox, bytes, None)
    }

    /// Loads a pack as [`RulePack::load`] does, when its signatures allow it; they are looked at
    /// before anything is compiled.
    ///
    /// # Errors
    ///
    /// See [`LoadError`]; [`LoadError::Untrusted`] when the signatures do not allow it.
    pub fn load_verified(
        sandbox: &Sandbox,
        bytes: &[u8],
        verifier: &dyn PackVerifier,
    ) -> Result<Self, LoadError> {
        Self::load_by(sandbox, bytes, Some(verifier))
    }

    fn load_by(
        sandbox: &Sandbox,
        bytes: &[u8],
        verifier: Option<&dyn PackVerifier>,
    ) -> Result<Self, LoadError> {
        let limits = sandbox.limits();
        let description = PackDescription::read(bytes, limits)?;
        let declared = &description.manifest_json;
        let fuel = limits.fuel(0, declared.len(), description.manifest.fuel_factor_tenths);
        // INVARIANT: nothing of a pack that is not trusted reaches the compiler.
        let trusted = verifier.map(|verifier| verify(&description, bytes, verifier)).transpose()?;
        let guest = Guest::compile(sandbox, bytes, &description.digest)?;
        let Run { answer, .. } = guest.manifest(fuel)?;
        let answered = answer.map_err(|source| LoadError::ManifestCrashed { source })?;
        if answered.as_bytes() != &**declared {
            let (answered, declared) = (answered.len(), declared.len());
            return Err(LoadError::ManifestDiffers { answered, declared });
        }
        let (file, sandbox, self_test) = (bytes.into(), sandbox.clone(), OnceLock::new());
        let shared = Shared { description, file, self_test, sandbox, guest };
        Ok(Self { shared: Arc::new(shared), trusted })
    }

    /// The same compiled code, after its file was verified once more: keys are revoked and expire.
    pub(crate) fn verified(
        &self,
        bytes: &[u8],
        verifier: Option<&dyn PackVerifier>,
    ) -> Result<Self, LoadError> {
        let verify = |verifier| verify(&self.shared.description, bytes, verifier);
        Ok(Self { shared: Arc::clone(&self.shared), trusted: verifier.map(verify).transpose()? })
    }

    /// What the pack says of itself.
    pub fn manifest(&self) -> &Manifest {
        &self.shared.description.manifest
    }

    /// The cases that it carries, with the outcomes that its author recorded; loading runs none.
    pub fn cases(&self) -> &PackCases {
        &self.shared.description.cases
    }

    /// The digest of the section that the cases stand in.
    pub(crate) fn cases_digest(&self) -> &str {
        &self.shared.description.cases_digest
    }

    /// What [`RulePack::self_test`] came to, once it succeeded; else the place for it.
    pub(crate) fn self_test_cell(&self) -> &OnceLock<SelfTest> {
        &self.shared.self_test
    }

    /// What [`RulePack::self_test`] came to, when it succeeded.
    pub(crate) fn self_tested(&self) -> Option<&SelfTest> {
        self.shared.self_test.get()
    }

    /// The digest of its file, as `sha256:` and 64 hexadecimal digits.
    pub fn digest(&self) -> &str {
        &self.shared.description.digest
    }

    /// Its file, which an audit log keeps: whatever becomes of the folder that it was loaded from,
    /// what answered can be asked again.
    pub fn file(&self) -> &[u8] {
        &self.shared.file
    }

    /// The version of the interface that it exports.
    pub fn interface_version(&self) -> &str {
        &self.shared.description.interface_version
    }

    /// Why it is trusted; `None` when nobody asked.
    pub(crate) fn trusted(&self) -> Option<&Trusted> {
        self.trusted.as_deref()
    }

    /// The limits that it was loaded within.
    pub fn limits(&self) -> &Limits {
        self.shared.sandbox.limits()
    }

    /// Whether its compiled code came from the cache.
    pub fn from_cache(&self) -> bool {
        self.shared.guest.cached
    }

    /// Asks rules about a subject, in a fresh instance.
    ///
    /// All rules are evaluated at once. Only when that gives no sound answer is each rule evaluated in isolation, in
    /// an instance of its own, so that a rule that crashes costs its own outcome and not its
    /// neighbours' ([`Limits::isolation_budget_factor`]). An outcome that is unsound by itself crashes its
    /// own rule right away.
    pub fn evaluate(&self, request: &EvaluationRequest<'_>) -> Evaluation {
        self.evaluate_until(request, Deadline::start(self.shared.sandbox.limits()))
    }

    /// As [`RulePack::evaluate`], within a deadline that other packs may share.
    pub fn evaluate_until(
        &self,
        request: &EvaluationRequest<'_>,
        deadline: Deadline,
    ) -> Evaluation {
        self.evaluate_within(request, deadline, u64::MAX)
    }

    /// As [`RulePack::evaluate_until`], with at most `fuel_max` units of fuel.
    pub(crate) fn evaluate_within(
        &self,
        request: &EvaluationRequest<'_>,
        deadline: Deadline,
        fuel_max: u64,
    ) -> Evaluation {
        let size = Size::of(request);
        let limits = self.shared.sandbox.limits();
        let fuel = limits.fuel(size.nodes, size.bytes, self.manifest().fuel_factor_tenths);
        let fuel_limit = fuel.min(fuel_max);
        // Of the ordinary budget, whatever the manifest asks for.
        let pool = limits.fuel(size.nodes, size.bytes, ORDINARY_TENTHS);
        let pool = pool.saturating_mul(u64::from(limits.isolation_budget_factor)).min(fuel_max);
        let mut evaluation =
            Evaluation { outcomes: Vec::new(), fuel_consumed: 0, fuel_limit, instances: 0 };
        if size.copied > limits.request_bytes_max {
            let crash = Crash::RequestTooLarge {
                bytes: size.copied as u64,
                limit: limits.request_bytes_max as u64,
            };
            evaluation.outcomes = vec![RuleResult::Crashed(crash); request.rules.len()];
        } else if !request.rules.is_empty() {
            let mut running = Running {
                pack: self,
                request,
                deadline,
                pool,
                findings_bytes: 0,
                evaluation: &mut evaluation,
            };
            let outcomes = match running.evaluate(request.rules, fuel_limit) {
                Ok(outcomes) => outcomes,
                Err(crash) if request.rules.len() == 1 => vec![RuleResult::Crashed(crash)],
                Err(_) => running.retry_in_isolation(),
            };
            evaluation.outcomes = outcomes;
        }
        evaluation
    }
}

/// One evaluation under way.
struct Running<'a> {
    pack: &'a RulePack,
    request: &'a EvaluationRequest<'a>,
    deadline: Deadline,
    /// Fuel for evaluating rules in isolation.
    pool: u64,
    /// Of the findings so far, as a report holds them.
    findings_bytes: usize,
    evaluation: &'a mut Evaluation,
}

impl Running<'_> {
    /// Evaluates some rules in one fresh instance; `Err` when nothing of the answer can be used.
    fn evaluate(&mut self, rules: &[String], fuel: u64) -> Result<Vec<RuleResult>, Crash> {
        let run = self.pack.shared.guest.evaluate(*self.request, rules, fuel, self.deadline);
        let evaluation = &mut *self.evaluation;
        evaluation.fuel_consumed = evaluation.fuel_consumed.saturating_add(run.fuel_consumed);
        evaluation.instances += 1;
        let mut outcomes =
            judge_answer(&run.answer?, rules, self.pack.manifest(), self.pack.limits())?;
        for (rule, outcome) in rules.iter().zip(&mut outcomes) {
            self.bound_findings(rule, outcome);
        }
        Ok(outcomes)
    }

    /// A rule whose findings would bring those of the pack over the limit has crashed; what others found
    /// stays.
    fn bound_findings(&mut self, id: &str, outcome: &mut RuleResult) {
        let rule = self.pack.manifest().rules.iter().find(|rule| rule.id == id);
        let (RuleResult::Answered(status), Some(rule)) = (&*outcome, rule) else { return };
        let bytes = self.findings_bytes.saturating_add(joined_bytes(status, rule));
        let limit = self.pack.limits().findings_bytes_max;
        if bytes > limit {
            let (bytes, limit) = (bytes as u64, limit as u64);
            *outcome = RuleResult::Crashed(Crash::FindingsTooLarge { bytes, limit });
        } else {
            self.findings_bytes = bytes;
        }
    }
}

/// What a request weighs.
struct Size {
    nodes: usize,
    /// Bytes of the texts.
    bytes: usize,
    /// Bytes that are copied into an instance.
    copied: usize,
}

impl Size {
    fn of(request: &EvaluationRequest<'_>) -> Self {
        let documents = [request.subject, request.facts, request.context];
        let bytes = documents.iter().map(|document| document.text().len()).sum::<usize>();
        Self {
            nodes: documents.iter().map(|document| document.len()).sum(),
            bytes,
            copied: request.copied_bytes(request.rules),
        }
    }
}
