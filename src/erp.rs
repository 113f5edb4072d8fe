//! Erp: what the clerk asks of the provider's system, and one driver a vendor.
//!
//! A driver says what it cannot do (`supports`), and the menu shows only what can be done. Nothing but the named
//! fields of an answer is kept: bodies carry PPPoE passwords and addresses.

pub mod webservice_cliente;

use std::future::Future;
use std::pin::Pin;

use jiff::civil::Date;

use crate::domain::{Account, BillRef, Boleto, CardKind, Charge, CustomerId, Factors, InvoiceState, TaxId};
use crate::http::Lost;

pub use crate::domain::WriteOffOutcome;

/// An answer that is on its way.
pub type Reply<'a, T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send + 'a>>;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Capability {
    /// Customer, contracts and open bills by CPF or CNPJ.
    Account,
    /// Day and month of birth, or a registered phone, to compare with what the customer types.
    Factors,
    /// One bill read again: open, paid, or gone.
    Invoice,
    Boleto,
    PixCode,
    Pdf,
    WriteOff,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Support {
    Yes,
    No,
    /// Only with the subscriber's own password, which a totem asks for only where the site turns that on.
    NeedsCustomerPassword,
    /// Built from a second-hand source and never seen to work.
    Unverified,
}

/// What went wrong, in the trade's words. No variant carries a body.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// No connection, a timeout, or a server that says it is down.
    #[error("the ERP cannot be reached: {0}")]
    Unreachable(String),
    #[error("the ERP refuses our sign-in: {0}")]
    SignIn(String),
    /// The answer is not what the document says: HTML, cut off, too large, of another type.
    #[error("the ERP's answer to {operation} cannot be read: {why}")]
    Garbled { operation: &'static str, why: String },
    /// The ERP understood and said no.
    #[error("the ERP refuses {operation}: {why}")]
    Refused { operation: &'static str, why: String },
    #[error("this ERP cannot do that: {0:?}")]
    Unsupported(Capability),
}

impl Error {
    /// What it means that a read has no answer.
    #[must_use]
    pub fn unread(operation: &'static str, lost: Lost) -> Error {
        let garbled = |why: String| Error::Garbled { operation, why };
        match lost {
            Lost::NotSent(why) | Lost::NoAnswer(why) => Error::Unreachable(why),
            Lost::Untrusted(why) => Error::Unreachable(why.to_string()),
            Lost::Down(status) => Error::Unreachable(format!("HTTP {status}")),
            Lost::TooLarge { at_most } => garbled(format!("more than {at_most} bytes")),
            Lost::Redirected => garbled("redirected elsewhere".to_owned()),
        }
    }
}

/// The way a payment came in, as far as an ERP's tables tell ways apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PaidBy {
    Card { kind: CardKind, network: String, brand: String, nsu: String, authorization: String },
    Pix { end_to_end: String },
}

/// The write-off of one bill (baixa): what was received for it, when, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WriteOff {
    pub bill: BillRef,
    pub charge: Charge,
    /// The local date of the payment, not of the attempt to write it off.
    pub on: Date,
    pub paid_by: PaidBy,
}

pub trait Erp: Send + Sync {
    /// The product's name, for the log and the technician.
    fn name(&self) -> &str;

    fn supports(&self, capability: Capability) -> Support;

    /// The customer with contracts and open bills; nothing where the ERP knows no such customer.
    fn account<'a>(&'a self, who: &'a TaxId) -> Reply<'a, Option<Account>>;

    fn factors<'a>(&'a self, customer: &'a CustomerId) -> Reply<'a, Factors>;

    /// One bill, read afresh.
    fn invoice<'a>(&'a self, bill: &'a BillRef) -> Reply<'a, InvoiceState>;

    /// The bill's boleto; nothing where the ERP has none for it.
    fn boleto<'a>(&'a self, bill: &'a BillRef) -> Reply<'a, Option<Boleto>>;

    /// The copia-e-cola the ERP issued for the bill; nothing where it has none.
    fn pix_code<'a>(&'a self, bill: &'a BillRef) -> Reply<'a, Option<String>>;

    /// The bill as a PDF file.
    fn pdf<'a>(&'a self, bill: &'a BillRef) -> Reply<'a, Vec<u8>>;

    /// Writes one bill off. Sent once: the transport never repeats it. An error means that it was certainly not
    /// executed; whatever is less certain is `WriteOffOutcome::Unknown`.
    fn write_off<'a>(&'a self, write_off: &'a WriteOff) -> Reply<'a, WriteOffOutcome>;
}
