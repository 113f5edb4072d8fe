//! Tef: what the clerk asks of the card terminal's software, and one driver a protocol.
//!
//! A driver blocks and runs on a thread of its own. While a sale runs it speaks through a `Dialogue`.

pub mod clisitef;
pub mod file_exchange;
pub mod pinpad;

mod durable;
mod masking;

use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

use crate::domain::{CardKind, CardSale, Money, Prompt};

/// Who finances a credit sale in instalments.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InstalmentsBy {
    /// The shop (parcelado loja): the customer pays the total in equal parts.
    #[default]
    Merchant,
    /// The card's issuer (parcelado administradora), who adds interest that nobody here knows.
    Issuer,
}

/// One sale, as the customer chose it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaleOrder {
    /// The payment's number, sent as the fiscal document (field 002).
    pub coupon: u64,
    pub amount: Money,
    pub kind: CardKind,
    /// 1 is at sight.
    pub instalments: u8,
    /// Local date and time at which the customer chose.
    pub at: DateTime,
}

/// A confirmed sale that is to be given back (estorno), as the journal knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cancellation {
    pub sale: CardSale,
    /// Local date and time at which a technician asked for it.
    pub at: DateTime,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The TEF manager does not answer: no sale was begun.
    #[error("the TEF does not answer: {0}")]
    Silent(String),
    #[error("the TEF's folders cannot be used: {0}")]
    Folder(String),
    /// The vendor's library is not there, or is not what it should be: no sale was begun.
    #[error("the TEF's library cannot be used: {0}")]
    Library(String),
    /// This TEF has no such operation, or the sale lacks what it needs.
    #[error("the TEF cannot do that: {0}")]
    Unsupported(String),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SaleOutcome {
    Approved(Box<CardSale>),
    /// With the TEF's words for the customer.
    Declined {
        message: String,
    },
    /// The customer gave up at the pinpad.
    Cancelled {
        message: String,
    },
    /// The TEF approved something that is not what was asked (another amount): it must be undone.
    Mismatched {
        sale: Box<CardSale>,
        why: String,
    },
    /// The TEF refuses until an older transaction is confirmed or undone.
    PendingFirst(Box<CardSale>),
    /// Certainly never begun.
    NotStarted(Error),
    /// Contact was lost: only the TEF knows.
    Unknown {
        why: String,
    },
}

/// The driver's line to the customer while a sale runs.
pub trait Dialogue {
    /// The TEF's words, and whether the customer could still give up now.
    fn show(&mut self, message: &str, cancellable: bool);
    /// A code that the customer's phone is to read, or that there is none any more.
    fn show_code(&mut self, code: Option<&str>);
    /// Waits for the customer's answer; nothing when the customer gives up or the time is over.
    fn ask(&mut self, prompt: Prompt) -> Option<String>;
    /// Whether the customer has asked to give up.
    fn wants_to_cancel(&self) -> bool;
}

pub trait Tef: Send {
    fn name(&self) -> &str;

    /// Whether the TEF manager is there and answers.
    fn check(&mut self) -> Result<(), Error>;

    /// Approved transactions that wait for a confirm or an undo, as far as the TEF shows them.
    fn pending(&mut self) -> Result<Vec<CardSale>, Error>;

    /// Runs one sale to its end. Never given up half-way: the result may be "approved".
    fn sell(&mut self, order: &SaleOrder, dialogue: &mut dyn Dialogue) -> SaleOutcome;

    /// Confirms; repeating it is safe. An error means not acknowledged: ask again later.
    fn confirm(&mut self, sale: &CardSale) -> Result<(), Error>;

    /// Undoes; repeating it is safe. An error means not acknowledged: ask again later.
    fn undo(&mut self, sale: &CardSale) -> Result<(), Error>;

    /// Forgets the driver's copy of a sale's answer once the journal holds it durably. Until then `pending` must
    /// find it again, also after a power cut.
    fn release(&mut self, sale: &CardSale) -> Result<(), Error>;

    /// What it says of itself and of its pinpad, for a technician: name and value. Nothing where it cannot be had.
    fn about(&mut self) -> Vec<(String, String)> {
        vec![("TEF".to_owned(), self.name().to_owned())]
    }

    /// Gives a confirmed sale back, with a technician beside the pinpad. What is approved waits for a confirm or an
    /// undo as a sale does.
    fn cancel(&mut self, _cancellation: &Cancellation, _dialogue: &mut dyn Dialogue) -> SaleOutcome {
        SaleOutcome::NotStarted(Error::Unsupported("it gives no sale back".to_owned()))
    }

    /// The TEF's own menu, with a technician beside the pinpad. What it approves waits as a sale does.
    fn administer(&mut self, _at: DateTime, _dialogue: &mut dyn Dialogue) -> SaleOutcome {
        SaleOutcome::NotStarted(Error::Unsupported("it has no menu".to_owned()))
    }
}
