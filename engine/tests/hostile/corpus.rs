//! Every file of `hostile/corpus`: refused before it runs, or contained when it does, as its first lines
//! say. None of them ends in an accept, none takes the host down.
//!
//! A file is the body of a module inside the common component, or a whole `(component …)` or
//! `(module …)`. `;; refused:` names words of the refusal, `;; contained:` the code of the crash.
//! What would be too long to write is repeated: `;; repeat: N text`, `;; wrap: N before | text | after`,
//! `;; nest: N before | opening | closing | after`, and `;; first: text` stands before everything.

use std::path::{Path, PathBuf};

use kycuong_engine::pack::{RulePack, RuleResult};

use crate::hostile_pack::{Pack, SANDBOX, evaluate};

/// One file of the corpus.
pub(crate) struct Hostile {
    pub(crate) name: String,
    refused: Option<String>,
    pub(crate) contained: Option<String>,
    pub(crate) bytes: Vec<u8>,
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

pub(crate) fn corpus() -> Vec<Hostile> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hostile/corpus");
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|path| Hostile::read(path)).collect()
}

/// An error with its causes.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(source) = cause {
        text = format!("{text}: {source}");
        cause = source.source();
    }
    text
}

#[test]
fn each_is_refused_or_contained_as_it_says() {
    let corpus = corpus();
    assert!(corpus.len() >= 40, "{} files", corpus.len());
    let mut wrong = Vec::new();
    for Hostile { name, refused, contained, bytes } in corpus {
        let loaded = RulePack::load(&SANDBOX, &bytes);
        match (loaded, refused, contained) {
            (Err(error), Some(words), _) => {
                let said = chain(&error);
                if !said.contains(&words) {
                    wrong.push(format!("{name}: refused, but says “{said}”"));
                }
            }
            (Ok(pack), _, Some(code)) => {
                // Twice: what one evaluation did must be gone in the next.
                for _ in 0..2 {
                    match evaluate(&pack, &["thu/mot"]).outcomes.as_slice() {
                        [RuleResult::Crashed(crash)] if crash.code() == code => {}
                        other => wrong.push(format!("{name}: {other:?}")),
                    }
                }
            }
            (Ok(_), ..) => wrong.push(format!("{name}: was not refused")),
            (Err(error), ..) => wrong.push(format!("{name}: was refused: {}", chain(&error))),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A file of the corpus cut anywhere, or with any one byte changed, is refused or contained too: at
/// least nothing panics and no load takes the host down.
#[test]
fn broken_copies_take_nothing_down() {
    for Hostile { name, bytes, .. } in corpus().into_iter().filter(|one| one.bytes.len() < 4_000) {
        for at in (0..bytes.len()).step_by(61) {
            let mut broken = bytes.clone();
            if let Some(byte) = broken.get_mut(at) {
                *byte ^= 0x55;
            }
            let Ok(pack) = RulePack::load(&SANDBOX, &broken) else { continue };
            let outcomes = evaluate(&pack, &["thu/mot"]).outcomes;
            assert_eq!(outcomes.len(), 1, "{name} at {at}");
        }
    }
}
