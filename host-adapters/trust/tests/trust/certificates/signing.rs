//! Signing with a certificate: by a key in a file, or by a token.

use super::*;

/// A private key as PEM, as `openssl genpkey` writes it and as older commands did.
fn pems(key: &Pair) -> [String; 2] {
    let pem =
        |label: &str, der: &[u8]| der::pem::encode_string(label, LineEnding::LF, der).unwrap();
    match &key.0 {
        Key::P256(key) => {
            let key = p256::SecretKey::from(key);
            [
                pem("PRIVATE KEY", key.to_pkcs8_der().unwrap().as_bytes()),
                pem("EC PRIVATE KEY", &key.to_sec1_der().unwrap()),
            ]
        }
        Key::P384(key) => {
            let key = p384::SecretKey::from(key);
            [
                pem("PRIVATE KEY", key.to_pkcs8_der().unwrap().as_bytes()),
                pem("EC PRIVATE KEY", &key.to_sec1_der().unwrap()),
            ]
        }
        Key::Rsa(key) => [
            pem(
                "PRIVATE KEY",
                rsa::pkcs8::EncodePrivateKey::to_pkcs8_der(&**key).unwrap().as_bytes(),
            ),
            pem("RSA PRIVATE KEY", key.to_pkcs1_der().unwrap().as_bytes()),
        ],
    }
}

#[test]
fn a_private_key_in_a_file_signs_with_its_certificate() {
    let ministry = Ministry::new();
    for holder in [p256(3), p384(3), rsa()] {
        let chain = ministry.issue(&signer(3), &holder);
        let store = ministry.store(&subject(&chain[0]), "");
        let pem =
            |der: &Vec<u8>| der::pem::encode_string("CERTIFICATE", LineEnding::LF, der).unwrap();
        // As `openssl pkcs12` writes a chain, words between the blocks.
        let file = format!("Bag Attributes\n{}subject=\n{}", pem(&chain[0]), pem(&chain[1]));
        for private in pems(&holder) {
            let read = CertificateChain::read(file.as_bytes()).unwrap();
            assert_eq!((read.subject(), read.der()), (subject(&chain[0]), &chain[..]));
            let key = CertifiedKey::from_pem(&format!("Key:\n{private}"), read).unwrap();
            assert_eq!(said(&store, &key.sign(&pack(), Role::Author, SIGNED).unwrap()), "trusted");
        }
        let other = CertificateChain::read(&chain[0]).unwrap();
        let stranger = if matches!(holder.0, Key::P256(_)) { p256(4) } else { p384(4) };
        let refused = CertifiedKey::from_pem(&pems(&stranger)[0], other).unwrap_err().to_string();
        let expected = if matches!(holder.0, Key::Rsa(_)) {
            "expected a private key of RSA, PKCS #1 v1.5 with SHA-256, as the certificate's is"
        } else {
            "the private key is not that of the certificate of `CN=Sở Tư pháp"
        };
        assert!(refused.starts_with(expected), "{refused}");
        let many = CertificateChain::read(pem(&chain[0]).repeat(5).as_bytes()).unwrap_err();
        assert!(many.to_string().contains("it holds 5 certificates, expected at most 4"), "{many}");
    }
}

#[test]
fn a_token_may_give_the_two_numbers_of_an_ecdsa_value() {
    let ministry = Ministry::new();
    for holder in [p256(3), p384(3)] {
        let chain = ministry.issue(&signer(3), &holder);
        let id = KeyId::of_certificate(&chain[0]).unwrap();
        let text = statement(&pack(), Role::Author, &id, SIGNED);
        let numbers = match &holder.0 {
            Key::P256(key) => {
                let value: p256::ecdsa::Signature = key.sign(text.as_bytes());
                value.to_bytes().to_vec()
            }
            Key::P384(key) => {
                let value: p384::ecdsa::Signature = key.sign(text.as_bytes());
                value.to_bytes().to_vec()
            }
            Key::Rsa(_) => unreachable!(),
        };
        let bytes = SignedFile::read(&pack())
            .unwrap()
            .attach(&chain, Role::Author, SIGNED, &numbers)
            .unwrap()
            .write()
            .unwrap();
        assert_eq!(bytes, sign(&chain, &holder, SIGNED), "one spelling");
        let other_day = SignedFile::read(&pack())
            .unwrap()
            .attach(&chain, Role::Author, TODAY, &numbers)
            .unwrap_err();
        assert!(other_day.to_string().contains("its signature does not fit"), "{other_day}");
    }
}

#[test]
fn every_byte_of_the_signature_has_an_effect() {
    let ministry = Ministry::new();
    let key = p256(3);
    let chain = ministry.issue(&signer(3), &key);
    let bytes = sign(&chain, &key, SIGNED);
    let store = ministry.store(&subject(&chain[0]), "");
    let description = PackDescription::read(&bytes, &Limits::default()).unwrap();
    for at in pack().len()..bytes.len() {
        let mut tampered = bytes.clone();
        tampered[at] ^= 1;
        assert!(store.verify_pack(&description, &tampered).is_err(), "byte {at}");
    }
}

#[test]
fn the_greater_of_two_ecdsa_values_is_refused() {
    let ministry = Ministry::new();
    let key = p256(3);
    let chain = ministry.issue(&signer(3), &key);
    let bytes = sign(&chain, &key, SIGNED);
    let mut file = SignedFile::read(&bytes).unwrap();
    let mut one = file.signatures.iter().next().unwrap().clone();
    let digits = |text: &str| {
        (0..text.len() / 2)
            .map(|at| u8::from_str_radix(&text[2 * at..2 * at + 2], 16).unwrap())
            .collect::<Vec<_>>()
    };
    let value = p256::ecdsa::Signature::from_der(&digits(&one.value)).unwrap();
    let (r, s) = value.split_scalars();
    let greater = p256::ecdsa::Signature::from_scalars(r, -*s).unwrap();
    one.value = greater.to_der().as_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    file.signatures.add(one);
    let store = ministry.store(&subject(&chain[0]), "");
    let said = said(&store, &file.write().unwrap());
    assert!(said.contains("does not fit the file"), "{said}");
}

#[test]
fn the_certificates_that_one_signs_with_are_a_chain() {
    let ministry = Ministry::new();
    let chain = ministry.issue(&signer(3), &p256(3));
    let pem = |der: &[&Vec<u8>]| {
        let block = |der: &&Vec<u8>| der::pem::encode_string("CERTIFICATE", LineEnding::LF, der);
        der.iter().map(|der| block(der).unwrap()).collect::<String>()
    };
    let whole = CertificateChain::read(pem(&[&chain[0], &chain[1]]).as_bytes()).unwrap();
    whole.check(SIGNED).unwrap();
    let other = ministry.issue(&signer(4), &p256(4));
    let broken = CertificateChain::read(pem(&[&chain[0], &other[0]]).as_bytes()).unwrap();
    let said = broken.check(SIGNED).unwrap_err().to_string();
    assert!(said.contains("was not issued by"), "{said}");
}

/// The key that a signature names is the one of its certificate, or it fits nothing.
#[test]
fn a_signature_fits_with_the_certificate_that_it_names() {
    let ministry = Ministry::new();
    let key = p256(3);
    let bytes = sign(&ministry.issue(&signer(3), &key), &key, SIGNED);
    let SignedFile { content, signatures } = SignedFile::read(&bytes).unwrap();
    let own = signatures.iter().next().unwrap();
    assert!(own.fits(content) && !own.fits(&content[1..]));
    // Somebody else's id, over a statement that names it, with one's own certificate and key.
    let minister = ministry.issue(&params("Bộ trưởng", 4), &p256(4));
    let stranger = KeyId::of_certificate(&minister[0]).unwrap();
    let value = key.sign(statement(content, own.role, &stranger, own.on).as_bytes()).unwrap();
    let json = serde_json::to_string(own).unwrap();
    let old = own.key.to_string();
    let mut forged: kycuong_trust::Signature =
        serde_json::from_str(&json.replace(&old, &stranger.to_string())).unwrap();
    forged.value = base16ct::lower::encode_string(&value);
    assert!(!forged.fits(content));
}
