//! Mercado Pago: not the Bacen API. A payment is made with a fixed access token, and our txid keeps it from being made
//! twice.

mod wire;

use std::fmt;

use jiff::{SignedDuration, Timestamp};
use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderValue};
use reqwest::{Method, Url};
use serde::Deserialize;

use super::{Error, Health, HealthReply, PixOrder, PixProvider, PixState, Reply};
use crate::domain::{ConfirmedBy, PixBack, PixCharge, PixReceipt};
use crate::http::{Answer, Body, Client, JSON_AT_MOST, Lost, Partner, Patience, Request, SetUpError, address, below};
use crate::secret::Secret;
use wire::{Payment, Refund};

const NAME: &str = "mercado_pago";
/// The least that Mercado Pago accepts is 30 minutes.
const LIFE: SignedDuration = SignedDuration::from_mins(31);
const TRIES: u32 = 3;

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// From the application's production credentials.
    pub access_token: Secret,
    /// Mercado Pago asks for a payer's e-mail: the site's own.
    pub payer_email: String,
    /// How long a code stands on the screen.
    #[serde(default = "five_minutes")]
    pub expires_in_s: u32,
    #[serde(default = "usual_url")]
    pub base_url: String,
}

fn five_minutes() -> u32 {
    300
}

fn usual_url() -> String {
    "https://api.mercadopago.com".to_owned()
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings").field("expires_in_s", &self.expires_in_s).finish_non_exhaustive()
    }
}

pub struct MercadoPago {
    http: Client,
    base: Url,
    bearer: HeaderValue,
    settings: Settings,
}

/// Makes the driver. Nothing is sent yet.
pub fn connect(settings: Settings) -> Result<MercadoPago, SetUpError> {
    connect_with(settings, Patience::default())
}

/// `connect` with other deadlines.
pub fn connect_with(settings: Settings, patience: Patience) -> Result<MercadoPago, SetUpError> {
    let base = address(&settings.base_url, false)?;
    let (allow_plain_http, identity, authorities) = (false, None, None);
    let partner = Partner { name: NAME, base: &settings.base_url, allow_plain_http, patience, identity, authorities };
    let http = Client::to(&partner)?;
    let mut bearer = HeaderValue::from_str(&format!("Bearer {}", settings.access_token.expose()))
        .map_err(|_| SetUpError::Client("the access token cannot be sent".to_owned()))?;
    bearer.set_sensitive(true);
    Ok(MercadoPago { http, base, bearer, settings })
}

impl MercadoPago {
    async fn call(
        &self,
        operation: &'static str,
        method: Method,
        path: &[&str],
        key: Option<&str>,
        body: Option<String>,
    ) -> Result<Answer, Lost> {
        let mut headers = HeaderMap::new();
        headers.insert(AUTHORIZATION, self.bearer.clone());
        if let Some(key) = key.and_then(|key| HeaderValue::from_str(key).ok()) {
            headers.insert("X-Idempotency-Key", key);
        }
        let (url, body) = (below(&self.base, path), body.map(Body::Json));
        let within = self.http.patience().list;
        self.http.ask(&Request { operation, method, url, headers, body, within, at_most: JSON_AT_MOST }).await
    }

    async fn make(&self, order: &PixOrder) -> Result<PixCharge, Error> {
        if order.amount.is_zero() {
            return Err(Error::NoCode("there is nothing to pay".to_owned()));
        }
        let ends = Timestamp::now().checked_add(LIFE).map_err(|error| Error::Garbled(error.to_string()))?;
        let body = wire::new_payment(order, &self.settings.payer_email, ends)?;
        let mut tries = 1;
        let payment = loop {
            let sent =
                self.call("POST payments", Method::POST, &["v1", "payments"], Some(&order.txid), Some(body.clone()));
            match sent.await {
                Err(Lost::NoAnswer(_) | Lost::NotSent(_)) if tries < TRIES => tries += 1,
                other => break judged(other)?,
            }
        };
        if payment.amount()?.is_some_and(|amount| amount != order.amount) {
            return Err(Error::BadCode("the charge is for another amount".to_owned()));
        }
        let charge = |payload: &str| {
            Ok(PixCharge {
                provider: NAME.to_owned(),
                txid: payment.id().ok_or_else(|| Error::Garbled("a payment without its id".to_owned()))?,
                payload: payload.to_owned(),
                confirmed_by: ConfirmedBy::Bank,
                expires_in_s: Some(self.settings.expires_in_s),
            })
        };
        if payment.state()? != PixState::Waiting {
            return Err(Error::Over(Box::new(charge("")?)));
        }
        let payload = payment.code().ok_or_else(|| Error::BadCode("no qr_code in it".to_owned()))?;
        if let Err(flaw) = crate::domain::BrCode::parse(payload) {
            tracing::warn!(%flaw, "Mercado Pago's PIX code is not a right BR Code; it is shown as it came");
        }
        charge(payload)
    }

    async fn see(&self, id: &str) -> Result<PixState, Error> {
        judged(self.call("GET payment", Method::GET, &["v1", "payments", id], None, None).await)?.state()
    }

    async fn cancel(&self, id: &str) -> Result<PixState, Error> {
        let body = r#"{"status":"cancelled"}"#.to_owned();
        let cancelled = self.call("PUT payment", Method::PUT, &["v1", "payments", id], Some(id), Some(body)).await;
        match cancelled {
            Ok(answer) if !answer.says_down() && answer.status != 401 => {}
            other => drop(judged(other)?),
        }
        match self.see(id).await? {
            PixState::Waiting => Err(Error::Refused("the charge was not taken back".to_owned())),
            state => Ok(state),
        }
    }

    /// All of it, once: the id keeps a second request from being a second refund. Only what the payment says afterwards is
    /// believed.
    async fn devolve(&self, number: &str, receipt: &PixReceipt, id: &str) -> Result<PixBack, Error> {
        // what was asked before and not heard: an idempotency key is forgotten after a while
        if let Some(done) = self.back(number, receipt).await? {
            return Ok(done);
        }
        let body = wire::new_refund(receipt.amount)?;
        let path = ["v1", "payments", number, "refunds"];
        let asked = self.call("POST refunds", Method::POST, &path, Some(id), Some(body)).await;
        let told = match accepted(asked) {
            Ok(answer) => Refund::read(&answer.body)?,
            Err(Error::Refused(why)) => {
                return Ok(self.back(number, receipt).await?.unwrap_or(PixBack::Refused { why }));
            }
            Err(other) => return Err(other),
        };
        match told.outcome() {
            refused @ PixBack::Refused { .. } => Ok(refused),
            done => Ok(self.back(number, receipt).await?.map_or(PixBack::Pending, |_| done)),
        }
    }

    /// Whether the payment says that this much of it went back.
    async fn back(&self, number: &str, receipt: &PixReceipt) -> Result<Option<PixBack>, Error> {
        let payment = judged(self.call("GET payment", Method::GET, &["v1", "payments", number], None, None).await)?;
        let went = payment.refunded()?;
        Ok((went >= receipt.amount).then_some(PixBack::Done { return_id: None }))
    }
}

fn judged(sent: Result<Answer, Lost>) -> Result<Payment, Error> {
    Payment::read(&accepted(sent)?.body)
}

fn accepted(sent: Result<Answer, Lost>) -> Result<Answer, Error> {
    let answer = sent.map_err(|lost| match lost {
        Lost::NotSent(why) | Lost::NoAnswer(why) => Error::Unreachable(why),
        Lost::Untrusted(why) => Error::Untrusted(why),
        Lost::Down(status) => Error::Unreachable(format!("HTTP {status}")),
        Lost::TooLarge { at_most } => Error::Garbled(format!("more than {at_most} bytes")),
        Lost::Redirected => Error::Garbled("redirected elsewhere".to_owned()),
    })?;
    match answer.status {
        200..300 => Ok(answer),
        401 | 403 => Err(Error::SignIn(format!("HTTP {}", answer.status))),
        status if answer.says_down() || status >= 500 => Err(Error::Unreachable(format!("HTTP {status}"))),
        status => Err(Error::Refused(format!("HTTP {status}"))),
    }
}

impl PixProvider for MercadoPago {
    fn name(&self) -> &str {
        NAME
    }

    fn confirmed_by(&self) -> ConfirmedBy {
        ConfirmedBy::Bank
    }

    fn health(&self) -> HealthReply<'_> {
        Box::pin(async {
            let path = &["v1", "payment_methods"];
            let sign_in = accepted(self.call("GET payment methods", Method::GET, path, None, None).await).map(drop);
            Some(Health { certificate_until: None, ahead_s: self.http.ahead_s(), sign_in, may_read: None })
        })
    }

    /// The charge's txid is Mercado Pago's number of the payment: it looks payments up by nothing else.
    fn charge<'a>(&'a self, order: &'a PixOrder) -> Reply<'a, PixCharge> {
        Box::pin(self.make(order))
    }

    fn look<'a>(&'a self, charge: &'a PixCharge) -> Reply<'a, PixState> {
        Box::pin(self.see(&charge.txid))
    }

    fn remove<'a>(&'a self, charge: &'a PixCharge) -> Reply<'a, PixState> {
        Box::pin(self.cancel(&charge.txid))
    }

    fn gives_back(&self) -> bool {
        true
    }

    fn give_back<'a>(&'a self, charge: &'a PixCharge, receipt: &'a PixReceipt, id: &'a str) -> Reply<'a, PixBack> {
        Box::pin(self.devolve(&charge.txid, receipt, id))
    }
}
