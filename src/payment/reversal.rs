//! A confirmed card sale that a technician gives back (estorno), by the TEF's own cancellation.
//!
//! What of the bills is not yet written off is no longer owed then; what is written off a person takes back in the ERP.

use jiff::Timestamp;

use super::debt::Debt;
use super::fact::{Decision, Fact, SettledHow};
use super::state::{Payment, Stage};
use crate::domain::CardSale;

/// How far the giving back came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reversal {
    /// Asked of the TEF, and no answer is on record.
    Asked,
    /// The TEF's own transaction, to be confirmed like a sale.
    Approved(Box<CardSale>),
    Refused,
    /// Only the TEF knows.
    Unknown,
}

/// Why a payment is not given back at the TEF.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotReversible {
    NoCard,
    /// No sale is confirmed: there is nothing to give back.
    NotConfirmed,
    Already,
    /// It was asked for, and the TEF has not told what became of it.
    UnderWay,
    /// A write-off is out and nobody knows what became of it: that comes first.
    Unclear,
}

impl Payment {
    /// The sale that can be given back.
    pub fn reversible(&self) -> Result<&CardSale, NotReversible> {
        match (&self.stage, &self.reversal) {
            (_, Some(Reversal::Approved(_))) => Err(NotReversible::Already),
            (_, Some(Reversal::Asked | Reversal::Unknown)) => Err(NotReversible::UnderWay),
            _ if self.debts.iter().any(|debt| matches!(debt, Debt::Sent | Debt::Unclear)) => {
                Err(NotReversible::Unclear)
            }
            (Stage::CardFinal { sale, decision: Decision::Confirm }, _) => Ok(sale),
            _ if self.sale().is_none() => Err(NotReversible::NoCard),
            _ => Err(NotReversible::NotConfirmed),
        }
    }

    /// Whether the card sale was given back.
    #[must_use]
    pub fn is_reversed(&self) -> bool {
        matches!(self.reversal, Some(Reversal::Approved(_)))
    }

    /// Whether the sale may be on its way back: until the TEF tells, nothing is written off with it.
    #[must_use]
    pub fn is_reversal_unclear(&self) -> bool {
        matches!(self.reversal, Some(Reversal::Asked | Reversal::Unknown))
    }

    pub(super) fn reversal_fits(&self, fact: &Fact) -> bool {
        match fact {
            Fact::ReversalStarted { .. } => self.reversible().is_ok(),
            // the TEF may tell of it after it had told of nothing
            Fact::ReversalApproved { .. } => {
                matches!(self.reversal, Some(Reversal::Asked | Reversal::Unknown | Reversal::Refused))
            }
            _ => self.is_reversal_unclear(),
        }
    }

    /// What had come to its end goes on until the giving back has come to its own.
    pub(super) fn reverse(&mut self, fact: &Fact, at: Timestamp) {
        self.closed = false;
        if matches!(fact, Fact::ReversalStarted { .. }) {
            self.waiting_since = at;
        }
        self.reversal = Some(match fact {
            Fact::ReversalApproved { sale } => {
                self.reversed_at = Some(at);
                for debt in &mut self.debts {
                    if !matches!(debt, Debt::Settled(_)) {
                        *debt = Debt::Settled(SettledHow::Reversed);
                    }
                }
                Reversal::Approved(sale.clone())
            }
            Fact::ReversalRefused { .. } => Reversal::Refused,
            Fact::ReversalUnknown { .. } => Reversal::Unknown,
            _ => Reversal::Asked,
        });
    }
}
