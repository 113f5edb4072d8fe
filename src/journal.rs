//! The durable list of facts (SQLite), and what the technician can read of it.
//!
//! A fact is on disk when `append` returns, chained by SHA-256 to the one before it. Nothing is ever repaired: a journal
//! that cannot be written or does not verify is an error, and the totem takes no payment (promise P7).

use std::fs::{self, OpenOptions};
use std::io;
use std::ops::Deref;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use jiff::Timestamp;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, TransactionBehavior};

mod book;
mod chain;
mod error;
pub mod export;
mod failpoint;
mod key;
mod kinds;
mod lock;
mod read;
mod retention;
mod schema;
mod verify;
mod witness;
mod write;

pub use book::{Account, Book};
pub use error::{Damage, Error};
pub use key::{JournalKey, tax_id_hash};
pub use lock::{Lock, hold};
pub use verify::Verified;

use crate::domain::Note;
use crate::payment::{Entry, Fact};
use chain::Head;
use error::Fault;
use failpoint::Moment;
use schema::{State, beside, directory};
use witness::Witness;

/// Appends between two moves of the write-ahead log into the journal proper: about ten megabytes of log.
const APPENDS_PER_CHECKPOINT: u32 = 250;

/// A payment is begun only where the disk has room to see it, and many others, to their end.
const ROOM_TO_BEGIN_BYTES: u64 = 16 * 1024 * 1024;

/// The journal in the hands of the one totem of this machine. All that can be read of it is in [`Book`].
#[derive(Debug)]
pub struct Journal {
    book: Book,
    head: Head,
    witness: Witness,
    /// Why nothing is written any more.
    poison: Option<String>,
    since_checkpoint: u32,
    room_to_begin_bytes: u64,
    /// Last, so that it is let go of after the file is closed.
    _lock: Lock,
}

impl Deref for Journal {
    type Target = Book;

    fn deref(&self) -> &Book {
        &self.book
    }
}

impl Journal {
    /// Opens or begins the journal at `path`, takes the machine's lock and verifies what payments will rest on.
    ///
    /// Beside it stand `.lock`, `.witness` and SQLite's own `-wal` and `-shm`; all are private (0600).
    pub fn open(path: &Path, key: &JournalKey) -> Result<Journal, Error> {
        let dir = directory(path);
        key::create_dir(dir).map_err(|error| Fault::from(error).at(dir))?;
        let lock = Lock::take(&beside(path, ".lock"))?;
        let mut witness = Witness::open(&beside(path, ".witness")).map_err(|error| Fault::from(error).at(path))?;
        make_file(path, &witness).map_err(|fault| fault.at(path))?;
        let mut book = Book::connect(path, key, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        let head = book.begin(&mut witness).map_err(|fault| fault.at(path))?;
        Ok(Journal {
            book,
            head,
            witness,
            poison: None,
            since_checkpoint: 0,
            room_to_begin_bytes: ROOM_TO_BEGIN_BYTES,
            _lock: lock,
        })
    }

    /// Writes all entries or none; on return they are durable. Times are kept to the millisecond.
    ///
    /// After a failure the journal takes nothing more. Whether the entries are there is then known only by opening it
    /// again. `Refused`, and `Full` before an `Opened`, are no failures: nothing was attempted.
    pub fn append(&mut self, entries: &[Entry]) -> Result<(), Error> {
        self.refuse_if_poisoned()?;
        if entries.is_empty() {
            return Ok(());
        }
        if entries.iter().any(|entry| matches!(entry.fact, Fact::Opened { .. })) {
            self.room_to_begin()?;
        }
        let names: Vec<&str> = entries.iter().map(|entry| entry.fact.name()).collect();
        self.write(&names, |connection, head, key| write::append(connection, head, key, entries))
    }

    /// Writes down what is about no payment; on return it is durable. Fails as `append` does.
    pub fn note(&mut self, note: &Note) -> Result<(), Error> {
        self.refuse_if_poisoned()?;
        self.write(&[note.fact.name()], |connection, head, key| write::note(connection, head, key, note))
    }

    fn write(
        &mut self,
        names: &[&str],
        change: impl FnOnce(&Connection, &Head, &JournalKey) -> Result<Head, Fault>,
    ) -> Result<(), Error> {
        let head = self.transact(|connection, head, key| {
            let next = change(connection, head, key)?;
            failpoint::pass(Moment::Unsynced, names);
            Ok(next)
        })?;
        failpoint::pass(Moment::Unwitnessed, names);
        self.acknowledge(head);
        failpoint::pass(Moment::Synced, names);
        Ok(())
    }

    /// Forgets the oldest payments, whole, of which every fact is older than `before`: open ones, and all that came after
    /// the first that must stay, are kept. About `most` facts go at once, so that nobody waits long; none left to go is 0.
    pub fn forget(&mut self, before: Timestamp, most: u32) -> Result<u64, Error> {
        self.refuse_if_poisoned()?;
        let first_seq = self.head.first_seq;
        let head = self.transact(|connection, head, key| retention::forget(connection, head, key, before, most))?;
        if head.first_seq == first_seq {
            return Ok(0);
        }
        let forgotten = (head.first_seq - first_seq).unsigned_abs();
        self.acknowledge(head);
        Ok(forgotten)
    }

    /// Walks everything, as [`Book::verify`]; a journal found broken takes no more facts.
    pub fn verify(&mut self) -> Result<Verified, Error> {
        let found = self.book.verify();
        if let Err(error) = &found {
            self.poison(error.to_string());
        }
        found
    }

    /// Whether a failure has ended it: then nothing more is written until it is opened again.
    #[must_use]
    pub fn is_poisoned(&self) -> bool {
        self.poison.is_some()
    }

    fn refuse_if_poisoned(&self) -> Result<(), Error> {
        match &self.poison {
            Some(cause) => Err(Error::Poisoned { path: self.book.path.clone(), cause: cause.clone() }),
            None => Ok(()),
        }
    }

    fn room_to_begin(&self) -> Result<(), Error> {
        let path = &self.book.path;
        let room = rustix::fs::statvfs(directory(path)).map_err(|error| Fault::Io(error.into()).at(path))?;
        if room.f_bavail.saturating_mul(room.f_frsize) < self.room_to_begin_bytes {
            return Err(Error::Full { path: path.clone() });
        }
        Ok(())
    }

    fn transact(
        &mut self,
        change: impl FnOnce(&Connection, &Head, &JournalKey) -> Result<Head, Fault>,
    ) -> Result<Head, Error> {
        let Book { connection, path, key } = &mut self.book;
        let transact = || -> Result<Head, Fault> {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let head = change(&transaction, &self.head, key)?;
            transaction.commit()?;
            Ok(head)
        };
        let done = transact().map_err(|fault| fault.at(path));
        match &done {
            Ok(_) | Err(Error::Refused { .. }) => {}
            Err(error) => self.poison(error.to_string()),
        }
        done
    }

    /// The transaction is durable: what fails from here on stops the next one, not this one.
    fn acknowledge(&mut self, head: Head) {
        self.head = head;
        self.since_checkpoint += 1;
        let mut settle = || -> Result<(), Fault> {
            self.witness.see(&self.head, &self.book.key)?;
            if self.since_checkpoint >= APPENDS_PER_CHECKPOINT {
                self.since_checkpoint = 0;
                self.book.connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()))?;
            }
            Ok(())
        };
        if let Err(fault) = settle() {
            let error = fault.at(&self.book.path);
            self.poison(error.to_string());
        }
    }

    fn poison(&mut self, cause: String) {
        tracing::error!(%cause, "the journal takes no more facts");
        // Closing would move the log into the journal and throw it away: nothing is written to this disk any more.
        let keeps_the_log = self.book.connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true);
        if let Err(error) = keeps_the_log {
            tracing::error!(%error, "the write-ahead log may be moved when the journal is closed");
        }
        self.poison.get_or_insert(cause);
    }
}

impl Book {
    fn begin(&mut self, witness: &mut Witness) -> Result<Head, Fault> {
        let state = schema::look(&self.connection)?;
        if state == State::Fresh {
            nothing_was_here(witness)?;
        }
        settings(&self.connection)?;
        match state {
            State::Fresh => schema::create(&mut self.connection, &self.key)?,
            State::Ours => schema::migrate(&mut self.connection, &self.path)?,
        }
        let head = verify::at_start(&self.connection, &self.key)?;
        if !witness.is_blank() {
            verify::witnessed(&self.connection, &head, witness.seen(&self.key)?)?;
            write_afresh(&self.connection)?;
            return Ok(head);
        }
        if head.last_seq > 0 {
            tracing::warn!(journal = %self.path.display(), "there was no witness of the last fact; a new one begins");
        }
        witness.see(&head, &self.key)?;
        witness.sync()?;
        Ok(head)
    }
}

/// Moves the log of an earlier run into the journal proper. After a sync that failed the kernel shows pages that are not
/// on the disk as if they were; what is read from them is written once more before anything rests on it.
fn write_afresh(connection: &Connection) -> Result<(), Fault> {
    let busy: bool = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    if busy {
        tracing::warn!("somebody reads the journal: its log stays as it is for now");
    }
    Ok(())
}

/// Looks before SQLite does: it would throw the log away that belongs to an emptied file.
fn make_file(path: &Path, witness: &Witness) -> Result<(), Fault> {
    match fs::metadata(path) {
        Ok(file) if file.len() > 0 => return Ok(key::keep_private(path)?),
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
        _ => nothing_was_here(witness)?,
    }
    OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(path)?;
    Ok(key::sync_dir(directory(path))?)
}

fn nothing_was_here(witness: &Witness) -> Result<(), Fault> {
    witness.claims().map_or(Ok(()), |acknowledged| Err(Fault::Broken(1, Damage::Older { acknowledged })))
}

/// The log is moved by us, not behind a commit's back, so that a failed sync of the journal proper is seen.
fn settings(connection: &Connection) -> Result<(), Fault> {
    let mode: String = connection.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0))?;
    if mode != "wal" {
        return Err(io::Error::other("this file system cannot hold a write-ahead log").into());
    }
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "wal_autocheckpoint", 0)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    // What is forgotten is overwritten, not only unlinked.
    connection.pragma_update(None, "secure_delete", true)?;
    Ok(())
}

#[cfg(test)]
mod tests;
