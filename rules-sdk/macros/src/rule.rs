//! `#[rule(...)]`: the description of a rule beside the function that checks it.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::quote;
use serde_json::{Map, Value, json};
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{
    Error, FnArg, Ident, ItemFn, LitBool, LitStr, Pat, Result, Token, Type, bracketed,
    parenthesized,
};

use crate::docs;

const KEYS: &str = "a rule has `row`, `title_vi`, `title_en`, `severity`, `effective`, `basis`, `quote`, `subjects`, \
                    `kinds`, `reads`, `facts` and `verified`";
const SUBJECTS: [(&str, &str); 4] = [
    ("Dossier", "dossier"),
    ("BudgetEntry", "budget-entry"),
    ("UnitPlan", "unit-plan"),
    ("Portfolio", "portfolio"),
];
const KINDS: [&str; 7] = [
    "feasibility-report",
    "purchase-feasibility-report",
    "hire-feasibility-report",
    "economic-technical-report",
    "hire-plan",
    "outline-and-estimate",
    "purchase-without-project",
];
const TABLES: [&str; 7] = [
    "legal_register",
    "budget_codes",
    "systems",
    "shared_platforms",
    "price_benchmarks",
    "working_days",
    "project_history",
];

/// What stands between the parentheses of `#[rule(...)]`.
#[derive(Default)]
struct Attributes {
    row: Option<LitStr>,
    title_vi: Option<LitStr>,
    title_en: Option<LitStr>,
    severity: Option<LitStr>,
    effective: Option<LitStr>,
    basis: Option<LitStr>,
    quote: Option<LitStr>,
    subjects: Vec<LitStr>,
    kinds: Vec<LitStr>,
    reads: Vec<LitStr>,
    facts: Vec<FactNeed>,
    verified: Option<LitBool>,
}

/// `systems(column = "function_code", path = "components.*.function_code", optional)`.
struct FactNeed {
    table: Ident,
    column: Option<LitStr>,
    path: Option<LitStr>,
    optional: bool,
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
                "row" => attributes.row = Some(input.parse()?),
                "title_vi" => attributes.title_vi = Some(input.parse()?),
                "title_en" => attributes.title_en = Some(input.parse()?),
                "severity" => attributes.severity = Some(input.parse()?),
                "effective" => attributes.effective = Some(input.parse()?),
                "basis" => attributes.basis = Some(input.parse()?),
                "quote" => attributes.quote = Some(input.parse()?),
                "verified" => attributes.verified = Some(input.parse()?),
                "subjects" => attributes.subjects = list(input)?,
                "kinds" => attributes.kinds = list(input)?,
                "reads" => attributes.reads = list(input)?,
                "facts" => attributes.facts = list(input)?,
                _ => return Err(Error::new(key.span(), format!("unknown key `{name}`; {KEYS}"))),
            }
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        Ok(attributes)
    }
}

fn list<T: Parse>(input: ParseStream<'_>) -> Result<Vec<T>> {
    let content;
    bracketed!(content in input);
    Ok(Punctuated::<T, Token![,]>::parse_terminated(&content)?.into_iter().collect())
}

/// What a parameter of the function is for.
enum Argument {
    Subject(Ident, &'static str),
    AnySubject,
    Facts,
    Context,
    Parameters(Type),
    Findings,
}

pub(crate) fn expand(attribute: TokenStream, function: ItemFn) -> Result<TokenStream> {
    let attributes: Attributes = syn::parse2(attribute)?;
    let ident = &function.sig.ident;
    let doc = docs::text(&function.attrs);
    if doc.is_empty() {
        return Err(Error::new(
            ident.span(),
            "this rule has no doc comment; it is what officials read about the rule",
        ));
    }
    let arguments = arguments(&function)?;
    let name = ident.to_string().replace('_', "-");
    let mut description = describe(&attributes, &doc, &function, &arguments)?;
    description.insert("id".to_owned(), Value::String(format!("\u{0}/{name}")));

    // The pack's id is only known where the pack is put together; the pieces are joined there.
    let text = Value::Object(description).to_string();
    let (before, after) = text.split_once("\\u0000").unwrap_or(("", &text));
    let after = after.strip_suffix('}').unwrap_or(after);
    let parameters = arguments.iter().find_map(|argument| match argument {
        Argument::Parameters(ty) => Some(ty),
        _ => None,
    });
    let parameter_pieces = match parameters {
        Some(ty) => {
            quote! { ",\"parameters\":", <super::#ty as ::kycuong_rules_sdk::Parameters>::MANIFEST, }
        }
        None => quote!(),
    };
    let values = arguments.iter().map(|argument| match argument {
        Argument::Subject(..) => quote!(subject),
        Argument::AnySubject => quote!(input.subject()),
        Argument::Facts => quote!(input.facts()),
        Argument::Context => quote!(input.context()),
        Argument::Parameters(ty) => {
            quote!(&<super::#ty as ::kycuong_rules_sdk::Parameters>::read(&input.parameters(#name)))
        }
        Argument::Findings => quote!(findings),
    });
    let subject = arguments.iter().find_map(|argument| match argument {
        Argument::Subject(ty, _) => Some(quote! {
            // The host asks only rules of the subject's kind.
            let Some(subject) = <::kycuong_rules_sdk::#ty<'_> as ::kycuong_rules_sdk::Judged<'_>>::among(input.subject())
            else {
                return ::kycuong_rules_sdk::not_applicable(
                    "Quy tắc không xét loại đối tượng này.",
                    "The rule does not judge this kind of subject.",
                );
            };
        }),
        _ => None,
    });
    let needed =
        attributes.facts.iter().filter(|need| !need.optional).map(|need| need.table.to_string());
    let severity = match attributes.severity.as_ref().map(LitStr::value).as_deref() {
        Some("block") => quote!(Block),
        Some("warn") => quote!(Warn),
        _ => quote!(Inform),
    };
    let visibility = &function.vis;

    Ok(quote! {
        #function

        #[doc(hidden)]
        #visibility mod #ident {
            /// The rule, with its description.
            pub const RULE: ::kycuong_rules_sdk::Rule = ::kycuong_rules_sdk::Rule {
                name: #name,
                severity: ::kycuong_rules_sdk::Severity::#severity,
                needed_facts: &[#(#needed),*],
                manifest_before_pack: &[#before],
                manifest_after_pack: &[#after, #parameter_pieces "}"],
                run,
            };

            fn run(
                input: &::kycuong_rules_sdk::Input<'_>,
                findings: &mut ::kycuong_rules_sdk::Findings,
            ) -> ::kycuong_rules_sdk::Checked {
                #subject
                super::#ident(#(#values),*)
            }
        }
    })
}

fn arguments(function: &ItemFn) -> Result<Vec<Argument>> {
    const SHAPE: &str = "a rule takes the subject (`&Dossier`, `&BudgetEntry`, `&UnitPlan`, `&Portfolio` or `&Subject`), \
                         then any of `&Facts`, `&Context` and its `&…Parameters`, and last `&mut Findings`";
    let mut arguments = Vec::new();
    for input in &function.sig.inputs {
        let FnArg::Typed(typed) = input else { return Err(Error::new_spanned(input, SHAPE)) };
        let Type::Reference(reference) = &*typed.ty else {
            return Err(Error::new_spanned(&typed.ty, SHAPE));
        };
        let Type::Path(path) = &*reference.elem else {
            return Err(Error::new_spanned(&typed.ty, SHAPE));
        };
        let Some(last) = path.path.segments.last() else {
            return Err(Error::new_spanned(&typed.ty, SHAPE));
        };
        let name = last.ident.to_string();
        let subject = SUBJECTS.iter().find(|(ty, _)| *ty == name);
        arguments.push(match (name.as_str(), subject) {
            (_, Some((_, code))) => Argument::Subject(last.ident.clone(), code),
            ("Subject", _) => Argument::AnySubject,
            ("Facts", _) => Argument::Facts,
            ("Context", _) => Argument::Context,
            ("Findings", _) if reference.mutability.is_some() => Argument::Findings,
            (other, _) if other.ends_with("Parameters") => {
                Argument::Parameters((*reference.elem).clone())
            }
            _ => return Err(Error::new_spanned(&typed.ty, SHAPE)),
        });
    }
    let subjects = arguments
        .iter()
        .filter(|argument| matches!(argument, Argument::Subject(..) | Argument::AnySubject))
        .count();
    let starts = matches!(arguments.first(), Some(Argument::Subject(..) | Argument::AnySubject));
    if subjects != 1 || !starts || !matches!(arguments.last(), Some(Argument::Findings)) {
        return Err(Error::new_spanned(&function.sig.inputs, SHAPE));
    }
    Ok(arguments)
}

fn describe(
    attributes: &Attributes,
    doc: &str,
    function: &ItemFn,
    arguments: &[Argument],
) -> Result<Map<String, Value>> {
    let here = Span::call_site();
    let need = |value: &Option<LitStr>, key: &str| {
        value.clone().ok_or_else(|| Error::new(here, format!("this rule has no `{key}`; {KEYS}")))
    };
    let mut out = Map::new();
    if let Some(row) = &attributes.row {
        out.insert("row".into(), json!(row.value()));
    }
    let (title_vi, title_en) =
        (need(&attributes.title_vi, "title_vi")?, need(&attributes.title_en, "title_en")?);
    for title in [&title_vi, &title_en] {
        if title.value().trim().is_empty() {
            return Err(Error::new(title.span(), "a rule has a title in both languages"));
        }
    }
    out.insert("title".into(), json!({"vi": title_vi.value(), "en": title_en.value()}));
    out.insert("doc".into(), json!(doc));

    let severity = need(&attributes.severity, "severity")?;
    if !["block", "warn", "inform"].contains(&severity.value().as_str()) {
        let message = format!(
            "unknown severity `{}`; expected `block`, `warn` or `inform`",
            severity.value()
        );
        return Err(Error::new(severity.span(), message));
    }
    out.insert("severity".into(), json!(severity.value()));
    if let Some(verified) = &attributes.verified {
        if !verified.value && severity.value() == "block" {
            return Err(Error::new(
                severity.span(),
                "a rule whose legal numbers are not verified warns at most",
            ));
        }
        out.insert("verified".into(), json!(verified.value));
    }
    out.insert("effective".into(), effective(&need(&attributes.effective, "effective")?)?);
    out.insert("basis".into(), basis(&need(&attributes.basis, "basis")?)?);
    if let Some(quote) = &attributes.quote {
        if quote.value().trim().is_empty() {
            return Err(Error::new(
                quote.span(),
                "a quote repeats the words of the source; leave the key out when there are none",
            ));
        }
        out.insert("quote".into(), json!(quote.value()));
    }
    out.insert("subjects".into(), subjects(attributes, arguments)?);
    for kind in &attributes.kinds {
        if !KINDS.contains(&kind.value().as_str()) {
            let message =
                format!("unknown kind `{}`; there are {}", kind.value(), KINDS.join(", "));
            return Err(Error::new(kind.span(), message));
        }
    }
    if !attributes.kinds.is_empty() {
        out.insert("kinds".into(), attributes.kinds.iter().map(LitStr::value).collect());
    }
    let mut reads = reads(function);
    reads.extend(attributes.reads.iter().map(LitStr::value));
    reads.sort();
    reads.dedup();
    if reads.is_empty() {
        return Err(Error::new(
            function.sig.ident.span(),
            "this rule reads nothing of its subject; name what its helpers read with `reads = [\"…\"]`",
        ));
    }
    out.insert("reads".into(), json!(reads));
    let facts: Vec<Value> = attributes
        .facts
        .iter()
        .map(|need| {
            let mut fact = Map::new();
            fact.insert("table".into(), json!(need.table.to_string()));
            if let (Some(column), Some(path)) = (&need.column, &need.path) {
                fact.insert("column".into(), json!(column.value()));
                fact.insert("path".into(), json!(path.value()));
            }
            if need.optional {
                fact.insert("optional".into(), json!(true));
            }
            Value::Object(fact)
        })
        .collect();
    let takes_facts = arguments.iter().any(|argument| matches!(argument, Argument::Facts));
    if takes_facts == facts.is_empty() {
        return Err(Error::new(
            function.sig.ident.span(),
            "a rule that takes `&Facts` names its tables with `facts = [table(column = \"…\", path = \"…\")]`, and only such a rule does",
        ));
    }
    if !facts.is_empty() {
        out.insert("facts".into(), Value::Array(facts));
    }
    Ok(out)
}

fn subjects(attributes: &Attributes, arguments: &[Argument]) -> Result<Value> {
    let typed = arguments.iter().find_map(|argument| match argument {
        Argument::Subject(_, code) => Some(*code),
        _ => None,
    });
    match (typed, attributes.subjects.as_slice()) {
        (Some(code), []) => Ok(json!([code])),
        (Some(_), [first, ..]) => Err(Error::new(
            first.span(),
            "`subjects` is for rules that take `&Subject`; the type says it here",
        )),
        (None, []) => Err(Error::new(
            Span::call_site(),
            "a rule that takes `&Subject` says which with `subjects = [\"dossier\", …]`",
        )),
        (None, several) => {
            for subject in several {
                if !SUBJECTS.iter().any(|(_, code)| *code == subject.value()) {
                    return Err(Error::new(
                        subject.span(),
                        format!(
                            "unknown subject `{}`; there are dossier, budget-entry, unit-plan, portfolio",
                            subject.value()
                        ),
                    ));
                }
            }
            Ok(several.iter().map(LitStr::value).collect())
        }
    }
}

fn effective(literal: &LitStr) -> Result<Value> {
    const SHAPE: &str =
        "expected `YYYY-MM-DD..` or `YYYY-MM-DD..=YYYY-MM-DD` (the last day counts, so `..=`)";
    let text = literal.value();
    let (from, to) = match text.split_once("..") {
        Some((from, "")) => (from, None),
        Some((from, last)) => match last.strip_prefix('=') {
            Some(to) => (from, Some(to)),
            None => return Err(Error::new(literal.span(), SHAPE)),
        },
        None => return Err(Error::new(literal.span(), SHAPE)),
    };
    for date in std::iter::once(from).chain(to) {
        if !is_date(date) {
            return Err(Error::new(
                literal.span(),
                format!("expected a date written YYYY-MM-DD, got `{date}`"),
            ));
        }
    }
    match to {
        Some(to) if to < from => {
            Err(Error::new(literal.span(), "the last day is before the first"))
        }
        Some(to) => Ok(json!({"from": from, "to": to})),
        None => Ok(json!({"from": from})),
    }
}

fn is_date(text: &str) -> bool {
    let number = |range: std::ops::Range<usize>| {
        text.get(range).and_then(|digits| digits.parse::<u32>().ok())
    };
    let shaped = text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| {
            if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() }
        });
    let (Some(year), Some(month), Some(day)) = (number(0..4), number(5..7), number(8..10)) else {
        return false;
    };
    let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 0,
    };
    shaped && year > 0 && (1..=days).contains(&day)
}

/// `Nghị định 224/2026/NĐ-CP, Điều 66 khoản 4 điểm b; Công văn …`: instruments are separated by
/// semicolons, the article follows the first comma before `Điều`, `Phụ lục` or `mục`.
fn basis(literal: &LitStr) -> Result<Value> {
    let text = literal.value();
    let entries: Vec<&str> =
        text.split(';').map(str::trim).filter(|entry| !entry.is_empty()).collect();
    if entries.is_empty() {
        return Err(Error::new(literal.span(), "a rule names the legal text that it rests on"));
    }
    Ok(entries
        .into_iter()
        .map(|entry| {
            let cut = ["Điều ", "Phụ lục", "phụ lục", "mục ", "khoản ", "Mục "]
                .iter()
                .filter_map(|word| entry.find(&format!(", {word}")))
                .min();
            match cut {
                Some(cut) => json!({"instrument": &entry[..cut], "article": &entry[cut + 2..]}),
                None => json!({"instrument": entry}),
            }
        })
        .collect())
}

/// The members that the body reads: every chain of fields that starts at the subject's parameter.
fn reads(function: &ItemFn) -> Vec<String> {
    let Some(FnArg::Typed(first)) = function.sig.inputs.first() else { return Vec::new() };
    let Pat::Ident(subject) = &*first.pat else { return Vec::new() };
    let block = &function.block;
    let mut found = Vec::new();
    collect_reads(quote!(#block), &subject.ident.to_string(), &mut found);
    found
}

fn collect_reads(tokens: TokenStream, subject: &str, found: &mut Vec<String>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        at += 1;
        match token {
            TokenTree::Group(group) => collect_reads(group.stream(), subject, found),
            TokenTree::Ident(ident) if ident == subject => {
                let mut path: Vec<String> = Vec::new();
                while let (Some(TokenTree::Punct(dot)), Some(TokenTree::Ident(member))) =
                    (tokens.get(at), tokens.get(at + 1))
                {
                    let call = matches!(tokens.get(at + 2), Some(TokenTree::Group(group))
                        if group.delimiter() == proc_macro2::Delimiter::Parenthesis);
                    if dot.as_char() != '.' || call {
                        break;
                    }
                    let member = member.to_string();
                    path.push(member.strip_prefix("r#").unwrap_or(&member).to_owned());
                    at += 2;
                }
                if !path.is_empty() {
                    found.push(path.join("."));
                }
            }
            _ => {}
        }
    }
}
