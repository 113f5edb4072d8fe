//! Which fact makes sense where a payment stands. One that does not — told twice, or too late — changes nothing.

use super::debt::Debt;
use super::fact::{Fact, Method, Refusal};
use super::side::TicketState;
use super::state::{Payment, Stage};
use crate::domain::InvoiceId;

impl Payment {
    pub(super) fn fits(&self, fact: &Fact) -> bool {
        use Stage::{
            Asked, CardApproved, CardAtTef, CardDecided, CardPrinted, CardPrinting, CardUnclear, NotCharged, PixAsked,
            PixOver, PixShown,
        };
        let owes = |invoice: &InvoiceId, wanted: &[Debt]| self.debt(invoice).is_some_and(|debt| wanted.contains(&debt));
        match fact {
            Fact::Opened { .. } => false,
            Fact::CardStarted | Fact::PixStarted { .. } => self.stage == Asked,
            Fact::CardApproved { .. } | Fact::CardNotFound => matches!(self.stage, CardAtTef | CardUnclear),
            Fact::CardRefused { why: Refusal::NotStarted, .. } => matches!(self.stage, Asked | CardAtTef),
            Fact::CardRefused { .. } | Fact::CardUnknown { .. } => self.stage == CardAtTef,
            Fact::CardFound { .. } => {
                matches!(self.stage, NotCharged { .. }) && matches!(self.method, Method::Card { .. })
            }
            Fact::ReceiptStarted => matches!(self.stage, CardApproved { .. }),
            Fact::ReceiptPrinted { .. } => matches!(self.stage, CardPrinting { .. }),
            Fact::Decided { .. } => {
                matches!(self.stage, CardApproved { .. } | CardPrinting { .. } | CardPrinted { .. })
            }
            Fact::Finalized => matches!(self.stage, CardDecided { .. }),
            Fact::PixCharged { .. } | Fact::PixRefused { .. } => self.stage == PixAsked,
            Fact::PixAbandoned => matches!(self.stage, Asked | PixAsked | PixShown { .. }),
            Fact::PixEnded => matches!(self.stage, PixShown { .. }),
            Fact::PixPaid { .. } => matches!(self.stage, PixShown { .. } | PixOver { .. }),
            Fact::PixPaidAgain { receipt } => {
                matches!(self.stage, Stage::PixReceived { .. }) && !self.knows_pix(&receipt.end_to_end)
            }
            Fact::PixForgotten => self.watched_code().is_some(),
            Fact::WriteOffSent { invoice } => owes(invoice, &[Debt::Owed, Debt::FoundOpen]),
            Fact::WriteOffUnknown { invoice, .. } => owes(invoice, &[Debt::Sent, Debt::Unclear]),
            Fact::WriteOffUnsent { invoice, .. } => owes(invoice, &[Debt::Sent]),
            Fact::BillFoundOpen { invoice } => owes(invoice, &[Debt::Owed, Debt::Sent, Debt::Unclear]),
            Fact::PaidElsewhere { invoice } => self.debt(invoice).is_some_and(|debt| debt.is_under_way()),
            Fact::TicketStarted => self.ticket.is_wanted(),
            Fact::TicketOpened { .. }
            | Fact::TicketRefused { .. }
            | Fact::TicketUnknown { .. }
            | Fact::TicketUnsent { .. } => self.ticket.state == TicketState::Started,
            Fact::WriteOffRejected { invoice, .. } => owes(invoice, &[Debt::Sent]),
            Fact::ReversalStarted { .. }
            | Fact::ReversalApproved { .. }
            | Fact::ReversalRefused { .. }
            | Fact::ReversalUnknown { .. } => self.reversal_fits(fact),
            Fact::WriteOffSettled { .. }
            | Fact::ByHand
            | Fact::EarlierCode { .. }
            | Fact::RefundStarted { .. }
            | Fact::RefundAnswered { .. }
            | Fact::RefundUnknown { .. }
            | Fact::Interrupted
            | Fact::PersonCalled { .. }
            | Fact::Resolved { .. }
            | Fact::Closed => true,
        }
    }
}
