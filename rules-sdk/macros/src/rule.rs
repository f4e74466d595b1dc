//! `#[rule(...)]`: the description of a rule beside the function that checks it.

mod attributes;
mod citation;
mod reads;

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use serde_json::{Map, Value, json};
use syn::spanned::Spanned;
use syn::{Error, FnArg, Ident, ItemFn, LitStr, Path, Result, Type};

pub(crate) use self::attributes::severity;
use self::attributes::{Attributes, FactNeed, KEYS};
use self::citation::{basis, effective};
use self::reads::reads;
use crate::docs;

/// The types that a rule can take, which are called like their kinds of subjects.
const SUBJECTS: [&str; 4] = ["Dossier", "BudgetEntry", "UnitPlan", "Portfolio"];

/// What a parameter of the function is for.
enum Argument {
    Subject(Ident),
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
            quote! { ",\"parameters\":", <#ty as ::kycuong_rules_sdk::Parameters>::MANIFEST, }
        }
        None => quote!(),
    };
    let values = arguments.iter().map(|argument| match argument {
        Argument::Subject(_) => quote!(subject),
        Argument::AnySubject => quote!(input.subject()),
        Argument::Facts => quote!(input.facts()),
        Argument::Context => quote!(input.context()),
        Argument::Parameters(ty) => {
            quote!(&<#ty as ::kycuong_rules_sdk::Parameters>::read(&input.parameters(#name)))
        }
        Argument::Findings => quote!(findings),
    });
    let subject = arguments.iter().find_map(|argument| match argument {
        Argument::Subject(ty) => Some(quote! {
            // The host asks only rules of the subject's kind.
            let Some(subject) = <::kycuong_rules_sdk::#ty<'_> as ::kycuong_rules_sdk::Judged<'_>>::among(input.subject())
            else {
                return input.subject().not_judged();
            };
        }),
        _ => None,
    });
    let needed =
        attributes.facts.iter().filter(|need| !need.optional).map(|need| need.table.to_string());
    let violations = attributes.violations.as_deref().ok_or_else(|| {
        Error::new(
            ident.span(),
            "a rule lists what it can find with `violations = [TotalDiffers, …]`, in the order of its book page",
        )
    })?;
    let (codes, violation_pieces, checks) = listed(violations);
    let severity = &attributes.severity;
    let subjects =
        Codes::of("subjects", &subjects(&attributes, &arguments)?, &quote!(codes::SubjectKind));
    let kinds = Codes::of("kinds", &attributes.kinds, &quote!(codes::DossierKind));
    let regimes = Codes::of("regimes", &attributes.regimes, &quote!(regime::Regime));
    let stages = Codes::of("stages", &attributes.stages, &quote!(codes::Stage));
    let lists = [&subjects, &kinds, &regimes, &stages].map(|codes| &codes.pieces);
    let facts_there = attributes.facts.iter().map(|need| facts_there(need, &subjects.values));
    let (kinds, regimes, stages) = (&kinds.values, &regimes.values, &stages.values);

    Ok(quote! {
        #function

        /// The rule, with its description. One file holds one rule.
        #[doc(hidden)]
        pub const RULE: ::kycuong_rules_sdk::Rule = {
            fn run(
                input: &::kycuong_rules_sdk::Input<'_>,
                findings: &mut ::kycuong_rules_sdk::Findings,
            ) -> ::kycuong_rules_sdk::Checked {
                #subject
                #ident(#(#values),*)
            }

            const SEVERITY: ::kycuong_rules_sdk::Severity = ::kycuong_rules_sdk::Severity::#severity;
            #(#checks)*
            #(#facts_there)*

            ::kycuong_rules_sdk::Rule {
                name: #name,
                severity: SEVERITY,
                violations: &[#(#codes),*],
                kinds: &[#(#kinds),*],
                regimes: &[#(#regimes),*],
                stages: &[#(#stages),*],
                needed_facts: &[#(#needed),*],
                manifest_before_pack: &[#before],
                manifest_after_pack: &[#after, ",\"severity\":\"", SEVERITY.code(), "\"", #(#lists)* #parameter_pieces ",\"violations\":[", #(#violation_pieces)* "]}"],
                run,
            }
        };
    })
}

/// What the compiler has to check of a declaration of facts: rows that nothing can select are none, and a rule
/// without rows has nothing to object to.
fn facts_there(need: &FactNeed, subjects: &[TokenStream]) -> TokenStream {
    let (Some(column), Some(path)) = (&need.column, &need.path) else { return quote!() };
    let table = need.table.to_string();
    let no_column = format!(
        "the table `{table}` has no column `{}`; `kycuong facts template DIR` writes all of them",
        column.value()
    );
    let no_value = format!(
        "this rule's subject has no text, number, date or code at `{}`; write the members with dots, and `*` for every element, as in `components.*.function_code`",
        path.value()
    );
    let is_column = quote_spanned!(column.span()=> ::kycuong_rules_sdk::model::facts::is_column);
    let is_value = quote_spanned!(path.span()=> ::kycuong_rules_sdk::model::facts::is_value);
    let column_there = quote_spanned! { column.span()=>
        const _: () = ::core::assert!(#is_column(#table, #column), #no_column);
    };
    let value_there = quote_spanned! { path.span()=>
        const _: () = ::core::assert!(#(#is_value(#subjects, #path))||*, #no_value);
    };
    quote!(#column_there #value_there)
}

/// What stands for the violations in the constant of a rule: their codes, the pieces of its manifest, and what
/// the compiler has to check of them.
fn listed(violations: &[Path]) -> (Vec<TokenStream>, Vec<TokenStream>, Vec<TokenStream>) {
    let codes: Vec<TokenStream> = violations
        .iter()
        .map(|path| quote_spanned!(path.span()=> <#path>::LISTED_BY_A_RULE))
        .collect();
    let wording = |path: &Path| quote!(<#path as ::kycuong_rules_sdk::Violation>::WORDING);
    let pieces = violations
        .iter()
        .enumerate()
        .map(|(position, path)| {
            let comma = if position == 0 { quote!() } else { quote!(",",) };
            let wording = wording(path);
            quote! {
                #comma
                <#path as ::kycuong_rules_sdk::Violation>::MANIFEST,
                ",\"severity\":\"",
                #wording.severity_in(SEVERITY).code(),
                "\"}",
            }
        })
        .collect();
    let checks = violations
        .iter()
        .enumerate()
        .map(|(position, path)| {
            let span = path.span();
            let (name, wording) = (path.to_token_stream().to_string(), wording(path));
            let severe = format!("`{name}` has a severity above its rule's");
            let twice = format!(
                "`{name}` has the code of another violation of this rule; give it one of its own with `code = \"…\"`"
            );
            let before = codes.iter().take(position);
            quote_spanned! { span=>
                const _: () = ::core::assert!(#wording.is_within(SEVERITY), #severe);
                const _: () = ::core::assert!(#wording.is_distinct(&[#(#before),*]), #twice);
            }
        })
        .collect();
    (codes, pieces, checks)
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
        arguments.push(match name.as_str() {
            subject if SUBJECTS.contains(&subject) => Argument::Subject(last.ident.clone()),
            "Subject" => Argument::AnySubject,
            "Facts" => Argument::Facts,
            "Context" => Argument::Context,
            "Findings" if reference.mutability.is_some() => Argument::Findings,
            other if other.ends_with("Parameters") => {
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
    if let Some(requirement) = &attributes.requirement {
        out.insert("requirement".into(), json!(requirement.value()));
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

    let severity = attributes
        .severity
        .as_ref()
        .ok_or_else(|| Error::new(here, format!("this rule has no `severity`; {KEYS}")))?;
    if let Some(verified) = &attributes.verified {
        if !verified.value && severity == "Block" {
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

/// The kinds of subjects that a rule judges: that of its parameter's type, else those that it lists.
fn subjects(attributes: &Attributes, arguments: &[Argument]) -> Result<Vec<Ident>> {
    let typed = arguments.iter().find_map(|argument| match argument {
        Argument::Subject(ty) => Some(ty),
        _ => None,
    });
    let subjects = match (typed, attributes.subjects.as_slice()) {
        (Some(ty), []) => vec![ty.clone()],
        (Some(_), [first, ..]) => {
            return Err(Error::new(
                first.span(),
                "`subjects` is for rules that take `&Subject`; the type says it here",
            ));
        }
        (None, []) => {
            return Err(Error::new(
                Span::call_site(),
                "a rule that takes `&Subject` says which with `subjects = [Dossier, …]`",
            ));
        }
        (None, several) => several.to_vec(),
    };
    let of_dossiers = [&attributes.kinds, &attributes.regimes, &attributes.stages];
    if let Some(first) = of_dossiers.into_iter().flatten().next()
        && !subjects.iter().any(|subject| subject == "Dossier")
    {
        return Err(Error::new(
            first.span(),
            "`kinds`, `regimes` and `stages` are of dossiers, which this rule does not judge",
        ));
    }
    Ok(subjects)
}

/// Codes that a rule lists: as Rust knows them, and as pieces of its manifest.
struct Codes {
    values: Vec<TokenStream>,
    pieces: TokenStream,
}

impl Codes {
    /// The variants of a type of the model; each is looked up where its author wrote it.
    fn of(list: &str, variants: &[Ident], ty: &TokenStream) -> Self {
        let values: Vec<TokenStream> = variants
            .iter()
            .map(|variant| {
                quote_spanned!(variant.span()=> ::kycuong_rules_sdk::model::#ty::#variant)
            })
            .collect();
        if values.is_empty() {
            return Self { values, pieces: quote!() };
        }
        let start = format!(",\"{list}\":[\"");
        let codes = values.iter().enumerate().map(|(position, value)| {
            let comma = if position == 0 { quote!() } else { quote!("\",\"",) };
            quote!(#comma #value.as_str(),)
        });
        let pieces = quote!(#start, #(#codes)* "\"]",);
        Self { values, pieces }
    }
}
