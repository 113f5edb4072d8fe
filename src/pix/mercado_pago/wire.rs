//! A payment as Mercado Pago writes it (`/v1/payments`). Who paid is not read.

use jiff::Timestamp;
use jiff::tz::Offset;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::domain::{Money, PixBack};
use crate::pix::text::{Text, lenient};
use crate::pix::{Error, PixOrder, PixState};

#[derive(Serialize)]
struct NewPayment<'a> {
    /// A JSON number with two decimals.
    transaction_amount: Box<RawValue>,
    description: String,
    payment_method_id: &'static str,
    external_reference: &'a str,
    date_of_expiration: String,
    payer: Payer<'a>,
}

#[derive(Serialize)]
struct Payer<'a> {
    email: &'a str,
}

pub(super) fn new_payment(order: &PixOrder, email: &str, ends: Timestamp) -> Result<String, Error> {
    let garbled = |error: serde_json::Error| Error::Garbled(error.to_string());
    // this API wants a zone and milliseconds
    let ends = Offset::constant(-3).to_datetime(ends).strftime("%Y-%m-%dT%H:%M:%S.000-03:00").to_string();
    let invoices: Vec<&str> = order.invoices.iter().map(|invoice| invoice.0.as_str()).collect();
    serde_json::to_string(&NewPayment {
        transaction_amount: RawValue::from_string(order.amount.to_decimal()).map_err(garbled)?,
        description: format!("Fatura {}", invoices.join(", ")),
        payment_method_id: "pix",
        external_reference: &order.txid,
        date_of_expiration: ends,
        payer: Payer { email },
    })
    .map_err(garbled)
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Payment {
    id: Text,
    status: Text,
    transaction_amount: Text,
    transaction_amount_refunded: Text,
    date_approved: Text,
    #[serde(deserialize_with = "lenient")]
    point_of_interaction: Point,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Point {
    #[serde(deserialize_with = "lenient")]
    transaction_data: Data,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Data {
    qr_code: Text,
}

impl Payment {
    pub fn read(body: &[u8]) -> Result<Payment, Error> {
        serde_json::from_slice(body).map_err(|_| Error::Garbled("no payment in it".to_owned()))
    }

    pub fn id(&self) -> Option<String> {
        self.id.as_str().filter(|id| id.bytes().all(|byte| byte.is_ascii_alphanumeric())).map(str::to_owned)
    }

    pub fn code(&self) -> Option<&str> {
        let code = self.point_of_interaction.transaction_data.qr_code.as_str()?;
        (code.chars().count() <= 512 && !code.chars().any(char::is_control)).then_some(code)
    }

    pub fn amount(&self) -> Result<Option<Money>, Error> {
        money(&self.transaction_amount)
    }

    /// How much of it went back.
    pub fn refunded(&self) -> Result<Money, Error> {
        Ok(money(&self.transaction_amount_refunded)?.unwrap_or_default())
    }

    /// `approved` is money; money that went back is taken off what came. One payment is one Pix, known by the payment's
    /// number: its end-to-end id may be told only later, and by more than one name.
    pub fn state(&self) -> Result<PixState, Error> {
        match self.status.as_str().unwrap_or_default() {
            "approved" | "refunded" | "charged_back" => {
                let came = self.amount()?.ok_or_else(|| Error::Garbled("a payment without its amount".to_owned()))?;
                let went = money(&self.transaction_amount_refunded)?.unwrap_or_default();
                Ok(PixState::Paid {
                    amount: came.checked_sub(went).unwrap_or_default(),
                    end_to_end: self.id().ok_or_else(|| Error::Garbled("a payment without its id".to_owned()))?,
                    at: self.date_approved.as_str().and_then(|at| at.parse().ok()).unwrap_or_else(Timestamp::now),
                    others: Vec::new(),
                })
            }
            "cancelled" | "rejected" | "expired" => Ok(PixState::Ended),
            _ => Ok(PixState::Waiting),
        }
    }
}

#[derive(Serialize)]
struct NewRefund {
    amount: Box<RawValue>,
}

pub(super) fn new_refund(amount: Money) -> Result<String, Error> {
    let garbled = |error: serde_json::Error| Error::Garbled(error.to_string());
    let amount = RawValue::from_string(amount.to_decimal()).map_err(garbled)?;
    serde_json::to_string(&NewRefund { amount }).map_err(garbled)
}

/// A refund (`/v1/payments/{id}/refunds`).
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Refund {
    id: Text,
    status: Text,
}

impl Refund {
    pub fn read(body: &[u8]) -> Result<Refund, Error> {
        serde_json::from_slice(body).map_err(|_| Error::Garbled("no refund in it".to_owned()))
    }

    /// `approved` is one that happened; what is neither that nor a no is on its way.
    pub fn outcome(&self) -> PixBack {
        match self.status.as_str().unwrap_or_default() {
            "approved" => PixBack::Done { return_id: self.id.as_str().map(str::to_owned) },
            status @ ("rejected" | "cancelled") => PixBack::Refused { why: status.to_owned() },
            _ => PixBack::Pending,
        }
    }
}

/// A JSON number of whole cents.
fn money(text: &Text) -> Result<Option<Money>, Error> {
    let read = |text: &str| Money::from_decimal_exact(text).map_err(|flaw| Error::Garbled(flaw.to_string()));
    text.as_str().map(read).transpose()
}
