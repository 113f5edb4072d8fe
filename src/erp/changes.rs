//! What an ERP can be asked to change on a customer's own word, and what is looked at before.

use jiff::civil::Date;

use super::{Capability, Reply, unsupported};
use crate::domain::changes::{Carried, Correction, DueDays, Offer, Pausable, Slot, Visit};
use crate::domain::service::Change;
use crate::domain::{ContractId, CustomerId, InvoiceId, Typed};

/// The part of the port that changes something of a customer's. A change is sent once: the transport never repeats it. An
/// error means that it was certainly not done.
pub trait Changes: Send + Sync {
    /// Whether a change of this kind is only a request to the provider's staff.
    fn only_asks(&self, _capability: Capability) -> bool {
        false
    }

    /// The contract's due day, and those that it may have instead.
    fn due_days<'a>(&'a self, _customer: &'a CustomerId, _contract: &'a ContractId) -> Reply<'a, DueDays> {
        unsupported(Capability::ChangeDueDay)
    }

    /// `from` and `to` are ids of `due_days`.
    fn change_due_day<'a>(
        &'a self,
        _customer: &'a CustomerId,
        _contract: &'a ContractId,
        _from: &'a str,
        _to: &'a str,
    ) -> Reply<'a, Change<Carried>> {
        unsupported(Capability::ChangeDueDay)
    }

    fn set_notifications<'a>(&'a self, _customer: &'a CustomerId, _on: bool) -> Reply<'a, Change<Carried>> {
        unsupported(Capability::Notifications)
    }

    /// With the subscriber's own password, which is kept by nobody.
    fn digital_invoice<'a>(&'a self, _customer: &'a CustomerId, _password: &'a Typed) -> Reply<'a, Change<Carried>> {
        unsupported(Capability::DigitalInvoice)
    }

    /// On which terms these bills become new ones; empty where there are none.
    fn terms<'a>(&'a self, _customer: &'a CustomerId, _bills: &'a [InvoiceId]) -> Reply<'a, Vec<Offer>> {
        unsupported(Capability::Negotiation)
    }

    /// On the terms that the ERP offered.
    fn negotiate<'a>(&'a self, _customer: &'a CustomerId, _offer: &'a Offer) -> Reply<'a, Change<Carried>> {
        unsupported(Capability::Negotiation)
    }

    /// To come, and those made that can be rated.
    fn visits<'a>(&'a self, _customer: &'a CustomerId) -> Reply<'a, Vec<Visit>> {
        unsupported(Capability::Visits)
    }

    /// When the visit could be made instead, the soonest first.
    fn slots<'a>(&'a self, _customer: &'a CustomerId, _visit: &'a str) -> Reply<'a, Vec<Slot>> {
        unsupported(Capability::MoveVisit)
    }

    fn move_visit<'a>(
        &'a self,
        _customer: &'a CustomerId,
        _visit: &'a str,
        _slot: &'a Slot,
    ) -> Reply<'a, Change<Carried>> {
        unsupported(Capability::MoveVisit)
    }

    fn cancel_visit<'a>(&'a self, _customer: &'a CustomerId, _visit: &'a str) -> Reply<'a, Change<Carried>> {
        unsupported(Capability::CancelVisit)
    }

    /// Marks from 0 to 10.
    fn rate_visit<'a>(
        &'a self,
        _customer: &'a CustomerId,
        _visit: &'a str,
        _technician: u8,
        _solution: u8,
    ) -> Reply<'a, Change<Carried>> {
        unsupported(Capability::RateVisit)
    }

    /// The contracts that could rest, and what is against it.
    fn pausable<'a>(&'a self, _customer: &'a CustomerId) -> Reply<'a, Vec<Pausable>> {
        unsupported(Capability::PauseContract)
    }

    fn pause_contract<'a>(
        &'a self,
        _customer: &'a CustomerId,
        _contract: &'a ContractId,
        _from: Date,
        _days: u16,
    ) -> Reply<'a, Change<Carried>> {
        unsupported(Capability::PauseContract)
    }

    /// The new password goes to the registered phone; nothing of it comes here.
    fn reset_app_password<'a>(&'a self, _customer: &'a CustomerId) -> Reply<'a, Change<Carried>> {
        unsupported(Capability::ResetAppPassword)
    }

    /// What is to be accepted, as a PDF file.
    fn contract_pdf<'a>(&'a self, _customer: &'a CustomerId, _contract: &'a ContractId) -> Reply<'a, Vec<u8>> {
        unsupported(Capability::ContractPdf)
    }

    /// Only on the word of a customer who has read it.
    fn accept_contract<'a>(
        &'a self,
        _customer: &'a CustomerId,
        _contract: &'a ContractId,
    ) -> Reply<'a, Change<Carried>> {
        unsupported(Capability::AcceptContract)
    }

    fn correct_profile<'a>(
        &'a self,
        _customer: &'a CustomerId,
        _correction: &'a Correction,
    ) -> Reply<'a, Change<Carried>> {
        unsupported(Capability::CorrectProfile)
    }
}
