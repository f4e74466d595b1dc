//! Where facts are: a folder, a file, a SQLite file or a PostgreSQL database, in one text.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use kycuong_engine::FactSource;

use crate::databases::{PostgresFacts, SqliteFacts};
use crate::error::FactsError;
use crate::files::FileFacts;
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
    Postgres(Box<postgres::Config>),
}

impl Address {
    /// Understands an address: `postgres://…`, `sqlite:facts.db`, a name that ends in `.db`, `.sqlite`
    /// or `.sqlite3`; anything else is a path of files.
    ///
    /// # Errors
    ///
    /// [`FactsError::Address`] for an address of PostgreSQL that cannot be understood.
    pub fn parse(text: &str) -> Result<Self, FactsError> {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            // What the library says of it may quote a part of the password.
            let config = text.parse().map_err(|_| FactsError::Address)?;
            return Ok(Self::Postgres(Box::new(config)));
        }
        if let Some(path) = text.strip_prefix("sqlite:") {
            return Ok(Self::Sqlite(path.into()));
        }
        let path = Path::new(text);
        let ends_as = |end: &str| path.extension().is_some_and(|e| e.eq_ignore_ascii_case(end));
        let sqlite = ["db", "sqlite", "sqlite3"].into_iter().any(ends_as);
        Ok(if sqlite { Self::Sqlite(path.to_owned()) } else { Self::Files(path.to_owned()) })
    }

    /// Gives a PostgreSQL database the password that its address does not have.
    #[must_use]
    pub fn with_password(mut self, password: &str) -> Self {
        if let Self::Postgres(config) = &mut self
            && config.get_password().is_none()
        {
            config.password(password);
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
            Self::Postgres(config) => Arc::new(PostgresFacts::connect(config)?),
        })
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
            Self::Postgres(config) => PostgresFacts::connect(config)?.read(),
        }
    }
}

/// Without user and password.
impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Files(path) | Self::Sqlite(path) => write!(f, "{}", path.display()),
            Self::Postgres(config) => f.write_str(&crate::databases::place_of(config)),
        }
    }
}

/// Without user and password.
impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Address({self})")
    }
}
