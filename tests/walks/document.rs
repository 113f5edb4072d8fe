//! A bill's PDF from the ERP to the screen and the paper, and what is never shown.

use serde_json::json;

use crate::technician;
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
    // the same from the boleto, and back to it
    customer.taps("show_boleto");
    customer.until_that("the key", |shown| {
        shown["step"] == "boleto" && shown["actions"].as_array().unwrap().contains(&json!("show_document"))
    });
    customer.taps("show_document");
    customer.until("document");
    customer.taps("back");
    customer.until("boleto");
    customer.goes_for_good();
    assert_eq!(trade.papers().len(), 1);
    trade.books_are_clean();
}

#[test]
fn a_bill_with_other_bars_than_the_erp_tells_is_not_shown_and_waits_for_a_person() {
    let trade = technician::trade();
    trade.order_erp(&json!({"forged": {"for": "boleto_pdf"}}));
    let mut customer = before_the_bill(&trade);
    customer.taps("show_document");
    let trouble = customer.until("trouble");
    assert_eq!(trouble["code"], "B3", "{trouble}");
    customer.taps("back");
    customer.until("invoice");
    // a second look says the same, and is written down once
    customer.taps("show_document");
    customer.until("trouble");
    let log = customer.goes_for_good();
    assert!(log.iter().any(|line| line.contains("forgery") && line.contains("90")), "{log:#?}");
    const DIFFERS: &str = "o boleto ou o PDF da fatura 90 não confere com o sistema";
    let told = technician::journal(&trade, &["desk"]);
    assert_eq!(told.matches(DIFFERS).count(), 1, "{told}");
    let person = technician::journal(&trade, &["list", "--person"]);
    assert!(person.contains(DIFFERS) && person.contains("compare a linha digitável"), "{person}");
    assert!(!person.contains(MARIA.cpf) && !person.contains("Maria"), "{person}");

    // a restart forgets nothing, and whoever has a PIN says what it was
    let mut customer = trade.totem();
    customer.opens_the_panel();
    customer.until_that("one for a person", |shown| shown["page"] == "state" && shown["person"] == 1);
    customer.chooses("person");
    let list = customer.until_that("the list", |shown| shown["page"] == "list");
    assert_eq!(list["options"][0]["id"], "bill:90", "{list}");
    customer.chooses("bill:90");
    let account = customer.until_that("the bill", |shown| shown["page"] == "account");
    assert!(account["to_do"].as_array().unwrap().len() == 2 && !account.to_string().contains("Maria"), "{account}");
    customer.chooses("resolve");
    customer.until_that("the notes", |shown| shown["page"] == "resolve");
    customer.chooses("corrected");
    customer.until_news("recorded");
    customer.until_that("an empty list", |shown| shown["page"] == "list" && shown["options"] == json!([]));
    customer.goes_for_good();
    let told = technician::journal(&trade, &["desk"]);
    assert!(told.contains("conferiu o PDF da fatura 90: o ERP foi corrigido"), "{told}");
    assert!(!technician::journal(&trade, &["list", "--person"]).contains("PDF"));
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
