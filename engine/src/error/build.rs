//! What keeps a set of packs from becoming active.

use std::path::PathBuf;

use kycuong_files::ReadError;
use kycuong_model::text::sanitize;

use super::{BoxError, DeploymentError, LoadError};

/// Entries of a folder that an error names.
const ENTRIES_SHOWN_MAX: usize = 5;

/// Why a host cannot be set up.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BuildError {
    /// No rule pack was given.
    #[error("no rule pack is active: add one, or a directory that holds some")]
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
    /// The trust store cannot remember the active versions.
    #[error("cannot remember the versions of the rule packs")]
    Remember {
        /// Why.
        source: BoxError,
    },
    /// What the host is configured from cannot be had.
    #[error("cannot configure the host")]
    Configure {
        /// Why.
        source: BoxError,
    },
    /// A directory or file cannot be read.
    #[error("cannot read `{path}`")]
    Read {
        /// The directory or file.
        path: String,
        /// What the system said, or what the file is instead.
        source: ReadError,
    },
    /// A directory holds no rule pack.
    #[error("`{path}` holds no rule pack (a file whose name ends in `.wasm`){}", only(ignored))]
    EmptyDirectory {
        /// The directory.
        path: String,
        /// What it holds instead.
        ignored: Vec<PathBuf>,
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
    /// A rule pack does not pass its self-test.
    #[error("the rule pack {pack} does not pass its self-test")]
    SelfTest {
        /// Its id in backticks, and its version.
        pack: String,
        /// Every case that differs, and every rule without one that fails.
        source: crate::self_test::problem::SelfTestError,
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
    /// A pack that must be there is not.
    #[error(
        "the rule pack `{pack}` is required and not there; there are {known}: bring it back, or require it no more"
    )]
    MissingPack {
        /// The id.
        pack: String,
        /// The ids that there are.
        known: String,
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
    /// A setting is for a pack that is not active.
    #[error("no rule pack `{pack}` is active; there are {known}")]
    UnknownPack {
        /// The id.
        pack: String,
        /// The ids that there are.
        known: String,
    },
    /// A setting is for a rule that no pack has.
    #[error("no active rule pack has the rule `{rule}`{}", did_you_mean(meant))]
    UnknownRule {
        /// The id.
        rule: String,
        /// The id that was probably meant.
        meant: Option<String>,
    },
    /// A rule has no violation of the code that a setting names.
    #[error(
        "the rule `{rule}` has no violation `{violation}`{}",
        if meant.is_some() { did_you_mean(meant) } else { format!("; it has {known}") }
    )]
    UnknownViolation {
        /// The rule.
        rule: String,
        /// The code.
        violation: String,
        /// The code that was probably meant.
        meant: Option<String>,
        /// The codes that there are.
        known: String,
    },
    /// A severity is not lower than the rule's own: nobody can raise one.
    #[error("cannot lower {what} to `{wanted}`, it is `{declared}` itself")]
    NotLower {
        /// The rule, or the violation of a rule.
        what: String,
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
    /// A setting downgrades a national rule and no document allows it.
    #[error(
        "{what} lowers national rules, which takes the document that allows it: give its number as `decision`, or cite it in the reason, like `12/QĐ-UBND`"
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
        "the rule pack `{pack}` is active by itself, only a historic one is adopted: remove the entry"
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

/// Why the active packs stay the ones they were.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReloadError {
    /// The candidate cannot be taken.
    #[error("the active rule packs stay: the new set is refused")]
    Refused {
        /// Why.
        source: BuildError,
    },
    /// There was no set before this one.
    #[error("there is no earlier set of rule packs to go back to")]
    NothingBefore,
}

/// Names of what is in a folder instead of packs; the first tell which folder it is.
fn only(ignored: &[PathBuf]) -> String {
    let names = ignored.iter().filter_map(|path| path.file_name());
    let names = names.map(|name| format!("`{}`", sanitize(&name.to_string_lossy())));
    match names.take(ENTRIES_SHOWN_MAX).collect::<Vec<_>>().join(", ") {
        none if none.is_empty() => none,
        names if ignored.len() > ENTRIES_SHOWN_MAX => {
            format!(", only {names} and {} more", ignored.len() - ENTRIES_SHOWN_MAX)
        }
        names => format!(", only {names}"),
    }
}

fn did_you_mean(meant: &Option<String>) -> String {
    meant.as_ref().map_or_else(String::new, |meant| format!("; did you mean `{meant}`?"))
}

kycuong_model::error_codes! { BuildError {
    NoPacks => "no-packs",
    NoTrust => "no-trust",
    TrustAndUnsigned => "trust-and-unsigned",
    NotVerified => "pack-not-verified",
    Remember => "versions-not-remembered",
    Configure => "not-configured",
    Read => "path-unreadable",
    EmptyDirectory => "empty-directory",
    Sandbox => "no-sandbox",
    Load => "pack-not-loaded",
    SelfTest => "self-test-failed",
    OtherLimits => "other-limits",
    DuplicatePack => "duplicate-pack",
    MissingPack => "missing-pack",
    Deployment => "deployment-unusable",
    Setting => "setting-refused",
    UnknownPack => "unknown-pack",
    UnknownRule => "unknown-rule",
    UnknownViolation => "unknown-violation",
    NotLower => "severity-not-lower",
    NoReason => "setting-without-reason",
    NoDocument => "setting-without-document",
    Twice => "set-twice",
    NotHistoric => "pack-not-historic",
    Dates => "dates-out-of-order",
    UnknownParameter => "unknown-parameter",
    ParameterKind => "parameter-kind",
    ParameterBounds => "parameter-out-of-bounds",
    Host => "host-broken",
} }

kycuong_model::error_codes! { ReloadError {
    Refused => "candidate-refused",
    NothingBefore => "nothing-to-roll-back-to",
} }
