//! Mutual TLS, with certificates made for the test and thrown away after it.

use std::fs;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned, SupportedProtocolVersion};
use serde_json::{Value, json};
use tempfile::TempDir;
use totem::simulator::bank::{self, Options, Running};

use crate::wire::{Answered, TXID, book, charge, read_answer, request, token_request};

type Authority = CertifiedIssuer<'static, KeyPair>;

struct Secure {
    running: Running,
    folder: TempDir,
    server_authority: Authority,
    client_authority: Authority,
}

struct Person {
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
}

fn authority(name: &str) -> Authority {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    Authority::self_signed(params, KeyPair::generate().unwrap()).unwrap()
}

fn signed(by: &Authority, names: &[&str]) -> (String, KeyPair, CertificateDer<'static>) {
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    let key = KeyPair::generate().unwrap();
    let certificate = CertificateParams::new(names).unwrap().signed_by(&key, by).unwrap();
    (certificate.pem(), key, certificate.der().clone())
}

fn person(by: &Authority) -> Person {
    let (_, key, certificate) = signed(by, &["totem.example"]);
    Person { chain: vec![certificate], key: PrivateKeyDer::try_from(key.serialize_der()).unwrap() }
}

fn write(folder: &Path, name: &str, text: &str) -> Option<std::path::PathBuf> {
    let path = folder.join(name);
    fs::write(&path, text).unwrap();
    Some(path)
}

fn secure() -> Secure {
    let folder = tempfile::tempdir().unwrap();
    let (server_authority, client_authority) = (authority("Banco"), authority("Clientes do banco"));
    let (certificate, key, _) = signed(&server_authority, &["localhost", "127.0.0.1"]);
    let mut options = Options::new(folder.path().join("state"));
    options.tls_cert = write(folder.path(), "server.pem", &certificate);
    options.tls_key = write(folder.path(), "server.key", &key.serialize_pem());
    options.client_ca = write(folder.path(), "clients.pem", &client_authority.pem());
    let running = bank::start(options).unwrap();
    Secure { running, folder, server_authority, client_authority }
}

impl Secure {
    fn address(&self) -> SocketAddr {
        self.running.address()
    }

    fn book(&self) -> Value {
        book(&self.folder.path().join("state"))
    }

    fn config(&self, who: Option<&Person>, versions: &[&'static SupportedProtocolVersion]) -> ClientConfig {
        let mut trusted = RootCertStore::empty();
        trusted.add(self.server_authority.der().clone()).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ClientConfig::builder_with_provider(provider)
            .with_protocol_versions(versions)
            .unwrap()
            .with_root_certificates(trusted);
        match who {
            Some(who) => config.with_client_auth_cert(who.chain.clone(), who.key.clone_key()).unwrap(),
            None => config.with_no_client_auth(),
        }
    }

    fn connect(&self, config: ClientConfig) -> StreamOwned<ClientConnection, TcpStream> {
        let socket = TcpStream::connect(self.address()).unwrap();
        socket.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        let name = ServerName::try_from("localhost").unwrap();
        StreamOwned::new(ClientConnection::new(Arc::new(config), name).unwrap(), socket)
    }

    fn ask(&self, who: &Person, request: &str) -> Option<Answered> {
        let mut stream = self.connect(self.config(Some(who), rustls::DEFAULT_VERSIONS));
        stream.write_all(request.as_bytes()).ok()?;
        read_answer(&mut stream)
    }

    /// So many errors in the book: an alert is on its way before the book is written.
    fn errors(&self, wanted: usize) -> Value {
        let deadline = std::time::Instant::now() + Duration::from_secs(10);
        loop {
            let errors = self.book()["errors"].clone();
            let found = errors.as_array().unwrap().len();
            if found >= wanted || std::time::Instant::now() > deadline {
                assert_eq!(found, wanted, "{errors}");
                return errors;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    fn token(&self, who: &Person) -> String {
        let told = self.ask(who, &token_request("grant_type=client_credentials")).unwrap().json();
        told["access_token"].as_str().unwrap().to_owned()
    }
}

fn put(token: &str) -> String {
    let headers = format!("Authorization: Bearer {token}\r\nContent-Type: application/json\r\n");
    request("PUT", &format!("/v2/cob/{TXID}"), &headers, &charge().to_string())
}

#[test]
fn a_client_with_a_certificate_of_the_bank_is_served_over_both_versions() {
    let bank = secure();
    assert!(bank.running.api_url().starts_with("https://127.0.0.1:"));
    let person = person(&bank.client_authority);
    let token = bank.token(&person);
    for version in [&rustls::version::TLS12, &rustls::version::TLS13] {
        let mut stream = bank.connect(bank.config(Some(&person), &[version]));
        for _ in 0..2 {
            stream.write_all(put(&token).as_bytes()).unwrap();
            assert_eq!(read_answer(&mut stream).unwrap().status, 201, "{version:?}");
        }
        stream.write_all(put(&token).replace("Host: bank", "Connection: close").as_bytes()).unwrap();
        assert_eq!(read_answer(&mut stream).unwrap().status, 201);
        assert_eq!(stream.read(&mut [0]).unwrap(), 0, "and is told goodbye");
    }
    assert_eq!(bank.book()["charges"][TXID]["status"], json!("ATIVA"));
    assert_eq!(bank.book()["errors"], json!([]));
}

#[test]
fn whoever_shows_no_certificate_or_a_stranger_s_gets_no_word_in() {
    let bank = secure();
    let stranger = person(&authority("Outro banco"));
    for who in [None, Some(&stranger)] {
        let mut stream = bank.connect(bank.config(who, rustls::DEFAULT_VERSIONS));
        let said = stream.write_all(token_request("grant_type=client_credentials").as_bytes());
        let refusal = match said {
            Err(error) => error,
            Ok(()) => stream.read(&mut [0]).unwrap_err(),
        };
        assert!(refusal.to_string().contains("received fatal alert"), "{refusal}");
    }
    let errors = bank.errors(2);
    assert!(errors[0].as_str().unwrap().contains("TLS: "), "{errors}");
    assert_eq!(bank.book()["calls"], json!({}));
}

#[test]
fn plain_http_on_the_secure_port_is_refused() {
    let bank = secure();
    let mut stream = TcpStream::connect(bank.address()).unwrap();
    stream.write_all(token_request("grant_type=client_credentials").as_bytes()).unwrap();
    let mut heard = Vec::new();
    stream.read_to_end(&mut heard).unwrap();
    assert!(!heard.starts_with(b"HTTP"), "{heard:?}");
    bank.errors(1);
    assert_eq!(bank.book()["calls"], json!({}));
}

#[test]
fn a_token_is_worth_nothing_over_another_certificate() {
    let bank = secure();
    let (one, other) = (person(&bank.client_authority), person(&bank.client_authority));
    let token = bank.token(&one);
    assert_eq!(bank.ask(&one, &put(&token)).unwrap().status, 201);
    let answer = bank.ask(&other, &put(&token)).unwrap();
    assert_eq!((answer.status, answer.problem().as_str()), (401, "AcessoNegado"));
    let errors = bank.book()["errors"].clone();
    assert!(errors[0].as_str().unwrap().ends_with("the token belongs to another certificate"), "{errors}");
    let own = bank.token(&other);
    assert_eq!(bank.ask(&other, &put(&own)).unwrap().status, 201);
}

#[test]
fn a_lost_answer_is_lost_over_tls_too() {
    let bank = secure();
    let person = person(&bank.client_authority);
    let token = bank.token(&person);
    fs::write(bank.folder.path().join("state/control.json"), r#"{"lost_answer": {"for": "put_cob"}}"#).unwrap();
    assert_eq!(bank.ask(&person, &put(&token)), None);
    assert_eq!(bank.book()["charges"][TXID]["status"], json!("ATIVA"));
}

#[test]
fn files_that_are_no_identity_are_refused_at_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let issuer = authority("Banco");
    let (certificate, key, _) = signed(&issuer, &["localhost"]);
    let (_, strangers_key, _) = signed(&issuer, &["localhost"]);
    let certificate = write(folder.path(), "server.pem", &certificate);
    let key = write(folder.path(), "server.key", &key.serialize_pem());
    let wrong = write(folder.path(), "wrong.key", &strangers_key.serialize_pem());
    let clients = write(folder.path(), "clients.pem", &issuer.pem());
    let empty = write(folder.path(), "empty.pem", "nothing");
    for (certificate, key, clients) in [
        (&certificate, &wrong, &clients),
        (&empty, &key, &clients),
        (&certificate, &empty, &clients),
        (&certificate, &key, &empty),
        (&certificate, &key, &None),
        (&certificate, &None, &clients),
        (&Some(folder.path().join("missing.pem")), &key, &clients),
    ] {
        let mut options = Options::new(folder.path().join("state"));
        (options.tls_cert, options.tls_key, options.client_ca) = (certificate.clone(), key.clone(), clients.clone());
        assert!(bank::start(options).is_err(), "{certificate:?} {key:?} {clients:?}");
    }
}
