//! Whose signatures count, for what, when, and how many of them it takes.

use super::*;

#[test]
fn as_many_must_sign_as_the_scope_says() {
    let office = Office::new();
    let scope = "[[scopes]]\njurisdictions = [\"gia-lai\"]\nsubjects = [\"dossier\"]\n\
                 author = { of = [\"author\"], at_least = 1 }\n\
                 legal-reviewer = { of = [\"reviewer\"], at_least = 1 }\n\
                 approver = { of = [\"approver-0\", \"approver-1\", \"approver-2\"], at_least = 2 }\n";
    let store = office.store(&(office.keys("") + scope));
    let add = |bytes: &[u8], key: &SecretKey, role| {
        SignedFile::read(bytes).unwrap().sign(key, role, SIGNED).write().unwrap()
    };
    let bytes = office.signed(&pack());
    assert_eq!(
        refusal(&store, &bytes),
        "not signed for `gia-lai` and `dossier` as needed on 2026-11-22: \
         1 of `reviewer` must sign as legal-reviewer, 0 did, and \
         2 of `approver-0`, `approver-1`, `approver-2` must sign as approver, 0 did"
    );
    let bytes = add(&bytes, &office.reviewer, Role::LegalReviewer);
    let one = add(&bytes, &office.approvers[2], Role::Approver);
    assert!(refusal(&store, &one).contains("must sign as approver, 1 did"));
    // The same key again counts once, in another role not at all.
    assert!(refusal(&store, &add(&one, &office.approvers[2], Role::Approver)).contains("1 did"));
    let author = add(&one, &office.author, Role::Approver);
    let said = refusal(&store, &author);
    assert!(said.contains("1 did (`author` does not count: the scope does not name it)"), "{said}");

    let two = add(&one, &office.approvers[0], Role::Approver);
    let verified = judge(&store, &two).unwrap();
    let roles = verified.signers.iter().map(|one| one.role.as_str()).collect::<Vec<_>>();
    assert_eq!(roles, ["author", "legal-reviewer", "approver", "approver"]);
    // In any order, the same file.
    let plain = pack().bytes();
    let other = add(&plain, &office.approvers[0], Role::Approver);
    let other = add(&other, &office.approvers[2], Role::Approver);
    let other = add(&other, &office.reviewer, Role::LegalReviewer);
    assert_eq!(add(&other, &office.author, Role::Author), two);
}

/// Whoever does not count is not in a report: a name there is an answer to who answers for the pack.
#[test]
fn signers_are_those_who_counted() {
    let office = Office::new();
    let scopes = "[[scopes]]\njurisdictions = [\"gia-lai\"]\nsubjects = [\"dossier\"]\n\
                  author = { of = [\"author\"], at_least = 1 }\n\
                  approver = { of = [\"approver-0\", \"approver-1\"], at_least = 1 }\n";
    let revoked = format!(
        "[[revoked]]\nkey = \"{}\"\nsince = 2026-11-01\nreason = \"lost\"\n",
        office.approvers[1].id()
    );
    let mut bytes = office.signed(&pack());
    for (key, role, on) in [
        (&office.approvers[0], Role::Approver, SIGNED),
        // Revoked; not named by the scope; in a role that the scope does not ask of it; of tomorrow.
        (&office.approvers[1], Role::Approver, SIGNED),
        (&office.approvers[2], Role::Approver, SIGNED),
        (&office.reviewer, Role::LegalReviewer, SIGNED),
        (&office.author, Role::Approver, SIGNED),
        (&office.approvers[0], Role::Author, TODAY.plus_days(1)),
    ] {
        bytes = SignedFile::read(&bytes).unwrap().sign(key, role, on).write().unwrap();
    }
    let trusted = judge(&office.store(&(office.keys("") + scopes + &revoked)), &bytes).unwrap();
    let signers = trusted.signers.iter().map(|one| (one.role.as_str(), one.key.clone()));
    assert_eq!(
        signers.collect::<Vec<_>>(),
        [
            ("author", office.author.id().to_string()),
            ("approver", office.approvers[0].id().to_string())
        ]
    );
}

/// Whoever signs beside others can see, without any trust file, whether all signed the same.
#[test]
fn a_signature_fits_what_it_was_made_over() {
    let office = Office::new();
    let bytes = office.signed(&pack());
    let SignedFile { content, signatures } = SignedFile::read(&bytes).unwrap();
    assert!(signatures.iter().all(|one| one.fits(content)));
    assert!(signatures.iter().all(|one| !one.fits(&content[1..])));
}

#[test]
fn revoked_keys_and_files() {
    let office = Office::new();
    let bytes = office.signed(&pack());
    let content = judge(&office.store(&office.simple()), &bytes).unwrap().content;
    let file = PackDescription::read(&bytes, &Limits::default()).unwrap().digest;
    let revoked = |what: String, since: &str| {
        let text = format!("[[revoked]]\n{what}\nsince = \"{since}\"\nreason = \"Công văn 12\"\n");
        office.store(&(office.simple() + &text))
    };
    for digest in [&content, &file] {
        let said = refusal(&revoked(format!("digest = \"{digest}\""), "2026-11-22"), &bytes);
        assert_eq!(said, format!("`{digest}` is revoked since 2026-11-22: Công văn 12"));
        judge(&revoked(format!("digest = \"{digest}\""), "2026-11-23"), &bytes).unwrap();
    }
    // Signed before it was revoked, it says; whoever stole the key says so too.
    let said = refusal(&revoked(format!("key = \"{}\"", office.author.id()), "2026-11-21"), &bytes);
    assert!(said.contains("the key is revoked since 2026-11-21: Công văn 12"), "{said}");
}

#[test]
fn a_key_is_valid_when_it_signs_and_when_the_pack_is_loaded() {
    let office = Office::new();
    let scope = "[[scopes]]\njurisdictions = [\"gia-lai\"]\nsubjects = [\"dossier\"]\n\
                 author = { of = [\"author\"], at_least = 1 }\n";
    let bytes = office.signed(&pack());
    let said = |days: &str| refusal(&office.store(&(office.keys(days) + scope)), &bytes);
    assert_eq!(
        said("to = \"2026-11-21\""),
        "not signed for `gia-lai` and `dossier` as needed on 2026-11-22: 1 of `author` must sign as author, 0 did \
         (`author` does not count: the key is valid ..2026-11-21, the pack is loaded on 2026-11-22)"
    );
    assert!(
        said("from = \"2026-11-21\"").contains("valid 2026-11-21.., the pack signed on 2026-11-20")
    );
    let fits = "from = \"2026-11-20\"\nto = 2026-11-22"; // as text, and as TOML has dates
    judge(&office.store(&(office.keys(fits) + scope)), &bytes).unwrap();

    let tomorrow = SignedFile::read(&pack().bytes())
        .unwrap()
        .sign(&office.author, Role::Author, TODAY.plus_days(1))
        .write()
        .unwrap();
    let said = refusal(&office.store(&office.simple()), &tomorrow);
    assert!(said.contains("it is dated 2026-11-23, after 2026-11-22"), "{said}");
    let ended = scope.replace("author =", "to = \"2026-11-21\"\nauthor =");
    let said = refusal(&office.store(&(office.keys("") + &ended)), &bytes);
    assert!(said.ends_with("the scope is valid ..2026-11-21"), "{said}");
}

#[test]
fn only_for_the_jurisdictions_and_subjects_of_the_key() {
    let office = Office::new();
    let store = office.store(&office.simple());
    let foreign = office.signed(&Canned::new("bac-giang", "bac-giang").rule("other", pass()));
    let both = json!({"subjects": ["dossier", "portfolio"]});
    let wider = Canned::new("gia-lai", "gia-lai").rule_with("other", pass(), both);
    let nation = office.signed(&Canned::new("gia-lai", "VN").rule("other", pass()));
    for (bytes, place) in [
        (foreign, "`bac-giang` and `dossier`"),
        (nation, "`VN` and `dossier`"),
        (office.signed(&wider), "`gia-lai` and `portfolio`"),
    ] {
        let expected = format!(
            "not signed for {place} as needed on 2026-11-22: no scope of the trust file has both, so no key may sign for them"
        );
        assert_eq!(refusal(&store, &bytes), expected);
    }
    let stranger = SecretKey::generate().unwrap();
    let bytes = SignedFile::read(&office.signed(&pack()))
        .unwrap()
        .sign(&stranger, Role::Approver, SIGNED)
        .write()
        .unwrap();
    let said = refusal(&store, &bytes);
    assert!(said.contains(&format!("signed by `{}` as approver, which", stranger.id())), "{said}");
}
