//! A bill that was found by what a reader read, with what this totem knows of it.

use super::Core;
use super::answers::failure;
use crate::domain::{Customer, InvoiceId, InvoiceState};
use crate::erp;
use crate::journey::{Attempt, ByCode, Event};

impl Core {
    pub(super) fn found_by_code(
        &mut self,
        attempt: Attempt,
        result: Result<Option<(Customer, InvoiceId, InvoiceState)>, erp::Error>,
    ) {
        let result = match result {
            Ok(found) => Ok(found.map(|(customer, invoice, state)| {
                let settling = self.settling(&customer.id);
                Box::new(ByCode { customer, invoice, state, settling })
            })),
            Err(error) => {
                tracing::warn!(%error, "the ERP did not say whose bill was scanned");
                Err(failure(&error))
            }
        };
        self.events.push(Event::CodeFound { attempt, result });
    }
}
