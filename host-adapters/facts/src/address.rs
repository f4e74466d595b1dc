//! Where facts are: a folder, a file, a SQLite file or a PostgreSQL database, in one text.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use kycuong_engine::FactSource;
use kycuong_model::text::sanitize;

use crate::databases::{PostgresAddress, PostgresFacts, SqliteFacts};
use crate::deferred::Deferred;
use crate::error::FactsError;
use crate::files::FileFacts;
use crate::place::Place;
use crate::set::FactSet;

/// Where facts are, or where they go.
#[derive(Clone)]
#[non_exhaustive]
pub enum Address {
    /// A folder of files, a file, or a workbook.
    Files(PathBuf),
    /// A SQLite file.
    Sqlite(PathBuf),
    /// A PostgreSQL database.
    Postgres(Box<PostgresAddress>),
}

impl Address {
    /// Understands an address: `postgres://…` or `host=… dbname=…`, in any case of its letters;
    /// `sqlite:facts.db`, a name that ends in `.db`, `.sqlite` or `.sqlite3`; anything else is a path of files.
    ///
    /// # Errors
    ///
    /// [`FactsError::Address`] for an address of PostgreSQL that cannot be understood, and for what might be
    /// an address with a password and is no file: neither is repeated.
    pub fn parse(text: &str) -> Result<Self, FactsError> {
        if PostgresAddress::is_meant(text) {
            return Ok(Self::Postgres(Box::new(PostgresAddress::parse(text)?)));
        }
        let scheme = text.get(..SQLITE.len()).filter(|start| start.eq_ignore_ascii_case(SQLITE));
        let path = Path::new(scheme.and_then(|_| text.get(SQLITE.len()..)).unwrap_or(text));
        if may_hold_a_password(text) && std::fs::symlink_metadata(path).is_err() {
            return Err(FactsError::Address);
        }
        let ends_as = |end: &str| path.extension().is_some_and(|e| e.eq_ignore_ascii_case(end));
        let sqlite = scheme.is_some() || ["db", "sqlite", "sqlite3"].into_iter().any(ends_as);
        Ok(if sqlite { Self::Sqlite(path.to_owned()) } else { Self::Files(path.to_owned()) })
    }

    /// Gives a PostgreSQL database the password that its address does not have.
    #[must_use]
    pub fn with_password(mut self, password: &str) -> Self {
        if let Self::Postgres(address) = &mut self {
            address.set_password(password);
        }
        self
    }

    /// Opens it as a source for checks.
    ///
    /// # Errors
    ///
    /// [`FactsError`] when it cannot be read, or when files have anything wrong.
    pub fn open(&self) -> Result<Arc<dyn FactSource>, FactsError> {
        Ok(match self {
            Self::Files(path) => Arc::new(FileFacts::open(path)?),
            Self::Sqlite(path) => Arc::new(SqliteFacts::open(path)?),
            Self::Postgres(address) => Arc::new(PostgresFacts::connect(address)?),
        })
    }

    /// Opens it as [`Address::open`] does, and says which files and sheets are named as no table is and were
    /// left alone.
    ///
    /// # Errors
    ///
    /// As [`Address::open`].
    pub fn open_telling(&self) -> Result<(Arc<dyn FactSource>, Vec<Place>), FactsError> {
        match self {
            Self::Files(path) => {
                let files = FileFacts::open(path)?;
                let ignored = files.ignored().to_vec();
                Ok((Arc::new(files), ignored))
            }
            _ => Ok((self.open()?, Vec::new())),
        }
    }

    /// A source that is opened when it is first asked, and again after it could not be: for a host that goes
    /// on without it ([`OnFactFailure::NotEvaluated`](kycuong_engine::OnFactFailure)), also from its start.
    pub fn open_when_asked(&self) -> Arc<dyn FactSource> {
        let address = self.clone();
        Arc::new(Deferred::new(move || address.open()))
    }

    /// Reads and checks all of its tables.
    ///
    /// # Errors
    ///
    /// [`FactsError`] when it cannot be read, or with everything that is wrong.
    pub fn read(&self) -> Result<FactSet, FactsError> {
        match self {
            Self::Files(path) => FactSet::from_files(path),
            Self::Sqlite(path) => SqliteFacts::open(path)?.read(),
            Self::Postgres(address) => PostgresFacts::connect(address)?.read(),
        }
    }
}

/// What stands before the path of a SQLite file.
const SQLITE: &str = "sqlite:";

/// Whether a text may be an address with a password in it, of whatever system.
fn may_hold_a_password(text: &str) -> bool {
    let text = text.to_lowercase();
    ["://", "@", "password=", "pwd="].iter().any(|sign| text.contains(sign))
}

/// Without user and password.
impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Files(path) | Self::Sqlite(path) => {
                f.write_str(&sanitize(&path.display().to_string()))
            }
            Self::Postgres(address) => address.fmt(f),
        }
    }
}

/// Without user and password.
impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Address({self})")
    }
}
