//! Which fact makes sense where a payment stands. One that does not — told twice, or too late — changes nothing.

use super::fact::Fact;
use super::state::{Debt, Payment, Stage};
use crate::domain::InvoiceId;

impl Payment {
    pub(super) fn fits(&self, fact: &Fact) -> bool {
        use Stage::{
            Asked, CardApproved, CardAtTef, CardDecided, CardPrinted, CardPrinting, CardUnclear, PixAsked, PixShown,
        };
        let owes = |invoice: &InvoiceId, wanted: &[Debt]| self.debt(invoice).is_some_and(|debt| wanted.contains(&debt));
        match fact {
            Fact::Opened { .. } => false,
            Fact::CardStarted | Fact::PixStarted { .. } => self.stage == Asked,
            Fact::CardApproved { .. } | Fact::CardNotFound => matches!(self.stage, CardAtTef | CardUnclear),
            Fact::CardRefused { .. } | Fact::CardUnknown { .. } => self.stage == CardAtTef,
            Fact::ReceiptStarted => matches!(self.stage, CardApproved { .. }),
            Fact::ReceiptPrinted { .. } => matches!(self.stage, CardPrinting { .. }),
            Fact::Decided { .. } => {
                matches!(self.stage, CardApproved { .. } | CardPrinting { .. } | CardPrinted { .. })
            }
            Fact::Finalized => matches!(self.stage, CardDecided { .. }),
            Fact::PixCharged { .. } | Fact::PixRefused { .. } => self.stage == PixAsked,
            Fact::PixAbandoned => matches!(self.stage, Asked | PixAsked | PixShown { .. }),
            Fact::PixEnded => matches!(self.stage, PixShown { .. }),
            Fact::WriteOffSent { invoice } => owes(invoice, &[Debt::Owed, Debt::FoundOpen]),
            Fact::WriteOffUnknown { invoice, .. } => owes(invoice, &[Debt::Sent, Debt::Unclear]),
            Fact::BillFoundOpen { invoice } | Fact::PaidElsewhere { invoice } => {
                owes(invoice, &[Debt::Owed, Debt::Sent, Debt::Unclear])
            }
            Fact::WriteOffRejected { invoice, .. } => owes(invoice, &[Debt::Sent]),
            Fact::ReversalStarted { .. }
            | Fact::ReversalApproved { .. }
            | Fact::ReversalRefused { .. }
            | Fact::ReversalUnknown { .. } => self.reversal_fits(fact),
            Fact::WriteOffSettled { .. }
            | Fact::PixPaid { .. }
            | Fact::Interrupted
            | Fact::PersonCalled { .. }
            | Fact::Resolved { .. }
            | Fact::Closed => true,
        }
    }
}
