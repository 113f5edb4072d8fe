//! What an answer from the ERP means for a payment: the same words mean different things after different facts.

use jiff::Timestamp;

use super::fact::{Fact, SettledHow};
use super::state::{Debt, Payment};
use crate::domain::{InvoiceId, InvoiceState, WriteOffOutcome};

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

    /// The fact that a fresh look at a bill makes, before a late write-off and after an unanswered one.
    #[must_use]
    pub fn bill_read(&self, invoice: &InvoiceId, state: &InvoiceState) -> Option<Fact> {
        let debt = self.debt(invoice)?;
        if !matches!(debt, Debt::Owed | Debt::Unclear | Debt::Sent) {
            return None;
        }
        let invoice = invoice.clone();
        Some(match state {
            InvoiceState::Open(_) => Fact::BillFoundOpen { invoice },
            InvoiceState::Paid { .. } | InvoiceState::Gone if debt == Debt::Owed => Fact::PaidElsewhere { invoice },
            // ours bears the date of our money
            InvoiceState::Paid { on: Some(on) } if self.paid_on().is_some_and(|ours| *on < ours) => {
                Fact::PaidElsewhere { invoice }
            }
            InvoiceState::Paid { .. } | InvoiceState::Gone => {
                Fact::WriteOffSettled { invoice, how: SettledHow::FoundPaid }
            }
        })
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
