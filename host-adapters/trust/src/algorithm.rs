//! The signature algorithms of certificates: RSA (PKCS #1 v1.5) and ECDSA over P-256 and P-384, with
//! the SHA-2 digests. Only verifying is here.

use der::Encode as _;
use der::asn1::ObjectIdentifier;
use p256::ecdsa::signature::hazmat::PrehashVerifier as _;
use p256::pkcs8::{DecodePublicKey as _, EncodePublicKey as _};
use rsa::Pkcs1v15Sign;
use rsa::traits::PublicKeyParts as _;
use sha2::{Digest, Sha256, Sha384, Sha512};
use x509_cert::spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned};

/// Bytes of an RSA modulus that are accepted: 2 048 to 4 096 bits.
const RSA_BYTES: std::ops::RangeInclusive<usize> = 256..=512;

const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const EC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const P256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
const P384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.34");

/// The public key of a certificate.
#[derive(Clone, Debug)]
pub(crate) enum PublicKey {
    Rsa(rsa::PublicKey),
    P256(p256::ecdsa::VerifyingKey),
    P384(p384::ecdsa::VerifyingKey),
}

#[derive(Clone, Copy)]
enum Hash {
    Sha256,
    Sha384,
    Sha512,
}

impl Hash {
    fn of(self, bytes: &[u8]) -> Vec<u8> {
        match self {
            Self::Sha256 => Sha256::digest(bytes).to_vec(),
            Self::Sha384 => Sha384::digest(bytes).to_vec(),
            Self::Sha512 => Sha512::digest(bytes).to_vec(),
        }
    }

    fn pkcs1(self) -> Pkcs1v15Sign {
        match self {
            Self::Sha256 => Pkcs1v15Sign::new::<Sha256>(),
            Self::Sha384 => Pkcs1v15Sign::new::<Sha384>(),
            Self::Sha512 => Pkcs1v15Sign::new::<Sha512>(),
        }
    }
}

const NOT_SIGNED: &str = "its signature does not fit";

impl PublicKey {
    /// Reads a key; what it is instead, when it is none of those accepted.
    pub(crate) fn read(info: &SubjectPublicKeyInfoOwned) -> Result<Self, String> {
        let der = info.to_der().map_err(|error| error.to_string())?;
        let broken = || "it is broken".to_owned();
        if info.algorithm.oid == RSA {
            let key = rsa::PublicKey::from_public_key_der(&der).map_err(|_| broken())?;
            if RSA_BYTES.contains(&key.size()) {
                return Ok(Self::Rsa(key));
            }
            let (bits, least, most) = (key.size() * 8, RSA_BYTES.start() * 8, RSA_BYTES.end() * 8);
            return Err(format!("RSA of {bits} bits, expected {least} to {most}"));
        }
        let curve = info.algorithm.parameters.as_ref();
        let curve = curve.and_then(|any| any.decode_as::<ObjectIdentifier>().ok());
        match (info.algorithm.oid, curve) {
            (EC, Some(P256)) => p256::ecdsa::VerifyingKey::from_public_key_der(&der)
                .map(Self::P256)
                .map_err(|_| broken()),
            (EC, Some(P384)) => p384::ecdsa::VerifyingKey::from_public_key_der(&der)
                .map(Self::P384)
                .map_err(|_| broken()),
            (oid, _) => Err(format!("{oid}, expected RSA, ECDSA P-256 or ECDSA P-384")),
        }
    }

    /// The SHA-256 of the key as `SubjectPublicKeyInfo`, in the one spelling that everybody computes: points
    /// of a curve are not compressed, RSA has its parameter NULL. A key has one digest, whichever
    /// certificate spells it in which way.
    pub(crate) fn digest(&self) -> Result<[u8; 32], String> {
        let der = match self {
            Self::Rsa(key) => key.to_public_key_der().map(|der| der.as_bytes().to_vec()).ok(),
            Self::P256(key) => key.to_public_key_der().map(|der| der.as_bytes().to_vec()).ok(),
            Self::P384(key) => key.to_public_key_der().map(|der| der.as_bytes().to_vec()).ok(),
        };
        der.map(|der| Sha256::digest(&der).into()).ok_or_else(|| "it cannot be written".to_owned())
    }

    /// The other value that fits whatever an ECDSA value fits: (r, n − s) for (r, s), as DER. Whoever has
    /// one can compute the other; RSA values have no other.
    pub(crate) fn twin(&self, value: &[u8]) -> Option<Vec<u8>> {
        match self {
            Self::Rsa(_) => None,
            Self::P256(_) => {
                let (r, s) = p256::ecdsa::Signature::from_der(value).ok()?.split_scalars();
                let twin = p256::ecdsa::Signature::from_scalars(r, -*s).ok()?;
                Some(twin.to_der().as_bytes().to_vec())
            }
            Self::P384(_) => {
                let (r, s) = p384::ecdsa::Signature::from_der(value).ok()?.split_scalars();
                let twin = p384::ecdsa::Signature::from_scalars(r, -*s).ok()?;
                Some(twin.to_der().as_bytes().to_vec())
            }
        }
    }

    /// What it is called, and with what its holder signs a pack.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Rsa(_) => "RSA, PKCS #1 v1.5 with SHA-256",
            Self::P256(_) => "ECDSA P-256 with SHA-256",
            Self::P384(_) => "ECDSA P-384 with SHA-384",
        }
    }

    /// Verifies what an authority signed; what is wrong, in words.
    pub(crate) fn verify(
        &self,
        algorithm: &AlgorithmIdentifierOwned,
        text: &[u8],
        value: &[u8],
    ) -> Result<(), String> {
        let oid = algorithm.oid.to_string();
        let hash = match (self, oid.as_str()) {
            (Self::Rsa(_), "1.2.840.113549.1.1.11") => Hash::Sha256,
            (Self::Rsa(_), "1.2.840.113549.1.1.12") => Hash::Sha384,
            (Self::Rsa(_), "1.2.840.113549.1.1.13") => Hash::Sha512,
            (Self::P256(_) | Self::P384(_), "1.2.840.10045.4.3.2") => Hash::Sha256,
            (Self::P256(_) | Self::P384(_), "1.2.840.10045.4.3.3") => Hash::Sha384,
            (Self::P256(_) | Self::P384(_), "1.2.840.10045.4.3.4") => Hash::Sha512,
            _ => {
                return Err(format!(
                    "it is signed with the algorithm {oid}, which is not accepted"
                ));
            }
        };
        self.verify_hashed(hash, text, value)
    }

    /// Verifies what the holder of a certificate signed: SHA-256, with P-384 SHA-384. Of the two ECDSA
    /// values that fit one text, only the smaller counts, so that a signature has one spelling.
    pub(crate) fn verify_statement(&self, text: &[u8], value: &[u8]) -> Result<(), String> {
        if self.normalized(value).as_deref() != Some(value) {
            return Err(NOT_SIGNED.to_owned());
        }
        let hash = if matches!(self, Self::P384(_)) { Hash::Sha384 } else { Hash::Sha256 };
        self.verify_hashed(hash, text, value)
    }

    /// The one spelling of a value, which for ECDSA may be DER or, as tokens give it, its two numbers
    /// one after the other; `None` when it is none.
    pub(crate) fn normalized(&self, value: &[u8]) -> Option<Vec<u8>> {
        match self {
            Self::Rsa(key) => (value.len() == key.size()).then(|| value.to_vec()),
            Self::P256(_) => {
                let value = p256::ecdsa::Signature::from_der(value)
                    .or_else(|_| p256::ecdsa::Signature::from_slice(value))
                    .ok()?;
                Some(value.normalize_s().to_der().as_bytes().to_vec())
            }
            Self::P384(_) => {
                let value = p384::ecdsa::Signature::from_der(value)
                    .or_else(|_| p384::ecdsa::Signature::from_slice(value))
                    .ok()?;
                Some(value.normalize_s().to_der().as_bytes().to_vec())
            }
        }
    }

    fn verify_hashed(&self, hash: Hash, text: &[u8], value: &[u8]) -> Result<(), String> {
        let digest = hash.of(text);
        let fits = match self {
            Self::Rsa(key) => key.verify(hash.pkcs1(), &digest, value).is_ok(),
            Self::P256(key) => p256::ecdsa::Signature::from_der(value)
                .is_ok_and(|value| key.verify_prehash(&digest, &value).is_ok()),
            Self::P384(key) => p384::ecdsa::Signature::from_der(value)
                .is_ok_and(|value| key.verify_prehash(&digest, &value).is_ok()),
        };
        if fits { Ok(()) } else { Err(NOT_SIGNED.to_owned()) }
    }
}
