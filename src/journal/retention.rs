//! How facts are forgotten: from the beginning, a payment whole or not at all, and the chain remembers what it follows.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension};

use super::chain::Head;
use super::error::{Damage, Fault};
use super::key::JournalKey;
use super::{read, write};

pub(super) fn forget(
    connection: &Connection,
    head: &Head,
    key: &JournalKey,
    before: Timestamp,
    most: u32,
) -> Result<Head, Fault> {
    let wanted = oldest_to_keep(connection, head, before)?;
    if wanted <= head.first_seq {
        return Ok(head.clone());
    }
    let mut portion = i64::from(most.max(1));
    let first_seq = loop {
        let to = wanted.min(head.first_seq.saturating_add(portion));
        let first_seq = whole_payments(connection, to)?;
        if first_seq > head.first_seq || to == wanted {
            break first_seq;
        }
        // a payment lasted longer than the portion: it goes with what came meanwhile
        portion = portion.saturating_mul(2);
    };
    if first_seq <= head.first_seq {
        return Ok(head.clone());
    }
    let gone = read::row(connection, first_seq - 1)?.ok_or(Fault::Broken(first_seq - 1, Damage::Missing))?;
    let next = Head { first_seq, anchor: gone.hash, ..head.clone() };
    write::move_head(connection, head, &next, key)?;
    connection.execute("DELETE FROM facts WHERE seq < ?1", [first_seq])?;
    connection.execute("DELETE FROM payments WHERE last_seq < ?1", [first_seq])?;
    Ok(next)
}

/// The first fact to keep: young enough, of an open payment, what keeps the desk closed, a try of PIX that
/// goes on, or what a person has to look into.
fn oldest_to_keep(connection: &Connection, head: &Head, before: Timestamp) -> Result<i64, Fault> {
    let young = connection
        .query_row("SELECT seq FROM facts WHERE at_ms >= ?1 ORDER BY seq LIMIT 1", [before.as_millisecond()], |row| {
            row.get::<_, i64>(0)
        })
        .optional()?;
    let open = connection
        .query_row("SELECT min(first_seq) FROM payments WHERE open = 1", [], |row| row.get::<_, Option<i64>>(0))?;
    let stopped = read::stopped_at(connection)?.map(|(seq, _)| seq);
    let doubted = read::doubted(connection)?.first().map(|(seq, _)| *seq);
    let tried = read::oldest_open_try(connection)?;
    Ok([young, open, stopped, doubted, tried].into_iter().flatten().fold(head.last_seq + 1, i64::min))
}

/// Where no payment is cut in two: at this fact, or at the first one of those that reach past it.
fn whole_payments(connection: &Connection, mut first: i64) -> Result<i64, Fault> {
    loop {
        let reaching: Option<i64> = connection.query_row(
            "SELECT min(first_seq) FROM payments WHERE last_seq >= ?1 AND first_seq < ?1",
            [first],
            |row| row.get(0),
        )?;
        match reaching {
            Some(earlier) => first = earlier,
            None => return Ok(first),
        }
    }
}
