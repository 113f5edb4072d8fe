//! The real program on a disk that fails: closed at once with the reason, no card charged afterwards, and everything that
//! was durable is there when the disk is well again. The stand-ins' own books are the judge.

use serde_json::{Value, json};

use crate::disk::Disk;
use crate::trade::customer::Customer;
use crate::trade::{MARIA, PEDRO, Trade};

/// A trade whose totem has served one customer on a disk that is well so far.
fn opened() -> (Trade, Disk, Customer) {
    let trade = Trade::open();
    let disk = Disk::under(&trade.path("totem"));
    let mut customer = disk.with_environment(|environment| Customer::before(trade.program_in(environment)));
    customer.pays(&MARIA, 90, "debit");
    customer.until_that("the write-off", |shown| shown["write_off"] == "settled");
    customer.leaves();
    (trade, disk, customer)
}

fn is_closed(customer: &mut Customer) {
    let closed = customer.until("closed");
    assert_eq!((&closed["code"], &closed["why"]), (&json!("J1"), &json!("journal")));
    assert!(closed["message"].is_string(), "{closed}");
    assert_eq!(customer.is_refused(json!({"do": "type", "text": PEDRO.cpf})), "type");
}

/// What the totem left open when it failed is ended after its next start.
fn ends_what_was_open(customer: &Customer) {
    let closed = |log: &[String]| log.iter().any(|line| line.contains("fact=\"closed\""));
    customer.totem.until_log("the end of the payment", closed);
}

/// Whoever comes after the failure finds the totem closed; on a disk that is well again it serves.
fn serves_again(trade: &Trade, bill: i64) {
    serves(trade, trade.totem(), bill);
}

fn serves(trade: &Trade, mut customer: Customer, bill: i64) {
    customer.pays(&PEDRO, bill, "debit");
    customer.until_that("the write-off", |shown| shown["write_off"] == "settled");
    customer.goes_for_good();
    trade.books_are_clean();
    assert_eq!((trade.times_written_off(90), trade.times_written_off(bill)), (1, 1));
}

#[test]
fn a_disk_that_fails_before_a_payment_closes_the_totem_and_no_card_is_charged() {
    for order in ["full *", "readonly *", "broken *", "sync_fails =journal.db-wal"] {
        let (trade, disk, mut customer) = opened();
        let sales = trade.tef_book()["commands"]["CRT"].clone();
        customer.wants_to_pay(&PEDRO, 5000);
        customer.until_offered("debit");
        disk.fails(order);
        customer.chooses("debit");
        is_closed(&mut customer);
        assert_eq!(disk.deeds_after_the_failure(), [], "{order}");
        let log = customer.goes_for_good();
        assert!(log.iter().any(|line| line.contains("the journal cannot be used")), "{order}: {log:?}");
        assert_eq!(trade.tef_book()["commands"]["CRT"], sales, "{order}: a card was charged");
        serves_again(&trade, 5001);
    }
}

/// The announcement of the sale is durable, and its answer can no longer be written down: the money goes back.
#[test]
fn a_disk_that_fails_while_a_card_is_at_the_pinpad_gives_the_money_back() {
    for order in ["sync_fails =journal.db-wal", "full *"] {
        let (trade, disk, mut customer) = opened();
        trade.order_tef(&json!({"hold": true, "on": ["CRT"]}));
        customer.pays(&PEDRO, 5000, "debit");
        let begun = |log: &[String]| log.iter().filter(|line| line.contains("fact=\"card_started\"")).count() == 2;
        customer.totem.until_log("the sale's announcement", begun);
        disk.fails(order);
        trade.order_tef(&json!({}));
        is_closed(&mut customer);
        assert_eq!(disk.deeds_after_the_failure(), [], "{order}");
        trade.until_books("the undo", |trade| trade.sales() == ["confirmed", "undone"]);
        customer.goes_for_good();

        let customer = trade.totem();
        ends_what_was_open(&customer);
        serves(&trade, customer, 5000);
        assert_eq!(trade.sales(), ["confirmed", "undone", "confirmed"], "{order}");
    }
}

/// The money is here when the disk fails: the write-off waits for a disk that is well, and is then done once.
#[test]
fn a_disk_that_fails_after_the_approval_loses_no_write_off() {
    let (trade, disk, mut customer) = opened();
    trade.order_erp(&json!({"slow_answer_ms": {"value": 1500, "for": "write_off"}}));
    customer.pays(&PEDRO, 5000, "debit");
    let sent = |log: &[String]| log.iter().filter(|line| line.contains("fact=\"write_off_sent\"")).count() == 2;
    customer.totem.until_log("the write-off's announcement", sent);
    disk.fails("full *");
    is_closed(&mut customer);
    customer.goes_for_good();
    trade.order_erp(&json!({}));

    let customer = trade.totem();
    ends_what_was_open(&customer);
    customer.goes_for_good();
    assert_eq!((trade.sales(), trade.times_written_off(5000)), (vec!["confirmed".to_owned(); 2], 1));
    trade.books_are_clean();
}

#[test]
fn a_totem_that_starts_on_a_read_only_disk_is_closed_from_the_start() {
    let (trade, disk, customer) = opened();
    customer.goes_for_good();
    disk.fails("readonly *");
    let mut customer = disk.with_environment(|environment| Customer::waiting(trade.program_in(environment)));
    is_closed(&mut customer);
    customer.goes_for_good();
    assert_ne!(trade.tef_book()["commands"]["CRT"], Value::Null);
    serves_again(&trade, 5000);
}

/// What could not be told is worth less than a payment: on a disk that is full below the spool everything goes on.
#[test]
fn a_full_disk_below_what_waits_for_the_collector_holds_up_no_payment() {
    let mut trade = Trade::open();
    // nobody listens there
    let otlp = "[fleet.otlp]\nurl = \"http://127.0.0.1:1\"\nevery_s = 1\n\n[advanced]\n";
    trade.configure("[advanced]\n", otlp);
    let disk = Disk::under(&trade.path("totem/otlp"));
    disk.fails("full *");
    let mut customer = disk.with_environment(|environment| Customer::before(trade.program_in(environment)));
    customer.totem.until_log("the full disk", |log| log.iter().any(|line| line.contains("could not be kept")));
    customer.pays(&MARIA, 90, "debit");
    customer.until_that("the write-off", |shown| shown["write_off"] == "settled");
    customer.leaves();
    customer.goes_for_good();
    assert_eq!(std::fs::read_dir(trade.path("totem/otlp")).unwrap().count(), 0, "no half of anything");
    trade.books_are_clean();
}
