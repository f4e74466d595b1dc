//! `kycuong new-pack` and `kycuong new-rule`: sources that build and test at once, to be edited from there.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use kycuong_cases::file_name;
use kycuong_files::read_text_bounded;
use kycuong_model::code::is_kebab_case;
use kycuong_model::jurisdiction::{NATION, Province};
use proc_macro2::TokenTree;
use syn::spanned::Spanned as _;
use syn::{Item, ItemMod, LitStr};

use crate::args::{NewPackArguments, NewRuleArguments, SubjectName};
use crate::error::CommandError;
use crate::terminal::{print, say};

/// The longest name, in bytes: names become files and columns of reports.
const NAME_MAX: usize = 64;

/// Largest source file that is read, in bytes: 1 MiB, a list of ten thousand rules.
const SOURCE_BYTES_MAX: u64 = 1 << 20;

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
    let province = province(&arguments.province)?;
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

    let fill =
        |template: &str| template.replace("{{name}}", name).replace("{{province}}", province);
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

/// The area of a new pack, whose first rule begins today's way: the unit that there is.
fn province(written: &str) -> Result<&'static str, CommandError> {
    if written == NATION {
        return Ok(NATION);
    }
    let province = Province::meant_by(written)?;
    if let (Some(ended), Some(successor)) = (province.to, province.successor) {
        let slug = province.slug;
        return Err(CommandError::EndedProvince { slug, ended, successor });
    }
    if province.slug != written {
        say(&format!(
            "kycuong: `{written}` là đơn vị đã kết thúc ngày 30/06/2025; gói quy tắc ghi đơn vị hiện nay là `{0}`, {1} (the pack names today's `{0}`)",
            province.slug,
            province.last_title(),
        ));
    }
    Ok(province.slug)
}

/// Adds a rule to a pack.
pub fn new_rule(arguments: &NewRuleArguments) -> Result<(), CommandError> {
    let name = arguments.name.as_str();
    check_name(name, "name of a rule", "plan-reference-required")?;
    let function = name.replace('-', "_");
    if is_keyword(&function) {
        return Err(CommandError::Keyword { name: name.to_owned() });
    }
    let requirement = match &arguments.requirement {
        Some(requirement) => {
            format!("\n    requirement = \"{}\",", check_requirement(requirement)?)
        }
        None => String::new(),
    };
    let not_pack = |what| CommandError::NotPack { dir: arguments.dir.clone(), what };
    let lib = arguments.dir.join("src/lib.rs");
    let source =
        read_text_bounded(&lib, SOURCE_BYTES_MAX).map_err(|_| not_pack("it has no src/lib.rs"))?;
    let (pack, edited) = with_rule(&source, &function)
        .ok_or_else(|| not_pack("its src/lib.rs has no `rule_pack!` with `id` and `rules: […]`"))?;
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
        .replace("{{requirement}}", &requirement)
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
    let starts_well = name.starts_with(|first: char| first.is_ascii_lowercase());
    if starts_well && name.len() <= NAME_MAX && is_kebab_case(name) {
        Ok(())
    } else {
        Err(CommandError::BadName { name: name.to_owned(), what, example })
    }
}

/// Whether Rust keeps the word for itself; `gen`, of the edition of 2024, is one that syn does not know.
fn is_keyword(word: &str) -> bool {
    word == "gen" || syn::parse_str::<syn::Ident>(word).is_err()
}

fn check_requirement(requirement: &str) -> Result<&str, CommandError> {
    let digits = requirement.strip_prefix('R').unwrap_or_default();
    let sound =
        !digits.is_empty() && digits.len() <= 4 && digits.bytes().all(|byte| byte.is_ascii_digit());
    if sound {
        Ok(requirement)
    } else {
        Err(CommandError::BadRequirement { name: requirement.to_owned() })
    }
}

/// The SDK's folder: the one given, else the nearest above, else that of the sources of this program.
fn find_sdk(given: Option<&Path>, parent: &Path) -> Result<PathBuf, CommandError> {
    let is_sdk = |dir: &Path| {
        read_text_bounded(dir.join("Cargo.toml"), SOURCE_BYTES_MAX)
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

/// The pack's id, and the source with the rule's module and its entry in the pack's list.
fn with_rule(source: &str, function: &str) -> Option<(String, String)> {
    let file = syn::parse_file(source).ok()?;
    let declaration = file.items.iter().find_map(|item| match item {
        Item::Macro(item) if item.mac.path.segments.last()?.ident == "rule_pack" => Some(item),
        _ => None,
    })?;
    let tokens: Vec<TokenTree> = declaration.mac.tokens.clone().into_iter().collect();
    let after = |name: &str| {
        tokens.windows(3).find_map(|window| match window {
            [TokenTree::Ident(ident), TokenTree::Punct(_), value] if ident == name => Some(value),
            _ => None,
        })
    };
    let id = syn::parse2::<LitStr>(after("id")?.clone().into()).ok()?.value();
    let TokenTree::Group(rules) = after("rules")? else { return None };

    let inside = rules.span_open().byte_range().end..rules.span_close().byte_range().start;
    let list = source.get(inside.clone())?;
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

    // After the last module, else right before the declaration of the pack.
    let last = file.items.iter().filter_map(|item| match item {
        Item::Mod(ItemMod { semi: Some(semi), .. }) => Some(semi.span().byte_range().end),
        _ => None,
    });
    let begin = declaration.span().byte_range().start;
    let (place, module) = match last.filter(|end| *end < begin).max() {
        Some(end) => (end, format!("\nmod {function};")),
        None => (begin, format!("mod {function};\n\n")),
    };
    let edited = [
        source.get(..place)?,
        &module,
        source.get(place..inside.start)?,
        &list,
        source.get(inside.end..)?,
    ];
    Some((id, edited.concat()))
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
        let (id, edited) = with_rule(source, "c").unwrap();
        assert_eq!(id, "x");
        assert_eq!(
            edited,
            "mod a;\nmod b;\nmod c;\n\nkycuong_rules_sdk::rule_pack! {\n    id: \"x\",\n    rules: [a, b, c],\n}\n"
        );
    }

    #[test]
    fn a_rule_is_listed_on_a_line_of_its_own() {
        let source =
            "mod a;\n\nrule_pack! {\n    id: \"x\",\n    rules: [\n        a,\n    ],\n}\n";
        let (_, edited) = with_rule(source, "c").unwrap();
        assert!(edited.contains("rules: [\n        a,\n        c,\n    ],"), "{edited}");
        assert!(edited.starts_with("mod a;\nmod c;\n"));
    }

    #[test]
    fn a_first_rule_is_listed_and_a_comment_is_not_mistaken() {
        let source = "//! A `rule_pack!` with `rules: [x]`.\n\nkycuong_rules_sdk::rule_pack! {\n    id: \"x\",\n    // rules: [old],\n    rules: [],\n}\n";
        let (_, edited) = with_rule(source, "a").unwrap();
        assert_eq!(
            edited,
            "//! A `rule_pack!` with `rules: [x]`.\n\nmod a;\n\nkycuong_rules_sdk::rule_pack! {\n    id: \"x\",\n    // rules: [old],\n    rules: [a],\n}\n"
        );
        assert_eq!(with_rule("fn main() {}", "a"), None);
    }

    #[test]
    fn words_of_rust() {
        for word in ["match", "gen", "async", "type", "self", "yield"] {
            assert!(is_keyword(word), "{word}");
        }
        assert!(!is_keyword("union") && !is_keyword("plan_reference_required"));
    }

    #[test]
    fn the_way_to_the_sdk() {
        let sdk = Path::new("/src/kycuong/rules-sdk");
        assert_eq!(path_from(Path::new("/src/kycuong/a/b"), sdk), Path::new("../../rules-sdk"));
        assert_eq!(path_from(Path::new("/home/x/b"), sdk), sdk);
    }
}
