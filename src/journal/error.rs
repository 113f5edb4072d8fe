//! What can be wrong with the journal: each error says what, where, and what a technician does about it.

use std::io;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

use crate::domain::PaymentId;

/// Why no payment may be taken, or why one entry was not accepted.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(
        "another totem runs on this machine{} and holds {}: end it before starting a second one",
        process.map_or_else(String::new, |id| format!(" (process {id})")), path.display()
    )]
    AlreadyRunning { path: PathBuf, process: Option<u32> },

    /// The file is whole, and another program's; or its first page is garbage.
    #[error("{} is not a totem's journal: check the path, or put the right file back", path.display())]
    NotAJournal { path: PathBuf },

    /// SQLite cannot read its own pages: a failing disk, a cut file. A torn last transaction is not this; SQLite rolls it back.
    #[error("{} is damaged ({cause}): keep a copy of the whole directory, test the disk, put a backup back", path.display())]
    Corrupt { path: PathBuf, cause: String },

    /// SQLite reads the file well, but it is not what this totem wrote.
    #[error(
        "{} is not as it was written: at fact {at_row}, {why}; no payment is taken; settle what was open by hand, then \
         move the whole directory aside and keep it: the totem begins a new journal", path.display()
    )]
    Broken { path: PathBuf, at_row: i64, why: Damage },

    #[error("{} was written by a newer totem ({what}): install that version again", path.display())]
    Newer { path: PathBuf, what: String },

    #[error("{} was written with another key: put the journal.key that belongs to it back", path.display())]
    OtherKey { path: PathBuf },

    #[error("{} {why}: put the key back from a backup", path.display())]
    Key { path: PathBuf, why: &'static str },

    #[error("the disk that holds {} is full: free some space, then start the totem again", path.display())]
    Full { path: PathBuf },

    #[error("{} cannot be written ({cause}): check the mount, and the owner of the directory", path.display())]
    ReadOnly { path: PathBuf, cause: String },

    #[error("{} could not be read or written ({cause}): test the disk", path.display())]
    Disk { path: PathBuf, cause: String },

    /// After one failure nothing more is written: only a fresh look at the disk tells what became durable.
    #[error("{} takes no more facts since an earlier failure ({cause}): start the totem again", path.display())]
    Poisoned { path: PathBuf, cause: String },

    /// A mistake of the caller. Nothing was written, and the journal goes on.
    #[error("payment {payment}: {why}")]
    Refused { payment: PaymentId, why: &'static str },
}

/// How the journal differs from what was written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Damage {
    #[error("the row was changed")]
    Changed,
    #[error("a row was removed")]
    Missing,
    #[error("the row does not follow the one before it")]
    OutOfOrder,
    #[error("a row was added")]
    Added,
    #[error("the head was changed or removed")]
    Head,
    #[error("the table of payments does not agree with the facts")]
    Payments,
    #[error("an older copy stands in its place: fact {acknowledged} had been acknowledged")]
    Older { acknowledged: i64 },
    #[error("the witness file beside it was changed")]
    Witness,
}

/// A trouble before it is known in which file.
#[derive(Debug)]
pub(super) enum Fault {
    Sqlite(rusqlite::Error),
    Io(io::Error),
    Broken(i64, Damage),
    Newer(String),
    Refused(PaymentId, &'static str),
    OtherKey,
    NotAJournal,
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Fault {
        Fault::Sqlite(error)
    }
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Fault {
        Fault::Io(error)
    }
}

impl Fault {
    pub(super) fn at(self, path: &Path) -> Error {
        let path = path.to_owned();
        match self {
            Fault::Sqlite(error) => sqlite(path, &error),
            Fault::Io(error) => disk(path, &error),
            Fault::Broken(at_row, why) => Error::Broken { path, at_row, why },
            Fault::Newer(what) => Error::Newer { path, what },
            Fault::Refused(payment, why) => Error::Refused { payment, why },
            Fault::OtherKey => Error::OtherKey { path },
            Fault::NotAJournal => Error::NotAJournal { path },
        }
    }
}

fn sqlite(path: PathBuf, error: &rusqlite::Error) -> Error {
    let cause = error.to_string();
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => Error::Full { path },
        Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
            Error::ReadOnly { path, cause }
        }
        Some(ErrorCode::NotADatabase) => Error::NotAJournal { path },
        Some(ErrorCode::DatabaseCorrupt) => Error::Corrupt { path, cause },
        Some(_) => Error::Disk { path, cause },
        // What comes back has not the shape the schema promises: no such table, a text that is not UTF-8.
        None => Error::Corrupt { path, cause },
    }
}

fn disk(path: PathBuf, error: &io::Error) -> Error {
    let cause = error.to_string();
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Error::Full { path },
        io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied => Error::ReadOnly { path, cause },
        _ => Error::Disk { path, cause },
    }
}
