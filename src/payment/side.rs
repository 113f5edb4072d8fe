//! What happens beside the money: the ticket that asks a person in the ERP for a write-off, and what was given back.

use super::fact::Fact;
use super::state::{Payment, Stage};
use crate::domain::Money;

/// A ticket at the ERP. It is opened once, and an unknown outcome is never repeated.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ticket {
    pub state: TicketState,
    /// How often the ERP was out of reach for it.
    pub unsent: u32,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum TicketState {
    #[default]
    None,
    /// It is on its way to the ERP.
    Started,
    Opened(String),
    Refused,
    Unknown,
}

/// So often an ERP that is out of reach is asked for one.
const TRIES: u32 = 5;

impl Ticket {
    /// Whether one is still to be asked for.
    #[must_use]
    pub fn is_wanted(&self) -> bool {
        self.state == TicketState::None && self.unsent < TRIES
    }

    pub(super) fn hear(&mut self, fact: &Fact) {
        self.state = match fact {
            Fact::TicketStarted => TicketState::Started,
            Fact::TicketOpened { protocol } => TicketState::Opened(protocol.clone()),
            Fact::TicketRefused { .. } => TicketState::Refused,
            Fact::TicketUnsent { .. } => {
                self.unsent += 1;
                TicketState::None
            }
            _ => TicketState::Unknown,
        };
    }

    pub(super) fn interrupt(&mut self) {
        if self.state == TicketState::Started {
            self.state = TicketState::Unknown;
        }
    }
}

/// One devolução that a person asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refund {
    pub id: String,
    pub end_to_end: String,
    pub amount: Money,
    /// In the bank's words; nothing while the bank has not said.
    pub status: Option<String>,
    /// A person has seen to one of which the bank did not say what became of it.
    pub settled: bool,
}

/// The bank's word for one that did not happen.
const NOT_MADE: &str = "NAO_REALIZADO";

impl Refund {
    #[must_use]
    pub fn is_unclear(&self) -> bool {
        self.status.is_none() && !self.settled
    }

    /// Whether the money went, or may have gone.
    #[must_use]
    pub fn may_have_happened(&self) -> bool {
        self.status.as_deref() != Some(NOT_MADE)
    }
}

impl Payment {
    pub(super) fn hear_of_refund(&mut self, fact: &Fact) {
        match fact {
            Fact::RefundStarted { id, end_to_end, amount, .. } => {
                self.closed = false;
                self.refunds.retain(|known| known.id != *id);
                self.refunds.push(Refund {
                    id: id.clone(),
                    end_to_end: end_to_end.clone(),
                    amount: *amount,
                    status: None,
                    settled: false,
                });
            }
            Fact::RefundAnswered { id, status, .. } => {
                for refund in self.refunds.iter_mut().filter(|refund| refund.id == *id) {
                    refund.status = Some(status.clone());
                }
            }
            _ => {}
        }
    }

    /// Whether this Pix came for this payment. What bears the charge's own name is the one that paid it: there a charge is
    /// one Pix, and older facts may know it by another of its names.
    #[must_use]
    pub fn knows_pix(&self, end_to_end: &str) -> bool {
        let paid_charge = match &self.stage {
            Stage::PixReceived { charge, .. } => Some(charge.txid.as_str()),
            _ => None,
        };
        paid_charge == Some(end_to_end) || self.pix_amount(end_to_end).is_some()
    }

    /// What came with this Pix.
    #[must_use]
    pub fn pix_amount(&self, end_to_end: &str) -> Option<Money> {
        let first = match &self.received {
            Some(super::Received::Pix { amount, end_to_end: Some(known), .. }) if known == end_to_end => Some(*amount),
            _ => None,
        };
        first.or_else(|| self.extras.iter().find(|extra| extra.end_to_end == end_to_end).map(|extra| extra.amount))
    }

    /// What of this Pix went back, or may have gone back, by other refunds than `id`.
    #[must_use]
    pub fn given_back(&self, end_to_end: &str, id: &str) -> Money {
        let others = |refund: &&Refund| refund.end_to_end == end_to_end && refund.id != id;
        self.refunds.iter().filter(others).filter(|refund| refund.may_have_happened()).map(|refund| refund.amount).sum()
    }
}
