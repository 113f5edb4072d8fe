//! The book of an internet provider's ERP: people and bills, every write-off, unlock and ticket, in one JSON file.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::simulator::erp::bills::due_cents;
use crate::simulator::erp::book::{self as trade, Bill, Contract, Customer, PixCharge, State, Way};
use crate::simulator::erp::control::Met;

const MOST_ERRORS: usize = 1000;

#[derive(Default, Serialize, Deserialize)]
pub struct Book {
    pub customers: Vec<Customer>,
    pub bills: Vec<Bill>,
    /// Every write-off call that reached the ERP, in order of arrival.
    pub write_offs: Vec<WriteOffCall>,
    /// Payments that were accepted and wait to be carried out, or were: Voalle's.
    pub transactions: Vec<Transaction>,
    pub unlocks: Vec<Unlock>,
    pub tickets: Vec<Ticket>,
    pub pix: Vec<PixCharge>,
    /// How many calls arrived, by operation.
    pub calls: BTreeMap<String, u64>,
    /// What came in that the vendor does not know, and what the control file says that is not understood.
    pub errors: Vec<String>,
    pub tokens: Vec<Token>,
    pub tokens_given: u64,
    pub orders: BTreeMap<String, Met>,
}

/// A write-off as it was asked for. What the vendor's wire has no field for, or what was not sent, is `null`.
#[derive(Default, Clone, Serialize, Deserialize)]
pub struct WriteOffCall {
    pub at_ms: i64,
    pub bill: Option<i64>,
    pub paid_cents: Option<i64>,
    /// What is added to the bill's value: fine and interest.
    pub extra_cents: Option<i64>,
    pub discount_cents: Option<i64>,
    pub date: Option<String>,
    pub method: Option<String>,
    pub account: Option<String>,
    pub brand: Option<String>,
    pub instalments: Option<i64>,
    pub nsu: Option<String>,
    pub authorization: Option<String>,
    pub comment: Option<String>,
    /// Voalle's idempotency key.
    pub key: Option<String>,
    /// What the bill came to by the ERP's own reckoning on that date.
    pub due_cents: Option<i64>,
    /// What the caller got to read; `null` where the answer or the request was lost.
    pub answer: Option<String>,
    pub applied: bool,
}

#[derive(Serialize, Deserialize)]
pub struct Transaction {
    pub key: String,
    /// The gateway's own name for it.
    pub id: String,
    pub call: WriteOffCall,
    pub ready_at_ms: i64,
    /// Empty while it waits.
    pub outcome: String,
}

#[derive(Serialize, Deserialize)]
pub struct Unlock {
    pub at_ms: i64,
    pub contract: i64,
    pub until: Date,
}

#[derive(Serialize, Deserialize)]
pub struct Ticket {
    pub protocol: String,
    pub customer: i64,
    pub contract: Option<i64>,
    pub subject: String,
    pub text: String,
    pub opened: Date,
}

#[derive(Serialize, Deserialize)]
pub struct Token {
    pub text: String,
    pub expires_ms: i64,
}

/// Why a contract is not unlocked on trust.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    Unknown,
    NotBlocked,
    AlreadyOnTrust,
}

impl Book {
    /// The people and bills of a fresh book.
    #[must_use]
    pub fn of(seeded: trade::Book) -> Book {
        Book { customers: seeded.customers, bills: seeded.bills, ..Book::default() }
    }

    #[must_use]
    pub fn by_document(&self, digits: &str) -> Option<&Customer> {
        self.customers.iter().find(|customer| customer.cpf == digits)
    }

    #[must_use]
    pub fn customer(&self, id: i64) -> Option<&Customer> {
        self.customers.iter().find(|customer| customer.id == id)
    }

    #[must_use]
    pub fn owner_of(&self, contract: i64) -> Option<(&Customer, &Contract)> {
        self.customers.iter().find_map(|customer| {
            customer.contracts.iter().find(|other| other.id == contract).map(|contract| (customer, contract))
        })
    }

    #[must_use]
    pub fn bill(&self, id: i64) -> Option<&Bill> {
        self.bills.iter().find(|bill| bill.id == id)
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
    pub fn settle(&mut self, id: i64, paid_by: Way, paid_cents: i64, on: Date) -> bool {
        let Some(bill) = self.bills.iter_mut().find(|bill| bill.id == id && bill.state == State::Open) else {
            return false;
        };
        bill.state = State::Paid { paid_on: on, paid_by, paid_cents };
        let customer = bill.customer;
        let owes = self.bills_of(customer).any(|bill| bill.state == State::Open && bill.due < on);
        let theirs = self.customers.iter_mut().filter(|other| other.id == customer && !owes);
        for contract in theirs.flat_map(|customer| &mut customer.contracts).filter(|it| it.status == "SUSPENSO") {
            contract.status = "HABILITADO".into();
        }
        true
    }

    pub fn settle_in_full(&mut self, id: i64, way: Way, today: Date) -> bool {
        let cents = self.bill(id).map_or(0, |bill| due_cents(bill, today));
        self.settle(id, way, cents, today)
    }

    /// Carries out the accepted payments whose time has come.
    pub fn process(&mut self, now_ms: i64, today: Date) -> bool {
        let due: Vec<usize> = (0..)
            .zip(&self.transactions)
            .filter(|(_, it)| it.outcome.is_empty() && it.ready_at_ms <= now_ms)
            .map(|(index, _)| index)
            .collect();
        for index in &due {
            let Some(call) = self.transactions.get(*index).map(|it| it.call.clone()) else { continue };
            let (bill, paid) = (call.bill.unwrap_or(0), call.paid_cents.unwrap_or(0));
            let applied = self.settle(bill, Way::WriteOff, paid, today);
            let outcome = if applied { "processed" } else { "refused" };
            if let Some(transaction) = self.transactions.get_mut(*index) {
                transaction.outcome = outcome.into();
                let key = transaction.key.clone();
                let first =
                    self.write_offs.iter_mut().find(|it| it.key.as_deref() == Some(&key) && it.due_cents.is_some());
                if let Some(call) = first {
                    call.applied = applied;
                }
            }
        }
        !due.is_empty()
    }

    /// Puts a suspended contract on trust for three days.
    pub fn unlock(&mut self, contract: i64, now_ms: i64, today: Date) -> Result<Date, Kept> {
        let mut all = self.customers.iter_mut().flat_map(|customer| &mut customer.contracts);
        let found = all.find(|other| other.id == contract).ok_or(Kept::Unknown)?;
        match found.status.as_str() {
            "SUSPENSO" | "SUSPENSO PARCIALMENTE" => {
                found.status = "HABILITADO EM CONFIANCA".into();
                let until = today.saturating_add(3.days());
                self.unlocks.push(Unlock { at_ms: now_ms, contract, until });
                Ok(until)
            }
            "HABILITADO EM CONFIANCA" => Err(Kept::AlreadyOnTrust),
            _ => Err(Kept::NotBlocked),
        }
    }

    /// Opens a ticket and gives its protocol.
    pub fn open_ticket(&mut self, customer: i64, contract: Option<i64>, subject: &str, text: &str, on: Date) -> String {
        let protocol = format!("{}{:05}", on.strftime("%Y%m%d"), self.tickets.len() + 1);
        let (subject, text) = (subject.to_owned(), text.to_owned());
        self.tickets.push(Ticket { protocol: protocol.clone(), customer, contract, subject, text, opened: on });
        protocol
    }
}
