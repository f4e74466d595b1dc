//! The roots and revocation lists that a trust file names, read from their files.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::certificate::{self, Authority, CertificateError};
use crate::error::TrustError;
use crate::file::AuthorityFiles;
use crate::pem;
use crate::revocation::RevocationList;

/// Largest certificate or revocation list; those of a national authority have some megabytes.
const FILE_BYTES_MAX: usize = 64 << 20;

/// The label of a revocation list.
const REVOCATIONS: &str = "X509 CRL";

/// The configured authorities, by name.
#[derive(Debug, Default)]
pub(crate) struct Authorities(BTreeMap<String, Authority>);

impl Authorities {
    /// Reads the files of all authorities; beside them, their contents in the order of the file.
    pub(crate) fn open(
        named: &[AuthorityFiles],
        folder: &Path,
    ) -> Result<(Self, Vec<Vec<u8>>), TrustError> {
        let mut authorities = BTreeMap::new();
        let mut contents = Vec::new();
        for files in named {
            let (path, bytes) = read(&folder.join(&files.root), pem::CERTIFICATE)?;
            let what = format!("the root of `{}`", files.name);
            let root = certificate::read(&bytes, &what).map_err(trouble(&path))?;
            contents.push(bytes);
            let mut lists = Vec::new();
            for file in &files.revocations {
                let (path, bytes) = read(&folder.join(file), REVOCATIONS)?;
                lists.push(RevocationList::read(&bytes, "the list").map_err(trouble(&path))?);
                contents.push(bytes);
            }
            authorities.insert(files.name.clone(), Authority { root, lists });
        }
        Ok((Self(authorities), contents))
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Authority> {
        self.0.get(name)
    }
}

/// The DER of a file, which may be PEM with one block.
fn read(path: &Path, label: &str) -> Result<(PathBuf, Vec<u8>), TrustError> {
    let path = path.to_owned();
    let bytes =
        fs::read(&path).map_err(|source| TrustError::Read { path: path.clone(), source })?;
    if bytes.len() > FILE_BYTES_MAX {
        return Err(TrustError::TooLarge { path, bytes: bytes.len(), limit: FILE_BYTES_MAX });
    }
    if !pem::is_pem(&bytes) {
        return Ok((path, bytes));
    }
    let content = |detail| TrustError::Content { path: path.clone(), detail };
    let text = str::from_utf8(&bytes).map_err(|error| content(error.to_string()))?;
    let blocks = pem::blocks(text).map_err(content)?;
    let der = match blocks.as_slice() {
        [block] if block.label == label => block.der.to_vec(),
        _ => {
            let found = pem::labels(&blocks);
            return Err(content(format!("it holds {found}, expected one `{label}`")));
        }
    };
    Ok((path, der))
}

fn trouble(path: &Path) -> impl Fn(CertificateError) -> TrustError {
    let path = path.to_owned();
    move |source| TrustError::Certificate { path: path.clone(), source }
}
