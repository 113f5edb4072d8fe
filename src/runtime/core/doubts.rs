//! Bills whose PDF says other bars than the provider's system, or whose slip or PIX code is another bill's: not shown, and
//! a person's until one has looked into them.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::Core;
use crate::domain::document::{NoDocument, OpenDocument};
use crate::domain::{DeskFact, DocumentRef, InvoiceId};
use crate::journey::step::PanelRow;
use crate::journey::technician::Account;
use crate::journey::{Attempt, Event};

/// Each with when it was first found.
pub type Doubts = BTreeMap<InvoiceId, Timestamp>;

impl Core {
    /// What an earlier run found and nobody has looked into.
    pub(super) fn remember_doubts(&mut self) {
        let found = self.ledger.doubted();
        let found = found.inspect_err(|why| tracing::warn!(why, "the journal does not tell which bills are in doubt"));
        for note in found.unwrap_or_default() {
            if let DeskFact::DocumentDiffers { invoice } = note.fact {
                self.service.doubts.insert(invoice, note.at);
            }
        }
    }

    /// It may be a forgery, or the ERP's mistake. A bill that waits for a person already is not written down again.
    pub(super) fn document_found(
        &mut self,
        attempt: Attempt,
        what: &DocumentRef,
        result: Result<Box<OpenDocument>, NoDocument>,
        now: Timestamp,
    ) {
        if let (Err(NoDocument::Different), DocumentRef::Bill { bill, .. }) = (&result, what) {
            self.note_doubt(&bill.invoice, now);
        }
        self.events.push(Event::DocumentFound { attempt, result });
    }

    pub(super) fn note_doubt(&mut self, invoice: &InvoiceId, now: Timestamp) {
        tracing::error!(invoice = %invoice.0, "what the ERP holds for this bill is another's: it is not shown");
        if !self.service.doubts.contains_key(invoice)
            && self.note(DeskFact::DocumentDiffers { invoice: invoice.clone() }, now)
        {
            self.service.doubts.insert(invoice.clone(), now);
        }
    }

    pub(super) fn doubt_rows(&self) -> impl Iterator<Item = PanelRow> {
        self.service.doubts.iter().filter_map(|(invoice, at)| self.service.words.doubt_row(invoice, *at))
    }

    pub(super) fn doubt(&self, invoice: &InvoiceId) -> Option<Account> {
        let at = self.service.doubts.get(invoice)?;
        Some(Account { can_resolve: true, ..self.service.words.doubt(invoice, *at)? })
    }

    pub(super) fn looked_into(&mut self, invoice: &InvoiceId, by: String, note: &str, now: Timestamp) -> bool {
        let fact = DeskFact::DocumentLookedInto { by, invoice: invoice.clone(), note: note.to_owned() };
        let done = self.service.doubts.contains_key(invoice) && self.note(fact, now);
        if done {
            self.service.doubts.remove(invoice);
        }
        done
    }
}
