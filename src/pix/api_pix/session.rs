//! Signed-in calls to a bank: a token shared by all of them and renewed before it ends, silence for as long as the bank
//! asks for it, and an eye on the clocks.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use jiff::Timestamp;
use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Method, Url};
use serde::Deserialize;
use tokio::time::Instant;

use super::problem::Problem;
use super::settings::{Auth, Bank, Settings, Unfit};
use crate::http::token::{Issued, TokenKeeper};
use crate::http::{Answer, Body, Client, JSON_AT_MOST, Lost, Partner, Patience, Request};
use crate::pix::Error;
use crate::pix::text::Text;
use crate::secret::Secret;

/// The life of a token that does not say how long it lives.
const UNTOLD_LIFE: Duration = Duration::from_secs(300);
const LIFE_AT_MOST: Duration = Duration::from_secs(24 * 3600);
const QUIET_AT_FIRST: Duration = Duration::from_secs(1);
const QUIET_AT_MOST: Duration = Duration::from_secs(30);
/// A bank that asks for more is asked again after this long all the same.
const ASKED_QUIET_AT_MOST: Duration = Duration::from_secs(300);
/// Clocks that differ by more are worth a warning.
const SKEW_S: i64 = 60;
/// What a refund needs beside the scopes of a charge.
const REFUND_SCOPES: [&str; 2] = ["pix.read", "pix.write"];

pub(super) struct Session {
    http: Client,
    pub bank: Bank,
    client_id: String,
    client_secret: Option<Secret>,
    charges: TokenKeeper<Unanswered>,
    refunds: TokenKeeper<Unanswered>,
    quiet: Mutex<Quiet>,
    ahead_s: Mutex<Option<i64>>,
}

/// Until when nothing is sent, and for how long the next time.
#[derive(Default)]
struct Quiet {
    until: Option<Instant>,
    last: Option<Duration>,
}

/// What a token is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Right {
    Charge,
    Refund,
}

/// Why there is no answer to judge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Unanswered {
    Lost(Lost),
    /// The bank said that it cannot serve now, or said so a moment ago: nothing was sent.
    Busy {
        wait: Duration,
    },
    SignIn(String),
}

impl From<Unanswered> for Error {
    fn from(unanswered: Unanswered) -> Error {
        match unanswered {
            Unanswered::Lost(Lost::NotSent(why) | Lost::NoAnswer(why)) => Error::Unreachable(why),
            Unanswered::Lost(Lost::Untrusted(why)) => Error::Untrusted(why),
            Unanswered::Lost(Lost::Down(status)) => Error::Unreachable(format!("HTTP {status}")),
            Unanswered::Lost(Lost::TooLarge { at_most }) => Error::Garbled(format!("more than {at_most} bytes")),
            Unanswered::Lost(Lost::Redirected) => Error::Garbled("redirected elsewhere".to_owned()),
            Unanswered::Busy { wait } => {
                Error::Unreachable(format!("it asks to be left alone for {} s", wait.as_secs().max(1)))
            }
            Unanswered::SignIn(why) => Error::SignIn(why),
        }
    }
}

impl Session {
    pub fn new(settings: &Settings, patience: Patience) -> Result<Session, Unfit> {
        let bank = settings.complete()?;
        let http = Client::to(&Partner {
            name: "bank",
            base: bank.base.as_str(),
            allow_plain_http: settings.allow_plain_http,
            patience,
            identity: bank.identity.as_ref(),
            authorities: bank.authorities.as_deref(),
        })?;
        let session = Session {
            http,
            bank,
            client_id: settings.client_id.clone(),
            client_secret: settings.client_secret.clone(),
            charges: TokenKeeper::default(),
            refunds: TokenKeeper::default(),
            quiet: Mutex::default(),
            ahead_s: Mutex::default(),
        };
        session.headers(None)?;
        Ok(session)
    }

    /// Sends once, and once more with a fresh token after a 401. Every other status is the caller's to judge, but for
    /// those that say "not now".
    pub async fn call(
        &self,
        right: Right,
        operation: &'static str,
        method: Method,
        url: &Url,
        body: Option<String>,
    ) -> Result<Answer, Unanswered> {
        self.check_quiet()?;
        let tokens = match right {
            Right::Charge => &self.charges,
            Right::Refund => &self.refunds,
        };
        let token = tokens.get(async || self.issue(right).await).await?;
        let answer = self.send(operation, &method, url, body.clone(), &token).await?;
        if answer.status != 401 {
            return Ok(answer);
        }
        let token = tokens.replace(&token, async || self.issue(right).await).await?;
        let answer = self.send(operation, &method, url, body, &token).await?;
        if answer.status == 401 {
            tokens.forget(&token).await;
            return Err(Unanswered::SignIn("a fresh token is refused".to_owned()));
        }
        Ok(answer)
    }

    /// A token, whether one is held or not: the shortest way to know that certificate and credentials are right.
    pub async fn sign_in(&self) -> Result<(), Unanswered> {
        self.charges.get(async || self.issue(Right::Charge).await).await.map(drop)
    }

    /// How many seconds this machine's clock is ahead of the bank's, once it has answered.
    pub fn ahead_s(&self) -> Option<i64> {
        *self.ahead_s.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Now by the bank's clock, as far as it is known.
    pub fn now(&self) -> Timestamp {
        let now = Timestamp::now();
        let ahead = jiff::SignedDuration::from_secs(self.ahead_s().unwrap_or_default());
        now.checked_sub(ahead).unwrap_or(now)
    }

    async fn send(
        &self,
        operation: &'static str,
        method: &Method,
        url: &Url,
        body: Option<String>,
        token: &Secret,
    ) -> Result<Answer, Unanswered> {
        let mut url = url.clone();
        if !self.bank.query.is_empty() {
            url.query_pairs_mut().extend_pairs(self.bank.query.iter().map(|(name, value)| (name, value.text())));
        }
        let unsendable = |unfit: Unfit| Unanswered::SignIn(unfit.to_string());
        let headers = self.headers(Some(&format!("Bearer {}", token.expose()))).map_err(unsendable)?;
        self.exchange(Request {
            operation,
            method: method.clone(),
            url,
            headers,
            body: body.map(Body::Json),
            within: self.http.patience().list,
            at_most: JSON_AT_MOST,
        })
        .await
    }

    async fn exchange(&self, request: Request) -> Result<Answer, Unanswered> {
        let answer = self.http.ask(&request).await.map_err(Unanswered::Lost)?;
        self.compare_clocks(&answer);
        let mut quiet = self.quiet();
        if !answer.says_down() {
            *quiet = Quiet::default();
            return Ok(answer);
        }
        let doubled = quiet.last.map_or(QUIET_AT_FIRST, |last| (last * 2).min(QUIET_AT_MOST));
        let wait = answer.retry_after.map_or(doubled, |asked| asked.min(ASKED_QUIET_AT_MOST));
        *quiet = Quiet { until: Some(Instant::now() + wait), last: Some(doubled) };
        Err(Unanswered::Busy { wait })
    }

    fn check_quiet(&self) -> Result<(), Unanswered> {
        let now = Instant::now();
        match self.quiet().until {
            Some(until) if until > now => Err(Unanswered::Busy { wait: until - now }),
            _ => Ok(()),
        }
    }

    fn quiet(&self) -> MutexGuard<'_, Quiet> {
        self.quiet.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn compare_clocks(&self, answer: &Answer) {
        let Some(theirs) = answer.date else { return };
        let ahead_s = Timestamp::now().as_second() - theirs.as_second();
        let before = self.ahead_s.lock().unwrap_or_else(PoisonError::into_inner).replace(ahead_s);
        let is_off = |ahead_s: i64| ahead_s.abs() > SKEW_S;
        if is_off(ahead_s) && !before.is_some_and(is_off) {
            tracing::warn!(
                bank = self.bank.id,
                ahead_s,
                "this machine's clock and the bank's differ: check date and time"
            );
        }
    }

    async fn issue(&self, right: Right) -> Result<Issued, Unanswered> {
        const OPERATION: &str = "oauth/token";
        let bank = &self.bank;
        let secret = self.client_secret.as_ref().map_or("", Secret::expose);
        let mut scopes: Vec<&str> = bank.scopes.iter().map(String::as_str).collect();
        if right == Right::Refund && !scopes.is_empty() {
            scopes.extend(REFUND_SCOPES.iter().filter(|scope| !bank.scopes.iter().any(|known| known == *scope)));
        }
        let scope = scopes.join(" ");
        let grant = ("grant_type", "client_credentials".to_owned());
        let mut form = Vec::new();
        let mut url = bank.token_url.clone();
        match bank.auth {
            Auth::QueryGrant => {
                url.query_pairs_mut().append_pair(grant.0, &grant.1);
            }
            _ => form.push(grant),
        }
        if matches!(bank.auth, Auth::FormSecret | Auth::FormIdOnly | Auth::QueryGrant) {
            form.push(("client_id", self.client_id.clone()));
        }
        if matches!(bank.auth, Auth::FormSecret | Auth::QueryGrant) {
            form.push(("client_secret", secret.to_owned()));
        }
        if !scope.is_empty() {
            form.push(("scope", scope));
        }
        let basic = matches!(bank.auth, Auth::BasicForm | Auth::BasicJson)
            .then(|| format!("Basic {}", BASE64_STANDARD.encode(format!("{}:{secret}", self.client_id))));
        let body = if bank.auth == Auth::BasicJson {
            let fields: std::collections::BTreeMap<_, _> = form.into_iter().collect();
            Body::Json(serde_json::to_string(&fields).map_err(|error| Unanswered::SignIn(error.to_string()))?)
        } else {
            Body::Form(form)
        };
        let headers = self.headers(basic.as_deref()).map_err(|unfit| Unanswered::SignIn(unfit.to_string()))?;
        let within = self.http.patience().token;
        let (operation, at_most) = (OPERATION, JSON_AT_MOST);
        let answer = self
            .exchange(Request { operation, method: Method::POST, url, headers, body: Some(body), within, at_most })
            .await?;
        if !answer.is_success() {
            return Err(Unanswered::SignIn(Problem::of(&answer).to_string()));
        }
        let given: Given = serde_json::from_slice(&answer.body)
            .map_err(|_| Unanswered::SignIn("no token in the answer".to_owned()))?;
        let told = given.expires_in.as_str().and_then(|text| text.parse().ok()).map(Duration::from_secs);
        Ok(Issued { token: given.access_token.into(), life: told.unwrap_or(UNTOLD_LIFE).min(LIFE_AT_MOST) })
    }

    /// The site's and the bank's own headers, with the sign-in where there is one.
    fn headers(&self, authorization: Option<&str>) -> Result<HeaderMap, Unfit> {
        let mut headers = HeaderMap::new();
        for (name, value) in &self.bank.headers {
            let unsendable = || Unfit::Unsendable(format!("headers.{name}"));
            let text = value.text().replace("{client_id}", &self.client_id).replace("{uuid}", &uuid());
            let known = HeaderName::from_bytes(name.as_bytes()).map_err(|_| unsendable())?;
            headers.insert(known, hidden(&text).ok_or_else(unsendable)?);
        }
        if let Some(authorization) = authorization {
            let value = hidden(authorization).ok_or_else(|| Unfit::Unsendable("token".to_owned()))?;
            headers.insert(AUTHORIZATION, value);
        }
        Ok(headers)
    }
}

#[derive(Deserialize)]
struct Given {
    access_token: String,
    #[serde(default)]
    expires_in: Text,
}

fn hidden(value: &str) -> Option<HeaderValue> {
    let mut header = HeaderValue::from_str(value).ok()?;
    header.set_sensitive(true);
    Some(header)
}

/// A random UUID, version 4.
fn uuid() -> String {
    let mut bytes = [0_u8; 16];
    // without randomness the number is the same every time, and only names the call
    let _ = getrandom::fill(&mut bytes);
    let number = u128::from_be_bytes(bytes) & !(0xF << 76) & !(0x3 << 62) | 0x4 << 76 | 0x2 << 62;
    let hex = format!("{number:032x}");
    let part = |from: usize, to: usize| hex.get(from..to).unwrap_or_default();
    [part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32)].join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uuid_has_its_version_and_its_variant() {
        let one = uuid();
        assert_eq!((one.len(), one.as_bytes()[14]), (36, b'4'), "{one}");
        assert!(b"89ab".contains(&one.as_bytes()[19]), "{one}");
        assert_ne!(one, uuid());
    }
}
