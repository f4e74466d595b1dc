//! TLS to a server whose certificate is verified, with the name of the host, against the certificates of one
//! file. What is verified is verified by rustls.

use std::path::Path;
use std::sync::Arc;

use kycuong_files::read_bounded;
use kycuong_model::text::BoxError;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::client::WebPkiServerVerifier;
use tokio_rustls::rustls::client::danger::{
    HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier,
};
use tokio_rustls::rustls::crypto::{CryptoProvider, ring};
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use tokio_rustls::rustls::{
    ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme,
};

/// Most bytes of the file with certificates: the list of all public authorities has some 220 kB.
const FILE_BYTES_MAX: u64 = 1 << 20;

/// What speaks TLS, with the certificates of a file.
pub(super) fn connector(roots: &Path) -> Result<TlsConnector, BoxError> {
    let certificates = certificates(roots)?;
    let mut store = RootCertStore::empty();
    for certificate in &certificates {
        store.add(certificate.clone())?;
    }
    let provider = Arc::new(ring::default_provider());
    let inner = WebPkiServerVerifier::builder_with_provider(Arc::new(store), Arc::clone(&provider))
        .build()?;
    let verifier = Arc::new(Verifier { known: certificates, inner });
    let config = ClientConfig::builder_with_provider(Arc::<CryptoProvider>::clone(&provider))
        .with_safe_default_protocol_versions()?
        // Not less than by default: it adds to the certificates of authorities those of servers.
        .dangerous()
        .with_custom_certificate_verifier(verifier)
        .with_no_client_auth();
    Ok(TlsConnector::from(Arc::new(config)))
}

fn certificates(file: &Path) -> Result<Vec<CertificateDer<'static>>, BoxError> {
    let said = |error: &dyn std::fmt::Display| {
        format!("cannot read the certificates in `{}` (sslrootcert): {error}", file.display())
    };
    let text = read_bounded(file, FILE_BYTES_MAX).map_err(|error| said(&error))?;
    let certificates: Vec<_> = CertificateDer::pem_slice_iter(&text)
        .collect::<Result<_, _>>()
        .map_err(|error| said(&error))?;
    if certificates.is_empty() {
        return Err(said(&"it has none in the format PEM").into());
    }
    Ok(certificates)
}

/// Takes a server whose very certificate is in the file, as one that signed its own is, and otherwise one
/// that an authority in the file vouches for under the name of the host.
#[derive(Debug)]
struct Verifier {
    known: Vec<CertificateDer<'static>>,
    inner: Arc<WebPkiServerVerifier>,
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        if self.known.iter().any(|known| known.as_ref() == end_entity.as_ref()) {
            return Ok(ServerCertVerified::assertion());
        }
        self.inner.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.inner.verify_tls12_signature(message, certificate, signed)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.inner.verify_tls13_signature(message, certificate, signed)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.inner.supported_verify_schemes()
    }
}
