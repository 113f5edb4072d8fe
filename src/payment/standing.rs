//! What a payment's facts let a screen say. Never more than is known.

use super::debt::Debt;
use super::fact::{Decision, Method, PrintResult, Refusal, SettledHow};
use super::state::{Payment, Stage};
use crate::domain::receipt::WriteOffState;
use crate::domain::{ConfirmedBy, PixCharge};

/// The truth about a payment, for the person who made it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// Nothing is decided: the customer is at the pinpad, or a code is being made.
    Asking,
    /// The card was approved and the receipt is coming out.
    Printing,
    PixShown(PixCharge),
    /// Decided, or out of sight: being found out. Do not pay again.
    Confirming,
    NotCharged {
        message: String,
        why: Refusal,
    },
    Undone {
        network: String,
        nsu: String,
        acknowledged: bool,
    },
    Paid {
        write_off: WriteOffState,
        receipt: Option<PrintResult>,
    },
}

impl Payment {
    #[must_use]
    pub fn standing(&self) -> Standing {
        match &self.stage {
            Stage::Asked | Stage::CardAtTef | Stage::PixAsked => Standing::Asking,
            Stage::CardUnclear => Standing::Confirming,
            Stage::CardApproved { mismatched: true, sale } if !sale.must_be_finalized => Standing::Confirming,
            Stage::CardApproved { mismatched: true, sale }
            | Stage::CardDecided { sale, decision: Decision::Undo(_) } => {
                Standing::Undone { network: sale.network.clone(), nsu: sale.nsu.clone(), acknowledged: false }
            }
            Stage::CardApproved { .. } | Stage::CardPrinting { .. } | Stage::CardPrinted { .. } => Standing::Printing,
            Stage::CardDecided { decision: Decision::Confirm, .. } => Standing::Confirming,
            Stage::CardFinal { sale, decision: Decision::Undo(_) } => {
                Standing::Undone { network: sale.network.clone(), nsu: sale.nsu.clone(), acknowledged: true }
            }
            Stage::CardFinal { sale, .. } if sale.amount != self.total() => Standing::Confirming,
            Stage::CardFinal { decision: Decision::Confirm, .. } => self.paid(),
            Stage::PixShown { charge, abandoned: false } if !self.interrupted => Standing::PixShown(charge.clone()),
            Stage::PixShown { .. } => Standing::Confirming,
            Stage::PixReceived { exact: false, charge } if charge.confirmed_by == ConfirmedBy::Bank => {
                Standing::Confirming
            }
            Stage::PixReceived { .. } => self.paid(),
            Stage::PixOver { .. } => Standing::NotCharged { message: String::new(), why: Refusal::NoPix },
            Stage::NotCharged { message, why } => Standing::NotCharged { message: message.clone(), why: *why },
        }
    }

    fn paid(&self) -> Standing {
        Standing::Paid { write_off: self.write_off_state(), receipt: self.receipt }
    }

    /// What the ERP has said so far, over all bills.
    #[must_use]
    pub fn write_off_state(&self) -> WriteOffState {
        let by_erp = match &self.stage {
            Stage::PixReceived { charge, .. } => charge.confirmed_by != ConfirmedBy::Bank,
            _ => false,
        };
        if by_erp || self.debts.iter().all(|debt| *debt == Debt::Settled(SettledHow::ByErp)) {
            WriteOffState::ByErp
        } else if self.debts.iter().all(|debt| matches!(debt, Debt::Settled(_))) {
            WriteOffState::Settled
        } else if self.by_hand {
            WriteOffState::ByHand
        } else {
            WriteOffState::Owed
        }
    }

    /// `pix`, or the name of the card's kind.
    #[must_use]
    pub fn method_name(&self) -> &'static str {
        match self.method {
            Method::Pix => "pix",
            Method::Card { kind, .. } => kind.name(),
        }
    }
}
