//! Becoming a customer: what an ERP wants to know of somebody, what is on offer to them, and what is asked of it.

use std::fmt;

use super::service::{Change, Named, Prospect};
use super::{CustomerId, Money};

/// What an ERP makes of somebody who wants to become a customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JoinBy {
    Prospect,
    Order,
    Lead,
}

/// What an ERP takes in: nobody is asked for more. Name, CPF or CNPJ and a phone it takes always.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Joins {
    pub by: JoinBy,
    /// CEP, street, number and district.
    pub address: bool,
    /// City and state too: some know them by the CEP.
    pub city: bool,
    pub complement: bool,
    /// One of what it offers.
    pub product: bool,
    pub due_day: bool,
    pub birth: bool,
    /// Always with leave to have none.
    pub email: bool,
}

/// A product that somebody can choose, in the provider's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    pub id: String,
    pub name: String,
    /// A month, where the ERP tells.
    pub price: Option<Money>,
    /// What it includes; empty where the ERP does not tell.
    pub about: String,
}

impl From<Named> for Offer {
    fn from(Named { id, name }: Named) -> Offer {
        Offer { id, name, price: None, about: String::new() }
    }
}

/// Where a CEP is. A CEP of a whole town has no street and no district.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Place {
    pub street: String,
    pub district: String,
    pub city: String,
    /// Two letters.
    pub state: String,
}

impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Place").finish_non_exhaustive()
    }
}

#[derive(Clone, PartialEq, Eq)]
pub enum JoinAsk {
    Address {
        cep: String,
    },
    /// What is sold at a CEP, or at all.
    Offers {
        cep: Option<String>,
    },
    DueDays,
    /// Made once.
    Register {
        by: JoinBy,
        prospect: Box<Prospect>,
    },
    /// Another product for somebody who is a customer. Made once.
    Order {
        customer: CustomerId,
        prospect: Box<Prospect>,
    },
}

impl JoinAsk {
    /// Whether it changes something: then it is asked once, and not called off.
    #[must_use]
    pub fn changes(&self) -> bool {
        matches!(self, JoinAsk::Register { .. } | JoinAsk::Order { .. })
    }

    /// For the log: without anything of the person.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            JoinAsk::Address { .. } => "address",
            JoinAsk::Offers { .. } => "offers",
            JoinAsk::DueDays => "due_days",
            JoinAsk::Register { .. } => "register",
            JoinAsk::Order { .. } => "order",
        }
    }
}

impl fmt::Debug for JoinAsk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JoinTold {
    /// Nothing where nobody could tell: it is typed then.
    Address(Option<Place>),
    Offers(Vec<Offer>),
    /// The ERP says that it does not sell there, in its words.
    NotServed {
        why: String,
    },
    DueDays(Vec<Named>),
    /// Its number, where the ERP gives one.
    Registered(Change<Option<String>>),
}
