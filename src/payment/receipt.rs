//! The receipt that a payment's facts justify.

use jiff::civil::DateTime;

use super::reversal::Reversal;
use super::state::{Payment, Received, Stage};
use crate::domain::receipt::{Beneficiary, GivenBack, Means, Receipt, ReceiptItem};
use crate::domain::{Money, calendar};

/// Why a payment has no receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoReceipt {
    /// No money is certain to have come.
    NothingReceived,
    /// It is being given back, and nobody knows yet whether it was.
    GivingBack,
}

impl Payment {
    /// The receipt for the customer; none while no money is certain to have come. A card sale has its first receipt from
    /// the approval on, because the paper comes out before the TEF is told to keep the sale; a second copy (with the time
    /// at which it is made) only of a sale that is kept. Of a sale that was given back the paper says that.
    pub fn receipt_for(
        &self,
        beneficiary: &Beneficiary,
        totem: &str,
        copy: Option<DateTime>,
    ) -> Result<Receipt, NoReceipt> {
        if self.is_reversal_unclear() {
            return Err(NoReceipt::GivingBack);
        }
        let (means, at, came) = match &self.received {
            Some(Received::Pix { end_to_end, at, amount }) => {
                let txid = match &self.stage {
                    Stage::PixReceived { charge, .. } => Some(charge.txid.clone()),
                    _ => None,
                };
                (Means::Pix { end_to_end: end_to_end.clone(), txid }, calendar::sao_paulo(*at), *amount)
            }
            Some(Received::Card(sale)) => (Means::Card((**sale).clone()), sale.at.unwrap_or(self.local), sale.amount),
            None => {
                let sale = self.sale().filter(|sale| {
                    let is_decided = matches!(self.stage, Stage::CardDecided { .. } | Stage::CardFinal { .. });
                    !is_decided && copy.is_none() && sale.amount == self.total()
                });
                let sale = sale.ok_or(NoReceipt::NothingReceived)?;
                (Means::Card(sale.clone()), sale.at.unwrap_or(self.local), sale.amount)
            }
        };
        Ok(Receipt {
            beneficiary: beneficiary.clone(),
            heads: self.receipt_heads(&means),
            totem: totem.to_owned(),
            protocol: self.id.protocol(),
            at,
            payer: self.payer.short_name.clone(),
            payer_tax_id: self.payer.tax_id_masked.clone(),
            items: self
                .items
                .iter()
                .map(|item| ReceiptItem {
                    number: item.number.clone(),
                    description: item.description.clone(),
                    due: item.due,
                    charge: item.charge,
                })
                .collect(),
            total: self.total(),
            received: Some(came).filter(|came| *came != self.total()),
            given_back: self.sale_given_back(came),
            means,
            write_off: self.write_off_state(),
            copy,
        })
    }

    /// The TEF's text for the customer that belongs to the receipt: of the giving back, where the sale was given back.
    #[must_use]
    pub fn customer_copy(&self) -> &[String] {
        match (&self.reversal, self.sale()) {
            (Some(Reversal::Approved(back)), _) => &back.customer_copy,
            (_, Some(sale)) => &sale.customer_copy,
            _ => &[],
        }
    }

    fn sale_given_back(&self, came: Money) -> Option<GivenBack> {
        let Some(Reversal::Approved(back)) = &self.reversal else { return None };
        let at = back.at.or_else(|| self.reversed_at.map(calendar::sao_paulo)).unwrap_or(self.local);
        // a TEF need not repeat the amount: what is given back is the sale
        let amount = if back.amount.is_zero() { came } else { back.amount };
        Some(GivenBack { at, amount })
    }

    /// What the ERP wants above it, the same text once.
    fn receipt_heads(&self, means: &Means) -> Vec<String> {
        let mut heads: Vec<String> = Vec::new();
        for item in &self.items {
            let head = match means {
                Means::Card(_) => &item.receipt_heads.card,
                Means::Pix { .. } => &item.receipt_heads.pix,
            };
            if let Some(head) = head.as_ref().filter(|head| !head.trim().is_empty() && !heads.contains(head)) {
                heads.push(head.clone());
            }
        }
        heads
    }
}
