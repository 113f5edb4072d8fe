//! Exactly one confirm or undo, acknowledged, and safe to repeat.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use totem::domain::Money;
use totem::tef::{Error, SaleOutcome, Tef};

use crate::manager::*;

#[test]
fn an_approved_sale_is_confirmed_with_the_managers_own_ids() {
    let place = Place::new();
    let manager = approving(&place, APPROVED);
    let mut driver = place.driver();
    let sale = approved(sell(&mut driver));
    driver.release(&sale).unwrap();
    assert_eq!(driver.confirm(&sale), Ok(()));

    assert_eq!(manager.seen().iter().map(Request::command).collect::<Vec<_>>(), ["ATV", "CRT", "ATV", "CNF"]);
    let seen = manager.seen();
    let confirm = seen.last().unwrap();
    for (field, value) in [
        ("002-000", Some("4711")),
        ("003-000", None),
        ("010-000", Some("REDE DEMO")),
        ("012-000", Some("000123456")),
        ("027-000", Some("7A0C11FE99")),
        ("738-000", Some("000000000000")),
        ("999-999", Some("0")),
    ] {
        assert_eq!(confirm.field(field), value, "{field}");
    }
    assert_ne!(confirm.id(), seen[1].id());
    assert_eq!(confirm.field("717-000").unwrap().len(), 12);
}

#[test]
fn a_sale_approved_for_another_amount_is_undone_with_that_amount() {
    let place = Place::new();
    let manager = approving(&place, &APPROVED.replace("003-000 = 8990", "003-000 = 8991"));
    let mut driver = place.driver();
    let SaleOutcome::Mismatched { sale, .. } = sell(&mut driver) else { panic!() };
    assert_eq!(sale.amount, Money::from_cents(8991));
    assert_eq!(driver.undo(&sale), Ok(()));
    assert_eq!(manager.commands(), ["CRT", "NCN"]);
    assert_eq!(manager.seen().last().unwrap().field("003-000"), Some("8991"));
    assert_eq!(driver.pending(), Ok(Vec::new()));
}

#[test]
fn a_sale_that_needs_no_finalising_is_never_confirmed_nor_undone() {
    let place = Place::new();
    let manager = approving(&place, &APPROVED.replace("729-000 = 2", "729-000 = 1"));
    let mut driver = place.driver();
    let sale = approved(sell(&mut driver));
    assert!(!sale.must_be_finalized);
    assert_eq!((driver.confirm(&sale), driver.undo(&sale)), (Ok(()), Ok(())));
    assert_eq!(manager.commands(), ["CRT"]);
    assert_eq!(driver.pending(), Ok(vec![sale.clone()]), "its money moved: it is told until the journal holds it");
    driver.release(&sale).unwrap();
    assert_eq!(driver.pending(), Ok(Vec::new()));
}

#[test]
fn a_confirm_without_acknowledgement_is_sent_again_after_a_restart() {
    let place = Place::new();
    let confirms = Arc::new(AtomicUsize::new(0));
    let counted = confirms.clone();
    let manager = Manager::start(&place, move |request, desk| match request.command() {
        "CRT" => {
            desk.accept(request);
            desk.respond(request, APPROVED);
        }
        _ if counted.fetch_add(1, Ordering::SeqCst) == 0 => desk.take(),
        _ => desk.accept(request),
    });
    let mut driver = place.hasty_driver();
    let sale = approved(sell(&mut driver));
    driver.release(&sale).unwrap();
    assert!(matches!(driver.confirm(&sale), Err(Error::Silent(_))));
    drop(driver);

    let mut driver = place.driver();
    assert_eq!(driver.confirm(&sale), Ok(()));
    assert_eq!(confirms.load(Ordering::SeqCst), 2);
    let both: Vec<_> = manager.seen().into_iter().filter(|request| request.command() == "CNF").collect();
    assert_eq!(both[0].field("027-000"), both[1].field("027-000"));
    assert_ne!(both[0].id(), both[1].id());
}

#[test]
fn a_confirm_that_is_not_taken_is_withdrawn() {
    let place = Place::new();
    let _manager = Manager::start(&place, |request, desk| {
        if request.command() == "CRT" {
            desk.accept(request);
            desk.respond(request, APPROVED);
        }
    });
    let mut driver = place.hasty_driver();
    let sale = approved(sell(&mut driver));
    assert!(matches!(driver.confirm(&sale), Err(Error::Silent(_))));
    assert!(names(&place.request()).is_empty());
    assert_eq!(driver.pending(), Ok(vec![sale]));
}

/// The manager refuses sales until the older transaction is confirmed or undone.
fn holding_one_back(place: &Place) -> Manager {
    let mut is_open = true;
    Manager::start(place, move |request, desk| {
        desk.accept(request);
        match request.command() {
            "CRT" if is_open => desk.respond(
                request,
                "002-000 = 4000\n003-000 = 100550\n009-000 = 55\n010-000 = REDE DEMO\n012-000 = 468853\n\
                 027-000 = 170720241409468853\n030-000 = TRANSACAO PENDENTE\n",
            ),
            "CRT" => desk.respond(request, APPROVED),
            _ => is_open &= request.field("027-000") != Some("170720241409468853"),
        }
    })
}

#[test]
fn an_older_transaction_held_by_the_manager_is_undone_and_the_sale_repeated() {
    let place = Place::new();
    let manager = holding_one_back(&place);
    let mut driver = place.driver();
    let SaleOutcome::PendingFirst(older) = sell(&mut driver) else { panic!() };
    assert_eq!((older.coupon, older.amount), (4000, Money::from_cents(100_550)));
    assert_eq!(driver.undo(&older), Ok(()));
    approved(sell(&mut driver));
    assert_eq!(manager.commands(), ["CRT", "NCN", "CRT"]);
}

#[test]
fn an_older_transaction_that_the_journal_confirmed_is_confirmed_and_the_sale_repeated() {
    let place = Place::new();
    let manager = holding_one_back(&place);
    let mut driver = place.driver();
    let SaleOutcome::PendingFirst(older) = sell(&mut driver) else { panic!() };
    assert_eq!(driver.confirm(&older), Ok(()));
    approved(sell(&mut driver));
    assert_eq!(manager.commands(), ["CRT", "CNF", "CRT"]);
}
