//! The driver for WebService Cliente v2.6 (document 001), the interface of the Telco ERP.
//!
//! `#n` in a comment is the operation's number in the table of the document's calls. Only named fields of an answer
//! are read; a customer's document is asked of the ERP again each time it is needed, never kept.

mod bill;
mod changes;
mod changes_answer;
mod contract;
mod counter;
mod counter_answer;
mod look_up;
mod lookups;
mod papers;
mod person;
mod profile;
mod session;
mod settings;
mod shape;
mod standing;
mod visits;
mod write_off;

use std::collections::BTreeSet;
use std::sync::{PoisonError, RwLock};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Serialize;

use super::{Capability, Erp, Error, Lookup, Reply, Support, WriteOff, WriteOffOutcome};
use crate::domain::service::{
    Catalog, Change, Channel, Contact, ContactChange, Named, NewTicket, PaidBill, Ticket, Unlocked,
};
use crate::domain::{Account, BillRef, Boleto, ContractId, CustomerId, Factors, InvoiceState, TaxId};
use crate::http::{Client, Patience, SetUpError};
use session::Session;

pub use settings::{NotificationsId, Settings, WriteOffRow};

const PERSON: &str = "area/cliente";

pub struct WebServiceCliente {
    session: Session,
    zone: TimeZone,
    settings: Settings,
    /// What this site's server has turned out not to have.
    missing: RwLock<BTreeSet<Capability>>,
}

/// Makes the driver. Nothing is sent yet.
pub fn connect(settings: Settings) -> Result<WebServiceCliente, SetUpError> {
    connect_with(settings, Patience::default())
}

/// `connect` with other deadlines.
pub fn connect_with(settings: Settings, patience: Patience) -> Result<WebServiceCliente, SetUpError> {
    let zone = TimeZone::get(&settings.zone).map_err(|_| SetUpError::Zone(settings.zone.clone()))?;
    let http = Client::new(&settings.url, settings.allow_plain_http, patience)?;
    let session = Session::new(http, &settings.user, &settings.password);
    let session = session.map_err(|error| SetUpError::Client(error.to_string()))?;
    Ok(WebServiceCliente { session, zone, settings, missing: RwLock::default() })
}

impl WebServiceCliente {
    fn today(&self) -> Date {
        self.zone.to_datetime(Timestamp::now()).date()
    }
}

impl Erp for WebServiceCliente {
    fn name(&self) -> &str {
        "WebService Cliente"
    }

    fn supports(&self, capability: Capability) -> Support {
        let wanted = if capability == Capability::ChangeDueDay { Capability::DueDays } else { capability };
        if self.missing.read().unwrap_or_else(PoisonError::into_inner).contains(&wanted) {
            return Support::No;
        }
        match capability {
            Capability::PixCode if self.settings.pix => Support::Unverified,
            Capability::PixCode => Support::No,
            Capability::WriteOff if self.settings.write_off.is_empty() => Support::No,
            Capability::Account
            | Capability::Factors
            | Capability::Invoice
            | Capability::Boleto
            | Capability::Pdf
            | Capability::WriteOff
            | Capability::PaidBills
            | Capability::Contacts
            | Capability::Pendency
            | Capability::TrustUnlock
            | Capability::OpenTicket
            | Capability::Tickets
            | Capability::SendByEmail
            | Capability::SendBySms
            | Capability::DueDays
            | Capability::ChangeDueDay
            | Capability::ChangeContacts
            | Capability::Visits
            | Capability::CancelVisit
            | Capability::RateVisit
            | Capability::PauseContract
            | Capability::ResetAppPassword
            | Capability::ContractPdf
            | Capability::AcceptContract
            | Capability::CorrectProfile
            | Capability::Lookups => Support::Yes,
            Capability::FiscalNotes
            | Capability::FiscalNotePdf
            | Capability::AnnualSettlements
            | Capability::AnnualSettlementPdf
            | Capability::TicketKinds => Support::NeedsCustomerPassword,
            // the document's example of the free dates is lost
            Capability::MoveVisit => Support::Unverified,
            // the document calls one id by two names: the site says which it is
            Capability::Notifications if self.settings.notifications.is_some() => Support::Unverified,
            Capability::DigitalInvoice if self.settings.customer_password => Support::Yes,
            Capability::DigitalInvoice => Support::NeedsCustomerPassword,
            // the document registers prospects only with ids of the provider's own staff, and takes the instalments of a
            // negotiation from the caller
            Capability::SendByPush
            | Capability::Notifications
            | Capability::Negotiation
            | Capability::Products
            | Capability::Resellers
            | Capability::Origins
            | Capability::Departments
            | Capability::Cities
            | Capability::Prospect
            | Capability::Lead
            | Capability::Order
            | Capability::OrderForCustomer
            | Capability::ActivateContract
            | Capability::DeactivateContract
            | Capability::SuspendContract
            | Capability::CancelContract
            | Capability::RemoveCustomer
            | Capability::Consumption
            | Capability::AddConsumption
            | Capability::AlterConsumption
            | Capability::RemoveConsumption
            | Capability::BillByCode => Support::No,
        }
    }

    fn ahead_s(&self) -> Option<i64> {
        self.session.ahead_s()
    }

    fn account<'a>(&'a self, who: &'a TaxId) -> Reply<'a, Option<Account>> {
        Box::pin(self.find_account(who))
    }

    fn factors<'a>(&'a self, customer: &'a CustomerId) -> Reply<'a, Factors> {
        Box::pin(async { Ok(self.person(customer_id(PERSON, customer)?).await?.factors(&self.zone)) })
    }

    fn invoice<'a>(&'a self, bill: &'a BillRef) -> Reply<'a, InvoiceState> {
        Box::pin(self.find_invoice(bill))
    }

    fn boleto<'a>(&'a self, bill: &'a BillRef) -> Reply<'a, Option<Boleto>> {
        Box::pin(self.find_boleto(bill))
    }

    fn pix_code<'a>(&'a self, bill: &'a BillRef) -> Reply<'a, Option<String>> {
        Box::pin(self.find_pix_code(bill))
    }

    fn pdf<'a>(&'a self, bill: &'a BillRef) -> Reply<'a, Vec<u8>> {
        Box::pin(self.fetch_pdf(bill))
    }

    fn write_off<'a>(&'a self, write_off: &'a WriteOff) -> Reply<'a, WriteOffOutcome> {
        Box::pin(self.send_write_off(write_off))
    }

    fn discover(&self) -> Reply<'_, ()> {
        Box::pin(self.find_out())
    }

    fn lookups(&self) -> Reply<'_, Vec<Lookup>> {
        Box::pin(self.find_lookups())
    }

    fn paid_bills<'a>(&'a self, customer: &'a CustomerId) -> Reply<'a, Vec<PaidBill>> {
        Box::pin(self.find_paid_bills(customer))
    }

    fn contacts<'a>(&'a self, customer: &'a CustomerId) -> Reply<'a, Vec<Contact>> {
        Box::pin(async { Ok(self.person(customer_id(PERSON, customer)?).await?.contacts()) })
    }

    fn pendency<'a>(&'a self, customer: &'a CustomerId) -> Reply<'a, Vec<String>> {
        Box::pin(self.find_pendency(customer))
    }

    fn unlock_on_trust<'a>(
        &'a self,
        _customer: &'a CustomerId,
        contract: &'a ContractId,
    ) -> Reply<'a, Change<Unlocked>> {
        Box::pin(self.ask_unlock(contract))
    }

    fn open_ticket<'a>(&'a self, _customer: &'a CustomerId, ticket: &'a NewTicket) -> Reply<'a, Change<String>> {
        Box::pin(self.ask_ticket(ticket))
    }

    fn tickets<'a>(&'a self, customer: &'a CustomerId) -> Reply<'a, Vec<Ticket>> {
        Box::pin(self.find_tickets(customer))
    }

    fn send_bill<'a>(&'a self, bill: &'a BillRef, by: Channel, to: Option<&'a str>) -> Reply<'a, Change<()>> {
        Box::pin(self.ask_to_send(bill, by, to))
    }

    fn change_contacts<'a>(&'a self, customer: &'a CustomerId, change: &'a ContactChange) -> Reply<'a, Change<()>> {
        Box::pin(self.ask_profile(customer, change))
    }

    fn catalog<'a>(&'a self, catalog: Catalog, _cep: Option<&'a str>) -> Reply<'a, Vec<Named>> {
        match catalog {
            Catalog::DueDays => Box::pin(self.find_due_days()),
            Catalog::TicketKinds => super::unsupported(Capability::TicketKinds),
            Catalog::Products => super::unsupported(Capability::Products),
            Catalog::Resellers => super::unsupported(Capability::Resellers),
            Catalog::Origins => super::unsupported(Capability::Origins),
            Catalog::Departments => super::unsupported(Capability::Departments),
            Catalog::Cities => super::unsupported(Capability::Cities),
        }
    }
}

fn json(operation: &'static str, value: &impl Serialize) -> Result<String, Error> {
    serde_json::to_string(value).map_err(|error| garbled(operation, &error.to_string()))
}

fn garbled(operation: &'static str, why: &str) -> Error {
    Error::Garbled { operation, why: why.to_owned() }
}

/// This ERP's ids are whole numbers; anything else never came from it.
fn customer_id(operation: &'static str, customer: &CustomerId) -> Result<u64, Error> {
    let why = || Error::Refused { operation, why: "the customer's id is not a number".to_owned() };
    customer.0.parse().map_err(|_| why())
}

fn contract_id(operation: &'static str, contract: &ContractId) -> Result<u64, Error> {
    let why = || Error::Refused { operation, why: "the contract's id is not a number".to_owned() };
    contract.0.parse().map_err(|_| why())
}

fn invoice_id(operation: &'static str, bill: &BillRef) -> Result<u64, Error> {
    let why = || Error::Refused { operation, why: "the bill's id is not a number".to_owned() };
    bill.invoice.0.parse().map_err(|_| why())
}
