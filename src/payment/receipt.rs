//! The receipt that a payment's facts justify.

use jiff::civil::DateTime;

use super::state::{Payment, Received, Stage};
use crate::domain::calendar;
use crate::domain::receipt::{Beneficiary, Means, Receipt, ReceiptItem};

impl Payment {
    /// The receipt for the customer; nothing while no money is certain to have come. A card sale has its receipt from
    /// the approval on, because the paper comes out before the TEF is told to keep the sale.
    #[must_use]
    pub fn receipt_for(&self, beneficiary: &Beneficiary, totem: &str, copy: Option<DateTime>) -> Option<Receipt> {
        let (means, at) = match &self.received {
            Some(Received::Pix { end_to_end, at, .. }) => {
                let txid = match &self.stage {
                    Stage::PixReceived { charge, .. } => Some(charge.txid.clone()),
                    _ => None,
                };
                (Means::Pix { end_to_end: end_to_end.clone(), txid }, calendar::sao_paulo(*at))
            }
            Some(Received::Card(sale)) => (Means::Card((**sale).clone()), sale.at.unwrap_or(self.local)),
            None => {
                if matches!(self.stage, Stage::CardDecided { .. } | Stage::CardFinal { .. }) {
                    return None;
                }
                let sale = self.sale()?;
                (Means::Card(sale.clone()), sale.at.unwrap_or(self.local))
            }
        };
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
        Some(Receipt {
            beneficiary: beneficiary.clone(),
            heads,
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
            means,
            write_off: self.write_off_state(),
            copy,
        })
    }
}
