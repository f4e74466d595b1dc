//! `rule_pack!`: the list of a pack's rules, and its manifest.

use proc_macro2::{Span, TokenStream};
use quote::quote;
use serde_json::{Value, json};
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Error, Ident, LitStr, Result, Token, braced, bracketed};

const KEYS: &str = "a pack has `id`, `provinces`, `title_vi`, `title_en` and `rules`, and may have `status`, `source_vi` \
                    with `source_en`, and `unverifiable`";
const OBLIGATION: &str =
    "an obligation that no machine can check has `quote`, `reason_vi` and `reason_en`";
const STATUSES: [&str; 2] = ["in-force", "historic"];

/// What stands between the braces of `rule_pack!`.
#[derive(Default)]
struct Pack {
    id: Option<LitStr>,
    status: Option<LitStr>,
    provinces: Vec<LitStr>,
    title_vi: Option<LitStr>,
    title_en: Option<LitStr>,
    source_vi: Option<LitStr>,
    source_en: Option<LitStr>,
    rules: Vec<Ident>,
    unverifiable: Vec<Obligation>,
}

/// `{ quote: "…", reason_vi: "…", reason_en: "…" }`.
struct Obligation {
    quote: LitStr,
    reason_vi: LitStr,
    reason_en: LitStr,
}

pub(crate) fn expand(input: TokenStream) -> Result<TokenStream> {
    let pack: Pack = syn::parse2(input)?;
    let id = need(&pack.id, "id")?;
    let head = describe(&pack)?.to_string();
    // The closing brace comes after the rules, whose descriptions are constants of their own modules.
    let head = head.strip_suffix('}').unwrap_or(&head);
    let rules = &pack.rules;
    let described = rules.iter().enumerate().map(|(position, rule)| {
        let comma = if position == 0 { quote!() } else { quote!(&[","],) };
        quote!(#comma #rule::RULE.manifest_before_pack, &[#id], #rule::RULE.manifest_after_pack,)
    });

    Ok(quote! {
        /// The rules of this pack.
        pub const RULES: &[&::kycuong_rules_sdk::Rule] = &[#(&#rules::RULE),*];

        const MANIFEST_PIECES: &[&[&str]] = &[
            &[
                #head,
                ",\"version\":\"", ::core::env!("CARGO_PKG_VERSION"),
                "\",\"model_version\":\"", ::kycuong_rules_sdk::model::VERSION,
                "\",\"sdk_version\":\"", ::kycuong_rules_sdk::SDK_VERSION,
                "\",\"rules\":[",
            ],
            #(#described)*
            &["]}"],
        ];

        const MANIFEST: [u8; ::kycuong_rules_sdk::length(MANIFEST_PIECES)] =
            ::kycuong_rules_sdk::concat(MANIFEST_PIECES);

        #[cfg(target_arch = "wasm32")]
        const _: () = {
            #[used]
            #[unsafe(link_section = "kycuong:manifest")]
            static SECTION: [u8; MANIFEST.len()] = MANIFEST;
        };

        /// This pack.
        pub const PACK: ::kycuong_rules_sdk::Pack = ::kycuong_rules_sdk::Pack {
            id: #id,
            manifest: match ::core::str::from_utf8(&MANIFEST) {
                ::core::result::Result::Ok(text) => text,
                ::core::result::Result::Err(_) => ::core::panic!("the manifest is UTF-8"),
            },
            rules: RULES,
        };

        #[cfg(target_arch = "wasm32")]
        ::kycuong_rules_sdk::export_pack!(PACK);
    })
}

/// The manifest up to its versions and rules.
fn describe(pack: &Pack) -> Result<Value> {
    let id = need(&pack.id, "id")?;
    let (title_vi, title_en) =
        (need(&pack.title_vi, "title_vi")?, need(&pack.title_en, "title_en")?);
    if pack.provinces.is_empty() {
        return Err(Error::new(
            Span::call_site(),
            "a pack says where it applies: `provinces: [\"VN\"]`, or the slugs of provinces",
        ));
    }
    if pack.rules.is_empty() {
        return Err(Error::new(
            Span::call_site(),
            "a pack has at least one rule: `rules: [one, …]`",
        ));
    }
    let provinces: Vec<String> = pack.provinces.iter().map(LitStr::value).collect();
    let mut out = json!({
        "pack": id.value(),
        "title": {"vi": title_vi.value(), "en": title_en.value()},
        "jurisdiction": {"provinces": provinces},
    });
    let mut insert = |name: &str, value: Value| {
        if let Value::Object(members) = &mut out {
            members.insert(name.to_owned(), value);
        }
    };
    if let Some(status) = &pack.status {
        if !STATUSES.contains(&status.value().as_str()) {
            let message = format!(
                "unknown status `{}`; expected `{}`",
                status.value(),
                STATUSES.join("` or `")
            );
            return Err(Error::new(status.span(), message));
        }
        insert("status", json!(status.value()));
    }
    match (&pack.source_vi, &pack.source_en) {
        (Some(vi), Some(en)) => insert("source", json!({"vi": vi.value(), "en": en.value()})),
        (Some(alone), None) | (None, Some(alone)) => {
            return Err(Error::new(alone.span(), "the source is named in both languages"));
        }
        (None, None) => {}
    }
    if !pack.unverifiable.is_empty() {
        let obligations = pack.unverifiable.iter().map(|obligation| {
            let Obligation { quote, reason_vi, reason_en } = obligation;
            let reason = json!({"vi": reason_vi.value(), "en": reason_en.value()});
            json!({"quote": quote.value(), "reason": reason})
        });
        insert("unverifiable", obligations.collect());
    }
    Ok(out)
}

fn need<'p>(value: &'p Option<LitStr>, key: &str) -> Result<&'p LitStr> {
    value
        .as_ref()
        .ok_or_else(|| Error::new(Span::call_site(), format!("this pack has no `{key}`; {KEYS}")))
}

impl Parse for Pack {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let mut pack = Self::default();
        while !input.is_empty() {
            let key: Ident = input.parse()?;
            let name = key.to_string();
            input.parse::<Token![:]>()?;
            match name.as_str() {
                "id" => pack.id = Some(input.parse()?),
                "status" => pack.status = Some(input.parse()?),
                "provinces" => pack.provinces = list(input)?,
                "title_vi" => pack.title_vi = Some(input.parse()?),
                "title_en" => pack.title_en = Some(input.parse()?),
                "source_vi" => pack.source_vi = Some(input.parse()?),
                "source_en" => pack.source_en = Some(input.parse()?),
                "rules" => pack.rules = rules(input)?,
                "unverifiable" => pack.unverifiable = list(input)?,
                _ => return Err(Error::new(key.span(), format!("unknown key `{name}`; {KEYS}"))),
            }
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        Ok(pack)
    }
}

impl Parse for Obligation {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let content;
        let brace = braced!(content in input);
        let (mut quote, mut reason_vi, mut reason_en) = (None, None, None);
        while !content.is_empty() {
            let key: Ident = content.parse()?;
            content.parse::<Token![:]>()?;
            let slot = match key.to_string().as_str() {
                "quote" => &mut quote,
                "reason_vi" => &mut reason_vi,
                "reason_en" => &mut reason_en,
                _ => return Err(Error::new(key.span(), OBLIGATION)),
            };
            *slot = Some(content.parse()?);
            if !content.is_empty() {
                content.parse::<Token![,]>()?;
            }
        }
        match (quote, reason_vi, reason_en) {
            (Some(quote), Some(reason_vi), Some(reason_en)) => {
                Ok(Self { quote, reason_vi, reason_en })
            }
            _ => Err(Error::new(brace.span.join(), OBLIGATION)),
        }
    }
}

fn rules(input: ParseStream<'_>) -> Result<Vec<Ident>> {
    let rules: Vec<Ident> = list(input)?;
    for (position, rule) in rules.iter().enumerate() {
        if rules.iter().take(position).any(|before| before == rule) {
            return Err(Error::new(rule.span(), "this rule is listed twice"));
        }
    }
    Ok(rules)
}

fn list<T: Parse>(input: ParseStream<'_>) -> Result<Vec<T>> {
    let content;
    bracketed!(content in input);
    Ok(Punctuated::<T, Token![,]>::parse_terminated(&content)?.into_iter().collect())
}
