//! What an answer from the ERP means for a payment: the same words mean different things after different facts.

use jiff::Timestamp;

use super::debt::Debt;
use super::fact::{Fact, PersonWhy, SettledHow};
use super::state::{Payment, Stage};
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
    /// How many of the write-offs sent the ERP may have heard: with one of them, a bill that is paid may be our own work.
    #[must_use]
    pub fn may_have_arrived(&self, invoice: &InvoiceId) -> u32 {
        let mut unsent = self.items.iter().zip(&self.unsent);
        let unsent = unsent.find(|(item, _)| item.invoice == *invoice).map_or(0, |(_, unsent)| *unsent);
        self.sends(invoice).saturating_sub(unsent)
    }

    /// The fact that an answer to a write-off makes. "Already settled" is our own work only where an earlier write-off
    /// of ours went unanswered and may have arrived.
    #[must_use]
    pub fn write_off_answered(&self, invoice: &InvoiceId, outcome: WriteOffOutcome) -> Fact {
        let invoice = invoice.clone();
        match outcome {
            WriteOffOutcome::Applied => Fact::WriteOffSettled { invoice, how: SettledHow::Applied },
            WriteOffOutcome::AlreadySettled if self.may_have_arrived(&invoice) > 1 => {
                Fact::WriteOffSettled { invoice, how: SettledHow::FoundPaid }
            }
            WriteOffOutcome::AlreadySettled => Fact::PaidElsewhere { invoice },
            WriteOffOutcome::Rejected { why } => Fact::WriteOffRejected { invoice, why },
            WriteOffOutcome::Unknown { why } => Fact::WriteOffUnknown { invoice, why },
        }
    }

    /// The fact that a certainly unexecuted write-off makes.
    #[must_use]
    pub fn write_off_unsent(invoice: &InvoiceId, why: String) -> Fact {
        Fact::WriteOffUnsent { invoice: invoice.clone(), why }
    }

    /// The fact that a fresh look at a bill makes: before a late write-off, after an unanswered one, and while a person
    /// is to make it. All of it is decided from facts, so that a restart changes nothing.
    ///
    /// | the bill | nothing of ours may have arrived | a write-off of ours may have | a person makes it |
    /// |---|---|---|---|
    /// | open | it may be sent | it may be sent again | no news |
    /// | paid before our money came | somebody else paid it | the same | the same |
    /// | paid | somebody else paid it | done | done |
    /// | not listed as open, and this ERP lists nothing else | somebody else paid it | done: its only word for paid | no news |
    /// | in no list, though this ERP lists what is paid | somebody else paid it | no news: read again, then a person | no news |
    #[must_use]
    pub fn bill_read(&self, invoice: &InvoiceId, state: &InvoiceState) -> Option<Fact> {
        let debt = self.debt(invoice).filter(Debt::is_under_way)?;
        let invoice = invoice.clone();
        let elsewhere = Fact::PaidElsewhere { invoice: invoice.clone() };
        let (sent, by_hand) = (self.may_have_arrived(&invoice) > 0, self.was_called(PersonWhy::ByHand));
        match state {
            // known already, or nothing new to whom it is left to
            InvoiceState::Open(_) if debt == Debt::FoundOpen || by_hand => None,
            InvoiceState::Open(_) => Some(Fact::BillFoundOpen { invoice }),
            InvoiceState::Paid { .. } | InvoiceState::Gone | InvoiceState::Withdrawn if !sent && !by_hand => {
                Some(elsewhere)
            }
            // ours bears the date of our money
            InvoiceState::Paid { on: Some(on) } if self.paid_on().is_some_and(|ours| *on < ours) => Some(elsewhere),
            InvoiceState::Paid { .. } => Some(Fact::WriteOffSettled { invoice, how: SettledHow::FoundPaid }),
            InvoiceState::Gone if sent => Some(Fact::WriteOffSettled { invoice, how: SettledHow::FoundPaid }),
            // a bill that is merely not there proves no payment
            InvoiceState::Gone | InvoiceState::Withdrawn => None,
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
            InvoiceState::Open(_) | InvoiceState::Gone | InvoiceState::Withdrawn => None,
        }
    }
}
