//! A failure stops the journal at once: nothing more is written to that file, and nothing durable is lost.

use std::fs;
use std::path::Path;
use std::process::Command;

use totem::domain::{DeskFact, Note};
use totem::journal::{Error, Journal, JournalKey};
use totem::payment::Fact;

use crate::disk::Disk;
use crate::journal_support::{Place, card_payment, entry, id};

const DIR: &str = "JOURNAL_FAULTS_DIR";
const ORDER: &str = "JOURNAL_FAULTS_ORDER";
const MARIA: &str = "52998224725";

/// Run by the tests below on a disk that fails on its order.
#[test]
fn child_appends_until_the_disk_fails() {
    let (Ok(dir), Ok(order)) = (std::env::var(DIR), std::env::var(ORDER)) else { return };
    let dir = Path::new(&dir);
    let key = JournalKey::load_or_create(dir).unwrap();
    let mut journal = Journal::open(&dir.join("journal.db"), &key).unwrap();
    let mut acknowledged = 0;
    for entry in card_payment(&key, 1, MARIA).into_iter().take(9) {
        journal.append(&[entry]).unwrap();
        acknowledged += 1;
    }
    let order_file = std::env::var("DISK_ORDER").unwrap();
    fs::write(&order_file, order).unwrap();
    let error = loop {
        assert!(acknowledged < 2_000, "the disk never failed");
        match journal.append(&[entry(1, Fact::CardStarted)]) {
            Ok(()) => acknowledged += 1,
            Err(error) => break error,
        }
    };
    // the disk is well again, and nobody believes it
    fs::remove_file(&order_file).unwrap();
    for _ in 0..3 {
        assert!(matches!(journal.append(&[entry(1, Fact::Closed)]), Err(Error::Poisoned { .. })));
        let note = Note { at: jiff::Timestamp::UNIX_EPOCH, fact: DeskFact::PanelRefused };
        assert!(matches!(journal.note(&note), Err(Error::Poisoned { .. })));
        assert!(matches!(journal.forget(jiff::Timestamp::MAX, 10), Err(Error::Poisoned { .. })));
    }
    drop(journal);
    fs::write(dir.join("told"), format!("{acknowledged}\n{error}")).unwrap();
}

/// Gives what the journal said when it stopped.
fn stops(order: &str) -> String {
    let place = Place::new();
    let dir = place.dir.path().canonicalize().unwrap();
    let disk = Disk::under(&dir);
    let done = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "stops::child_appends_until_the_disk_fails"])
        .envs(disk.environment())
        .env(DIR, &dir)
        .env(ORDER, order)
        .output()
        .unwrap();
    assert!(done.status.success(), "{order}: {}", String::from_utf8_lossy(&done.stdout));
    assert_eq!(disk.deeds_after_the_failure(), [], "{order}");

    let told = fs::read_to_string(dir.join("told")).unwrap();
    let (acknowledged, error) = told.split_once('\n').unwrap();
    let acknowledged: usize = acknowledged.parse().unwrap();
    let mut journal = place.open_alone();
    let kept = journal.payment(id(1)).unwrap().len();
    assert!(kept == acknowledged || kept == acknowledged + 1, "{order}: {kept} of {acknowledged}");
    assert_eq!(journal.verify().unwrap().facts, kept as u64, "{order}");
    journal.append(&card_payment(&place.key, 2, MARIA)).unwrap();
    error.to_owned()
}

#[test]
fn a_full_disk_is_told_as_one_also_when_it_took_half_a_write() {
    for order in ["full *", "full_short *"] {
        let told = stops(order);
        assert!(told.contains("is full") && told.contains("free some space"), "{order}: {told}");
    }
}

#[test]
fn a_disk_that_turned_read_only_and_a_broken_one_stop_the_journal() {
    for order in ["readonly *", "broken *", "broken =journal.db-wal"] {
        let told = stops(order);
        assert!(told.contains("journal.db") && told.contains("test the disk"), "{order}: {told}");
    }
}

/// After it the kernel says that all is well: a second try would be believed, and the fact would not be on the disk.
#[test]
fn a_sync_that_fails_is_never_tried_again_on_the_same_file() {
    for order in ["sync_fails =journal.db-wal", "sync_fails =journal.db"] {
        let told = stops(order);
        assert!(told.contains("disk I/O error"), "{order}: {told}");
    }
}

#[test]
fn a_witness_that_cannot_be_written_stops_the_next_fact_and_not_the_last() {
    let told = stops("broken =journal.db.witness");
    assert!(told.contains("takes no more facts"), "{told}");
}
