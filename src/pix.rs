//! PixProvider: where a PIX code comes from, and who can say that it was paid.

pub mod api_pix;
pub mod choice;
pub mod erp_code;
pub mod mercado_pago;
pub mod static_key;
mod text;

use jiff::Timestamp;
use std::fmt;
use std::future::Future;
use std::pin::Pin;

use sha2::{Digest, Sha256};

use crate::domain::{ConfirmedBy, InvoiceId, Money, PixBack, PixCharge, PixReceipt, TaxId};
use crate::http::Distrust;

/// A provider's word on itself, or nothing where nobody can be asked.
pub type HealthReply<'a> = Pin<Box<dyn Future<Output = Option<Health>> + Send + 'a>>;
pub type Reply<'a, T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send + 'a>>;

/// What is to be paid with one code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PixOrder {
    /// Our own reference, 26 to 35 letters and digits for a bank, never given to another order.
    pub txid: String,
    pub amount: Money,
    pub invoices: Vec<InvoiceId>,
    /// Of the bills that have one (carteira): it may say whose account the money belongs to.
    pub identifiers: Vec<String>,
    /// The copia-e-cola the ERP issued, where one bill is paid and it has one.
    pub erp_code: Option<String>,
    /// Only a charge with a due date names them.
    pub debtor: Option<Debtor>,
}

/// Who owes. `Debug` shows no name.
#[derive(Clone, PartialEq, Eq)]
pub struct Debtor {
    pub name: String,
    pub tax_id: TaxId,
}

impl fmt::Debug for Debtor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Debtor").field("tax_id", &self.tax_id).finish_non_exhaustive()
    }
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

/// How a provider and our way to it are. Finding that out makes no charge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Health {
    /// Of the certificate that we show, where one is shown.
    pub certificate_until: Option<Timestamp>,
    /// How far this machine's clock is ahead of the provider's, in seconds.
    pub ahead_s: Option<i64>,
    /// Whether we are let in.
    pub sign_in: Result<(), Error>,
    /// Whether we may read charges, where we are let in.
    pub may_read: Option<Result<(), Error>>,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    #[error("the PIX provider cannot be reached: {0}")]
    Unreachable(String),
    /// One of the two sides did not accept the other's certificate.
    #[error("the PIX provider cannot be reached: {0}")]
    Untrusted(Distrust),
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
    /// The charge under this order's id is paid or over already, and nobody has seen its code: it is another order's, or
    /// one of an earlier run.
    #[error("its payment is over, and nobody has seen the code")]
    Over(Box<PixCharge>),
    /// The answer is not what the provider's document says.
    #[error("the PIX provider's answer cannot be read: {0}")]
    Garbled(String),
}

pub trait PixProvider: Send + Sync {
    fn name(&self) -> &str;

    fn confirmed_by(&self) -> ConfirmedBy;

    /// Signs in and looks, where there is somebody to ask.
    fn health(&self) -> HealthReply<'_> {
        Box::pin(async { None })
    }

    /// Makes the code. Repeating it with the same txid gives the same charge; one that is paid already is nobody's who
    /// has not seen its code, and an error.
    fn charge<'a>(&'a self, order: &'a PixOrder) -> Reply<'a, PixCharge>;

    /// Asks whether it was paid. Only a provider that is `ConfirmedBy::Bank` can say anything but `Waiting`.
    fn look<'a>(&'a self, charge: &'a PixCharge) -> Reply<'a, PixState>;

    /// Takes the code back after the customer left. Just paid is an answer too.
    fn remove<'a>(&'a self, charge: &'a PixCharge) -> Reply<'a, PixState>;

    /// Whether it can give a Pix back.
    fn gives_back(&self) -> bool {
        false
    }

    /// Gives a Pix of this charge back, whole (devolução). The same id is one devolução however often it is asked for. An
    /// error says nothing of whether it was made.
    fn give_back<'a>(&'a self, _: &'a PixCharge, _: &'a PixReceipt, _: &'a str) -> Reply<'a, PixBack> {
        Box::pin(async { Err(Error::Refused("it gives nothing back".to_owned())) })
    }
}

/// The id of a devolução: the same Pix and amount give the same id, so that whoever asks for it again asks for the same.
#[must_use]
pub fn refund_id(end_to_end: &str, amount: Money) -> String {
    let digest = Sha256::digest(format!("devolucao {end_to_end} {}", amount.cents()));
    digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}
