//! PEM files as OpenSSL and the software of tokens write them: several blocks, with words between them.

use kycuong_model::text::truncate;
use zeroize::Zeroizing;

/// The label of a certificate.
pub(crate) const CERTIFICATE: &str = "CERTIFICATE";

/// Characters that are repeated of a label; the longest of OpenSSL's have some thirty.
const LABEL_CHARACTERS_MAX: usize = 64;

/// What stands before every block.
const BEGIN: &str = "-----BEGIN ";

/// One block. Its bytes are cleared when they are dropped: they may be a private key.
pub(crate) struct Block {
    /// `CERTIFICATE`, `PRIVATE KEY`, …
    pub(crate) label: String,
    pub(crate) der: Zeroizing<Vec<u8>>,
}

/// Whether a file is PEM, and not DER.
pub(crate) fn is_pem(bytes: &[u8]) -> bool {
    str::from_utf8(bytes).is_ok_and(|text| text.contains(BEGIN))
}

/// The blocks of a file; what is wrong with it, in words.
pub(crate) fn blocks(text: &str) -> Result<Vec<Block>, String> {
    let mut blocks = Vec::new();
    let mut rest = text;
    while let Some((_, after)) = rest.split_once(BEGIN) {
        let number = blocks.len() + 1;
        let end = |what: &str| format!("block {number} of the PEM file {what}");
        let (label, _) = after.split_once("-----").ok_or_else(|| end("has no label"))?;
        let last = format!("-----END {label}-----");
        // Whoever sent the file wrote this, and a terminal must show it and not act on it.
        let label = truncate(label, LABEL_CHARACTERS_MAX);
        let (body, remaining) = after
            .split_once(&last)
            .ok_or_else(|| end(&format!("does not end with `-----END {label}-----`")))?;
        if body.contains("Proc-Type:") {
            blocks.push(Block { label: format!("ENCRYPTED {label}"), der: Zeroizing::default() });
        } else {
            let block = Zeroizing::new(format!("{BEGIN}{body}{last}\n"));
            let (_, der) = der::pem::decode_vec(block.as_bytes())
                .map_err(|error| end(&format!("cannot be read: {error}")))?;
            blocks.push(Block { label, der: Zeroizing::new(der) });
        }
        rest = remaining;
    }
    if blocks.is_empty() {
        return Err("it is no PEM file: it has no line `-----BEGIN …-----`".to_owned());
    }
    Ok(blocks)
}

/// The labels of blocks, for a sentence.
pub(crate) fn labels(blocks: &[Block]) -> String {
    let labels = blocks.iter().map(|block| format!("`{}`", block.label)).collect::<Vec<_>>();
    labels.join(", ")
}
