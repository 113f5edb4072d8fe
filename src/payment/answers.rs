//! What an answer from the ERP means for a payment: the same words mean different things after different facts.

use jiff::Timestamp;

use super::fact::{Fact, PersonWhy, SettledHow};
use super::state::{Debt, Payment, Stage};
use crate::domain::service::Change;
use crate::domain::{InvoiceId, InvoiceState, PixReceipt, WriteOffOutcome};

/// Why an ERP gave no word on a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TicketLost {
    /// Certainly not executed.
    OutOfReach(String),
    Refused(String),
    Unclear(String),
}

impl Payment {
    /// The fact that an answer to a write-off makes. "Already settled" is our own work only where an earlier write-off
    /// of ours went unanswered.
    #[must_use]
    pub fn write_off_answered(&self, invoice: &InvoiceId, outcome: WriteOffOutcome) -> Fact {
        let invoice = invoice.clone();
        match outcome {
            WriteOffOutcome::Applied => Fact::WriteOffSettled { invoice, how: SettledHow::Applied },
            WriteOffOutcome::AlreadySettled if self.sends(&invoice) > 1 => {
                Fact::WriteOffSettled { invoice, how: SettledHow::FoundPaid }
            }
            WriteOffOutcome::AlreadySettled => Fact::PaidElsewhere { invoice },
            WriteOffOutcome::Rejected { why } => Fact::WriteOffRejected { invoice, why },
            WriteOffOutcome::Unknown { why } => Fact::WriteOffUnknown { invoice, why },
        }
    }

    /// The fact that a fresh look at a bill makes: before a late write-off, after an unanswered one, and while a person
    /// is to make it.
    #[must_use]
    pub fn bill_read(&self, invoice: &InvoiceId, state: &InvoiceState) -> Option<Fact> {
        let debt = self.debt(invoice).filter(Debt::is_under_way)?;
        let invoice = invoice.clone();
        let elsewhere = Fact::PaidElsewhere { invoice: invoice.clone() };
        let may_be_ours = self.sends(&invoice) > 0 || self.was_called(PersonWhy::ByHand);
        match state {
            // known already, or nothing new to whom it is left to
            InvoiceState::Open(_) if debt == Debt::FoundOpen || self.was_called(PersonWhy::ByHand) => None,
            InvoiceState::Open(_) => Some(Fact::BillFoundOpen { invoice }),
            InvoiceState::Paid { .. } | InvoiceState::Gone if !may_be_ours => Some(elsewhere),
            // ours bears the date of our money
            InvoiceState::Paid { on: Some(on) } if self.paid_on().is_some_and(|ours| *on < ours) => Some(elsewhere),
            InvoiceState::Paid { .. } | InvoiceState::Gone => {
                Some(Fact::WriteOffSettled { invoice, how: SettledHow::FoundPaid })
            }
        }
    }

    /// The facts that all Pix seen for a charge make: the first pays it, and each further one goes back.
    #[must_use]
    pub fn pix_seen(&self, receipts: Vec<PixReceipt>) -> Vec<Fact> {
        let mut receipts = receipts.into_iter();
        let mut facts = Vec::new();
        if matches!(self.stage, Stage::PixShown { .. } | Stage::PixOver { .. }) {
            let paid =
                |PixReceipt { end_to_end, amount, at }| Fact::PixPaid { amount, end_to_end: Some(end_to_end), at };
            facts.extend(receipts.next().map(paid));
        }
        let new = receipts.filter(|receipt| !receipt.amount.is_zero() && !self.knows_pix(&receipt.end_to_end));
        facts.extend(new.map(|receipt| Fact::PixPaidAgain { receipt }));
        facts
    }

    /// The fact that the ERP's answer about a ticket makes. What is not certain is never asked again.
    #[must_use]
    pub fn ticket_answered(result: Result<Change<String>, TicketLost>) -> Fact {
        match result {
            Ok(Change::Done(protocol)) => Fact::TicketOpened { protocol },
            Ok(Change::Refused { why }) => Fact::TicketRefused { why },
            Ok(Change::Unknown { why }) => Fact::TicketUnknown { why },
            Err(TicketLost::OutOfReach(why)) => Fact::TicketUnsent { why },
            Err(TicketLost::Refused(why)) => Fact::TicketRefused { why },
            Err(TicketLost::Unclear(why)) => Fact::TicketUnknown { why },
        }
    }

    /// The fact that a look at the bill makes while its PIX code is out: the ERP's bank settled it.
    #[must_use]
    pub fn bill_seen(&self, state: &InvoiceState, at: Timestamp) -> Option<Fact> {
        match state {
            InvoiceState::Paid { .. } => Some(Fact::PixPaid { amount: self.total(), end_to_end: None, at }),
            InvoiceState::Open(_) | InvoiceState::Gone => None,
        }
    }
}
