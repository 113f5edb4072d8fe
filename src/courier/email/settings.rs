//! What a site says of its mail server, and whether that can be meant.

use std::path::PathBuf;
use std::str::FromStr;

use lettre::message::Mailbox;
use lettre::transport::smtp::client::{Certificate, CertificateStore, TlsParameters};
use serde::Deserialize;

use crate::http;
use crate::secret::Secret;

/// How the way to the server is kept from being overheard.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Security {
    /// Begins plain and changes before anything is said; without it nothing is sent.
    #[default]
    Starttls,
    /// From the first byte.
    Tls,
    None,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    pub server: String,
    /// Without it the usual one of its security.
    #[serde(default)]
    pub port: Option<u16>,
    #[serde(default)]
    pub security: Security,
    #[serde(default)]
    pub user: Option<String>,
    #[serde(default)]
    pub password: Option<Secret>,
    /// Who writes: an address, or a name and `<address>`.
    pub from: String,
    /// The only authorities that are believed, in PEM; the machine's own without it.
    #[serde(default)]
    pub authorities: Option<PathBuf>,
    /// Unencrypted to another machine.
    #[serde(default)]
    pub allow_plain: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    #[error("falta o servidor, como \"smtp.provedor.com.br\": só o nome, a porta vai em `port`")]
    Server,
    #[error(
        "não é um remetente: escreva \"nao-responda@provedor.com.br\" ou \"Provedor <nao-responda@provedor.com.br>\""
    )]
    From,
    #[error("`user` e `password` vão juntos: falta um dos dois")]
    HalfASignIn,
    #[error(
        "sem cifra para outra máquina, o código seria lido no caminho: use \"starttls\" ou \"tls\", ou diga \
         `allow_plain = true`"
    )]
    Plain,
    #[error("as autoridades em {path} não podem ser lidas: {why}")]
    Authorities { path: String, why: String },
    #[error("o TLS não pode ser preparado: {0}")]
    Tls(String),
}

impl Unfit {
    /// The key of the table that it is about.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Unfit::Server | Unfit::Tls(_) => "courier.email.server",
            Unfit::From => "courier.email.from",
            Unfit::HalfASignIn => "courier.email.user",
            Unfit::Plain => "courier.email.security",
            Unfit::Authorities { .. } => "courier.email.authorities",
        }
    }
}

impl Settings {
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port.unwrap_or(match self.security {
            Security::Starttls => 587,
            Security::Tls => 465,
            Security::None => 25,
        })
    }

    pub(super) fn check(&self) -> Result<(), Unfit> {
        let server = self.server.trim();
        let is_name = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-' | ':');
        // a colon is an IPv6 address's, of which there are several
        if server.is_empty() || !server.chars().all(is_name) || server.matches(':').count() == 1 {
            return Err(Unfit::Server);
        }
        if Mailbox::from_str(self.from.trim()).is_err() {
            return Err(Unfit::From);
        }
        if self.user.is_some() != self.password.is_some() {
            return Err(Unfit::HalfASignIn);
        }
        if self.security == Security::None && !self.allow_plain && !http::is_loopback(server) {
            return Err(Unfit::Plain);
        }
        Ok(())
    }

    /// Nothing where nothing is encrypted.
    pub(super) fn tls(&self) -> Result<Option<TlsParameters>, Unfit> {
        if self.security == Security::None {
            return Ok(None);
        }
        let mut builder = TlsParameters::builder(self.server.trim().to_owned());
        if let Some(path) = &self.authorities {
            let unfit = |why: String| Unfit::Authorities { path: path.display().to_string(), why };
            let pem = std::fs::read(path).map_err(|error| unfit(error.to_string()))?;
            let authority = Certificate::from_pem(&pem).map_err(|_| unfit("não é um certificado em PEM".to_owned()))?;
            builder = builder.certificate_store(CertificateStore::None).add_root_certificate(authority);
        }
        builder.build_rustls().map(Some).map_err(|error| Unfit::Tls(error.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(text: &str) -> Settings {
        toml::from_str(text).unwrap()
    }

    #[test]
    fn a_server_is_told_by_its_name_and_has_the_usual_port_of_its_security() {
        for (security, port) in [("starttls", 587), ("tls", 465), ("none", 25)] {
            let text = format!(
                "server = \"smtp.provedor.com.br\"\nfrom = \"a@provedor.com.br\"\nsecurity = \"{security}\"\nallow_plain = true"
            );
            assert_eq!(settings(&text).check(), Ok(()));
            assert_eq!(settings(&text).port(), port);
        }
        assert_eq!(settings("server = \"::1\"\nfrom = \"a@b.com.br\"\nport = 2525").port(), 2525);
    }

    #[test]
    fn what_cannot_be_meant_is_told() {
        for (text, wrong) in [
            ("server = \"\"\nfrom = \"a@b.com\"", Unfit::Server),
            ("server = \"smtp.b.com:587\"\nfrom = \"a@b.com\"", Unfit::Server),
            ("server = \"smtp://b.com\"\nfrom = \"a@b.com\"", Unfit::Server),
            ("server = \"smtp.b.com\"\nfrom = \"Provedor\"", Unfit::From),
            ("server = \"smtp.b.com\"\nfrom = \"a@b.com\"\nuser = \"a\"", Unfit::HalfASignIn),
            ("server = \"smtp.b.com\"\nfrom = \"a@b.com\"\nsecurity = \"none\"", Unfit::Plain),
            ("server = \"localhost.b.com\"\nfrom = \"a@b.com\"\nsecurity = \"none\"", Unfit::Plain),
        ] {
            assert_eq!(settings(text).check(), Err(wrong), "{text}");
        }
        assert_eq!(settings("server = \"127.0.0.1\"\nfrom = \"a@b.com\"\nsecurity = \"none\"").check(), Ok(()));
    }

    #[test]
    fn authorities_that_are_none_are_told_before_anything_is_sent() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "-----BEGIN NOTHING-----").unwrap();
        let text = format!("server = \"smtp.b.com\"\nfrom = \"a@b.com\"\nauthorities = {:?}", file.path());
        assert!(settings(&text).tls().is_err());
        assert!(settings(&text.replace("authorities = \"", "authorities = \"/nowhere")).tls().is_err());
    }
}
