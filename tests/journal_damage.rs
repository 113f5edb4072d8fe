//! A journal that is not as it was written: found, placed, and never repaired.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod journal_support;

use journal_support::{Place, card_payment};
use totem::journal::{Book, Damage, Error};

/// Closed payments 1 and 2 (facts 1 to 20), and payment 3 after the card was approved (facts 21 to 23).
fn place() -> Place {
    let place = Place::new();
    let mut journal = place.open().unwrap();
    for number in [1, 2] {
        journal.append(&card_payment(&place.key, number, "52998224725")).unwrap();
    }
    journal.append(&card_payment(&place.key, 3, "11144477735")[..3]).unwrap();
    place
}

fn damage(error: Error) -> (i64, Damage) {
    match error {
        Error::Broken { at_row, why, .. } => (at_row, why),
        other => panic!("{other}"),
    }
}

#[test]
fn what_was_done_to_the_rows_is_found_at_start_and_on_demand() {
    let cases: &[(&str, &str, i64, Damage)] = &[
        ("changed fact", "UPDATE facts SET fact = replace(fact, '11990', '1') WHERE seq = 1", 1, Damage::Changed),
        ("changed time", "UPDATE facts SET at_ms = at_ms + 1 WHERE seq = 23", 23, Damage::Changed),
        ("changed payment", "UPDATE facts SET payment = payment + 1 WHERE seq = 12", 12, Damage::Changed),
        ("changed kind", "UPDATE facts SET kind = 'closed' WHERE seq = 22", 22, Damage::Changed),
        ("cut hash", "UPDATE facts SET hash = x'00' WHERE seq = 5", 5, Damage::Changed),
        ("deleted row", "DELETE FROM facts WHERE seq = 12", 12, Damage::Missing),
        ("deleted first row", "DELETE FROM facts WHERE seq = 1", 1, Damage::Missing),
        ("deleted last row", "DELETE FROM facts WHERE seq = 23", 23, Damage::Missing),
        ("all rows deleted", "DELETE FROM facts", 1, Damage::Missing),
        (
            "swapped rows",
            "UPDATE facts SET seq = 99 WHERE seq = 7; UPDATE facts SET seq = 7 WHERE seq = 8; \
             UPDATE facts SET seq = 8 WHERE seq = 99",
            7,
            Damage::Changed,
        ),
        (
            "added row",
            "INSERT INTO facts SELECT 24, payment, at_ms, kind, fact, previous, hash FROM facts WHERE seq = 20",
            24,
            Damage::Changed,
        ),
        ("moved head", "UPDATE head SET last_seq = 20", 20, Damage::Head),
        ("other last payment", "UPDATE head SET last_payment = 1", 23, Damage::Head),
        ("no head", "DELETE FROM head", 0, Damage::Head),
    ];
    for (what, sql, at_row, why) in cases {
        let place = place();
        place.tamper(sql);
        let expected = (*at_row, why.clone());
        assert_eq!(damage(place.open().unwrap_err()), expected, "{what}, at start");
        let book = Book::open(&place.path(), &place.key).unwrap();
        assert_eq!(damage(book.verify().unwrap_err()), expected, "{what}, on demand");
        assert_eq!(damage(place.open().unwrap_err()), expected, "{what}: it was repaired");
    }
}

#[test]
fn an_open_payment_cannot_be_made_to_vanish() {
    let cases = [
        ("UPDATE payments SET open = 0", 23),
        ("DELETE FROM payments WHERE open = 1", 23),
        ("UPDATE payments SET payer = 'x' WHERE open = 1", 23),
        ("UPDATE payments SET open = 1", 10),
        (
            "INSERT INTO payments SELECT payment + 9, first_seq, last_seq, facts, digest, payer, 1 FROM payments WHERE open = 1",
            23,
        ),
    ];
    for (sql, last_fact) in cases {
        let place = place();
        place.tamper(sql);
        assert_eq!(damage(place.open().unwrap_err()), (last_fact, Damage::Payments), "{sql}");
        let book = Book::open(&place.path(), &place.key).unwrap();
        assert!(matches!(damage(book.verify().unwrap_err()), (_, Damage::Payments)), "{sql}");
    }
}

#[test]
fn closed_payments_missing_from_their_table_are_found_on_demand() {
    for sql in
        ["DELETE FROM payments WHERE payment % 10 = 1", "UPDATE payments SET payer = NULL WHERE payment % 10 = 1"]
    {
        let place = place();
        place.tamper(sql);
        let mut journal = place.open().unwrap();
        assert_eq!(damage(journal.verify().unwrap_err()), (1, Damage::Payments), "{sql}");
        let more = card_payment(&place.key, 4, "11144477735");
        assert!(matches!(journal.append(&more), Err(Error::Poisoned { .. })), "{sql}");
    }
}

#[test]
fn a_row_forged_with_a_fitting_hash_no_longer_carries_the_next_one() {
    let place = place();
    place.tamper("UPDATE facts SET at_ms = 0 WHERE seq = 7");
    rehash(&place, 7);
    assert_eq!(damage(place.open().unwrap_err()), (8, Damage::OutOfOrder));
}

#[test]
fn a_last_row_forged_with_a_fitting_hash_does_not_fit_the_sealed_head() {
    let place = place();
    place.tamper("UPDATE facts SET fact = '\"closed\"', kind = 'closed' WHERE seq = 23");
    rehash(&place, 23);
    assert_eq!(damage(place.open().unwrap_err()), (23, Damage::OutOfOrder));
}

#[test]
fn a_change_long_ago_is_found_on_demand() {
    let place = Place::new();
    let mut journal = place.open().unwrap();
    for number in 1..=120 {
        journal.append(&card_payment(&place.key, number, "52998224725")).unwrap();
    }
    drop(journal);
    place.tamper("UPDATE facts SET at_ms = 0 WHERE seq = 100");
    let mut journal = place.open().unwrap();
    assert_eq!(damage(journal.verify().unwrap_err()), (100, Damage::Changed));
    assert_eq!(damage(journal.payment(journal_support::id(10)).unwrap_err()), (100, Damage::Changed));
}

#[test]
fn a_head_moved_under_a_running_totem_stops_it() {
    let place = place();
    let mut journal = place.open().unwrap();
    place.tamper("UPDATE head SET seal = x'00'");
    let more = card_payment(&place.key, 4, "11144477735");
    assert_eq!(damage(journal.append(&more).unwrap_err()), (23, Damage::Head));
    assert!(matches!(journal.append(&more), Err(Error::Poisoned { .. })));
}

#[test]
fn rows_cannot_be_changed_or_removed_by_mistake() {
    let place = place();
    let connection = rusqlite::Connection::open(place.path()).unwrap();
    for sql in ["UPDATE facts SET at_ms = 0", "DELETE FROM facts"] {
        let error = connection.execute_batch(sql).unwrap_err();
        assert!(error.to_string().contains("a fact is"), "{error}");
    }
    place.open().unwrap().verify().unwrap();
}

/// The recipe of the chain, written down a second time: SHA-256 over every column and the hash before it.
fn rehash(place: &Place, seq: i64) {
    use sha2::{Digest, Sha256};
    let connection = rusqlite::Connection::open(place.path()).unwrap();
    let hash = connection
        .query_row("SELECT payment, at_ms, kind, fact, previous FROM facts WHERE seq = ?1", [seq], |row| {
            let mut bytes = b"totem fact 1\0".to_vec();
            bytes.extend(seq.to_be_bytes());
            bytes.extend(row.get::<_, i64>(0)?.to_be_bytes());
            bytes.extend(row.get::<_, i64>(1)?.to_be_bytes());
            for column in [2, 3] {
                let text: String = row.get(column)?;
                bytes.extend((text.len() as u64).to_be_bytes());
                bytes.extend(text.as_bytes());
            }
            bytes.extend(row.get::<_, Vec<u8>>(4)?);
            Ok(Sha256::digest(bytes).to_vec())
        })
        .unwrap();
    connection.execute("UPDATE facts SET hash = ?1 WHERE seq = ?2", rusqlite::params![hash, seq]).unwrap();
}
