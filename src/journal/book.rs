//! What can be read of a journal: by the totem that writes it, and by a technician beside a running totem.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use super::chain::{DESK, Summary};
use super::error::{Error, Fault};
use super::key::JournalKey;
use super::verify::{self, Verified};
use super::{read, schema};
use crate::domain::{Note, PaymentId};
use crate::payment::{Entry, PIX_TRIES, PixTry};

/// One payment with its facts in the order they were written.
pub type Account = (PaymentId, Vec<Entry>);

/// A journal open for reading. Each row is checked against its own hash as it is read; `verify` checks the whole.
#[derive(Debug)]
pub struct Book {
    pub(super) connection: Connection,
    pub(super) path: PathBuf,
    pub(super) key: JournalKey,
}

impl Book {
    /// Opens for reading only, without the lock and without a verification: also a journal that no longer verifies can be
    /// looked at.
    pub fn open(path: &Path, key: &JournalKey) -> Result<Book, Error> {
        if !path.is_file() {
            return Err(Error::NotAJournal { path: path.to_owned() });
        }
        let book = Book::connect(path, key, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        match schema::look(&book.connection) {
            Ok(schema::State::Ours) => Ok(book),
            Ok(schema::State::Fresh) => Err(Error::NotAJournal { path: path.to_owned() }),
            Err(fault) => Err(fault.at(path)),
        }
    }

    pub(super) fn connect(path: &Path, key: &JournalKey, flags: OpenFlags) -> Result<Book, Error> {
        let connect = || -> Result<Connection, Fault> {
            let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
            connection.busy_timeout(Duration::from_secs(5))?;
            Ok(connection)
        };
        let connection = connect().map_err(|fault| fault.at(path))?;
        Ok(Book { connection, path: path.to_owned(), key: key.clone() })
    }

    /// Payments whose last fact is not `Closed`, oldest first.
    pub fn open_payments(&self) -> Result<Vec<Account>, Error> {
        self.accounts(read::open)
    }

    /// The facts of one payment; none where there is no such payment.
    pub fn payment(&self, id: PaymentId) -> Result<Vec<Entry>, Error> {
        self.look(|connection| {
            let Some(payment) = i64::try_from(id.0).ok().filter(|payment| *payment != DESK) else {
                return Ok(Vec::new());
            };
            Ok(read::payment(connection, payment)?.map(|(_, entries)| entries).unwrap_or_default())
        })
    }

    /// The highest number ever given, also when its payment is no longer kept.
    pub fn last_payment_id(&self) -> Result<Option<PaymentId>, Error> {
        self.look(|connection| {
            let last = read::head(connection)?.head.last_payment;
            Ok(u64::try_from(last).ok().filter(|last| *last > 0).map(PaymentId))
        })
    }

    /// The payments of whom `tax_id_hash` names, newest first: for a second copy of a receipt.
    pub fn payments_of(&self, tax_id_hash: &str, limit: u32) -> Result<Vec<Account>, Error> {
        self.accounts(|connection| read::newest_of(connection, tax_id_hash, limit.into()))
    }

    /// Newest first.
    pub fn recent(&self, limit: u32) -> Result<Vec<Account>, Error> {
        self.accounts(|connection| read::newest(connection, limit.into()))
    }

    /// What was noted of the desk itself, newest first.
    pub fn notes(&self, limit: u32) -> Result<Vec<Note>, Error> {
        self.look(|connection| read::notes(connection, limit.into()))
    }

    /// Since when, and by whom, the desk is closed; nothing while it is open.
    pub fn stopped(&self) -> Result<Option<Note>, Error> {
        self.look(|connection| Ok(read::stopped_at(connection)?.map(|(_, note)| note)))
    }

    /// Documents that were not shown because they say something else than the provider's system, and that nobody has looked
    /// into since, oldest first.
    pub fn doubted(&self) -> Result<Vec<Note>, Error> {
        self.look(|connection| Ok(read::doubted(connection)?.into_iter().map(|(_, note)| note).collect()))
    }

    /// What was noted of the desk by one of these names, oldest first.
    pub fn notes_of(&self, kinds: &[&str]) -> Result<Vec<Note>, Error> {
        self.look(|connection| Ok(read::notes_of(connection, kinds)?.into_iter().map(|(_, note)| note).collect()))
    }

    /// Tries of PIX that have not come to their end, oldest first.
    pub fn pix_tries(&self) -> Result<Vec<PixTry>, Error> {
        let tries = PixTry::all(&self.notes_of(&PIX_TRIES)?);
        Ok(tries.into_iter().filter(|tried| !tried.is_closed()).collect())
    }

    /// Shows every payment, oldest first, one at a time: a journal of years does not have to fit into memory. What
    /// `visit` refuses ends the walk.
    pub fn each<E>(&self, mut visit: impl FnMut(&[Entry]) -> Result<(), E>) -> Result<Result<(), E>, Error> {
        self.look(|connection| {
            for summary in read::all(connection)? {
                let (_, entries) = account(connection, &summary)?;
                if let Err(refused) = visit(&entries) {
                    return Ok(Err(refused));
                }
            }
            Ok(Ok(()))
        })
    }

    /// Walks everything: each page, each fact, each table.
    pub fn verify(&self) -> Result<Verified, Error> {
        self.look(|connection| verify::whole(connection, &self.key))
    }

    fn accounts(&self, which: impl FnOnce(&Connection) -> Result<Vec<Summary>, Fault>) -> Result<Vec<Account>, Error> {
        self.look(|connection| {
            let found = which(connection)?;
            found.iter().map(|summary| account(connection, summary)).collect()
        })
    }

    /// One moment of the file, however many questions it takes.
    fn look<T>(&self, read: impl FnOnce(&Connection) -> Result<T, Fault>) -> Result<T, Error> {
        let read = || -> Result<T, Fault> { read(&*self.connection.unchecked_transaction()?) };
        read().map_err(|fault| fault.at(&self.path))
    }
}

fn account(connection: &Connection, stored: &Summary) -> Result<Account, Fault> {
    let disagree = || Fault::Broken(stored.last_seq, super::Damage::Payments);
    let (summary, entries) = read::payment(connection, stored.payment)?.ok_or_else(disagree)?;
    let id = u64::try_from(stored.payment).map_err(|_| disagree())?;
    if summary == *stored { Ok((PaymentId(id), entries)) } else { Err(disagree()) }
}
