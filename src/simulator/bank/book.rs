//! The bank's book, `bank.json`: every charge and what became of it, every Pix received and given back, every call
//! counted, every breach of the schema.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::simulator::state;

const MOST_ERRORS: usize = 1000;

#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Book {
    /// By txid. A txid that was used once stays here for ever.
    pub charges: BTreeMap<String, Charge>,
    /// How many calls arrived, by operation.
    pub calls: BTreeMap<String, u64>,
    /// What came in that the schema does not allow, and what the control file says that is not understood.
    pub errors: Vec<String>,
    pub tokens: Vec<Token>,
    pub tokens_given: u64,
    /// How often an order of the control file was met by a request it was meant for.
    pub orders: BTreeMap<String, Met>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Charge {
    pub kind: Kind,
    pub revision: u32,
    pub status: Status,
    #[serde(flatten)]
    pub terms: Terms,
    /// What earlier revisions asked for, the first one first.
    pub earlier: Vec<Terms>,
    /// Number and address of the payload.
    pub location_id: u64,
    pub location: String,
    pub created_ms: i64,
    /// When the call that created it came in; an order may move `created_ms`, never this.
    pub registered_ms: i64,
    /// How often it was read.
    pub reads: u64,
    pub pix: Vec<Pix>,
}

/// What a charge asks for, as of one revision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    pub amount_cents: i64,
    pub key: String,
    #[serde(flatten)]
    pub lifetime: Lifetime,
    /// `devedor`, `valor`, `solicitacaoPagador` and `infoAdicionais` as they were sent.
    pub debtor: Option<Value>,
    pub value: Value,
    pub request_to_payer: Option<String>,
    pub additional_information: Option<Value>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Lifetime {
    Immediate { expires_s: i64 },
    Due { due: Date, days_after_due: i64 },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Cob,
    Cobv,
}

impl Kind {
    pub fn name(self) -> &'static str {
        match self {
            Kind::Cob => "cob",
            Kind::Cobv => "cobv",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Status {
    Ativa,
    Concluida,
    RemovidaPeloUsuarioRecebedor,
    RemovidaPeloPsp,
}

/// Money that came in for a charge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pix {
    pub end_to_end_id: String,
    pub amount_cents: i64,
    pub at_ms: i64,
    pub refunds: Vec<Refund>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refund {
    pub id: String,
    pub return_id: String,
    pub amount_cents: i64,
    pub nature: String,
    pub description: Option<String>,
    pub asked_ms: i64,
    pub settled_ms: Option<i64>,
    pub status: RefundStatus,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RefundStatus {
    EmProcessamento,
    Devolvido,
    NaoRealizado,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Token {
    pub text: String,
    pub expires_ms: i64,
    pub scopes: Vec<String>,
    /// SHA-256 of the client certificate it was given over; none without TLS.
    pub certificate: Option<String>,
}

/// How often an order was met, as long as its text stays the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Met {
    pub text: String,
    pub met: u64,
}

impl Book {
    pub fn complain(&mut self, what: impl Into<String>) {
        if self.errors.len() < MOST_ERRORS {
            self.errors.push(what.into());
        }
    }

    pub fn pix(&self, end_to_end_id: &str) -> Option<(&str, &Pix)> {
        self.charges.iter().find_map(|(txid, charge)| {
            charge.pix.iter().find(|pix| pix.end_to_end_id == end_to_end_id).map(|pix| (txid.as_str(), pix))
        })
    }

    pub fn pix_mut(&mut self, end_to_end_id: &str) -> Option<&mut Pix> {
        self.charges
            .values_mut()
            .find_map(|charge| charge.pix.iter_mut().find(|pix| pix.end_to_end_id == end_to_end_id))
    }
}

impl Charge {
    /// Whether the payer's bank is still to accept a payment at that time. It does not show in the status.
    pub fn has_expired(&self, now: &Now) -> bool {
        match self.terms.lifetime {
            Lifetime::Immediate { expires_s } => {
                now.ms >= self.created_ms.saturating_add(expires_s.saturating_mul(1000))
            }
            Lifetime::Due { due, days_after_due } => {
                let last = due.checked_add(jiff::Span::new().try_days(days_after_due).unwrap_or_default());
                last.is_ok_and(|last| last < now.today)
            }
        }
    }

    /// New terms while it is active: one revision more.
    pub fn revise(&mut self, terms: Terms) {
        self.earlier.push(std::mem::replace(&mut self.terms, terms));
        self.revision += 1;
    }

    /// The terms of a revision, the current one included.
    pub fn terms_of(&self, revision: u32) -> Option<&Terms> {
        if revision == self.revision {
            return Some(&self.terms);
        }
        usize::try_from(revision).ok().and_then(|revision| self.earlier.get(revision))
    }
}

/// The time by the bank's true clock.
#[derive(Debug, Clone, Copy)]
pub struct Now {
    pub ms: i64,
    /// The day in São Paulo.
    pub today: Date,
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
        let lock = File::create(folder.join("bank.lock"))?;
        lock.try_lock().map_err(|_| {
            let problem = format!("another stand-in bank keeps its book in {}", folder.display());
            io::Error::new(io::ErrorKind::AddrInUse, problem)
        })?;
        Ok(Shelf { path: folder.join("bank.json"), lock })
    }

    /// The book of an earlier life, or a blank one.
    pub fn read(&self) -> io::Result<Book> {
        Ok(state::read_book(&self.path)?.unwrap_or_default())
    }

    pub fn write(&self, book: &Book) -> io::Result<()> {
        state::write_book(&self.path, book)
    }

    pub fn close(&self) {
        let _ = self.lock.unlock();
    }
}
