//! What the driver itself must not forget: every sale it began, what became of it, and how far its end was told.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

use super::key::Key;
use crate::domain::{CardKind, CardSale, Money};
use crate::tef::durable::{self, folder_error};
use crate::tef::{Error, SaleOrder};

/// One sale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Record {
    pub key: Key,
    pub asked: Asked,
    pub sale: Option<CardSale>,
    /// The journal holds the sale.
    #[serde(default)]
    pub released: bool,
    pub end: Option<End>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Asked {
    pub amount: Money,
    pub kind: CardKind,
    pub instalments: u8,
}

/// Durable before the library is told, so that the same transaction is never told both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct End {
    pub confirm: bool,
    /// The library has taken it.
    pub told: bool,
    /// SiTef has it.
    pub delivered: bool,
}

impl Record {
    pub fn begun(key: Key, order: &SaleOrder) -> Record {
        let asked = Asked { amount: order.amount, kind: order.kind, instalments: order.instalments };
        Record { key, asked, sale: None, released: false, end: None }
    }

    pub fn of(key: Key, sale: &CardSale) -> Record {
        let asked = Asked { amount: sale.amount, kind: sale.kind, instalments: sale.instalments };
        Record { key, asked, sale: Some(sale.clone()), released: true, end: None }
    }
}

/// A sale whose end SiTef has is remembered so long: a query may still name it.
const REMEMBERED: Duration = Duration::from_secs(10 * 24 * 3_600);

pub(super) struct State {
    directory: PathBuf,
    /// One totem a directory, as long as this lives.
    _lock: File,
}

impl State {
    pub fn open(directory: &Path) -> Result<State, Error> {
        fs::create_dir_all(directory).map_err(|cause| folder_error(directory, &cause))?;
        let lock_path = directory.join("lock");
        let lock = File::create(&lock_path).map_err(|cause| folder_error(&lock_path, &cause))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(folder_error(directory, &"another totem is using it")),
            Err(TryLockError::Error(cause)) => return Err(folder_error(&lock_path, &cause)),
        }
        let state = State { directory: directory.to_owned(), _lock: lock };
        state.forget_old();
        Ok(state)
    }

    /// Held by the process of the library, as long as it lives.
    pub fn host_lock(&self) -> PathBuf {
        self.directory.join("host.lock")
    }

    pub fn write(&self, record: &Record) -> Result<(), Error> {
        let path = self.path(&record.key);
        let bytes = serde_json::to_vec_pretty(record).map_err(|cause| folder_error(&path, &cause))?;
        durable::replace(&path, &bytes)
    }

    /// The sale came to nothing.
    pub fn forget(&self, key: &Key) -> Result<(), Error> {
        durable::remove(&self.path(key))
    }

    pub fn find(&self, key: &Key) -> Result<Option<Record>, Error> {
        read(&self.path(key))
    }

    /// Oldest first.
    pub fn records(&self) -> Result<Vec<Record>, Error> {
        let mut records = Vec::new();
        for path in self.paths()? {
            records.extend(read(&path)?);
        }
        Ok(records)
    }

    fn path(&self, key: &Key) -> PathBuf {
        self.directory.join(format!("sale-{}-{:0>20}.json", key.date, key.document))
    }

    fn paths(&self) -> Result<Vec<PathBuf>, Error> {
        let unreadable = |cause| folder_error(&self.directory, &cause);
        let mut paths = Vec::new();
        for entry in fs::read_dir(&self.directory).map_err(unreadable)? {
            let path = entry.map_err(unreadable)?.path();
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            if name.starts_with("sale-") && name.ends_with(".json") {
                paths.push(path);
            }
        }
        paths.sort();
        Ok(paths)
    }

    /// One that cannot be read stays where it is: whoever needs it says so.
    fn forget_old(&self) {
        let is_old = |path: &PathBuf| {
            let age =
                fs::metadata(path).and_then(|about| about.modified()).map(|at| SystemTime::now().duration_since(at));
            matches!(age, Ok(Ok(age)) if age > REMEMBERED)
        };
        for path in self.paths().unwrap_or_default().into_iter().filter(is_old) {
            let done = matches!(read(&path), Ok(Some(Record { end: Some(End { delivered: true, .. }), .. })));
            if done && let Err(error) = durable::remove(&path) {
                tracing::warn!(%error, "an old sale of the TEF could not be forgotten");
            }
        }
    }
}

fn read(path: &Path) -> Result<Option<Record>, Error> {
    durable::read(path)?
        .map(|bytes| {
            // serde's own words could quote the file
            serde_json::from_slice(&bytes).map_err(|cause| {
                folder_error(path, &format!("unreadable at line {}, column {}", cause.line(), cause.column()))
            })
        })
        .transpose()
}
