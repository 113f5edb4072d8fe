//! Files and disks that are not what they should be: each is an error that says what, where and what to do.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod journal_support;

use std::fs::{self, OpenOptions};
use std::path::Path;
use std::process::Command;

use journal_support::{Place, card_payment, copy_files, entry, id, opened};
use totem::journal::{Book, Damage, Error, Journal, JournalKey};
use totem::payment::Fact;

const MARIA: &str = "52998224725";

fn place_with(payments: u64) -> Place {
    let place = Place::new();
    let mut journal = place.open().unwrap();
    for number in 1..=payments {
        journal.append(&card_payment(&place.key, number, MARIA)).unwrap();
    }
    place
}

fn cut(path: &Path, bytes: u64) {
    OpenOptions::new().write(true).open(path).unwrap().set_len(bytes).unwrap();
}

fn size(path: &Path) -> u64 {
    fs::metadata(path).unwrap().len()
}

#[test]
fn a_file_that_is_no_database_is_refused_and_left_alone() {
    for content in [&b"PK\x03\x04 a spreadsheet"[..], &[0x41; 9000]] {
        let place = Place::new();
        fs::write(place.path(), content).unwrap();
        let error = place.open().unwrap_err();
        assert!(matches!(error, Error::NotAJournal { .. }), "{error}");
        assert!(error.to_string().contains(place.path().to_str().unwrap()), "{error}");
        assert_eq!(fs::read(place.path()).unwrap(), content);
    }
}

#[test]
fn reading_begins_no_journal() {
    let place = Place::new();
    assert!(matches!(Book::open(&place.path(), &place.key), Err(Error::NotAJournal { .. })));
    assert!(!place.path().exists());
    fs::write(place.path(), "").unwrap();
    assert!(matches!(Book::open(&place.path(), &place.key), Err(Error::NotAJournal { .. })));
}

#[test]
fn another_programs_database_is_refused_and_left_alone() {
    let place = Place::new();
    let other = rusqlite::Connection::open(place.path()).unwrap();
    other.execute_batch("CREATE TABLE songs (title TEXT)").unwrap();
    drop(other);
    let before = fs::read(place.path()).unwrap();
    assert!(matches!(place.open().unwrap_err(), Error::NotAJournal { .. }));
    assert_eq!(fs::read(place.path()).unwrap(), before);
}

#[test]
fn a_cut_file_is_damage() {
    let place = place_with(40);
    let whole = size(&place.path());
    for bytes in [50, 100, 4096, whole / 2, whole - 4096, whole - 1] {
        let copy = place.copy();
        cut(&copy.path(), bytes);
        let error = copy.open().unwrap_err();
        // SQLite does not miss a part of the last page; the rows on it no longer fit their hashes.
        let expected = match &error {
            Error::Corrupt { .. } | Error::NotAJournal { .. } => true,
            Error::Broken { .. } => bytes == whole - 1,
            _ => false,
        };
        assert!(expected, "{bytes} bytes: {error}");
        assert_eq!(size(&copy.path()), bytes, "it was repaired");
    }
}

#[test]
fn an_emptied_or_missing_journal_is_not_taken_for_a_new_one() {
    let place = place_with(2);
    let older = (1, Damage::Older { acknowledged: 20 });
    let found = |error| match error {
        Error::Broken { at_row, why, .. } => (at_row, why),
        other => panic!("{other}"),
    };
    cut(&place.path(), 0);
    assert_eq!(found(place.open().unwrap_err()), older);
    fs::remove_file(place.path()).unwrap();
    assert_eq!(found(place.open().unwrap_err()), older);
    assert!(!place.path().exists());
    fs::remove_file(place.file(".witness")).unwrap();
    assert_eq!(place.open().unwrap().last_payment_id().unwrap(), None);
}

#[test]
fn overwritten_pages_are_found() {
    let place = place_with(40);
    let page = 4096;
    let pages = size(&place.path()) / page;
    for number in 0..pages {
        let copy = place.copy();
        let mut bytes = fs::read(copy.path()).unwrap();
        let start = usize::try_from(number * page).unwrap();
        bytes[start..start + 4096].fill(0x5a);
        fs::write(copy.path(), bytes).unwrap();
        let found = copy.open().and_then(|mut journal| journal.verify());
        assert!(
            matches!(found, Err(Error::Corrupt { .. } | Error::NotAJournal { .. } | Error::Broken { .. })),
            "page {number}: {found:?}"
        );
    }
}

#[test]
fn a_torn_tail_that_nobody_was_promised_is_dropped() {
    let place = Place::new();
    let mut journal = place.open().unwrap();
    journal.append(&card_payment(&place.key, 1, MARIA)).unwrap();
    let witness = fs::read(place.file(".witness")).unwrap();
    let promised = size(&place.file("-wal"));
    journal.append(&card_payment(&place.key, 2, MARIA)).unwrap();
    let written = size(&place.file("-wal"));
    for bytes in [promised, promised + 1, promised + 4096 + 24, (promised + written) / 2, written - 1] {
        let torn = place.copy();
        fs::write(torn.file(".witness"), &witness).unwrap();
        cut(&torn.file("-wal"), bytes);
        let mut journal = torn.open().unwrap();
        assert_eq!(journal.last_payment_id().unwrap(), Some(id(1)), "{bytes} bytes");
        assert_eq!(journal.verify().unwrap().facts, 10, "{bytes} bytes");
        journal.append(&card_payment(&place.key, 2, MARIA)).unwrap();
    }
    let whole = place.copy();
    fs::write(whole.file(".witness"), &witness).unwrap();
    assert_eq!(whole.open().unwrap().last_payment_id().unwrap(), Some(id(2)), "durable, if not yet witnessed");
}

#[test]
fn an_acknowledged_fact_that_is_gone_is_damage_whatever_took_it() {
    let place = Place::new();
    let mut journal = place.open().unwrap();
    journal.append(&card_payment(&place.key, 1, MARIA)).unwrap();
    let earlier = place.copy();
    journal.append(&card_payment(&place.key, 2, MARIA)).unwrap();
    let wal = place.file("-wal");
    let (half, whole) = (size(&wal) * 3 / 4, fs::read(&wal).unwrap());

    type Deed<'a> = (&'a str, i64, &'a dyn Fn(&Place));
    let deeds: [Deed<'_>; 3] = [
        ("cut log", 11, &|place| cut(&place.file("-wal"), half)),
        ("one bit of the log", 11, &|place| {
            let mut bytes = whole.clone();
            let at = bytes.len() - 5000;
            bytes[at] ^= 1;
            fs::write(place.file("-wal"), bytes).unwrap();
        }),
        ("an older copy put back", 11, &|place| {
            let witness = fs::read(place.file(".witness")).unwrap();
            copy_files(earlier.dir.path(), place.dir.path());
            fs::write(place.file(".witness"), witness).unwrap();
        }),
    ];
    for (what, at_row, deed) in deeds {
        let copy = place.copy();
        deed(&copy);
        match copy.open() {
            Err(Error::Broken { at_row: found, why: Damage::Older { acknowledged: 20 }, .. }) => {
                assert_eq!(found, at_row, "{what}");
            }
            other => panic!("{what}: {other:?}"),
        }
    }
}

#[test]
fn another_history_of_the_same_length_is_damage() {
    let place = place_with(1);
    let other = place.copy();
    place.open().unwrap().append(&card_payment(&place.key, 2, MARIA)).unwrap();
    other.open().unwrap().append(&card_payment(&place.key, 3, MARIA)).unwrap();
    fs::copy(other.path(), place.path()).unwrap();
    assert!(matches!(place.open(), Err(Error::Broken { at_row: 20, why: Damage::Older { .. }, .. })));
}

#[test]
fn a_changed_witness_is_damage_and_a_missing_one_begins_again() {
    let place = place_with(1);
    for content in ["00000000000000000005", "garbage", "\0\0\0\0"] {
        fs::write(place.file(".witness"), content).unwrap();
        assert!(matches!(place.open(), Err(Error::Broken { why: Damage::Witness, .. })), "{content:?}");
    }
    fs::write(place.file(".witness"), "").unwrap();
    drop(place.open().unwrap());
    fs::remove_file(place.file(".witness")).unwrap();
    drop(place.open().unwrap());
    assert!(fs::read_to_string(place.file(".witness")).unwrap().starts_with("00000000000000000010 "));
}

#[test]
fn a_directory_that_cannot_be_written_is_named() {
    let place = Place::new();
    // Nobody, root neither, makes a file in sysfs.
    let error = Journal::open(Path::new("/sys/kernel/totem/journal.db"), &place.key).unwrap_err();
    assert!(matches!(error, Error::ReadOnly { .. }), "{error}");
    assert!(
        error.to_string().contains("/sys/kernel/totem") && error.to_string().contains("check the mount"),
        "{error}"
    );

    fs::write(place.dir.path().join("file"), "").unwrap();
    let error = Journal::open(&place.dir.path().join("file/journal.db"), &place.key).unwrap_err();
    assert!(matches!(error, Error::Disk { .. }), "{error}");
    let error = JournalKey::load_or_create(Path::new("/sys/kernel/totem")).unwrap_err();
    assert!(matches!(error, Error::ReadOnly { .. }), "{error}");
}

#[test]
fn a_newer_totems_journal_is_refused_and_left_alone() {
    let place = place_with(1);
    place.tamper("PRAGMA user_version = 99");
    let before = fs::read(place.path()).unwrap();
    let error = place.open().unwrap_err();
    assert!(matches!(&error, Error::Newer { what, .. } if what.contains("99")), "{error}");
    assert!(matches!(Book::open(&place.path(), &place.key), Err(Error::Newer { .. })));
    assert_eq!(fs::read(place.path()).unwrap(), before);
}

#[test]
fn a_fact_of_a_kind_we_do_not_know_takes_no_payments_however_old_it_is() {
    let place = place_with(1);
    place.tamper("INSERT INTO kinds VALUES ('points_redeemed')");
    let error = place.open().unwrap_err();
    assert!(matches!(&error, Error::Newer { what, .. } if what.contains("points_redeemed")), "{error}");
    assert!(error.to_string().contains("install that version"), "{error}");
}

#[test]
fn another_machines_key_is_told_from_damage() {
    let place = place_with(1);
    let other = Place::new();
    let error = Journal::open(&place.path(), &other.key).unwrap_err();
    assert!(matches!(error, Error::OtherKey { .. }), "{error}");
    place.open().unwrap();
}

const CHILD_DIR: &str = "JOURNAL_DISK_CHILD";

/// Run by the test below under a limit on the size of files, as a disk that refuses to write.
#[test]
fn child_appends_until_the_disk_refuses() {
    let Ok(dir) = std::env::var(CHILD_DIR) else { return };
    let dir = Path::new(&dir);
    let key = JournalKey::load_or_create(dir).unwrap();
    let mut journal = Journal::open(&dir.join("journal.db"), &key).unwrap();
    let mut acknowledged = 0;
    let error = loop {
        match journal.append(&[entry(1, Fact::CardStarted)]) {
            Ok(()) => acknowledged += 1,
            Err(error) => break error,
        }
    };
    assert!(matches!(error, Error::Disk { .. } | Error::Full { .. }), "{error}");
    for _ in 0..3 {
        assert!(matches!(journal.append(&[entry(1, Fact::Closed)]), Err(Error::Poisoned { .. })));
    }
    fs::write(dir.join("acknowledged"), format!("{acknowledged}")).unwrap();
    std::process::exit(0);
}

#[test]
fn a_disk_that_refuses_to_write_stops_the_journal_and_loses_nothing_acknowledged() {
    let place = Place::new();
    let done = Command::new("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 600; exec \"$0\" --exact child_appends_until_the_disk_refuses"])
        .arg(std::env::current_exe().unwrap())
        .env(CHILD_DIR, place.dir.path())
        .output()
        .unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stdout));
    let acknowledged: usize = fs::read_to_string(place.dir.path().join("acknowledged")).unwrap().parse().unwrap();
    assert!(acknowledged > 3, "{acknowledged}");
    let mut journal = place.open().unwrap();
    let kept = journal.payment(id(1)).unwrap().len();
    assert!(kept == acknowledged || kept == acknowledged + 1, "{kept} of {acknowledged}");
    assert_eq!(journal.verify().unwrap().facts, kept as u64);
    journal.append(&[opened(&place.key, 2, MARIA)]).unwrap();
}
