//! What waits at SiTef: found again, and ended exactly once, with the totem's own word for it.

use serde_json::{Value, json};
use totem::domain::{CardKind, Money};
use totem::tef::{Error, SaleOutcome, Tef};

use super::place::*;

/// C9: three that wait, each as the journal knows it.
#[test]
fn what_waits_at_the_start_is_told_with_all_that_is_known_of_it() {
    let place = Place::new();
    let known = approved(sell(&mut place.driver(), &order(1, CardKind::Debit)));
    // nobody heard how this one ended
    place.order(&json!({"turns": [{"c": 3, "approve": true}, {"c": 23, "die": "abort"}]}));
    let mut driver = place.driver();
    driver.release(&known).unwrap();
    driver.confirm(&known).unwrap();
    let outcome = sell(&mut driver, &order(2, CardKind::Credit));
    assert!(matches!(outcome, SaleOutcome::Unknown { .. }), "{outcome:?}");
    drop(driver);
    place.order(&json!({}));
    // a stranger's
    let mut book = place.book();
    book["transactions"].as_array_mut().unwrap().push(json!({
        "document": "77", "date": "20261127", "time": "230000", "function": 3, "kind": "credit", "asked_cents": 1990,
        "amount_cents": 1990, "state": "open", "confirms": 0, "undos": 0,
    }));
    std::fs::write(place.folder().join("clisitef_book.json"), book.to_string()).unwrap();

    let mut driver = place.driver();
    let waiting = driver.pending().unwrap();
    let told: Vec<(u64, Money, CardKind, &str)> =
        waiting.iter().map(|sale| (sale.coupon, sale.amount, sale.kind, sale.finalization.as_str())).collect();
    assert_eq!(
        told,
        [
            (2, Money::from_cents(8990), CardKind::Credit, "2 20261128 101500"),
            (77, Money::from_cents(1990), CardKind::Credit, "77 20261127 230000"),
        ]
    );
    let refused = sell(&mut driver, &order(3, CardKind::Debit));
    assert!(matches!(refused, SaleOutcome::PendingFirst(_)), "{refused:?}");
    for sale in &waiting {
        assert_eq!(driver.undo(sale), Ok(()));
    }
    assert_eq!(driver.pending(), Ok(Vec::new()));
    let undone = ("undone".to_owned(), 0, 1);
    assert_eq!(place.transactions(), [("confirmed".into(), 1, 0), undone.clone(), undone]);
    let asked = |place: &Place| place.functions().iter().filter(|function| **function == 130).count();
    let before = asked(&place);
    approved(sell(&mut driver, &order(3, CardKind::Debit)));
    assert_eq!(asked(&place), before, "what is settled is not asked for again before each sale");
    assert_eq!(place.breaches(), Vec::<Value>::new());
}

#[test]
fn an_approved_sale_is_found_until_the_journal_holds_it_and_is_ended_once() {
    let place = Place::new();
    let sale = approved(sell(&mut place.driver(), &order(1, CardKind::Debit)));
    let mut driver = place.driver();
    assert_eq!(driver.pending(), Ok(vec![sale.clone()]));
    driver.release(&sale).unwrap();
    driver.confirm(&sale).unwrap();
    // repeated: the library is not told again
    driver.confirm(&sale).unwrap();
    assert_eq!(place.transactions(), [("confirmed".into(), 1, 0)]);
    assert!(driver.undo(&sale).is_err(), "what was confirmed is never undone");
    assert_eq!(driver.pending(), Ok(Vec::new()));
    assert_eq!(place.transactions(), [("confirmed".into(), 1, 0)]);
}

#[test]
fn a_sale_whose_end_never_came_to_sitef_is_told_again_with_the_same_end() {
    let place = Place::new();
    let sale = approved(sell(&mut place.driver(), &order(1, CardKind::Debit)));
    let mut driver = place.driver();
    driver.release(&sale).unwrap();
    driver.confirm(&sale).unwrap();
    // SiTef lost it
    let mut book = place.book();
    book["transactions"][0]["state"] = json!("open");
    std::fs::write(place.folder().join("clisitef_book.json"), book.to_string()).unwrap();
    let waiting = driver.pending().unwrap();
    assert_eq!(waiting.len(), 1);
    assert!(waiting[0].is_same_transaction(&sale), "the journal knows it by this");
    assert!(driver.undo(&waiting[0]).is_err());
    assert_eq!(driver.confirm(&waiting[0]), Ok(()));
    assert_eq!(place.transactions(), [("confirmed".into(), 2, 0)]);
}

/// C12.
#[test]
fn an_end_that_the_library_queues_is_no_end_until_sitef_has_it() {
    let place = Place::new();
    let mut driver = place.driver();
    let sale = approved(sell(&mut driver, &order(1, CardKind::Debit)));
    place.order(&json!({"server": "down"}));
    assert!(matches!(driver.confirm(&sale), Err(Error::Silent(_))));
    assert!(matches!(driver.confirm(&sale), Err(Error::Silent(_))));
    assert_eq!(place.book()["queue"].as_array().unwrap().len(), 1, "told once");
    drop(driver);
    let mut driver = place.driver();
    assert_eq!(driver.check(), Ok(()), "the pinpad is there all the same");
    place.order(&json!({}));
    // idle
    assert_eq!(driver.check(), Ok(()));
    assert_eq!(place.transactions(), [("confirmed".into(), 1, 0)]);
    assert_eq!(driver.confirm(&sale), Ok(()));
    assert_eq!(place.transactions(), [("confirmed".into(), 1, 0)]);
}

#[test]
fn a_library_that_cannot_tell_what_the_terminal_has_is_asked_for_each_document() {
    let place = Place::new();
    place.order(&json!({"start": {"130": -3}, "turns": [{"c": 3, "approve": true}, {"c": 23, "die": "exit"}]}));
    let mut driver = place.driver();
    assert!(matches!(sell(&mut driver, &order(5, CardKind::Debit)), SaleOutcome::Unknown { .. }));
    place.order(&json!({"start": {"130": -3}}));
    let waiting = driver.pending().unwrap();
    assert_eq!(waiting.iter().map(|sale| sale.coupon).collect::<Vec<_>>(), [5]);
    driver.undo(&waiting[0]).unwrap();
    assert_eq!(driver.pending(), Ok(Vec::new()));
    assert!(place.functions().contains(&131));
    assert_eq!(place.transactions(), [("undone".into(), 0, 1)]);
}

#[test]
fn a_sale_that_sitef_knows_nothing_of_was_never_charged() {
    let place = Place::new();
    place.order(&json!({"turns": [{"c": 3, "text": "INSIRA"}, {"c": 23, "die": "segv"}]}));
    let mut driver = place.driver();
    assert!(matches!(sell(&mut driver, &order(1, CardKind::Debit)), SaleOutcome::Unknown { .. }));
    place.order(&json!({"server": "down"}));
    assert!(matches!(driver.pending(), Err(Error::Silent(_))), "silence is no answer");
    place.order(&json!({}));
    assert_eq!(driver.pending(), Ok(Vec::new()));
    approved(sell(&mut driver, &order(2, CardKind::Debit)));
}
