use kycuong_model::date::Date;

use super::*;

fn refused(text: &str) -> String {
    Deployment::parse("d.toml", text).unwrap_err().to_string()
}

#[test]
fn every_part_of_a_file_is_read() {
    let read = Deployment::parse(
        "d.toml",
        r#"
        [[adopt]]
        pack = "a"
        decision = "1/QĐ-UBND"
        date = 2025-07-01
        signer = "A"
        from = 2025-07-01
        [[parameter]]
        rule = "a/b"
        name = "adopted"
        value = true
        reason = "Vì"
        [[lower]]
        rule = "a/b"
        severity = "warn"
        reason = "Vì"
        [[advisory]]
        pack = "a"
        reason = "Vì"
        [[waiver]]
        rule = "a/b"
        dossier = "H1"
        decision = "2/QĐ-UBND"
        signer = "B"
        expires = "2026-12-31"
        reason = "Vì"
        [[required]]
        pack = "a"
        "#,
    );
    let Deployment { adoptions, advisory, lowered, parameters, waivers, required } = read.unwrap();
    assert_eq!(adoptions[0].wanted.from, Date::literal(2025, 7, 1));
    assert_eq!(adoptions[0].place.as_ref().unwrap().to_string(), "`d.toml`, line 2");
    assert_eq!(parameters[0].wanted.value, "true");
    assert_eq!((lowered.len(), advisory.len()), (1, 1));
    assert_eq!(waivers[0].wanted.expires, Date::literal(2026, 12, 31));
    assert_eq!(waivers[0].place.as_ref().unwrap().line, 20);
    assert_eq!((required.len(), required[0].wanted.as_str()), (1, "a"));
    assert_eq!(required[0].place.as_ref().unwrap().line, 27);
    assert!(Deployment::parse("d.toml", "").is_ok(), "an empty file changes nothing");
}

#[test]
fn an_error_says_the_line_what_and_how_to_mend_it() {
    for (text, said) in [
        (
            "[[waivers]]\nrule = \"a/b\"\n",
            "`d.toml`, line 1: the file has no `waivers`: did you mean `waiver`?",
        ),
        (
            "[[advisory]]\npack = \"a\"\nreason = \"Vì\"\n\"a/b~c\" = 1\n",
            "`d.toml`, line 4: `[[advisory]]` has no `a/b~c`: it takes `decision`, `pack`, `reason`",
        ),
        (
            "[[advisory]]\npack = \"a\"\nreason = \"Vì\"\n\n0 = \"a\"\n",
            "`d.toml`, line 5: `[[advisory]]` has no `0`: it takes `decision`, `pack`, `reason`",
        ),
        (
            "advisory = [{ pack = \"a\", reason = \"Vì\" },\n  { pack = \"b\", reason = \"Vì\", \"\" = 1 }]\n",
            "`d.toml`, line 2: `[[advisory]]` has no ``: it takes `decision`, `pack`, `reason`",
        ),
        (
            "[[advisory]]\npack = \"a\"\nreason = \"Vì\"\n\nexpiry = 2026-01-01\n",
            "`d.toml`, line 5: `[[advisory]]` has no `expiry`: it takes `decision`, `pack`, `reason`",
        ),
        (
            "[[advisory]]\npack = \"a\"\nreson = \"Vì\"\n",
            "`d.toml`, line 1: `[[advisory]]` lacks `reason` (Lý do): add it, like `reason = \"Chạy thử đến hết quý I năm 2027\"`; \
             line 3: `[[advisory]]` has no `reson`: did you mean `reason`?",
        ),
        (
            "[[advisory]]\npack = \"a\"\nreason = \"  \"\n",
            "`d.toml`, line 3: `reason` (Lý do) is empty: write it like \"Chạy thử đến hết quý I năm 2027\"",
        ),
        (
            "[[advisory]]\npack = \"a\"\nreason = \"\"\n",
            "`d.toml`, line 3: `reason` (Lý do) is empty: write it like \"Chạy thử đến hết quý I năm 2027\"",
        ),
        (
            "advisory = \"a\"\n",
            "`d.toml`, line 1: `advisory` is a list of tables: begin each with `[[advisory]]`",
        ),
        (
            "[[advisory]]\npack = 5\nreason = \"Vì\"\n",
            "`d.toml`, line 2: `pack` (Gói quy tắc) is `5`, which is of another type: write it like \"bac-giang\"",
        ),
        (
            "[[adopt]]\npack = \"a\"\ndecision = \"1/QĐ\"\ndate = \"31/12/2026\"\nsigner = \"A\"\nfrom = 2026-01-01T00:00:00\n",
            "`d.toml`, line 4: `date` (Ngày ký) is `31/12/2026`, which is no day: write it like 2025-07-01; \
             line 6: `from` (Áp dụng từ ngày) is `2026-01-01T00:00:00`, which is no day: write it like 2025-07-01",
        ),
    ] {
        assert_eq!(refused(text), said);
    }
    let torn = refused("[[adopt]]\npack = \n");
    assert!(torn.starts_with("`d.toml`, line 2, column 8: not TOML: "), "{torn}");
    assert!(!torn.contains('\n'));
    let nowhere = Deployment::read("no/such/file.toml").unwrap_err();
    assert_eq!(nowhere.to_string(), "cannot read `no/such/file.toml`");
}

/// Each list of the schema has exactly the members of its type.
#[test]
fn the_schema_and_the_types_agree() {
    let schema: Value = serde_json::from_str(DEPLOYMENT_SCHEMA).unwrap();
    let lists = schema["properties"].as_object().unwrap();
    assert_eq!(
        lists.keys().collect::<Vec<_>>(),
        ["adopt", "advisory", "lower", "parameter", "required", "waiver"]
    );
    for (list, part) in lists {
        let members = part["items"]["properties"].as_object().unwrap();
        let mut text = format!("[[{list}]]\n");
        for (name, member) in members {
            for (holder, called) in [(part, "list"), (member, name.as_str())] {
                for label in ["title", "description"] {
                    assert!(holder[label].is_string(), "{list} {called} has no {label}");
                }
            }
            let example = &member["examples"][0];
            text.push_str(&format!("{name} = {example}\n"));
        }
        let read = Deployment::parse("d.toml", &text).unwrap();
        let written = [
            read.adoptions.first().map(|one| serde_json::to_value(&one.wanted).unwrap()),
            read.advisory.first().map(|one| serde_json::to_value(&one.wanted).unwrap()),
            read.waivers.first().map(|one| serde_json::to_value(&one.wanted).unwrap()),
        ];
        if let Some(written) = written.into_iter().flatten().next() {
            let mut names: Vec<_> = written.as_object().unwrap().keys().cloned().collect();
            names.sort();
            assert_eq!(names, members.keys().cloned().collect::<Vec<_>>(), "{list}");
        }
        // What the schema does not require can be left out.
        let required = part["items"]["required"].as_array().unwrap();
        let least = text.lines().filter(|line| {
            let name = line.split(" = ").next().unwrap();
            line.starts_with('[') || required.iter().any(|known| known == name)
        });
        let least = least.collect::<Vec<_>>().join("\n");
        assert!(Deployment::parse("d.toml", &least).is_ok(), "{least}");
    }
}

#[test]
fn a_document_is_cited_by_its_number() {
    assert_eq!(cited_document("theo Quyết định số 12/QĐ-UBND, thí điểm"), Some("12/QĐ-UBND"));
    assert_eq!(cited_document("(Nghị định 224/2026/NĐ-CP)."), Some("224/2026/NĐ-CP"));
    for text in ["thí điểm", "công văn số 12", "ngày 01/07/2026", "QĐ-UBND/12"] {
        assert_eq!(cited_document(text), None, "{text}");
    }
}
