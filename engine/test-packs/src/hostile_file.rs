//! Files of `hostile/corpus`, read.
//!
//! A file is the body of a module inside the common component, or a whole `(component …)` or
//! `(module …)`. `;; refused:` names words of the refusal, `;; contained:` the code of the crash.
//! What would be too long to write is repeated: `;; repeat: N text`, `;; wrap: N before | text | after`,
//! `;; nest: N before | opening | closing | after`, and `;; first: text` stands before everything.

#![expect(clippy::unwrap_used, clippy::panic, reason = "the helpers of tests are tests")]

use std::path::{Path, PathBuf};

use crate::hostile_pack::Pack;

/// One file of the corpus.
#[derive(Debug)]
pub struct Hostile {
    /// Its file name without the extension.
    pub name: String,
    /// Words of its refusal.
    pub refused: Option<String>,
    /// The code of its crash.
    pub contained: Option<String>,
    /// The pack that the file makes.
    pub bytes: Vec<u8>,
}

impl Hostile {
    fn read(path: &Path) -> Self {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(path).unwrap();
        let said = |key: &str| {
            let line = text.lines().find_map(|line| line.strip_prefix(&format!(";; {key}: ")));
            line.map(str::to_owned)
        };
        let (refused, contained) = (said("refused"), said("contained"));
        assert!(refused.is_some() != contained.is_some(), "{name} says what is expected, once");
        let long = [
            said("repeat").map(|rule| repeat(&rule)),
            said("wrap").map(|rule| wrap(&rule)),
            said("nest").map(|rule| nest(&rule)),
        ];
        let long = long.into_iter().flatten().collect::<String>();
        let code: String = text
            .lines()
            .filter(|line| !line.starts_with(";;"))
            .flat_map(|line| [line, "\n"])
            .collect();
        let whole = ["(component", "(module"].iter().any(|start| code.starts_with(start));
        let bytes = if whole {
            wat::parse_str(code.replace("#REPEAT", &long)).unwrap()
        } else {
            let first = said("first").unwrap_or_default();
            let module = format!("(core module $guest {first}");
            Pack::new(&format!("{code}{long}")).with("(core module $guest", &module).bytes()
        };
        Self { name, refused, contained, bytes }
    }
}

fn count(rule: &str) -> (usize, &str) {
    let (count, text) = rule.split_once(' ').unwrap();
    (count.parse().unwrap(), text)
}

fn repeat(rule: &str) -> String {
    let (count, text) = count(rule);
    format!("{text}\n").repeat(count)
}

fn wrap(rule: &str) -> String {
    let (count, text) = count(rule);
    let [before, inside, after] = text.split('|').collect::<Vec<_>>()[..] else { panic!("{rule}") };
    format!("{before}{}{after}", inside.repeat(count))
}

fn nest(rule: &str) -> String {
    let (count, text) = count(rule);
    let parts = text.split('|').collect::<Vec<_>>();
    let [before, opening, closing, after] = parts[..] else { panic!("{rule}") };
    format!("{before}{}{}{after}", opening.repeat(count), closing.repeat(count))
}

/// All files of a folder, in the order of their names.
pub fn corpus(folder: &Path) -> Vec<Hostile> {
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|path| Hostile::read(path)).collect()
}
