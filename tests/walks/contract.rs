//! A contract that is read at the counter, and accepted there.

use serde_json::json;

use crate::changes::{again, fills};
use crate::services::{at_the_counter, count, prints};
use crate::trade::customer::Customer;
use crate::trade::{MARIA, Trade};

/// From the menu to the contract's last page.
fn reads_the_contract(customer: &mut Customer) {
    customer.chooses("contract");
    customer.until_that("the contract", |shown| shown["step"] == "document" && shown["page"] == 1);
    customer.is_refused(json!({"do": "submit"}));
    for page in 2..=3 {
        customer.does(json!({"do": "page", "to": "next"}));
        customer.until_that("the next page", |shown| shown["page"] == page);
    }
}

#[test]
fn a_contract_is_read_to_its_last_page_accepted_once_and_not_again_where_nobody_knows() {
    let trade = Trade::open();
    let mut customer = at_the_counter(&trade, &MARIA);
    reads_the_contract(&mut customer);
    customer.taps("submit");
    assert_eq!(fills(&mut customer, &[])["outcome"], "done");
    let paper = prints(&trade, &mut customer);
    assert!(paper.contains("Aceite do contrato"), "{paper}");
    again(&mut customer);
    trade.order_erp(&json!({"empty": {"value": true, "for": "accept_contract"}}));
    reads_the_contract(&mut customer);
    customer.taps("submit");
    assert_eq!(fills(&mut customer, &[])["outcome"], "unknown");
    again(&mut customer);
    reads_the_contract(&mut customer);
    let actions = customer.shown()["actions"].as_array().unwrap().clone();
    assert!(!actions.contains(&json!("submit")), "{actions:?}");
    customer.goes_for_good();
    assert_eq!((count(&trade, "accepted"), trade.calls("accept_contract")), (2, 2));
}

#[test]
fn a_contract_that_is_no_pdf_or_not_to_be_had_costs_one_sentence() {
    let trade = Trade::open();
    trade.order_erp(&json!({"html": {"value": true, "for": "contract_file"}}));
    let mut customer = at_the_counter(&trade, &MARIA);
    customer.chooses("contract");
    customer.until("trouble");
    customer.goes_for_good();
    assert_eq!(trade.calls("accept_contract"), 0);
}
