//! Paying through CliSiTef: the library's questions on our screen, and a library that is not there.

use serde_json::json;

use crate::trade::customer::{why_not, works};
use crate::trade::{MARIA, Trade};

#[test]
fn a_card_is_paid_through_the_library_and_written_off_once() {
    let trade = Trade::with_clisitef();
    let mut customer = trade.totem();
    customer.pays(&MARIA, 90, "credit");
    let paid = customer.until_that("the write-off on the screen", |shown| shown["write_off"] == "settled");
    assert_eq!(paid["step"], "paid");
    customer.leaves();
    let sales = trade.transactions();
    assert_eq!(sales.len(), 1);
    assert_eq!((sales[0].state.as_str(), sales[0].kind.as_str(), sales[0].confirms), ("confirmed", "credit", 1));
    assert_eq!(trade.write_offs(90), [true]);
    assert!(trade.papers()[0].contains("REDE DEMO - VIA CLIENTE"), "{:?}", trade.papers());
    customer.goes_for_good();
    trade.books_are_clean();
}

#[test]
fn the_librarys_question_is_answered_on_the_screen_or_given_up_there() {
    let trade = Trade::with_clisitef();
    let question = json!({"turns": [
        {"c": 3, "text": "AGUARDE"}, {"c": 4, "text": "QUAL CONTA?"}, {"c": 21, "text": "1:Corrente;2:Poupanca;"}
    ], "result": 51});
    trade.order_clisitef(question);
    let mut customer = trade.totem();
    customer.pays(&MARIA, 90, "debit");
    let asked = customer.until_that("the question", |shown| shown["prompt"].is_object());
    assert_eq!((&asked["prompt"]["text"], &asked["prompt"]["kind"]), (&json!("QUAL CONTA?"), &json!("menu")));
    assert_eq!(asked["prompt"]["options"][1], json!({"id": "2", "text": "Poupanca"}));
    customer.does(json!({"do": "answer", "value": "2"}));
    let trouble = customer.until("trouble");
    assert_eq!(trouble["code"], "T1");
    customer.taps("retry");
    customer.until("method");
    customer.pays_by("debit");
    customer.until_that("the question again", |shown| shown["prompt"].is_object());
    customer.taps("cancel");
    assert_eq!(customer.until("trouble")["code"], "T2");
    assert_eq!(trade.tef_book()["heard"].as_array().unwrap().iter().filter(|one| one["answer"] == "2").count(), 1);
    customer.goes_for_good();
    assert_eq!(trade.sales(), Vec::<String>::new());
    trade.books_are_clean();
}

#[test]
fn a_code_of_the_network_is_paid_from_our_screen_and_written_off_as_pix() {
    let mut trade = Trade::with_clisitef();
    trade.configure("[journey]", "[journey]\nmethods = [\"wallet\", \"debit\", \"boleto\"]");
    trade.configure(
        "[tef.clisitef]",
        "[[erp.webservice_cliente.write_off]]\nmethod = \"wallet\"\nid_forma_pagamento = 5\n\
         id_conta_financeira = 34\n\n[tef.clisitef]",
    );
    let code = "00020126330014br.gov.bcb.pix52040000";
    trade.order_clisitef(json!({"hold": "code", "turns": [
        {"c": 0, "f": 584, "text": code}, {"c": 50}, {"c": 23, "place": "code"}, {"c": 51},
        {"c": 0, "f": 107, "text": "Pix"}, {"c": 0, "f": 134, "text": "42", "approve": true},
        {"c": 0, "f": 121, "text": "PIX PAGO"},
    ]}));
    let mut customer = trade.totem();
    customer.pays(&MARIA, 90, "wallet");
    let shown = customer.until_that("the code", |shown| shown["code"].is_string());
    assert_eq!((&shown["step"], &shown["code"]), (&json!("card"), &json!(code)));
    trade.until_held("code");
    std::fs::write(trade.library_folder().join("go-code"), "").unwrap();
    let paid = customer.until_that("the write-off", |shown| shown["write_off"] == "settled");
    assert_eq!(paid["method"], "wallet");
    customer.goes_for_good();
    assert_eq!((trade.sales(), trade.write_offs(90)), (vec!["confirmed".to_owned()], vec![true]));
    assert_eq!(trade.erp_book()["write_offs"][0]["method"], 5);
    trade.books_are_clean();
}

#[test]
fn a_library_that_says_nothing_for_a_while_does_not_stop_the_screen() {
    let trade = Trade::with_clisitef();
    trade.order_clisitef(json!({"hold": "card"}));
    let mut customer = trade.totem();
    customer.pays(&MARIA, 90, "debit");
    trade.until_held("card");
    customer.taps("help");
    customer.until_that("the help", |shown| shown["help"] == true);
    customer.taps("help");
    customer.until_that("the card again", |shown| shown["step"] == "card" && shown["help"].is_null());
    std::fs::write(trade.library_folder().join("go-card"), "").unwrap();
    customer.until_that("the write-off", |shown| shown["write_off"] == "settled");
    customer.goes_for_good();
    trade.books_are_clean();
}

#[test]
fn without_its_library_the_totem_starts_and_says_what_is_missing() {
    let trade = Trade::with_clisitef();
    std::fs::remove_file(trade.library_folder().join("libclisitef.so")).unwrap();
    let mut customer = trade.totem();
    let methods = customer.wants_to_pay(&MARIA, 90);
    assert!(works(&methods, "pix") && works(&methods, "boleto"), "{methods}");
    assert_eq!(why_not(&methods, "debit"), "no_tef");
    customer.totem.until_log("what is missing", |log| {
        log.iter().any(|line| line.contains("a biblioteca do CliSiTef não está instalada"))
            && log.iter().any(|line| line.contains("libclisitef.so is not there"))
    });
    customer.goes_for_good();
}
