//! `#[derive(View)]`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, Error, Fields, GenericParam, Result};

use crate::docs;

pub(crate) fn expand(input: DeriveInput) -> Result<TokenStream> {
    let Data::Struct(data) = &input.data else {
        return Err(Error::new_spanned(&input.ident, "a view is a struct"));
    };
    let Fields::Named(fields) = &data.fields else {
        return Err(Error::new_spanned(
            &input.ident,
            "a view has named fields: they are the JSON members",
        ));
    };
    let lifetime = match input.generics.params.iter().collect::<Vec<_>>().as_slice() {
        [GenericParam::Lifetime(only)] => only.lifetime.clone(),
        _ => {
            return Err(Error::new_spanned(
                &input.ident,
                "a view has exactly one lifetime, that of the document",
            ));
        }
    };
    let name = &input.ident;
    let doc = docs::text(&input.attrs);
    if doc.is_empty() {
        return Err(Error::new_spanned(
            name,
            "a view needs a Vietnamese doc comment; it is the title in the schema",
        ));
    }

    let mut members = Vec::new();
    let mut idents = Vec::new();
    let mut names = Vec::new();
    let mut types = Vec::new();
    for field in &fields.named {
        let Some(ident) = &field.ident else { continue };
        let doc = docs::text(&field.attrs);
        if doc.is_empty() {
            return Err(Error::new_spanned(
                ident,
                "a member needs a Vietnamese doc comment; it is its label in forms",
            ));
        }
        let mut required = false;
        for attribute in field.attrs.iter().filter(|attribute| attribute.path().is_ident("view")) {
            attribute.parse_nested_meta(|meta| {
                if meta.path.is_ident("required") {
                    required = true;
                    Ok(())
                } else {
                    Err(meta.error("the only mark of a member is `required`"))
                }
            })?;
        }
        let member = ident.to_string();
        let member = member.strip_prefix("r#").unwrap_or(&member).to_owned();
        let ty = &field.ty;
        members.push(quote! {
            ::kycuong_model::describe::MemberDescription {
                name: #member,
                doc: #doc,
                required: #required,
                kind: <#ty as ::kycuong_model::view::Member<#lifetime>>::TYPE,
            }
        });
        idents.push(ident);
        names.push(member);
        types.push(ty);
    }
    let type_name = name.to_string();

    Ok(quote! {
        impl<#lifetime> ::kycuong_model::view::View<#lifetime> for #name<#lifetime> {
            const DESCRIPTION: ::kycuong_model::describe::ObjectDescription =
                ::kycuong_model::describe::ObjectDescription {
                    name: #type_name,
                    doc: #doc,
                    members: &[#(#members),*],
                };

            #[inline(never)]
            fn view(__slot: ::kycuong_model::view::Slot<#lifetime>) -> Self {
                #(let mut #idents = __slot.absent_member(#names);)*
                if let ::core::option::Option::Some(__node) = __slot.node() {
                    for (__key, __value) in __node.members() {
                        match &*__key.text() {
                            #(#names => #idents = __slot.present_member(#names, __value),)*
                            _ => {}
                        }
                    }
                }
                Self { #(#idents: <#types as ::kycuong_model::view::Member<#lifetime>>::from_slot(#idents),)* }
            }
        }

        impl<#lifetime> ::core::fmt::Debug for #name<#lifetime> {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.debug_struct(#type_name) #(.field(#names, &self.#idents))* .finish()
            }
        }
    })
}
