//! What a customer asks the ERP to change: the look before, the change, and the look after an unknown end.

use super::Partners;
use super::serving::ended;
use crate::domain::asked::Told;
use crate::domain::changes::{Carried, Look, Seen, Stands, Wish};
use crate::domain::service::Change;
use crate::domain::{BillRef, CustomerId, InvoiceId, InvoiceState};
use crate::erp::{Capability, Erp, Error};
use crate::journey::Changing;

pub fn changing(erp: &dyn Erp) -> Changing {
    let can = |capability| erp.supports(capability).is_usable();
    Changing {
        due_day: can(Capability::ChangeDueDay),
        contacts: can(Capability::ChangeContacts),
        contacts_are_requests: erp.only_asks(Capability::ChangeContacts),
        shows_contacts: can(Capability::Contacts),
        notifications: can(Capability::Notifications),
        digital_invoice: can(Capability::DigitalInvoice),
        negotiation: can(Capability::Negotiation),
        visits: can(Capability::Visits),
        move_visit: can(Capability::MoveVisit),
        cancel_visit: can(Capability::CancelVisit),
        rate_visit: can(Capability::RateVisit),
        pause: can(Capability::PauseContract),
        app_password: can(Capability::ResetAppPassword),
        accepts_contract: can(Capability::AcceptContract),
        profile: can(Capability::CorrectProfile),
    }
}

impl Partners {
    pub(super) async fn look(&self, customer: &CustomerId, look: Look) -> Result<Told, Error> {
        let seen = match look {
            Look::DueDays { contract } => Seen::DueDays(self.erp.due_days(customer, &contract).await?),
            Look::Contacts => Seen::Contacts(self.erp.contacts(customer).await?),
            Look::Offers { bills } => Seen::Offers(self.erp.terms(customer, &bills).await?),
            Look::Bills { bills } => Seen::Bills(self.stand(customer, bills).await?),
            Look::Visits => Seen::Visits(self.erp.visits(customer).await?),
            Look::Slots { visit } => {
                let slots = self.erp.slots(customer, &visit).await?;
                Seen::Slots { visit, slots }
            }
            Look::Pausable => Seen::Pausable(self.erp.pausable(customer).await?),
        };
        Ok(Told::Seen(Box::new(seen)))
    }

    async fn stand(&self, customer: &CustomerId, bills: Vec<InvoiceId>) -> Result<Vec<(InvoiceId, Stands)>, Error> {
        let mut stand = Vec::with_capacity(bills.len());
        for invoice in bills {
            let bill = BillRef { customer: customer.clone(), invoice };
            let stands = match self.erp.invoice(&bill).await? {
                InvoiceState::Open(_) => Stands::Open,
                InvoiceState::Paid { .. } => Stands::Paid,
                InvoiceState::Withdrawn | InvoiceState::Gone => Stands::Gone,
            };
            stand.push((bill.invoice, stands));
        }
        Ok(stand)
    }

    pub(super) async fn change(&self, customer: &CustomerId, wish: &Wish) -> Result<Told, Error> {
        let change = match wish {
            Wish::DueDay { contract, from, to } => self.erp.change_due_day(customer, contract, from, to).await,
            Wish::Contacts(change) => self.erp.change_contacts(customer, change).await.map(|change| match change {
                Change::Done(()) => Change::Done(Carried {
                    protocol: None,
                    is_a_request: self.erp.only_asks(Capability::ChangeContacts),
                    ..Carried::default()
                }),
                Change::Refused { why } => Change::Refused { why },
                Change::Unknown { why } => Change::Unknown { why },
            }),
            Wish::Notifications { on } => self.erp.set_notifications(customer, *on).await,
            Wish::DigitalInvoice { password } => self.erp.digital_invoice(customer, password).await,
            Wish::Negotiate(offer) => self.erp.negotiate(customer, offer).await,
            Wish::MoveVisit { visit, slot } => self.erp.move_visit(customer, visit, slot).await,
            Wish::CancelVisit { visit } => self.erp.cancel_visit(customer, visit).await,
            Wish::RateVisit { visit, technician, solution } => {
                self.erp.rate_visit(customer, visit, *technician, *solution).await
            }
            Wish::Pause { contract, from, days } => self.erp.pause_contract(customer, contract, *from, *days).await,
            Wish::ResetAppPassword => self.erp.reset_app_password(customer).await,
            Wish::AcceptContract { contract } => self.erp.accept_contract(customer, contract).await,
            Wish::Correct(correction) => self.erp.correct_profile(customer, correction).await,
        };
        Ok(Told::Changed(ended(change)?))
    }
}
