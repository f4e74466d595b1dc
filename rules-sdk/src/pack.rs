//! A pack: its rules in order, and its manifest.

use kycuong_model::finding::{Response, RuleOutcome};

use crate::input::Input;
use crate::rule::Rule;

/// A rule pack, as `rule_pack!` makes it.
#[derive(Debug)]
pub struct Pack {
    /// The pack's id.
    pub id: &'static str,
    /// The manifest as JSON.
    pub manifest: &'static str,
    /// Its rules, in the order of the list.
    pub rules: &'static [&'static Rule],
}

impl Pack {
    /// The rule of an id `pack/rule-name`.
    pub fn rule(&self, id: &str) -> Option<&'static Rule> {
        let name = id.strip_prefix(self.id)?.strip_prefix('/')?;
        self.rules.iter().copied().find(|rule| rule.name == name)
    }

    /// Runs the rules asked for, in the order asked.
    ///
    /// # Errors
    /// A sentence naming the rule that this pack does not have.
    pub fn evaluate<S: AsRef<str>>(
        &self,
        input: &Input<'_>,
        rules: &[S],
    ) -> Result<Response, String> {
        let mut outcomes = Vec::with_capacity(rules.len());
        for id in rules {
            let id = id.as_ref();
            let rule =
                self.rule(id).ok_or_else(|| format!("pack `{}` has no rule `{id}`", self.id))?;
            outcomes.push(RuleOutcome { rule: id.to_owned(), status: rule.evaluate(input) });
        }
        Ok(Response { outcomes })
    }
}

/// Lists the rules of a pack and exports it: the last lines of a pack's `lib.rs`.
///
/// `provinces` is `["VN"]` for the national baseline, else slugs of `kycuong_model::jurisdiction`. Each rule is a module of the same name as its function.
/// `status: "historic"` is for a text that no source shows to be in force: its rules warn until a deployment adopts the pack.
/// `source_vi` and `source_en` cite the text that the rules quote; `unverifiable` lists its obligations that no machine can check, and why.
#[macro_export]
macro_rules! rule_pack {
    (
        id: $id:literal,
        $(status: $status:literal,)?
        provinces: [$province:literal $(, $other:literal)* $(,)?],
        title_vi: $title_vi:literal,
        title_en: $title_en:literal,
        $(source_vi: $source_vi:literal, source_en: $source_en:literal,)?
        rules: [$first:ident $(, $rule:ident)* $(,)?] $(,
        unverifiable: [
            {
                quote: $quote:literal,
                reason_vi: $reason_vi:literal,
                reason_en: $reason_en:literal $(,)?
            }
            $(, {
                quote: $next_quote:literal,
                reason_vi: $next_reason_vi:literal,
                reason_en: $next_reason_en:literal $(,)?
            })* $(,)?
        ])? $(,)?
    ) => {
        /// The rules of this pack.
        pub const RULES: &[&$crate::Rule] = &[&$first::RULE $(, &$rule::RULE)*];

        const MANIFEST_PIECES: &[&[&str]] = &[
            &[concat!(
                "{\"pack\":\"", $id, "\",\"version\":\"", env!("CARGO_PKG_VERSION"),
                "\",\"title\":{\"vi\":\"", $title_vi, "\",\"en\":\"", $title_en,
                "\"},\"jurisdiction\":{\"provinces\":[\"", $province, "\"" $(, ",\"", $other, "\"")*, "]},"
                $(, "\"status\":\"", $status, "\",")?
                $(, "\"source\":{\"vi\":\"", $source_vi, "\",\"en\":\"", $source_en, "\"},")?
                $(, "\"unverifiable\":[",
                    "{\"quote\":\"", $quote, "\",\"reason\":{\"vi\":\"", $reason_vi,
                    "\",\"en\":\"", $reason_en, "\"}}"
                    $(, ",{\"quote\":\"", $next_quote, "\",\"reason\":{\"vi\":\"",
                        $next_reason_vi, "\",\"en\":\"", $next_reason_en, "\"}}")*,
                    "],")?,
                "\"model_version\":\""
            ), $crate::model::VERSION, "\",\"sdk_version\":\"", $crate::SDK_VERSION, "\",\"rules\":["],
            $first::RULE.manifest_before_pack, &[$id], $first::RULE.manifest_after_pack,
            $(&[","], $rule::RULE.manifest_before_pack, &[$id], $rule::RULE.manifest_after_pack,)*
            &["]}"],
        ];

        const MANIFEST: [u8; $crate::length(MANIFEST_PIECES)] = $crate::concat(MANIFEST_PIECES);

        #[cfg(target_arch = "wasm32")]
        const _: () = {
            #[used]
            #[unsafe(link_section = "kycuong:manifest")]
            static SECTION: [u8; MANIFEST.len()] = MANIFEST;
        };

        /// This pack.
        pub const PACK: $crate::Pack = $crate::Pack {
            id: $id,
            manifest: match ::core::str::from_utf8(&MANIFEST) {
                Ok(text) => text,
                Err(_) => panic!("the manifest is UTF-8"),
            },
            rules: RULES,
        };

        #[cfg(target_arch = "wasm32")]
        $crate::export_pack!(PACK);
    };
}
