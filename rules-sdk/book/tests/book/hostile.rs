//! Packs are foreign: whatever their texts hold is shown, and is never markup.

use kycuong_book::{BookError, BookPack, render};
use kycuong_model::cases::PackCases;
use kycuong_model::manifest::Manifest;

use crate::document::Page;

const EVIL: &str =
    "<script>alert(1)</script></style><img src=x onerror=alert(2)>\" onload=\"x' & “a”";

fn pack(id: &str, version: &str, text: &str) -> BookPack {
    let text = serde_json::to_string(text).unwrap();
    let manifest = format!(
        r#"{{"pack":"{id}","version":"{version}","title":{{"vi":{text},"en":{text}}},
        "jurisdiction":{{"provinces":["VN",{text}]}},"model_version":"0.1.0","sdk_version":"0.1.0",
        "source":{{"vi":{text},"en":{text}}},
        "unverifiable":[{{"quote":{text},"reason":{{"vi":{text},"en":{text}}}}}],
        "rules":[{{"id":"{id}/mot","requirement":{text},"title":{{"vi":{text},"en":{text}}},"doc":{text},"severity":"block",
        "effective":{{"from":"2026-01-01"}},"basis":[{{"instrument":{text},"article":{text}}}],"quote":{text},
        "subjects":["dossier",{text}],"kinds":[{text}],"reads":["costs.lines",{text}],
        "facts":[{{"table":{text}}},{{"table":"systems","column":{text},"path":{text}}}],
        "parameters":[{{"name":{text},"doc":{text},"kind":{text},"default":{text},"min":{text},"max":{text}}}]}}]}}"#
    );
    let manifest: Manifest = serde_json::from_str(&manifest).unwrap();
    let evil = serde_json::to_string(EVIL).unwrap();
    let cases = format!(
        r#"{{"rules":[{{"rule":"{id}/mot","cases":[
        {{"name":"a","expectation":"invalid","content":{text},"outcome":{{"status":"fail","findings":[
            {{"code":{evil},"path":{evil},"severity":"block","values":{{{evil}:{evil}}}}}]}}}},
        {{"name":"<b>","expectation":"valid","content":{text},"outcome":{{"status":"pass"}}}},
        {{"name":"c","expectation":"missing","content":{text}}}],
        "wordings":[{{"code":{evil},"case":"invalid: a","message":{{"vi":{evil},"en":{evil}}},
            "remedy":{{"vi":{evil},"en":{evil}}}}}]}}]}}"#
    );
    let cases: PackCases = serde_json::from_str(&cases).unwrap();
    BookPack { manifest, cases, digest: EVIL.to_owned() }
}

#[test]
fn texts_of_packs_are_text() {
    let book = render(vec![pack("thu", "1.0.0", EVIL)]).unwrap();
    for (name, html) in book.files.iter().filter(|(name, _)| name.ends_with(".html")) {
        let page = Page::parse(html);
        assert!(page.errors.is_empty(), "{name}: {:?}", page.errors);
        for element in ["script", "img"] {
            assert_eq!(page.count(element), 0, "{name} has a {element}");
        }
        let attributes = page.elements.iter().flat_map(|(_, attributes)| attributes);
        for (attribute, _) in attributes {
            assert!(!attribute.starts_with("on"), "{name}: {attribute}");
        }
    }
    let page = Page::parse(&book.files["rules/thu/mot.html"]);
    assert!(page.text.contains("<script>alert(1)</script></style><img src=x"), "{}", page.text);
    let print = &book.files[kycuong_book::PRINT];
    assert_eq!(print.matches("</style").count(), 1);
}

#[test]
fn two_versions_of_a_pack_and_ids_that_are_no_names_of_files_are_refused() {
    let packs = vec![pack("thu", "1.1.0", "Thử"), pack("thu", "1.0.0", "Thử")];
    assert_eq!(
        render(packs).unwrap_err().to_string(),
        "two of the files are rule pack `thu`, in the versions 1.0.0 and 1.1.0"
    );
    for id in ["../thu", "thu/../x", "Thu", "", "a/b"] {
        assert!(matches!(render(vec![pack(id, "1.0.0", "x")]), Err(BookError::Id { .. })), "{id}");
    }
}
