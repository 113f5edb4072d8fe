//! The ERP fails before, during and after a payment: what was paid is written off exactly once.

use serde_json::{Value, json};

use crate::trade::customer::{Customer, why_not, works};
use crate::trade::{MARIA, Trade};

/// Pays Maria's bill by debit while the ERP does to its write-off what is ordered, and waits until it is settled.
fn written_off_once_despite(orders: &Value) -> (Trade, Vec<String>) {
    let trade = Trade::open();
    trade.order_erp(orders);
    let mut customer = trade.totem();
    customer.pays(&MARIA, 90, "debit");
    customer.until_that("the write-off", |shown| shown["write_off"] == "settled");
    let log = customer.goes_for_good();
    assert_eq!(trade.sales(), ["confirmed"]);
    assert_eq!(trade.times_written_off(90), 1, "{:?}", trade.write_offs(90));
    trade.books_are_clean();
    (trade, log)
}

fn first_write_off(trick: &str) -> Value {
    json!({"write_off": {"value": trick, "times": 1}})
}

fn told(log: &[String], fact: &str) -> usize {
    log.iter().filter(|line| line.contains(&format!("fact=\"{fact}\""))).count()
}

#[test]
fn a_write_off_whose_request_is_lost_is_sent_again() {
    let (trade, log) = written_off_once_despite(&first_write_off("lost_request"));
    assert_eq!(trade.write_offs(90), [false, true]);
    assert_eq!((told(&log, "write_off_unknown"), told(&log, "bill_found_open")), (1, 1));
}

#[test]
fn a_write_off_whose_answer_is_lost_is_found_paid_and_not_sent_again() {
    let (trade, log) = written_off_once_despite(&first_write_off("lost_answer"));
    assert_eq!(trade.write_offs(90), [true]);
    assert_eq!((told(&log, "write_off_unknown"), told(&log, "bill_found_open")), (1, 0));
}

#[test]
fn a_write_off_that_works_and_answers_an_internal_error_is_not_sent_again() {
    let (trade, _) = written_off_once_despite(&first_write_off("internal_error_after"));
    assert_eq!(trade.write_offs(90), [true]);
}

#[test]
fn a_write_off_that_answers_html_is_looked_into_before_it_is_sent_again() {
    let (trade, _) = written_off_once_despite(&first_write_off("html"));
    assert_eq!(trade.write_offs(90), [false, true]);
    let (trade, _) = written_off_once_despite(&first_write_off("html_after"));
    assert_eq!(trade.write_offs(90), [true]);
}

#[test]
fn a_write_off_that_answers_nothing_is_looked_into_before_it_is_sent_again() {
    let (trade, _) = written_off_once_despite(&first_write_off("empty"));
    assert_eq!(trade.write_offs(90), [false, true]);
    let (trade, _) = written_off_once_despite(&first_write_off("empty_after"));
    assert_eq!(trade.write_offs(90), [true]);
}

#[test]
fn a_bill_settled_elsewhere_before_the_write_off_goes_to_a_person_and_is_never_written_off() {
    let trade = Trade::open();
    trade.order_erp(&json!({"settle_elsewhere": {"value": [90], "for": "write_off"}}));
    let mut customer = trade.totem();
    customer.pays(&MARIA, 90, "debit");
    let paid = customer.until("paid");
    assert_eq!(paid["write_off"], "owed", "the screen never claims a write-off that was not");
    customer.totem.until_log("that a person is called", |log| told(log, "person_called") == 1);
    customer.leaves();
    customer.goes_for_good();
    assert_eq!((trade.sales(), trade.times_written_off(90)), (vec!["confirmed".to_owned()], 0));
    assert_eq!(trade.paid_by(90).as_deref(), Some("elsewhere"));
    let tries = trade.write_offs(90).len();

    // a restart does not begin it anew, nor call twice
    trade.order_erp(&json!({}));
    let mut again = trade.totem();
    let trouble = again.identifies(&MARIA);
    assert_eq!(trouble["code"], "C2");
    again.leaves();
    let log = again.goes_for_good();
    assert_eq!((told(&log, "person_called"), trade.write_offs(90).len()), (0, tries));
    trade.books_are_clean();
}

#[test]
fn a_write_off_that_the_erp_rejects_goes_to_a_person_and_is_not_repeated() {
    let trade = Trade::open();
    trade.order_erp(&json!({"write_off": "reject"}));
    let mut customer = trade.totem();
    customer.pays(&MARIA, 90, "debit");
    assert_eq!(customer.until("paid")["write_off"], "owed");
    customer.totem.until_log("that a person is called", |log| told(log, "person_called") == 1);
    customer.taps("more");
    let bills = customer.until("invoices");
    assert_eq!(bills["invoices"][0]["state"], "settling", "nobody pays it twice: {bills}");
    customer.leaves();
    customer.goes_for_good();
    assert_eq!((trade.sales(), trade.write_offs(90)), (vec!["confirmed".to_owned()], vec![false]));
    trade.books_are_clean();
}

#[test]
fn no_card_is_offered_while_the_erp_is_down_and_it_is_said_why() {
    let trade = Trade::open();
    let mut customer = trade.totem();
    customer.identifies(&MARIA);
    trade.erp_is_down();
    customer.taps("pay");
    let methods = customer.until("method");
    assert_eq!((why_not(&methods, "debit"), why_not(&methods, "credit")), ("no_erp".into(), "no_erp".into()));
    assert_eq!(why_not(&methods, "pix"), "no_erp");
    assert_eq!(customer.is_refused(json!({"do": "choose", "option": "debit"})), "choose");
    customer.taps("back");
    customer.until("invoices");
    trade.erp_is_back();
    customer.taps("pay");
    customer.until_that("methods that work", |shown| shown["step"] == "method" && works(shown, "debit"));
    customer.leaves();
    customer.goes_for_good();
    assert_eq!((trade.sales(), trade.calls("write_off")), (vec![], 0));
}

#[test]
fn an_erp_that_is_down_from_the_start_is_told_with_a_way_back() {
    let trade = Trade::open();
    trade.erp_is_down();
    let mut customer = trade.totem();
    let trouble = customer.identifies(&MARIA);
    assert_eq!(
        (&trouble["code"], &trouble["can_retry"], &trouble["can_go_back"]),
        (&json!("E1"), &json!(true), &json!(true))
    );
    trade.erp_is_back();
    customer.taps("retry");
    customer.until("invoices");
    customer.leaves();
    customer.goes_for_good();
}

/// Pays with an ERP that goes down while the card is at the pinpad. The card is charged, the paper says that the
/// write-off is being processed.
fn pays_and_the_erp_goes_down(trade: &Trade) -> Customer {
    trade.order_tef(&json!({"hold": true, "on": ["CRT"]}));
    let mut customer = trade.totem();
    customer.pays(&MARIA, 90, "debit");
    customer.until("card");
    trade.erp_is_down();
    trade.order_tef(&json!({}));
    let paid = customer.until("paid");
    assert_eq!(paid["write_off"], "owed");
    customer.totem.until_log("the lost write-off", |log| told(log, "write_off_unknown") == 1);
    let papers = trade.papers();
    assert!(papers.len() == 1 && papers[0].contains("Baixa em processamento"), "{papers:?}");
    assert_eq!(trade.sales(), ["confirmed"], "an ERP that is down never undoes a sale");
    assert_eq!(trade.paid_by(90), None);
    customer
}

#[test]
fn a_write_off_is_posted_when_the_erp_returns() {
    let trade = Trade::open();
    let mut customer = pays_and_the_erp_goes_down(&trade);
    customer.leaves();
    trade.erp_is_back();
    trade.until_books("the write-off", |trade| trade.times_written_off(90) == 1);
    customer.totem.until_log("the end of the payment", |log| told(log, "closed") == 1);
    customer.goes_for_good();
    trade.books_are_clean();
}

#[test]
fn a_write_off_is_posted_when_the_erp_returns_although_the_totem_was_restarted() {
    let trade = Trade::open();
    let mut customer = pays_and_the_erp_goes_down(&trade);
    customer.leaves();
    customer.goes_for_good();
    assert_eq!(trade.times_written_off(90), 0);
    trade.order_erp(&json!({}));
    let again = trade.totem();
    trade.until_books("the write-off", |trade| trade.times_written_off(90) == 1);
    again.totem.until_log("the end of the payment", |log| told(log, "closed") == 1);
    again.goes_for_good();
    trade.books_are_clean();
}

#[test]
fn garbage_from_the_erp_is_trouble_with_a_way_back_and_nothing_personal_in_the_log() {
    for orders in [
        json!({"html": true}),
        json!({"garbage": {"for": ["customer_by_document", "contact", "all_bills", "open_bills"]}}),
        json!({"truncate": {"for": ["customer_by_document", "contact", "all_bills", "open_bills"]}}),
        json!({"empty": {"for": ["customer_by_document", "contact", "all_bills", "open_bills"]}}),
        json!({"huge": {"for": ["customer_by_document"]}}),
        json!({"status": 500}),
    ] {
        let trade = Trade::open();
        trade.order_erp(&orders);
        let mut customer = trade.totem();
        let trouble = customer.identifies(&MARIA);
        assert!(trouble["code"] == "E1" || trouble["code"] == "E2", "{orders}: {trouble}");
        assert_eq!((&trouble["can_retry"], &trouble["can_go_back"]), (&json!(true), &json!(true)), "{orders}");
        customer.taps("back");
        customer.until("identify");
        trade.order_erp(&json!({}));
        let log = customer.goes_for_good();
        assert!(!log.is_empty(), "{orders}: the technician is told of it");
        nothing_personal(&log);
    }
}

/// No CPF, name, phone or birthday of anybody on standard error.
fn nothing_personal(log: &[String]) {
    for line in log {
        let upper = line.to_uppercase();
        for personal in ["52998224725", "529.982", "MARIA", "FICT", "DA SILVA", "1990-10-18", "0001234", "1810"] {
            assert!(!upper.contains(personal), "{personal} in {line}");
        }
    }
}

#[test]
fn a_whole_visit_leaves_nothing_personal_in_the_log() {
    let trade = Trade::open();
    trade.order_erp(&first_write_off("lost_answer"));
    let mut customer = trade.totem();
    customer.pays(&MARIA, 90, "debit");
    customer.until_that("the write-off", |shown| shown["write_off"] == "settled");
    let log = customer.goes_for_good();
    assert!(told(&log, "closed") == 1);
    for line in log {
        let upper = line.to_uppercase();
        for personal in ["52998224725", "529.982", "MARIA", "FICT", "DA SILVA", "1990-10-18", "900001234"] {
            assert!(!upper.contains(personal), "{personal} in {line}");
        }
    }
}
