//! What stops a command, for whoever typed it: in one line, with what to do and a code.

use std::io;
use std::path::{Path, PathBuf};

use kycuong_model::text::with_causes;

/// Why a command cannot do its work. The cause, where there is one, is the source.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    #[error("cannot {action} `{}`", path.display())]
    File { action: &'static str, path: PathBuf, source: io::Error },
    /// A file that is a link to nothing, or that others may read or write.
    #[error(transparent)]
    Relied(#[from] kycuong_files::FileError),
    #[error("`{}` is read by this command: write the result to another file", path.display())]
    OverInput { path: PathBuf },
    #[error("`{}` holds no *.json to check (files that end in .report.json are left out)", folder.display())]
    EmptyFolder { folder: PathBuf },
    #[error("there is nothing to check: all files named end in .report.json, which are reports")]
    OnlyReports,
    #[error("{empty}: run `kycuong build DIR…` there, or name another folder")]
    NoPacksIn { empty: kycuong_engine::BuildError },
    #[error(
        "no rule packs: give `--packs DIR` or `--pack FILE`, set KYCUONG_PACKS, or build them with `cargo demo` or `kycuong build examples/rule-packs/*`"
    )]
    NoPacks,
    #[error(
        "nobody said whose rule packs are trusted: name the trust file with `--trust FILE`, or, in development, add `--allow-unsigned` (or set KYCUONG_ALLOW_UNSIGNED=1), which every report then says"
    )]
    NobodyTrusted,
    #[error("cannot load rule pack `{}`", path.display())]
    Load { path: PathBuf, source: kycuong_engine::error::LoadError },
    #[error("cannot set up the sandbox")]
    Sandbox { source: kycuong_engine::error::LoadError },
    #[error("no rule `{wanted}` in {packs}: {advice}")]
    NoSuchRule { wanted: String, packs: String, advice: String },
    #[error(
        "`{name}` is no {what}: write a-z, 0-9 and single hyphens, starting with a letter, at most 64, like `{example}`"
    )]
    BadName { name: String, what: &'static str, example: &'static str },
    #[error(transparent)]
    Area(#[from] kycuong_model::jurisdiction::PackAreaError),
    #[error(
        "`{slug}` ended on {ended} and is in `{successor}` now: name that one; a pack for what was issued before names `{slug}` in its `src/lib.rs`"
    )]
    EndedProvince { slug: &'static str, ended: kycuong_model::date::Date, successor: &'static str },
    #[error(
        "`{name}` is a word of the Rust language: choose a longer name, like `{name}-required`"
    )]
    Keyword { name: String },
    #[error("`{name}` is no requirement of a rule list: write `R` and a number, like `R69`")]
    BadRequirement { name: String },
    #[error("`{}` exists already: choose another name or remove it", path.display())]
    Exists { path: PathBuf },
    #[error("`{}` is no rules-sdk: it has no Cargo.toml of the package `kycuong-rules-sdk`", path.display())]
    NotSdk { path: PathBuf },
    #[error(
        "the rules-sdk is not found above this folder: give `--sdk PATH`, the folder `rules-sdk` of kycuong's sources"
    )]
    NoSdk,
    #[error("`{}` is no rule pack: {what}; go to a pack's folder, give `--dir`, or start one with `kycuong new-pack`", dir.display())]
    NotPack { dir: PathBuf, what: &'static str },
    #[error(transparent)]
    Build(#[from] kycuong_pack_builder::BuildError),
    #[error(transparent)]
    Mutation(#[from] kycuong_mutation::MutationError),
    #[error(transparent)]
    Engine(#[from] kycuong_engine::BuildError),
    #[error("cannot check `{name}`")]
    Check { name: String, source: kycuong_engine::CheckError },
    #[error("cannot use the key `{}`", path.display())]
    Key { path: PathBuf, source: kycuong_trust::KeyError },
    #[error(
        "no private key: name it with `--key`, or let a token sign (`--to-be-signed`, then `--signature`)"
    )]
    NoKey,
    #[error("cannot use the certificate `{}`", path.display())]
    Certificate { path: PathBuf, source: kycuong_trust::CertificateError },
    #[error("cannot make a key")]
    NewKey { source: kycuong_trust::KeyError },
    #[error("cannot sign `{}`", path.display())]
    Sign { path: PathBuf, source: kycuong_trust::SectionError },
    #[error(
        "`{}` was altered after {signers} signed it, so their signatures no longer count: sign the file that they signed, or start from the unsigned one",
        path.display()
    )]
    AlteredSinceSigned { path: PathBuf, signers: String },
    #[error("cannot read the signatures of `{}`", path.display())]
    Signatures { path: PathBuf, source: kycuong_trust::SectionError },
    #[error("`{}` is a rule pack: name the trust file that says whose signatures count, `--trust FILE`", path.display())]
    NoTrustFile { path: PathBuf },
    #[error("cannot use the trust file")]
    Trust(#[from] kycuong_trust::TrustError),
    #[error("`{}` is not trusted", path.display())]
    Untrusted { path: PathBuf, source: Box<kycuong_trust::Untrusted> },
    #[error("cannot open the facts in `{from}`")]
    Facts { from: String, source: kycuong_facts::FactsError },
    #[error("problems in the facts of `{from}`: {count}, listed above; nothing was done")]
    WrongFacts { from: String, count: usize },
    #[error(transparent)]
    FactStore(#[from] kycuong_facts::FactsError),
    #[error(transparent)]
    Book(#[from] kycuong_book::BookError),
    #[error("`{}` holds files and is no rule book (it has no `{list}`): name an empty folder", folder.display())]
    NotABook { folder: PathBuf, list: &'static str },
    #[error("the facts in `{from}` have no table `{table}`")]
    NoTable { from: String, table: &'static str },
    #[error("cannot fetch the facts of `{from}`")]
    Fetch { from: String, source: kycuong_engine::FactError },
    #[error("cannot read the legal register in `{from}`")]
    Register { from: String, source: kycuong_lint::RegisterError },
    #[error(
        "a draft is shown for people or as JSON: leave out `--format`, or make it `human` or `json`"
    )]
    DraftFormat,
    #[error(transparent)]
    AuditLog(#[from] kycuong_audit::AuditLogError),
    #[error("the audit log `{}` has no entry yet", log.display())]
    EmptyLog { log: PathBuf },
    #[error("`{}` is no report that `kycuong check --format json` wrote, no list of them and no receipt", path.display())]
    NotAReceipt { path: PathBuf },
    #[error("cannot write the report as JSON")]
    Report { source: kycuong_engine::report::ReportError },
    #[error("`{}` cannot be read", path.display())]
    StoredReport { path: PathBuf, source: kycuong_engine::report::ReportError },
    #[error("cannot write the result")]
    Output { source: io::Error },
}

kycuong_model::error_codes!(CommandError {
    File => "file",
    Relied => "unreliable-file",
    OverInput => "over-input",
    EmptyFolder => "empty-folder",
    OnlyReports => "only-reports",
    NoPacksIn => "no-packs-in",
    NoPacks => "no-packs",
    NobodyTrusted => "nobody-trusted",
    Load => "load",
    Sandbox => "sandbox",
    NoSuchRule => "no-such-rule",
    BadName => "bad-name",
    Area => "area",
    EndedProvince => "ended-province",
    Keyword => "keyword",
    BadRequirement => "bad-requirement",
    Exists => "exists",
    NotSdk => "not-sdk",
    NoSdk => "no-sdk",
    NotPack => "not-pack",
    Build => "build",
    Mutation => "mutation",
    Engine => "engine",
    Check => "check",
    Key => "key",
    NoKey => "no-key",
    Certificate => "certificate",
    NewKey => "new-key",
    Sign => "sign",
    AlteredSinceSigned => "altered-since-signed",
    Signatures => "signatures",
    NoTrustFile => "no-trust-file",
    Trust => "trust",
    Untrusted => "untrusted",
    Facts => "facts",
    WrongFacts => "wrong-facts",
    FactStore => "fact-store",
    Book => "book",
    NotABook => "not-a-book",
    NoTable => "no-table",
    Fetch => "fetch",
    Register => "register",
    DraftFormat => "draft-format",
    AuditLog => "audit-log",
    EmptyLog => "empty-log",
    NotAReceipt => "not-a-receipt",
    Output => "output",
    Report => "report",
    StoredReport => "unreadable-report",
});

/// A line without the passwords of addresses in it, however they came there: what stands between `://` and
/// `@`, and after `password=`.
pub fn without_passwords(line: &str) -> String {
    let mut safe = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("://") {
        safe += before;
        safe += "://";
        let end = after.find(|letter: char| letter.is_whitespace() || letter == '`');
        let (address, others) = after.split_at(end.unwrap_or(after.len()));
        match address.rsplit_once('@') {
            Some((_, place)) => {
                safe += "…@";
                safe += place;
            }
            None => safe += address,
        }
        rest = others;
    }
    safe += rest;
    let lower = safe.to_ascii_lowercase();
    let Some(at) = lower.find("password=").filter(|_| lower.len() == safe.len()) else {
        return safe;
    };
    let (before, after) = safe.split_at(at + "password=".len());
    let end = match after.strip_prefix('\'') {
        Some(quoted) => quoted.find('\'').map(|end| end + 2),
        None => after.find(|letter: char| letter.is_whitespace() || letter == '`'),
    };
    let (_, others) = after.split_at(end.unwrap_or(after.len()));
    format!("{before}…{}", without_passwords(others))
}

impl CommandError {
    /// The error of a file, from what the system said.
    pub fn file<E: Into<io::Error>>(action: &'static str, path: &Path) -> impl FnOnce(E) -> Self {
        move |error| Self::File { action, path: path.to_owned(), source: error.into() }
    }

    /// The code of what is wrong: where a library's error is shown as it is, that one's.
    fn code_shown(&self) -> &'static str {
        match self {
            Self::Build(error) => error.code(),
            Self::Relied(error) => error.code(),
            Self::Mutation(error) => error.code(),
            Self::FactStore(error) => error.code(),
            Self::Book(error) => error.code(),
            Self::Area(error) => error.code(),
            Self::AuditLog(error) => error.code(),
            error => error.code(),
        }
    }

    /// What to tell the person: one line, the causes included, with the code at its end.
    pub fn line(&self) -> String {
        format!("{} [{}]", without_passwords(&self.words()), self.code_shown())
    }

    fn words(&self) -> String {
        match self {
            // What the compiler wrote stands on the screen already.
            Self::Build(error) if error.output().is_some() => error.to_string(),
            Self::Mutation(error) if error.output().is_some() => error.to_string(),
            error => with_causes(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::without_passwords;

    #[test]
    fn passwords_are_never_told() {
        for (line, told) in [
            (
                "cannot read `postgres://an:bi@mat@may-chu/tinh`: no",
                "cannot read `postgres://…@may-chu/tinh`: no",
            ),
            (
                "a MySQL://u:p@h b password=x y Password='q z' w",
                "a MySQL://…@h b password=… y Password=… w",
            ),
            ("password='q z", "password=…"),
            ("see https://example.org/a@b c", "see https://…@b c"),
            ("tệp “đây” `x@y.csv`", "tệp “đây” `x@y.csv`"),
        ] {
            assert_eq!(without_passwords(line), told);
        }
    }
}
