//! Every fault that a test may order, seen from the totem's side.

use std::fs;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::desk::{Desk, IDENTIFICATION, NONE, SALE, field, find, text, wait_until};

/// What a field of the response must be.
#[derive(Debug)]
enum Is {
    Text(&'static str),
    Given,
    Absent,
}

#[test]
fn what_the_test_orders_shows_in_the_response() {
    use Is::{Absent, Given, Text};
    let table: &[(Value, &[(&str, Is)])] = &[
        (
            json!({"decline": {"code": "51", "message": "SALDO INSUFICIENTE"}}),
            &[
                ("009-000", Text("51")),
                ("030-000", Text("SALDO INSUFICIENTE")),
                ("027-000", Absent),
                ("712-000", Absent),
            ],
        ),
        (
            json!({"customer_cancels": true}),
            &[("009-000", Text("FF")), ("030-000", Text("OPERACAO CANCELADA")), ("012-000", Absent)],
        ),
        (json!({"amount_override_cents": 8991}), &[("009-000", Text("0")), ("003-000", Text("8991"))]),
        (json!({"needs_confirm": 0}), &[("729-000", Text("1")), ("027-000", Given)]),
        (json!({"needs_confirm": 1}), &[("729-000", Text("2"))]),
        (json!({"needs_confirm": null}), &[("729-000", Absent), ("027-000", Given)]),
        (json!({"receipt_lines": 0}), &[("712-000", Text("0")), ("714-000", Text("0")), ("713-001", Absent)]),
        (json!({"receipt_lines": 500}), &[("712-000", Text("500")), ("713-500", Text("\"LINHA 500\""))]),
        (json!({"leak_pan": true}), &[("741-000", Given), ("747-000", Given), ("650-000", Text("4111111111111111"))]),
    ];
    for (orders, expected) in table {
        let mut desk = Desk::new();
        let _manager = desk.open();
        desk.order(orders);
        let response = desk.sell();
        for (key, is) in *expected {
            let found = find(&response, key);
            let holds = match is {
                Text(value) => found == Some(value),
                Given => found.is_some(),
                Absent => found.is_none(),
            };
            assert!(holds, "{orders}: {key} must be {is:?}, not {found:?}");
        }
        assert_eq!(desk.breaches(), NONE, "{orders}");
    }
}

#[test]
fn the_book_says_what_is_open_after_each_kind_of_answer() {
    for (orders, expected) in [
        (json!({}), Some("open")),
        (json!({"needs_confirm": 0}), Some("confirmed")),
        (json!({"needs_confirm": null}), Some("open")),
        (json!({"needs_confirm": null, "receipt_lines": 0}), Some("confirmed")),
        (json!({"decline": {"code": "51", "message": "X"}}), None),
        (json!({"customer_cancels": true}), None),
    ] {
        let mut desk = Desk::new();
        let _manager = desk.open();
        desk.order(&orders);
        desk.sell();
        let state = desk.transactions().pop().map(|entry| entry["state"].as_str().unwrap().to_owned());
        assert_eq!(state.as_deref(), expected, "{orders}");
    }
}

#[test]
fn a_confirmation_that_was_not_asked_for_is_noted() {
    let mut desk = Desk::new();
    let _manager = desk.open();
    desk.order(&json!({"needs_confirm": 0}));
    let approval = desk.approved_sale();
    desk.finalise("CNF", &approval);
    assert_eq!(desk.breaches(), ["not_awaited"]);
}

#[test]
fn the_book_keeps_what_was_asked_beside_what_was_charged() {
    let mut desk = Desk::new();
    let _manager = desk.open();
    desk.order(&json!({"amount_override_cents": 8991}));
    desk.approved_sale();
    let entry = desk.transactions().pop().unwrap();
    assert_eq!((&entry["asked_cents"], &entry["amount_cents"]), (&json!(8990), &json!(8991)));
}

#[test]
fn a_torn_response_comes_first_and_the_right_one_later() {
    type Looks = fn(&str) -> bool;
    let table: [(&str, Looks); 4] = [
        ("no_trailer", |file| file.ends_with("\r\n") && !file.contains("999-999")),
        ("half_line", |file| !file.ends_with('\n')),
        ("bad_id", |file| field(file, "001-000") == "9999999999" && file.ends_with("999-999 = 0\r\n")),
        ("bad_header", |file| field(file, "000-000") == "ADM" && file.ends_with("999-999 = 0\r\n")),
    ];
    for (torn, looks_torn) in table {
        let mut desk = Desk::new();
        let _manager = desk.open();
        desk.order(&json!({"torn": torn, "torn_for_ms": 3000}));
        let first = desk.sell();
        assert!(looks_torn(&first), "{torn}:\n{first}");
        let second = text(&desk.wait_for("resp/intpos.001").unwrap());
        assert_eq!((field(&second, "000-000"), field(&second, "001-000")), ("CRT", "1003"));
        assert!(second.ends_with("999-999 = 0\r\n"));
    }
}

#[test]
fn an_answer_to_an_earlier_request_lies_there_before_the_right_one() {
    let mut desk = Desk::new();
    let _manager = desk.open();
    desk.order(&json!({"stale_response": true, "torn_for_ms": 3000}));
    let first = desk.sell();
    assert_eq!((field(&first, "001-000"), field(&first, "009-000")), ("1", "0"));
    let second = text(&desk.wait_for("resp/intpos.001").unwrap());
    assert_eq!(field(&second, "001-000"), "1003");
}

#[test]
fn the_names_of_the_files_come_in_any_case() {
    for (case, sts, response) in [
        ("upper", "INTPOS.STS", "INTPOS.001"),
        ("mixed", "IntPos.Sts", "IntPos.001"),
        ("lower", "intpos.sts", "intpos.001"),
    ] {
        let desk = Desk::new();
        let _manager = desk.open();
        desk.order(&json!({"case": case}));
        fs::write(desk.path().join("req/x"), SALE.replace('|', "\r\n")).unwrap();
        fs::rename(desk.path().join("req/x"), desk.path().join("req/IntPos.001")).unwrap();
        assert!(desk.wait_for(&format!("resp/{sts}")).is_some(), "{case}");
        assert!(desk.wait_for(&format!("resp/{response}")).is_some(), "{case}");
    }
}

#[test]
fn receipts_in_latin1_have_one_byte_for_each_accent() {
    let mut desk = Desk::new();
    let _manager = desk.open();
    desk.order(&json!({"latin1": true}));
    let response = desk.sell_with("749-000 = 1", "749-000 = 1");
    let accented = b"CR\xC9DITO \xC0 VISTA";
    assert!(response.windows(accented.len()).any(|part| part == accented));
    assert!(std::str::from_utf8(&response).is_err());
}

#[test]
fn a_manager_that_does_nothing_leaves_the_request_where_it_is() {
    let desk = Desk::new();
    let _manager = desk.open();
    desk.order(&json!({"silent": true}));
    desk.send(SALE);
    assert!(desk.nothing_comes("resp/intpos.sts"));
    assert!(desk.path().join("req/intpos.001").exists());
    desk.order(&json!({}));
    assert!(desk.response().starts_with(b"000-000 = CRT"));
}

#[test]
fn a_lost_confirmation_is_taken_and_forgotten() {
    let mut desk = Desk::new();
    let _manager = desk.open();
    let approval = desk.approved_sale();
    desk.order(&json!({"lost": true, "once": true}));
    desk.send_finalisation("CNF", &approval);
    wait_until("taken", || !desk.path().join("req/intpos.001").exists());
    assert!(desk.nothing_comes("resp/intpos.sts"));
    assert_eq!(desk.transactions()[0]["state"], "open");
    desk.finalise("CNF", &approval);
    assert_eq!(desk.transactions()[0]["confirms"], 1);
}

#[test]
fn a_confirmation_may_be_carried_out_without_a_word() {
    let mut desk = Desk::new();
    let _manager = desk.open();
    let approval = desk.approved_sale();
    desk.order(&json!({"no_sts": true, "once": true, "on": ["CNF"]}));
    desk.send_finalisation("CNF", &approval);
    wait_until("confirmed", || desk.transactions()[0]["state"] == "confirmed");
    assert!(desk.nothing_comes("resp/intpos.sts"));
    desk.finalise("CNF", &approval);
    assert_eq!(desk.transactions()[0]["confirms"], 2);
    assert_eq!(desk.breaches(), NONE);
}

#[test]
fn a_sale_without_an_acknowledgement_may_be_approved_all_the_same() {
    let desk = Desk::new();
    let _manager = desk.open();
    desk.order(&json!({"no_sts": true}));
    desk.send(SALE);
    let response = text(&desk.wait_for("resp/intpos.001").unwrap());
    assert_eq!(field(&response, "009-000"), "0");
    assert!(desk.nothing_comes("resp/intpos.sts"));
}

#[test]
fn a_request_withdrawn_before_it_is_taken_is_never_carried_out() {
    let desk = Desk::new();
    let _manager = desk.open();
    desk.order(&json!({"sts_delay_ms": 5000}));
    desk.send(SALE);
    std::thread::sleep(Duration::from_millis(100));
    fs::remove_file(desk.path().join("req/intpos.001")).unwrap();
    wait_until("withdrawn", || desk.book()["withdrawn"] == 1);
    assert!(desk.nothing_comes("resp/intpos.sts"));
    assert!(desk.transactions().is_empty());
}

#[test]
fn delays_hold_back_the_acknowledgement_and_the_response() {
    let desk = Desk::new();
    let _manager = desk.open();
    desk.order(&json!({"sts_delay_ms": 200, "response_delay_ms": 300}));
    let asked = Instant::now();
    desk.send(SALE);
    desk.wait_for("resp/intpos.sts").unwrap();
    assert!(asked.elapsed() >= Duration::from_millis(200));
    wait_until("approved", || desk.transactions().len() == 1);
    desk.wait_for("resp/intpos.001").unwrap();
    assert!(asked.elapsed() >= Duration::from_millis(500));
}

#[test]
fn a_hasty_manager_answers_before_it_acknowledges() {
    let desk = Desk::new();
    let _manager = desk.open();
    desk.order(&json!({"response_first": true}));
    desk.send(SALE);
    wait_until("acknowledged", || desk.path().join("resp/intpos.sts").exists());
    assert!(desk.path().join("resp/intpos.001").exists());
}

#[test]
fn an_order_for_one_request_is_spent_on_the_first_it_touches() {
    let mut desk = Desk::new();
    let _manager = desk.open();
    desk.order(&json!({"decline": {"code": "51", "message": "SALDO INSUFICIENTE"}, "once": true}));
    desk.send(&format!("000-000 = ATV|001-000 = 1|{IDENTIFICATION}"));
    desk.wait_for("resp/intpos.sts").unwrap();
    assert_eq!(field(&desk.sell(), "009-000"), "51");
    assert!(!desk.path().join("control.json").exists());
    assert_eq!(field(&desk.sell(), "009-000"), "0");
}

#[test]
fn a_misspelt_order_is_refused_aloud() {
    let mut desk = Desk::new();
    let _manager = desk.open();
    desk.order(&json!({"declnie": true}));
    assert_eq!(field(&desk.sell(), "009-000"), "0");
    assert_eq!(desk.breaches(), ["orders"]);
    assert!(desk.book()["errors"][0]["what"].as_str().unwrap().contains("unknown field `declnie`"));
}

#[test]
fn a_card_number_is_nowhere_unless_a_test_asks_for_it() {
    let mut desk = Desk::new();
    let manager = desk.open();
    let response = desk.sell();
    manager.stop().unwrap();
    for text in [response, desk.book().to_string()] {
        let longest = text.split(|c: char| !c.is_ascii_digit()).map(str::len).max().unwrap();
        assert!(longest < 13, "a number of {longest} digits in\n{text}");
    }
}
