//! A bill whose PDF says other bars than the provider's system, on the list of what needs a person.

use super::pix::{SEEN_TO, try_row_id};
use super::{Account, NOTES};
use crate::domain::InvoiceId;
use crate::journey::step::PanelNote;

/// What a look into it can be written down with.
const LOOKED_INTO: [PanelNote; 3] = [
    PanelNote { id: "corrected", text: "o ERP foi corrigido: o PDF agora confere" },
    PanelNote { id: "forged", text: "o PDF é falso: o provedor e o banco foram avisados" },
    PanelNote { id: "harmless", text: "conferido: o boleto do PDF também é do provedor" },
];

/// Before the bill's id, on a list of payments.
const BILL: &str = "bill:";

/// As a row of the list is called.
#[must_use]
pub fn row_id(invoice: &InvoiceId) -> String {
    format!("{BILL}{invoice}")
}

/// The bill of such a row.
#[must_use]
pub fn bill_of(row: &str) -> Option<InvoiceId> {
    row.strip_prefix(BILL).map(InvoiceId::from)
}

impl Account {
    /// The protocol, or the row of the list.
    pub(super) fn called(&self) -> String {
        match (&self.doubt, &self.pix_try) {
            (Some(invoice), _) => row_id(invoice),
            (None, Some(txid)) => try_row_id(txid),
            (None, None) => self.id.protocol(),
        }
    }

    /// What a decision about it can be written down with.
    pub(super) fn notes(&self) -> &'static [PanelNote] {
        match (&self.doubt, &self.pix_try) {
            (Some(_), _) => &LOOKED_INTO,
            (None, Some(_)) => &SEEN_TO,
            (None, None) => &NOTES,
        }
    }
}
