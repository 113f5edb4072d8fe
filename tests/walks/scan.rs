//! A paper bill before the reader, against every ERP: by itself where the ERP finds a bill by its code, else with the CPF.

use serde_json::{Value, json};

use super::houses::{HOUSES, House};
use crate::trade::customer::Customer;
use crate::trade::{MARIA, PEDRO, Person, Trade};

fn house(name: &str) -> &'static House {
    HOUSES.iter().find(|house| house.name == name).unwrap()
}

fn opened(house: &House) -> (Trade, Person) {
    let mut trade = (house.open)();
    if !house.asks_phone {
        return (trade, MARIA);
    }
    trade.configure("[journey]", "[journey]\nverify = \"phone_last4\"");
    (trade, Person { factor: "1234", ..MARIA })
}

/// The bars on the paper that a customer took along.
fn bars_of(customer: &mut Customer, person: &Person) -> String {
    let shown = customer.identifies(person);
    let bill = shown["invoices"][0]["id"].as_str().unwrap().to_owned();
    customer.does(json!({"do": "details", "id": bill}));
    customer.until("invoice");
    customer.taps("show_boleto");
    let bars = customer.until("boleto")["barcode"].as_str().unwrap().to_owned();
    customer.leaves();
    bars
}

fn scans(customer: &mut Customer, text: &str) {
    customer.does(json!({"do": "scan", "text": text}));
}

fn typed(customer: &mut Customer, person: &Person) {
    customer.types(person.cpf);
    customer.until("verify");
    customer.types(person.factor);
}

#[test]
fn at_every_erp_a_scanned_boleto_leads_with_the_cpf_to_its_bill() {
    for house in &HOUSES {
        let (trade, person) = opened(house);
        let mut customer = trade.totem();
        let bars = bars_of(&mut customer, &person);
        scans(&mut customer, &bars);
        if house.name == "IXC" {
            // it knows it by itself
            customer.until("method");
        } else {
            let shown = customer.until_that("that it was read", |shown| shown["scanned"] == true);
            assert_eq!(shown["step"], "identify", "{}", house.name);
            typed(&mut customer, &person);
            customer.until_that("the ways to pay", |shown| shown["step"] == "method");
        }
        let log = customer.goes_for_good();
        assert!(!log.iter().any(|line| line.contains(&bars) || line.contains(MARIA.cpf)), "{}", house.name);
        trade.books_are_clean();
    }
}

#[test]
fn a_scanned_boleto_is_paid_with_no_cpf_in_two_touches_where_the_erp_finds_it() {
    let (trade, person) = opened(house("IXC"));
    let mut customer = trade.totem();
    let bars = bars_of(&mut customer, &person);
    let looks = trade.calls("customer");
    scans(&mut customer, &bars);
    customer.until("method");
    customer.pays_by("debit");
    customer.until_that("the write-off", |shown| shown["write_off"] == "settled");
    customer.taps("more");
    customer.until("identify");
    assert_eq!(customer.is_refused(json!({"do": "services"})), "services");
    scans(&mut customer, &bars);
    let shown = customer.until_that("that it is paid", |shown| shown["problem"] == "scan_stranger");
    assert_eq!(shown["step"], "identify");
    customer.goes_for_good();
    assert_eq!((trade.times_written_off(90), trade.paid_by(90).as_deref()), (1, Some("write_off")));
    assert!(trade.calls("customer") >= looks && trade.calls("bill_by_line") == 2);
    trade.books_are_clean();
}

#[test]
fn garbage_half_a_boleto_and_what_never_ends_cost_a_sentence() {
    let (trade, _) = opened(house("WebService Cliente"));
    let mut customer = trade.totem();
    for (text, problem) in [
        ("7891000100103".to_owned(), "scan"),
        ("7569773380000001000131660100".to_owned(), "scan_half"),
        ("\u{0}\u{1}lixo \u{fffd} de um leitor com defeito".to_owned(), "scan"),
        ("7".repeat(10_000), "scan"),
    ] {
        scans(&mut customer, &text);
        customer.until_that("the sentence", |shown| shown["problem"] == problem);
        customer.types("5");
        customer.until_that("that typing goes on", |shown| shown["problem"].is_null());
        customer.does(json!({"do": "clear"}));
        customer.until_that("nothing typed", |shown| shown["length"] == 0);
    }
    customer.goes_for_good();
    assert_eq!(trade.calls("customer_by_document"), 0);
}

#[test]
fn another_companys_boleto_is_none_of_two_hundred_bills() {
    let (trade, _) = opened(house("Datacake"));
    let mut customer = trade.totem();
    scans(&mut customer, "75697733800000010001316601006726102721000001");
    customer.until_that("that it was read", |shown| shown["scanned"] == true);
    typed(&mut customer, &PEDRO);
    let shown = customer.until("invoices");
    assert_eq!(shown["scan"], "missing", "{shown}");
    customer.goes_for_good();
}

#[test]
fn an_erp_that_goes_half_way_leaves_the_list_or_a_sentence() {
    let (trade, person) = opened(house("WebService Cliente"));
    let mut customer = trade.totem();
    let bars = bars_of(&mut customer, &person);
    trade.order_erp(&json!({"down": {"for": "boleto_line"}}));
    scans(&mut customer, &bars);
    typed(&mut customer, &person);
    let shown: Value = customer.until("invoices");
    assert_eq!(shown["scan"], "unasked", "{shown}");
    customer.goes_for_good();

    let (trade, person) = opened(house("IXC"));
    let mut customer = trade.totem();
    let bars = bars_of(&mut customer, &person);
    trade.erp_is_down();
    scans(&mut customer, &bars);
    assert_eq!(customer.until("trouble")["code"], "E1");
    trade.erp_is_back();
    customer.taps("back");
    customer.until("identify");
    scans(&mut customer, &bars);
    customer.until("method");
    customer.goes_for_good();
}

#[test]
fn a_serial_reader_hands_its_line_to_the_counter() {
    use std::io::Write;
    let (mut trade, person) = opened(house("Datacake"));
    let (mut reader, line) = serialport::TTYPort::pair().unwrap();
    let port = serialport::SerialPort::name(&line).unwrap();
    drop(line);
    trade.configure("[advanced]", &format!("[reader]\nport = \"{port}\"\n\n[advanced]"));
    let mut customer = trade.totem();
    let bars = bars_of(&mut customer, &person);
    customer.totem.until_log("the reader", |log| log.iter().any(|line| line.contains("the reader is there")));
    write!(reader, "{bars}\r").unwrap();
    customer.until_that("that it was read", |shown| shown["scanned"] == true);
    typed(&mut customer, &person);
    customer.until("method");
    customer.goes_for_good();
}
