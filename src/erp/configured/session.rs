//! Signed-in calls: what a call's templates say, with the definition's proof of who asks; a refused token is replaced
//! once and the call made again, because who is refused was not heard.

use std::collections::BTreeMap;
use std::time::Duration;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use reqwest::Url;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};

use super::answer::{Heard, Kind};
use super::call::{Call, Fields, Placement};
use super::context::{Context, Values};
use super::jq::Expression;
use super::sign_in::{Login, Proof, SignIn};
use super::template::{Template, Templates};
use crate::erp::Error;
use crate::http::token::{Issued, TokenKeeper};
use crate::http::{Answer, Body, Client, JSON_AT_MOST, Lost, Request};
use crate::secret::Secret;

const SIGN_IN: &str = "sign_in";
const LIFE_AT_MOST: Duration = Duration::from_secs(30 * 24 * 3600);

pub(super) struct Session {
    pub http: Client,
    bases: BTreeMap<String, Url>,
    templates: Templates,
    pub values: Values,
    sign_in: SignIn,
    token: TokenKeeper<Error>,
}

/// What came of a call that is sent once.
pub(super) enum Sent {
    Answered(Answer),
    /// Sent, and no whole answer came.
    NoAnswer(String),
}

/// How long is waited for an answer, and how much of it is taken.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds {
    pub within: Duration,
    pub at_most: usize,
}

impl Session {
    pub(super) fn new(
        http: Client,
        bases: BTreeMap<String, Url>,
        templates: Templates,
        values: Values,
        sign_in: SignIn,
    ) -> Session {
        Session { http, bases, templates, values, sign_in, token: TokenKeeper::default() }
    }

    pub(super) fn list(&self) -> Bounds {
        Bounds { within: self.http.patience().list, at_most: JSON_AT_MOST }
    }

    pub(super) async fn read(
        &self,
        operation: &'static str,
        call: &Call,
        context: &Context,
        bounds: Bounds,
    ) -> Result<Answer, Error> {
        let lost = |lost: Lost| Error::unread(operation, lost);
        let token = self.held().await?;
        let request = self.request(operation, call, context, token.as_ref(), bounds)?;
        let answer = self.http.read(&request).await.map_err(lost)?;
        if !self.is_refused(&answer, context).await {
            return Ok(answer);
        }
        let Some(token) = self.renewed(token).await? else {
            // a standing proof: there is no newer one to be had
            return if answer.status == 401 { Ok(answer) } else { Err(Error::SignIn("in its own words".to_owned())) };
        };
        let request = self.request(operation, call, context, Some(&token), bounds)?;
        let answer = self.http.read(&request).await.map_err(lost)?;
        if self.is_refused(&answer, context).await { Err(self.refused_twice(&token).await) } else { Ok(answer) }
    }

    /// Sends once, and once more only after a 401. An error means that it was certainly not executed.
    pub(super) async fn send_once(
        &self,
        operation: &'static str,
        call: &Call,
        context: &Context,
    ) -> Result<Sent, Error> {
        let bounds = Bounds { within: self.http.patience().document, at_most: JSON_AT_MOST };
        let token = self.held().await?;
        let request = self.request(operation, call, context, token.as_ref(), bounds)?;
        let first = settled(self.http.send_once(&request).await)?;
        let Sent::Answered(Answer { status: 401, .. }) = first else {
            if let (Sent::Answered(answer), Some(token)) = (&first, &token)
                && self.is_refused(answer, context).await
            {
                self.token.forget(token).await;
            }
            return Ok(first);
        };
        let Some(token) = self.renewed(token).await? else {
            return Err(Error::SignIn("HTTP 401".to_owned()));
        };
        let request = self.request(operation, call, context, Some(&token), bounds)?;
        match settled(self.http.send_once(&request).await)? {
            Sent::Answered(Answer { status: 401, .. }) => Err(self.refused_twice(&token).await),
            second => Ok(second),
        }
    }

    /// A paper at an address that an answer named: over https, or where the ERP itself is.
    pub(super) async fn fetch(&self, operation: &'static str, address: &str, bounds: Bounds) -> Result<Answer, Error> {
        let garbled = |why: &str| Error::Garbled { operation, why: why.to_owned() };
        let url = Url::parse(address).map_err(|_| garbled("its link is no address"))?;
        let is_ours = self.bases.values().any(|base| base.origin() == url.origin());
        let has_user = !url.username().is_empty() || url.password().is_some();
        if has_user || !(is_ours || url.scheme() == "https") {
            return Err(garbled("its link leads over plain http to another place"));
        }
        let mut request = Request {
            operation,
            method: reqwest::Method::GET,
            url,
            headers: HeaderMap::new(),
            body: None,
            within: bounds.within,
            at_most: bounds.at_most,
        };
        if is_ours {
            let token = self.held().await?;
            let context = Context::new(serde_json::Map::new(), String::new());
            self.prove(operation, &mut request, &context, token.as_ref())?;
        }
        self.http.read(&request).await.map_err(|lost| Error::unread(operation, lost))
    }

    async fn held(&self) -> Result<Option<Secret>, Error> {
        match &self.sign_in.login {
            Some(login) => self.token.get(async || self.issue(login).await).await.map(Some),
            None => Ok(None),
        }
    }

    /// Another token than the one that was refused; nothing where there is none to be had.
    async fn renewed(&self, refused: Option<Secret>) -> Result<Option<Secret>, Error> {
        match (&self.sign_in.login, refused) {
            (Some(login), Some(refused)) => {
                self.token.replace(&refused, async || self.issue(login).await).await.map(Some)
            }
            _ => Ok(None),
        }
    }

    async fn refused_twice(&self, token: &Secret) -> Error {
        self.token.forget(token).await;
        Error::SignIn("a fresh token is refused".to_owned())
    }

    async fn is_refused(&self, answer: &Answer, context: &Context) -> bool {
        if answer.status == 401 {
            return true;
        }
        let Some(expired) = &self.sign_in.expired else { return false };
        let heard = Heard::of(answer);
        let scene = context.scene(&self.values, heard.status, &heard.text, heard.kind.name());
        expired.holds(heard.json, &scene).await.unwrap_or(false)
    }

    async fn issue(&self, login: &Login) -> Result<Issued, Error> {
        let context = Context::new(serde_json::Map::new(), String::new());
        let bounds = Bounds { within: self.http.patience().token, at_most: JSON_AT_MOST };
        let mut request = self.bare(SIGN_IN, &login.call, &context, None, bounds)?;
        if let Some((user, password)) = &login.basic {
            request.headers.insert(AUTHORIZATION, self.basic(SIGN_IN, user, password, &context, None)?);
        }
        let answer = self.http.read(&request).await.map_err(|lost| Error::unread(SIGN_IN, lost))?;
        if !answer.is_success() {
            return Err(match answer.status {
                500.. => Error::Unreachable(format!("HTTP {} to the sign-in", answer.status)),
                status => Error::SignIn(format!("HTTP {status}")),
            });
        }
        let heard = Heard::of(&answer);
        let garbled = |why: &str| Error::Garbled { operation: SIGN_IN, why: why.to_owned() };
        if !matches!(heard.kind, Kind::Json | Kind::Text) {
            return Err(garbled(&format!("it is {}", heard.kind.name())));
        }
        let scene = context.scene(&self.values, heard.status, &heard.text, heard.kind.name());
        let word = async |expression: &Expression| {
            let value = expression.first(heard.json.clone(), &scene).await.ok()??;
            match value {
                jaq_json::Val::TStr(text) => Some(String::from_utf8_lossy(&text).into_owned()),
                jaq_json::Val::Num(number) => Some(number.to_string()),
                _ => None,
            }
        };
        // it was understood and gave no token: the sign-in is refused, in words that are nobody's standard
        let token = word(&login.token).await.filter(|token| !token.is_empty());
        let token = token.ok_or_else(|| Error::SignIn("its answer holds no token".to_owned()))?;
        let told = match &login.life {
            Some(life) => {
                word(life).await.and_then(|life| life.split('.').next()?.parse().ok()).map(Duration::from_secs)
            }
            None => None,
        };
        Ok(Issued { token: token.into(), life: told.unwrap_or(login.usual_life).min(LIFE_AT_MOST) })
    }

    fn request(
        &self,
        operation: &'static str,
        call: &Call,
        context: &Context,
        token: Option<&Secret>,
        bounds: Bounds,
    ) -> Result<Request, Error> {
        let mut request = self.bare(operation, call, context, token, bounds)?;
        self.prove(operation, &mut request, context, token)?;
        Ok(request)
    }

    /// Puts the proof of who asks into a request.
    fn prove(
        &self,
        operation: &'static str,
        request: &mut Request,
        context: &Context,
        token: Option<&Secret>,
    ) -> Result<(), Error> {
        match &self.sign_in.proof {
            Proof::None => {}
            Proof::Basic { user, password } => {
                request.headers.insert(AUTHORIZATION, self.basic(operation, user, password, context, token)?);
            }
            Proof::Bearer(own) => {
                let bearer = match (own, token) {
                    (Some(template), _) => self.render(operation, template, context, token)?,
                    (None, Some(token)) => token.expose().to_owned(),
                    (None, None) => return Err(Error::SignIn("no token".to_owned())),
                };
                request.headers.insert(AUTHORIZATION, hidden(operation, &format!("Bearer {bearer}"))?);
            }
        }
        self.put_headers(operation, &self.sign_in.headers, request, context, token)?;
        for (name, text) in self.fields(operation, &self.sign_in.query, context, token)? {
            request.url.query_pairs_mut().append_pair(&name, &text);
        }
        if let Some(Body::Pairs(fields)) = &mut request.body {
            fields.extend(self.fields(operation, &self.sign_in.form, context, token)?);
        }
        Ok(())
    }

    /// A request as the call says it, without the proof.
    fn bare(
        &self,
        operation: &'static str,
        call: &Call,
        context: &Context,
        token: Option<&Secret>,
        bounds: Bounds,
    ) -> Result<Request, Error> {
        let base = self.bases.get(call.base.as_deref().unwrap_or("base_url"));
        let base = base.ok_or_else(|| refused(operation, "its base address is not known"))?;
        let mut url = base.clone();
        let path = self.render(operation, &call.path, context, token)?;
        url.set_path(&format!("{}{path}", base.path().trim_end_matches('/')));
        for (name, text) in self.fields(operation, &call.query, context, token)? {
            url.query_pairs_mut().append_pair(&name, &text);
        }
        let mut request = Request {
            operation,
            method: call.method.clone(),
            url,
            headers: HeaderMap::new(),
            body: None,
            within: bounds.within,
            at_most: bounds.at_most,
        };
        request.headers.insert(reqwest::header::ACCEPT, HeaderValue::from_static("application/json, */*;q=0.5"));
        let placed = self.fields(operation, &call.fields, context, token)?;
        match call.place {
            Placement::Query => {
                for (name, text) in &placed {
                    request.url.query_pairs_mut().append_pair(name, text);
                }
            }
            Placement::Form => request.body = Some(Body::Pairs(placed)),
            Placement::Json => {
                let object = placed.into_iter().map(|(name, text)| (name, serde_json::Value::from(text)));
                request.body = Some(Body::Json(serde_json::Value::Object(object.collect()).to_string()));
            }
        }
        if let Some(form) = &call.form {
            request.body = Some(Body::Pairs(self.fields(operation, form, context, token)?));
        }
        if let Some(json) = &call.json {
            request.body = Some(Body::Json(self.render(operation, json, context, token)?));
        }
        self.put_headers(operation, &call.headers, &mut request, context, token)?;
        if request.headers.contains_key(CONTENT_TYPE) && request.body.is_some() {
            request.headers.remove(CONTENT_TYPE);
        }
        Ok(request)
    }

    fn put_headers(
        &self,
        operation: &'static str,
        fields: &Fields,
        request: &mut Request,
        context: &Context,
        token: Option<&Secret>,
    ) -> Result<(), Error> {
        for (name, text) in self.fields(operation, fields, context, token)? {
            let name = HeaderName::try_from(name).map_err(|_| refused(operation, "a header's name cannot be sent"))?;
            request.headers.insert(name, hidden(operation, &text)?);
        }
        Ok(())
    }

    /// Filled in; what is empty is left out.
    fn fields(
        &self,
        operation: &'static str,
        fields: &Fields,
        context: &Context,
        token: Option<&Secret>,
    ) -> Result<Vec<(String, String)>, Error> {
        let filled =
            fields.iter().map(|(name, template)| Ok((name.clone(), self.render(operation, template, context, token)?)));
        Ok(filled.collect::<Result<Vec<_>, Error>>()?.into_iter().filter(|(_, text)| !text.is_empty()).collect())
    }

    fn basic(
        &self,
        operation: &'static str,
        user: &Template,
        password: &Template,
        context: &Context,
        token: Option<&Secret>,
    ) -> Result<HeaderValue, Error> {
        let user = self.render(operation, user, context, token)?;
        let password = self.render(operation, password, context, token)?;
        hidden(operation, &format!("Basic {}", BASE64_STANDARD.encode(format!("{user}:{password}"))))
    }

    fn render(
        &self,
        operation: &'static str,
        template: &Template,
        context: &Context,
        token: Option<&Secret>,
    ) -> Result<String, Error> {
        self.templates
            .render(template, &context.template(&self.values, token))
            .map_err(|failed| refused(operation, &format!("`{}` cannot be filled in: {}", template.key, failed.why)))
    }
}

/// The request was never made.
pub(super) fn refused(operation: &'static str, why: &str) -> Error {
    Error::Refused { operation, why: why.to_owned() }
}

fn hidden(operation: &'static str, value: &str) -> Result<HeaderValue, Error> {
    let mut header =
        HeaderValue::from_str(value).map_err(|_| refused(operation, "a header would hold what none can carry"))?;
    header.set_sensitive(true);
    Ok(header)
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
