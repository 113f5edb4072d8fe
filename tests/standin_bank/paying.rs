//! Money that comes in: in time, late, twice, wrong, and while the customer leaves.

use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use crate::wire::{TXID, bank, bank_with, charge, eventually, removal, with};

const OTHER: &str = "0af7651916cd43dd8448eb211c80319c";

fn amounts(read: &Value) -> Vec<&str> {
    read["pix"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default()
        .iter()
        .map(|it| it["valor"].as_str().unwrap())
        .collect()
}

#[test]
fn a_paid_charge_tells_who_paid_what_and_when() {
    let bank = bank();
    bank.put(TXID, &charge());
    bank.put(OTHER, &charge());
    bank.control(&json!({"pay_now": [TXID]}));
    let read = bank.read(TXID);
    assert_eq!((&read["status"], amounts(&read)), (&json!("CONCLUIDA"), vec!["37.00"]));
    let pix = &read["pix"][0];
    let id = pix["endToEndId"].as_str().unwrap();
    assert!(
        id.len() == 32 && id.starts_with("E99999004") && id.bytes().all(|byte| byte.is_ascii_alphanumeric()),
        "{id}"
    );
    let paid: jiff::Timestamp = pix["horario"].as_str().unwrap().parse().unwrap();
    assert_eq!(&id[9..21], paid.strftime("%Y%m%d%H%M").to_string(), "the minute in UTC");
    assert_eq!((&pix["txid"], &read["revisao"]), (&json!(TXID), &json!(0)));
    assert_eq!(bank.read(TXID), read, "an order that stays there pays once");
    assert_eq!(bank.read(OTHER)["status"], json!("ATIVA"));
    assert_eq!(bank.get(&format!("/pix/{id}")).json(), *pix);
    let again = bank.put(TXID, &charge());
    assert_eq!((again.status, again.problem().as_str()), (400, "CobOperacaoInvalida"), "it takes no second payment");
    let book = bank.book();
    assert_eq!(book["charges"][TXID]["pix"][0]["end_to_end_id"], json!(id));
    assert_eq!(book["charges"][TXID]["pix"][0]["amount_cents"], json!(3700));
}

#[test]
fn payers_can_pay_by_themselves_after_a_while_or_never() {
    let bank = bank_with(|options| options.pays_after_ms = Some(0));
    bank.control(&json!({"pays_after_ms": null}));
    bank.put(TXID, &charge());
    thread::sleep(Duration::from_millis(300));
    assert_eq!(bank.read(TXID)["status"], json!("ATIVA"));
    bank.control(&json!({}));
    eventually("paid without a call", || bank.book()["charges"][TXID]["status"] == json!("CONCLUIDA"));
    bank.control(&json!({"pays_after_ms": 600_000}));
    bank.put(OTHER, &charge());
    assert_eq!(bank.read(OTHER)["status"], json!("ATIVA"));
}

#[test]
fn an_expired_charge_stays_ativa_and_its_payer_is_turned_away() {
    let bank = bank();
    bank.put(TXID, &with(charge(), "/calendario/expiracao", json!(4)));
    bank.put(OTHER, &charge());
    thread::sleep(Duration::from_millis(4050));
    bank.control(&json!({"expire": [OTHER]}));
    for txid in [TXID, OTHER] {
        assert_eq!(bank.read(txid)["status"], json!("ATIVA"));
    }
    bank.control(&json!({"pay_now": ["*"]}));
    for txid in [TXID, OTHER] {
        let read = bank.read(txid);
        assert_eq!((&read["status"], amounts(&read)), (&json!("ATIVA"), vec![]));
    }
    assert_eq!(bank.patch(TXID, &removal()).status, 200, "it can still be removed");
    bank.control(&json!({"pay_late": ["*"]}));
    for txid in [TXID, OTHER] {
        let read = bank.read(txid);
        assert_eq!((&read["status"], amounts(&read)), (&json!("CONCLUIDA"), vec!["37.00"]), "late money comes anyway");
    }
}

#[test]
fn an_expired_charge_with_a_due_date_stays_ativa_too() {
    let bank = bank();
    let due = json!({
        "calendario": {"dataDeVencimento": "2099-12-31"},
        "devedor": {"cpf": "12345678909", "nome": "Francisco"},
        "valor": {"original": "10.00"},
        "chave": crate::wire::KEY,
    });
    bank.send("PUT", &format!("/cobv/{TXID}"), &due);
    bank.control(&json!({"expire": [TXID]}));
    bank.get(&format!("/cobv/{TXID}"));
    bank.control(&json!({"pay_now": [TXID]}));
    assert_eq!(bank.get(&format!("/cobv/{TXID}")).json()["status"], json!("ATIVA"));
    bank.control(&json!({"pay_late": [TXID]}));
    assert_eq!(bank.get(&format!("/cobv/{TXID}")).json()["status"], json!("CONCLUIDA"));
}

#[test]
fn a_payer_can_pay_another_amount_than_was_asked() {
    let bank = bank();
    bank.put(TXID, &charge());
    bank.put(OTHER, &charge());
    bank.control(&json!({"pay_amount": {TXID: 3699}}));
    assert_eq!(amounts(&bank.read(TXID)), ["36.99"]);
    bank.control(&json!({"wrong_amount": 150, "pay_now": ["*"]}));
    let read = bank.read(OTHER);
    assert_eq!((&read["status"], amounts(&read)), (&json!("CONCLUIDA"), vec!["38.50"]));
    assert_eq!(read["valor"]["original"], json!("37.00"), "what was asked stays as it was");
    assert_eq!(amounts(&bank.read(TXID)), ["36.99"]);
}

#[test]
fn two_pix_can_come_in_for_one_charge() {
    let bank = bank();
    bank.put(TXID, &charge());
    bank.control(&json!({"pay_now": [TXID]}));
    assert_eq!(amounts(&bank.read(TXID)), ["37.00"]);
    bank.control(&json!({"pay_twice": [TXID]}));
    let read = bank.read(TXID);
    assert_eq!((&read["status"], amounts(&read)), (&json!("CONCLUIDA"), vec!["37.00", "37.00"]));
    assert_ne!(read["pix"][0]["endToEndId"], read["pix"][1]["endToEndId"]);
    assert_eq!(amounts(&bank.read(TXID)).len(), 2, "two, not more");
}

#[test]
fn a_customer_can_pay_while_the_charge_is_being_removed() {
    let bank = bank();
    bank.put(TXID, &charge());
    bank.control(&json!({"pay_during_patch": {"times": 1}}));
    let answer = bank.patch(TXID, &removal());
    assert_eq!((answer.status, answer.problem().as_str()), (400, "CobOperacaoInvalida"));
    let read = bank.read(TXID);
    assert_eq!((&read["status"], amounts(&read)), (&json!("CONCLUIDA"), vec!["37.00"]));
    assert_eq!(bank.errors(), Vec::<String>::new());
}

#[test]
fn the_bank_can_remove_a_charge_itself() {
    let bank = bank();
    bank.put(TXID, &charge());
    bank.control(&json!({"remove": [TXID]}));
    assert_eq!(bank.read(TXID)["status"], json!("REMOVIDA_PELO_PSP"));
    bank.control(&json!({"pay_now": [TXID]}));
    assert_eq!(amounts(&bank.read(TXID)), Vec::<&str>::new());
}

#[test]
fn an_event_can_wait_for_a_certain_call() {
    let bank = bank();
    bank.put(TXID, &charge());
    bank.control(&json!({"pay_now": {"value": ["*"], "for": "get_cob", "skip": 2, "times": 1}}));
    thread::sleep(Duration::from_millis(300));
    let states: Vec<Value> = (0..3).map(|_| bank.read(TXID)["status"].clone()).collect();
    assert_eq!(states, [json!("ATIVA"), json!("ATIVA"), json!("CONCLUIDA")]);
}
