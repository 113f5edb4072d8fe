//! What a site says of its account at a bank, laid over what is known of that bank.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

use jiff::Timestamp;
use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::preset::Preset;
use crate::http::{Identity, SetUpError, address};
use crate::secret::Secret;
use reqwest::Url;

/// Addresses, sign-in and scopes are as the bank's developer pages say; what is left out comes from the preset.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// One of `preset::NAMES`. Without one, `base_url`, `token_url` and `auth` are needed.
    #[serde(default)]
    pub preset: Option<String>,
    /// What the journal calls this account, never to be changed while a charge of it is open; the preset's name, where
    /// left out.
    #[serde(default)]
    pub id: Option<String>,
    pub client_id: String,
    #[serde(default)]
    pub client_secret: Option<Secret>,
    #[serde(default)]
    pub certificate: Option<Certificate>,
    /// The only authorities believed when the bank shows its certificate: a PEM file. The machine's own, where left out.
    #[serde(default)]
    pub authorities: Option<PathBuf>,
    /// The receiver's PIX key.
    pub key: String,
    /// For a code that is built from the charge's location: at most 25 letters are shown.
    pub name: String,
    /// At most 15 letters are shown.
    pub city: String,
    /// Never to be changed while a charge of this account is open.
    #[serde(default)]
    pub charge: Kind,
    /// How long a code stands on the screen. The bank takes money for a minute longer.
    #[serde(default = "five_minutes")]
    pub expires_in_s: u32,
    #[serde(default)]
    pub base_url: Option<String>,
    /// Where charges are changed, if that is another address.
    #[serde(default)]
    pub remove_base_url: Option<String>,
    #[serde(default)]
    pub token_url: Option<String>,
    #[serde(default)]
    pub auth: Option<Auth>,
    #[serde(default)]
    pub scopes: Option<Vec<String>>,
    /// Sent with every call. `{client_id}` and `{uuid}`, fresh each time, are filled in.
    #[serde(default)]
    pub headers: BTreeMap<String, Extra>,
    #[serde(default)]
    pub query: BTreeMap<String, Extra>,
    /// Plain http to another machine.
    #[serde(default)]
    pub allow_plain_http: bool,
}

fn five_minutes() -> u32 {
    300
}

/// A key may be somebody's CPF, and an extra header a password.
impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("preset", &self.preset)
            .field("id", &self.id)
            .field("expires_in_s", &self.expires_in_s)
            .finish_non_exhaustive()
    }
}

impl Settings {
    /// When the certificate ends that the bank is shown; nothing where there is none, or none that can be read.
    #[must_use]
    pub fn certificate_until(&self) -> Option<Timestamp> {
        Some(self.certificate.as_ref()?.load().ok()?.valid_until())
    }
}

impl Settings {
    /// The bank's host and port, a preset's too.
    #[must_use]
    pub fn route(&self) -> Option<(String, u16)> {
        let base = self.complete().ok()?.base;
        Some((base.host_str()?.to_owned(), base.port_or_known_default()?))
    }
}

/// What sort of charge this bank is asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// At once (`/cob`): it ends with the screen.
    #[default]
    Cob,
    /// With a due date (`/cobv`), for an account that may make no other. At a totem it is due today and not a day longer,
    /// and asks for today's total: fine, interest and discount are in it already, so the bank is told none.
    Cobv,
}

impl Kind {
    /// The part of the address.
    pub(super) fn path(self) -> &'static str {
        match self {
            Kind::Cob => "cob",
            Kind::Cobv => "cobv",
        }
    }

    pub(super) fn other(self) -> Kind {
        match self {
            Kind::Cob => Kind::Cobv,
            Kind::Cobv => Kind::Cob,
        }
    }
}

/// How a token is asked for; the grant is always `client_credentials`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Auth {
    /// HTTP Basic and a form.
    BasicForm,
    /// HTTP Basic and a JSON body.
    BasicJson,
    /// A form with client_id and client_secret.
    FormSecret,
    /// A form with client_id alone: the certificate is the proof.
    FormIdOnly,
    /// The grant in the address, client_id and client_secret in a form.
    QueryGrant,
}

/// A PEM pair, or a PFX file with its password.
#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Certificate {
    pub pem: Option<PathBuf>,
    pub key: Option<Secret>,
    pub pfx: Option<PathBuf>,
    pub password: Option<Secret>,
}

impl Certificate {
    fn load(&self) -> Result<Identity, Unfit> {
        let unread = |path: &PathBuf, why: std::io::Error| {
            SetUpError::Certificate(format!("{} cannot be read: {why}", path.display()))
        };
        match (&self.pem, &self.key, &self.pfx) {
            (Some(pem), Some(key), None) => {
                let text = std::fs::read_to_string(pem).map_err(|why| unread(pem, why))?;
                Ok(Identity::from_pem(&text, key)?)
            }
            (None, None, Some(pfx)) => {
                let file = std::fs::read(pfx).map_err(|why| unread(pfx, why))?;
                Ok(Identity::from_pfx(&file, self.password.as_ref().map_or("", Secret::expose))?)
            }
            _ => Err(Unfit::Missing("certificate.pem with certificate.key, or certificate.pfx".to_owned())),
        }
    }
}

/// A value that goes with every call: written in the file, or kept where secrets are.
#[derive(Clone)]
pub enum Extra {
    Text(String),
    Secret(Secret),
}

impl<'de> Deserialize<'de> for Extra {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Extra, D::Error> {
        deserializer.deserialize_any(ExtraVisitor)
    }
}

/// By hand, because an untagged enum would hide why a secret cannot be read.
struct ExtraVisitor;

impl<'de> Visitor<'de> for ExtraVisitor {
    type Value = Extra;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("um texto, { file = \"…\" } ou { credential = \"…\" }")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Extra, E> {
        Ok(Extra::Text(text.to_owned()))
    }

    fn visit_map<M: MapAccess<'de>>(self, map: M) -> Result<Extra, M::Error> {
        Secret::deserialize(MapAccessDeserializer::new(map)).map(Extra::Secret)
    }
}

impl Extra {
    pub(super) fn text(&self) -> &str {
        match self {
            Extra::Text(text) => text,
            Extra::Secret(secret) => secret.expose(),
        }
    }
}

/// Why a bank cannot be called with these settings.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    #[error("there is no preset `{0}`")]
    NoPreset(String),
    #[error("`{0}` is missing")]
    Missing(String),
    #[error("`{0}` cannot be sent")]
    Unsendable(String),
    #[error("expires_in_s is outside 60 to 86400")]
    Life,
    #[error("key, name or city make no PIX code: {0}")]
    Code(String),
    #[error(transparent)]
    SetUp(#[from] SetUpError),
}

/// Settings and preset together, complete.
pub(super) struct Bank {
    pub id: String,
    /// A preset that nobody has tried against the bank.
    pub is_untried: bool,
    pub base: Url,
    pub remove_base: Url,
    pub token_url: Url,
    pub auth: Auth,
    pub scopes: Vec<String>,
    pub headers: BTreeMap<String, Extra>,
    pub query: BTreeMap<String, Extra>,
    pub identity: Option<Identity>,
    pub authorities: Option<Vec<u8>>,
}

impl Settings {
    /// The name under which charges stand in the journal.
    #[must_use]
    pub fn id(&self) -> &str {
        self.id.as_deref().or(self.preset.as_deref()).unwrap_or("bank")
    }

    /// A preset names the scopes of `/cob`; a bank that wants none named is told none.
    fn scopes_over(&self, mut preset: Vec<String>) -> Vec<String> {
        if self.charge == Kind::Cobv && !preset.is_empty() {
            preset.extend(["cobv.read".to_owned(), "cobv.write".to_owned()]);
        }
        preset
    }

    pub(super) fn complete(&self) -> Result<Bank, Unfit> {
        let preset = match &self.preset {
            Some(name) => Preset::named(name).ok_or_else(|| Unfit::NoPreset(name.clone()))?,
            None => Preset::default(),
        };
        let missing = |what: &str| Unfit::Missing(what.to_owned());
        let place = |own: &Option<String>, known: &Option<String>| own.clone().or_else(|| known.clone());
        let at = |text: &str| address(text, self.allow_plain_http);
        let base = at(&place(&self.base_url, &preset.base_url).ok_or_else(|| missing("base_url"))?)?;
        // a site that gives its own address (homologation) changes charges there too
        let known_remove = if self.base_url.is_some() { None } else { preset.remove_base_url.clone() };
        let remove_base = match place(&self.remove_base_url, &known_remove) {
            Some(other) => at(&other)?,
            None => base.clone(),
        };
        let token_url = at(&place(&self.token_url, &preset.token_url).ok_or_else(|| missing("token_url"))?)?;
        let auth = self.auth.or(preset.auth).ok_or_else(|| missing("auth"))?;
        if auth != Auth::FormIdOnly && self.client_secret.is_none() {
            return Err(missing("client_secret"));
        }
        if token_url.scheme() == "https" && preset.certificate && self.certificate.is_none() {
            return Err(missing("certificate"));
        }
        let mut headers = preset.headers;
        headers.extend(self.headers.clone());
        let mut query: BTreeMap<String, Extra> = BTreeMap::new();
        query.extend(self.query.clone());
        if let Some(needed) = preset.needs_query.iter().find(|name| !query.contains_key(*name)) {
            return Err(missing(&format!("query.{needed}")));
        }
        if !(60..=86_400).contains(&self.expires_in_s) {
            return Err(Unfit::Life);
        }
        let authorities = match &self.authorities {
            Some(path) => Some(
                std::fs::read(path)
                    .map_err(|why| SetUpError::Certificate(format!("{} cannot be read: {why}", path.display())))?,
            ),
            None => None,
        };
        Ok(Bank {
            id: self.id().to_owned(),
            is_untried: self.preset.is_some() && !preset.tried,
            base,
            remove_base,
            token_url,
            auth,
            scopes: self.scopes.clone().unwrap_or_else(|| self.scopes_over(preset.scopes)),
            headers,
            query,
            identity: self.certificate.as_ref().map(Certificate::load).transpose()?,
            authorities,
        })
    }
}
