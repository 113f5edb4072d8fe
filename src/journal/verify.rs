//! Whether the journal is what was written: at start what money decisions rest on, on demand every row.

use std::collections::BTreeMap;

use rusqlite::Connection;

use super::chain::{Hash, Head, Row, Summary, key_check};
use super::error::{Damage, Fault};
use super::key::JournalKey;
use super::witness::Seen;
use super::{kinds, read};

/// How many of the last facts are looked at when the journal is opened.
const TAIL: i64 = 1024;

/// What a walk over the whole journal found in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    pub facts: u64,
    pub payments: u64,
    pub open_payments: u64,
}

/// The head and its seal, the last facts down to it, every fact of every open payment, and that all kinds of facts are
/// known. Its cost depends on how many payments are open, not on how many facts there are.
pub(super) fn at_start(connection: &Connection, key: &JournalKey) -> Result<Head, Fault> {
    let head = sealed_head(connection, key)?;
    known_kinds(connection)?;
    let first = head.first_seq.max(head.last_seq - TAIL + 1);
    let mut chain = Chain::new(&head, first);
    read::rows_from(connection, first, |row| chain.follow(row).and_then(|()| row.is_understood()))?;
    chain.end()?;
    open_payments(connection, &head)?;
    Ok(head)
}

/// The fact that was last acknowledged is there, and is the one that was.
pub(super) fn witnessed(connection: &Connection, head: &Head, seen: Seen) -> Result<(), Fault> {
    let older = |at_row| Err(Fault::Broken(at_row, Damage::Older { acknowledged: seen.seq }));
    if seen.seq > head.last_seq {
        return older(head.last_seq + 1);
    }
    if seen.seq < head.first_seq {
        return Ok(());
    }
    match read::row(connection, seen.seq)? {
        Some(row) if row.hash == seen.hash => Ok(()),
        _ => older(seen.seq),
    }
}

/// Every page, every row, every table.
pub(super) fn whole(connection: &Connection, key: &JournalKey) -> Result<Verified, Fault> {
    let complaint: String = connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if complaint != "ok" {
        let code = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_CORRUPT);
        return Err(rusqlite::Error::SqliteFailure(code, Some(complaint)).into());
    }
    let head = sealed_head(connection, key)?;
    known_kinds(connection)?;
    let mut chain = Chain::new(&head, i64::MIN);
    let mut payments: BTreeMap<i64, Summary> = BTreeMap::new();
    read::rows_from(connection, i64::MIN, |row| {
        chain.follow(row)?;
        if row.is_of_desk() {
            return row.is_understood();
        }
        let summary = payments.entry(row.payment).or_insert_with(|| Summary::of(row.payment, row.seq));
        summary.add(row, &row.entry()?.fact);
        Ok(())
    })?;
    chain.end()?;
    same_payments(&payments, &read::all(connection)?)?;
    open_payments(connection, &head)?;
    Ok(Verified {
        facts: (head.last_seq - head.first_seq + 1).unsigned_abs(),
        payments: payments.len() as u64,
        open_payments: head.open_payments.unsigned_abs(),
    })
}

fn sealed_head(connection: &Connection, key: &JournalKey) -> Result<Head, Fault> {
    let sealed = read::head(connection)?;
    if sealed.seal == sealed.head.seal(key) {
        return Ok(sealed.head);
    }
    if sealed.key_check == key_check(key) {
        Err(Fault::Broken(sealed.head.last_seq, Damage::Head))
    } else {
        Err(Fault::OtherKey)
    }
}

fn known_kinds(connection: &Connection) -> Result<(), Fault> {
    let mut statement = connection.prepare_cached("SELECT kind FROM kinds")?;
    let written = statement.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
    let known = kinds::known();
    match written.iter().find(|kind| !known.contains(&kind.as_str())) {
        Some(kind) => Err(Fault::Newer(format!("it holds facts of the kind `{kind}`"))),
        None => Ok(()),
    }
}

/// Follows the rows from one end to the other.
struct Chain<'a> {
    head: &'a Head,
    expected: i64,
    /// The row before, unless the walk began in the middle.
    previous: Option<Hash>,
}

impl<'a> Chain<'a> {
    fn new(head: &'a Head, from: i64) -> Chain<'a> {
        let expected = from.max(head.first_seq);
        Chain { head, expected, previous: (expected == head.first_seq).then_some(head.anchor) }
    }

    fn follow(&mut self, row: &Row) -> Result<(), Fault> {
        if row.seq > self.head.last_seq || row.seq < self.expected {
            return Err(Fault::Broken(row.seq, Damage::Added));
        }
        if row.seq > self.expected {
            return Err(Fault::Broken(self.expected, Damage::Missing));
        }
        if self.previous.is_some_and(|previous| previous != row.previous) {
            return Err(Fault::Broken(row.seq, Damage::OutOfOrder));
        }
        self.expected += 1;
        self.previous = Some(row.hash);
        Ok(())
    }

    fn end(&self) -> Result<(), Fault> {
        if self.expected <= self.head.last_seq {
            return Err(Fault::Broken(self.expected, Damage::Missing));
        }
        match self.previous {
            Some(hash) if hash != self.head.last_hash => Err(Fault::Broken(self.head.last_seq, Damage::OutOfOrder)),
            _ => Ok(()),
        }
    }
}

/// The open payments are those the sealed head counts, with exactly their facts.
fn open_payments(connection: &Connection, head: &Head) -> Result<(), Fault> {
    let mut counted = Head { open_payments: 0, open_digest: [0; 32], ..head.clone() };
    for stored in read::open(connection)? {
        match read::payment(connection, stored.payment)? {
            Some((summary, _)) if summary == stored => counted.count(&stored),
            _ => return Err(Fault::Broken(stored.last_seq, Damage::Payments)),
        }
    }
    if counted == *head { Ok(()) } else { Err(Fault::Broken(head.last_seq, Damage::Payments)) }
}

fn same_payments(facts: &BTreeMap<i64, Summary>, table: &[Summary]) -> Result<(), Fault> {
    let differs = |summary: &Summary| Err(Fault::Broken(summary.first_seq, Damage::Payments));
    for stored in table {
        if facts.get(&stored.payment) != Some(stored) {
            return differs(stored);
        }
    }
    let stored = |payment: &i64| table.binary_search_by_key(payment, |summary| summary.payment).is_ok();
    facts.values().find(|summary| !stored(&summary.payment)).map_or(Ok(()), differs)
}
