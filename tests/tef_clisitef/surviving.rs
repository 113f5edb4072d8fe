//! A library that crashes, hangs or does not end takes nobody along.

use std::time::{Duration, Instant};

use serde_json::json;
use totem::domain::CardKind;
use totem::tef::{Error, SaleOutcome, Tef};

use super::place::*;

/// C16, at every stage of a sale.
#[test]
fn a_library_that_crashes_leaves_a_sale_that_only_sitef_knows_of_and_the_next_call_finds_a_new_process() {
    for (die, approves) in [("abort", false), ("segv", false), ("exit", false), ("abort", true), ("segv", true)] {
        let place = Place::new();
        let mut driver = place.driver();
        assert_eq!(driver.check(), Ok(()));
        place.plays(&[json!({"c": 3, "text": "A", "approve": approves}), json!({"c": 3, "die": die})], 0);
        let outcome = sell(&mut driver, &order(1, CardKind::Debit));
        assert!(matches!(outcome, SaleOutcome::Unknown { .. }), "{die}: {outcome:?}");
        place.order(&json!({}));
        assert_eq!(driver.check(), Ok(()), "{die}");
        let waiting = driver.pending().unwrap();
        assert_eq!(waiting.len(), usize::from(approves), "{die}");
        for sale in waiting {
            assert_eq!((sale.coupon, sale.kind), (1, CardKind::Debit));
            driver.undo(&sale).unwrap();
        }
        assert!(place.transactions().iter().all(|one| *one == ("undone".into(), 0, 1)));
        approved(sell(&mut driver, &order(2, CardKind::Debit)));
    }
}

/// C15: the totem's own threads are not the library's.
#[test]
fn a_library_that_hangs_is_let_go_after_its_limit() {
    let place = Place::new();
    place.plays(&[json!({"c": 3, "text": "A", "approve": true}), json!({"c": 23, "sleep_ms": 60_000})], 0);
    let mut settings = place.settings();
    settings.response_limit_s = 1;
    let mut driver = place.driver_with(settings);
    let begun = Instant::now();
    let outcome = sell(&mut driver, &order(1, CardKind::Debit));
    let SaleOutcome::Unknown { why } = outcome else { panic!("{outcome:?}") };
    assert!(why.contains("said nothing for 1 s"), "{why}");
    place.order(&json!({}));
    let waiting = driver.pending().unwrap();
    assert!(begun.elapsed() < Duration::from_secs(45), "the old process was ended");
    driver.undo(&waiting[0]).unwrap();
    assert_eq!(place.transactions(), [("undone".into(), 0, 1)]);
}

#[test]
fn a_library_that_is_told_to_end_and_does_not_is_let_go() {
    let place = Place::new();
    place.order(&json!({"turns": [{"c": 77, "text": "?"}], "never_ends": true}));
    let mut settings = place.settings();
    settings.patience_s = 1;
    let outcome = sell(&mut place.driver_with(settings), &order(1, CardKind::Debit));
    assert!(matches!(outcome, SaleOutcome::Unknown { .. }), "{outcome:?}");
}

#[test]
fn a_library_that_crashes_while_it_is_told_the_end_is_told_again() {
    let place = Place::new();
    let mut driver = place.driver();
    let sale = approved(sell(&mut driver, &order(1, CardKind::Debit)));
    place.order(&json!({"hold": "finish"}));
    let mut settings = place.settings();
    settings.call_limit_s = 1;
    drop(driver);
    let mut driver = place.driver_with(settings);
    assert!(matches!(driver.confirm(&sale), Err(Error::Silent(_))), "it hung");
    place.order(&json!({}));
    assert_eq!(driver.confirm(&sale), Ok(()));
    assert_eq!(place.transactions(), [("confirmed".into(), 1, 0)]);
}

#[test]
fn a_second_totem_on_the_same_folder_is_refused() {
    let place = Place::new();
    let _driver = place.driver();
    let second = totem::tef::clisitef::connect_with(place.settings(), env!("CARGO_BIN_EXE_totem").into());
    assert!(matches!(second.map(drop), Err(Error::Folder(why)) if why.contains("another totem")));
}
