//! What goes to customers by the site's own couriers, and what becomes of it, as data between the core and its hands.

use jiff::civil::DateTime;

use crate::courier::{Delivery, TooLarge};
use crate::domain::service::Contact;
use crate::domain::{CustomerId, Pdf, Receipt};
use crate::journey::step::DocumentTitle;
use crate::journey::{Language, Reach};
use crate::paper::{Document, NoPdf};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PostWork {
    /// Where this customer can be written to.
    Look(CustomerId),
    /// Once.
    Bring(Box<Mail>),
}

/// What is brought to whom, before anybody has put it into words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    pub to: Contact,
    pub language: Language,
    pub says: Says,
    /// The name of its file, and what it holds. Nothing goes with an SMS.
    pub paper: Option<(String, Enclosed)>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Says {
    Receipt(Box<Receipt>),
    Document(DocumentTitle),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Enclosed {
    /// What the printer would print, of this local time.
    Drawn(Document, DateTime),
    /// Somebody's file, as it was shown.
    File(Pdf),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PostDone {
    /// Nothing where the ERP did not say.
    Seen(Option<Reach>),
    Brought(Result<Delivery, NotBrought>),
}

/// Why nobody was asked to bring it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotBrought {
    #[error(transparent)]
    TooLarge(#[from] TooLarge),
    #[error("it cannot be made: {0}")]
    NoPdf(#[from] NoPdf),
    #[error("it cannot be made")]
    NotMade,
}
