//! SMS or WhatsApp by a gateway over HTTP, as the site tells it: where, with which body, and how its yes is known. The
//! vendors' words are in the site's file and not here.

mod settings;
mod template;

use std::time::Duration;

use reqwest::Url;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use serde_json::Value;
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::{Courier, Delivery, Letter, Reply};
use crate::domain::br_code::fold;
use crate::domain::service::{Contact, ContactKind};
use crate::http::{Answer, Body, Client, Lost, Partner, Patience, Request};
use template::{Filled, Template};

pub use settings::{Method, Settings, Success, Unfit};

const OPERATION: &str = "send_message";
const AT_MOST: usize = 64 * 1024;
const WITHIN: Duration = Duration::from_secs(15);
const CONNECT: Duration = Duration::from_secs(5);
/// As much as four messages hold.
const TEXT_MOST: usize = 600;

pub struct Gateway {
    http: Client,
    url: Url,
    method: Method,
    headers: Vec<(HeaderName, Template)>,
    query: Vec<(String, Template)>,
    form: Vec<(String, Template)>,
    json: Option<Value>,
    credentials: Vec<(String, crate::secret::Secret)>,
    success: Success,
    plain_letters: bool,
}

impl Gateway {
    /// Nothing is sent yet.
    pub fn connect(settings: &Settings) -> Result<Gateway, Unfit> {
        let json = settings.json()?;
        settings.check()?;
        let patience = Patience { connect: CONNECT, list: WITHIN, all_tries: WITHIN, ..Patience::default() };
        let http = Client::to(&Partner {
            name: "SMS",
            base: &settings.url,
            allow_plain_http: settings.allow_plain_http,
            patience,
            identity: None,
            authorities: None,
        })?;
        let url: Url = settings.url.trim().parse().map_err(|_| Unfit::Url)?;
        let pairs = |map: &std::collections::BTreeMap<String, String>| {
            map.iter().map(|(name, text)| (name.clone(), Template::of(text))).collect::<Vec<_>>()
        };
        let mut headers = Vec::new();
        for (name, text) in &settings.headers {
            let header = name.parse().map_err(|_| Unfit::Header(name.clone()))?;
            headers.push((header, Template::of(text)));
        }
        Ok(Gateway {
            http,
            url,
            method: settings.method,
            headers,
            query: pairs(&settings.query),
            form: pairs(&settings.form),
            json,
            credentials: settings.credentials.clone().into_iter().collect(),
            success: settings.success.clone(),
            plain_letters: settings.plain_letters,
        })
    }

    fn request(&self, phone: &str, text: &str) -> Result<Request, String> {
        let mut known = vec![("phone", phone), ("text", text)];
        known.extend(self.credentials.iter().map(|(name, secret)| (name.as_str(), secret.expose())));
        let known = Filled::new(&known);
        let mut headers = HeaderMap::new();
        for (name, template) in &self.headers {
            let value = HeaderValue::from_str(&known.fill(template));
            // its text may be a secret
            let mut value = value.map_err(|_| format!("the header {name} cannot hold its value"))?;
            value.set_sensitive(true);
            headers.insert(name, value);
        }
        let pairs = |templates: &[(String, Template)]| {
            templates.iter().map(|(name, template)| (name.clone(), known.fill(template))).collect::<Vec<_>>()
        };
        let mut url = self.url.clone();
        if !self.query.is_empty() {
            url.query_pairs_mut().extend_pairs(pairs(&self.query));
        }
        let body = match &self.json {
            Some(json) => Some(Body::Json(known.fill_all(json).to_string())),
            None if !self.form.is_empty() => Some(Body::Pairs(pairs(&self.form))),
            None => None,
        };
        let method = self.method.verb();
        Ok(Request { operation: OPERATION, method, url, headers, body, within: WITHIN, at_most: AT_MOST })
    }

    async fn deliver(&self, to: &Contact, letter: &Letter) -> Delivery {
        if to.kind != ContactKind::Phone {
            return Delivery::Refused("this is no phone".to_owned());
        }
        if !letter.papers.is_empty() {
            return Delivery::Refused("a message has no room for papers".to_owned());
        }
        let Some(phone) = to.mobile() else { return Delivery::Refused("this is no mobile phone".to_owned()) };
        let text = if self.plain_letters { fold(&letter.text, TEXT_MOST) } else { letter.text.clone() };
        let request = match self.request(&phone, &text) {
            Ok(request) => request,
            Err(why) => return Delivery::Down(why),
        };
        match self.http.send_once(&request).await {
            Ok(answer) => self.judge(&answer),
            Err(Lost::NotSent(why)) => Delivery::Down(why),
            Err(Lost::Untrusted(why)) => Delivery::Down(why.to_string()),
            Err(Lost::Redirected) => Delivery::Down("it is somewhere else now".to_owned()),
            Err(Lost::Down(status)) => Delivery::Unknown(format!("HTTP {status}")),
            Err(Lost::NoAnswer(why)) => Delivery::Unknown(why),
            Err(Lost::TooLarge { .. }) => Delivery::Unknown("an answer that is too large".to_owned()),
        }
    }

    /// A status that the site did not name says no where it can only mean no; what may have been done is unknown.
    fn judge(&self, answer: &Answer) -> Delivery {
        let status = answer.status;
        if !self.success.has(status) {
            return match status {
                401 | 403 | 404 | 405 | 300..=399 => Delivery::Down(format!("HTTP {status}")),
                400..=499 => Delivery::Refused(format!("HTTP {status}")),
                _ => Delivery::Unknown(format!("HTTP {status}")),
            };
        }
        if self.success.path.is_none() {
            return Delivery::Sent;
        }
        match serde_json::from_slice::<Value>(&answer.body) {
            Ok(json) if self.success.is_said_in(&json) => Delivery::Sent,
            Ok(_) => Delivery::Refused(format!("HTTP {status}, and its answer says no")),
            Err(_) => Delivery::Unknown(format!("HTTP {status}, and an answer that is no JSON")),
        }
    }

    /// Whether its port opens: a request might be a message.
    async fn look(&self) -> Result<(), String> {
        let host = self.url.host_str().unwrap_or_default().trim_matches(['[', ']']);
        let port = self.url.port_or_known_default().unwrap_or(443);
        match timeout(CONNECT, TcpStream::connect((host, port))).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(format!("no connection: {}", error.kind())),
            Err(_) => Err("no connection in time".to_owned()),
        }
    }
}

impl Courier for Gateway {
    fn send<'a>(&'a self, to: &'a Contact, letter: &'a Letter) -> Reply<'a, Delivery> {
        Box::pin(self.deliver(to, letter))
    }

    fn is_there(&self) -> Reply<'_, Result<(), String>> {
        Box::pin(self.look())
    }
}

#[cfg(test)]
mod tests;
