//! Failures that only the journal's own connection can be made to have.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use super::*;
use crate::domain::PaymentId;
use crate::payment::{Decision, UndoReason};

fn entry(payment: u64, fact: Fact) -> Entry {
    Entry { payment: PaymentId(payment), at: Timestamp::UNIX_EPOCH, fact }
}

fn long(payment: u64) -> Entry {
    entry(payment, Fact::CardUnknown { why: "sem resposta ".repeat(1000) })
}

fn journal() -> (tempfile::TempDir, JournalKey, Journal) {
    let dir = tempfile::tempdir().unwrap();
    let key = JournalKey::load_or_create(dir.path()).unwrap();
    let journal = Journal::open(&dir.path().join("journal.db"), &key).unwrap();
    (dir, key, journal)
}

#[test]
fn a_full_disk_stops_the_journal_and_loses_nothing_durable() {
    let (dir, key, mut journal) = journal();
    journal.append(&[entry(1, Fact::CardStarted)]).unwrap();
    let pages: i64 = journal.connection.pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
    journal.connection.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(())).unwrap();

    let error = journal.append(&[entry(2, Fact::CardStarted), long(2)]).unwrap_err();
    assert!(matches!(error, Error::Full { .. }), "{error}");
    assert!(error.to_string().contains("free some space"), "{error}");
    // Even what would still fit is refused.
    let error = journal.append(&[entry(1, Fact::Interrupted)]).unwrap_err();
    assert!(matches!(error, Error::Poisoned { .. }), "{error}");
    assert!(error.to_string().contains("is full"), "{error}");
    assert_eq!(journal.payment(PaymentId(2)).unwrap(), []);
    drop(journal);

    let mut journal = Journal::open(&dir.path().join("journal.db"), &key).unwrap();
    assert_eq!(journal.verify().unwrap().facts, 1);
    journal.append(&[long(2)]).unwrap();
}

#[test]
fn a_disk_that_turns_read_only_stops_the_journal() {
    let (_dir, _key, mut journal) = journal();
    journal.append(&[entry(1, Fact::CardStarted)]).unwrap();
    journal.connection.pragma_update(None, "query_only", true).unwrap();
    let undo = entry(1, Fact::Decided { decision: Decision::Undo(UndoReason::Receipt) });
    let error = journal.append(std::slice::from_ref(&undo)).unwrap_err();
    assert!(matches!(error, Error::ReadOnly { .. }), "{error}");
    journal.connection.pragma_update(None, "query_only", false).unwrap();
    assert!(matches!(journal.append(&[undo]), Err(Error::Poisoned { .. })));
    assert_eq!(journal.payment(PaymentId(1)).unwrap().len(), 1);
}

#[test]
fn no_payment_is_begun_on_a_disk_that_may_not_see_its_end() {
    let (_dir, _key, mut journal) = journal();
    let opened: Fact = serde_json::from_str(
        r#"{"opened":{"payer":{"customer":"1","short_name":"Maria S.","tax_id_hash":"00","tax_id_masked":"*"},
            "items":[],"method":"pix","local":"2026-11-22T10:00:00"}}"#,
    )
    .unwrap();
    journal.append(&[entry(1, opened.clone())]).unwrap();
    journal.room_to_begin_bytes = u64::MAX;
    assert!(matches!(journal.append(&[entry(2, opened)]), Err(Error::Full { .. })));
    assert!(!journal.is_poisoned(), "nothing was attempted");
    journal.append(&[entry(1, Fact::CardStarted)]).unwrap();
}

#[test]
fn the_log_is_moved_into_the_journal_before_it_grows() {
    let (dir, _key, mut journal) = journal();
    let size = |name| fs::metadata(dir.path().join(name)).unwrap().len();
    let mut append = |times| (0..times).for_each(|_| journal.append(&[entry(1, Fact::CardStarted)]).unwrap());
    append(APPENDS_PER_CHECKPOINT);
    let log = size("journal.db-wal");
    append(3 * APPENDS_PER_CHECKPOINT);
    assert!(size("journal.db-wal") < log + log / 4, "{} bytes after {log}", size("journal.db-wal"));
    assert!(size("journal.db") > 100_000, "{} bytes", size("journal.db"));
}

#[test]
fn an_older_schema_is_kept_as_a_copy_before_it_is_changed() {
    let (dir, key, mut journal) = journal();
    let path = dir.path().join("journal.db");
    let copy = dir.path().join("journal.db.schema-1");
    journal.append(&[entry(1, Fact::CardStarted)]).unwrap();
    let connection = &mut journal.book.connection;
    let version = |connection: &Connection| -> i64 {
        connection.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap()
    };

    schema::migrate(connection, &path).unwrap();
    assert!(!copy.exists(), "nothing is owed");

    let first = schema::MIGRATIONS[0];
    let failing = [first, "CREATE TABLE shifts (id INTEGER)", "no SQL at all"];
    assert!(schema::migrate_by(connection, &path, &failing).is_err());
    assert_eq!(version(connection), 1);
    assert!(connection.prepare("SELECT * FROM shifts").is_err(), "half a migration stayed");

    schema::migrate_by(connection, &path, &[first, "CREATE TABLE shifts (id INTEGER)"]).unwrap();
    assert_eq!(version(connection), 2);
    connection.prepare("SELECT * FROM shifts").unwrap();
    assert_eq!(journal.book.verify().unwrap().facts, 1);

    assert_eq!(fs::metadata(&copy).unwrap().permissions().mode() & 0o777, 0o600);
    let kept = Book::open(&copy, &key).unwrap();
    assert_eq!(version(&kept.connection), 1);
    assert_eq!(kept.verify().unwrap().facts, 1);
    assert!(!dir.path().join("journal.db.copying").exists());
}

#[test]
fn a_fact_that_cannot_be_understood_is_a_newer_totems() {
    let (dir, key, mut journal) = journal();
    journal.append(&[entry(1, Fact::CardStarted)]).unwrap();
    // A fact as a later version might write it, under a hash that fits: through the same door, with another word in it.
    let transaction = journal.book.connection.transaction().unwrap();
    let mut row = chain::Row::new(2, journal.head.last_hash, &entry(1, Fact::Closed)).unwrap();
    row.kind = "points_redeemed".to_owned();
    row.fact = r#"{"points_redeemed":{"points":7}}"#.to_owned();
    row.hash = row.digest();
    let mut summary = read::summary(&transaction, 1).unwrap().unwrap();
    let mut head = journal.head.clone();
    head.discount(&summary);
    summary.add(&row, &Fact::Interrupted);
    head.count(&summary);
    (head.last_seq, head.last_hash) = (2, row.hash);
    write::insert(&transaction, &row).unwrap();
    write::replace(&transaction, &summary).unwrap();
    write::move_head(&transaction, &journal.head, &head, &key).unwrap();
    transaction.commit().unwrap();
    drop(journal);

    let path = dir.path().join("journal.db");
    let newer = |error: Error| matches!(error, Error::Newer { what, .. } if what.contains("points_redeemed"));
    assert!(newer(Journal::open(&path, &key).unwrap_err()));
    let book = Book::open(&path, &key).unwrap();
    assert!(newer(book.verify().unwrap_err()));
    assert!(newer(book.payment(PaymentId(1)).unwrap_err()));
}
