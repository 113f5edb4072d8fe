//! The driver for HubSoft: its API of September 2020 (document 004) and what the vendor's current documentation adds.
//!
//! `valor` is a bill's original amount; what is owed today stands inside the linha digitável, which the ERP issues
//! again for an overdue bill. Write-offs carry neither NSU nor authorisation: the API has no field for them, they stay
//! in the journal and on the receipt. Only named fields of an answer are read: it also holds PPPoE passwords.

mod bill;
mod bills;
mod catalog;
mod counter;
mod envelope;
mod negotiation;
mod notes;
mod papers;
mod person;
mod server;
mod session;
mod settings;
mod token_file;
mod visits;
mod write_off;

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Serialize;

use super::{Capability, Erp, Error, Lookup, Reply, Support, WriteOff, WriteOffOutcome};
use crate::domain::joining::{JoinBy, Joins, Offer};
use crate::domain::service::{
    Catalog, Change, Channel, Contact, FiscalNote, Named, NewTicket, PaidBill, Prospect, Ticket, Unlocked,
};
use crate::domain::{Account, BillRef, Boleto, ContractId, CustomerId, Factors, InvoiceState, TaxId};
use crate::http::{Client, Patience, SetUpError};
use server::Server;
use session::Session;

pub use settings::{Negotiation, Settings, WriteOffRow};

pub struct HubSoft {
    session: Session,
    zone: TimeZone,
    settings: Settings,
    server: Server,
    /// When the bills of the last list fall due: one bill is then read again by one short list.
    due: Mutex<HashMap<u64, Date>>,
}

/// Makes the driver. Nothing is sent yet.
pub fn connect(settings: Settings) -> Result<HubSoft, SetUpError> {
    connect_with(settings, Patience::default())
}

/// `connect` with other deadlines.
pub fn connect_with(settings: Settings, patience: Patience) -> Result<HubSoft, SetUpError> {
    let zone = TimeZone::get(&settings.zone).map_err(|_| SetUpError::Zone(settings.zone.clone()))?;
    let http = Client::new(&settings.url, settings.allow_plain_http, patience)?;
    let session = Session::new(http, &settings);
    Ok(HubSoft { session, zone, settings, server: Server::default(), due: Mutex::default() })
}

impl HubSoft {
    fn today(&self) -> Date {
        self.zone.to_datetime(Timestamp::now()).date()
    }

    fn due(&self) -> MutexGuard<'_, HashMap<u64, Date>> {
        self.due.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Erp for HubSoft {
    fn name(&self) -> &str {
        "HubSoft"
    }

    fn supports(&self, capability: Capability) -> Support {
        let is_there = match capability {
            Capability::Account
            | Capability::Factors
            | Capability::Invoice
            | Capability::Boleto
            | Capability::Pdf
            | Capability::PaidBills
            | Capability::Contacts
            | Capability::TrustUnlock
            | Capability::OpenTicket
            | Capability::Tickets
            | Capability::SendByEmail
            | Capability::SendBySms
            | Capability::SendByPush
            | Capability::Products
            | Capability::Cities
            | Capability::Visits
            | Capability::Prospect => true,
            Capability::PixCode => self.settings.pix,
            Capability::WriteOff => !self.settings.write_off.is_empty() && !self.server.lacks(server::CASH_ACCOUNTS),
            Capability::Lookups => !self.server.lacks(server::CASH_ACCOUNTS),
            // newer than the document of 2020, like the look-ups
            Capability::FiscalNotes | Capability::FiscalNotePdf => {
                !self.server.lacks(server::CASH_ACCOUNTS) && !self.server.lacks(notes::NOTES)
            }
            Capability::Negotiation => {
                self.settings.negotiation.is_some()
                    && !self.server.lacks(server::CASH_ACCOUNTS)
                    && !self.server.lacks(negotiation::NEGOTIATION)
            }
            Capability::TicketKinds => !self.server.lacks(server::TICKET_KINDS),
            Capability::DueDays => !self.server.lacks(server::DUE_DAYS),
            _ => false,
        };
        if is_there { Support::Yes } else { Support::No }
    }

    fn account<'a>(&'a self, who: &'a TaxId) -> Reply<'a, Option<Account>> {
        Box::pin(self.find_account(who))
    }

    fn factors<'a>(&'a self, customer: &'a CustomerId) -> Reply<'a, Factors> {
        Box::pin(async { Ok(self.person(customer).await?.factors(&self.zone)) })
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
        Box::pin(self.look_at_the_server())
    }

    fn lookups(&self) -> Reply<'_, Vec<Lookup>> {
        Box::pin(self.read_lookups())
    }

    fn paid_bills<'a>(&'a self, customer: &'a CustomerId) -> Reply<'a, Vec<PaidBill>> {
        Box::pin(self.find_paid_bills(customer))
    }

    fn contacts<'a>(&'a self, customer: &'a CustomerId) -> Reply<'a, Vec<Contact>> {
        Box::pin(async { Ok(self.person(customer).await?.contacts()) })
    }

    fn unlock_on_trust<'a>(
        &'a self,
        _customer: &'a CustomerId,
        contract: &'a ContractId,
    ) -> Reply<'a, Change<Unlocked>> {
        Box::pin(self.send_unlock(contract))
    }

    fn fiscal_notes<'a>(&'a self, customer: &'a CustomerId) -> Reply<'a, Vec<FiscalNote>> {
        Box::pin(self.find_notes(customer))
    }

    fn fiscal_note_pdf<'a>(&'a self, customer: &'a CustomerId, note: &'a str) -> Reply<'a, Vec<u8>> {
        Box::pin(self.fetch_note(customer, note))
    }

    fn open_ticket<'a>(&'a self, _customer: &'a CustomerId, ticket: &'a NewTicket) -> Reply<'a, Change<String>> {
        Box::pin(self.send_ticket(ticket))
    }

    fn tickets<'a>(&'a self, customer: &'a CustomerId) -> Reply<'a, Vec<Ticket>> {
        Box::pin(self.find_tickets(customer))
    }

    fn send_bill<'a>(&'a self, bill: &'a BillRef, by: Channel, to: Option<&'a str>) -> Reply<'a, Change<()>> {
        Box::pin(self.ask_to_send(bill, by, to))
    }

    /// `email_adicional` and `telefone_adicional`; a push has no such field.
    fn sends_elsewhere(&self, by: Channel) -> bool {
        matches!(by, Channel::Email | Channel::Sms)
    }

    fn catalog<'a>(&'a self, catalog: Catalog, cep: Option<&'a str>) -> Reply<'a, Vec<Named>> {
        Box::pin(self.read_catalog(catalog, cep))
    }

    fn offers<'a>(&'a self, cep: Option<&'a str>) -> Reply<'a, Vec<Offer>> {
        Box::pin(self.read_offers(cep))
    }

    /// It takes the city from the CEP, and has no field for a birthday or a due day.
    fn joins(&self) -> Option<Joins> {
        Some(Joins {
            by: JoinBy::Prospect,
            address: true,
            city: false,
            complement: true,
            product: true,
            due_day: false,
            birth: false,
            email: true,
        })
    }

    fn register_prospect<'a>(&'a self, prospect: &'a Prospect) -> Reply<'a, Change<Option<String>>> {
        Box::pin(self.send_prospect(prospect))
    }
}

fn json(operation: &'static str, value: &impl Serialize) -> Result<String, Error> {
    serde_json::to_string(value).map_err(|error| garbled(operation, &error.to_string()))
}

fn garbled(operation: &'static str, why: &str) -> Error {
    Error::Garbled { operation, why: why.to_owned() }
}

/// This ERP's ids are whole numbers; anything else never came from it.
fn number(operation: &'static str, what: &str, id: &str) -> Result<u64, Error> {
    let digits = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit());
    let why = || Error::Refused { operation, why: format!("the {what}'s id is not a number") };
    if digits { id.parse().map_err(|_| why()) } else { Err(why()) }
}
