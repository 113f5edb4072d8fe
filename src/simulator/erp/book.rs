//! The stand-in's book: customers, contracts, bills, and every call that matters, in one JSON file that outlives it.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::token::Token;

const MOST_ERRORS: usize = 1000;

#[derive(Default, Serialize, Deserialize)]
pub struct Book {
    pub customers: Vec<Customer>,
    pub bills: Vec<Bill>,
    /// Every write-off call that reached the ERP, in order of arrival.
    pub write_offs: Vec<WriteOffCall>,
    /// Every PIX code that was asked for.
    pub pix: Vec<PixCharge>,
    /// How many calls arrived, by operation.
    pub calls: BTreeMap<String, u64>,
    /// What came in that the document does not know, and what the control file says that is not understood.
    pub errors: Vec<String>,
    /// Every ticket, unlock, message and acceptance that was asked for and carried out.
    #[serde(default)]
    pub tickets: Vec<Ticket>,
    #[serde(default)]
    pub unlocks: Vec<Unlock>,
    #[serde(default)]
    pub sent: Vec<Sent>,
    #[serde(default)]
    pub accepted: Vec<i64>,
    /// Everybody who wants to become a customer, and every order, as it was asked for.
    #[serde(default)]
    pub joined: Vec<serde_json::Value>,
    /// Everything that a customer changed, in order.
    #[serde(default)]
    pub due_day_changes: Vec<DueDayChange>,
    #[serde(default)]
    pub notified: Vec<Notified>,
    /// Customers whose bills come without paper.
    #[serde(default)]
    pub digital: Vec<i64>,
    #[serde(default)]
    pub pauses: Vec<Pause>,
    #[serde(default)]
    pub profile_requests: Vec<ProfileRequest>,
    /// Customers who were sent a new password.
    #[serde(default)]
    pub password_resets: Vec<i64>,
    #[serde(default)]
    pub visits: Vec<Visit>,
    pub tokens: Vec<Token>,
    pub tokens_given: u64,
    /// How often an order of the control file was met by a request it was meant for.
    pub orders: BTreeMap<String, Order>,
}

#[derive(Serialize, Deserialize)]
pub struct Customer {
    pub id: i64,
    pub name: String,
    pub cpf: String,
    pub birth: Date,
    pub mobile: String,
    pub landline: Option<String>,
    pub contracts: Vec<Contract>,
}

#[derive(Serialize, Deserialize)]
pub struct Contract {
    pub id: i64,
    pub plan: String,
    pub technology: String,
    pub status: String,
    pub monthly_cents: i64,
    /// The id of its due day.
    #[serde(default = "tenth")]
    pub due_day: i64,
}

fn tenth() -> i64 {
    4
}

#[derive(Serialize, Deserialize)]
pub struct Bill {
    pub id: i64,
    pub customer: i64,
    pub contracts: Vec<i64>,
    pub value_cents: i64,
    pub due: Date,
    pub slip_number: String,
    pub document_number: String,
    pub automatic_debit: bool,
    /// Whether the lists tell fine and interest of this bill.
    pub tells_charges: bool,
    pub has_line: bool,
    pub has_pix: bool,
    /// What partial payments have brought so far.
    pub received_cents: i64,
    #[serde(flatten)]
    pub state: State,
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum State {
    Open,
    Paid { paid_on: Date, paid_by: Way, paid_cents: i64 },
}

/// How a bill came to be paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    WriteOff,
    Pix,
    Bank,
    Elsewhere,
    /// Long before the stand-in's time.
    Past,
}

/// A write-off as it was asked for. A field that was missing or of a wrong type is `null`.
#[derive(Default, Serialize, Deserialize)]
pub struct WriteOffCall {
    pub at_ms: i64,
    pub bill: Option<i64>,
    pub account: Option<i64>,
    pub method: Option<i64>,
    pub brand: Option<i64>,
    pub paid_cents: Option<i64>,
    pub fine_cents: Option<i64>,
    pub interest_cents: Option<i64>,
    pub discount_cents: Option<i64>,
    pub date: Option<String>,
    pub partial: Option<String>,
    pub nsu: Option<String>,
    pub authorization: Option<String>,
    pub tid: Option<String>,
    /// What the bill came to by the ERP's own reckoning on that date.
    pub due_cents: Option<i64>,
    /// What the caller got to read; `null` where the answer or the request was lost.
    pub answer: Option<String>,
    pub applied: bool,
}

#[derive(Serialize, Deserialize)]
pub struct Ticket {
    pub id: i64,
    pub protocol: String,
    pub customer: i64,
    pub contract: i64,
    pub kind: Option<i64>,
    pub text: String,
    pub opened_ms: i64,
}

#[derive(Serialize, Deserialize)]
pub struct Unlock {
    pub contract: i64,
    pub until: Date,
}

/// A bill that was sent to the customer: `email` or `sms`.
#[derive(Serialize, Deserialize)]
pub struct Sent {
    pub bill: i64,
    pub by: String,
}

#[derive(Serialize, Deserialize)]
pub struct DueDayChange {
    pub contract: i64,
    pub from: i64,
    pub to: i64,
}

#[derive(Serialize, Deserialize)]
pub struct Notified {
    pub customer: i64,
    pub on: bool,
}

#[derive(Serialize, Deserialize)]
pub struct Pause {
    pub contract: i64,
    pub from: Date,
    pub days: i64,
}

#[derive(Default, Serialize, Deserialize)]
pub struct ProfileRequest {
    pub customer: i64,
    #[serde(default)]
    pub name: Option<String>,
    pub email: Option<String>,
    pub mobile: Option<String>,
    /// As they came.
    #[serde(default)]
    pub contracts: Vec<serde_json::Value>,
}

#[derive(Serialize, Deserialize)]
pub struct Visit {
    pub id: i64,
    pub protocol: String,
    pub customer: i64,
    pub contract: i64,
    pub about: String,
    pub on: Option<Date>,
    /// `MANHA` or `TARDE`.
    pub turn: Option<String>,
    pub state: VisitState,
    /// How often it was moved, and when it was before the last time.
    pub moves: u32,
    #[serde(default)]
    pub before: Option<(Option<Date>, Option<String>)>,
    /// The technician's and the solution's.
    pub marks: Option<[f64; 2]>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VisitState {
    Booked,
    Cancelled,
    Made,
}

#[derive(Serialize, Deserialize)]
pub struct PixCharge {
    pub bill: i64,
    /// Names the charge in the code's location; random.
    pub token: String,
    pub asked_at_ms: i64,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    pub text: String,
    pub met: u64,
}

impl Book {
    #[must_use]
    pub fn customer(&self, id: i64) -> Option<&Customer> {
        self.customers.iter().find(|customer| customer.id == id)
    }

    #[must_use]
    pub fn customer_by_document(&self, cpf: &str) -> Option<&Customer> {
        self.customers.iter().find(|customer| customer.cpf == cpf)
    }

    #[must_use]
    pub fn bill(&self, id: i64) -> Option<&Bill> {
        self.bills.iter().find(|bill| bill.id == id)
    }

    #[must_use]
    pub fn owner_of(&self, contract: i64) -> Option<&Customer> {
        self.customers.iter().find(|customer| customer.contracts.iter().any(|own| own.id == contract))
    }

    pub fn bills_of(&self, customer: i64) -> impl Iterator<Item = &Bill> {
        self.bills.iter().filter(move |bill| bill.customer == customer)
    }

    pub fn complain(&mut self, what: impl Into<String>) {
        if self.errors.len() < MOST_ERRORS {
            self.errors.push(what.into());
        }
    }

    /// Marks an open bill as paid, and gives a suspended customer back who owes nothing overdue any more.
    /// Says whether anything changed: a paid bill stays as it was paid.
    pub fn settle(&mut self, id: i64, paid_by: Way, paid_cents: i64, today: Date) -> bool {
        let Some(bill) = self.bills.iter_mut().find(|bill| bill.id == id && bill.state == State::Open) else {
            return false;
        };
        bill.state = State::Paid { paid_on: today, paid_by, paid_cents };
        let customer = bill.customer;
        let owes = self.bills_of(customer).any(|bill| bill.state == State::Open && bill.due < today);
        if !owes && let Some(customer) = self.customers.iter_mut().find(|other| other.id == customer) {
            for contract in customer.contracts.iter_mut().filter(|contract| contract.status == "SUSPENSO") {
                contract.status = "HABILITADO".into();
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

    /// The book of an earlier run; nothing where there was none.
    pub fn read<T: DeserializeOwned>(&self) -> io::Result<Option<T>> {
        match fs::read(&self.path) {
            Ok(bytes) => Ok(Some(serde_json::from_slice(&bytes)?)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Replaces the book in one step: a reader sees the old one or the new one.
    pub fn write(&self, book: &impl Serialize) -> io::Result<()> {
        let draft = self.path.with_extension("json.new");
        fs::write(&draft, serde_json::to_vec_pretty(book)?)?;
        fs::rename(draft, &self.path)
    }

    pub fn close(&self) {
        let _ = self.lock.unlock();
    }
}
