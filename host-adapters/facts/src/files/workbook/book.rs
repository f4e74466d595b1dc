//! What of a workbook its sheets need: their names and parts, the shared texts, the formats of cells.

use std::collections::BTreeMap;

use super::archive::Archive;
use super::serial::Shown;
use super::xml::{Xml, malformed};
use crate::excess::{Excess, Measure, count};
use crate::limits::{FORMATS_MAX, SHARED_TEXTS_MAX, SHEETS_MAX, Usage};
use crate::problem::ProblemKind;

/// A workbook that is open.
pub(super) struct Book<'b> {
    archive: Archive<'b>,
    /// The names of the sheets with those of their parts, in the order of the workbook.
    pub sheets: Vec<(String, String)>,
    /// The shared texts.
    pub texts: Vec<Box<str>>,
    /// What the formats of cells make of numbers.
    pub formats: Vec<Shown>,
    /// Whether days are counted from 1904.
    pub from_1904: bool,
}

impl<'b> Book<'b> {
    /// Opens a workbook by its bytes.
    pub fn open(bytes: &'b [u8], usage: &mut Usage) -> Result<Self, ProblemKind> {
        let archive = Archive::open(bytes)?;
        let main = relations(&archive, "_rels/.rels", usage)?
            .into_values()
            .find(|(kind, _)| kind == "officeDocument")
            .map(|(_, target)| resolved("", &target))
            .ok_or_else(|| malformed("it names no workbook"))?;
        let (folder, file) = main.rsplit_once('/').unwrap_or(("", main.as_str()));
        let relations = relations(&archive, &join(folder, &format!("_rels/{file}.rels")), usage)?;
        let mut book = Self {
            sheets: Vec::new(),
            texts: Vec::new(),
            formats: Vec::new(),
            from_1904: false,
            archive,
        };
        book.read_main(&main, folder, &relations, usage)?;
        for (kind, target) in relations.values() {
            let part = resolved(folder, target);
            match kind.as_str() {
                "sharedStrings" => book.read_texts(&part, usage)?,
                "styles" => book.read_formats(&part, usage)?,
                _ => {}
            }
        }
        Ok(book)
    }

    /// The pieces of a sheet's part.
    pub fn sheet<'u>(&self, part: &str, usage: &'u mut Usage) -> Result<Xml<'b, 'u>, ProblemKind> {
        open(&self.archive, part, usage)
    }

    fn read_main(
        &mut self,
        main: &str,
        folder: &str,
        relations: &BTreeMap<String, (String, String)>,
        usage: &mut Usage,
    ) -> Result<(), ProblemKind> {
        let mut xml = open(&self.archive, main, usage)?;
        while let Some(start) = xml.next_start()? {
            match start.name.as_str() {
                "workbookPr" => {
                    if let Some(value) = start.get("date1904") {
                        self.from_1904 = matches!(value, "1" | "true");
                    }
                }
                "sheet" => {
                    let name = start.get("name").unwrap_or_default().to_owned();
                    let relation = start.get("id").and_then(|id| relations.get(id));
                    let (kind, target) =
                        relation.ok_or_else(|| malformed("a sheet without a part"))?;
                    // Charts and dialogs are sheets without cells.
                    if kind == "worksheet" {
                        self.sheets.push((name, resolved(folder, target)));
                    }
                    Excess::check(Measure::Sheets, count(self.sheets.len()), SHEETS_MAX)?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn read_texts(&mut self, part: &str, usage: &mut Usage) -> Result<(), ProblemKind> {
        let mut xml = open(&self.archive, part, usage)?;
        while let Some(start) = xml.next_start()? {
            if start.name == "si" {
                Excess::check(Measure::SharedTexts, count(self.texts.len()) + 1, SHARED_TEXTS_MAX)?;
                self.texts.push(xml.rich_text()?.into());
            }
        }
        Ok(())
    }

    fn read_formats(&mut self, part: &str, usage: &mut Usage) -> Result<(), ProblemKind> {
        let mut own: BTreeMap<u32, Shown> = BTreeMap::new();
        let mut in_cells = false;
        let mut xml = open(&self.archive, part, usage)?;
        while let Some(start) = xml.next_start()? {
            let id = start.get("numFmtId").and_then(|id| id.parse().ok());
            match start.name.as_str() {
                "numFmt" => {
                    if let (Some(id), Some(code)) = (id, start.get("formatCode")) {
                        own.insert(id, Shown::by_code(code));
                    }
                }
                "cellXfs" => in_cells = true,
                "cellStyleXfs" | "cellStyles" | "dxfs" => in_cells = false,
                "xf" if in_cells => {
                    let shown = id.map_or(Shown::Number, |id: u32| {
                        own.get(&id).copied().unwrap_or_else(|| Shown::built_in(id))
                    });
                    self.formats.push(shown);
                }
                _ => {}
            }
            let formats = count(self.formats.len().max(own.len()));
            Excess::check(Measure::Formats, formats, FORMATS_MAX)?;
        }
        Ok(())
    }
}

fn open<'b, 'u>(
    archive: &Archive<'b>,
    part: &str,
    usage: &'u mut Usage,
) -> Result<Xml<'b, 'u>, ProblemKind> {
    let part = archive.part(part, usage).ok_or_else(|| malformed("a part is missing"))?;
    Ok(Xml::new(part))
}

/// The relations of a part by id: the last word of the kind, and the target.
fn relations(
    archive: &Archive<'_>,
    part: &str,
    usage: &mut Usage,
) -> Result<BTreeMap<String, (String, String)>, ProblemKind> {
    let mut relations = BTreeMap::new();
    let mut xml = open(archive, part, usage)?;
    while let Some(start) = xml.next_start()? {
        if start.name == "Relationship"
            && start.get("TargetMode") != Some("External")
            && let (Some(id), Some(kind), Some(target)) =
                (start.get("Id"), start.get("Type"), start.get("Target"))
        {
            let kind = kind.rsplit('/').next().unwrap_or_default();
            relations.insert(id.to_owned(), (kind.to_owned(), target.to_owned()));
            Excess::check(Measure::Parts, count(relations.len()), crate::limits::PARTS_MAX)?;
        }
    }
    Ok(relations)
}

/// The name of the part that a target means, from a folder of the archive.
fn resolved(folder: &str, target: &str) -> String {
    match target.strip_prefix('/') {
        Some(absolute) => absolute.to_owned(),
        None => join(folder, target),
    }
}

fn join(folder: &str, name: &str) -> String {
    let mut steps: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in name.split('/') {
        match step {
            "." | "" => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    steps.join("/")
}
