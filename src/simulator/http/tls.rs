//! Mutual TLS for the server: its own certificate, and the authority whose clients it lets in.

use std::io;
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig, ServerConnection, Stream};
use sha2::{Digest, Sha256};

/// PEM files: what the server shows, and whom it trusts.
#[derive(Debug, Clone)]
pub struct Identity {
    /// The server's certificate first, then those up to its authority.
    pub certificate: PathBuf,
    pub key: PathBuf,
    /// A client must show a certificate that one of these has signed.
    pub client_authorities: PathBuf,
}

#[derive(Clone)]
pub struct Tls(Arc<ServerConfig>);

/// A client who was let in.
pub(super) struct Session(ServerConnection);

impl Tls {
    /// TLS 1.2 and 1.3. Fails where a file is missing, is no PEM, or key and certificate do not belong together.
    pub fn load(identity: &Identity) -> io::Result<Tls> {
        let chain = certificates(&identity.certificate)?;
        let key = PrivateKeyDer::from_pem_file(&identity.key).map_err(|cause| unusable(&identity.key, cause))?;
        let mut authorities = RootCertStore::empty();
        for authority in certificates(&identity.client_authorities)? {
            authorities.add(authority).map_err(|cause| unusable(&identity.client_authorities, cause))?;
        }
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let doorman = WebPkiClientVerifier::builder_with_provider(Arc::new(authorities), Arc::clone(&provider))
            .build()
            .map_err(|cause| unusable(&identity.client_authorities, cause))?;
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(io::Error::other)?
            .with_client_cert_verifier(doorman)
            .with_single_cert(chain, key)
            .map_err(|cause| unusable(&identity.certificate, cause))?;
        Ok(Tls(Arc::new(config)))
    }

    pub(super) fn shake_hands(&self, socket: &mut TcpStream) -> io::Result<Session> {
        let mut connection = ServerConnection::new(Arc::clone(&self.0)).map_err(io::Error::other)?;
        while connection.is_handshaking() {
            connection.complete_io(socket)?;
        }
        Ok(Session(connection))
    }
}

impl Session {
    pub(super) fn certificate(&self) -> Option<String> {
        let shown = self.0.peer_certificates()?.first()?;
        Some(Sha256::digest(shown).iter().map(|byte| format!("{byte:02x}")).collect())
    }

    pub(super) fn over<'a>(&'a mut self, socket: &'a mut TcpStream) -> Stream<'a, ServerConnection, TcpStream> {
        Stream::new(&mut self.0, socket)
    }

    pub(super) fn say_goodbye(&mut self, socket: &mut TcpStream) -> io::Result<()> {
        self.0.send_close_notify();
        while self.0.wants_write() {
            self.0.write_tls(socket)?;
        }
        Ok(())
    }
}

fn certificates(path: &Path) -> io::Result<Vec<CertificateDer<'static>>> {
    CertificateDer::pem_file_iter(path).and_then(Iterator::collect).map_err(|cause| unusable(path, cause))
}

fn unusable(path: &Path, cause: impl std::fmt::Display) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, format!("{}: {cause}", path.display()))
}
