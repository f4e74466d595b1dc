#![doc = include_str!("../README.md")]

mod algorithm;
mod authorities;
mod certificate;
mod certified;
mod day;
mod der_file;
mod error;
mod file;
mod holding;
mod identity;
mod key;
mod pack_id;
mod pem;
mod policy;
mod revocation;
mod revoked;
mod section;
mod signature;
mod state;
mod store;

pub use certificate::CertificateError;
pub use certified::{CertificateChain, CertifiedKey};
pub use error::{TrustError, Untrusted};
pub use key::{KeyError, KeyId, SecretKey};
pub use section::{SECTION_BYTES_MAX, SIGNATURES_SECTION, SectionError, SignedFile};
pub use signature::{
    CERTIFICATE_BYTES_MAX, CHAIN_MAX, Role, SIGNATURES_MAX, Signature, SignatureSet, statement,
};
pub use state::StateError;
pub use store::{TrustStore, check_trust_file};
