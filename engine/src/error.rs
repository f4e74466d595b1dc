//! The operator's troubles: one enum per stage.
//!
//! What a submitter did wrong is a finding and what a rule did wrong is an outcome; neither is here.

mod deployment;

pub use deployment::{DeploymentError, DeploymentProblem};

use crate::sandbox::Crash;

mod audit;

pub use audit::{AuditError, ReplayError};

/// A cause whose type is no part of this crate's interface.
pub type Cause = Box<dyn std::error::Error + Send + Sync + 'static>;

/// Why a rule pack (or the sandbox for it) cannot be had.
///
/// The caller knows which file it was and says so.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LoadError {
    /// The host cannot run sandboxes with these limits.
    #[error(
        "cannot reserve about {gib} GiB of address space for {instances} sandbox instances: lower `instances_max`, or raise the process's limit on virtual memory (`ulimit -v`)"
    )]
    Sandbox {
        /// The instances asked for.
        instances: u32,
        /// The virtual memory that they reserve, in GiB; hardly any of it is used.
        gib: u64,
        /// What the system said.
        source: Cause,
    },
    /// The file is too large.
    #[error("the rule pack has {bytes} bytes, this host takes {limit}")]
    TooLarge {
        /// Its size.
        bytes: usize,
        /// The largest allowed.
        limit: usize,
    },
    /// The file is something else.
    #[error("expected a WebAssembly component, found {found}")]
    NotComponent {
        /// What it looks like.
        found: &'static str,
    },
    /// It is broken, or needs an extension of WebAssembly that packs may not use.
    #[error("not valid WebAssembly, or it uses a proposal that this host refuses")]
    Invalid {
        /// Where and why.
        source: Cause,
    },
    /// It asks the host for something.
    #[error("imports `{name}`, but a rule pack imports nothing")]
    Imports {
        /// The first import.
        name: String,
    },
    /// It exports something else, or nothing.
    #[error("expected the single export `{expected}`, found {found}")]
    Exports {
        /// What it exports.
        found: String,
        /// What a pack exports.
        expected: String,
    },
    /// It was built for another generation of the interface.
    #[error("exports `{found}`, this host speaks `{expected}`")]
    WrongInterface {
        /// The interface and version that it exports.
        found: String,
        /// The interface and newest version that the host speaks.
        expected: String,
    },
    /// The interface's functions are missing or have other types.
    #[error("the exported interface lacks `{function}`, or it has another type")]
    Signature {
        /// The function.
        function: &'static str,
        /// What differs.
        source: Option<Cause>,
    },
    /// Some part of it is over a limit.
    #[error("has {found} {what} at byte {offset}, this host takes {limit}")]
    OverLimit {
        /// The part, in the plural.
        what: &'static str,
        /// How many, as far as they were counted.
        found: u64,
        /// The most allowed.
        limit: u64,
        /// Where in the file the limit was passed.
        offset: u64,
    },
    /// It is built so that compiling it could take any amount of work.
    #[error("{what} at byte {offset}, which no rule pack needs and which can be made to multiply")]
    Multiplies {
        /// What it does.
        what: &'static str,
        /// Where in the file.
        offset: u64,
    },
    /// The custom section with the manifest is missing or there are several.
    #[error("expected one custom section `{section}`, found {found}")]
    ManifestSection {
        /// The section's name.
        section: &'static str,
        /// How many there are.
        found: usize,
    },
    /// The manifest is not JSON of a manifest's shape.
    #[error("cannot read the manifest")]
    ManifestJson {
        /// Where and why.
        source: Cause,
    },
    /// The manifest contradicts itself.
    #[error("the manifest {detail}")]
    ManifestContent {
        /// What is wrong, as the end of the sentence “the manifest …”.
        detail: String,
    },
    /// There are several custom sections with cases.
    #[error("expected at most one custom section `{section}`, found {found}")]
    CasesSection {
        /// The section's name.
        section: &'static str,
        /// How many there are.
        found: usize,
    },
    /// The cases are not JSON of their shape.
    #[error("cannot read the cases")]
    CasesJson {
        /// Where and why.
        source: Cause,
    },
    /// The cases contradict the manifest or themselves.
    #[error("the cases {detail}")]
    CasesContent {
        /// What is wrong, as the end of the sentence “the cases …”.
        detail: String,
    },
    /// There are several custom sections with signatures.
    #[error("expected at most one custom section `{section}`, found {found}: sign the file anew")]
    SignaturesSection {
        /// The section's name.
        section: &'static str,
        /// How many there are.
        found: usize,
    },
    /// What follows the signatures would be unsigned.
    #[error(
        "the custom section `{section}` at byte {offset} is not the last: {bytes} bytes after it would be unsigned; sign the finished file"
    )]
    SignaturesNotLast {
        /// The section's name.
        section: &'static str,
        /// Where the section begins.
        offset: u64,
        /// Bytes after it.
        bytes: u64,
    },
    /// A custom section with a name of this project that this host does not know.
    #[error("the custom section `{name}` is unknown to this host")]
    UnknownSection {
        /// Its name.
        name: String,
    },
    /// The pack crashed when it was asked for its manifest.
    #[error("cannot ask the rule pack for its manifest")]
    ManifestCrashed {
        /// What became of it.
        source: Crash,
    },
    /// The pack says something else of itself when it runs.
    #[error(
        "the function `manifest` answers {answered} bytes that differ from the {declared} bytes of the custom section"
    )]
    ManifestDiffers {
        /// The length of the answer.
        answered: usize,
        /// The length of the section.
        declared: usize,
    },
    /// Its signatures do not allow this host to load it.
    #[error("the rule pack is not trusted")]
    Untrusted {
        /// Which key, role, jurisdiction or date is missing.
        source: Cause,
    },
    /// The compiler refused it.
    #[error("cannot compile the rule pack")]
    Compile {
        /// Why.
        source: Cause,
    },
    /// The directory for compiled code cannot be used.
    #[error("cannot use `{directory}` for compiled rule packs: {detail}")]
    Cache {
        /// The directory.
        directory: String,
        /// What is wrong with it.
        detail: &'static str,
        /// What the system said.
        source: Option<std::io::Error>,
    },
}

/// Why the packs in force stay the ones they were.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReloadError {
    /// The newcomer cannot be taken.
    #[error("the rule packs in force stay: the new set is refused")]
    Refused {
        /// Why.
        source: BuildError,
    },
    /// There was no set before this one.
    #[error("there is no earlier set of rule packs to go back to")]
    NothingBefore,
}

/// Why a host cannot be set up.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BuildError {
    /// No rule pack was given.
    #[error("no rule pack is in force: add one, or a directory that holds some")]
    NoPacks,
    /// Nobody said whose packs are trusted.
    #[error(
        "nobody said whose rule packs are trusted: give a trust store (`trust`), or in development `allow_unsigned`, which every report shows"
    )]
    NoTrust,
    /// Unsigned packs were allowed beside a trust store.
    #[error("a trust store and `allow_unsigned` exclude each other: take one of them away")]
    TrustAndUnsigned,
    /// A pack was loaded before without this trust store.
    #[error(
        "the rule pack `{pack}` was loaded without this trust store: load it with `RulePack::load_verified`, or give its file"
    )]
    NotVerified {
        /// Its id.
        pack: String,
    },
    /// The trust store cannot remember the versions in force.
    #[error("cannot remember the versions of the rule packs")]
    Remember {
        /// Why.
        source: Cause,
    },
    /// A directory or file cannot be read.
    #[error("cannot read `{path}`")]
    Read {
        /// The directory or file.
        path: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// A directory holds no rule pack.
    #[error("`{path}` holds no rule pack (a file whose name ends in `.wasm`)")]
    EmptyDirectory {
        /// The directory.
        path: String,
    },
    /// The sandbox cannot be set up.
    #[error("cannot set up the sandbox")]
    Sandbox {
        /// Why.
        source: LoadError,
    },
    /// A rule pack is refused.
    #[error("cannot load the rule pack {pack}")]
    Load {
        /// Its file in backticks, or which one it was.
        pack: String,
        /// Why.
        source: LoadError,
    },
    /// A rule pack's own cases do not prove it.
    #[error("the rule pack {pack} is not proved by its own cases")]
    Unproved {
        /// Its id in backticks, and its version.
        pack: String,
        /// Every case that differs, and every rule without one that fails.
        source: crate::proof::ProofError,
    },
    /// A pack was loaded within other limits than those of this host.
    #[error("the rule pack `{pack}` was loaded within other limits than this host's")]
    OtherLimits {
        /// Its id.
        pack: String,
    },
    /// Two packs have one id.
    #[error("two rule packs have the id `{pack}`: versions {first} and {second}")]
    DuplicatePack {
        /// The id.
        pack: String,
        /// The version of the first.
        first: String,
        /// The version of the second.
        second: String,
    },
    /// A deployment file cannot be used.
    #[error(transparent)]
    Deployment(#[from] DeploymentError),
    /// A setting of a deployment file is refused.
    #[error("cannot apply the setting at {place}")]
    Setting {
        /// The file and the line.
        place: crate::deployment::Place,
        /// Why.
        source: Box<BuildError>,
    },
    /// A setting is for a pack that is not in force.
    #[error("no rule pack `{pack}` is in force; there are {known}")]
    UnknownPack {
        /// The id.
        pack: String,
        /// The ids that there are.
        known: String,
    },
    /// A setting is for a rule that no pack has.
    #[error("no rule pack in force has the rule `{rule}`{}", did_you_mean(meant))]
    UnknownRule {
        /// The id.
        rule: String,
        /// The id that was probably meant.
        meant: Option<String>,
    },
    /// A severity is not lower than the rule's own: nobody can raise one.
    #[error("cannot lower the rule `{rule}` to `{wanted}`, it is `{declared}` itself")]
    NotLower {
        /// The rule.
        rule: String,
        /// The severity asked for.
        wanted: &'static str,
        /// The severity that it has.
        declared: &'static str,
    },
    /// A setting lacks what the report has to state.
    #[error("{what} needs {lacks}, which every report states")]
    NoReason {
        /// The setting.
        what: String,
        /// What is empty: a reason, a signer, a number.
        lacks: &'static str,
    },
    /// A setting makes a national rule lighter and no document allows it.
    #[error(
        "{what} makes national rules lighter, which takes the document that allows it: give its number as `decision`, or cite it in the reason, like `12/QĐ-UBND`"
    )]
    NoDocument {
        /// The setting.
        what: String,
    },
    /// A setting contradicts another one, or says it again.
    #[error("{what} is set twice: {first} and {second}")]
    Twice {
        /// What.
        what: String,
        /// The first setting.
        first: String,
        /// The second one.
        second: String,
    },
    /// A pack that binds by itself is adopted.
    #[error(
        "the rule pack `{pack}` is in force by itself, only a historic one is adopted: remove the entry"
    )]
    NotHistoric {
        /// Its id.
        pack: String,
    },
    /// The dates of a decision cannot be.
    #[error("{what} has {first_name} {first} after {second_name} {second}")]
    Dates {
        /// The setting.
        what: String,
        /// The date that comes too late.
        first_name: &'static str,
        /// When it is.
        first: kycuong_model::date::Date,
        /// The date that it may not follow.
        second_name: &'static str,
        /// When that is.
        second: kycuong_model::date::Date,
    },
    /// A rule has no such parameter.
    #[error("the rule `{rule}` has no parameter `{name}`; it has {known}")]
    UnknownParameter {
        /// The rule.
        rule: String,
        /// The name.
        name: String,
        /// The names that there are.
        known: String,
    },
    /// A parameter's value is of another kind.
    #[error("the parameter `{name}` of the rule `{rule}` is a {kind}, got `{value}`")]
    ParameterKind {
        /// The rule.
        rule: String,
        /// The parameter.
        name: String,
        /// What it is.
        kind: String,
        /// The value given.
        value: String,
    },
    /// A parameter's value is outside its bounds.
    #[error("the parameter `{name}` of the rule `{rule}` is {min} to {max}, got {value}")]
    ParameterBounds {
        /// The rule.
        rule: String,
        /// The parameter.
        name: String,
        /// The value given.
        value: String,
        /// The least value.
        min: String,
        /// The greatest value.
        max: String,
    },
    /// What the host is made of is broken, which its own tests rule out.
    #[error("cannot set up the host: {detail}")]
    Host {
        /// What is broken.
        detail: String,
    },
}

/// An error with its causes, as one line.
pub(crate) fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(source) = cause {
        text.push_str(": ");
        text.push_str(&source.to_string());
        cause = source.source();
    }
    text
}

fn did_you_mean(meant: &Option<String>) -> String {
    meant.as_ref().map_or_else(String::new, |meant| format!("; did you mean `{meant}`?"))
}

/// Why a check could not be made: always the operator's trouble.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CheckError {
    /// A source of facts did not answer.
    #[error("cannot get the facts of the table `{table}`")]
    Facts {
        /// The table.
        table: String,
        /// Why.
        source: FactError,
    },
    /// A source of facts gave more than a check can hold.
    #[error("the facts have {rows} rows, this host takes {limit}")]
    TooManyFacts {
        /// Rows of all tables together.
        rows: usize,
        /// The most allowed.
        limit: usize,
    },
    /// What the host hands to the rules is not what it can read itself.
    #[error("cannot prepare the {what} for the rules")]
    Document {
        /// The document.
        what: &'static str,
        /// Why.
        source: Cause,
    },
    /// The check was made, and its record cannot be kept.
    #[error("the check cannot be recorded, so it gives no verdict")]
    NotRecorded {
        /// Why.
        source: AuditError,
    },
}

/// Why a source of facts has no answer.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FactError {
    /// The rows have no such column, so that a rule would miss what is there.
    #[error("the table `{table}` has no column `{column}`")]
    NoColumn {
        /// The table.
        table: String,
        /// The column.
        column: String,
    },
    /// Whatever else goes wrong in a source that an embedder wrote.
    #[error("{what}")]
    Source {
        /// What was tried, in lower case.
        what: String,
        /// Why it failed.
        source: Option<Cause>,
    },
}
