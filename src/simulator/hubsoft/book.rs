//! The stand-in's book: customers, services, bills, receipts, and every call that changes something, in one JSON file
//! that outlives it.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

use super::sign_in::Token;
use crate::simulator::erp::book::{Order, State, Way};
use crate::simulator::state;

const MOST_ERRORS: usize = 1000;

#[derive(Default, Serialize, Deserialize)]
pub struct Book {
    pub customers: Vec<Customer>,
    pub bills: Vec<Bill>,
    pub notes: Vec<Note>,
    /// Every write-off call that reached the ERP, in order of arrival.
    pub write_offs: Vec<WriteOffCall>,
    pub receipts: Vec<Receipt>,
    pub tickets: Vec<Ticket>,
    #[serde(default)]
    pub service_orders: Vec<ServiceOrder>,
    /// Every bill that was sent to somebody.
    pub sent: Vec<Sent>,
    pub unlocks: Vec<Unlock>,
    pub prospects: Vec<Prospect>,
    #[serde(default)]
    pub negotiations: Vec<Negotiated>,
    /// How many calls arrived, by operation.
    pub calls: BTreeMap<String, u64>,
    /// What came in that the documents do not know, and what the control file says that is not understood.
    pub errors: Vec<String>,
    pub tokens: Vec<Token>,
    pub tokens_given: u64,
    /// How often an order of the control file was met by a request it was meant for.
    pub orders: BTreeMap<String, Order>,
}

/// A technician's work at a customer's.
#[derive(Serialize, Deserialize)]
pub struct ServiceOrder {
    pub id: i64,
    pub customer: i64,
    pub service: i64,
    pub kind: String,
    /// `pendente`, `aguardando_agendamento` or `finalizado`.
    pub status: String,
    pub noted: Date,
    /// What stands in the calendar for it, agreed or not.
    pub from: DateTime,
    pub to: DateTime,
    /// Its ticket's protocol, where one was opened.
    pub protocol: Option<String>,
}

#[derive(Serialize, Deserialize)]
pub struct Customer {
    /// `codigo_cliente`.
    pub code: i64,
    /// `id_cliente`.
    pub key: i64,
    pub name: String,
    pub cpf: String,
    pub birth: Date,
    pub phones: Vec<String>,
    pub email: Option<String>,
    pub alerts: Vec<String>,
    pub services: Vec<Service>,
}

#[derive(Serialize, Deserialize)]
pub struct Service {
    pub id: i64,
    pub plan: String,
    /// `status_prefixo`.
    pub status: String,
    pub monthly_cents: i64,
}

#[derive(Serialize, Deserialize)]
pub struct Bill {
    pub id: i64,
    /// The customer's code.
    pub customer: i64,
    pub service: Option<i64>,
    pub value_cents: i64,
    pub due: Date,
    pub number: String,
    pub automatic_debit: bool,
    pub has_line: bool,
    pub has_pix: bool,
    /// When its PIX code was first listed.
    pub pix_listed_at_ms: Option<i64>,
    #[serde(flatten)]
    pub state: State,
}

#[derive(Serialize, Deserialize)]
pub struct Note {
    pub id: i64,
    /// The customer's key.
    pub customer: i64,
    pub is_service_note: bool,
    pub number: String,
    pub value_cents: i64,
    pub issued: Date,
    pub has_file: bool,
}

/// A write-off as it was asked for. A field that was missing or of a wrong type is `null`.
#[derive(Default, Serialize, Deserialize)]
pub struct WriteOffCall {
    pub at_ms: i64,
    pub bill: Option<i64>,
    pub account: Option<i64>,
    pub means: Option<String>,
    pub paid_cents: Option<i64>,
    pub charges_cents: Option<i64>,
    pub discount_cents: Option<i64>,
    pub date: Option<String>,
    /// What the bill came to by the ERP's own reckoning on that date.
    pub due_cents: Option<i64>,
    /// What the caller got to read; `null` where the answer or the request was lost.
    pub answer: Option<String>,
    pub applied: bool,
}

#[derive(Clone, Serialize, Deserialize)]
pub struct Receipt {
    pub id: i64,
    pub bill: i64,
    pub account: i64,
    pub means: String,
    pub paid_cents: i64,
    pub on: Date,
}

#[derive(Serialize, Deserialize)]
pub struct Ticket {
    pub id: i64,
    pub protocol: String,
    /// The customer's code.
    pub customer: i64,
    pub service: i64,
    pub kind: Option<i64>,
    pub text: String,
    pub name: String,
    pub phone: String,
    pub opens_order: bool,
    pub opened: Date,
}

#[derive(Serialize, Deserialize)]
pub struct Sent {
    pub bill: i64,
    pub by: String,
    pub to: Vec<String>,
}

#[derive(Serialize, Deserialize)]
pub struct Unlock {
    pub service: i64,
    pub until: Date,
}

#[derive(Serialize, Deserialize)]
pub struct Prospect {
    pub id: i64,
    pub document: String,
    pub name: String,
    pub plan: i64,
    pub price_cents: i64,
    /// Street, number, district and CEP.
    #[serde(default)]
    pub address: Vec<String>,
    #[serde(default)]
    pub phone: String,
    #[serde(default)]
    pub email: Option<String>,
    #[serde(default)]
    pub note: Option<String>,
}

#[derive(Serialize, Deserialize)]
pub struct Negotiated {
    pub customer: i64,
    /// The bills that are no more, and those in their place.
    pub bills: Vec<i64>,
    pub made: Vec<i64>,
}

impl Book {
    #[must_use]
    pub fn bill(&self, id: i64) -> Option<&Bill> {
        self.bills.iter().find(|bill| bill.id == id)
    }

    #[must_use]
    pub fn customer_of_service(&self, service: i64) -> Option<&Customer> {
        self.customers.iter().find(|customer| customer.services.iter().any(|one| one.id == service))
    }

    pub fn complain(&mut self, what: impl Into<String>) {
        if self.errors.len() < MOST_ERRORS {
            self.errors.push(what.into());
        }
    }

    /// Marks an open bill as paid, and gives a suspended customer back who owes nothing overdue any more.
    /// Says whether anything changed: a paid bill stays as it was paid.
    pub fn settle(&mut self, id: i64, paid_by: Way, paid_cents: i64, on: Date) -> bool {
        let Some(bill) = self.bills.iter_mut().find(|bill| bill.id == id && bill.state == State::Open) else {
            return false;
        };
        bill.state = State::Paid { paid_on: on, paid_by, paid_cents };
        let code = bill.customer;
        let owes = self.bills.iter().any(|bill| bill.customer == code && bill.state == State::Open && bill.due < on);
        if !owes && let Some(customer) = self.customers.iter_mut().find(|customer| customer.code == code) {
            for service in customer.services.iter_mut().filter(|service| service.status.starts_with("suspenso")) {
                service.status = "servico_habilitado".into();
            }
        }
        true
    }
}

/// The file the book lies in. One stand-in at a time has it.
pub struct Shelf {
    path: PathBuf,
    lock: File,
}

impl Shelf {
    /// Takes the folder, creating it where it is missing.
    pub fn open(folder: &Path) -> io::Result<Shelf> {
        fs::create_dir_all(folder)?;
        let lock = File::create(folder.join("erp.lock"))?;
        lock.try_lock().map_err(|_| {
            io::Error::new(ErrorKind::AddrInUse, format!("another stand-in ERP keeps its book in {}", folder.display()))
        })?;
        Ok(Shelf { path: folder.join("erp.json"), lock })
    }

    pub fn read(&self) -> io::Result<Option<Book>> {
        state::read_book(&self.path)
    }

    pub fn write(&self, book: &Book) -> io::Result<()> {
        state::write_book(&self.path, book)
    }

    pub fn close(&self) {
        let _ = self.lock.unlock();
    }
}
