//! A bill's PDF from the ERP to the screen and the paper, and what is never shown.

use serde_json::json;

use crate::trade::customer::Customer;
use crate::trade::{MARIA, Trade};

fn before_the_bill(trade: &Trade) -> Customer {
    let mut customer = trade.totem();
    customer.identifies(&MARIA);
    customer.does(json!({"do": "details", "id": "90"}));
    customer.until("invoice");
    customer
}

#[test]
fn a_bill_is_read_enlarged_and_printed() {
    let trade = Trade::open();
    let mut customer = before_the_bill(&trade);
    customer.taps("show_document");
    let shown = customer.until("document");
    assert_eq!((&shown["title"], &shown["page"], &shown["pages"]), (&json!("bill"), &json!(1), &json!(1)), "{shown}");
    customer.taps("zoom");
    customer.until_that("the first part", |shown| shown["part"] == 1 && shown["drawing"].is_null());
    customer.does(json!({"do": "page", "to": "next"}));
    let shown = customer.until_that("the second part", |shown| shown["part"] == 2 && shown["drawing"].is_null());
    assert_eq!(shown["parts"], 4);
    customer.taps("print");
    customer.until_that("the paper", |shown| shown["printed"] == "printed");
    customer.taps("back");
    customer.until("invoice");
    customer.goes_for_good();
    assert_eq!(trade.papers().len(), 1);
    trade.books_are_clean();
}

#[test]
fn a_bill_with_other_bars_than_the_erp_tells_is_not_shown_and_waits_for_a_person() {
    let trade = Trade::open();
    trade.order_erp(&json!({"forged": {"for": "boleto_pdf"}}));
    let mut customer = before_the_bill(&trade);
    customer.taps("show_document");
    let trouble = customer.until("trouble");
    assert_eq!(trouble["code"], "B3", "{trouble}");
    customer.taps("back");
    customer.until("invoice");
    let log = customer.goes_for_good();
    assert!(log.iter().any(|line| line.contains("forgery") && line.contains("90")), "{log:#?}");
    let told = super::technician::journal(&trade, &["desk"]);
    assert!(told.contains("o PDF da fatura 90 tem outro código de barras"), "{told}");
}

#[test]
fn an_erp_that_is_down_or_sends_something_else_costs_a_sentence() {
    let trade = Trade::open();
    let mut customer = before_the_bill(&trade);
    for (order, code) in [
        (json!({"down": {"for": "boleto_pdf"}}), "E1"),
        (json!({"html": {"for": "boleto_pdf"}}), "B2"),
        (json!({"garbage": {"for": "boleto_pdf"}}), "B2"),
        (json!({"huge": {"for": "boleto_pdf", "value": 50_000_000}}), "B2"),
    ] {
        trade.order_erp(&order);
        customer.taps("show_document");
        let trouble = customer.until("trouble");
        assert_eq!(trouble["code"], code, "{order}: {trouble}");
        customer.taps("back");
        customer.until("invoice");
    }
    trade.order_erp(&json!({}));
    customer.taps("show_document");
    customer.until("document");
    customer.goes_for_good();
}
