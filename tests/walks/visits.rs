//! What is left of a technician's visit that is cancelled: document 001 speaks of the cancelling of a rescheduling.

use serde_json::{Value, json};

use crate::services::{at_the_counter, prints};
use crate::trade::customer::Customer;
use crate::trade::{ANA, Trade};

fn at_the_visits(trade: &Trade) -> (Customer, Value) {
    let mut customer = at_the_counter(trade, &ANA);
    customer.chooses("visits");
    let list = customer.until("records");
    (customer, list)
}

fn moves(customer: &mut Customer) -> Value {
    customer.chooses("3395");
    customer.until_that("what to do", |shown| shown["asks"] == "visit_act");
    customer.chooses("move");
    let form = customer.until_that("the free half-days", |shown| shown["asks"] == "slot");
    let slot = form["options"][1].clone();
    customer.chooses(slot["id"].as_str().unwrap());
    customer.until_that("everything once more", |shown| shown["asks"] == "confirm");
    customer.taps("submit");
    assert_eq!(customer.until("notice")["outcome"], "done");
    customer.taps("more");
    customer.until_either("invoices", "trouble");
    customer.taps("services");
    customer.until("services");
    customer.chooses("visits");
    customer.until("records");
    slot
}

fn cancels(customer: &mut Customer) -> Value {
    customer.chooses("3395");
    customer.until_that("what to do", |shown| shown["asks"] == "visit_act");
    customer.chooses("cancel");
    customer.until_that("everything once more", |shown| shown["asks"] == "confirm");
    customer.taps("submit");
    customer.until("notice")
}

#[test]
fn a_visit_that_is_back_on_its_day_before_is_told_with_that_day() {
    let trade = Trade::open();
    trade.order_erp(&json!({"cancelling_undoes_a_move": true}));
    let (mut customer, list) = at_the_visits(&trade);
    let before = list["records"][0]["on"].clone();
    let slot = moves(&mut customer);
    assert_ne!(slot["on"], before);
    let told = cancels(&mut customer);
    assert_eq!((&told["outcome"], &told["until"]), (&json!("stands"), &before), "{told}");
    let paper = prints(&trade, &mut customer);
    assert!(paper.contains("A visita é em") && !paper.contains("Visita técnica cancelada"), "{paper}");
    customer.goes_for_good();
    assert_eq!(trade.erp_book()["visits"][0]["state"], "booked");
}

#[test]
fn a_visit_that_never_moved_and_still_stands_is_not_told_as_cancelled() {
    let trade = Trade::open();
    trade.order_erp(&json!({"cancelling_undoes_a_move": true}));
    let (mut customer, list) = at_the_visits(&trade);
    let told = cancels(&mut customer);
    assert_eq!((&told["outcome"], &told["until"]), (&json!("stands"), &list["records"][0]["on"]), "{told}");
    customer.goes_for_good();
}

#[test]
fn a_visit_that_is_gone_is_cancelled_and_what_cannot_be_looked_at_was_asked_for() {
    for (order, outcome) in [
        (json!({}), "done"),
        (json!({"status": {"value": 500, "for": "visits"}}), "requested"),
        (json!({"say": {"value": {}, "for": "visits"}}), "requested"),
        (json!({"say": {"value": {"error": "por regra"}, "for": "visits"}}), "requested"),
    ] {
        let trade = Trade::open();
        let (mut customer, _) = at_the_visits(&trade);
        trade.order_erp(&order);
        let told = cancels(&mut customer);
        assert_eq!((&told["about"], &told["outcome"]), (&json!("cancel_visit"), &json!(outcome)), "{order}");
        customer.goes_for_good();
        assert_eq!((trade.calls("cancel_visit"), &trade.erp_book()["visits"][0]["state"]), (1, &json!("cancelled")));
    }
}
