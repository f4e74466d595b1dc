//! What holds for every text, every tape, and every array of words that pretends to be a tape.

#![expect(clippy::panic, reason = "a test fails by panicking")]

use crate::same_value::assert_same;
use kycuong_model::pointer::Pointer;
use kycuong_model::tape::{Document, Kind, Node, ParseErrorKind, ParseLimits, Tape, parse};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::Value;

fn tape(text: &str) -> Tape<'_> {
    parse(text.as_bytes(), &ParseLimits::default())
        .unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// The tape keeps numbers as text; `serde_json` refuses those that no `f64` can hold.
fn assert_same_or_too_big(tape: &Tape<'_>, value: serde_json::Result<Value>) {
    match value {
        Ok(value) => assert_same(tape.document(), &value),
        Err(error) => assert!(error.to_string().starts_with("number out of range"), "{error}"),
    }
}

/// Text that needs care: quotes, escapes, pointer's own signs, controls, accents, astral characters.
fn any_text() -> impl Strategy<Value = String> {
    prop_oneof!["[a-c]{0,3}", "[\"\\\\/~\\x00-\\x1f01 đếĐ😀]{0,12}", any::<String>()]
}

fn any_value() -> impl Strategy<Value = Value> {
    let scalar = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from), // NaN and the infinities become null
        any_text().prop_map(Value::from),
    ];
    scalar.prop_recursive(5, 80, 8, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..8).prop_map(Value::from),
            prop::collection::btree_map(any_text(), inner, 0..8)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// Random bytes of which JSON is made: most go wrong late.
fn json_like() -> impl Strategy<Value = String> {
    let pieces = vec![
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"a\"",
        "\"b\"",
        "\"\\u0061\"",
        "1",
        "-0.5e3",
        "01",
        "true",
        "null",
        " ",
        "\n",
        "\"",
        "\\",
        "\\ud800",
        "\u{feff}",
        "đ",
        "\0",
    ];
    prop::collection::vec(select(pieces), 0..24).prop_map(|pieces| pieces.concat())
}

/// Writes every code unit of every string as an escape.
fn escaped(value: &Value) -> String {
    let quoted = |text: &str| {
        let units: String = text.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
        format!("\"{units}\"")
    };
    match value {
        Value::String(text) => quoted(text),
        Value::Array(elements) => {
            format!("[{}]", elements.iter().map(escaped).collect::<Vec<_>>().join(" , "))
        }
        Value::Object(members) => {
            let members = members
                .iter()
                .map(|(name, value)| format!("{} :\r\n{}", quoted(name), escaped(value)));
            format!("{{{}}}", members.collect::<Vec<_>>().join("\t,"))
        }
        scalar => scalar.to_string(),
    }
}

/// Calls every reader on a node, and on at most `fuel` nodes that are inside it.
fn read(node: Node<'_>, fuel: &mut u32) {
    let Some(less) = fuel.checked_sub(1) else { return };
    *fuel = less;
    let _ = (
        node.kind(),
        node.range(),
        node.raw().len(),
        node.text().len(),
        node.as_bool(),
        node.member("a").is_some(),
    );
    assert!(node.next() > node.index());
    node.elements().for_each(|element| read(element, fuel));
    for (key, value) in node.members() {
        read(key, fuel);
        read(value, fuel);
    }
}

fn read_all(document: Document<'_>) {
    let _ = (document.is_empty(), document.root().is_some());
    for index in (0..document.len() as u32 + 2).chain([u32::MAX / 3, u32::MAX / 3 + 1, u32::MAX]) {
        let _ = document.resolve(&document.pointer_of(index)).map(Node::index);
        if let Some(node) = document.node(index) {
            read(node, &mut 200);
        }
    }
    for pointer in
        ["", "/", "/0", "/00", "/+1", "/-", "/99999999999999999999", "/a/0/b", "/~", "/~01"]
    {
        let _ = document.resolve(&Pointer::from(pointer)).map(Node::index);
    }
}

proptest! {
    #[test]
    fn a_value_survives_the_tape(value in any_value()) {
        for text in [value.to_string(), format!("{value:#}"), escaped(&value)] {
            // Not the value itself: serde_json may round a float that it reads back.
            assert_same(tape(&text).document(), &serde_json::from_str(&text).unwrap());
        }
    }

    #[test]
    fn bytes_are_parsed_or_refused_inside_the_text(bytes in any::<Vec<u8>>()) {
        if let Err(error) = parse(&bytes, &ParseLimits::default()) {
            prop_assert!(error.offset <= bytes.len(), "{error}");
        }
    }

    #[test]
    fn what_is_refused_is_what_serde_json_refuses(text in json_like()) {
        let value = serde_json::from_str::<Value>(&text);
        match parse(text.as_bytes(), &ParseLimits::default()) {
            Ok(tape) => assert_same_or_too_big(&tape, value),
            Err(error) => {
                prop_assert!(error.offset <= text.len() && text.is_char_boundary(error.offset), "{error}");
                let by_choice = matches!(error.kind, ParseErrorKind::DuplicateMember { .. });
                prop_assert!(by_choice || value.is_err(), "{text}: {error}");
            }
        }
    }

    #[test]
    fn a_broken_text_is_refused_inside_the_text(value in any_value(), place in any::<Index>(), byte in any::<u8>()) {
        let mut bytes = format!("{value:#}").into_bytes();
        let place = place.index(bytes.len());
        bytes[place] = byte;
        match parse(&bytes, &ParseLimits::default()) {
            Ok(tape) => assert_same_or_too_big(&tape, serde_json::from_slice(&bytes)),
            Err(error) => prop_assert!(error.offset <= bytes.len(), "{error}"),
        }
    }

    #[test]
    fn a_pointer_leads_back_to_its_node(value in any_value()) {
        let text = value.to_string();
        let tape = tape(&text);
        let document = tape.document();
        for index in 0..document.len() as u32 {
            let pointer = document.pointer_of(index);
            let resolved = document.resolve(&pointer).unwrap();
            let key = document.node(index).unwrap().kind() == Kind::Key;
            prop_assert_eq!(resolved.index(), if key { index + 1 } else { index }, "{}", &pointer);
            prop_assert_eq!(&document.pointer_of(resolved.index()), &pointer);
            prop_assert!(value.pointer(pointer.as_str()).is_some());
        }
    }

    #[test]
    fn any_words_are_read_without_panic(text in any_text(), words in prop::collection::vec(any_word(), 0..60)) {
        read_all(Document::new(&text, &words));
    }

    #[test]
    fn changed_words_are_read_without_panic(
        value in any_value(),
        changes in prop::collection::vec((any::<Index>(), any_word()), 1..6),
    ) {
        let text = value.to_string();
        let mut words = tape(&text).into_words();
        for (place, word) in changes {
            let place = place.index(words.len());
            words[place] = word;
        }
        read_all(Document::new(&text, &words));
    }
}

/// A word of any bits, or a plausible one: a kind and a small index.
fn any_word() -> impl Strategy<Value = u32> {
    prop_oneof![
        any::<u32>(),
        0..20_u32,
        (0..16_u32, 0..20_u32).prop_map(|(kind, next)| kind << 28 | next)
    ]
}
