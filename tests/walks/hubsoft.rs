//! The whole trade with HubSoft in the ERP's place: what was paid is written off exactly once, and where the server of
//! 2020 has no write-off, a person is told.

use serde_json::{Value, json};

use crate::trade::{MARIA, PEDRO, Trade};

const HUBSOFT: &str = r#"[erp.hubsoft]
url = "{url}"
client_id = "3"
client_secret = { file = "{dir}/secret" }
username = "totem@provedor.exemplo"
password = { file = "{dir}/password" }
token_file = "{dir}/totem/hubsoft-token"

[[erp.hubsoft.write_off]]
method = "debit"
id_caixa_financeiro = 8
meio_pagamento = "cartao_debito"

[[erp.hubsoft.write_off]]
method = "credit"
id_caixa_financeiro = 8
meio_pagamento = "cartao_credito"
"#;

pub fn open(options: &[&str]) -> Trade {
    use std::os::unix::fs::PermissionsExt;
    let trade = Trade::open_with("hubsoft", options, HUBSOFT);
    std::fs::write(trade.path("secret"), "segredo-da-demonstracao").unwrap();
    std::fs::set_permissions(trade.path("secret"), std::fs::Permissions::from_mode(0o600)).unwrap();
    trade
}

fn told(log: &[String], fact: &str) -> usize {
    log.iter().filter(|line| line.contains(&format!("fact=\"{fact}\""))).count()
}

/// Pays Maria's bill by debit while the ERP does to its write-off what is ordered, and waits until it is settled.
fn written_off_once_despite(orders: &Value) -> (Trade, Vec<String>) {
    let trade = open(&[]);
    trade.order_erp(orders);
    let mut customer = trade.totem();
    customer.pays(&MARIA, 90, "debit");
    customer.until_that("the write-off", |shown| shown["write_off"] == "settled");
    let log = customer.goes_for_good();
    assert_eq!(trade.sales(), ["confirmed"]);
    let book = trade.erp_book();
    assert_eq!(book["receipts"].as_array().unwrap().len(), 1, "{:#}", book["write_offs"]);
    assert_eq!((trade.times_written_off(90), trade.paid_by(90).as_deref()), (1, Some("write_off")));
    trade.books_are_clean();
    (trade, log)
}

fn first_write_off(trick: &str) -> Value {
    json!({"write_off": {"value": trick, "times": 1}})
}

#[test]
fn an_overdue_bill_is_charged_by_its_linha_and_written_off_with_fine_and_interest() {
    let (trade, log) = written_off_once_despite(&json!({}));
    let book = trade.erp_book();
    let call = &book["write_offs"][0];
    assert_eq!((&call["account"], &call["means"]), (&json!(8), &json!("cartao_debito")));
    assert_eq!(call["paid_cents"], call["due_cents"], "{call}");
    assert!(call["charges_cents"].as_i64().unwrap() > 0, "{call}");
    assert_eq!(
        trade.transactions()[0].amount,
        call["paid_cents"].as_i64().unwrap(),
        "the card paid what was written off"
    );
    for line in log {
        let upper = line.to_uppercase();
        for personal in
            ["52998224725", "529.982", "MARIA", "FICT", "1990-10-18", "900001234", "DEMONSTRACAO", "SEGREDO"]
        {
            assert!(!upper.contains(personal), "{personal} in {line}");
        }
    }
}

#[test]
fn a_write_off_whose_request_is_lost_is_sent_again() {
    let (trade, log) = written_off_once_despite(&first_write_off("lost_request"));
    assert_eq!(trade.write_offs(90), [false, true]);
    assert_eq!((told(&log, "write_off_unknown"), told(&log, "bill_found_open")), (1, 1));
}

#[test]
fn a_write_off_that_was_done_and_not_heard_is_found_paid_and_not_sent_again() {
    for trick in ["lost_answer", "internal_error_after", "html_after", "empty_after"] {
        let (trade, log) = written_off_once_despite(&first_write_off(trick));
        assert_eq!(trade.write_offs(90), [true], "{trick}");
        assert_eq!((told(&log, "write_off_unknown"), told(&log, "bill_found_open")), (1, 0), "{trick}");
    }
}

#[test]
fn a_write_off_that_meets_something_else_is_looked_into_before_it_is_sent_again() {
    for trick in ["html", "empty"] {
        let (trade, _) = written_off_once_despite(&first_write_off(trick));
        assert_eq!(trade.write_offs(90), [false, true], "{trick}");
    }
}

#[test]
fn a_token_that_ends_before_the_write_off_costs_one_sign_in_and_outlives_the_restart() {
    let (trade, _) = written_off_once_despite(&json!({"token_expires_now": {"for": "write_off", "times": 1}}));
    assert_eq!(trade.erp_book()["tokens_given"], 2);
    let mut again = trade.totem();
    assert_eq!(again.identifies(&MARIA)["code"], "C2", "nothing is owed any more");
    again.leaves();
    again.goes_for_good();
    assert_eq!(trade.erp_book()["tokens_given"], 2, "the token is kept on disk");
}

#[test]
fn a_bill_settled_elsewhere_before_the_write_off_goes_to_a_person() {
    let trade = open(&[]);
    trade.order_erp(&json!({"settle_elsewhere": {"value": [90], "for": "write_off"}}));
    let mut customer = trade.totem();
    customer.pays(&MARIA, 90, "debit");
    assert_eq!(customer.until("paid")["write_off"], "owed");
    customer.totem.until_log("that a person is called", |log| told(log, "person_called") == 1);
    customer.leaves();
    customer.goes_for_good();
    assert_eq!((trade.sales(), trade.times_written_off(90)), (vec!["confirmed".to_owned()], 0));
    assert_eq!(trade.paid_by(90).as_deref(), Some("elsewhere"));
    trade.books_are_clean();
}

#[test]
fn a_pix_that_the_erp_issued_is_watched_there_and_never_written_off_by_us() {
    let trade = open(&[]);
    let mut customer = trade.totem();
    customer.pays(&MARIA, 90, "pix");
    let pix = customer.until("pix");
    assert!(pix["payload"].as_str().unwrap().starts_with("000201"), "{pix}");
    trade.order_erp(&json!({"pay_now": [90]}));
    let paid = customer.until("paid");
    assert_eq!((&paid["method"], &paid["write_off"]), (&json!("pix"), &json!("by_erp")));
    customer.leaves();
    customer.goes_for_good();
    assert_eq!((trade.calls("write_off"), trade.paid_by(90).as_deref()), (0, Some("bank")));
    trade.books_are_clean();
}

#[test]
fn on_a_server_of_2020_no_card_is_offered_because_it_could_not_be_written_off() {
    let trade = open(&["--server", "2020"]);
    let mut customer = trade.totem();
    let methods = customer.wants_to_pay(&MARIA, 90);
    let cards = methods["options"].as_array().unwrap().iter();
    let mut cards = cards.filter(|option| option["id"] == "debit" || option["id"] == "credit");
    assert!(cards.all(|option| option["works"] == false && option["why"] == "no_write_off"), "{methods}");
    customer.goes_for_good();
    assert_eq!(trade.sales(), Vec::<String>::new());
}

#[test]
fn on_a_server_of_2020_whose_site_writes_off_by_hand_a_card_payment_is_kept_and_a_person_called() {
    let mut trade = open(&["--server", "2020"]);
    trade.configure("[erp.hubsoft]\n", "[payment]\nwrite_off = \"by_hand\"\n\n[erp.hubsoft]\n");
    let mut customer = trade.totem();
    customer.pays(&MARIA, 90, "debit");
    assert_eq!(customer.until("paid")["write_off"], "by_hand", "the screen never claims a write-off that was not");
    customer.totem.until_log("that a person is called", |log| told(log, "person_called") == 1);
    customer.taps("more");
    let bills = customer.until("invoices");
    assert_eq!(bills["invoices"][0]["state"], "settling", "nobody pays it twice: {bills}");
    customer.leaves();
    customer.goes_for_good();
    assert_eq!((trade.sales(), trade.paid_by(90), trade.write_offs(90)), (vec!["confirmed".to_owned()], None, vec![]));
    trade.books_are_clean();
}

#[test]
fn two_hundred_bills_come_fifty_at_a_time_and_are_all_there() {
    let trade = open(&[]);
    let mut customer = trade.totem();
    let bills = customer.identifies(&PEDRO);
    assert_eq!(bills["pages"], 40, "{bills}");
    customer.leaves();
    customer.goes_for_good();
    assert!(trade.calls("bills") >= 5, "{}", trade.calls("bills"));
    trade.books_are_clean();
}

#[test]
fn visits_are_seen_on_either_server_and_none_is_moved_where_no_document_says_how() {
    for options in [&[][..], &["--server", "2020"]] {
        let trade = open(options);
        let mut customer = crate::services::at_the_counter(&trade, &MARIA);
        customer.chooses("visits");
        let list = customer.until("records");
        let told: Vec<_> =
            list["records"].as_array().unwrap().iter().map(|one| (&one["text"], &one["status"])).collect();
        let [to_come, to_be_agreed] = told.as_slice() else { panic!("{list}") };
        assert_eq!(*to_come, (&json!("TÉCNICO - CONEXÃO LENTA"), &json!("201804121526287")), "{list}");
        assert_eq!(to_be_agreed.0, "INSTALAÇÃO", "{list}");
        assert!(list["records"].as_array().unwrap().iter().all(|one| one["opens"].is_null()), "{list}");
        assert_eq!(
            (&list["records"][0]["from"], &list["records"][1]["on"]),
            (&json!("10:00:00"), &Value::Null),
            "{list}"
        );
        customer.goes_for_good();
        trade.books_are_clean();
    }
}
