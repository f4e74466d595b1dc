//! Files that a trust file names: certificates and revocation lists, as DER or as PEM with one block.

use std::path::Path;

use kycuong_files::{Exposure, check_trusted, read_bounded};

use crate::error::TrustError;
use crate::pem;

/// Largest certificate or revocation list; those of a national authority have some megabytes.
const FILE_BYTES_MAX: u64 = 64 << 20;

/// The label of a revocation list.
pub(crate) const REVOCATIONS: &str = "X509 CRL";

/// What was read of the files beside a trust file.
#[derive(Debug, Default)]
pub(crate) struct Material {
    /// The DER of each, in the order of the trust file.
    pub(crate) contents: Vec<Vec<u8>>,
    /// Who else may change them.
    pub(crate) exposures: Vec<Exposure>,
}

impl Material {
    /// Reads one more file; a PEM file has one block, of this label.
    pub(crate) fn read(&mut self, path: &Path, label: &str) -> Result<&[u8], TrustError> {
        self.exposures.extend(check_trusted(path)?);
        let bytes = read_bounded(path, FILE_BYTES_MAX)
            .map_err(|source| TrustError::Read { path: path.to_owned(), source })?;
        self.contents.push(if pem::is_pem(&bytes) {
            only_block(path, &bytes, label)?
        } else {
            bytes
        });
        Ok(self.contents.last().map(Vec::as_slice).unwrap_or_default())
    }
}

fn only_block(path: &Path, bytes: &[u8], label: &str) -> Result<Vec<u8>, TrustError> {
    let content = |detail| TrustError::Content { path: path.to_owned(), detail };
    let text = str::from_utf8(bytes).map_err(|error| content(error.to_string()))?;
    let blocks = pem::blocks(text).map_err(content)?;
    match blocks.as_slice() {
        [block] if block.label == label => Ok(block.der.to_vec()),
        _ => {
            let found = pem::labels(&blocks);
            Err(content(format!("it holds {found}, expected one `{label}`")))
        }
    }
}
