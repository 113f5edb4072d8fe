//! PIX tried with one cent at the panel: the bank's book says where the cent is, and no bill and no customer hears of it.

use serde_json::{Value, json};

use super::journal;
use super::late::SHORT_LOOKS;
use crate::doctor::examined;
use crate::fleet::{free, until_metrics};
use crate::idle;
use crate::trade::customer::Customer;
use crate::trade::{MARIA, Trade};

fn trade() -> Trade {
    Trade::with_a_bank().with_a_technician()
}

fn at_the_pix_desk(trade: &Trade) -> (Customer, Value) {
    let mut technician = trade.totem();
    technician.opens_the_panel();
    technician.chooses("pix");
    let page = technician.until_page("pix");
    (technician, page)
}

fn shows_the_code(technician: &mut Customer) -> Value {
    technician.chooses("try_pix");
    technician.until_that("the code", |shown| shown["page"] == "pix_try" && shown["payload"].is_string())
}

fn is_over(technician: &Customer) {
    let over = |log: &[String]| log.iter().any(|line| line.contains("a PIX try has come to its end"));
    technician.totem.until_log("the end of the try", over);
}

/// Nothing of it in the ERP and on the list of payments.
fn is_nobodys_payment(trade: &Trade) {
    assert_eq!(trade.erp_book()["write_offs"], json!([]));
    assert!(journal(trade, &["list"]).contains("nenhum pagamento no diário"), "{}", journal(trade, &["list"]));
    assert!(journal(trade, &["list", "--person"]).contains("nenhum pagamento precisa de uma pessoa"));
}

#[test]
fn a_cent_is_paid_and_given_back_by_the_bank_once_and_no_bill_hears_of_it() {
    let trade = trade();
    let (mut technician, page) = at_the_pix_desk(&trade);
    assert_eq!((&page["bank"], &page["options"][0]), (&json!("banco"), &json!({"id": "try_pix", "works": true})));
    let code = shows_the_code(&mut technician);
    let (_, charge) = trade.charge();
    assert_eq!((&charge["amount_cents"], &code["amount_cents"]), (&json!(1), &json!(1)));
    assert!(code["payload"].as_str().unwrap().contains(charge["location"].as_str().unwrap()), "{code}");
    trade.payer_pays();
    technician.until_news("pix_try_back");
    let backs = trade.devolutions();
    assert_eq!(backs.len(), 1, "{backs:?}");
    assert_eq!((&backs[0]["amount_cents"], &backs[0]["status"]), (&json!(1), &json!("DEVOLVIDO")));
    technician.leaves();
    is_over(&technician);
    is_nobodys_payment(&trade);

    // customers are served as ever, and counted without it
    technician.pays(&MARIA, 90, "pix");
    technician.until("pix");
    trade.payer_pays();
    let paid = technician.until_that("the write-off", |shown| shown["write_off"] == "settled");
    assert!(paid["protocol"].as_str().unwrap().ends_with("-0001"), "a try takes no number: {paid}");
    technician.goes_for_good();
    let desk = journal(&trade, &["desk"]);
    for part in ["Ana Técnica começou um teste de PIX", "entraram R$ 0,01", "pedida a devolução", "devolução feita"]
    {
        assert!(desk.contains(part), "{part}: {desk}");
    }
    assert_eq!(trade.devolutions().len(), 0, "the customer's stays");
    trade.bank_is_content();
    trade.books_are_clean();
}

#[test]
fn a_cent_that_nobody_pays_is_taken_back_and_one_that_comes_late_goes_back() {
    let mut trade = trade();
    trade.configure(SHORT_LOOKS, "late_looks_s = [2, 4, 8, 16, 30]");
    let (mut technician, _) = at_the_pix_desk(&trade);
    shows_the_code(&mut technician);
    technician.taps("cancel");
    technician.until_that("not paid", |shown| shown["page"] == "pix" && shown["news"] == "pix_try_unpaid");
    trade.until_books("the charge taken back", |trade| trade.charge().1["status"] == "REMOVIDA_PELO_USUARIO_RECEBEDOR");
    technician.leaves();
    trade.payer(&json!({"pay_late": ["*"]}));
    trade.until_books("the late cent given back", |trade| {
        trade.devolutions().iter().map(|back| &back["status"]).eq([&json!("DEVOLVIDO")])
    });
    is_over(&technician);
    is_nobodys_payment(&trade);
    technician.goes_for_good();
    trade.bank_is_content();
}

#[test]
fn a_bank_that_does_not_give_back_has_a_person_do_it_and_say_so_at_the_panel() {
    let mut trade = trade();
    let metrics = free();
    trade.configure("[advanced]\n", &format!("[fleet]\nmetrics = \"{metrics}\"\n\n[advanced]\n"));
    trade.order_bank(&json!({"refund_fails": true}));
    let (mut technician, _) = at_the_pix_desk(&trade);
    shows_the_code(&mut technician);
    let (txid, _) = trade.charge();
    trade.payer(&json!({"refund_fails": true, "pay_now": [txid]}));
    technician.until_that("what the bank keeps", |shown| shown["page"] == "pix" && shown["news"] == "pix_try_kept");
    let list = journal(&trade, &["list", "--person"]);
    let id = trade.received().remove(0);
    assert!(list.contains(&format!("totem pix refund {id} --amount 0.01")) && list.contains("--outside"), "{list}");
    // everywhere that somebody looks who is not there
    until_metrics(metrics, "totem_pix_tries_for_a_person 1");
    assert_eq!(examined(&trade).of("diário: testes de PIX").0, "warning");
    assert!(idle::answer(&trade, &[]).1.contains(&format!("teste de PIX {txid}: espera uma pessoa")));
    technician.taps("back");
    technician.until_that("somebody is needed", |shown| shown["page"] == "state" && shown["person"] == 1);
    technician.chooses("person");
    let row = technician.until_page("list")["options"][0].clone();
    assert_eq!(row["method"], "pix_try", "{row}");
    technician.chooses(row["id"].as_str().unwrap());
    let account = technician.until_page("account");
    assert!(account.to_string().contains(&id), "{account}");
    technician.chooses("resolve");
    technician.until_page("resolve");
    technician.chooses("refunded");
    technician.until_that("an empty list", |shown| shown["page"] == "list" && shown["options"] == json!([]));
    until_metrics(metrics, "totem_pix_tries_for_a_person 0");
    technician.leaves();
    technician.goes_for_good();
    assert!(idle::answer(&trade, &[]).1.contains("nada está pendente"));
    is_nobodys_payment(&trade);
    assert!(journal(&trade, &["desk"]).contains("Ana Técnica acertou o teste de PIX"));
}

/// The answers to the charge, the looks and the devolução are lost, and the bank is gone for a while.
#[test]
fn a_bank_that_is_hard_to_hear_gives_back_once() {
    let mut trade = trade();
    let (mut technician, _) = at_the_pix_desk(&trade);
    shows_the_code(&mut technician);
    let (txid, _) = trade.charge();
    trade.payer(&json!({"pay_now": [txid], "lost_answer": {"value": true, "for": "put_refund", "times": 2}}));
    technician.until_that("the end", |shown| {
        shown["page"] == "pix" && (shown["news"] == "pix_try_back" || shown["news"] == "pix_try_unclear")
    });
    trade.stop_bank();
    technician.leaves();
    trade.start_bank();
    trade.order_bank(&json!({}));
    trade.until_books("the cent given back", |trade| trade.devolutions().len() == 1);
    is_over(&technician);
    technician.goes_for_good();
    assert_eq!(trade.devolutions().len(), 1);
    is_nobodys_payment(&trade);
}

#[test]
fn where_the_code_is_the_erps_own_no_try_is_offered_and_the_panel_says_why() {
    let trade = Trade::open().with_a_technician();
    let (mut technician, page) = at_the_pix_desk(&trade);
    assert_eq!((&page["why"], &page["options"][0]["works"]), (&json!("nobody_gives_back"), &json!(false)), "{page}");
    technician.leaves();
    technician.goes_for_good();
}
