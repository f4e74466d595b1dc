//! `kycuong new-pack` and `kycuong new-rule`: sources that build and test at once, to be edited from there.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use kycuong_cases::file_name;

use crate::args::{NewPackArguments, NewRuleArguments, SubjectName};
use crate::error::CommandError;
use crate::terminal::print;

/// The longest name, in bytes: names become files and columns of reports.
const NAME_MAX: usize = 64;

/// The words that Rust keeps for itself; a rule's name is its function's.
const KEYWORDS: [&str; 38] = [
    "as", "async", "await", "break", "const", "continue", "crate", "dyn", "else", "enum", "extern",
    "false", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "match", "mod", "move", "mut",
    "pub", "ref", "return", "self", "static", "struct", "super", "trait", "true", "type", "unsafe",
    "use", "where", "while",
];

/// The files of a new pack; `{{name}}` and the like are filled in.
const PACK_FILES: [(&str, &str); 4] = [
    ("README.md", include_str!("../templates/pack/README.md.txt")),
    ("src/lib.rs", include_str!("../templates/pack/lib.rs.txt")),
    (
        "src/funding_covers_estimate.rs",
        include_str!("../templates/pack/funding_covers_estimate.rs.txt"),
    ),
    (
        "cases/funding-covers-estimate.md",
        include_str!("../templates/pack/funding-covers-estimate.md.txt"),
    ),
];
const PACK_MANIFEST: &str = include_str!("../templates/pack/Cargo.toml.txt");
const PACK_WORKSPACE: &str = include_str!("../templates/pack/workspace.toml.txt");
const PACK_IGNORED: &str = include_str!("../templates/pack/gitignore.txt");

const RULE: &str = include_str!("../templates/rule/rule.rs.txt");
/// The cases of a new rule.
const RULE_CASES: &str = include_str!("../templates/rule/cases.md.txt");

/// Creates a pack.
pub fn new_pack(arguments: &NewPackArguments) -> Result<(), CommandError> {
    let name = arguments.name.as_str();
    check_name(name, "name of a pack", "thu-nghiem")?;
    if arguments.province != "VN" {
        check_name(&arguments.province, "province", "gia-lai")?;
    }
    let parent =
        fs::canonicalize(&arguments.dir).map_err(CommandError::file("open", &arguments.dir))?;
    let sdk = find_sdk(arguments.sdk.as_deref(), &parent)?;
    let dir = parent.join(name);
    if dir.exists() {
        return Err(CommandError::Exists { path: dir });
    }
    // Beside the example packs it is a member of their workspace, which says profiles and versions.
    let root = sdk.parent().unwrap_or(&sdk);
    let is_member = parent == root.join("examples/rule-packs");

    let fill = |template: &str| {
        template.replace("{{name}}", name).replace("{{province}}", &arguments.province)
    };
    for (file, template) in PACK_FILES {
        write(&dir.join(file), &fill(template))?;
    }
    let workspace = if is_member { "" } else { PACK_WORKSPACE };
    let manifest = fill(PACK_MANIFEST)
        .replace("{{sdk}}", &path_from(&dir, &sdk).display().to_string())
        .replace("{{workspace}}", workspace.trim_end());
    write(&dir.join("Cargo.toml"), &format!("{}\n", manifest.trim_end()))?;
    if !is_member {
        write(&dir.join(".gitignore"), PACK_IGNORED)?;
        // The versions that the SDK was tested with, so that a closed network needs no others.
        let lock = root.join("Cargo.lock");
        if lock.is_file() {
            fs::copy(&lock, dir.join("Cargo.lock")).map_err(CommandError::file("copy", &lock))?;
        }
    }
    let shown = arguments.dir.join(name);
    let shown = shown.strip_prefix(".").unwrap_or(&shown).display();
    say_created(&format!(
        "created rule pack `{name}` in `{shown}`; next: cd {shown} && kycuong test\n"
    ))
}

/// Adds a rule to a pack.
pub fn new_rule(arguments: &NewRuleArguments) -> Result<(), CommandError> {
    let name = arguments.name.as_str();
    check_name(name, "name of a rule", "plan-reference-required")?;
    if KEYWORDS.contains(&name) {
        return Err(CommandError::Keyword { name: name.to_owned() });
    }
    let row = match &arguments.row {
        Some(row) => format!("\n    row = \"{}\",", check_row(row)?),
        None => String::new(),
    };
    let not_pack = |what| CommandError::NotPack { dir: arguments.dir.clone(), what };
    let lib = arguments.dir.join("src/lib.rs");
    let source = fs::read_to_string(&lib).map_err(|_| not_pack("it has no src/lib.rs"))?;
    let pack = pack_id(&source)
        .ok_or_else(|| not_pack("its src/lib.rs has no `rule_pack!` with an `id`"))?;
    let function = name.replace('-', "_");
    let edited = with_rule(&source, &function)
        .ok_or_else(|| not_pack("its src/lib.rs has no `rules: […]` in `rule_pack!`"))?;
    let file = arguments.dir.join(format!("src/{function}.rs"));
    let cases = arguments.dir.join("cases").join(file_name(name));
    if let Some(path) = [&file, &cases].into_iter().find(|path| path.exists()) {
        return Err(CommandError::Exists { path: path.clone() });
    }

    let (argument, kind, subject) = match arguments.subject {
        SubjectName::Dossier => ("dossier", "Dossier", "dossier"),
        SubjectName::BudgetEntry => ("entry", "BudgetEntry", "budget-entry"),
        SubjectName::UnitPlan => ("plan", "UnitPlan", "unit-plan"),
        SubjectName::Portfolio => ("portfolio", "Portfolio", "portfolio"),
    };
    let rule = RULE
        .replace("{{row}}", &row)
        .replace("{{title}}", &sentence(name))
        .replace("{{function}}", &function)
        .replace("{{argument}}", argument)
        .replace("{{type}}", kind);
    write(&file, &rule)?;
    write(&cases, &RULE_CASES.replace("{{subject}}", subject).replace("{{name}}", name))?;
    write(&lib, &edited)?;
    let file = file.strip_prefix(".").unwrap_or(&file);
    let cases = cases.strip_prefix(".").unwrap_or(&cases);
    say_created(&format!(
        "created rule `{pack}/{name}`: edit `{}` and `{}`, then: kycuong test\n",
        file.display(),
        cases.display()
    ))
}

fn say_created(line: &str) -> Result<(), CommandError> {
    print(line).map_err(|source| CommandError::Output { source })
}

fn write(path: &Path, text: &str) -> Result<(), CommandError> {
    if let Some(dir) = path.parent() {
        fs::create_dir_all(dir).map_err(CommandError::file("create", dir))?;
    }
    fs::write(path, text).map_err(CommandError::file("write", path))
}

fn check_name(name: &str, what: &'static str, example: &'static str) -> Result<(), CommandError> {
    let is_word = |word: &str| {
        !word.is_empty()
            && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    let starts_well = name.starts_with(|first: char| first.is_ascii_lowercase());
    if starts_well && name.len() <= NAME_MAX && name.split('-').all(is_word) {
        Ok(())
    } else {
        Err(CommandError::BadName { name: name.to_owned(), what, example })
    }
}

fn check_row(row: &str) -> Result<&str, CommandError> {
    let digits = row.strip_prefix('R').unwrap_or_default();
    let sound =
        !digits.is_empty() && digits.len() <= 4 && digits.bytes().all(|byte| byte.is_ascii_digit());
    if sound { Ok(row) } else { Err(CommandError::BadRow { name: row.to_owned() }) }
}

/// The SDK's folder: the one given, else the nearest above, else that of the sources of this program.
fn find_sdk(given: Option<&Path>, parent: &Path) -> Result<PathBuf, CommandError> {
    let is_sdk = |dir: &Path| {
        fs::read_to_string(dir.join("Cargo.toml"))
            .is_ok_and(|text| text.contains("name = \"kycuong-rules-sdk\""))
    };
    if let Some(given) = given {
        let dir = fs::canonicalize(given).map_err(CommandError::file("open", given))?;
        return if is_sdk(&dir) {
            Ok(dir)
        } else {
            Err(CommandError::NotSdk { path: given.to_owned() })
        };
    }
    let here = env::current_dir().and_then(fs::canonicalize).ok();
    let compiled_from = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    let above = parent.ancestors().chain(here.iter().flat_map(|here| here.ancestors()));
    above
        .chain([compiled_from])
        .map(|folder| folder.join("rules-sdk"))
        .find(|dir| is_sdk(dir))
        .and_then(|dir| fs::canonicalize(dir).ok())
        .ok_or(CommandError::NoSdk)
}

/// The way to the SDK: relative within its own source tree, so that the tree can move; absolute elsewhere.
fn path_from(dir: &Path, sdk: &Path) -> PathBuf {
    let inside = sdk.parent().and_then(|root| dir.strip_prefix(root).ok());
    match inside {
        Some(inside) => inside.components().map(|_| "..").collect::<PathBuf>().join("rules-sdk"),
        None => sdk.to_owned(),
    }
}

/// The id in `rule_pack! { id: "…" }`.
fn pack_id(source: &str) -> Option<&str> {
    let (_, after) = source.split_once("rule_pack!")?;
    let (_, after) = after.split_once("id:")?;
    after.split('"').nth(1)
}

/// The source with the rule's module and its entry in the pack's list.
fn with_rule(source: &str, function: &str) -> Option<String> {
    let pack = source.find("rule_pack!")?;
    let (head, tail) = (source.get(..pack)?, source.get(pack..)?);
    let open = tail.find("rules:")? + tail.get(tail.find("rules:")?..)?.find('[')? + 1;
    let close = open + tail.get(open..)?.find(']')?;
    let (list, rest) = (tail.get(open..close)?, tail.get(close..)?);

    let kept = list.trim_end();
    let comma = if kept.trim().is_empty() || kept.ends_with(',') { "" } else { "," };
    let list = match kept.rsplit_once('\n') {
        Some((_, last)) => {
            let indent: String =
                last.chars().take_while(|character| character.is_whitespace()).collect();
            format!("{kept}{comma}\n{indent}{function},{}", list.get(kept.len()..)?)
        }
        None if kept.is_empty() => function.to_owned(),
        None => format!("{kept}{comma} {function}"),
    };

    // After the last module before the list, else right before it, outside of the macro's own path.
    let start_of_line = head.rfind('\n').map_or(0, |end| end + 1);
    let is_module = |line: &str| line.starts_with("mod ") && line.trim_end().ends_with(';');
    let mut place = None;
    let mut offset = 0;
    for line in head.split_inclusive('\n') {
        offset += line.len();
        if is_module(line) {
            place = Some(offset);
        }
    }
    let module = match place {
        Some(_) => format!("mod {function};\n"),
        None => format!("mod {function};\n\n"),
    };
    let place = place.unwrap_or(start_of_line);
    Some(format!(
        "{}{module}{}{}{list}{rest}",
        head.get(..place)?,
        head.get(place..)?,
        tail.get(..open)?
    ))
}

/// `plan-reference-required` as a title: `Plan reference required`.
fn sentence(name: &str) -> String {
    let text = name.replace('-', " ");
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| {
        first.to_ascii_uppercase().to_string() + characters.as_str()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        for good in ["thu-nghiem", "a", "r2-d2"] {
            assert!(check_name(good, "name", "x").is_ok(), "{good}");
        }
        for bad in
            ["", "Thu-nghiem", "thử-nghiệm", "thu_nghiem", "-a", "a-", "a--b", "2a", "../x", "a b"]
        {
            assert!(check_name(bad, "name", "x").is_err(), "{bad}");
        }
    }

    #[test]
    fn a_rule_is_listed() {
        let source = "mod a;\nmod b;\n\nkycuong_rules_sdk::rule_pack! {\n    id: \"x\",\n    rules: [a, b],\n}\n";
        let edited = with_rule(source, "c").unwrap();
        assert_eq!(
            edited,
            "mod a;\nmod b;\nmod c;\n\nkycuong_rules_sdk::rule_pack! {\n    id: \"x\",\n    rules: [a, b, c],\n}\n"
        );
        assert_eq!(pack_id(source), Some("x"));
    }

    #[test]
    fn a_rule_is_listed_on_a_line_of_its_own() {
        let source =
            "mod a;\n\nrule_pack! {\n    id: \"x\",\n    rules: [\n        a,\n    ],\n}\n";
        let edited = with_rule(source, "c").unwrap();
        assert!(edited.contains("rules: [\n        a,\n        c,\n    ],"), "{edited}");
        assert!(edited.starts_with("mod a;\nmod c;\n"));
    }

    #[test]
    fn the_way_to_the_sdk() {
        let sdk = Path::new("/src/kycuong/rules-sdk");
        assert_eq!(path_from(Path::new("/src/kycuong/a/b"), sdk), Path::new("../../rules-sdk"));
        assert_eq!(path_from(Path::new("/home/x/b"), sdk), sdk);
    }
}
