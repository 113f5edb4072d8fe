//! Signed-in calls: an OAuth2 password grant whose token is kept, shared by all callers and across restarts. A refused
//! token is replaced once and the call replayed, because the ERP refuses before it executes.

use std::time::Duration;

use reqwest::header::{ACCEPT, AUTHORIZATION, HeaderMap, HeaderValue};
use reqwest::{Method, Url};
use serde::{Deserialize, Serialize};

use super::envelope::hear;
use super::settings::Settings;
use super::token_file::TokenFile;
use super::{garbled, json};
use crate::erp::Error;
use crate::erp::scalar::Scalar;
use crate::http::token::{Issued, TokenKeeper};
use crate::http::{Answer, Body, Client, JSON_AT_MOST, Lost, PDF_AT_MOST, Request};
use crate::secret::Secret;

const SIGN_IN: &str = "oauth/token";
const ROOT: [&str; 3] = ["api", "v1", "integracao"];
/// The life of a token that does not say how long it lives.
const UNTOLD_LIFE: Duration = Duration::from_secs(5 * 60);
/// The document's tokens live thirty days.
const LIFE_AT_MOST: Duration = Duration::from_secs(31 * 24 * 3600);

pub(super) struct Session {
    http: Client,
    client_id: String,
    client_secret: Secret,
    username: String,
    password: Secret,
    token: TokenKeeper<Error>,
    file: Option<TokenFile>,
}

/// What came of a call that is sent once.
pub(super) enum Sent {
    Answered(Answer),
    /// Sent, and no whole answer came.
    NoAnswer(String),
}

#[derive(Serialize)]
struct PasswordGrant<'a> {
    grant_type: &'static str,
    client_id: &'a str,
    client_secret: &'a str,
    username: &'a str,
    password: &'a str,
}

#[derive(Deserialize)]
struct Granted {
    access_token: String,
    #[serde(default)]
    expires_in: Scalar,
}

impl Session {
    pub(super) fn new(http: Client, settings: &Settings) -> Session {
        Session {
            http,
            client_id: settings.client_id.clone(),
            client_secret: settings.client_secret.clone(),
            username: settings.username.clone(),
            password: settings.password.clone(),
            token: TokenKeeper::default(),
            file: TokenFile::of(settings),
        }
    }

    /// The ERP's own address.
    pub(super) fn base(&self) -> Url {
        self.http.url(&[])
    }

    /// A GET of a list below the API's root.
    pub(super) fn get(&self, operation: &'static str, path: &[&str], query: &[(&str, &str)]) -> Request {
        let mut url = self.http.url(&[&ROOT, path].concat());
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        self.request(operation, Method::GET, url)
    }

    /// A POST of JSON, with the patience of a call that changes something.
    pub(super) fn post(&self, operation: &'static str, path: &[&str], body: String) -> Request {
        let url = self.http.url(&[&ROOT, path].concat());
        Request {
            body: Some(Body::Json(body)),
            within: self.http.patience().document,
            ..self.request(operation, Method::POST, url)
        }
    }

    fn request(&self, operation: &'static str, method: Method, url: Url) -> Request {
        let headers = HeaderMap::from_iter([(ACCEPT, HeaderValue::from_static("application/json"))]);
        let within = self.http.patience().list;
        Request { operation, method, url, headers, body: None, within, at_most: JSON_AT_MOST }
    }

    /// Fetches a file by its address, without the token: it opens by its name alone.
    pub(super) async fn fetch(&self, operation: &'static str, url: Url) -> Result<Answer, Error> {
        let request = Request {
            headers: HeaderMap::new(),
            within: self.http.patience().document,
            at_most: PDF_AT_MOST,
            ..self.request(operation, Method::GET, url)
        };
        self.http.read(&request).await.map_err(|lost| Error::unread(operation, lost))
    }

    pub(super) async fn read(&self, mut request: Request) -> Result<Answer, Error> {
        let operation = request.operation;
        let lost = |lost: Lost| Error::unread(operation, lost);
        let token = self.token.get(async || self.kept_or_issued().await).await?;
        let answer = self.http.read(signed(&mut request, &token)?).await.map_err(lost)?;
        if answer.status != 401 {
            return Ok(answer);
        }
        let token = self.other_than(&token).await?;
        let answer = self.http.read(signed(&mut request, &token)?).await.map_err(lost)?;
        if answer.status == 401 { Err(self.refused_twice(&token).await) } else { Ok(answer) }
    }

    /// Sends once, and once more only after a 401. An error means that it was certainly not executed.
    pub(super) async fn send_once(&self, mut request: Request) -> Result<Sent, Error> {
        let token = self.token.get(async || self.kept_or_issued().await).await?;
        let first = settled(self.http.send_once(signed(&mut request, &token)?).await)?;
        let Sent::Answered(Answer { status: 401, .. }) = first else { return Ok(first) };
        let token = self.other_than(&token).await?;
        let second = settled(self.http.send_once(signed(&mut request, &token)?).await)?;
        match second {
            Sent::Answered(Answer { status: 401, .. }) => Err(self.refused_twice(&token).await),
            second => Ok(second),
        }
    }

    async fn other_than(&self, refused: &Secret) -> Result<Secret, Error> {
        if let Some(file) = &self.file {
            file.remove(refused, LIFE_AT_MOST);
        }
        self.token.replace(refused, async || self.issue().await).await
    }

    async fn refused_twice(&self, token: &Secret) -> Error {
        self.token.forget(token).await;
        if let Some(file) = &self.file {
            file.remove(token, LIFE_AT_MOST);
        }
        Error::SignIn("a fresh token is refused".to_owned())
    }

    async fn kept_or_issued(&self) -> Result<Issued, Error> {
        match self.file.as_ref().and_then(|file| file.read(LIFE_AT_MOST)) {
            Some(kept) => Ok(kept),
            None => self.issue().await,
        }
    }

    async fn issue(&self) -> Result<Issued, Error> {
        let grant = PasswordGrant {
            grant_type: "password",
            client_id: &self.client_id,
            client_secret: self.client_secret.expose(),
            username: &self.username,
            password: self.password.expose(),
        };
        let request = Request {
            body: Some(Body::Json(json(SIGN_IN, &grant)?)),
            within: self.http.patience().token,
            ..self.request(SIGN_IN, Method::POST, self.http.url(&["oauth", "token"]))
        };
        let answer = self.http.read(&request).await.map_err(|lost| Error::unread(SIGN_IN, lost))?;
        let granted: Granted = match hear(SIGN_IN, &answer) {
            Err(Error::Refused { why, .. }) => return Err(Error::SignIn(why)),
            Err(Error::Denied { words, .. }) => return Err(Error::SignIn(words.repeated())),
            granted => granted?,
        };
        if granted.access_token.is_empty() {
            return Err(garbled(SIGN_IN, "no access_token"));
        }
        let life = granted.expires_in.id().map_or(UNTOLD_LIFE, Duration::from_secs).min(LIFE_AT_MOST);
        let issued = Issued { token: granted.access_token.into(), life };
        if let Some(file) = &self.file {
            file.write(&issued);
        }
        Ok(issued)
    }
}

fn signed<'a>(request: &'a mut Request, token: &Secret) -> Result<&'a Request, Error> {
    let mut bearer = HeaderValue::from_str(&format!("Bearer {}", token.expose()))
        .map_err(|_| Error::SignIn("the token holds characters that no header can carry".to_owned()))?;
    bearer.set_sensitive(true);
    request.headers.insert(AUTHORIZATION, bearer);
    Ok(request)
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
