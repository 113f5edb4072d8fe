//! What an append changes in the file, inside one transaction.

use rusqlite::{Connection, params};

use super::chain::{Head, Row, Summary, key_check};
use super::error::{Damage, Fault};
use super::key::JournalKey;
use super::read;
use crate::domain::Note;
use crate::payment::{Entry, Fact};

/// Puts the entries at the end of the chain and gives the head that follows.
pub(super) fn append(connection: &Connection, head: &Head, key: &JournalKey, entries: &[Entry]) -> Result<Head, Fault> {
    let mut next = head.clone();
    for entry in entries {
        let row = Row::new(next.last_seq + 1, next.last_hash, entry)?;
        let known = read::summary(connection, row.payment)?;
        if known.is_some() && matches!(entry.fact, Fact::Opened { .. }) {
            return Err(Fault::Refused(entry.payment, "this number was given to a payment before"));
        }
        let mut summary = known.unwrap_or_else(|| Summary::of(row.payment, row.seq));
        next.discount(&summary);
        summary.add(&row, &entry.fact);
        next.count(&summary);
        next.last_seq = row.seq;
        next.last_hash = row.hash;
        next.last_payment = next.last_payment.max(row.payment);
        insert(connection, &row)?;
        replace(connection, &summary)?;
    }
    move_head(connection, head, &next, key)?;
    Ok(next)
}

/// Puts what is about no payment at the end of the same chain.
pub(super) fn note(connection: &Connection, head: &Head, key: &JournalKey, note: &Note) -> Result<Head, Fault> {
    let row = Row::of_desk(head.last_seq + 1, head.last_hash, note)?;
    let next = Head { last_seq: row.seq, last_hash: row.hash, ..head.clone() };
    insert(connection, &row)?;
    move_head(connection, head, &next, key)?;
    Ok(next)
}

pub(super) fn insert(connection: &Connection, row: &Row) -> Result<(), Fault> {
    connection
        .prepare_cached(
            "INSERT INTO facts (seq, payment, at_ms, kind, fact, previous, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![row.seq, row.payment, row.at_ms, row.kind, row.fact, row.previous, row.hash])?;
    connection.prepare_cached("INSERT OR IGNORE INTO kinds (kind) VALUES (?1)")?.execute([&row.kind])?;
    Ok(())
}

pub(super) fn replace(connection: &Connection, summary: &Summary) -> Result<(), Fault> {
    connection
        .prepare_cached(
            "INSERT INTO payments (payment, first_seq, last_seq, facts, digest, payer, open) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (payment) DO UPDATE SET \
             last_seq = ?3, facts = ?4, digest = ?5, payer = ?6, open = ?7",
        )?
        .execute(params![
            summary.payment,
            summary.first_seq,
            summary.last_seq,
            summary.facts,
            summary.digest,
            summary.payer,
            summary.open
        ])?;
    Ok(())
}

pub(super) fn first_head(connection: &Connection, head: &Head, key: &JournalKey) -> Result<(), Fault> {
    connection.execute(
        "INSERT INTO head (one, first_seq, anchor, last_seq, last_hash, last_payment, open_payments, open_digest, \
         key_check, seal) VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        params![
            head.first_seq,
            head.anchor,
            head.last_seq,
            head.last_hash,
            head.last_payment,
            head.open_payments,
            head.open_digest,
            key_check(key),
            head.seal(key)
        ],
    )?;
    Ok(())
}

/// Only from where this process left it: a head that somebody else moved is not built upon.
pub(super) fn move_head(connection: &Connection, from: &Head, to: &Head, key: &JournalKey) -> Result<(), Fault> {
    let moved = connection
        .prepare_cached(
            "UPDATE head SET first_seq = ?1, anchor = ?2, last_seq = ?3, last_hash = ?4, last_payment = ?5, \
             open_payments = ?6, open_digest = ?7, seal = ?8 WHERE seal = ?9",
        )?
        .execute(params![
            to.first_seq,
            to.anchor,
            to.last_seq,
            to.last_hash,
            to.last_payment,
            to.open_payments,
            to.open_digest,
            to.seal(key),
            from.seal(key)
        ])?;
    if moved == 1 { Ok(()) } else { Err(Fault::Broken(from.last_seq, Damage::Head)) }
}
