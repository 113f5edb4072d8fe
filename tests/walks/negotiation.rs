//! Overdue bills become instalments on the ERP's terms, and the first of them is paid at once: with HubSoft, which is the
//! ERP that simulates before it does.

use serde_json::{Value, json};

use crate::fleet::{free, until_metrics};
use crate::hubsoft;
use crate::services::{at_the_counter, count, knows_the_server, menu, prints};
use crate::trade::customer::Customer;
use crate::trade::{ANA, MARIA, PEDRO, Trade};

const TABLE: &str = "[[erp.hubsoft.write_off]]\nmethod = \"debit\"";

pub fn open() -> Trade {
    let mut trade = hubsoft::open(&[]);
    trade.configure(TABLE, &format!("[erp.hubsoft.negotiation]\ninstalments = 6\nfirst_due_days = 1\n\n{TABLE}"));
    trade
}

/// To the end of the form, in so many instalments.
fn agrees(customer: &mut Customer, instalments: &str) -> Value {
    customer.chooses("negotiation");
    customer.until_that("the offers", |shown| shown["asks"] == "offer");
    customer.chooses(instalments);
    customer.until_that("everything once more", |shown| shown["asks"] == "confirm")
}

#[test]
fn an_overdue_bill_becomes_instalments_and_the_first_is_paid_at_once() {
    let trade = open();
    let mut customer = at_the_counter(&trade, &MARIA);
    customer.chooses("negotiation");
    let offers = customer.until_that("the offers", |shown| shown["asks"] == "offer");
    let totals: Vec<_> = offers["options"].as_array().unwrap().iter().map(|one| &one["total_cents"]).collect();
    // of six that were simulated the ERP's rule refuses two
    assert_eq!(totals.len(), 4, "{offers}");
    assert_eq!(totals[0], 31598, "at once the rule waives fine and interest");
    assert!(totals[1].as_i64() > offers["options"][1]["today_cents"].as_i64(), "{offers}");
    customer.chooses("3");
    let form = customer.until_that("everything once more", |shown| shown["asks"] == "confirm");
    let parts = form["answers"][0]["instalments"].as_array().unwrap().clone();
    assert_eq!((parts.len(), &form["answers"][0]["bills"]), (3, &json!(1)), "{form}");
    customer.taps("submit");
    let told = customer.until("notice");
    assert_eq!((&told["about"], &told["outcome"]), (&json!("negotiation"), &json!("done")), "{told}");
    let paper = prints(&trade, &mut customer);
    assert!(paper.contains("Negocia") && paper.contains("Maria S."), "{paper}");
    assert!((1..=3).all(|part| paper.contains(&format!("Parcela {part} de 3"))), "{paper}");
    customer.taps("pay");
    let bills = customer.until("invoices");
    let chosen: Vec<_> = bills["invoices"].as_array().unwrap().iter().filter(|one| one["chosen"] == true).collect();
    assert_eq!(chosen.len(), 1, "{bills}");
    assert_eq!((&chosen[0]["amount_cents"], &chosen[0]["due"]), (&parts[0]["amount_cents"], &parts[0]["due"]));
    customer.taps("pay");
    let methods = customer.until("method");
    assert_eq!(methods["amount_cents"], parts[0]["amount_cents"]);
    customer.pays_by("debit");
    customer.until_that("the write-off", |shown| shown["write_off"] == "settled");
    customer.goes_for_good();
    let book = trade.erp_book();
    assert_eq!(book["negotiations"][0]["bills"], json!([90]));
    assert_eq!(book["negotiations"][0]["made"].as_array().unwrap().len(), 3);
    assert_eq!((trade.times_written_off(9001), trade.calls("renegotiate")), (1, 1));
    trade.books_are_clean();
}

#[test]
fn an_agreement_whose_answer_is_lost_is_looked_up_in_the_bills_and_not_made_again() {
    let trade = open();
    trade.order_erp(&json!({"empty": {"value": true, "for": "renegotiate"}}));
    let mut customer = at_the_counter(&trade, &MARIA);
    agrees(&mut customer, "2");
    customer.taps("submit");
    assert_eq!(customer.until("notice")["outcome"], "done");
    customer.taps("pay");
    assert_eq!(customer.until("invoices")["invoices"].as_array().unwrap().len(), 2);
    customer.goes_for_good();
    assert_eq!((count(&trade, "negotiations"), trade.calls("renegotiate")), (1, 1));
}

#[test]
fn an_agreement_that_nobody_knows_of_is_told_so_and_the_bills_stay_as_they_are() {
    let trade = open();
    trade.order_erp(&json!({"status": {"value": 500, "for": "renegotiate", "times": 1}}));
    let mut customer = at_the_counter(&trade, &MARIA);
    agrees(&mut customer, "2");
    customer.taps("submit");
    let told = customer.until("notice");
    assert_eq!(told["outcome"], "unknown");
    assert!(told["message"].as_str().unwrap().contains("Não peça de novo"), "{told}");
    assert!(!told["actions"].as_array().unwrap().contains(&json!("pay")), "{told}");
    customer.taps("more");
    assert_eq!(customer.until("invoices")["invoices"][0]["id"], "90");
    customer.taps("services");
    customer.until("services");
    let looks = trade.calls("simulate");
    agrees(&mut customer, "1");
    assert!(trade.calls("simulate") > looks, "it is looked at first");
    customer.taps("submit");
    assert_eq!(customer.until("notice")["outcome"], "done");
    customer.goes_for_good();
    assert_eq!(count(&trade, "negotiations"), 1);
}

#[test]
fn an_answer_that_may_mean_anything_is_never_told_as_done() {
    let trade = open();
    let mut customer = at_the_counter(&trade, &MARIA);
    for (said, outcome) in [
        (json!({}), "unknown"),
        (json!({"status": "processando", "msg": "Enviado para a fila"}), "unknown"),
        (json!({"status": "success", "msg": "feito"}), "unknown"),
        (json!({"status": "erro", "msg": "Cliente bloqueado para renegociação"}), "refused"),
    ] {
        trade.order_erp(&json!({"say": {"value": said, "for": "renegotiate"}}));
        agrees(&mut customer, "2");
        customer.taps("submit");
        let told = customer.until("notice");
        assert_eq!(told["outcome"], outcome, "{said}: {told}");
        customer.taps("more");
        assert_eq!(customer.until("invoices")["invoices"][0]["id"], "90", "{said}");
        customer.taps("services");
        customer.until("services");
    }
    trade.order_erp(&json!({"say": {"value": {}, "for": "unlock"}}));
    customer.chooses("unlock");
    customer.until_that("everything once more", |shown| shown["asks"] == "confirm");
    customer.taps("submit");
    assert_eq!(customer.until("notice")["outcome"], "unknown", "the contract is still suspended");
    customer.goes_for_good();
    assert_eq!((count(&trade, "negotiations"), count(&trade, "unlocks")), (0, 0));
}

#[test]
fn an_agreement_on_other_terms_than_were_agreed_to_is_told_so_on_screen_and_paper_and_to_the_operator() {
    let mut trade = open();
    let metrics = free();
    trade.configure("[advanced]\n", &format!("[fleet]\nmetrics = \"{metrics}\"\n\n[advanced]\n"));
    let mut customer = at_the_counter(&trade, &MARIA);
    until_metrics(metrics, "totem_negotiations_otherwise_total 0");
    let made = json!({"status": "success", "faturas_que_foram_geradas": [
        {"parcela": 1, "totalParcelas": 1, "valor": 999.99, "data_vencimento": "2026-12-29"}]});
    trade.order_erp(&json!({"say_after": {"value": made, "for": "renegotiate"}}));
    agrees(&mut customer, "3");
    customer.taps("submit");
    let told = customer.until("notice");
    assert_eq!(told["outcome"], "otherwise", "{told}");
    assert_eq!(told["instalments"], json!([{"amount_cents": 99_999, "due": "2026-12-29"}]));
    assert!(told["message"].as_str().unwrap().contains("antes de pagar"), "{told}");
    assert!(!told["actions"].as_array().unwrap().contains(&json!("pay")), "{told}");
    let paper = prints(&trade, &mut customer);
    assert!(paper.contains("999,99") && paper.contains("29/12/2026") && paper.contains("Confira antes"), "{paper}");
    until_metrics(metrics, "totem_negotiations_otherwise_total 1");
    let log = customer.goes_for_good();
    let alarms = log.iter().filter(|line| line.contains("ERROR") && line.contains("agreed to")).count();
    assert_eq!(alarms, 1, "{log:?}");
}

#[test]
fn terms_that_changed_in_the_meantime_are_refused_and_nothing_is_changed() {
    let trade = open();
    let mut customer = at_the_counter(&trade, &MARIA);
    agrees(&mut customer, "2");
    // paid at a bank while the customer thought about it
    trade.order_erp(&json!({"settle_elsewhere": {"value": [90], "for": "renegotiate"}}));
    customer.taps("submit");
    let told = customer.until("notice");
    assert_eq!((&told["outcome"], told["words"].as_str().is_some()), (&json!("refused"), true), "{told}");
    customer.goes_for_good();
    assert_eq!(count(&trade, "negotiations"), 0);
}

#[test]
fn eighty_overdue_bills_become_one_agreement_and_who_owes_nothing_has_none() {
    let trade = open();
    let mut customer = at_the_counter(&trade, &ANA);
    assert!(!menu(&customer).contains(&"negotiation".to_owned()));
    customer.leaves();
    customer.identifies(&PEDRO);
    customer.taps("services");
    customer.until("services");
    let form = agrees(&mut customer, "4");
    let replaced = form["answers"][0]["bills"].as_u64().unwrap();
    assert!(replaced > 70, "{form}");
    customer.taps("submit");
    assert_eq!(customer.until("notice")["outcome"], "done");
    customer.taps("pay");
    let bills = customer.until("invoices");
    let chosen: Vec<_> = bills["invoices"].as_array().unwrap().iter().filter(|one| one["chosen"] == true).collect();
    assert_eq!((chosen.len(), &chosen[0]["id"]), (1, &json!("9001")), "the page with the new bill is shown: {bills}");
    customer.goes_for_good();
    assert_eq!(trade.erp_book()["negotiations"][0]["bills"].as_array().unwrap().len() as u64, replaced);
}

#[test]
fn an_erp_that_is_gone_half_way_negotiated_nothing() {
    let trade = open();
    let mut customer = at_the_counter(&trade, &MARIA);
    trade.erp_is_down();
    customer.chooses("negotiation");
    assert_eq!(customer.until("trouble")["code"], "E1");
    trade.erp_is_back();
    customer.taps("retry");
    customer.until_that("the offers", |shown| shown["asks"] == "offer");
    customer.chooses("1");
    customer.until_that("everything once more", |shown| shown["asks"] == "confirm");
    trade.erp_is_down();
    customer.taps("submit");
    let told = customer.until_either("notice", "trouble");
    assert!(told["outcome"] == "unknown" || told["code"] == "E1", "{told}");
    trade.erp_is_back();
    customer.goes_for_good();
    assert_eq!(count(&trade, "negotiations"), 0);
}

#[test]
fn without_the_sites_terms_and_on_a_server_of_2020_nothing_is_negotiated() {
    let trade = hubsoft::open(&[]);
    let customer = at_the_counter(&trade, &MARIA);
    assert!(!menu(&customer).contains(&"negotiation".to_owned()));
    customer.goes_for_good();
    let mut trade = hubsoft::open(&["--server", "2020"]);
    trade.configure(TABLE, &format!("[erp.hubsoft.negotiation]\ninstalments = 6\n\n{TABLE}"));
    // what a server can do is found out beside the first customer, and in force for the next
    let mut customer = at_the_counter(&trade, &MARIA);
    knows_the_server(&customer);
    customer.leaves();
    customer.identifies(&MARIA);
    customer.taps("services");
    customer.until("services");
    assert!(!menu(&customer).contains(&"negotiation".to_owned()));
    customer.goes_for_good();
}
