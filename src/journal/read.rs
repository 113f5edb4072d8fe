//! Rows as they come out of the file, each checked against its own hash before anything is made of it.

use rusqlite::{Connection, OptionalExtension, Params, params};

use super::chain::{DESK, Hash, Head, Row, Summary};
use super::error::{Damage, Fault};
use crate::domain::{DeskFact, InvoiceId, Note};
use crate::payment::{Entry, PIX_TRIES, PixTry};

const FACTS: &str = "SELECT seq, payment, at_ms, kind, fact, previous, hash FROM facts";
const PAYMENTS: &str = "SELECT payment, first_seq, last_seq, facts, digest, payer, open FROM payments";

/// The head with what it is sealed by.
pub(super) struct Sealed {
    pub head: Head,
    pub key_check: Hash,
    pub seal: Hash,
}

pub(super) fn head(connection: &Connection) -> Result<Sealed, Fault> {
    connection
        .query_row(
            "SELECT first_seq, anchor, last_seq, last_hash, last_payment, open_payments, open_digest, key_check, seal \
             FROM head",
            [],
            |row| {
                Ok(Sealed {
                    head: Head {
                        first_seq: row.get(0)?,
                        anchor: row.get(1)?,
                        last_seq: row.get(2)?,
                        last_hash: row.get(3)?,
                        last_payment: row.get(4)?,
                        open_payments: row.get(5)?,
                        open_digest: row.get(6)?,
                    },
                    key_check: row.get(7)?,
                    seal: row.get(8)?,
                })
            },
        )
        .map_err(|error| match error {
            rusqlite::Error::SqliteFailure(..) => Fault::Sqlite(error),
            _ => Fault::Broken(0, Damage::Head),
        })
}

/// Walks the facts from `first` on, in order.
pub(super) fn rows_from(
    connection: &Connection,
    first: i64,
    mut visit: impl FnMut(&Row) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let mut statement = connection.prepare_cached(&format!("{FACTS} WHERE seq >= ?1 ORDER BY seq"))?;
    let mut rows = statement.query([first])?;
    while let Some(row) = rows.next()? {
        visit(&checked(row)?)?;
    }
    Ok(())
}

pub(super) fn row(connection: &Connection, seq: i64) -> Result<Option<Row>, Fault> {
    let mut statement = connection.prepare_cached(&format!("{FACTS} WHERE seq = ?1"))?;
    let mut rows = statement.query([seq])?;
    rows.next()?.map(checked).transpose()
}

/// The facts of one payment, in order, and what the table of payments ought to say of them.
pub(super) fn payment(connection: &Connection, payment: i64) -> Result<Option<(Summary, Vec<Entry>)>, Fault> {
    let mut statement = connection.prepare_cached(&format!("{FACTS} WHERE payment = ?1 ORDER BY seq"))?;
    let mut rows = statement.query([payment])?;
    let mut found: Option<(Summary, Vec<Entry>)> = None;
    while let Some(row) = rows.next()? {
        let row = checked(row)?;
        let entry = row.entry()?;
        let (summary, entries) = found.get_or_insert_with(|| (Summary::of(row.payment, row.seq), Vec::new()));
        summary.add(&row, &entry.fact);
        entries.push(entry);
    }
    Ok(found)
}

/// What was noted of the desk itself, newest first.
pub(super) fn notes(connection: &Connection, limit: i64) -> Result<Vec<Note>, Fault> {
    let mut statement =
        connection.prepare_cached(&format!("{FACTS} WHERE payment = {DESK} ORDER BY seq DESC LIMIT ?1"))?;
    let mut rows = statement.query([limit])?;
    let mut notes = Vec::new();
    while let Some(row) = rows.next()? {
        notes.push(checked(row)?.note()?);
    }
    Ok(notes)
}

/// Where the desk was last closed, if nobody has opened it since.
pub(super) fn stopped_at(connection: &Connection) -> Result<Option<(i64, Note)>, Fault> {
    let mut statement = connection.prepare_cached(&format!(
        "{FACTS} WHERE payment = {DESK} AND kind IN ('service_stopped', 'service_resumed') ORDER BY seq DESC LIMIT 1"
    ))?;
    let mut rows = statement.query([])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let row = checked(row)?;
    let note = row.note()?;
    Ok(matches!(note.fact, DeskFact::ServiceStopped { .. }).then_some((row.seq, note)))
}

/// Documents that were not shown and that nobody has looked into since, oldest first, each with its first fact.
pub(super) fn doubted(connection: &Connection) -> Result<Vec<(i64, Note)>, Fault> {
    let mut statement = connection.prepare_cached(&format!(
        "{FACTS} WHERE payment = {DESK} AND kind IN ('document_differs', 'document_looked_into') ORDER BY seq"
    ))?;
    let mut rows = statement.query([])?;
    let mut doubted: Vec<(i64, InvoiceId, Note)> = Vec::new();
    while let Some(row) = rows.next()? {
        let row = checked(row)?;
        let note = row.note()?;
        match &note.fact {
            DeskFact::DocumentDiffers { invoice } if doubted.iter().all(|(_, known, _)| known != invoice) => {
                doubted.push((row.seq, invoice.clone(), note));
            }
            DeskFact::DocumentLookedInto { invoice, .. } => doubted.retain(|(_, known, _)| known != invoice),
            _ => {}
        }
    }
    Ok(doubted.into_iter().map(|(seq, _, note)| (seq, note)).collect())
}

/// What was noted of the desk by one of these names, oldest first. The names are the program's own.
pub(super) fn notes_of(connection: &Connection, kinds: &[&str]) -> Result<Vec<(i64, Note)>, Fault> {
    let kinds: Vec<String> = kinds.iter().map(|kind| format!("'{kind}'")).collect();
    let wanted = format!("{FACTS} WHERE payment = {DESK} AND kind IN ({}) ORDER BY seq", kinds.join(", "));
    let mut statement = connection.prepare_cached(&wanted)?;
    let mut rows = statement.query([])?;
    let mut notes = Vec::new();
    while let Some(row) = rows.next()? {
        let row = checked(row)?;
        notes.push((row.seq, row.note()?));
    }
    Ok(notes)
}

/// The first fact of the oldest try of PIX that has not come to its end.
pub(super) fn oldest_open_try(connection: &Connection) -> Result<Option<i64>, Fault> {
    let facts = notes_of(connection, &PIX_TRIES)?;
    let notes: Vec<Note> = facts.iter().map(|(_, note)| note.clone()).collect();
    let open: Vec<String> = PixTry::all(&notes).into_iter().filter(|it| !it.is_closed()).map(|it| it.txid).collect();
    let of_one = |note: &Note| note.fact.pix_try().is_some_and(|txid| open.iter().any(|known| known == txid));
    Ok(facts.iter().find(|(_, note)| of_one(note)).map(|(seq, _)| *seq))
}

pub(super) fn summary(connection: &Connection, payment: i64) -> Result<Option<Summary>, Fault> {
    let mut statement = connection.prepare_cached(&format!("{PAYMENTS} WHERE payment = ?1"))?;
    Ok(statement.query_row([payment], summarized).optional()?)
}

/// Open payments, oldest first.
pub(super) fn open(connection: &Connection) -> Result<Vec<Summary>, Fault> {
    summaries(connection, "WHERE open = 1 ORDER BY payment", [])
}

pub(super) fn newest(connection: &Connection, limit: i64) -> Result<Vec<Summary>, Fault> {
    summaries(connection, "ORDER BY payment DESC LIMIT ?1", [limit])
}

pub(super) fn newest_of(connection: &Connection, payer: &str, limit: i64) -> Result<Vec<Summary>, Fault> {
    summaries(connection, "WHERE payer = ?1 ORDER BY payment DESC LIMIT ?2", params![payer, limit])
}

pub(super) fn all(connection: &Connection) -> Result<Vec<Summary>, Fault> {
    summaries(connection, "ORDER BY payment", [])
}

fn summaries(connection: &Connection, which: &str, params: impl Params) -> Result<Vec<Summary>, Fault> {
    let mut statement = connection.prepare_cached(&format!("{PAYMENTS} {which}"))?;
    let found = statement.query_map(params, summarized)?.collect::<Result<_, _>>()?;
    Ok(found)
}

fn summarized(row: &rusqlite::Row<'_>) -> rusqlite::Result<Summary> {
    Ok(Summary {
        payment: row.get(0)?,
        first_seq: row.get(1)?,
        last_seq: row.get(2)?,
        facts: row.get(3)?,
        digest: row.get(4)?,
        payer: row.get(5)?,
        open: row.get(6)?,
    })
}

fn checked(row: &rusqlite::Row<'_>) -> Result<Row, Fault> {
    let seq = row.get(0)?;
    let changed = |_| Fault::Broken(seq, Damage::Changed);
    let row = Row {
        seq,
        payment: row.get(1)?,
        at_ms: row.get(2)?,
        kind: row.get(3).map_err(changed)?,
        fact: row.get(4).map_err(changed)?,
        previous: row.get(5).map_err(changed)?,
        hash: row.get(6).map_err(changed)?,
    };
    if row.hash == row.digest() { Ok(row) } else { Err(Fault::Broken(seq, Damage::Changed)) }
}
