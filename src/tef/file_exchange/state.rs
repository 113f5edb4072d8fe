//! What the driver itself must not forget: the last request's number, the sale in flight, and approved sales that
//! the journal does not hold yet.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use super::outcome::Asked;
use crate::domain::CardSale;
use crate::tef::Error;
use crate::tef::durable::{self, folder_error};

/// The sale that was sent and whose end is not known yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct InFlight {
    pub request: u64,
    pub asked: Asked,
}

pub(super) struct State {
    directory: PathBuf,
    last_request: u64,
    /// One totem a directory, as long as this lives.
    _lock: File,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kept {
    Now,
    /// The same transaction was kept before.
    Before,
}

/// Field 001 has at most ten digits.
const LARGEST_REQUEST: u64 = 9_999_999_999;

const KEPT: &str = "approved-";

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
        let last_request = last_request(&directory.join("counter"))?;
        Ok(State { directory: directory.to_owned(), last_request, _lock: lock })
    }

    /// A number never given before, durable before it is used.
    pub fn next_request(&mut self) -> Result<u64, Error> {
        let next = if self.last_request >= LARGEST_REQUEST { 1 } else { self.last_request + 1 };
        durable::replace(&self.directory.join("counter"), next.to_string().as_bytes())?;
        self.last_request = next;
        Ok(next)
    }

    pub fn begin(&self, in_flight: &InFlight) -> Result<(), Error> {
        write_json(&self.in_flight_path(), in_flight)
    }

    /// Only completes what an answer leaves out, so an unreadable one is none.
    pub fn in_flight(&self) -> Option<InFlight> {
        read_json(&self.in_flight_path()).ok().flatten()
    }

    /// The sale in flight has an end.
    pub fn settle(&self) -> Result<(), Error> {
        durable::remove(&self.in_flight_path())
    }

    /// Keeps an approved sale until it is forgotten. Of the answer only what `CardSale` can hold is written: nothing
    /// that identifies the card.
    pub fn keep(&mut self, sale: &CardSale) -> Result<Kept, Error> {
        if self.kept_files()?.iter().any(|(_, kept)| kept.is_same_transaction(sale)) {
            return Ok(Kept::Before);
        }
        let number = self.next_request()?;
        write_json(&self.directory.join(format!("{KEPT}{number:010}.json")), sale)?;
        Ok(Kept::Now)
    }

    /// Oldest first.
    pub fn kept(&self) -> Result<Vec<CardSale>, Error> {
        Ok(self.kept_files()?.into_iter().map(|(_, sale)| sale).collect())
    }

    pub fn forget(&self, sale: &CardSale) -> Result<(), Error> {
        for (path, kept) in self.kept_files()? {
            if kept.is_same_transaction(sale) {
                durable::remove(&path)?;
            }
        }
        Ok(())
    }

    fn in_flight_path(&self) -> PathBuf {
        self.directory.join("in-flight.json")
    }

    fn kept_files(&self) -> Result<Vec<(PathBuf, CardSale)>, Error> {
        let unreadable = |cause| folder_error(&self.directory, &cause);
        let mut kept = Vec::new();
        for entry in fs::read_dir(&self.directory).map_err(unreadable)? {
            let path = entry.map_err(unreadable)?.path();
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            if name.starts_with(KEPT)
                && name.ends_with(".json")
                && let Some(sale) = read_json(&path)?
            {
                kept.push((path, sale));
            }
        }
        kept.sort_by(|(a, _), (b, _)| a.cmp(b));
        Ok(kept)
    }
}

/// A lost counter begins again at the seconds since 1970. It began there too and grew by less than one a second, so
/// an old answer is not taken for a new one's.
fn last_request(path: &Path) -> Result<u64, Error> {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let stored = durable::read(path)?.and_then(|bytes| String::from_utf8(bytes).ok()?.trim().parse().ok());
    Ok(stored.unwrap_or(seconds))
}

fn write_json<T: Serialize>(path: &Path, value: &T) -> Result<(), Error> {
    let bytes = serde_json::to_vec_pretty(value).map_err(|cause| folder_error(path, &cause))?;
    durable::replace(path, &bytes)
}

fn read_json<T: for<'a> Deserialize<'a>>(path: &Path) -> Result<Option<T>, Error> {
    durable::read(path)?
        .map(|bytes| {
            // serde's own words could quote the file
            serde_json::from_slice(&bytes).map_err(|cause| {
                folder_error(path, &format!("unreadable at line {}, column {}", cause.line(), cause.column()))
            })
        })
        .transpose()
}
