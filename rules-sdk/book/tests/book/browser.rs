//! The book in a real browser: headless Chromium loads it from a folder, shows it and prints it.
//!
//! A missing browser is installed where that is possible; without one these tests fail: a book that
//! nobody opened is not known to open.

use std::fs;
use std::path::Path;
use std::process::Command;

use kycuong_book::PRINT;
use kycuong_test_tools::CHROMIUM;

use crate::support::{book, write};

/// Runs the browser on a page; what it wrote to standard output, and the console's lines.
fn run(page: &Path, options: &[&str]) -> (String, Vec<String>) {
    let profile = tempfile::tempdir().unwrap();
    let output = Command::new(CHROMIUM.find().unwrap_or_else(|error| panic!("{error}")))
        .args(["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"])
        .args(["--enable-logging=stderr", "--v=0"])
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .args(options)
        .arg(format!("file://{}", page.display()))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}: {said}", page.display());
    let console = said.lines().filter(|line| line.contains(":CONSOLE:")).map(str::to_owned);
    (String::from_utf8_lossy(&output.stdout).into_owned(), console.collect())
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(book(), folder.path());
    folder
}

#[test]
fn pages_load_from_a_folder_without_a_word_on_the_console() {
    let folder = folder();
    for (page, text) in [
        ("index.html", "Sổ tay quy tắc kiểm tra hồ sơ công nghệ thông tin, chuyển đổi số"),
        (
            "rules/bac-giang/min-it-share-of-recurrent.html",
            "bố trí tối thiểu 2% tổng chi ngân sách thường xuyên của cấp huyện, cấp xã",
        ),
        ("cases/bac-giang/min-it-share-of-recurrent.html", "one dong short"),
        ("unverifiable.html", "Đẩy mạnh công tác tuyên truyền, nâng cao nhận thức"),
    ] {
        let (dom, console) = run(&folder.path().join(page), &["--dump-dom"]);
        assert!(dom.contains(text), "{page} does not show “{text}”: {dom}");
        assert!(console.is_empty(), "{page}: {console:?}");
    }
    // The console is heard at all.
    let canary = folder.path().join("canary.html");
    fs::write(&canary, "<!doctype html><title>x</title><script>console.error('x')</script>")
        .unwrap();
    assert_eq!(run(&canary, &["--dump-dom"]).1.len(), 1);
}

#[test]
fn pages_are_drawn_on_a_desk_and_on_a_phone() {
    let folder = folder();
    let page = folder.path().join("rules/bac-giang/min-it-share-of-recurrent.html");
    for (width, height) in [(1280_u32, 1600_u32), (500, 2000)] {
        let picture = folder.path().join(format!("page-{width}.png"));
        let options = [
            format!("--window-size={width},{height}"),
            format!("--screenshot={}", picture.display()),
        ];
        run(&page, &[&options[0], &options[1]]);
        let png = fs::read(&picture).unwrap();
        assert_eq!(&png[1..4], b"PNG");
        let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
        assert_eq!((number(16), number(20)), (width, height));
        // A blank page of this size takes some 10 kB.
        assert!(png.len() > 60_000, "{} bytes: is anything drawn?", png.len());
    }
}

#[test]
fn the_printed_book_begins_each_rule_on_a_sheet_of_its_own() {
    let folder = folder();
    let file = folder.path().join("book.pdf");
    let option = format!("--print-to-pdf={}", file.display());
    let (_, console) = run(&folder.path().join(PRINT), &["--no-pdf-header-footer", &option]);
    assert!(console.is_empty(), "{console:?}");
    let pdf = fs::read(&file).unwrap();
    assert!(pdf.starts_with(b"%PDF-"));
    // Each sheet is an object of its own type; the tree above them is of type `Pages`.
    let kind = b"/Type /Page";
    let sheets = pdf
        .windows(kind.len() + 1)
        .filter(|window| window.starts_with(kind) && !window[kind.len()].is_ascii_alphabetic())
        .count();
    // Cover, contents, packs, rules and the five tables at least, and not one sheet a paragraph: a rule
    // with its violations fills two sheets, the one with seventeen four.
    let least = book().rules + book().packs + 7;
    assert!(sheets >= least, "{sheets} sheets for {} rules", book().rules);
    assert!(sheets <= 3 * least, "{sheets} sheets for {} rules", book().rules);
    // A4, in points.
    assert!(pdf.windows(24).any(|window| window.starts_with(b"/MediaBox [0 0 594.95")
        || window.starts_with(b"/MediaBox [0 0 595")));
}
