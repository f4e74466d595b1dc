//! What stands between the parentheses of `#[rule(...)]`.

use std::collections::BTreeSet;

use quote::ToTokens;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Error, Ident, LitBool, LitStr, Path, Result, Token, bracketed, parenthesized};

pub(super) const KEYS: &str = "a rule has `requirement`, `title_vi`, `title_en`, `severity`, `effective`, `basis`, `quote`, `subjects`, \
                    `kinds`, `regimes`, `stages`, `reads`, `facts`, `verified` and `violations`";
const TABLES: [&str; 11] = [
    "legal_register",
    "budget_codes",
    "systems",
    "shared_platforms",
    "price_benchmarks",
    "working_days",
    "project_history",
    "inspections",
    "unit_reports",
    "readiness_ranks",
    "communes",
];

/// What stands between the parentheses of `#[rule(...)]`.
#[derive(Default)]
pub(super) struct Attributes {
    pub(super) requirement: Option<LitStr>,
    pub(super) title_vi: Option<LitStr>,
    pub(super) title_en: Option<LitStr>,
    pub(super) severity: Option<Ident>,
    pub(super) effective: Option<LitStr>,
    pub(super) basis: Option<LitStr>,
    pub(super) quote: Option<LitStr>,
    pub(super) subjects: Vec<Ident>,
    pub(super) kinds: Vec<Ident>,
    pub(super) regimes: Vec<Ident>,
    pub(super) stages: Vec<Ident>,
    pub(super) reads: Vec<LitStr>,
    pub(super) facts: Vec<FactNeed>,
    pub(super) verified: Option<LitBool>,
    pub(super) violations: Option<Vec<Path>>,
}

/// `systems(column = "function_code", path = "components.*.function_code", optional)`.
pub(super) struct FactNeed {
    pub(super) table: Ident,
    pub(super) column: Option<LitStr>,
    pub(super) path: Option<LitStr>,
    pub(super) optional: bool,
}

impl Parse for FactNeed {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let table: Ident = input.parse()?;
        if !TABLES.contains(&table.to_string().as_str()) {
            return Err(Error::new(
                table.span(),
                format!("unknown table `{table}`; there are {}", TABLES.join(", ")),
            ));
        }
        let mut need = Self { table, column: None, path: None, optional: false };
        if input.peek(syn::token::Paren) {
            let content;
            parenthesized!(content in input);
            while !content.is_empty() {
                let key: Ident = content.parse()?;
                match key.to_string().as_str() {
                    "optional" => need.optional = true,
                    "column" => {
                        content.parse::<Token![=]>()?;
                        need.column = Some(content.parse()?);
                    }
                    "path" => {
                        content.parse::<Token![=]>()?;
                        need.path = Some(content.parse()?);
                    }
                    _ => {
                        return Err(Error::new(
                            key.span(),
                            "a table takes `column`, `path` and `optional`",
                        ));
                    }
                }
                if !content.is_empty() {
                    content.parse::<Token![,]>()?;
                }
            }
        }
        if need.column.is_some() != need.path.is_some() {
            return Err(Error::new(
                need.table.span(),
                "`column` and `path` go together: the rows whose column holds a value at the path",
            ));
        }
        Ok(need)
    }
}

impl Parse for Attributes {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let mut attributes = Self::default();
        while !input.is_empty() {
            let key: Ident = input.parse()?;
            let name = key.to_string();
            input.parse::<Token![=]>()?;
            match name.as_str() {
                "requirement" => attributes.requirement = Some(input.parse()?),
                "title_vi" => attributes.title_vi = Some(input.parse()?),
                "title_en" => attributes.title_en = Some(input.parse()?),
                "severity" => attributes.severity = Some(severity(input)?),
                "effective" => attributes.effective = Some(input.parse()?),
                "basis" => attributes.basis = Some(input.parse()?),
                "quote" => attributes.quote = Some(input.parse()?),
                "verified" => attributes.verified = Some(input.parse()?),
                "subjects" => attributes.subjects = variants(input)?,
                "kinds" => attributes.kinds = variants(input)?,
                "regimes" => attributes.regimes = variants(input)?,
                "stages" => attributes.stages = variants(input)?,
                "reads" => attributes.reads = list(input)?,
                "facts" => attributes.facts = list(input)?,
                "violations" => attributes.violations = Some(violations(input)?),
                _ => return Err(Error::new(key.span(), format!("unknown key `{name}`; {KEYS}"))),
            }
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        Ok(attributes)
    }
}

const SEVERITIES: [&str; 3] = ["Block", "Warn", "Inform"];

/// `Block`, `Warn` or `Inform`.
pub(crate) fn severity(input: ParseStream<'_>) -> Result<Ident> {
    const SHAPE: &str = "expected `Block`, `Warn` or `Inform`";
    let severity: Ident = input
        .parse()
        .map_err(|error| Error::new(error.span(), format!("a severity is a name: {SHAPE}")))?;
    if !SEVERITIES.contains(&severity.to_string().as_str()) {
        return Err(Error::new(severity.span(), format!("unknown severity `{severity}`; {SHAPE}")));
    }
    Ok(severity)
}

/// Variants of one of the model's codes, as in `[ServiceLease, FeasibilityReport]`; the compiler knows which there are.
fn variants(input: ParseStream<'_>) -> Result<Vec<Ident>> {
    let content;
    bracketed!(content in input);
    let mut variants: Vec<Ident> = Vec::new();
    while !content.is_empty() {
        if content.peek(LitStr) {
            return Err(content.error(
                "a code is written as its name in Rust: `ServiceLease`, not \"service-lease\"",
            ));
        }
        let variant: Ident = content.parse()?;
        if variants.contains(&variant) {
            return Err(Error::new(variant.span(), format!("`{variant}` is listed twice")));
        }
        variants.push(variant);
        if !content.is_empty() {
            content.parse::<Token![,]>()?;
        }
    }
    Ok(variants)
}

/// The structs that a rule can report, each once.
fn violations(input: ParseStream<'_>) -> Result<Vec<Path>> {
    let paths: Vec<Path> = list(input)?;
    if paths.is_empty() {
        return Err(input.error("a rule can find something: `violations` lists at least one"));
    }
    let mut seen = BTreeSet::new();
    for path in &paths {
        if !seen.insert(path.to_token_stream().to_string()) {
            return Err(Error::new_spanned(path, "this violation is listed twice"));
        }
    }
    Ok(paths)
}

fn list<T: Parse>(input: ParseStream<'_>) -> Result<Vec<T>> {
    let content;
    bracketed!(content in input);
    Ok(Punctuated::<T, Token![,]>::parse_terminated(&content)?.into_iter().collect())
}
