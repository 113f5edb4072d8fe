//! The way to a partner over HTTP that every driver shares: deadlines, caps, retries of reads, one sending of what must
//! not be sent twice, trust, and the breaker. It decides nothing about what an answer means.

mod address;
mod breaker;
mod distrust;
pub mod identity;
mod message;
pub mod token;

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use reqwest::redirect::Policy;
use reqwest::{Response, Url};
use tokio::time::{Instant, sleep};

use breaker::Breaker;

pub use address::{SetUpError, address, below, is_loopback};
pub use distrust::Distrust;
pub use identity::Identity;
pub use message::{Answer, Body, Lost, Request};

pub const JSON_AT_MOST: usize = 2 * 1024 * 1024;
pub const PDF_AT_MOST: usize = 10 * 1024 * 1024;

/// How long a connection is kept for the next request.
const KEPT: Duration = Duration::from_secs(10);
const TRIES: u32 = 3;
const REDIRECTS_AT_MOST: usize = 3;

/// How long is waited for what.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    pub connect: Duration,
    /// A whole read of a list, from sending to the last byte.
    pub list: Duration,
    /// A whole read of a PDF, and a whole write-off.
    pub document: Duration,
    pub token: Duration,
    /// Before the second try of a read; doubled before the third.
    pub before_retry: Duration,
    /// All tries of one read together.
    pub all_tries: Duration,
    /// How long a partner that failed five times in a row is left alone.
    pub breaker: Duration,
}

impl Default for Patience {
    fn default() -> Patience {
        Patience {
            connect: Duration::from_secs(5),
            list: Duration::from_secs(15),
            document: Duration::from_secs(30),
            token: Duration::from_secs(10),
            before_retry: Duration::from_millis(250),
            all_tries: Duration::from_secs(20),
            breaker: Duration::from_secs(30),
        }
    }
}

/// Who is called, and how each side shows who it is.
pub struct Partner<'a> {
    /// In the log.
    pub name: &'static str,
    pub base: &'a str,
    /// Also to another machine.
    pub allow_plain_http: bool,
    pub patience: Patience,
    /// Shown to a partner that asks for a certificate.
    pub identity: Option<&'a Identity>,
    /// The only authorities that are believed; the machine's own, where there are none. In PEM.
    pub authorities: Option<&'a [u8]>,
}

/// A client of one partner.
pub struct Client {
    name: &'static str,
    base: Url,
    reads: reqwest::Client,
    once: reqwest::Client,
    patience: Patience,
    breaker: Mutex<Breaker>,
    ahead_s: Mutex<Option<i64>>,
}

impl Client {
    /// Plain http is refused outside loopback unless the site allows it.
    pub fn new(base: &str, allow_plain_http: bool, patience: Patience) -> Result<Client, SetUpError> {
        let (identity, authorities) = (None, None);
        Client::to(&Partner { name: "ERP", base, allow_plain_http, patience, identity, authorities })
    }

    /// The same with certificates on both sides.
    pub fn to(partner: &Partner<'_>) -> Result<Client, SetUpError> {
        let base = address(partner.base, partner.allow_plain_http)?;
        let patience = partner.patience;
        // The first installed provider wins; that another part was first is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let is_plain = base.scheme() == "http";
        let refused = |error: reqwest::Error| SetUpError::Client(error.without_url().to_string());
        let authorities = match partner.authorities {
            Some(pem) => Some(reqwest::Certificate::from_pem_bundle(pem).map_err(refused)?),
            // Reading the machine's certificates takes longer than anything else here, and redirects stay on http.
            None if is_plain => Some(Vec::new()),
            None => None,
        };
        let identity = partner.identity.map(Identity::for_client).transpose()?;
        let builder = || {
            let mut builder = reqwest::Client::builder()
                .http1_only()
                .no_proxy()
                .referer(false)
                .retry(reqwest::retry::never())
                // a kept connection keeps the address of the request that it served, and a CPF may stand in it
                .pool_idle_timeout(KEPT)
                .connect_timeout(patience.connect);
            if let Some(identity) = &identity {
                builder = builder.identity(identity.clone());
            }
            match &authorities {
                Some(only) => builder.tls_certs_only(only.clone()),
                None => builder,
            }
        };
        Ok(Client {
            name: partner.name,
            base,
            reads: builder().redirect(same_origin()).build().map_err(refused)?,
            // A connection of its own: a kept one that the server has just closed would leave the outcome unknown.
            once: builder().redirect(Policy::none()).pool_max_idle_per_host(0).build().map_err(refused)?,
            patience,
            breaker: Mutex::new(Breaker::new(patience.breaker)),
            ahead_s: Mutex::default(),
        })
    }

    #[must_use]
    pub fn patience(&self) -> &Patience {
        &self.patience
    }

    /// How many seconds this machine's clock is ahead of the partner's, once it has answered.
    #[must_use]
    pub fn ahead_s(&self) -> Option<i64> {
        *self.ahead_s.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The address of a path below the base, given by its segments; each is percent-encoded.
    #[must_use]
    pub fn url(&self, segments: &[&str]) -> Url {
        below(&self.base, segments)
    }

    /// Sends a read, and again where it certainly did not get through: connection refused, 429, 502, 503, 504.
    pub async fn read(&self, request: &Request) -> Result<Answer, Lost> {
        self.check_breaker()?;
        let started = Instant::now();
        let mut within = request.within;
        let mut pause = self.patience.before_retry;
        let mut tries = 1;
        loop {
            let outcome = match self.exchange(&self.reads, request, within).await {
                Ok(answer) if answer.says_down() => Err(Lost::Down(answer.status)),
                outcome => outcome,
            };
            let left = self.patience.all_tries.saturating_sub(started.elapsed() + pause);
            match outcome {
                Err(lost) if lost.is_worth_another_try() && tries < TRIES && !left.is_zero() => {
                    sleep(pause).await;
                    tries += 1;
                    pause *= 2;
                    within = request.within.min(left);
                }
                outcome => return self.noted(outcome),
            }
        }
    }

    /// Sends exactly once, follows no redirect, and gives every status back as it came.
    pub async fn send_once(&self, request: &Request) -> Result<Answer, Lost> {
        self.check_breaker()?;
        let outcome = self.exchange(&self.once, request, request.within).await;
        self.noted(outcome)
    }

    /// Sends once over a connection that is kept, and gives every status back as it came: for what may be sent again
    /// and is the caller's to repeat.
    pub async fn ask(&self, request: &Request) -> Result<Answer, Lost> {
        self.check_breaker()?;
        let outcome = self.exchange(&self.reads, request, request.within).await;
        self.noted(outcome)
    }

    async fn exchange(&self, client: &reqwest::Client, request: &Request, within: Duration) -> Result<Answer, Lost> {
        let started = Instant::now();
        let outcome = answered(client, request, within).await;
        let (partner, operation, duration_ms) = (self.name, request.operation, started.elapsed().as_millis());
        if let Some(theirs) = outcome.as_ref().ok().and_then(|answer| answer.date) {
            let ahead_s = Timestamp::now().as_second() - theirs.as_second();
            *self.ahead_s.lock().unwrap_or_else(PoisonError::into_inner) = Some(ahead_s);
        }
        match &outcome {
            Ok(answer) => tracing::info!(partner, operation, status = answer.status, duration_ms, "answered"),
            Err(lost) => tracing::warn!(partner, operation, ?lost, duration_ms, "no answer"),
        }
        outcome
    }

    fn check_breaker(&self) -> Result<(), Lost> {
        if self.breaker().allows(Instant::now()) {
            Ok(())
        } else {
            Err(Lost::NotSent("it failed repeatedly and is left alone for a while".to_owned()))
        }
    }

    /// Counts a whole call, with its tries, as one failure or success.
    fn noted(&self, outcome: Result<Answer, Lost>) -> Result<Answer, Lost> {
        let failed = match &outcome {
            Ok(answer) => answer.says_down(),
            Err(lost) => lost.is_failure(),
        };
        if failed {
            self.breaker().failed(Instant::now());
        } else {
            self.breaker().succeeded();
        }
        outcome
    }

    fn breaker(&self) -> MutexGuard<'_, Breaker> {
        self.breaker.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn answered(client: &reqwest::Client, request: &Request, within: Duration) -> Result<Answer, Lost> {
    let mut call =
        client.request(request.method.clone(), request.url.clone()).headers(request.headers.clone()).timeout(within);
    match &request.body {
        Some(Body::Json(json)) => {
            call = call.header(reqwest::header::CONTENT_TYPE, "application/json").body(json.clone());
        }
        Some(Body::Form(fields)) => call = call.form(fields),
        Some(Body::Pairs(fields)) => call = call.form(fields),
        None => {}
    }
    let response = call.send().await.map_err(|error| lost(&error))?;
    let mut answer = Answer::begun(response.status().as_u16(), response.headers());
    answer.body = capped(response, request.at_most).await?;
    Ok(answer)
}

async fn capped(mut response: Response, at_most: usize) -> Result<Vec<u8>, Lost> {
    let announced = response.content_length().unwrap_or(0);
    if usize::try_from(announced).map_or(true, |announced| announced > at_most) {
        return Err(Lost::TooLarge { at_most });
    }
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| lost(&error))? {
        if body.len() + chunk.len() > at_most {
            return Err(Lost::TooLarge { at_most });
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// reqwest's own texts name the URL, and a CPF may stand in it.
fn lost(error: &reqwest::Error) -> Lost {
    if let Some(distrust) = Distrust::in_error(error) {
        Lost::Untrusted(distrust)
    } else if error.is_connect() {
        Lost::NotSent(if error.is_timeout() { "no connection in time" } else { "no connection" }.to_owned())
    } else if error.is_redirect() {
        Lost::Redirected
    } else if error.is_timeout() {
        Lost::NoAnswer("no answer in time".to_owned())
    } else {
        Lost::NoAnswer("the connection was lost".to_owned())
    }
}

fn same_origin() -> Policy {
    Policy::custom(|attempt| {
        let same = attempt.previous().first().is_some_and(|first| first.origin() == attempt.url().origin());
        if same && attempt.previous().len() <= REDIRECTS_AT_MOST {
            attempt.follow()
        } else {
            attempt.error("redirected elsewhere")
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_are_put_below_the_base_and_cannot_leave_it() {
        let client = Client::new("https://erp.provedor.net.br/telco/", false, Patience::default()).unwrap();
        let url = client.url(&["ws", "area", "a/b?c", "..", "81593"]);
        assert_eq!(url.as_str(), "https://erp.provedor.net.br/telco/ws/area/a%2Fb%3Fc/81593");
    }
}
