//! What a code sent to an address that was typed opens: another contact, a bill sent there; and what is left of it.

use std::time::{Duration, Instant};

use serde_json::json;

use super::{Couriers, PHONE, may, wrong};
use crate::secrets::memory_holds;
use crate::services::{at_the_counter, files};
use crate::trade::customer::Customer;
use crate::trade::{MARIA, Trade};

/// Before the question for the code that went to a new phone.
fn asks_to_change_the_phone(customer: &mut Customer, phone: &str) {
    customer.chooses("contacts");
    customer.until("form");
    customer.chooses("phone");
    customer.until_that("the phone", |shown| shown["asks"] == "phone");
    customer.types(phone);
    customer.taps("submit");
}

#[test]
fn a_new_phone_is_asked_of_the_erp_only_with_the_code_that_went_there() {
    let mut trade = Trade::open();
    let couriers = Couriers::of(&mut trade, "");
    let mut customer = at_the_counter(&trade, &MARIA);
    asks_to_change_the_phone(&mut customer, "31955554444");
    let form = customer.until_that("the code", |shown| shown["asks"] == "code");
    assert_eq!(form["answers"][0]["text"], "31955554444", "{form}");
    let code = couriers.code("messages", 1);
    customer.types(wrong(&code));
    customer.taps("submit");
    customer.until_that("that it is wrong", |shown| shown["problem"] == "code");
    assert_eq!(trade.erp_book()["profile_requests"], json!([]));
    customer.types(&code);
    customer.taps("submit");
    assert_eq!(customer.until("notice")["outcome"], "requested");
    let log = customer.goes_for_good().join("\n");
    assert!(!log.contains("31955554444") && !log.contains(&code));
    assert_eq!(couriers.brought("messages")[0]["phone"], "31955554444");
    assert_eq!(trade.erp_book()["profile_requests"][0]["mobile"], "31955554444");
    couriers.understood_everything();
}

#[test]
fn a_gateway_that_does_not_take_the_address_leads_back_to_it() {
    let mut trade = Trade::open();
    let couriers = Couriers::of(&mut trade, "");
    let mut customer = at_the_counter(&trade, &MARIA);
    for (orders, problem) in
        [(json!({"sms": {"refuses": true}}), "code_refused"), (json!({"sms": {"status": 401}}), "no_code")]
    {
        couriers.order(&orders);
        asks_to_change_the_phone(&mut customer, "31955554444");
        let form = customer.until_that("the problem", |shown| shown["problem"].is_string());
        assert_eq!((&form["asks"], &form["problem"]), (&json!("phone"), &json!(problem)), "{form}");
        // once back before the kind of contact, once before the menu
        customer.taps("back");
        customer.until_that("before it", |shown| shown["step"] == "services" || shown["asks"] == "contact_kind");
        if customer.shown()["step"] == "form" {
            customer.taps("back");
            customer.until("services");
        }
    }
    customer.goes_for_good();
    assert_eq!(trade.erp_book()["profile_requests"], json!([]));
}

#[test]
fn a_bill_goes_to_another_address_only_with_the_code_that_went_there() {
    let mut trade = crate::hubsoft::open(&[]);
    let couriers = Couriers::of(&mut trade, "");
    let mut customer = trade.totem();
    customer.identifies(&MARIA);
    customer.does(json!({"do": "details", "id": "90"}));
    customer.until("invoice");
    customer.taps("show_boleto");
    customer.until_that("the way to send it", |shown| shown["step"] == "boleto" && may(shown, "send"));
    customer.taps("send");
    let form = customer.until_that("where to", |shown| shown["asks"] == "send_to");
    let ways: Vec<&str> = form["options"].as_array().unwrap().iter().map(|way| way["id"].as_str().unwrap()).collect();
    assert_eq!(ways, ["email", "sms", "push", "other_email", "other_phone"]);
    customer.chooses("other_email");
    customer.until_that("the address", |shown| shown["asks"] == "new_email");
    customer.types("ana.inventada@example.com");
    customer.taps("submit");
    customer.until_that("the code", |shown| shown["asks"] == "code");
    let code = couriers.code("letters", 1);
    customer.types(wrong(&code));
    customer.taps("submit");
    customer.until_that("that it is wrong", |shown| shown["problem"] == "code");
    assert_eq!(trade.erp_book()["sent"], json!([]));
    customer.types(&code);
    customer.taps("submit");
    customer.until_that("that it was sent", |shown| shown["step"] == "boleto" && shown["sent"] == "sent");
    let log = customer.goes_for_good().join("\n");
    assert!(!log.contains("ana.inventada"));
    let sent = trade.erp_book()["sent"].clone();
    assert_eq!(sent, json!([{"bill": 90, "by": "email", "to": ["ana.inventada@example.com"]}]));
}

#[test]
fn neither_code_nor_phone_is_left_when_the_customer_has_gone() {
    let mut trade = Trade::open();
    let couriers = Couriers::of(&mut trade, "verify = \"code_sms\"");
    let mut customer = Customer::before(trade.program_in(&[("TOTEM_LOG", std::ffi::OsStr::new("totem=trace"))]));
    customer.types(MARIA.cpf);
    customer.until("verify");
    let code = couriers.code("messages", 1);
    customer.types(&code);
    customer.until("invoices");
    customer.taps("services");
    customer.until("services");
    asks_to_change_the_phone(&mut customer, "31955554444");
    customer.until_that("the code", |shown| shown["asks"] == "code");
    let other = couriers.code("messages", 2);
    customer.leaves();
    crate::forgetting::speaks_of_nothing(&mut customer);
    let secrets = [code.as_str(), other.as_str(), PHONE, "31955554444", MARIA.cpf, "MARIA FICT"];
    // what does stand there shows that the search finds things
    let (read, shop) = memory_holds(customer.totem.id(), &["Provedor Exemplo"]);
    assert!(read > 1 << 20 && !shop.is_empty(), "{read} bytes");
    let deadline = Instant::now() + Duration::from_secs(45);
    loop {
        let (_, found) = memory_holds(customer.totem.id(), &secrets);
        if found.is_empty() {
            break;
        }
        assert!(Instant::now() < deadline, "{found:#?}");
        std::thread::sleep(Duration::from_secs(1));
    }
    let log = customer.goes_for_good().join("\n").into_bytes();
    let mut all = vec![("the log".to_owned(), log)];
    files(&trade.path("totem"), &mut all);
    for (name, bytes) in all {
        // six digits stand in many numbers
        for secret in &secrets[2..] {
            let there = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
            assert!(!there, "{secret} is in {name}");
        }
    }
}

#[test]
fn the_doctor_says_how_the_couriers_are_and_sends_nothing() {
    let mut trade = Trade::open();
    let couriers = Couriers::of(&mut trade, "verify = \"code_sms\"");
    let report = crate::doctor::examined(&trade);
    for part in ["códigos: e-mail", "códigos: SMS"] {
        assert_eq!(report.of(part).0, "ok");
    }
    couriers.order(&json!({"smtp": {"refuses": "auth"}}));
    let (state, says) = crate::doctor::examined(&trade).of("códigos: e-mail");
    assert!(state == "error" && says.contains("não aceita usuário e senha"), "{says}");
    assert!(couriers.brought("messages").is_empty() && couriers.brought("letters").is_empty());
}
