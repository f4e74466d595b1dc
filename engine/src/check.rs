//! What a check came to, and the one interface of all hosts that make some.

use std::sync::Arc;

use kycuong_model::date::Date;
use kycuong_report::{Report, Sealed, Submission};

use crate::error::CheckError;
use crate::evaluation::Consumption;
use crate::evidence::Evidence;
use crate::facts::{FactQuery, SuppliedFacts};

/// A host that checks submissions: an [`Engine`](crate::Engine), a [`LiveEngine`](crate::LiveEngine)
/// whose packs change, or an [`AuditedEngine`](crate::AuditedEngine) that records what it answers.
///
/// ```no_run
/// use std::sync::Arc;
///
/// use kycuong_engine::{Checker, Date};
///
/// fn serve(host: Arc<dyn Checker>, body: Vec<u8>, today: Date) -> Result<String, kycuong_engine::CheckError> {
///     let submission = host.read(body);
///     let on = submission.submitted_on().unwrap_or(today);
///     Ok(host.check(&submission, on)?.into_json())
/// }
/// ```
pub trait Checker: Send + Sync {
    /// Reads a submission under the limits of the host. Bytes that are no JSON are a submission too.
    fn read(&self, bytes: Vec<u8>) -> Submission;

    /// Judges a submission on a day, with the facts of the host's sources.
    ///
    /// What the submitter did wrong is a finding of the report, what a rule did wrong is an outcome.
    ///
    /// # Errors
    ///
    /// [`CheckError`] for the operator's problems alone: a source of facts that does not answer, a log
    /// that cannot be written.
    fn check(&self, submission: &Submission, on: Date) -> Result<Check, CheckError>;

    /// The facts that a check of this submission on this day needs, in no need of any source: the first
    /// phase of a check without callbacks, which [`Checker::check_with`] is the second of.
    fn wants(&self, submission: &Submission, on: Date) -> Vec<FactQuery>;

    /// Judges as [`Checker::check`] with the facts that are handed in, and asks no source. A table that
    /// was wanted and is not handed in is absent.
    ///
    /// # Errors
    ///
    /// As [`Checker::check`].
    fn check_with(
        &self,
        submission: &Submission,
        on: Date,
        facts: &SuppliedFacts,
    ) -> Result<Check, CheckError>;
}

/// Makes a host a [`Checker`] by its methods of the same names, which need no import of the trait.
macro_rules! checker_of_own_methods {
    ($host:ty) => {
        impl $crate::check::Checker for $host {
            fn read(&self, bytes: Vec<u8>) -> Submission {
                Self::read(self, bytes)
            }

            fn check(&self, submission: &Submission, on: Date) -> Result<Check, CheckError> {
                Self::check(self, submission, on)
            }

            fn wants(&self, submission: &Submission, on: Date) -> Vec<FactQuery> {
                Self::wants(self, submission, on)
            }

            fn check_with(
                &self,
                submission: &Submission,
                on: Date,
                facts: &SuppliedFacts,
            ) -> Result<Check, CheckError> {
                Self::check_with(self, submission, on, facts)
            }
        }
    };
}

pub(crate) use checker_of_own_methods;

/// What a check came to: the report, its bytes, what it took and what it rests on.
///
/// ```no_run
/// # fn run(engine: &kycuong_engine::Engine) -> Result<(), kycuong_engine::CheckError> {
/// let submission = engine.read(r#"{"subject": "dossier"}"#);
/// let check = engine.check(&submission, "2026-11-21".parse().unwrap())?;
/// println!("{}: {} bytes", check.report().verdict.code(), check.json().len());
/// for pack in check.fuel() {
///     println!("{} took {} units of fuel", pack.pack, pack.fuel_consumed);
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Check {
    sealed: Sealed,
    fuel: Vec<Consumption>,
    evidence: Evidence,
    shadow: Option<Box<Result<Check, CheckError>>>,
}

impl Check {
    pub(crate) fn new(sealed: Sealed, fuel: Vec<Consumption>, evidence: Evidence) -> Self {
        Self { sealed, fuel, evidence, shadow: None }
    }

    pub(crate) fn with_shadow(mut self, shadow: Option<Result<Self, CheckError>>) -> Self {
        self.shadow = shadow.map(Box::new);
        self
    }

    /// The report.
    pub fn report(&self) -> &Report {
        &self.sealed.report
    }

    /// The report alone.
    pub fn into_report(self) -> Report {
        self.sealed.report
    }

    /// The report as JSON, with its own digest in the receipt: the bytes that are kept and compared.
    pub fn json(&self) -> &str {
        &self.sealed.json
    }

    /// The report as JSON alone.
    pub fn into_json(self) -> String {
        self.sealed.json
    }

    /// What each pack took that was asked anything, in the order of the report's outcomes. The report
    /// does not say it: a count of fuel is no judgement, and holds for one version of wasmtime.
    pub fn fuel(&self) -> &[Consumption] {
        &self.fuel
    }

    /// What the digests of the receipt are of.
    pub fn evidence(&self) -> &Evidence {
        &self.evidence
    }

    /// What the shadow set says of the same submission, or why it could not; it counts for nothing.
    /// `None` when no shadow set runs.
    pub fn shadow(&self) -> Option<Result<&Self, &CheckError>> {
        self.shadow.as_deref().map(Result::as_ref)
    }

    /// Takes out what the shadow set came to.
    pub fn take_shadow(&mut self) -> Option<Result<Self, CheckError>> {
        self.shadow.take().map(|shadow| *shadow)
    }
}

/// A host behind a shared pointer is a host.
impl<C: Checker + ?Sized> Checker for Arc<C> {
    fn read(&self, bytes: Vec<u8>) -> Submission {
        (**self).read(bytes)
    }

    fn check(&self, submission: &Submission, on: Date) -> Result<Check, CheckError> {
        (**self).check(submission, on)
    }

    fn wants(&self, submission: &Submission, on: Date) -> Vec<FactQuery> {
        (**self).wants(submission, on)
    }

    fn check_with(
        &self,
        submission: &Submission,
        on: Date,
        facts: &SuppliedFacts,
    ) -> Result<Check, CheckError> {
        (**self).check_with(submission, on, facts)
    }
}

/// Reading and checking in one step, for tests and benchmarks that are about the report alone.
#[doc(hidden)]
pub trait Judge: Checker {
    /// The report of some bytes.
    ///
    /// # Errors
    ///
    /// As [`Checker::check`].
    fn judge(&self, bytes: &[u8], on: Date) -> Result<Report, CheckError> {
        Ok(self.check(&self.read(bytes.to_vec()), on)?.into_report())
    }
}

impl<C: Checker + ?Sized> Judge for C {}
