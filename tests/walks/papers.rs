//! Fiscal notes and settled years, from the menu to the paper, against the stand-in of every ERP that has them.

use serde_json::{Value, json};

use super::houses::{HOUSES, House};
use super::services::{at_the_counter_of, prints};
use crate::trade::customer::Customer;
use crate::trade::{ANA, JOAO, PEDRO, Person, Trade};

fn houses(service: &str) -> impl Iterator<Item = &'static House> {
    HOUSES.iter().filter(move |house| house.serves.contains(&service))
}

fn datacake() -> &'static House {
    HOUSES.iter().find(|house| house.name == "Datacake").unwrap()
}

fn at(house: &House, person: &Person, service: &str) -> (Trade, Customer, Value) {
    let (trade, mut customer) = at_the_counter_of(house, person);
    customer.chooses(service);
    let list = customer.until("records");
    (trade, customer, list)
}

fn ids(list: &Value, opens: &str) -> Vec<String> {
    let records = list["records"].as_array().unwrap().iter().filter(|one| one["opens"] == opens);
    records.map(|one| one["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_fiscal_note_is_read_and_printed_at_every_erp_that_has_it() {
    for house in houses("fiscal_notes") {
        let (trade, mut customer, list) = at(house, &JOAO, "fiscal_notes");
        assert_eq!(list["list"], "fiscal_notes");
        let files = ids(&list, "document");
        assert!(!files.is_empty(), "{}: {list}", house.name);
        customer.chooses(&files[0]);
        let shown = customer.until("document");
        assert_eq!((&shown["title"], &shown["pages"]), (&json!("fiscal_note"), &json!(1)), "{}: {shown}", house.name);
        customer.taps("print");
        customer.until_that("the paper", |shown| shown["printed"] == "printed");
        assert_eq!(trade.papers().len(), 1, "{}", house.name);
        customer.taps("back");
        assert_eq!(customer.until("records")["records"], list["records"], "{}", house.name);
        customer.goes_for_good();
        trade.books_are_clean();
    }
}

#[test]
fn a_note_without_a_file_is_told_and_not_asked_for() {
    let (trade, mut customer, list) = at(datacake(), &JOAO, "fiscal_notes");
    let bare: Vec<&Value> = list["records"].as_array().unwrap().iter().filter(|one| one["opens"].is_null()).collect();
    assert!(!bare.is_empty(), "{list}");
    let calls = trade.calls("notes");
    customer.chooses(bare[0]["id"].as_str().unwrap());
    customer.taps("back");
    customer.until("services");
    customer.goes_for_good();
    assert_eq!(trade.calls("notes"), calls);
}

#[test]
fn two_hundred_notes_are_two_hundred_and_the_last_is_opened() {
    let (_trade, mut customer, list) = at(datacake(), &PEDRO, "fiscal_notes");
    assert_eq!(list["records"].as_array().unwrap().len(), 200);
    customer.chooses(&ids(&list, "document").pop().unwrap());
    customer.until("document");
    customer.goes_for_good();
}

#[test]
fn a_settled_year_is_the_providers_file_or_a_slip_of_ours() {
    for house in houses("annual_settlements") {
        let (trade, mut customer, list) = at(house, &ANA, "annual_settlements");
        let (files, slips) = (ids(&list, "document"), ids(&list, "slip"));
        assert!(!files.is_empty() && !slips.is_empty(), "{}: {list}", house.name);
        customer.chooses(&files[0]);
        assert_eq!(customer.until("document")["title"], "annual_settlement");
        let paper = prints(&trade, &mut customer);
        customer.taps("back");
        customer.until("records");
        customer.chooses(&slips[0]);
        customer.until_that("the slip", |shown| shown["printed"] == "printed");
        let slip = trade.papers().pop().unwrap();
        assert!(slip.contains("12.007/2009") && slip.contains("Ana S.") && slip != paper, "{slip}");
        assert!(!slip.contains(ANA.cpf), "{slip}");
        customer.goes_for_good();
        trade.books_are_clean();
    }
}

#[test]
fn whoever_owes_for_a_year_has_no_settlement_of_it() {
    let (_trade, customer, list) = at(datacake(), &PEDRO, "annual_settlements");
    let last = (jiff::Zoned::now().date().year() - 1).to_string();
    let years: Vec<&Value> = list["records"].as_array().unwrap().iter().map(|one| &one["text"]).collect();
    assert!(!years.contains(&&json!(last)), "eighty bills fell due in the last two years: {years:?}");
    customer.goes_for_good();
}

#[test]
fn an_erp_that_goes_or_sends_something_else_costs_a_sentence() {
    let (trade, mut customer, list) = at(datacake(), &JOAO, "fiscal_notes");
    let note = ids(&list, "document").remove(0);
    for (order, code) in [
        (json!({"down": {"for": "notes"}}), "E1"),
        (json!({"status": {"value": 404, "for": "file"}}), "B2"),
        (json!({"html": {"for": "file"}}), "B2"),
        (json!({"empty": {"value": true, "for": "file"}}), "B2"),
        (json!({"garbage": {"for": "notes"}}), "B2"),
    ] {
        trade.order_erp(&order);
        customer.chooses(&note);
        let trouble = customer.until("trouble");
        assert_eq!(trouble["code"], code, "{order}: {trouble}");
        customer.taps("back");
        customer.until("records");
    }
    trade.order_erp(&json!({}));
    customer.chooses(&note);
    customer.until("document");
    customer.goes_for_good();
}

#[test]
fn a_list_that_is_lost_half_way_is_asked_for_again() {
    let (trade, mut customer) = at_the_counter_of(datacake(), &ANA);
    trade.order_erp(&json!({"down": {"for": "settlements"}}));
    customer.chooses("annual_settlements");
    assert_eq!(customer.until("trouble")["code"], "E1");
    trade.order_erp(&json!({}));
    customer.taps("retry");
    customer.until("records");
    customer.goes_for_good();
}
