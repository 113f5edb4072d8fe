//! Signed-in calls: HTTP Basic and a fresh `Token` on every one; a refused token is replaced once and the call replayed,
//! because the ERP refuses before it executes.

use std::time::Duration;

use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use reqwest::Method;
use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderValue};
use serde::Deserialize;

use super::shape::{Said, Shape, hear};
use crate::erp::Error;
use crate::erp::text::normalized;
use crate::http::token::{Issued, TokenKeeper};
use crate::http::{Answer, Client, JSON_AT_MOST, Lost, Request};
use crate::secret::Secret;

const SIGN_IN: &str = "auth/token/gerar";
/// The life of a token that does not say how long it lives.
const UNTOLD_LIFE: Duration = Duration::from_secs(5 * 60);
const LIFE_AT_MOST: Duration = Duration::from_secs(24 * 3600);
/// A refusal is a short text; a longer answer is not read for one.
const REFUSAL_AT_MOST: usize = 1024;

pub(super) struct Session {
    http: Client,
    basic: HeaderValue,
    token: TokenKeeper<Error>,
}

/// What came of a call that is sent once.
pub(super) enum Sent {
    Answered(Answer),
    /// Sent, and no whole answer came.
    NoAnswer(String),
}

impl Session {
    pub(super) fn new(http: Client, user: &str, password: &Secret) -> Result<Session, Error> {
        let credentials = BASE64_STANDARD.encode(format!("{user}:{}", password.expose()));
        Ok(Session { http, basic: hidden(&format!("Basic {credentials}"))?, token: TokenKeeper::default() })
    }

    pub(super) fn ahead_s(&self) -> Option<i64> {
        self.http.ahead_s()
    }

    /// A GET of a list; a caller changes what is different.
    pub(super) fn request(&self, operation: &'static str, path: &[&str]) -> Request {
        Request {
            operation,
            method: Method::GET,
            url: self.http.url(path),
            headers: HeaderMap::new(),
            body: None,
            within: self.http.patience().list,
            at_most: JSON_AT_MOST,
        }
    }

    pub(super) fn document_patience(&self) -> Duration {
        self.http.patience().document
    }

    pub(super) async fn read(&self, mut request: Request) -> Result<Answer, Error> {
        let operation = request.operation;
        let lost = |lost: Lost| Error::unread(operation, lost);
        let token = self.token.get(async || self.issue().await).await?;
        let answer = self.http.read(self.signed(&mut request, &token)?).await.map_err(lost)?;
        if !is_refused(&answer) {
            return Ok(answer);
        }
        let token = self.token.replace(&token, async || self.issue().await).await?;
        let answer = self.http.read(self.signed(&mut request, &token)?).await.map_err(lost)?;
        if is_refused(&answer) { Err(self.refused_twice(&token).await) } else { Ok(answer) }
    }

    /// Sends once, and once more only after a 401. An error means that it was certainly not executed.
    pub(super) async fn send_once(&self, mut request: Request) -> Result<Sent, Error> {
        let token = self.token.get(async || self.issue().await).await?;
        let first = settled(self.http.send_once(self.signed(&mut request, &token)?).await)?;
        let Sent::Answered(Answer { status: 401, .. }) = first else {
            if let Sent::Answered(answer) = &first
                && is_refused(answer)
            {
                self.token.forget(&token).await;
            }
            return Ok(first);
        };
        let token = self.token.replace(&token, async || self.issue().await).await?;
        let second = settled(self.http.send_once(self.signed(&mut request, &token)?).await)?;
        match second {
            Sent::Answered(Answer { status: 401, .. }) => Err(self.refused_twice(&token).await),
            second => Ok(second),
        }
    }

    async fn refused_twice(&self, token: &Secret) -> Error {
        self.token.forget(token).await;
        Error::SignIn("a fresh token is refused".to_owned())
    }

    fn signed<'a>(&self, request: &'a mut Request, token: &Secret) -> Result<&'a Request, Error> {
        request.headers.insert(AUTHORIZATION, self.basic.clone());
        request.headers.insert("Token", hidden(token.expose())?);
        Ok(request)
    }

    async fn issue(&self) -> Result<Issued, Error> {
        let mut request = self.request(SIGN_IN, &["ws", "auth", "token", "gerar"]);
        request.within = self.http.patience().token;
        request.headers.insert(AUTHORIZATION, self.basic.clone());
        let answer = self.http.read(&request).await.map_err(|lost| Error::unread(SIGN_IN, lost))?;
        let token = match hear(SIGN_IN, &answer) {
            Ok(Said::Document(json)) => serde_json::from_str::<Given>(&json).ok().map(|given| given.token),
            Ok(Said::Word(word)) => (word.split('.').count() == 3).then_some(word),
            Err(Error::Refused { why, .. }) => return Err(Error::SignIn(why)),
            Err(Error::Denied { words, .. }) => return Err(Error::SignIn(words.repeated())),
            Err(error) => return Err(error),
        };
        let token = token.ok_or_else(|| Error::Garbled { operation: SIGN_IN, why: "no token in it".to_owned() })?;
        let life = life(&token).unwrap_or(UNTOLD_LIFE).min(LIFE_AT_MOST);
        Ok(Issued { token: token.into(), life })
    }
}

#[derive(Deserialize)]
struct Given {
    token: String,
}

#[derive(Deserialize)]
struct Claims {
    iat: u64,
    exp: u64,
}

/// `exp − iat`: both are the server's clock, so ours may be wrong. This ERP counts milliseconds, the standard seconds.
fn life(token: &str) -> Option<Duration> {
    const FIRST_IN_MILLISECONDS: u64 = 100_000_000_000;
    let payload = BASE64_URL_SAFE_NO_PAD.decode(token.split('.').nth(1)?.trim_end_matches('=')).ok()?;
    let Claims { iat, exp } = serde_json::from_slice(&payload).ok()?;
    let life = exp.checked_sub(iat)?;
    Some(if iat >= FIRST_IN_MILLISECONDS { Duration::from_millis(life) } else { Duration::from_secs(life) })
}

fn hidden(value: &str) -> Result<HeaderValue, Error> {
    let mut header = HeaderValue::from_str(value)
        .map_err(|_| Error::SignIn("it holds characters that no header can carry".to_owned()))?;
    header.set_sensitive(true);
    Ok(header)
}

/// 401, or an error text that speaks of the token: the document says that statuses may come in the body.
fn is_refused(answer: &Answer) -> bool {
    if answer.status == 401 {
        return true;
    }
    let says_so = |text: &str| {
        let text = normalized(text);
        text.contains("token") && ["invalid", "expir", "nao informad"].iter().any(|word| text.contains(word))
    };
    answer.body.len() <= REFUSAL_AT_MOST && matches!(Shape::of(&answer.body), Shape::Error(text) if says_so(&text))
}

fn settled(outcome: Result<Answer, Lost>) -> Result<Sent, Error> {
    match outcome {
        Ok(answer) => Ok(Sent::Answered(answer)),
        Err(Lost::NotSent(why)) => Err(Error::Unreachable(why)),
        Err(Lost::Untrusted(why)) => Err(Error::Unreachable(why.to_string())),
        Err(Lost::NoAnswer(why)) => Ok(Sent::NoAnswer(why)),
        Err(Lost::Down(status)) => Ok(Sent::NoAnswer(format!("HTTP {status}"))),
        Err(Lost::TooLarge { at_most }) => Ok(Sent::NoAnswer(format!("an answer of more than {at_most} bytes"))),
        Err(Lost::Redirected) => Ok(Sent::NoAnswer("redirected elsewhere".to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(claims: &str) -> String {
        format!("e30.{}.c2ln", BASE64_URL_SAFE_NO_PAD.encode(claims))
    }

    #[test]
    fn a_token_lives_from_iat_to_exp_whatever_our_clock_says() {
        let hour = Some(Duration::from_secs(3600));
        assert_eq!(life(&token(r#"{"ren":0,"exp":1575643722648,"iat":1575640122648}"#)), hour);
        assert_eq!(life(&token(r#"{"exp":1575643722,"iat":1575640122}"#)), hour);
        for unreadable in [&token("{}"), &token(r#"{"exp":1,"iat":2}"#), "a.b", "a.!.c", ""] {
            assert_eq!(life(unreadable), None, "{unreadable}");
        }
    }

    #[test]
    fn a_refusal_of_the_token_is_known_by_status_or_by_its_words() {
        let answer = |status, body: &str| Answer { status, body: body.as_bytes().to_vec(), ..Answer::default() };
        assert!(is_refused(&answer(401, "")));
        assert!(is_refused(&answer(200, r#"{"error":"Token inválido ou expirado"}"#)));
        assert!(!is_refused(&answer(200, r#"{"error":"(CodigoAutorizacaoCartao) inválido."}"#)));
        assert!(!is_refused(&answer(500, "token")));
    }
}
