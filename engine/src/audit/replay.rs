//! Making a recorded check again, from what is kept of it and nothing else.

use std::sync::Arc;

use kycuong_model::date::Date;
use kycuong_report::{Receipt, Report, Settings, Signing, digest};

use super::EvidenceStore;
use crate::engine::EngineBuilder;
use crate::error::{AuditError, BoxError, ReplayError};
use crate::facts::SuppliedFacts;
use crate::limits::Limits;
use crate::pack::PackDescription;
use crate::trust::{PackVerifier, Verification};

/// Makes the check of a receipt again: the same submission, day, packs, facts, settings and limits.
///
/// The builder brings what changes no report, threads and a directory for compiled code; packs,
/// settings, facts and limits are those of the receipt. Nothing that happened since counts: neither the
/// packs active now, nor what their sources of facts say today. Packs that were tested are tested
/// again, which takes as long as it did.
///
/// # Errors
///
/// [`ReplayError`]: what is not kept or was altered, by digest, and what this host refuses.
pub fn replay(
    builder: EngineBuilder,
    receipt: &Receipt,
    on: Date,
    store: &dyn EvidenceStore,
) -> Result<Report, ReplayError> {
    let submission = piece(store, "submission", &receipt.submission)?;
    let settings: Settings = read("settings", &piece(store, "settings", &receipt.settings)?)?;
    let limits: Limits = read("limits", &piece(store, "limits", &receipt.limits)?)?;
    // The receipt leaves the one bound out that changes no outcome.
    let limits = Limits { instances_max: 1, ..limits };
    let trust = AsRecorded::of(&settings);
    let mut builder = builder.limits(limits).threads(1).set_as_recorded(&settings, trust);
    for pack in &settings.packs {
        let (id, version, expected) = (&pack.pack, &pack.version, &pack.digest);
        let bytes = store.pack(expected).map_err(unreadable)?;
        let bytes = bytes.ok_or_else(|| ReplayError::MissingPack {
            pack: id.clone(),
            version: version.clone(),
            digest: expected.clone(),
        })?;
        authentic(&format!("rule pack `{id}` {version}"), expected, &bytes)?;
        builder = builder.pack_bytes(&bytes);
    }
    let facts = match &receipt.facts {
        None => SuppliedFacts::new(),
        Some(facts) => SuppliedFacts::recorded(&piece(store, "facts", facts)?)
            .map_err(|error| unlike("facts", Box::new(error)))?,
    };
    // Prepared, not built: a check of years ago is nothing for a trust store to remember.
    let engine = builder.prepare().map_err(|source| ReplayError::Build { source })?;
    let check = engine.check_with(&engine.read(submission), on, &facts);
    Ok(check.map_err(|source| ReplayError::Check { source })?.into_report())
}

/// The signatures as they were found then. Keys expire and are revoked since, and what was trusted on
/// that day is part of the report; whether it is trusted today is another question.
struct AsRecorded {
    trust: String,
    settings: Settings,
}

impl AsRecorded {
    /// `None` when no signatures were asked for.
    fn of(settings: &Settings) -> Option<Arc<dyn PackVerifier>> {
        if settings.signing != Some(Signing::Verified) {
            return None;
        }
        let (trust, settings) = (settings.trust.clone().unwrap_or_default(), settings.clone());
        Some(Arc::new(Self { trust, settings }))
    }
}

impl PackVerifier for AsRecorded {
    fn digest(&self) -> String {
        self.trust.clone()
    }

    fn verify(&self, pack: &PackDescription, _: &[u8]) -> Result<Verification, BoxError> {
        let id = &pack.manifest.pack;
        let recorded = self.settings.packs.iter().find(|recorded| recorded.digest == pack.digest);
        let recorded = recorded.ok_or("the settings that are kept do not have this pack")?;
        let rollback = self.settings.rollbacks.iter().find(|rollback| rollback.pack == *id);
        Ok(Verification {
            pack: id.clone(),
            version: pack.manifest.version.clone(),
            jurisdictions: pack.manifest.jurisdiction.provinces.clone(),
            content: pack.digest.clone(),
            signers: recorded.signers.clone(),
            rollback: rollback.cloned(),
        })
    }

    fn remember(&self, _: &[Verification]) -> Result<(), BoxError> {
        Ok(())
    }
}

fn piece(
    store: &dyn EvidenceStore,
    what: &'static str,
    expected: &str,
) -> Result<Vec<u8>, ReplayError> {
    let bytes = store.piece(expected).map_err(unreadable)?;
    let bytes = bytes.ok_or_else(|| ReplayError::Missing { what, digest: expected.to_owned() })?;
    authentic(what, expected, &bytes)?;
    Ok(bytes)
}

fn authentic(what: &str, expected: &str, bytes: &[u8]) -> Result<(), ReplayError> {
    let found = digest(bytes);
    if found == expected {
        return Ok(());
    }
    Err(ReplayError::Altered { what: what.to_owned(), digest: expected.to_owned(), found })
}

fn read<T: serde::de::DeserializeOwned>(
    what: &'static str,
    bytes: &[u8],
) -> Result<T, ReplayError> {
    serde_json::from_slice(bytes).map_err(|error| unlike(what, Box::new(error)))
}

fn unlike(what: &'static str, source: BoxError) -> ReplayError {
    ReplayError::Unlike { what, source }
}

fn unreadable(source: AuditError) -> ReplayError {
    ReplayError::Store { source }
}
