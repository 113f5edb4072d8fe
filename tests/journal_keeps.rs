//! What the journal keeps, and how it is found again.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod journal_support;

use std::fs;
use std::os::unix::fs::PermissionsExt;

use jiff::Timestamp;
use journal_support::{Place, card_payment, entry, id, opened, rarer_facts};
use totem::domain::{DeskFact, Note, PaymentId};
use totem::journal::{Book, Error, Journal, tax_id_hash};
use totem::payment::Fact;

const MARIA: &str = "52998224725";
const JOSE: &str = "11144477735";

#[test]
fn every_fact_reads_back_as_it_was_written_after_a_restart() {
    let place = Place::new();
    let mut journal = place.open().unwrap();
    let mut written = card_payment(&place.key, 1, MARIA);
    written.extend(rarer_facts().into_iter().map(|fact| entry(1, fact)));
    for one in &written {
        journal.append(std::slice::from_ref(one)).unwrap();
    }
    drop(journal);
    let mut journal = place.open().unwrap();
    assert_eq!(journal.payment(id(1)).unwrap(), written);
    assert_eq!(journal.payment(id(2)).unwrap(), []);
    let verified = journal.verify().unwrap();
    assert_eq!((verified.facts, verified.payments, verified.open_payments), (written.len() as u64, 1, 1));
}

#[test]
fn a_payment_is_open_until_it_is_closed_and_again_when_late_money_comes() {
    let place = Place::new();
    let mut journal = place.open().unwrap();
    journal.append(&card_payment(&place.key, 1, MARIA)).unwrap();
    assert_eq!(journal.open_payments().unwrap(), []);

    let unfinished = card_payment(&place.key, 2, JOSE)[..3].to_vec();
    journal.append(&unfinished).unwrap();
    assert_eq!(journal.open_payments().unwrap(), [(id(2), unfinished.clone())]);
    drop(journal);

    let mut journal = place.open().unwrap();
    assert_eq!(journal.open_payments().unwrap(), [(id(2), unfinished)]);
    journal.append(&[entry(1, Fact::PixEnded), entry(2, Fact::Closed)]).unwrap();
    let open: Vec<_> = journal.open_payments().unwrap().into_iter().map(|(id, entries)| (id, entries.len())).collect();
    assert_eq!(open, [(id(1), 11)]);
    journal.append(&[entry(1, Fact::Closed)]).unwrap();
    assert_eq!(journal.open_payments().unwrap(), []);
    assert_eq!(journal.verify().unwrap().open_payments, 0);
}

#[test]
fn a_customer_finds_their_own_payments_newest_first() {
    let place = Place::new();
    let mut journal = place.open().unwrap();
    assert_eq!(journal.last_payment_id().unwrap(), None);
    for (number, cpf) in [(1, MARIA), (2, JOSE), (3, MARIA), (4, MARIA)] {
        journal.append(&card_payment(&place.key, number, cpf)).unwrap();
    }
    let ids = |found: Vec<(_, Vec<_>)>| found.into_iter().map(|(id, _)| id).collect::<Vec<_>>();
    let maria = tax_id_hash(&place.key, MARIA);
    assert_eq!(ids(journal.payments_of(&maria, 10).unwrap()), [id(4), id(3), id(1)]);
    assert_eq!(ids(journal.payments_of(&maria, 2).unwrap()), [id(4), id(3)]);
    assert_eq!(ids(journal.payments_of("nobody", 2).unwrap()), []);
    assert_eq!(ids(journal.recent(2).unwrap()), [id(4), id(3)]);
    assert_eq!(journal.recent(1).unwrap()[0].1, card_payment(&place.key, 4, MARIA));
    assert_eq!(journal.last_payment_id().unwrap(), Some(id(4)));
}

#[test]
fn a_number_given_twice_is_refused_with_everything_that_came_with_it() {
    let place = Place::new();
    let mut journal = place.open().unwrap();
    journal.append(&card_payment(&place.key, 1, MARIA)).unwrap();
    let mixed = [opened(&place.key, 2, JOSE), opened(&place.key, 1, JOSE)];
    assert!(matches!(journal.append(&mixed), Err(Error::Refused { payment, .. }) if payment == id(1)));
    assert_eq!(journal.payment(id(2)).unwrap(), []);
    assert_eq!(journal.last_payment_id().unwrap(), Some(id(1)));
    journal.append(&[opened(&place.key, 2, JOSE)]).unwrap();
    assert_eq!(journal.verify().unwrap().facts, 11);
}

#[test]
fn a_second_totem_on_the_machine_is_told_that_one_runs() {
    let place = Place::new();
    let first = place.open().unwrap();
    let error = place.open().unwrap_err();
    assert!(matches!(error, Error::AlreadyRunning { process: Some(id), .. } if id == std::process::id()), "{error}");
    assert!(error.to_string().contains("another totem runs on this machine"), "{error}");
    drop(first);
    place.open().unwrap();
}

#[test]
fn a_technician_reads_beside_a_running_totem() {
    let place = Place::new();
    let mut journal = place.open().unwrap();
    journal.append(&card_payment(&place.key, 1, MARIA)).unwrap();
    let book = Book::open(&place.path(), &place.key).unwrap();
    assert_eq!(book.verify().unwrap().facts, 10);
    journal.append(&card_payment(&place.key, 2, JOSE)).unwrap();
    assert_eq!(book.recent(9).unwrap().len(), 2);
    assert_eq!(book.verify().unwrap().facts, 20);
}

#[test]
fn nobody_else_on_the_machine_can_read_it() {
    let place = Place::new();
    let dir = place.dir.path().join("var/totem");
    let mut journal = Journal::open(&dir.join("journal.db"), &place.key).unwrap();
    journal.append(&card_payment(&place.key, 1, MARIA)).unwrap();
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&dir), 0o700);
    let files: Vec<_> = fs::read_dir(&dir).unwrap().map(|file| file.unwrap().path()).collect();
    assert_eq!(files.len(), 5, "{files:?}");
    for file in files {
        assert_eq!(mode(&file), 0o600, "{}", file.display());
    }
}

#[test]
fn old_payments_are_forgotten_whole_and_the_rest_still_verifies() {
    let place = Place::new();
    let mut journal = place.open().unwrap();
    let at = |seconds: i64| Timestamp::from_second(1_795_000_000 + seconds).unwrap();
    let dated = |number, seconds| {
        let mut entries = card_payment(&place.key, number, MARIA);
        entries.iter_mut().for_each(|entry| entry.at = at(seconds));
        entries
    };
    journal.append(&dated(1, 0)).unwrap();
    // 2 begins before 3 and ends after it; 4 is young; 5 is open.
    let (two, three) = (dated(2, 10), dated(3, 10));
    journal.append(&two[..5]).unwrap();
    journal.append(&three).unwrap();
    journal.append(&two[5..]).unwrap();
    journal.append(&dated(4, 100)).unwrap();
    journal.append(&dated(5, 100)[..3]).unwrap();

    assert_eq!(journal.forget(at(0), 10_000).unwrap(), 0);
    assert_eq!(journal.forget(at(10), 10_000).unwrap(), 10);
    assert_eq!(journal.payment(id(1)).unwrap(), []);
    assert_eq!(journal.payment(id(2)).unwrap(), two);
    assert_eq!(journal.verify().unwrap().facts, 33);
    assert_eq!(journal.forget(at(1000), 10_000).unwrap(), 30);
    drop(journal);

    let mut journal = place.open().unwrap();
    assert_eq!(journal.recent(9).unwrap(), [(id(5), dated(5, 100)[..3].to_vec())]);
    journal.append(&dated(5, 200)[9..]).unwrap();
    assert_eq!(journal.forget(at(1000), 10_000).unwrap(), 4);
    drop(journal);

    let mut journal = place.open().unwrap();
    assert_eq!(journal.verify().unwrap().facts, 0);
    assert_eq!(journal.last_payment_id().unwrap(), Some(id(5)), "a number is never given twice");
    journal.append(&dated(6, 300)).unwrap();
    assert_eq!(journal.verify().unwrap().facts, 10);
}

fn note(seconds: i64, fact: DeskFact) -> Note {
    Note { at: Timestamp::from_second(1_795_000_000 + seconds).unwrap(), fact }
}

#[test]
fn what_is_about_no_payment_stands_in_the_same_chain_and_in_no_list_of_payments() {
    let place = Place::new();
    let mut journal = place.open().unwrap();
    let by = || "Ana".to_owned();
    let notes = [
        note(0, DeskFact::PanelRefused),
        note(1, DeskFact::PanelOpened { by: by() }),
        note(2, DeskFact::JournalVerified { by: by(), whole: true }),
        note(3, DeskFact::TestPrinted { by: by(), done: false }),
        note(4, DeskFact::CopyPrinted { by: by(), payment: id(1), done: true }),
        note(5, DeskFact::ServiceStopped { by: by() }),
        note(6, DeskFact::ServiceResumed { by: by() }),
        note(7, DeskFact::Forgotten { before: Timestamp::UNIX_EPOCH, facts: 7 }),
    ];
    journal.append(&card_payment(&place.key, 1, MARIA)[..3]).unwrap();
    notes.iter().for_each(|note| journal.note(note).unwrap());
    journal.append(&card_payment(&place.key, 1, MARIA)[3..]).unwrap();
    drop(journal);

    let mut journal = place.open().unwrap();
    let newest_first: Vec<Note> = notes.iter().rev().cloned().collect();
    assert_eq!(journal.notes(20).unwrap(), newest_first);
    assert_eq!(journal.notes(2).unwrap(), newest_first[..2]);
    assert_eq!(journal.payment(id(1)).unwrap(), card_payment(&place.key, 1, MARIA));
    assert_eq!((journal.recent(9).unwrap().len(), journal.open_payments().unwrap()), (1, vec![]));
    assert_eq!(journal.payment(PaymentId(0)).unwrap(), []);
    let verified = journal.verify().unwrap();
    assert_eq!((verified.facts, verified.payments, verified.open_payments), (18, 1, 0));
    let nobody = totem::payment::Entry { payment: PaymentId(0), ..entry(1, Fact::Closed) };
    assert!(matches!(journal.append(&[nobody]), Err(Error::Refused { .. })));
}

#[test]
fn a_note_that_was_changed_is_damage() {
    let place = Place::new();
    let mut journal = place.open().unwrap();
    journal.note(&note(0, DeskFact::PanelOpened { by: "Ana".to_owned() })).unwrap();
    drop(journal);
    place.tamper("UPDATE facts SET fact = replace(fact, 'Ana', 'Bia')");
    assert!(matches!(place.open(), Err(Error::Broken { at_row: 1, .. })));
}

#[test]
fn the_desk_stays_closed_until_somebody_opens_it_however_long_ago_it_was_closed() {
    let place = Place::new();
    let mut journal = place.open().unwrap();
    assert_eq!(journal.stopped().unwrap(), None);
    journal.append(&card_payment(&place.key, 1, MARIA)).unwrap();
    let stopped = note(0, DeskFact::ServiceStopped { by: "Ana".to_owned() });
    journal.note(&stopped).unwrap();
    journal.note(&note(1, DeskFact::PanelOpened { by: "Bia".to_owned() })).unwrap();
    assert_eq!(journal.forget(Timestamp::from_second(1_900_000_000).unwrap(), 10_000).unwrap(), 10);
    drop(journal);
    let mut journal = place.open().unwrap();
    assert_eq!(journal.stopped().unwrap(), Some(stopped));
    journal.note(&note(2, DeskFact::ServiceResumed { by: "Bia".to_owned() })).unwrap();
    assert_eq!(journal.stopped().unwrap(), None);
    assert_eq!(journal.forget(Timestamp::from_second(1_900_000_000).unwrap(), 10_000).unwrap(), 3);
    assert_eq!(journal.verify().unwrap().facts, 0);
}

/// A PDF that was not shown waits for a person, however long ago it came, and each bill once.
#[test]
fn a_bill_in_doubt_is_kept_until_somebody_has_looked_into_it() {
    let place = Place::new();
    let mut journal = place.open().unwrap();
    assert_eq!(journal.doubted().unwrap(), []);
    journal.append(&card_payment(&place.key, 1, MARIA)).unwrap();
    let differs = |second, bill: &str| note(second, DeskFact::DocumentDiffers { invoice: bill.into() });
    let looked = |second, bill: &str| {
        let (by, says) = ("Ana".to_owned(), "conferido".to_owned());
        note(second, DeskFact::DocumentLookedInto { by, invoice: bill.into(), note: says })
    };
    for note in [differs(0, "90"), differs(1, "91"), differs(2, "90"), looked(3, "91"), looked(4, "92")] {
        journal.note(&note).unwrap();
    }
    assert_eq!(journal.doubted().unwrap(), [differs(0, "90")]);
    let late = Timestamp::from_second(1_900_000_000).unwrap();
    assert_eq!(journal.forget(late, 10_000).unwrap(), 10, "the payment goes, the doubt stays");
    drop(journal);
    let mut journal = place.open().unwrap();
    assert_eq!(journal.doubted().unwrap(), [differs(0, "90")]);
    journal.note(&looked(5, "90")).unwrap();
    assert_eq!(journal.doubted().unwrap(), []);
    journal.note(&differs(6, "90")).unwrap();
    assert_eq!(journal.doubted().unwrap(), [differs(6, "90")], "a second forgery is a second matter");
    assert_eq!(journal.forget(late, 10_000).unwrap(), 6);
}

#[test]
fn much_is_forgotten_in_portions_and_a_payment_is_never_cut() {
    let place = Place::new();
    let mut journal = place.open().unwrap();
    let long = card_payment(&place.key, 1, MARIA);
    journal.append(&long[..5]).unwrap();
    for number in 2..=20 {
        journal.append(&card_payment(&place.key, number, JOSE)).unwrap();
    }
    journal.append(&long[5..]).unwrap();
    for number in 21..=40 {
        journal.append(&card_payment(&place.key, number, JOSE)).unwrap();
    }
    let all_old = Timestamp::from_second(1_900_000_000).unwrap();
    // the first payment reaches past every portion of its time, so that they go together
    assert_eq!(journal.forget(all_old, 25).unwrap(), 200);
    let mut portions = Vec::new();
    loop {
        match journal.forget(all_old, 25).unwrap() {
            0 => break,
            facts => portions.push(facts),
        }
        journal.verify().unwrap();
    }
    assert_eq!((portions.iter().sum::<u64>(), portions.iter().max()), (200, Some(&20)));
    drop(journal);
    assert_eq!(place.open().unwrap().verify().unwrap().facts, 0);
}
