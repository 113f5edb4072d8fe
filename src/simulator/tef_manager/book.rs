//! The manager's book, `tef.json`: every transaction and how it ended, every command counted, every breach of the rules.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::simulator::state;

use super::rules::Command;

pub const BOOK: &str = "tef.json";

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Approved, and waiting for CNF or NCN.
    Open,
    Confirmed,
    Undone,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Credit,
    Debit,
    Voucher,
    Wallet,
    Cancellation,
}

/// One approved transaction. `amount_cents` is what the customer's bank was asked for, `asked_cents` what the totem asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transaction {
    /// 001 of the request.
    pub request: String,
    pub network: String,
    /// 012.
    pub nsu: String,
    /// 013.
    pub authorisation: String,
    /// 027.
    pub finalization: String,
    /// 002.
    pub coupon: String,
    pub asked_cents: u64,
    pub amount_cents: u64,
    pub kind: Kind,
    pub instalments: u32,
    pub needs_confirmation: bool,
    pub state: State,
    /// How many CNF named it.
    pub confirms: u32,
    /// How many NCN named it.
    pub undos: u32,
    pub opened_at: String,
    pub settled_at: Option<String>,
    /// 022 and 023 of the response.
    pub receipt_date: String,
    pub receipt_time: String,
    /// The NSU that this one cancels.
    pub cancels: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Breach {
    /// The file is not one: not answered at all.
    Malformed,
    /// A field is missing or has the wrong form.
    Field,
    /// A command that this manager does not know.
    UnknownCommand,
    /// A sale was asked for while another is open.
    SaleWhilePending,
    /// CNF or NCN for a transaction that is not in the book.
    UnknownTransaction,
    /// CNF or NCN for a transaction that was final at its approval.
    NotAwaited,
    /// CNF after NCN, or NCN after CNF.
    Contradiction,
    /// The identifier 001 of an earlier sale.
    RepeatedIdentifier,
    /// The orders of a test could not be understood.
    Orders,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Complaint {
    pub at: String,
    pub breach: Breach,
    pub command: String,
    pub request: String,
    pub what: String,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Answers {
    pub approved: u64,
    pub denied: u64,
    pub cancelled: u64,
    /// Denied because another transaction was open.
    pub pending: u64,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct Pages {
    last_nsu: u64,
    /// Requests taken, by command.
    commands: BTreeMap<String, u64>,
    answers: Answers,
    /// Requests that were gone from the folder before they were taken.
    withdrawn: u64,
    transactions: Vec<Transaction>,
    errors: Vec<Complaint>,
}

#[derive(Debug)]
pub struct Book {
    path: PathBuf,
    pages: Pages,
}

impl Book {
    pub fn open(state: &Path) -> io::Result<Self> {
        let path = state.join(BOOK);
        let pages = state::read_book(&path)?.unwrap_or_else(|| Pages { last_nsu: 123_455, ..Pages::default() });
        let book = Book { path, pages };
        book.save()?;
        Ok(book)
    }

    fn save(&self) -> io::Result<()> {
        state::write_book(&self.path, &self.pages)
    }

    pub fn count(&mut self, command: Command) -> io::Result<()> {
        *self.pages.commands.entry(command.name().to_owned()).or_default() += 1;
        self.save()
    }

    pub fn answered(&mut self, tally: impl FnOnce(&mut Answers)) -> io::Result<()> {
        tally(&mut self.pages.answers);
        self.save()
    }

    pub fn withdrawn(&mut self) -> io::Result<()> {
        self.pages.withdrawn += 1;
        self.save()
    }

    pub fn complain(
        &mut self,
        breach: Breach,
        command: &str,
        request: &str,
        what: impl Into<String>,
    ) -> io::Result<()> {
        let complaint = Complaint {
            at: now(),
            breach,
            command: command.to_owned(),
            request: request.to_owned(),
            what: what.into(),
        };
        eprintln!("tef-manager: {} {}: {}", complaint.command, complaint.request, complaint.what);
        self.pages.errors.push(complaint);
        self.save()
    }

    /// The next NSU, nine digits. Never given twice, also not by a later life of the manager.
    pub fn next_nsu(&mut self) -> String {
        self.pages.last_nsu += 1;
        format!("{:09}", self.pages.last_nsu)
    }

    pub fn is_finalization_known(&self, finalization: &str) -> bool {
        self.pages.transactions.iter().any(|transaction| transaction.finalization == finalization)
    }

    pub fn is_request_known(&self, request: &str) -> bool {
        self.pages.transactions.iter().any(|transaction| transaction.request == request)
    }

    pub fn enter(&mut self, transaction: Transaction) -> io::Result<()> {
        self.pages.transactions.push(transaction);
        self.pages.answers.approved += 1;
        self.save()
    }

    pub fn open_transaction(&self) -> Option<&Transaction> {
        self.pages.transactions.iter().find(|transaction| transaction.state == State::Open)
    }

    pub fn last(&self) -> Option<&Transaction> {
        self.pages.transactions.last()
    }

    pub fn find(&self, matches: impl Fn(&Transaction) -> bool) -> Option<&Transaction> {
        self.pages.transactions.iter().find(|transaction| matches(transaction))
    }

    /// CNF or NCN for the transaction of this network, NSU and finalisation. Says what was wrong with it, if anything.
    pub fn finalise(&mut self, command: Command, key: [&str; 3]) -> io::Result<Option<(Breach, &'static str)>> {
        let confirm = command == Command::Cnf;
        let found = self
            .pages
            .transactions
            .iter_mut()
            .find(|transaction| [&transaction.network, &transaction.nsu, &transaction.finalization] == key);
        let Some(transaction) = found else {
            return Ok(Some((Breach::UnknownTransaction, "no transaction has this 010, 012 and 027")));
        };
        let breach = match (transaction.state, confirm) {
            _ if !transaction.needs_confirmation => {
                Some((Breach::NotAwaited, "the transaction was final at its approval"))
            }
            (State::Undone, true) => Some((Breach::Contradiction, "the transaction was undone before")),
            (State::Confirmed, false) => Some((Breach::Contradiction, "the transaction was confirmed before")),
            (State::Open, _) => {
                transaction.state = if confirm { State::Confirmed } else { State::Undone };
                transaction.settled_at = Some(now());
                None
            }
            (State::Confirmed, true) | (State::Undone, false) => None,
        };
        if confirm {
            transaction.confirms += 1;
        } else {
            transaction.undos += 1;
        }
        self.save()?;
        Ok(breach)
    }
}

/// The instant, in UTC, as RFC 3339.
pub fn now() -> String {
    jiff::Timestamp::now().to_string()
}
