//! The parts of a workbook: a ZIP archive in memory, each part inflated as it is read and never further than
//! a bound, whatever its headers say.

use std::collections::BTreeMap;
use std::io::{self, Read};

use flate2::Crc;
use flate2::read::DeflateDecoder;

use crate::excess::{Excess, Measure, count};
use crate::limits::{PART_BYTES_MAX, PARTS_MAX, TOKEN_BYTES_MAX, Usage};
use crate::problem::ProblemKind;

/// The parts of an archive by name, all within its bytes.
pub(super) struct Archive<'b> {
    parts: BTreeMap<String, Packed<'b>>,
}

#[derive(Clone, Copy)]
struct Packed<'b> {
    bytes: &'b [u8],
    deflated: bool,
    checksum: u32,
}

/// What begins a file of the older Office, as a workbook with a password is kept.
const COMPOUND: [u8; 8] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
/// The end of the central directory (APPNOTE 4.3.16): its signature, and its length without the comment.
const END: (&[u8], usize) = (b"PK\x05\x06", 22);
/// What stands before it in an archive in the 64-bit format (4.3.15), and what that points to (4.3.14).
const LOCATOR: (&[u8], usize) = (b"PK\x06\x07", 20);
const END_64: (&[u8], usize) = (b"PK\x06\x06", 56);
/// An entry of the central directory (4.3.12) and the header of a part (4.3.7).
const ENTRY: (&[u8], usize) = (b"PK\x01\x02", 46);
const HEADER: (&[u8], usize) = (b"PK\x03\x04", 30);

/// What is not as the format has it.
fn cut() -> ProblemKind {
    malformed("its list of parts is cut or points elsewhere")
}

fn malformed(what: &str) -> ProblemKind {
    ProblemKind::Malformed(what.to_owned())
}

impl<'b> Archive<'b> {
    /// Reads the list of parts.
    pub fn open(bytes: &'b [u8]) -> Result<Self, ProblemKind> {
        if bytes.starts_with(&COMPOUND) {
            return Err(malformed("it is protected by a password"));
        }
        let (number, mut at) = directory(bytes)?;
        Excess::check(Measure::Parts, number, PARTS_MAX)?;
        let mut parts = BTreeMap::new();
        for _ in 0..number {
            let entry = record(bytes, at, ENTRY)?;
            let lengths = [28, 30, 32].map(|field| usize::from(u16_at(entry, field)));
            let [name, extra, comment] = lengths;
            let name = slice(bytes, at + ENTRY.1, name)?;
            let extra = slice(bytes, at + ENTRY.1 + name.len(), extra)?;
            at += ENTRY.1 + name.len() + extra.len() + comment;
            if u16_at(entry, 8) & 1 != 0 {
                return Err(malformed("it is protected by a password"));
            }
            let deflated = match u16_at(entry, 10) {
                0 => false,
                8 => true,
                _ => {
                    return Err(malformed("a part is packed in a way that is not read"));
                }
            };
            let (packed, header) = place(entry, extra)?;
            let lengths = record(bytes, header, HEADER)?;
            let start = header
                + HEADER.1
                + usize::from(u16_at(lengths, 26))
                + usize::from(u16_at(lengths, 28));
            let part = Packed {
                bytes: slice(bytes, start, packed)?,
                deflated,
                checksum: u32_at(entry, 16),
            };
            // Names differ in nothing but case between programs (OPC, 6.2.2.3).
            let name = String::from_utf8_lossy(name).replace('\\', "/").to_lowercase();
            if parts.insert(name, part).is_some() {
                return Err(malformed("a part is there twice"));
            }
        }
        Ok(Self { parts })
    }

    /// A part, inflated as it is read; `None` when there is none of the name.
    pub fn part<'u>(&self, name: &str, usage: &'u mut Usage) -> Option<Part<'b, 'u>> {
        let packed = *self.parts.get(&name.trim_start_matches('/').to_lowercase())?;
        let content: Box<dyn Read + 'b> = match packed.deflated {
            true => Box::new(DeflateDecoder::new(packed.bytes)),
            false => Box::new(packed.bytes),
        };
        let (crc, checksum) = (Crc::new(), packed.checksum);
        Some(Part { content, usage, read: 0, since_tag: 0, crc, checksum, excess: None })
    }
}

/// How many parts there are, and where their list begins.
fn directory(bytes: &[u8]) -> Result<(u64, usize), ProblemKind> {
    // A comment of at most 65 535 bytes follows.
    let earliest = bytes.len().saturating_sub(END.1 + usize::from(u16::MAX));
    let tail = bytes.get(earliest..).unwrap_or_default();
    let at = tail.windows(END.0.len()).rposition(|window| window == END.0);
    let at = earliest + at.ok_or_else(|| malformed("it is no ZIP archive, as a workbook is"))?;
    let end = record(bytes, at, END)?;
    let (number, start) = (u16_at(end, 10), u32_at(end, 16));
    if number < u16::MAX && start < u32::MAX {
        return Ok((u64::from(number), index(u64::from(start))?));
    }
    let locator = record(bytes, at.checked_sub(LOCATOR.1).ok_or_else(cut)?, LOCATOR)?;
    let end = record(bytes, index(u64_at(locator, 8))?, END_64)?;
    Ok((u64_at(end, 32), index(u64_at(end, 48))?))
}

/// The length of a part as it is packed, and where its header is; in 64 bits where 32 do not say.
fn place(entry: &[u8], mut extra: &[u8]) -> Result<(usize, usize), ProblemKind> {
    let (mut packed, size, mut header) =
        (u64::from(u32_at(entry, 20)), u32_at(entry, 24), u64::from(u32_at(entry, 42)));
    while extra.len() >= 4 {
        let (id, length) = (u16_at(extra, 0), usize::from(u16_at(extra, 2)));
        let field = extra.get(4..4 + length).ok_or_else(cut)?;
        if id == 1 {
            // In this order, and only those that 32 bits do not say (4.5.3).
            let mut values = field.chunks_exact(8).map(|value| u64_at(value, 0));
            if size == u32::MAX {
                values.next().ok_or_else(cut)?;
            }
            if packed == u64::from(u32::MAX) {
                packed = values.next().ok_or_else(cut)?;
            }
            if header == u64::from(u32::MAX) {
                header = values.next().ok_or_else(cut)?;
            }
        }
        extra = extra.get(4 + length..).unwrap_or_default();
    }
    Ok((index(packed)?, index(header)?))
}

fn index(number: u64) -> Result<usize, ProblemKind> {
    usize::try_from(number).map_err(|_| cut())
}

fn slice(bytes: &[u8], at: usize, length: usize) -> Result<&[u8], ProblemKind> {
    at.checked_add(length).and_then(|end| bytes.get(at..end)).ok_or_else(cut)
}

fn record<'b>(
    bytes: &'b [u8],
    at: usize,
    (signature, length): (&[u8], usize),
) -> Result<&'b [u8], ProblemKind> {
    let record = slice(bytes, at, length)?;
    if record.starts_with(signature) { Ok(record) } else { Err(cut()) }
}

fn number<const N: usize>(bytes: &[u8], at: usize) -> [u8; N] {
    bytes.get(at..).and_then(|rest| rest.first_chunk()).copied().unwrap_or([0; N])
}

fn u16_at(bytes: &[u8], at: usize) -> u16 {
    u16::from_le_bytes(number(bytes, at))
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes(number(bytes, at))
}

fn u64_at(bytes: &[u8], at: usize) -> u64 {
    u64::from_le_bytes(number(bytes, at))
}

/// A part as it inflates. What is too much ends it with an error, and stands in `excess`.
pub(super) struct Part<'b, 'u> {
    content: Box<dyn Read + 'b>,
    usage: &'u mut Usage,
    read: u64,
    since_tag: u64,
    crc: Crc,
    checksum: u32,
    excess: Option<Excess>,
}

impl Part<'_, '_> {
    /// What of the part there was too much of.
    pub fn excess(&self) -> Option<Excess> {
        self.excess
    }

    /// What the source has used.
    pub fn usage(&mut self) -> &mut Usage {
        self.usage
    }

    fn account(&mut self, bytes: &[u8]) -> Result<(), Excess> {
        let length = count(bytes.len());
        self.read += length;
        Excess::check(Measure::PartBytes, self.read, PART_BYTES_MAX)?;
        self.usage.inflated(length)?;
        // A tag or a text is held whole by whoever reads it.
        for stretch in bytes.split_inclusive(|byte| *byte == b'<') {
            self.since_tag += count(stretch.len());
            Excess::check(Measure::TokenBytes, self.since_tag, TOKEN_BYTES_MAX)?;
            if stretch.ends_with(b"<") {
                self.since_tag = 0;
            }
        }
        Ok(())
    }
}

impl Read for Part<'_, '_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.content.read(buffer)?;
        let bytes = buffer.get(..length).unwrap_or_default();
        self.crc.update(bytes);
        if length == 0 && !buffer.is_empty() && self.crc.sum() != self.checksum {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "a part has another checksum"));
        }
        if let Err(excess) = self.account(bytes) {
            self.excess = Some(excess);
            return Err(io::Error::other("too much of something"));
        }
        Ok(length)
    }
}
