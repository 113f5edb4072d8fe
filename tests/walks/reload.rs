//! A configuration that is changed while the totem runs: in force when nobody is served, and never a wrong one.

use serde_json::Value;

use crate::trade::customer::Customer;
use crate::trade::{MARIA, PEDRO, Trade};

fn write(trade: &Trade, fragment: &str) {
    std::fs::create_dir_all(trade.path("conf.d")).unwrap();
    std::fs::write(trade.path("conf.d/50-teste.toml"), fragment).unwrap();
}

fn offered(methods: &Value) -> Vec<String> {
    let options = methods["options"].as_array().unwrap();
    options.iter().map(|option| option["id"].as_str().unwrap().to_owned()).collect()
}

fn is_told(customer: &Customer, what: &str) {
    customer.totem.until_log(what, |log| log.iter().any(|line| line.contains(what)));
}

#[test]
fn a_changed_setting_waits_until_the_customer_has_gone_and_then_everything_works_with_it() {
    let (trade, watched) = crate::fleet::watched("");
    let mut customer = trade.totem();
    customer.wants_to_pay(&MARIA, 90);
    let methods = customer.until_offered("credit");
    assert!(offered(&methods).contains(&"credit".to_owned()), "{methods}");
    write(&trade, "[journey]\nmethods = [\"debit\"]\n");
    customer.totem.hang_up();
    is_told(&customer, "vale assim que ninguém estiver sendo atendido");
    // the one who stands there pays as she began
    customer.pays_by("credit");
    customer.until_that("the write-off", |shown| shown["write_off"] == "settled");
    assert!(!customer.totem.log().iter().any(|line| line.contains("está em vigor")), "not during a session");
    customer.leaves();
    is_told(&customer, "a configuração nova está em vigor");
    // what was counted is not counted from nothing again: a counter that falls would be read as a restart
    crate::fleet::until_metrics(watched, "totem_payments_total{method=\"credit\",outcome=\"paid\"} 1");
    // journal, TEF, printer and ERP go on behind the same screen
    let methods = customer.wants_to_pay(&PEDRO, 5000);
    assert_eq!(offered(&methods), ["debit"]);
    customer.leaves();
    customer.pays(&PEDRO, 5000, "debit");
    customer.until_that("the write-off", |shown| shown["write_off"] == "settled");
    customer.leaves();
    assert_eq!(trade.papers().len(), 2);
    crate::fleet::until_metrics(watched, "totem_payments_total{method=\"debit\",outcome=\"paid\"} 1");
    crate::fleet::until_metrics(watched, "totem_facts_total{kind=\"closed\"} 2");
    customer.goes_for_good();
    assert_eq!(trade.sales(), ["confirmed", "confirmed"]);
    trade.books_are_clean();
}

#[test]
fn a_wrong_file_leaves_the_one_before_in_force_and_says_what_is_wrong() {
    let trade = Trade::open();
    let mut customer = trade.totem();
    write(&trade, "[journey]\nmethods = [\"debito\"]\n");
    customer.totem.hang_up();
    is_told(&customer, "a configuração anterior continua valendo");
    is_told(&customer, "50-teste.toml:2:12: valor desconhecido `debito`; quis dizer `debit`?");
    write(&trade, "[totem]\nstate = \"/outra/pasta\"\n");
    customer.totem.hang_up();
    is_told(&customer, "totem.state só muda com o totem fechado");
    let methods = customer.wants_to_pay(&MARIA, 90);
    assert!(offered(&methods).contains(&"credit".to_owned()), "{methods}");
    customer.leaves();
    customer.goes_for_good();
    trade.books_are_clean();
}

#[test]
fn settings_that_cannot_be_used_give_way_to_those_before() {
    let trade = Trade::open();
    let mut customer = trade.totem();
    // right as a file, and found out when the parts are made
    write(&trade, "[journey]\nverify = \"none\"\n[tef.file_exchange]\nstate_dir = \"/proc/nenhuma\"\n");
    customer.totem.hang_up();
    is_told(&customer, "back to those before");
    customer.pays(&MARIA, 90, "debit");
    customer.until_that("the write-off", |shown| shown["write_off"] == "settled");
    customer.goes_for_good();
    assert_eq!(trade.sales(), ["confirmed"]);
    trade.books_are_clean();
}
