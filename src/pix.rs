//! PixProvider: where a PIX code comes from, and who can say that it was paid.

pub mod api_pix;
pub mod erp_code;
pub mod mercado_pago;
pub mod static_key;
mod text;

use jiff::Timestamp;
use std::future::Future;
use std::pin::Pin;

use crate::domain::{ConfirmedBy, InvoiceId, Money, PixCharge, PixReceipt};

pub type Reply<'a, T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send + 'a>>;

/// What is to be paid with one code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PixOrder {
    /// Our own reference, 26 to 35 letters and digits for a bank, made from the payment's number.
    pub txid: String,
    pub amount: Money,
    pub invoices: Vec<InvoiceId>,
    /// The copia-e-cola the ERP issued, where one bill is paid and it has one.
    pub erp_code: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PixState {
    Waiting,
    /// The Pix that pays the charge best: of its very amount, else one that covers it, else the first that came.
    Paid {
        amount: Money,
        end_to_end: String,
        at: Timestamp,
        /// More that came for the same charge, and was not asked for.
        others: Vec<PixReceipt>,
    },
    /// It can no longer be paid.
    Ended,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    #[error("the PIX provider cannot be reached: {0}")]
    Unreachable(String),
    /// This provider has no code for this order: ask the next one.
    #[error("no PIX code for this bill: {0}")]
    NoCode(String),
    #[error("the PIX code is not a valid BR Code: {0}")]
    BadCode(String),
    #[error("the PIX provider refuses our sign-in: {0}")]
    SignIn(String),
    /// It understood and said no.
    #[error("the PIX provider refuses: {0}")]
    Refused(String),
    /// The answer is not what the provider's document says.
    #[error("the PIX provider's answer cannot be read: {0}")]
    Garbled(String),
}

pub trait PixProvider: Send + Sync {
    fn name(&self) -> &str;

    fn confirmed_by(&self) -> ConfirmedBy;

    /// Makes the code. Repeating it with the same txid gives the same charge.
    fn charge<'a>(&'a self, order: &'a PixOrder) -> Reply<'a, PixCharge>;

    /// Asks whether it was paid. Only a provider that is `ConfirmedBy::Bank` can say anything but `Waiting`.
    fn look<'a>(&'a self, charge: &'a PixCharge) -> Reply<'a, PixState>;

    /// Takes the code back after the customer left. Just paid is an answer too.
    fn remove<'a>(&'a self, charge: &'a PixCharge) -> Reply<'a, PixState>;
}
