//! `kycuong book`: the rule book of some packs, written into a folder.

use std::fs;
use std::io;
use std::path::{Component, Path};

use kycuong_book::{Book, BookPack, LIST, PRINT, render};
use kycuong_engine::pack::PackDescription;
use kycuong_files::read_text_bounded;

use crate::args::BookArguments;
use crate::error::CommandError;
use crate::packs::{PackFile, of_set};
use crate::terminal::print;

/// Largest list of the pages of an earlier book, in bytes: 16 MiB, some hundred thousand pages.
const LIST_BYTES_MAX: u64 = 16 << 20;

/// Writes the book and says where it is.
pub fn run(arguments: &BookArguments) -> Result<(), CommandError> {
    let mut packs = Vec::new();
    for path in of_set(&arguments.packs)? {
        let PackDescription { manifest, digest, cases, .. } = PackFile::read(path)?.describe()?;
        packs.push(BookPack { manifest, cases, digest });
    }
    let book = render(packs)?;
    write(&book, &arguments.out)?;
    let text = format!(
        "Sổ tay gồm {} quy tắc của {} gói quy tắc / rules and packs: {}, {}\n{}\n{}\n",
        book.rules,
        book.packs,
        book.rules,
        book.packs,
        arguments.out.join("index.html").display(),
        arguments.out.join(PRINT).display(),
    );
    print(&text).map_err(|source| CommandError::Output { source })
}

/// Writes all files; a book that was there before is replaced, anything else is left alone.
fn write(book: &Book, folder: &Path) -> Result<(), CommandError> {
    fs::create_dir_all(folder).map_err(CommandError::file("create", folder))?;
    let list = folder.join(LIST);
    match read_text_bounded(&list, LIST_BYTES_MAX) {
        Ok(old) => remove(folder, &old)?,
        Err(error) if error.is_not_found() => {
            let mut entries = fs::read_dir(folder).map_err(CommandError::file("read", folder))?;
            if entries.next().is_some() {
                return Err(CommandError::NotABook { folder: folder.to_owned(), list: LIST });
            }
        }
        Err(source) => return Err(CommandError::file("read", &list)(source)),
    }
    // The list first: a book that was cut short can be written again.
    let mut files: Vec<(&String, &String)> = book.files.iter().collect();
    files.sort_by_key(|(name, _)| (name.as_str() != LIST, name.as_str()));
    for (name, text) in files {
        let path = folder.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(CommandError::file("create", parent))?;
        }
        fs::write(&path, text).map_err(CommandError::file("write", &path))?;
    }
    Ok(())
}

/// Removes the pages that an earlier book lists, and nothing outside its folder.
fn remove(folder: &Path, list: &str) -> Result<(), CommandError> {
    let inside =
        |name: &&str| Path::new(name).components().all(|part| matches!(part, Component::Normal(_)));
    for name in list.lines().filter(|name| !name.is_empty()).filter(inside) {
        let path = folder.join(name);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(CommandError::file("replace", &path)(error));
            }
            _ => {}
        }
    }
    Ok(())
}
