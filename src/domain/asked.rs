//! What a customer who has shown who they are asks of the provider beside paying, and what the provider answers.

use super::changes::{Carried, Look, Seen, Wish};
use super::service::{AnnualSettlement, Change, FiscalNote, Named, NewTicket, PaidBill, Ticket, Unlocked};
use super::{Contract, ContractId};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ask {
    /// What the provider holds against the customer, in its words.
    Pendency,
    /// The contracts and their state, read afresh.
    Contracts,
    Tickets,
    TicketKinds,
    PaidBills,
    FiscalNotes,
    AnnualSettlements,
    Unlock {
        contract: ContractId,
    },
    OpenTicket(Box<NewTicket>),
    Look(Look),
    Change(Box<Wish>),
}

impl Ask {
    /// Whether it changes something: then it is asked once, and an unknown end is looked up.
    #[must_use]
    pub fn changes(&self) -> bool {
        matches!(self, Ask::Unlock { .. } | Ask::OpenTicket(_) | Ask::Change(_))
    }

    /// For the log: without anything of the customer.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Ask::Pendency => "pendency",
            Ask::Contracts => "contracts",
            Ask::Tickets => "tickets",
            Ask::TicketKinds => "ticket_kinds",
            Ask::PaidBills => "paid_bills",
            Ask::FiscalNotes => "fiscal_notes",
            Ask::AnnualSettlements => "annual_settlements",
            Ask::Unlock { .. } => "unlock",
            Ask::OpenTicket(_) => "open_ticket",
            Ask::Look(look) => look.name(),
            Ask::Change(wish) => wish.name(),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    Pendency(Vec<String>),
    Contracts(Vec<Contract>),
    Tickets(Vec<Ticket>),
    TicketKinds(Vec<Named>),
    /// Newest first.
    PaidBills(Vec<PaidBill>),
    FiscalNotes(Vec<FiscalNote>),
    AnnualSettlements(Vec<AnnualSettlement>),
    Unlocked(Change<Unlocked>),
    /// Its protocol.
    TicketOpened(Change<String>),
    Seen(Box<Seen>),
    /// The provider's no to a look, in its words.
    Refused {
        why: String,
    },
    Changed(Change<Carried>),
}
