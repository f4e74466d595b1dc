//! Digests, as reports, receipts and logs write them.

use sha2::{Digest, Sha256};

/// The SHA-256 of some bytes: `sha256:` and 64 lower-case hexadecimal digits.
pub fn digest(bytes: &[u8]) -> String {
    let digits = base16ct::lower::encode_string(&Sha256::digest(bytes));
    format!("sha256:{digits}")
}
