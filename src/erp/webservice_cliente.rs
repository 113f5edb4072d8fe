//! The driver for WebService Cliente v2.6 (document 001), the interface of the Telco ERP.
//!
//! `#n` in a comment is the operation's number in the table of the document's calls. Only named fields of an answer
//! are read; a customer's document is asked of the ERP again each time it is needed, never kept.

mod bill;
mod look_up;
mod papers;
mod person;
mod session;
mod settings;
mod shape;
mod standing;
mod write_off;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Serialize;

use super::{Capability, Erp, Error, Reply, Support, WriteOff, WriteOffOutcome};
use crate::domain::{Account, BillRef, Boleto, CustomerId, Factors, InvoiceState, TaxId};
use crate::http::{Client, Patience, SetUpError};
use session::Session;

pub use settings::{Settings, WriteOffRow};

const PERSON: &str = "area/cliente";

pub struct WebServiceCliente {
    session: Session,
    zone: TimeZone,
    settings: Settings,
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
    Ok(WebServiceCliente { session, zone, settings })
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
        match capability {
            Capability::PixCode if self.settings.pix => Support::Unverified,
            Capability::PixCode => Support::No,
            Capability::WriteOff if self.settings.write_off.is_empty() => Support::No,
            Capability::Account
            | Capability::Factors
            | Capability::Invoice
            | Capability::Boleto
            | Capability::Pdf
            | Capability::WriteOff => Support::Yes,
            _ => Support::No,
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

fn invoice_id(operation: &'static str, bill: &BillRef) -> Result<u64, Error> {
    let why = || Error::Refused { operation, why: "the bill's id is not a number".to_owned() };
    bill.invoice.0.parse().map_err(|_| why())
}
