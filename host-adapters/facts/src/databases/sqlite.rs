//! Facts in a SQLite file: the store that needs no server.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use kycuong_engine::facts::{FactQuery, FactTable};
use kycuong_engine::{FactError, FactSource};
use kycuong_model::text::BoxError;

use super::{Database, Replaced, Wanted, fetch, read_all};
use crate::error::FactsError;
use crate::set::FactSet;

mod file;
mod reading;
mod replacing;

use file::Opened;

/// A SQLite file as a source of facts. Nothing is written; what an import changes is seen by the next
/// fetch.
///
/// Only tables are read, and of these what stands in them: no views, no virtual tables and no computed
/// columns, whose cost nobody knows. A query ends after 15 s or 500 million steps.
pub struct SqliteFacts {
    path: PathBuf,
    opened: Mutex<Opened>,
}

impl fmt::Debug for SqliteFacts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SqliteFacts").field("path", &self.path).finish_non_exhaustive()
    }
}

impl SqliteFacts {
    /// Opens a file that is there, by its real path.
    ///
    /// # Errors
    ///
    /// [`FactsError::Database`] when it is not there, is no SQLite file, is one of another program, or
    /// cannot be read where it is; [`FactsError::SpecialName`].
    pub fn open(path: impl AsRef<Path>) -> Result<Self, FactsError> {
        let path = path.as_ref();
        let opened = Opened::to_read(path)?;
        Ok(Self { path: path.to_owned(), opened: Mutex::new(opened) })
    }

    /// Reads and checks all tables.
    ///
    /// # Errors
    ///
    /// [`FactsError`] when it cannot be read, or with everything that is wrong.
    pub fn read(&self) -> Result<FactSet, FactsError> {
        let opened = self.lock();
        let mut file = OpenFile { path: &self.path, opened: &opened };
        // One state of the file, whoever imports meanwhile.
        let state = opened.connection().unchecked_transaction().map_err(BoxError::from);
        let _state = state.map_err(file.failed("read"))?;
        read_all(&mut file)
    }

    /// Replaces the tables of a set, all of them or none; other tables stay as they are. The file is
    /// made when it is not there.
    ///
    /// # Errors
    ///
    /// [`FactsError::Database`]; nothing has changed then. So for a file of another purpose: one that
    /// another program marked as its own, or that has other tables.
    pub fn import(path: impl AsRef<Path>, set: &FactSet) -> Result<Vec<Replaced>, FactsError> {
        let path = path.as_ref();
        let mut opened = Opened::to_write(path)?;
        replacing::replace(opened.connection_mut(), set).map_err(file::failed("write", path))
    }

    fn lock(&self) -> MutexGuard<'_, Opened> {
        // A panic elsewhere leaves a connection that reads as well as before.
        self.opened.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl FactSource for SqliteFacts {
    fn fetch(&self, query: &FactQuery) -> Result<Option<FactTable>, FactError> {
        let opened = self.lock();
        Ok(fetch(&mut OpenFile { path: &self.path, opened: &opened }, query)?)
    }
}

struct OpenFile<'a> {
    path: &'a Path,
    opened: &'a Opened,
}

impl Database for OpenFile<'_> {
    const KIND: &'static str = "SQLite";

    fn at(&self) -> String {
        file::shown(self.path)
    }

    fn columns(&mut self, table: &str) -> Result<Option<Vec<String>>, BoxError> {
        self.opened.watch().start();
        let columns = reading::columns(self.opened.connection(), table);
        columns.map_err(|error| self.opened.explained(error))
    }

    fn rows(&mut self, wanted: &Wanted<'_>) -> Result<Vec<Vec<String>>, BoxError> {
        self.opened.watch().start();
        let rows = reading::rows(self.opened.connection(), wanted);
        rows.map_err(|error| self.opened.explained(error))
    }
}
