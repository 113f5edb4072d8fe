//! What a site says of its gateway, and whether that can be meant.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::template::{Template, texts};
use crate::http::{SetUpError, address};
use crate::secret::Secret;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Method {
    #[default]
    Post,
    Put,
    Get,
}

impl Method {
    pub(super) fn verb(self) -> reqwest::Method {
        match self {
            Method::Post => reqwest::Method::POST,
            Method::Put => reqwest::Method::PUT,
            Method::Get => reqwest::Method::GET,
        }
    }
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    #[serde(default)]
    pub method: Method,
    pub url: String,
    #[serde(default)]
    pub allow_plain_http: bool,
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    /// Behind the address.
    #[serde(default)]
    pub query: BTreeMap<String, String>,
    /// The body as JSON, or else as a form.
    #[serde(default)]
    pub body: Option<String>,
    #[serde(default)]
    pub form: BTreeMap<String, String>,
    /// Each is a name that may stand in braces.
    #[serde(default)]
    pub credentials: BTreeMap<String, Secret>,
    /// Accents cost a second message at most gateways.
    #[serde(default = "yes")]
    pub plain_letters: bool,
    #[serde(default)]
    pub success: Success,
}

fn yes() -> bool {
    true
}

/// How the gateway's yes is known.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Success {
    /// 200 to 299, where none is named.
    pub status: Vec<u16>,
    /// Where in its JSON it says so: `messages.0.status`.
    pub path: Option<String>,
    /// What it says there; anything but nothing and `false`, where none is named.
    pub is: Vec<String>,
}

impl Success {
    pub(super) fn has(&self, status: u16) -> bool {
        if self.status.is_empty() { (200..300).contains(&status) } else { self.status.contains(&status) }
    }

    pub(super) fn is_said_in(&self, json: &Value) -> bool {
        let steps = self.path.iter().flat_map(|path| path.split('.'));
        let found = steps.into_iter().try_fold(json, |value, step| match value {
            Value::Array(items) => items.get(step.parse::<usize>().ok()?),
            Value::Object(fields) => fields.get(step),
            _ => None,
        });
        let said = match found {
            None | Some(Value::Null | Value::Array(_) | Value::Object(_)) => return false,
            Some(Value::String(text)) => text.clone(),
            Some(other) => other.to_string(),
        };
        if self.is.is_empty() { said != "false" && !said.is_empty() } else { self.is.contains(&said) }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    #[error("não é um endereço http(s) sem consulta: o que vem depois de ? vai em `query`")]
    Url,
    #[error("`{0}` não é nome de cabeçalho HTTP")]
    Header(String),
    #[error("o corpo não é JSON: {0}. Um formulário vai em `form`")]
    Body(String),
    #[error("o corpo é um só: `body` (JSON) ou `form`")]
    TwoBodies,
    #[error("um GET não tem corpo: use `query`")]
    BodyOfGet,
    #[error("{{{0}}} não é nada daqui; há {{phone}}, {{text}} e os nomes em [courier.sms.credentials]")]
    Place(String),
    #[error("{{{0}}} não aparece em `query`, `body` nem `form`: sem ele a mensagem não diz nada ou não vai a ninguém")]
    Absent(&'static str),
    #[error("`is` sem `path`: diga onde no JSON da resposta")]
    NoPath,
    #[error(transparent)]
    SetUp(#[from] SetUpError),
}

impl Unfit {
    /// The key of the table that it is about.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Unfit::Url | Unfit::SetUp(_) | Unfit::Place(_) | Unfit::Absent(_) => "courier.sms.url",
            Unfit::Header(_) => "courier.sms.headers",
            Unfit::Body(_) | Unfit::TwoBodies | Unfit::BodyOfGet => "courier.sms.body",
            Unfit::NoPath => "courier.sms.success",
        }
    }
}

impl Settings {
    pub(super) fn json(&self) -> Result<Option<Value>, Unfit> {
        let read = |text: &String| serde_json::from_str(text).map_err(|error| Unfit::Body(error.to_string()));
        self.body.as_ref().map(read).transpose()
    }

    pub(super) fn check(&self) -> Result<(), Unfit> {
        address(&self.url, self.allow_plain_http)?;
        let json = self.json()?;
        if json.is_some() && !self.form.is_empty() {
            return Err(Unfit::TwoBodies);
        }
        if self.method == Method::Get && (json.is_some() || !self.form.is_empty()) {
            return Err(Unfit::BodyOfGet);
        }
        if self.success.path.is_none() && !self.success.is.is_empty() {
            return Err(Unfit::NoPath);
        }
        let told = self.query.values().chain(self.form.values()).map(String::as_str);
        let told: Vec<&str> = told.chain(json.iter().flat_map(texts)).collect();
        let places = |texts: &[&str]| -> Vec<String> {
            texts.iter().flat_map(|text| Template::of(text).places().map(str::to_owned).collect::<Vec<_>>()).collect()
        };
        let headers: Vec<&str> = self.headers.values().map(String::as_str).collect();
        let (said, signed) = (places(&told), places(&headers));
        let is_known =
            |name: &&String| matches!(name.as_str(), "phone" | "text") || self.credentials.contains_key(name.as_str());
        if let Some(name) = said.iter().chain(&signed).find(|name| !is_known(name)) {
            return Err(Unfit::Place(name.clone()));
        }
        match ["phone", "text"].into_iter().find(|name| !said.iter().any(|said| said == name)) {
            Some(absent) => Err(Unfit::Absent(absent)),
            None => Ok(()),
        }
    }
}
