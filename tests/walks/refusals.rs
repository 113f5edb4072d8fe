//! What a provider's system says when it refuses: whole on the screen of whom it refuses, and in no log, no warning and no
//! bundle, because it may name anybody.

use serde_json::{Value, json};

use crate::negotiation;
use crate::services::at_the_counter;
use crate::support::bundle;
use crate::trade::customer::Customer;
use crate::trade::{MARIA, Trade};

const NAMED: &str = "A cliente FULANA INVENTADA DE TESTE, CPF 529.982.247-25, está impedida até 12/12/2026 por regra do painel: o \
                     último pedido terminou em 12/11/2026 e um novo só é permitido depois de trinta dias, com a senha do gerente";

fn back_at_the_counter(customer: &mut Customer) {
    customer.taps("more");
    customer.until("invoices");
    customer.taps("services");
    customer.until("services");
}

/// To what becomes of the one suspended contract.
fn unlocks(customer: &mut Customer) -> Value {
    customer.chooses("unlock");
    customer.until_that("everything once more", |shown| shown["asks"] == "confirm");
    customer.taps("submit");
    customer.until("notice")
}

/// After what was refused: nobody's name is anywhere but on the screen and, for a person, in the journal.
fn names_nobody(trade: &Trade, customer: Customer) {
    let log = customer.goes_for_good().join("\n");
    let made = bundle(trade);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let warned = std::fs::read(trade.path("totem/warnings.log")).unwrap();
    assert!(!warned.is_empty(), "there was something to warn of");
    let packed = std::fs::read(trade.path("pacote.tar")).unwrap();
    for (place, bytes) in [("log", log.as_bytes()), ("warnings.log", &warned), ("bundle", &packed)] {
        let text = String::from_utf8_lossy(bytes).to_uppercase();
        for personal in ["FULANA", "INVENTADA", "529.982", "52998224725", "12/11/2026", "REGRA DO PAINEL"] {
            assert!(!text.contains(personal), "{personal} is in the {place}: {text}");
        }
    }
}

#[test]
fn words_to_a_refusal_are_whole_on_the_screen_and_nowhere_else() {
    let trade = negotiation::open();
    let no = json!({"status": "error", "msg": NAMED, "errors": []});
    trade.order_erp(&json!({"say": {"value": no, "for": ["unlock", "renegotiate", "tickets", "service_orders"]}}));
    let mut customer = at_the_counter(&trade, &MARIA);
    let told = unlocks(&mut customer);
    assert_eq!((&told["outcome"], &told["words"]), (&json!("refused"), &json!(NAMED)));
    back_at_the_counter(&mut customer);
    for list in ["visits", "tickets"] {
        customer.chooses(list);
        let told = customer.until("notice");
        assert_eq!((&told["outcome"], &told["words"]), (&json!("refused"), &json!(NAMED)), "{list}");
        back_at_the_counter(&mut customer);
    }
    customer.chooses("negotiation");
    customer.until_that("the offers", |shown| shown["asks"] == "offer");
    customer.chooses("2");
    customer.until_that("everything once more", |shown| shown["asks"] == "confirm");
    customer.taps("submit");
    assert_eq!(customer.until("notice")["words"], NAMED);
    back_at_the_counter(&mut customer);
    // no instalments at all
    trade.order_erp(&json!({"say": {"value": no, "for": "simulate"}}));
    customer.chooses("negotiation");
    assert_eq!(customer.until("notice")["outcome"], "nothing");
    names_nobody(&trade, customer);
}

#[test]
fn a_look_that_a_rule_refuses_is_told_so_and_not_as_an_erp_that_cannot_be_understood() {
    let trade = Trade::open();
    trade.order_erp(&json!({"say": {"value": {"error": NAMED}, "for": ["due_days", "visits", "trust_unlock"]}}));
    let mut customer = at_the_counter(&trade, &MARIA);
    for service in ["due_day", "visits"] {
        customer.chooses(service);
        let told = customer.until_either("notice", "trouble");
        assert_eq!((&told["outcome"], &told["words"]), (&json!("refused"), &json!(NAMED)), "{service}: {told}");
        back_at_the_counter(&mut customer);
    }
    assert_eq!(unlocks(&mut customer)["words"], NAMED);
    names_nobody(&trade, customer);
}

#[test]
fn a_write_off_that_names_somebody_is_logged_without_the_name() {
    let trade = Trade::open();
    let said = json!({"error": "Fatura da cliente FULANA INVENTADA: IDContaFinanceira inválido."});
    trade.order_erp(&json!({"say": {"value": said, "for": "write_off"}}));
    let mut customer = trade.totem();
    customer.pays(&MARIA, 90, "debit");
    let called = |log: &[String]| log.iter().any(|line| line.contains("fact=\"person_called\""));
    customer.totem.until_log("that a person is called", called);
    customer.leaves();
    names_nobody(&trade, customer);
}

#[test]
fn falha_is_no_word_for_a_customer() {
    let trade = Trade::open();
    trade.order_erp(&json!({"say": {"value": {"resposta": "FALHA"}, "for": ["trust_unlock", "open_ticket"]}}));
    let mut customer = at_the_counter(&trade, &MARIA);
    let told = unlocks(&mut customer);
    assert_eq!((&told["outcome"], &told["words"]), (&json!("refused"), &Value::Null));
    back_at_the_counter(&mut customer);
    let told = crate::services::opens_a_ticket(&mut customer, "Sem sinal", "31900001234");
    assert_eq!((&told["outcome"], &told["words"]), (&json!("refused"), &Value::Null));
    customer.goes_for_good();
}
