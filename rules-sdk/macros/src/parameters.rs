//! `#[derive(Parameters)]`: what a province may set, with its default and bounds.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::{Map, Value, json};
use syn::{Data, DeriveInput, Error, Fields, LitStr, Result, Type};

use crate::docs;

const SHAPE: &str = "a parameter has a `default`, and unless it is a switch a `min` and a `max`";

pub(crate) fn expand(input: DeriveInput) -> Result<TokenStream> {
    let name = &input.ident;
    if !name.to_string().ends_with("Parameters") {
        return Err(Error::new(
            name.span(),
            "the name of a parameters struct ends in `Parameters`, so that `#[rule]` knows it",
        ));
    }
    let Data::Struct(data) = &input.data else {
        return Err(Error::new(name.span(), "parameters are the fields of a struct"));
    };
    let Fields::Named(fields) = &data.fields else {
        return Err(Error::new(name.span(), "parameters are named fields"));
    };
    let mut descriptions = Vec::new();
    let mut reads = Vec::new();
    for field in &fields.named {
        let Some(ident) = &field.ident else { continue };
        let doc = docs::text(&field.attrs);
        if doc.is_empty() {
            return Err(Error::new(
                ident.span(),
                "a parameter needs a Vietnamese doc comment; the province reads it before setting it",
            ));
        }
        let kind = kind(&field.ty)?;
        let (mut default, mut min, mut max) = (None, None, None);
        for attribute in
            field.attrs.iter().filter(|attribute| attribute.path().is_ident("parameter"))
        {
            attribute.parse_nested_meta(|meta| {
                let slot = if meta.path.is_ident("default") {
                    &mut default
                } else if meta.path.is_ident("min") {
                    &mut min
                } else if meta.path.is_ident("max") {
                    &mut max
                } else {
                    return Err(meta.error(SHAPE));
                };
                *slot = Some(meta.value()?.parse::<LitStr>()?);
                Ok(())
            })?;
        }
        let Some(default) = default else { return Err(Error::new(ident.span(), SHAPE)) };
        let bounded = kind != "switch";
        if bounded != (min.is_some() && max.is_some()) {
            return Err(Error::new(ident.span(), SHAPE));
        }
        for literal in std::iter::once(&default).chain(&min).chain(&max) {
            check(literal, kind)?;
        }
        let mut description = Map::new();
        description.insert("name".into(), json!(ident.to_string()));
        description.insert("doc".into(), json!(doc));
        description.insert("kind".into(), json!(kind));
        description.insert("default".into(), json!(default.value()));
        if let (Some(min), Some(max)) = (&min, &max) {
            if !(order(min) <= order(&default) && order(&default) <= order(max)) {
                return Err(Error::new(default.span(), "the default lies outside `min` and `max`"));
            }
            description.insert("min".into(), json!(min.value()));
            description.insert("max".into(), json!(max.value()));
        }
        descriptions.push(Value::Object(description));
        let member = ident.to_string();
        reads.push(quote!(#ident: source.read(#member, #default)));
    }
    let manifest = Value::Array(descriptions).to_string();

    Ok(quote! {
        impl ::kycuong_rules_sdk::Parameters for #name {
            const MANIFEST: &'static str = #manifest;
            fn read(source: &::kycuong_rules_sdk::ParameterSource<'_>) -> Self {
                Self { #(#reads),* }
            }
        }
    })
}

fn kind(ty: &Type) -> Result<&'static str> {
    let name = match ty {
        Type::Path(path) => {
            path.path.segments.last().map(|segment| segment.ident.to_string()).unwrap_or_default()
        }
        _ => String::new(),
    };
    match name.as_str() {
        "Percent" => Ok("percent"),
        "Money" => Ok("money"),
        "Count" | "u32" => Ok("count"),
        "bool" => Ok("switch"),
        "Date" => Ok("date"),
        _ => Err(Error::new_spanned(
            ty,
            "a parameter is a `Percent`, a `Money`, a `Count`, a `Date` or a `bool`",
        )),
    }
}

fn check(literal: &LitStr, kind: &str) -> Result<()> {
    let text = literal.value();
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let fits = match kind {
        "switch" => text == "true" || text == "false",
        "percent" => text
            .split_once('.')
            .map_or_else(|| digits(&text), |(whole, rest)| digits(whole) && digits(rest)),
        "date" => text.len() == 10,
        _ => digits(&text) && text.len() <= 18,
    };
    if fits { Ok(()) } else { Err(Error::new(literal.span(), format!("`{text}` is no {kind}"))) }
}

/// A key that orders the texts of one kind: whole part, then up to six decimals; dates by their digits.
fn order(literal: &LitStr) -> u128 {
    let text = literal.value().replace('-', "");
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    format!("{whole}{fraction:0<6.6}").parse().unwrap_or(u128::MAX)
}
