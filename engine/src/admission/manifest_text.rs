//! What the texts of a manifest are written with: every one of them, whoever shows it and wherever.
//!
//! A manifest is printed by `inspect`, `explain` and `lint` before anybody trusts it, and its words stand in
//! reports. So it holds no character that a terminal acts on or that cannot be seen, and no letter that
//! looks like another one: a title with a Cyrillic “а” is not the title that a person reads.

use kycuong_model::text::is_control;
use serde_json::Value;

use crate::error::LoadError;
use crate::limits::Limits;

/// The member that may have several lines and as many bytes as the manifest: the words of a rule's author.
const DOCUMENTATION: &str = "doc";

/// Holds every text and every name of a member of a manifest against the characters of a manifest, and
/// every text but the documentation of rules against [`Limits::text_bytes_max`].
pub(super) fn check(manifest: &Value, limits: &Limits) -> Result<(), LoadError> {
    walk(manifest, &mut String::new(), false, limits)
}

fn walk(value: &Value, path: &mut String, lines: bool, limits: &Limits) -> Result<(), LoadError> {
    let length = path.len();
    match value {
        Value::String(text) => {
            check_characters(text, path, lines)?;
            if !lines && text.len() > limits.text_bytes_max {
                let (bytes, limit) = (text.len(), limits.text_bytes_max);
                return refuse(format!("writes {bytes} bytes into `{path}`, the limit is {limit}"));
            }
        }
        Value::Array(elements) => {
            for (position, element) in elements.iter().enumerate() {
                path.push('/');
                path.push_str(&position.to_string());
                walk(element, path, lines, limits)?;
                path.truncate(length);
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                check_characters(name, path, false)?;
                path.push('/');
                path.push_str(name);
                walk(member, path, name == DOCUMENTATION, limits)?;
                path.truncate(length);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
    Ok(())
}

fn check_characters(text: &str, path: &str, lines: bool) -> Result<(), LoadError> {
    let Some(strange) = text.chars().find(|one| !(is_written(*one) || lines && *one == '\n'))
    else {
        return Ok(());
    };
    let why = if is_control(strange) {
        "which cannot be seen or which terminals act on"
    } else if strange.is_alphanumeric() {
        "a letter or digit of another script, or one that looks like another"
    } else {
        "with which neither Vietnamese nor English is written; composed letters (NFC) have no marks apart"
    };
    refuse(format!("writes U+{:04X} into `{path}`, {why}", u32::from(strange)))
}

/// Whether Vietnamese and English texts about the law are written with a character: Latin letters in one
/// code point, ASCII digits, typographic marks, signs of currencies and of arithmetic.
fn is_written(character: char) -> bool {
    match character {
        // Eth looks like Đ, the dotless i like i, the long s like f; the micro sign is a Greek letter, and
        // a soft hyphen is not seen.
        'Ð' | 'ð' | 'ı' | 'ĸ' | 'ŀ' | 'ŉ' | 'ſ' | 'µ' | '\u{ad}' => false,
        ' '..='~' | '\u{a0}'..='\u{17f}' => true,
        'Ơ' | 'ơ' | 'Ư' | 'ư' | 'Ạ'..='ỹ' => true,
        '‐'..='‧' | '\u{202f}' | '‰'..='⁞' | '€' | '₫' | '№' | '™' => true,
        '←'..='⇿' | '∀'..='⋿' | '─'..='◿' | '✓' | '✗' => {
            !character.is_alphanumeric()
        }
        _ => false,
    }
}

fn refuse(detail: String) -> Result<(), LoadError> {
    Err(LoadError::ManifestContent { detail })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(text: &str) -> Option<String> {
        let manifest = serde_json::json!({ "rules": [{ "title": { "vi": text } }] });
        check(&manifest, &Limits::default()).err().map(|error| error.to_string())
    }

    #[test]
    fn vietnamese_english_and_their_signs_are_written_so() {
        for text in [
            "Tổng mức đầu tư ≤ 15.000.000.000 đồng; “Điều 51”, khoản 2 – Nghị định 45/2026/NĐ-CP…",
            "ẠạẢảẤấẦầẨẩẪẫẬậẮắẰằẲẳẴẵẶặẸẹẺẻẼẽẾếỀềỂểỄễỆệỈỉỊịỌọỎỏỐốỒồỔổỖỗỘộỚớỜờỞởỠỡỢợỤụỦủỨứỪừỬửỮữỰựỲỳỴỵỶỷỸỹ",
            "ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúýĂăĐđĨĩŨũƠơƯư",
            "a × b ± 2 % → m², § 7, 100 ₫ = 4 €; it’s “so” ‹here›, No. 1 · № 2",
        ] {
            assert_eq!(refusal(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_unseen_foreign_or_looks_like_another_is_refused() {
        for (strange, why) in [
            ('\u{1b}', "terminals"),
            ('\u{9b}', "terminals"),
            ('\u{85}', "terminals"),
            ('\n', "terminals"),
            ('\u{202e}', "terminals"),
            ('\u{2028}', "terminals"),
            ('\u{200b}', "terminals"),
            ('\u{feff}', "terminals"),
            ('\u{ad}', "terminals"),
            ('\u{e0041}', "terminals"),
            ('\u{fe0f}', "terminals"),
            ('\u{3164}', "terminals"),
            ('а', "another script"),
            ('ο', "another script"),
            ('ð', "looks like another"),
            ('Ɖ', "looks like another"),
            ('ı', "looks like another"),
            ('Ａ', "another script"),
            ('５', "another script"),
            ('𝐀', "another script"),
            ('Ⅰ', "another script"),
            ('①', "another script"),
            ('\u{301}', "NFC"),
            ('\u{3000}', "neither Vietnamese nor English"),
            ('⠀', "neither Vietnamese nor English"),
        ] {
            let said = refusal(&format!("a{strange}b")).unwrap_or_default();
            let code = format!("writes U+{:04X} into `/rules/0/title/vi`", u32::from(strange));
            assert!(said.contains(&code) && said.contains(why), "{code}: {said}");
        }
    }

    #[test]
    fn only_the_documentation_has_lines() {
        let manifest = |name: &str| serde_json::json!({ "rules": [{ name: "a\nb" }] });
        assert!(check(&manifest("doc"), &Limits::default()).is_ok());
        assert!(check(&manifest("quote"), &Limits::default()).is_err());
        let named = serde_json::json!({ "\u{202e}": 1 });
        assert!(check(&named, &Limits::default()).is_err());
        let long = serde_json::json!({ "source": { "vi": "x".repeat(5_000) } });
        assert!(check(&long, &Limits::default()).is_err());
    }
}
