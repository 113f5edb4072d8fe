//! Contacts that are in force at once: changed by a code, or not at all.

use serde_json::json;

use crate::changes::again;
use crate::courier::Couriers;
use crate::services::{at_the_counter, count, menu};
use crate::trade::customer::Customer;
use crate::trade::{MARIA, Trade};

#[test]
fn a_contact_that_would_be_in_force_at_once_is_not_changed_where_no_code_can_be_sent() {
    let mut trade = Trade::open_with_datacake();
    trade.configure("path_baixa = \"/baixa\"", "path_baixa = \"/baixa\"\npath_editar_cliente = \"/editar\"");
    let customer = at_the_counter(&trade, &MARIA);
    assert!(!menu(&customer).contains(&"contacts".to_owned()), "who knows a birthday would take the account over");
    customer.goes_for_good();
    assert_eq!(trade.calls("edit"), 0);
}

#[test]
fn an_erp_of_document_003_changes_a_phone_itself_and_is_asked_once() {
    let mut trade = Trade::open_with_datacake();
    trade.configure("path_baixa = \"/baixa\"", "path_baixa = \"/baixa\"\npath_editar_cliente = \"/editar\"");
    let couriers = Couriers::of(&mut trade, "");
    let mut customer = at_the_counter(&trade, &MARIA);
    let confirms = |customer: &mut Customer, kind: &str, asks: &str, value: &str, list: &str| {
        customer.chooses("contacts");
        customer.until_that("the kind", |shown| shown["asks"] == "contact_kind");
        customer.chooses(kind);
        customer.until_that("the address", |shown| shown["asks"] == *asks);
        customer.types(value);
        customer.taps("submit");
        customer.until_that("the code", |shown| shown["asks"] == "code");
        customer.types(&couriers.code(list, 1));
        customer.taps("submit");
        customer.until("notice")
    };
    let told = confirms(&mut customer, "phone", "phone", "31955554444", "messages");
    assert_eq!((&told["about"], &told["outcome"]), (&json!("contacts"), &json!("done")), "{told}");
    again(&mut customer);
    trade.order_erp(&json!({"empty": {"value": true, "for": "edit"}}));
    let told = confirms(&mut customer, "email", "new_email", "m@exemplo.com", "letters");
    assert_eq!(told["outcome"], "unknown");
    again(&mut customer);
    assert!(!menu(&customer).contains(&"contacts".to_owned()), "this ERP tells no contacts to look at");
    customer.goes_for_good();
    assert_eq!((count(&trade, "profile_requests"), trade.calls("edit")), (2, 2));
    assert_eq!(trade.erp_book()["profile_requests"][0]["mobile"], "31955554444");
}
