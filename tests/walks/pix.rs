//! PIX with the code that the ERP issued: watched in the ERP, never written off by us.

use serde_json::json;

use crate::trade::{MARIA, Trade};

#[test]
fn a_pix_that_the_erp_issued_is_paid_there_while_the_screen_waits_and_never_written_off_by_us() {
    let trade = Trade::open();
    trade.order_erp(&json!({"pix_pays_after_ms": null}));
    let mut customer = trade.totem();
    customer.pays(&MARIA, 90, "pix");
    let pix = customer.until("pix");
    assert!(pix["payload"].as_str().unwrap().starts_with("000201"), "{pix}");
    let before = trade.calls("all_bills") + trade.calls("open_bills") + trade.calls("customer_by_id");
    trade.until_books("that the totem looks while nobody pays", |trade| {
        trade.calls("all_bills") + trade.calls("open_bills") + trade.calls("customer_by_id") > before
    });
    assert_eq!(trade.paid_by(90), None);
    trade.order_erp(&json!({"pix_pays_after_ms": null, "pay_now": [90]}));
    let paid = customer.until("paid");
    assert_eq!((&paid["method"], &paid["write_off"]), (&json!("pix"), &json!("by_erp")));
    customer.does(json!({"do": "receipt", "how": "print"}));
    customer.until_that("the receipt", |shown| shown["printed"] == "printed");
    customer.leaves();
    customer.goes_for_good();
    assert_eq!((trade.calls("write_off"), trade.sales()), (0, vec![]));
    let papers = trade.papers();
    assert!(papers.len() == 1 && papers[0].contains("PIX"), "{papers:?}");
    trade.books_are_clean();
}

#[test]
fn a_pix_code_that_is_left_unpaid_leaves_the_bill_open_for_another_method() {
    let trade = Trade::open();
    trade.order_erp(&json!({"pix_pays_after_ms": null}));
    let mut customer = trade.totem();
    customer.pays(&MARIA, 90, "pix");
    customer.until("pix");
    customer.taps("cancel");
    customer.until("invoices");
    customer.totem.until_log("the end of the code", |log| log.iter().any(|line| line.contains("\"pix_ended\"")));
    customer.taps("pay");
    customer.until("method");
    customer.pays_by("debit");
    customer.until_that("the write-off", |shown| shown["write_off"] == "settled");
    customer.goes_for_good();
    assert_eq!((trade.sales(), trade.write_offs(90)), (vec!["confirmed".to_owned()], vec![true]));
    trade.books_are_clean();
}

#[test]
fn a_pix_that_the_erp_hears_of_after_the_customer_has_tapped_cancel_is_found_and_never_written_off() {
    let mut trade = Trade::open();
    trade.configure("late_looks_s = [0.5, 1]", "late_looks_s = [0.5, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 600]");
    trade.order_erp(&json!({"pix_pays_after_ms": null}));
    let mut customer = trade.totem();
    customer.pays(&MARIA, 90, "pix");
    customer.until("pix");
    customer.taps("cancel");
    customer.until("invoices");
    customer.totem.until_log("the end of the code", |log| log.iter().any(|line| line.contains("\"pix_ended\"")));
    trade.order_erp(&json!({"pix_pays_after_ms": null, "pay_now": [90]}));
    customer.totem.until_log("the late money", |log| log.iter().any(|line| line.contains("\"closed\"")));
    let log = customer.goes_for_good();
    assert!(log.iter().any(|line| line.contains("fact=\"pix_paid\"")), "{log:?}");
    assert_eq!((trade.calls("write_off"), trade.sales()), (0, vec![]));
    trade.books_are_clean();
}

#[test]
fn a_pix_paid_just_before_the_customer_walks_off_is_found_by_the_last_look() {
    let trade = Trade::open();
    trade.order_erp(&json!({"pix_pays_after_ms": null, "pay_now": {"value": [90], "for": "all_bills", "skip": 9999}}));
    let mut trade = trade;
    trade.configure("pix_poll_s = [0.2, 0.2, 0.2]", "pix_poll_s = [600, 600, 600]");
    let mut customer = trade.totem();
    customer.pays(&MARIA, 90, "pix");
    customer.until("pix");
    trade.order_erp(&json!({"pix_pays_after_ms": null, "pay_now": [90]}));
    trade.until_books("the payment at the bank", |trade| trade.paid_by(90).is_some());
    let log = customer.goes_for_good();
    assert!(log.iter().any(|line| line.contains("fact=\"pix_paid\"")), "{log:?}");
    assert_eq!(trade.calls("write_off"), 0);
}
