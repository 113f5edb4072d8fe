//! What a customer asks of the ERP, as far as the money that is under way has a say in it.

use jiff::Timestamp;

use super::Core;
use super::answers::failure;
use crate::domain::Customer;
use crate::domain::asked::{Ask, Told};
use crate::domain::changes::{Carried, Look, Wish};
use crate::domain::service::Change;
use crate::erp;
use crate::journey::{Attempt, Event};
use crate::runtime::call::Call;

impl Core {
    /// A bill that a payment of this totem holds is not negotiated: its money would then belong to no bill.
    pub(super) fn serve(&mut self, attempt: Attempt, customer: Customer, ask: Ask) {
        let held = self.settling(&customer.id);
        let ask = match ask {
            Ask::Look(Look::Offers { mut bills }) => {
                bills.retain(|bill| !held.contains(bill));
                Ask::Look(Look::Offers { bills })
            }
            Ask::Change(wish) => match *wish {
                Wish::Negotiate(offer) if offer.bills.iter().any(|bill| held.contains(bill)) => {
                    tracing::warn!("a bill that is being paid is not negotiated");
                    let told = Ok(Told::Changed(Change::Refused { why: String::new() }));
                    return self.events.push(Event::Served { attempt, told });
                }
                wish => Ask::Change(Box::new(wish)),
            },
            ask => ask,
        };
        self.calls.push(Call::Serve { attempt, customer, ask });
    }

    pub(super) fn served(
        &mut self,
        attempt: Attempt,
        ask: &'static str,
        result: Result<Told, erp::Error>,
        now: Timestamp,
    ) {
        match &result {
            Err(error) => tracing::warn!(ask, %error, "the ERP did not do what a customer asked"),
            Ok(Told::Changed(Change::Done(Carried { otherwise: Some(made), .. }))) => {
                self.gauge.otherwise += 1;
                tracing::error!(
                    instalments = made.len(),
                    "the ERP made a negotiation, and not on the terms that the customer agreed to"
                );
            }
            Ok(Told::Refused { .. }) => tracing::warn!(ask, "the ERP refuses what a customer asked"),
            Ok(_) => {}
        }
        self.wake_if(result.is_ok(), now);
        self.events.push(Event::Served { attempt, told: result.map_err(|error| failure(&error)) });
    }
}
