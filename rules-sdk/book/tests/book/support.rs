//! The six packs, built once, and their book.

use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use kycuong_book::{Book, BookPack, render};
use kycuong_pack_builder::Builder;

/// The packs of the examples.
pub fn packs() -> &'static [BookPack] {
    static PACKS: OnceLock<Vec<BookPack>> = OnceLock::new();
    PACKS.get_or_init(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/rule-packs");
        let mut sources: Vec<_> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        sources.retain(|source| source.join("Cargo.toml").is_file());
        sources.sort();
        let built = Builder::new().build(&sources).unwrap();
        let packs = built.into_iter().map(|pack| BookPack {
            manifest: pack.manifest,
            cases: pack.cases,
            digest: format!("sha256:{}", pack.digest),
        });
        packs.collect()
    })
}

/// Their book.
pub fn book() -> &'static Book {
    static BOOK: OnceLock<Book> = OnceLock::new();
    BOOK.get_or_init(|| render(packs().to_vec()).unwrap())
}

/// The page of a rule, and that of its cases.
pub fn pages_of(rule: &str) -> (&'static str, &'static str) {
    let page = |folder| book().files.get(&format!("{folder}/{rule}.html")).unwrap().as_str();
    (page("rules"), page("cases"))
}

/// A book as files.
pub fn write(book: &Book, folder: &Path) {
    for (name, text) in &book.files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}
