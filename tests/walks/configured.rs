//! An ERP that is told, not coded: the contract of document 003 between the real program and its stand-in.

use serde_json::json;

use crate::trade::{MARIA, Trade};

#[test]
fn a_bill_is_paid_by_card_under_the_erps_own_head_and_written_off_once() {
    let trade = Trade::open_with_datacake();
    let mut customer = trade.totem();
    customer.pays(&MARIA, 90, "debit");
    let card = customer.until("card");
    let paid = customer.until_that("the write-off on the screen", |shown| shown["write_off"] == "settled");
    assert_eq!(paid["step"], "paid");
    customer.leaves();
    let sales = trade.transactions();
    assert_eq!((sales.len(), sales[0].amount), (1, card["amount_cents"].as_i64().unwrap()));
    assert_eq!(trade.write_offs(90), [true]);
    assert_eq!(trade.paid_by(90).as_deref(), Some("write_off"));
    let papers = trade.papers();
    let [receipt] = papers.as_slice() else { panic!("{papers:?}") };
    let head = receipt.find("CONVENIO CARTAO 4321").unwrap_or_else(|| panic!("{receipt}"));
    assert!(head < receipt.find("Pagador").unwrap(), "{receipt}");
    assert!(!receipt.contains("CONVENIO PIX") && !receipt.contains("52998224725"), "{receipt}");
    customer.goes_for_good();
    trade.books_are_clean();
}

#[test]
fn a_pix_that_the_erp_issued_is_watched_there_and_its_receipt_has_the_head_for_pix() {
    let trade = Trade::open_with_datacake();
    let mut customer = trade.totem();
    customer.pays(&MARIA, 90, "pix");
    let pix = customer.until("pix");
    assert!(pix["payload"].as_str().unwrap().starts_with("000201"), "{pix}");
    let before = trade.calls("open_bills");
    trade.until_books("that the totem looks while nobody pays", |trade| trade.calls("open_bills") > before);
    trade.order_erp(&json!({"pay_now": [90]}));
    let paid = customer.until("paid");
    assert_eq!((&paid["method"], &paid["write_off"]), (&json!("pix"), &json!("by_erp")));
    customer.does(json!({"do": "receipt", "how": "print"}));
    customer.until_that("the receipt", |shown| shown["printed"] == "printed");
    customer.leaves();
    customer.goes_for_good();
    assert_eq!((trade.calls("write_off"), trade.sales()), (0, vec![]));
    let papers = trade.papers();
    assert!(papers.len() == 1 && papers[0].contains("CONVENIO PIX 1234"), "{papers:?}");
    assert!(!papers[0].contains("CONVENIO CARTAO"), "{papers:?}");
    trade.books_are_clean();
}

#[test]
fn an_unclear_write_off_is_not_repeated_after_a_restart_and_settled_when_the_customer_comes_back() {
    let trade = Trade::open_with_datacake();
    let mut customer = trade.totem();
    // written off, the answer lost, and the statement that would tell is down
    trade.order_erp(&json!({"write_off": "lost_answer", "status": {"value": 503, "for": "statement"}}));
    customer.pays(&MARIA, 90, "debit");
    trade.until_books("the look that finds nothing", |trade| trade.calls("statement") > 0);
    customer.totem.kill();
    trade.order_erp(&json!({}));

    let mut customer = trade.totem();
    customer.totem.until_log("that it cannot read the bill", |log| {
        log.iter().filter(|line| line.contains("it is known again when the customer comes back")).count() > 1
    });
    assert_eq!(trade.write_offs(90), [true], "nothing is sent again");
    customer.identifies(&MARIA);
    customer.totem.until_log("the settled bill", |log| log.iter().any(|line| line.contains("write_off_settled")));
    customer.goes_for_good();
    assert_eq!(trade.write_offs(90), [true]);
    assert_eq!(trade.sales(), ["confirmed"]);
    trade.books_are_clean();
}
