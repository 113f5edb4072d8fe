//! A bill sent to the address that the ERP knows, from the boleto and from its own PIX code.

use serde_json::json;

use crate::trade::customer::Customer;
use crate::trade::{MARIA, Trade};

fn may_send(shown: &serde_json::Value) -> bool {
    shown["actions"].as_array().unwrap().contains(&json!("send"))
}

fn before_the_boleto(trade: &Trade) -> Customer {
    let mut customer = trade.totem();
    customer.identifies(&MARIA);
    customer.does(json!({"do": "details", "id": "90"}));
    customer.until("invoice");
    customer.taps("show_boleto");
    customer.until("boleto");
    customer
}

fn sends(customer: &mut Customer, way: &str) {
    customer.taps("send");
    customer.until_that("where to", |shown| shown["asks"] == "send_to");
    customer.chooses(way);
}

#[test]
fn a_boleto_is_sent_by_e_mail_once() {
    let trade = Trade::open();
    let mut customer = before_the_boleto(&trade);
    assert!(may_send(customer.shown()) && customer.shown()["choose"] == true, "{}", customer.shown());
    sends(&mut customer, "email");
    let sent = customer.until_that("what became of it", |shown| shown["sent"] == "sent");
    assert!(!may_send(&sent));
    assert_eq!(customer.is_refused(json!({"do": "send"})), "send");
    customer.goes_for_good();
    assert_eq!(trade.erp_book()["sent"], json!([{"bill": 90, "by": "email"}]));
    trade.books_are_clean();
}

#[test]
fn a_bill_goes_by_every_way_that_the_erp_has() {
    let of_hubsoft = &["email", "sms", "push"][..];
    for (trade, ways) in [(Trade::open(), &["email", "sms"][..]), (crate::hubsoft::open(&[]), of_hubsoft)] {
        for way in ways {
            let mut customer = before_the_boleto(&trade);
            let shown = customer.until_that("the way to send it", may_send);
            assert!(shown["choose"] == true, "{shown}");
            sends(&mut customer, way);
            customer.until_that("what became of it", |shown| shown["step"] == "boleto" && shown["sent"] == "sent");
            customer.goes_for_good();
        }
        let sent = trade.erp_book()["sent"].as_array().unwrap().clone();
        let by: Vec<&str> = sent.iter().map(|one| one["by"].as_str().unwrap()).collect();
        assert_eq!(by, ways);
        trade.books_are_clean();
    }
}

#[test]
fn an_erp_that_is_down_sent_nothing_and_may_be_asked_again() {
    let trade = Trade::open();
    let mut customer = before_the_boleto(&trade);
    trade.erp_is_down();
    sends(&mut customer, "sms");
    let told =
        customer.until_that("what became of it", |shown| shown["sent"].is_string() && shown["sent"] != "sending");
    assert_ne!(told["sent"], "sent");
    trade.erp_is_back();
    assert_eq!(trade.erp_book()["sent"], json!([]));
    customer.goes_for_good();
}

#[test]
fn the_erps_own_pix_code_is_sent_from_its_screen() {
    let trade = Trade::open();
    trade.order_erp(&json!({"pix_pays_after_ms": 600_000}));
    let mut customer = trade.totem();
    customer.pays(&MARIA, 90, "pix");
    let shown = customer.until("pix");
    assert!(shown["confirmed_by"] == "erp" && may_send(&shown), "{shown}");
    customer.taps("send");
    customer.until_that("what became of it", |shown| shown["sent"] == "sent");
    customer.goes_for_good();
    assert_eq!(trade.erp_book()["sent"].as_array().unwrap().len(), 1);
}
