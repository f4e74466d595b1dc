//! Workbooks part by part, as no program writes them.

use std::io::Write;

use flate2::write::DeflateEncoder;
use flate2::{Compress, Compression, Crc, FlushCompress};

/// A part of an archive.
pub struct Part {
    pub name: String,
    pub packed: Vec<u8>,
    pub method: u16,
    pub checksum: u32,
    /// What the headers say of its size.
    pub stated: u32,
    pub flags: u16,
}

impl Part {
    /// A part as it should be.
    pub fn new(name: &str, content: &[u8]) -> Self {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(content).unwrap();
        Self {
            name: name.to_owned(),
            packed: encoder.finish().unwrap(),
            method: 8,
            checksum: checksum(&[content]),
            stated: u32::try_from(content.len()).unwrap(),
            flags: 0,
        }
    }

    /// A part that is `before`, a stretch of bytes so many times, and `after`; it says that it is small.
    pub fn bomb(name: &str, before: &str, stretch: &[u8], times: usize, after: &str) -> Self {
        let mut packed = flushed(before.as_bytes());
        let middle = flushed(stretch);
        for _ in 0..times {
            packed.extend_from_slice(&middle);
        }
        packed.extend(flushed(after.as_bytes()));
        packed.extend_from_slice(&[3, 0]); // an empty last block
        // Nobody reads as far as the checksum.
        Self { name: name.to_owned(), packed, method: 8, checksum: 0, stated: 100, flags: 0 }
    }
}

fn checksum(pieces: &[&[u8]]) -> u32 {
    let mut crc = Crc::new();
    pieces.iter().for_each(|piece| crc.update(piece));
    crc.sum()
}

/// A stretch deflated up to a whole byte, that can stand anywhere.
fn flushed(stretch: &[u8]) -> Vec<u8> {
    let mut deflate = Compress::new(Compression::fast(), false);
    let mut packed = Vec::with_capacity(stretch.len() + 1_024);
    deflate.compress_vec(stretch, &mut packed, FlushCompress::Full).unwrap();
    packed
}

/// The bytes of an archive; `entries` is how many it says it has, if not as many as there are.
pub fn archive(parts: &[Part], entries: Option<u16>) -> Vec<u8> {
    let (mut bytes, mut list) = (Vec::new(), Vec::new());
    for part in parts {
        let start = u32::try_from(bytes.len()).unwrap();
        let mut fields = Vec::new();
        fields.extend_from_slice(&20u16.to_le_bytes());
        fields.extend_from_slice(&part.flags.to_le_bytes());
        fields.extend_from_slice(&part.method.to_le_bytes());
        fields.extend_from_slice(&[0; 4]);
        fields.extend_from_slice(&part.checksum.to_le_bytes());
        fields.extend_from_slice(&u32::try_from(part.packed.len()).unwrap().to_le_bytes());
        fields.extend_from_slice(&part.stated.to_le_bytes());
        fields.extend_from_slice(&u16::try_from(part.name.len()).unwrap().to_le_bytes());
        fields.extend_from_slice(&[0; 2]);
        bytes.extend_from_slice(b"PK\x03\x04");
        bytes.extend_from_slice(&fields);
        bytes.extend_from_slice(part.name.as_bytes());
        bytes.extend_from_slice(&part.packed);
        list.extend_from_slice(b"PK\x01\x02\x14\x00");
        list.extend_from_slice(&fields);
        list.extend_from_slice(&[0; 10]);
        list.extend_from_slice(&start.to_le_bytes());
        list.extend_from_slice(part.name.as_bytes());
    }
    let start = u32::try_from(bytes.len()).unwrap();
    let entries = entries.unwrap_or_else(|| u16::try_from(parts.len()).unwrap());
    bytes.extend_from_slice(&list);
    bytes.extend_from_slice(b"PK\x05\x06\0\0\0\0");
    bytes.extend_from_slice(&entries.to_le_bytes());
    bytes.extend_from_slice(&entries.to_le_bytes());
    bytes.extend_from_slice(&u32::try_from(list.len()).unwrap().to_le_bytes());
    bytes.extend_from_slice(&start.to_le_bytes());
    bytes.extend_from_slice(&[0; 2]);
    bytes
}

/// The parts of a workbook without its sheet and shared texts: one sheet, `working_days`.
pub fn frame(sheets: &str) -> Vec<Part> {
    let main = format!("<workbook xmlns:r=\"r\"><workbookPr/><sheets>{sheets}</sheets></workbook>");
    let relation = |id: &str, kind: &str, target: &str| {
        format!("<Relationship Id=\"{id}\" Type=\"http://x/{kind}\" Target=\"{target}\"/>")
    };
    let top = relation("rId1", "officeDocument", "xl/workbook.xml");
    let inside = [
        relation("rId1", "worksheet", "worksheets/sheet1.xml"),
        relation("rId2", "sharedStrings", "sharedStrings.xml"),
        relation("rId3", "styles", "/xl/styles.xml"),
    ]
    .concat();
    let relations = |inside: &str| format!("<Relationships>{inside}</Relationships>");
    vec![
        Part::new("_rels/.rels", relations(&top).as_bytes()),
        Part::new("xl/workbook.xml", main.as_bytes()),
        Part::new("xl/_rels/workbook.xml.rels", relations(&inside).as_bytes()),
        Part::new(
            "xl/styles.xml",
            b"<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"dd/mm/yyyy\"/></numFmts><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/></cellXfs></styleSheet>",
        ),
    ]
}

/// The one sheet of a frame.
pub const SHEET: &str = "<sheet name=\"working_days\" sheetId=\"1\" r:id=\"rId1\"/>";

/// A workbook with a sheet and shared texts.
pub fn book(sheet: Part, texts: Part) -> Vec<u8> {
    let mut parts = frame(SHEET);
    parts.extend([sheet, texts]);
    archive(&parts, None)
}

/// A sheet of these rows.
pub fn sheet(rows: &str) -> Part {
    let text = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
    Part::new("xl/worksheets/sheet1.xml", text.as_bytes())
}

/// These shared texts.
pub fn texts(items: &str) -> Part {
    Part::new(
        "xl/sharedStrings.xml",
        format!("<sst uniqueCount=\"99999999999\" count=\"99999999999\">{items}</sst>").as_bytes(),
    )
}

/// The first row of the table, by shared texts 0 to 2.
pub const HEAD: &str = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c><c r=\"C1\" t=\"s\"><v>2</v></c></row>";
/// Those texts.
pub const NAMES: &str = "<si><t>date</t></si><si><t>working</t></si><si><r><t>na</t></r><r><t>me</t></r><rPh><t>x</t></rPh></si>";
