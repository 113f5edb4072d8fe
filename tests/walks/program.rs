//! The program itself: a second one, a mistake in the configuration, a journal that was altered.

use std::io::{Read, Seek, SeekFrom, Write};

use serde_json::json;

use crate::trade::customer::Customer;
use crate::trade::{MARIA, Trade};

#[test]
fn a_second_totem_on_the_same_machine_says_so_and_ends() {
    let trade = Trade::open();
    let mut first = trade.totem();
    let mut second = trade.program();
    let status = second.ended("the second's end");
    assert_eq!(status.code(), Some(2), "{}", second.story("it ended otherwise"));
    let told = second.log().join("\n");
    assert!(second.seen().is_empty() && told.starts_with("totem: "), "{told}");
    first.pays(&MARIA, 90, "debit");
    first.until_that("the write-off", |shown| shown["write_off"] == "settled");
    first.goes_for_good();
    trade.books_are_clean();
}

#[test]
fn a_mistake_in_the_configuration_is_told_with_its_place_and_nothing_is_started() {
    let mut trade = Trade::open();
    trade.configure("poll_ms = 20", "pol_ms = 20");
    let text = trade.configuration();
    let line = text.lines().position(|line| line == "pol_ms = 20").unwrap() + 1;
    let mut totem = trade.program();
    let status = totem.ended("its end");
    assert_eq!(status.code(), Some(2));
    let told = totem.log().join("\n");
    let place = format!("{}:{line}:1: ", trade.path("totem.toml").display());
    assert!(told.contains(&place) && told.contains("`pol_ms`") && told.contains("`poll_ms`"), "{told}");
    assert!(totem.seen().is_empty());
    assert!(!trade.path("totem").exists(), "nothing was started");
    assert_eq!(trade.calls("token"), 0);
    assert_eq!(trade.tef_book()["commands"], json!({}));
}

/// Changes one byte of a word that stands in the journal.
fn alter_the_journal(trade: &Trade) {
    let path = trade.path("totem/journal.db");
    let mut file = std::fs::OpenOptions::new().read(true).write(true).open(path).unwrap();
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).unwrap();
    let word = b"Maria S.";
    let at = bytes.windows(word.len()).position(|window| window == word).expect("the payer's short name");
    file.seek(SeekFrom::Start(at as u64)).unwrap();
    file.write_all(b"N").unwrap();
}

#[test]
fn an_altered_journal_closes_the_totem_and_no_payment_is_possible() {
    let trade = Trade::open();
    let mut customer = trade.totem();
    customer.pays(&MARIA, 90, "debit");
    customer.until_that("the write-off", |shown| shown["write_off"] == "settled");
    customer.goes_for_good();
    alter_the_journal(&trade);
    let commands = trade.tef_book()["commands"].clone();

    let mut customer = Customer::waiting(trade.program());
    let closed = customer.until("closed");
    assert_eq!(
        (&closed["code"], &closed["why"], &closed["actions"]),
        (&json!("J1"), &json!("journal"), &json!(["service"]))
    );
    assert!(closed["message"].is_string(), "what to do is said: {closed}");
    assert_eq!(customer.is_refused(json!({"do": "type", "text": MARIA.cpf})), "type");
    let log = customer.goes_for_good();
    assert!(log.iter().any(|line| line.contains("the journal cannot be used")), "{log:?}");
    for command in ["CRT", "CNF", "NCN"] {
        assert_eq!(trade.tef_book()["commands"][command], commands[command], "{command}");
    }
    assert_eq!(trade.calls("write_off"), 1);
}

#[test]
fn a_journal_that_lost_its_last_facts_decides_nothing_about_a_sale_that_waits_at_the_tef() {
    let trade = Trade::open();
    let mut customer = trade.totem();
    customer.pays(&MARIA, 90, "debit");
    customer.until_that("the write-off", |shown| shown["write_off"] == "settled");
    customer.goes_for_good();
    let mut customer = trade.totem();
    // a second sale is approved, and the power goes before the totem has read the answer
    trade.order_tef(&json!({"hold": true, "on": ["CRT"]}));
    customer.pays(&crate::trade::PEDRO, 5000, "debit");
    trade.until_books("the approval", |trade| trade.sales() == ["confirmed", "open"]);
    customer.totem.kill();
    trade.order_tef(&json!({}));
    // what the last run wrote is lost with its file
    std::fs::remove_file(trade.path("totem/journal.db-wal")).unwrap();

    let mut customer = Customer::waiting(trade.program());
    customer.until("closed");
    customer.totem.until_log("what waits at the TEF", |log| log.iter().any(|line| line.contains("nothing is decided")));
    customer.goes_for_good();
    assert_eq!(trade.sales(), ["confirmed", "open"], "without a journal nobody knows what it should become");
}
