//! The stand-in TEF manager, met by a totem that is played by hand: files written as in the documents' examples.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod desk;
mod life;
mod misbehaviour;

use serde_json::json;

use desk::{Approval, Desk, IDENTIFICATION, NONE, SALE, field, find, text, wait_until};

#[test]
fn a_manager_that_is_asked_whether_it_is_there_says_so_and_nothing_more() {
    let desk = Desk::new();
    let _manager = desk.open();
    desk.send(&format!("000-000 = ATV|001-000 = 1001|{IDENTIFICATION}"));
    let sts = desk.wait_for("resp/intpos.sts").unwrap();
    assert_eq!(text(&sts), "000-000 = ATV\r\n001-000 = 1001\r\n999-999 = 0\r\n");
    assert!(desk.nothing_comes("resp/intpos.001"));
    assert_eq!(desk.book()["commands"], json!({"ATV": 1}));
    assert_eq!(desk.breaches(), NONE);
}

#[test]
fn an_approved_sale_carries_what_the_receipt_and_the_confirmation_need() {
    let desk = Desk::new();
    let _manager = desk.open();
    desk.send(SALE);
    let response = text(&desk.response());
    for (key, value) in [
        ("000-000", "CRT"),
        ("001-000", "1002"),
        ("002-000", "4711"),
        ("003-000", "8990"),
        ("009-000", "0"),
        ("010-000", "REDE DEMO"),
        ("010-003", "VISA"),
        ("011-000", "10"),
        ("012-000", "000123456"),
        ("729-000", "2"),
        ("737-000", "3"),
        ("740-000", "************1234"),
        ("999-999", "0"),
    ] {
        assert_eq!(field(&response, key), value, "{key}");
    }
    assert!(response.ends_with("999-999 = 0\r\n"));
    assert_eq!(field(&response, "027-000").len(), 10);
    for (count, lines) in [("712-000", "713"), ("714-000", "715")] {
        let count: usize = field(&response, count).parse().unwrap();
        let copy: Vec<&str> = (1..=count).map(|n| field(&response, &format!("{lines}-{n:03}"))).collect();
        assert!(copy.iter().all(|line| line.starts_with('"') && line.ends_with('"') && line.len() <= 42));
        let copy = copy.join("\n");
        for part in ["REDE DEMO", "VISA ************1234", "NSU 000123456", "AUT ", "R$ 89,90", "MINHA EMPRESA"] {
            assert!(copy.contains(part), "{part} in\n{copy}");
        }
    }
    assert_eq!(find(&response, "741-000"), None);
    assert_eq!(desk.breaches(), NONE);
}

/// What a sale says of the card it wants, as it stands in `desk::SALE`.
const KIND_ASKED: &str =
    "731-000 = 1|732-000 = 1|733-000 = 225|735-000 = TOTEM ISP|736-000 = v1.0|738-000 = 000000000000|749-000 = 1";

#[test]
fn the_kind_of_card_and_the_instalments_are_those_asked_for() {
    let mut desk = Desk::new();
    let _manager = desk.open();
    for (asked, product, kind, instalments) in [
        ("731-000 = 1|732-000 = 1|749-000 = 1", "10", "credit", 1),
        ("018-000 = 3|731-000 = 1|732-000 = 3|749-000 = 1", "11", "credit", 3),
        ("018-000 = 2|731-000 = 1|732-000 = 2|749-000 = 1", "12", "credit", 2),
        ("731-000 = 2|732-000 = 1|749-000 = 1", "20", "debit", 1),
        ("731-000 = 3|732-000 = 1|749-000 = 1", "60", "voucher", 1),
        ("731-000 = 0|732-000 = 1|749-000 = 8", "99", "wallet", 1),
    ] {
        let response = text(&desk.sell_with(
            KIND_ASKED,
            &format!("733-000 = 225|735-000 = TOTEM ISP|736-000 = v1.0|738-000 = 000000000000|{asked}"),
        ));
        assert_eq!(field(&response, "011-000"), product);
        let entry = desk.transactions().pop().unwrap();
        assert_eq!((&entry["kind"], &entry["instalments"]), (&json!(kind), &json!(instalments)));
        desk.finalise("CNF", &Approval::read(&response));
    }
}

#[test]
fn a_transaction_stays_open_until_a_confirmation_or_an_undo_names_it() {
    let mut desk = Desk::new();
    let _manager = desk.open();
    for (command, state, confirms, undos) in [("CNF", "confirmed", 1, 0), ("NCN", "undone", 0, 1)] {
        let approval = desk.approved_sale();
        assert_eq!(desk.transactions().pop().unwrap()["state"], "open");
        assert_eq!(field(&desk.finalise(command, &approval), "000-000"), command);
        assert!(desk.nothing_comes("resp/intpos.001"));
        let entry = desk.transactions().pop().unwrap();
        assert_eq!(entry["state"], state);
        assert_eq!((&entry["confirms"], &entry["undos"]), (&json!(confirms), &json!(undos)));
        assert!(entry["settled_at"].is_string());
    }
    assert_eq!(desk.breaches(), NONE);
}

#[test]
fn a_confirmation_may_be_repeated_but_never_contradicted() {
    let mut desk = Desk::new();
    let _manager = desk.open();
    let approval = desk.approved_sale();
    desk.finalise("CNF", &approval);
    desk.finalise("CNF", &approval);
    assert_eq!(desk.breaches(), NONE);
    desk.finalise("NCN", &approval);
    assert_eq!(desk.breaches(), ["contradiction"]);
    let entry = desk.transactions().pop().unwrap();
    assert_eq!(entry["state"], "confirmed");
    assert_eq!((&entry["confirms"], &entry["undos"]), (&json!(2), &json!(1)));
}

#[test]
fn a_confirmation_of_what_never_happened_is_noted() {
    let mut desk = Desk::new();
    let _manager = desk.open();
    let approval = desk.approved_sale();
    for wrong in [
        Approval { nsu: "999999999".to_owned(), finalization: approval.finalization.clone() },
        Approval { nsu: approval.nsu.clone(), finalization: "0000000000".to_owned() },
    ] {
        desk.finalise("CNF", &wrong);
    }
    assert_eq!(desk.breaches(), ["unknown_transaction"; 2]);
    assert_eq!(desk.transactions()[0]["state"], "open");
}

#[test]
fn a_sale_while_another_is_open_is_denied_and_names_the_open_one() {
    let mut desk = Desk::new();
    let _manager = desk.open();
    let open = desk.approved_sale();
    let refusal = desk.sell();
    assert_ne!(field(&refusal, "009-000"), "0");
    assert_eq!(field(&refusal, "027-000"), open.finalization);
    assert_eq!(field(&refusal, "012-000"), open.nsu);
    assert_eq!(field(&refusal, "010-000"), "REDE DEMO");
    assert_eq!(desk.breaches(), ["sale_while_pending"]);

    desk.finalise("NCN", &open);
    let next = desk.approved_sale();
    assert_ne!(next.nsu, open.nsu);
    assert_eq!(desk.book()["answers"], json!({"approved": 2, "denied": 0, "cancelled": 0, "pending": 1}));
}

#[test]
fn a_file_that_breaks_the_format_is_not_answered_and_is_noted() {
    let desk = Desk::new();
    let _manager = desk.open();
    let whole = SALE.replace('|', "\r\n");
    let accented = whole.replace("MINHA", "\u{1}").bytes().map(|byte| if byte == 1 { 0xC9 } else { byte }).collect();
    let bad: [(&str, Vec<u8>); 5] = [
        ("no trailer", whole.replace("999-999 = 0\r\n", "").into_bytes()),
        ("LF alone", whole.replace("\r\n", "\n").into_bytes()),
        ("no spaces", whole.replace(" = ", "=").into_bytes()),
        ("an accent in Latin-1", accented),
        ("a part only", whole.as_bytes()[..60].to_vec()),
    ];
    for (count, (name, bytes)) in (1..).zip(bad) {
        desk.send_bytes(&bytes);
        wait_until(name, || desk.breaches().len() == count && !desk.path().join("req/intpos.001").exists());
    }
    assert!(desk.nothing_comes("resp/intpos.sts"));
    assert!(desk.nothing_comes("resp/intpos.001"));
    assert_eq!(desk.breaches(), ["malformed"; 5]);
    assert!(desk.transactions().is_empty());
}

#[test]
fn a_sale_without_a_mandatory_field_is_denied_and_noted() {
    let mut desk = Desk::new();
    let _manager = desk.open();
    let mandatory = [
        "733-000 = 225|",
        "735-000 = TOTEM ISP|",
        "736-000 = v1.0|",
        "738-000 = 000000000000|",
        "716-000 = MINHA EMPRESA|",
        "706-000 = 156|",
        "717-000 = 260304101500|",
        "003-000 = 8990|",
    ];
    for written in mandatory {
        let response = text(&desk.sell_with(written, ""));
        assert_eq!(field(&response, "009-000"), "P2");
        assert_eq!(field(&response, "030-000"), format!("REQUISICAO INVALIDA {}", &written[..7]));
    }
    let response = text(&desk.sell_with("003-000 = 8990", "003-000 = 89,90"));
    assert_eq!(field(&response, "009-000"), "P2");
    assert_eq!(desk.breaches(), ["field"; 9]);
    assert!(desk.transactions().is_empty());
}

#[test]
fn a_confirmation_without_identification_is_not_even_acknowledged() {
    let mut desk = Desk::new();
    let _manager = desk.open();
    let Approval { nsu, finalization } = desk.approved_sale();
    desk.send(&format!(
        "000-000 = CNF|001-000 = 1|010-000 = REDE DEMO|012-000 = {nsu}|027-000 = {finalization}|\
         717-000 = 260304101541|999-999 = 0|"
    ));
    wait_until("noted", || desk.breaches() == ["field"; 4]);
    assert!(desk.nothing_comes("resp/intpos.sts"));
    assert_eq!(desk.transactions()[0]["state"], "open");
}

#[test]
fn the_identifier_of_an_earlier_sale_is_noted() {
    let mut desk = Desk::new();
    let _manager = desk.open();
    let approval = desk.approved_sale();
    desk.finalise("CNF", &approval);
    desk.next_id = 1002;
    desk.approved_sale();
    assert_eq!(desk.breaches(), ["repeated_identifier"]);
}

#[test]
fn a_totem_that_takes_only_one_copy_gets_one() {
    let mut desk = Desk::new();
    let _manager = desk.open();
    let response = text(&desk.sell_with("706-000 = 156", "706-000 = 4"));
    assert!(field(&response, "028-000").parse::<u32>().unwrap() > 0);
    assert!(field(&response, "029-001").contains("REDE DEMO"));
    assert_eq!(find(&response, "712-000"), None);
}

#[test]
fn a_confirmed_sale_is_cancelled_once_and_the_cancellation_is_confirmed_too() {
    let mut desk = Desk::new();
    let _manager = desk.open();
    let response = desk.sell();
    let sale = Approval::read(&response);
    desk.finalise("CNF", &sale);
    let (date, time) = (field(&response, "022-000"), field(&response, "023-000"));
    let cancellation = |id: u32, nsu: &str| {
        format!(
            "000-000 = CNC|001-000 = {id}|003-000 = 8990|004-000 = 0|010-000 = REDE DEMO|012-000 = {nsu}|\
             022-000 = {date}|023-000 = {time}|706-000 = 156|716-000 = MINHA EMPRESA|717-000 = 260305090000|\
             {IDENTIFICATION}"
        )
    };
    desk.send(&cancellation(2001, "000000001"));
    assert_eq!(field(&text(&desk.response()), "030-000"), "TRANSACAO NAO ENCONTRADA");
    desk.send(&cancellation(2002, &sale.nsu));
    let cancelled = text(&desk.response());
    assert_eq!((field(&cancelled, "009-000"), field(&cancelled, "025-000")), ("0", sale.nsu.as_str()));
    assert_eq!(field(&cancelled, "729-000"), "2");
    desk.finalise("CNF", &Approval::read(&cancelled));
    desk.send(&cancellation(2003, &sale.nsu));
    assert_eq!(field(&text(&desk.response()), "030-000"), "TRANSACAO JA CANCELADA");
    assert_eq!(desk.breaches(), NONE);
}

#[test]
fn the_managers_menu_prints_the_last_receipt_again_and_opens_no_transaction() {
    let mut desk = Desk::new();
    let _manager = desk.open();
    let menu = |id: u32| {
        format!(
            "000-000 = ADM|001-000 = {id}|706-000 = 156|716-000 = MINHA EMPRESA|717-000 = 260304101500|{IDENTIFICATION}"
        )
    };
    desk.send(&menu(2001));
    assert_eq!(field(&text(&desk.response()), "030-000"), "NENHUMA TRANSACAO");
    let sale = desk.approved_sale();
    desk.finalise("CNF", &sale);
    desk.send(&menu(2002));
    let again = text(&desk.response());
    assert_eq!((field(&again, "009-000"), field(&again, "729-000")), ("0", "1"));
    assert!(again.contains(&format!("NSU {}", sale.nsu)), "{again}");
    assert_eq!(desk.transactions().len(), 1);
    assert_eq!(desk.breaches(), NONE);
}
