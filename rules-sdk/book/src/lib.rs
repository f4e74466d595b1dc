//! The rule book: a set of rule packs as a handbook in Vietnamese, for officials and for print.
//!
//! Everything in it comes from what the packs' files carry, their manifests and their cases; nothing
//! is run, and there is no clock: the same packs give the same bytes. The pages are static HTML with
//! one stylesheet, no scripts and nothing from elsewhere, so they work from a folder, from a server
//! and on paper.
//!
//! What this does not do: say what the law is on some day, or judge a submission.

mod address;
mod layout;
mod pages;
mod reads;
mod style;
mod volume;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use kycuong_model::cases::PackCases;
use kycuong_model::manifest::Manifest;

use crate::volume::Volume;

/// A pack, as its file describes it.
#[derive(Clone, Debug)]
pub struct BookPack {
    /// Its manifest. Its ids become names of files, so it must have been admitted.
    pub manifest: Manifest,
    /// The cases that it carries.
    pub cases: PackCases,
    /// The digest of its file, as reports write it.
    pub digest: String,
}

/// A rule book: the texts of its files by their names, with `/` between folders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Book {
    /// The files; [`LIST`] is one of them.
    pub files: BTreeMap<String, String>,
    /// How many rules it explains.
    pub rules: usize,
    /// How many packs it is made of.
    pub packs: usize,
}

/// The file that lists all files of a book, one a line: what a later book may remove again.
pub const LIST: &str = "files.txt";

/// The page with the whole book in one piece, each rule on a sheet of its own: the one to print.
pub const PRINT: &str = "print.html";

/// Why there is no book.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BookError {
    /// Two files are the same pack.
    #[error("two of the files are rule pack `{pack}`, in the versions {first} and {second}")]
    SamePack {
        /// The pack's id.
        pack: String,
        /// A version.
        first: String,
        /// The other, or the same.
        second: String,
    },
    /// A name that cannot be a file's.
    #[error("`{id}` is no id of a pack or rule: expected kebab-case")]
    Id {
        /// The id.
        id: String,
    },
}

kycuong_model::error_codes!(BookError {
    SamePack => "same-pack",
    Id => "bad-id",
});

/// Renders the book of some packs; their order does not matter.
///
/// # Errors
/// [`BookError`], about packs that no host would load together.
pub fn render(packs: Vec<BookPack>) -> Result<Book, BookError> {
    let volume = Volume::new(packs)?;
    let mut files: BTreeMap<String, String> = pages::all(&volume).into_iter().collect();
    files.insert(style::FILE.to_owned(), style::SHEET.to_owned());
    let names: BTreeSet<&str> = files.keys().map(String::as_str).chain([LIST]).collect();
    let list = names.into_iter().map(|name| format!("{name}\n")).collect();
    files.insert(LIST.to_owned(), list);
    Ok(Book { files, rules: volume.entries().count(), packs: volume.packs().len() })
}
