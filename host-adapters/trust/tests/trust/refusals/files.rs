//! Trust files and keys with a mistake: every refusal has its words.

use super::*;

#[test]
fn a_trust_file_with_a_mistake_is_refused() {
    let office = Office::new();
    let simple = office.simple();
    let id = office.author.id().to_string();
    let certificate = format!("x509:{0}:{0}", "ab".repeat(32));
    let weak = format!("ed25519:{}", "0".repeat(64));
    for (from, to, said) in [
        (
            "name = \"author\"",
            "name = \"Author\"",
            "`Author` is not words of a-z and 0-9 joined by hyphens",
        ),
        (
            "roles = [\"author\"]",
            "roles = [\"author\"]\nfrom = 2027-01-01\nto = 2026-01-01",
            "the key `author` ends on 2026-01-01, before it begins on 2027-01-01: `to` must not be before",
        ),
        (
            "roles = [\"author\"]",
            "roles = [\"author\"]\nto = \"31/12/2026\"",
            "`31/12/2026` is no day like 2026-11-22",
        ),
        (
            "roles = [\"author\"]",
            "roles = [\"author\"]\nto = 2026-11-22T00:00:00Z",
            "is no day like",
        ),
        ("roles = [\"author\"]", "roles = [\"author\"]\nto = 2026", "a day, like 2026-11-22"),
        (
            id.as_str(),
            certificate.as_str(),
            "the key `author` is a certificate's: list its holder under `certificates`",
        ),
        (
            "of = [\"author\"], at_least = 1",
            "of = [], at_least = 0",
            "number 1 of `scopes` names no key in `of` as author",
        ),
        ("format = 1", "format = 2", "has the format 2, this version reads 1"),
        ("owner", "owners", "unknown field `owners`"),
        ("roles = [\"author\"]", "roles = [\"autor\"]", "unknown variant `autor`"),
        ("roles = [\"author\"]", "roles = []", "has no role"),
        ("owner = \"Sở\"", "owner = \" \"", "has no owner"),
        ("name = \"reviewer\"", "name = \"author\"", "two keys have the name `author`"),
        (id.as_str(), weak.as_str(), "is no sound Ed25519 public key"),
        (id.as_str(), "ed25519:12", "is no key id"),
        (
            "at_least = 1",
            "at_least = 2",
            "asks for 2 of the 1 keys in `of` as author: `at_least` is 1 to 1",
        ),
        (
            "at_least = 1",
            "at_least = 0",
            "asks for 0 of the 1 keys in `of` as author: `at_least` is 1 to 1",
        ),
        ("of = [\"author\"]", "of = [\"nobody\"]", "which the file does not have"),
        ("of = [\"author\"]", "of = [\"reviewer\"]", "which is none of its roles"),
        ("of = [\"author\"]", "of = [\"author\", \"author\"]", "names the key `author` twice"),
        ("\"gia-lai-2025\"", "\"gia-lay\"", "`gia-lay` among its `jurisdictions`"),
        ("\"dossier\"", "\"song\"", "`song` among its `subjects`"),
        ("subjects = [\"dossier\"]", "subjects = []", "has no `subjects`"),
    ] {
        let error = office.open(&simple.replacen(from, to, 1)).unwrap_err();
        assert!(error.contains(said), "{error}");
    }
    // Four eyes are of two people: one key in two roles of a scope would be both of them.
    let two_roles =
        simple.replacen("roles = [\"author\"]", "roles = [\"author\", \"approver\"]", 1)
            + "approver = { of = [\"author\", \"approver-0\"], at_least = 1 }\n";
    assert!(
        office.open(&two_roles).unwrap_err().ends_with(
            "number 1 of `scopes` names the key `author` twice: a key counts once, in one role; name another for approver"
        )
    );
    let revoked = "[[revoked]]\nsince = \"2026-11-01\"\nreason = \"x\"\n";
    assert!(office.open(&(simple.clone() + revoked)).unwrap_err().contains("exactly one of"));
    let stranger = SecretKey::generate().unwrap().id();
    let unknown = revoked.replacen("since", &format!("key = \"{stranger}\"\nsince"), 1);
    let said = office.open(&(simple.clone() + &unknown)).unwrap_err();
    assert!(said.contains("which is none of `keys` and so counts for nothing anyway"), "{said}");
    let twice = revoked.replacen("since", &format!("key = \"{id}\"\nsince"), 1).repeat(2);
    let said = office.open(&(simple.clone() + &twice)).unwrap_err();
    assert!(said.contains("number 2 of `revoked` revokes what one before it revokes"), "{said}");
    assert!(office.open("format = 1\n").unwrap_err().contains("has no `scopes`"));
    assert!(
        office
            .open("format = 1\nformat = 1\n")
            .unwrap_err()
            .contains("`, line 2, column 1: not TOML: ")
    );
}

#[test]
fn keys_are_read_as_they_were_written() {
    let key = SecretKey::generate().unwrap();
    let pem = key.to_pem().unwrap();
    assert!(pem.starts_with("-----BEGIN PRIVATE KEY-----\n"));
    assert_eq!(SecretKey::from_pem(&pem).unwrap().id(), key.id());
    // The key of RFC 8410, §10.3, as OpenSSL writes it.
    let rfc = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n-----END PRIVATE KEY-----\n";
    let rfc = SecretKey::from_pem(rfc).unwrap();
    let expected = "ed25519:19bf44096984cdfe8541bac167dc3b96c85086aa30b6b6cb0c5c38ad703166e1";
    assert_eq!(rfc.id().to_string(), expected);
    assert_eq!(expected.parse::<KeyId>().unwrap(), rfc.id());
    let half = "ab".repeat(32);
    let certificate = format!("x509:{half}:{half}");
    assert_eq!(certificate.parse::<KeyId>().unwrap().to_string(), certificate);
    for wrong in [
        "",
        "ed25519:",
        &expected.to_uppercase(),
        &expected[1..],
        "x509:00",
        &format!("x509:{half}"),
        &format!("x509:{half}:"),
        &format!("x509:{half}:{half}:{half}"),
        &format!("x509:{half}{half}"),
        &format!("x509:{half}:{}", half.to_uppercase()),
    ] {
        assert!(wrong.parse::<KeyId>().is_err(), "{wrong}");
    }
}
