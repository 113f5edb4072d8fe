//! The tables of the journal, how an older file becomes a newer one, and whether a file is ours at all.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, TransactionBehavior};

use super::chain::Head;
use super::error::Fault;
use super::key::{JournalKey, sync_dir};
use super::write;

/// "TOTM", at bytes 68 to 71 of the file.
const APPLICATION_ID: i32 = 0x544F_544D;

/// The step at index `n` makes schema `n + 1` of schema `n`. A step that has been released is never edited.
pub(super) const MIGRATIONS: &[&str] = &[include_str!("schema/1.sql")];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// Nothing was ever written to it.
    Fresh,
    Ours,
}

/// Looks without touching: another program's database stays as it is.
pub(super) fn look(connection: &Connection) -> Result<State, Fault> {
    let number = |pragma| connection.pragma_query_value(None, pragma, |row| row.get::<_, i32>(0));
    let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    match (number("application_id")?, tables) {
        (0, 0) => Ok(State::Fresh),
        (APPLICATION_ID, _) => match usize::try_from(number("user_version")?) {
            Ok(version) if version <= MIGRATIONS.len() => Ok(State::Ours),
            found => Err(Fault::Newer(format!(
                "its schema is {}, this program knows {}",
                found.unwrap_or_default(),
                MIGRATIONS.len()
            ))),
        },
        _ => Err(Fault::NotAJournal),
    }
}

/// Makes the tables of a new journal around a head that begins at a random place.
pub(super) fn create(connection: &mut Connection, key: &JournalKey) -> Result<(), Fault> {
    let mut anchor = [0; 32];
    getrandom::fill(&mut anchor).map_err(std::io::Error::other)?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for step in MIGRATIONS {
        transaction.execute_batch(step)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX))?;
    write::first_head(&transaction, &Head::at_the_beginning(anchor), key)?;
    Ok(transaction.commit()?)
}

/// Brings an older journal to the present schema, all steps or none, after a copy of it is safe on disk.
pub(super) fn migrate(connection: &mut Connection, path: &Path) -> Result<(), Fault> {
    migrate_by(connection, path, MIGRATIONS)
}

pub(super) fn migrate_by(connection: &mut Connection, path: &Path, steps: &[&str]) -> Result<(), Fault> {
    let version = connection.pragma_query_value(None, "user_version", |row| row.get::<_, u32>(0))?;
    let mut owed = steps.iter().skip(usize::try_from(version).unwrap_or(usize::MAX)).peekable();
    if owed.peek().is_none() {
        return Ok(());
    }
    let kept = keep_copy(connection, path, version)?;
    tracing::warn!(from = version, to = steps.len(), copy = %kept.display(), "the journal gets a newer schema");
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Exclusive)?;
    for step in owed {
        transaction.execute_batch(step)?;
    }
    transaction.pragma_update(None, "user_version", i64::try_from(steps.len()).unwrap_or(i64::MAX))?;
    Ok(transaction.commit()?)
}

/// `journal.db.schema-1`, private and synced. A draft of an attempt that was cut short is thrown away.
fn keep_copy(connection: &Connection, path: &Path, version: u32) -> Result<PathBuf, Fault> {
    let copy = beside(path, &format!(".schema-{version}"));
    let draft = beside(path, ".copying");
    OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&draft)?;
    connection
        .execute("VACUUM INTO ?1", [draft.as_os_str().to_str().ok_or(rusqlite::Error::InvalidPath(draft.clone()))?])?;
    File::open(&draft)?.sync_all()?;
    fs::rename(&draft, &copy)?;
    sync_dir(directory(path))?;
    Ok(copy)
}

pub(super) fn directory(path: &Path) -> &Path {
    match path.parent() {
        Some(dir) if !dir.as_os_str().is_empty() => dir,
        _ => Path::new("."),
    }
}

/// The path with an ending after its name: `journal.db` and `.lock` give `journal.db.lock`.
pub(super) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(ending);
    PathBuf::from(name)
}
