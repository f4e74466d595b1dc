#![doc = include_str!("../README.md")]

mod file;
mod hexadecimal;
mod key;
mod policy;
mod section;
mod signature;
mod state;
mod store;

pub use key::{KeyError, KeyId, SecretKey};
pub use section::{SECTION_BYTES_MAX, SIGNATURES_SECTION, SectionError, SignedFile};
pub use signature::{
    CERTIFICATE_BYTES_MAX, CHAIN_MAX, Role, SIGNATURES_MAX, Signature, SignatureSet,
    content_digest, sign, statement,
};
pub use state::StateError;
pub use store::{TrustError, TrustStore, Untrusted};
