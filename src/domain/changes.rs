//! What a customer asks the provider to change: looked at first, asked for once, and looked up where nobody knows what
//! came of it.

mod wish;

use std::fmt;

use jiff::civil::{Date, Time};

use super::service::Contact;
use super::{ContractId, InvoiceId, Money};

pub use wish::Wish;

/// A look at what there is to change. Nothing changes by it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Look {
    DueDays {
        contract: ContractId,
    },
    Contacts,
    /// On which terms these bills can be negotiated.
    Offers {
        bills: Vec<InvoiceId>,
    },
    /// Whether these bills still stand open.
    Bills {
        bills: Vec<InvoiceId>,
    },
    Visits,
    /// When this visit could be made instead.
    Slots {
        visit: String,
    },
    Pausable,
}

/// What was seen there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seen {
    DueDays(DueDays),
    Contacts(Vec<Contact>),
    Offers(Vec<Offer>),
    Bills(Vec<(InvoiceId, Stands)>),
    Visits(Vec<Visit>),
    Slots { visit: String, slots: Vec<Slot> },
    Pausable(Vec<Pausable>),
}

/// What the provider did, or took note of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Carried {
    pub protocol: Option<String>,
    /// A person there still has to do it.
    pub is_a_request: bool,
    /// What was made of an agreement, where it is not what was agreed to.
    pub otherwise: Option<Vec<Instalment>>,
}

/// What is wrong in the provider's file of a customer, put right. `Debug` shows which part it is.
#[derive(Clone, PartialEq, Eq)]
pub enum Correction {
    Name(String),
    /// Where a contract's bills and technicians go.
    Address {
        contract: ContractId,
        street: String,
        number: String,
        complement: String,
        district: String,
        city: String,
    },
}

impl fmt::Debug for Correction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Correction::Name(_) => "Name",
            Correction::Address { .. } => "Address",
        })
    }
}

/// A contract's due day, and those that it may have instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueDays {
    pub contract: ContractId,
    /// One of the ERP's ids; nothing where it does not tell.
    pub current: Option<String>,
    pub days: Vec<DueDay>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueDay {
    pub id: String,
    /// As the ERP names it: "10".
    pub day: String,
    /// The days of the month from and to which its bills count.
    pub billed: Option<(u8, u8)>,
    /// Whether a bill falls due in the month in which it is made.
    pub same_month: Option<bool>,
}

/// The terms on which overdue bills become new ones. All of it is the ERP's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    pub id: String,
    /// The bills that it replaces.
    pub bills: Vec<InvoiceId>,
    /// The rule that it was made by.
    pub rule: Option<String>,
    /// What stands in it beside the bills' own value, where the ERP tells.
    pub fine: Option<Money>,
    pub interest: Option<Money>,
    pub discount: Option<Money>,
    /// The first is due first.
    pub instalments: Vec<Instalment>,
}

impl Offer {
    #[must_use]
    pub fn total(&self) -> Money {
        self.instalments.iter().map(|one| one.amount).sum()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Instalment {
    pub amount: Money,
    pub due: Date,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    Open,
    Paid,
    /// In no list any more, and not paid.
    Gone,
}

/// A technician's visit, to come or made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit {
    pub id: String,
    pub protocol: String,
    /// The ERP's words for what it is about.
    pub about: String,
    /// Nothing where no day is agreed.
    pub on: Option<Date>,
    pub part: Option<DayPart>,
    pub is_over: bool,
}

/// When a technician may come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    pub id: String,
    pub on: Date,
    pub part: DayPart,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayPart {
    Morning,
    Afternoon,
    Hours { from: Time, to: Time },
}

/// A contract that could rest for a while.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pausable {
    pub contract: ContractId,
    pub plan: String,
    pub owes: bool,
    /// It rested less than a year ago.
    pub rested: bool,
}
