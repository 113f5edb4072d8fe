//! A contract that is read at the counter and accepted there, and what is wrong in the provider's file put right.

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

#[test]
fn a_wrong_name_or_address_is_a_request_with_every_word_as_it_was_typed() {
    let trade = Trade::open();
    let mut customer = at_the_counter(&trade, &MARIA);
    customer.chooses("profile");
    let told = fills(&mut customer, &[("profile_part", "name"), ("name", "Maria Inventada d'Ávila")]);
    assert_eq!((&told["about"], &told["outcome"]), (&json!("profile"), &json!("requested")), "{told}");
    let paper = prints(&trade, &mut customer);
    assert!(paper.contains("Correção do cadastro") && !paper.contains("Ávila"), "{paper}");
    again(&mut customer);
    customer.chooses("profile");
    let address = [
        ("profile_part", "address"),
        ("street", "Avenida São João"),
        ("house_number", "1200"),
        ("complement", "ap 31"),
        ("district", "Centro"),
        ("city", "Conselheiro Lafaiete"),
    ];
    assert_eq!(fills(&mut customer, &address)["outcome"], "requested");
    again(&mut customer);
    trade.order_erp(&json!({"empty": {"value": true, "for": "profile"}}));
    customer.chooses("profile");
    let told = fills(&mut customer, &[("profile_part", "name"), ("name", "Outra Pessoa")]);
    assert_eq!(told["outcome"], "unknown");
    again(&mut customer);
    assert!(!crate::services::menu(&customer).contains(&"profile".to_owned()));
    customer.goes_for_good();
    let book = trade.erp_book();
    let asked = book["profile_requests"].as_array().unwrap();
    assert_eq!(asked[0]["name"], "Maria Inventada d'Ávila");
    let address = json!({
        "CodContrato": "1283321",
        "Logradouro": "Avenida São João",
        "Numero": "1200",
        "Complemento": "ap 31",
        "Bairro": "Centro",
        "Cidade": "Conselheiro Lafaiete",
    });
    assert_eq!((&asked[1]["contracts"], asked.len()), (&json!([address]), 3));
    assert_eq!(book["errors"], json!([]));
}
