//! A bank behind mutual TLS, with certificates made here.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair, date_time_ymd};
use rustls::crypto::ring;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig, ServerConnection, StreamOwned};
use totem::pix::api_pix::{self, Unfit};
use totem::pix::{Error, PixProvider, PixState};

use crate::{charge, cob, now};

struct Authority {
    pem: String,
    der: CertificateDer<'static>,
    issuer: Issuer<'static, KeyPair>,
}

struct Made {
    pem: String,
    der: CertificateDer<'static>,
    key: KeyPair,
}

fn authority(name: &str) -> Authority {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.distinguished_name.push(rcgen::DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let key = KeyPair::generate().unwrap();
    let made = params.self_signed(&key).unwrap();
    Authority { pem: made.pem(), der: made.der().clone(), issuer: Issuer::new(params, key) }
}

impl Authority {
    fn issue(&self, host: &str, from: i32, until: i32) -> Made {
        let mut params = CertificateParams::new(vec![host.to_owned()]).unwrap();
        params.not_before = date_time_ymd(from, 1, 1);
        params.not_after = date_time_ymd(until, 1, 1);
        let key = KeyPair::generate().unwrap();
        let made = params.signed_by(&key, &self.issuer).unwrap();
        Made { pem: made.pem(), der: made.der().clone(), key }
    }
}

/// Answers every request: a token, or a charge that waits.
fn bank(shown: &Made, believed: &Authority) -> u16 {
    let provider = Arc::new(ring::default_provider());
    let mut roots = RootCertStore::empty();
    roots.add(believed.der.clone()).unwrap();
    let clients = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), Arc::clone(&provider)).build().unwrap();
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_client_cert_verifier(clients)
        .with_single_cert(vec![shown.der.clone()], PrivateKeyDer::try_from(shown.key.serialize_der()).unwrap())
        .unwrap();
    let (config, listener) = (Arc::new(config), TcpListener::bind("127.0.0.1:0").unwrap());
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let config = Arc::clone(&config);
            thread::spawn(move || {
                let mut tls = StreamOwned::new(ServerConnection::new(config).unwrap(), stream);
                let mut heard = Vec::new();
                let mut chunk = [0; 4096];
                while let Ok(read) = tls.read(&mut chunk) {
                    if read == 0 {
                        return;
                    }
                    heard.extend_from_slice(&chunk[..read]);
                    let text = String::from_utf8_lossy(&heard).into_owned();
                    let body = if text.starts_with("GET") && text.ends_with("\r\n\r\n") {
                        cob("ATIVA", &now(), "")
                    } else if text.ends_with("client_credentials") {
                        r#"{"access_token":"t","expires_in":300}"#.to_owned()
                    } else {
                        continue;
                    };
                    heard.clear();
                    let length = body.len();
                    if write!(tls, "HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n{body}").is_err() {
                        return;
                    }
                }
            });
        }
    });
    port
}

fn keep(folder: &Path, name: &str, content: &str) -> PathBuf {
    use std::os::unix::fs::PermissionsExt;
    let path = folder.join(name);
    std::fs::write(&path, content).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
    path
}

async fn look(port: u16, host: &str, believed: &Authority, shown: Option<&Made>) -> Result<PixState, Error> {
    let folder = tempfile::tempdir().unwrap();
    let authorities = keep(folder.path(), "ca.pem", &believed.pem);
    let secret = keep(folder.path(), "secret", "s3gr3d0");
    let certificate = shown.map_or_else(String::new, |made| {
        let (pem, key) =
            (keep(folder.path(), "own.pem", &made.pem), keep(folder.path(), "own.key", &made.key.serialize_pem()));
        format!("certificate = {{ pem = {pem:?}, key = {{ file = {key:?} }} }}")
    });
    let settings = toml::from_str(&format!(
        "client_id = \"totem-1\"\nclient_secret = {{ file = {secret:?} }}\nkey = \"a@b.c\"\nname = \"P\"\ncity = \"B\"\n\
         base_url = \"https://{host}:{port}/pix/v2\"\ntoken_url = \"https://{host}:{port}/oauth/token\"\n\
         auth = \"basic_form\"\nauthorities = {authorities:?}\n{certificate}"
    ))
    .unwrap();
    api_pix::connect(settings).unwrap().look(&charge()).await
}

#[tokio::test]
async fn both_sides_show_a_certificate_and_what_is_wrong_with_one_is_said_plainly() {
    let (ours, banks, other) = (authority("ours"), authority("the bank's"), authority("another"));
    let client = ours.issue("totem", 2020, 2099);
    let right = bank(&banks.issue("localhost", 2020, 2099), &ours);
    assert_eq!(look(right, "localhost", &banks, Some(&client)).await, Ok(PixState::Waiting));
    let expired = bank(&banks.issue("localhost", 2020, 2021), &ours);
    let early = bank(&banks.issue("localhost", 2098, 2099), &ours);
    let elsewhere = bank(&banks.issue("outro.example", 2020, 2099), &ours);
    let stranger = other.issue("totem", 2020, 2099);
    let old = ours.issue("totem", 2020, 2021);
    for (port, believed, shown, told) in [
        (expired, &banks, Some(&client), "their certificate has expired by this machine's clock"),
        (early, &banks, Some(&client), "their certificate is not valid yet by this machine's clock"),
        (elsewhere, &banks, Some(&client), "their certificate is for another host"),
        (right, &other, Some(&client), "an authority that is not known here"),
        (right, &banks, None, "they ask for a client certificate and none was shown"),
        (right, &banks, Some(&stranger), "they do not accept our certificate"),
        (right, &banks, Some(&old), "they say that our certificate has expired"),
    ] {
        let error = look(port, "localhost", believed, shown).await.expect_err(told);
        assert!(matches!(&error, Error::Untrusted(why) if why.to_string().contains(told)), "{told}: {error}");
    }
}

#[test]
fn a_certificate_with_another_key_is_refused_before_anything_is_sent() {
    let ours = authority("ours");
    let (one, other) = (ours.issue("totem", 2020, 2099), ours.issue("totem", 2020, 2099));
    let folder = tempfile::tempdir().unwrap();
    let pem = keep(folder.path(), "own.pem", &one.pem);
    let key = keep(folder.path(), "own.key", &other.key.serialize_pem());
    let settings = toml::from_str(&format!(
        "preset = \"sicoob\"\nclient_id = \"t\"\nkey = \"a@b.c\"\nname = \"P\"\ncity = \"B\"\n\
         certificate = {{ pem = {pem:?}, key = {{ file = {key:?} }} }}"
    ))
    .unwrap();
    let refused = api_pix::connect(settings).err().unwrap();
    assert!(matches!(&refused, Unfit::SetUp(_)), "{refused}");
}
