//! The trust file of a command, and what an operator should know of it.

use std::path::Path;

use kycuong_model::date::Date;
use kycuong_model::text::Bilingual;
use kycuong_trust::TrustStore;

use crate::error::CommandError;
use crate::terminal::say;

/// Opens a trust file on a day, and says what may be wrong with its files though nothing is refused.
pub fn trust_store(file: &Path, today: Date) -> Result<TrustStore, CommandError> {
    let store = TrustStore::open(file, today)?;
    for Bilingual { vi, en } in store.notices() {
        say(&format!("kycuong: {vi} ({en})"));
    }
    Ok(store)
}
