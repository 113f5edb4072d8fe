//! Whoever updates a totem asks first whether it may be touched.

use std::process::{Command, Output};
use std::time::{Duration, Instant};

use serde_json::json;

use crate::trade::process::PATIENCE;
use crate::trade::{MARIA, Trade};

fn asked(trade: &Trade, more: &[&str]) -> Output {
    let state = trade.path("totem");
    Command::new(env!("CARGO_BIN_EXE_totem")).arg("idle").arg("--state").arg(state).args(more).output().unwrap()
}

pub fn answer(trade: &Trade, more: &[&str]) -> (Option<i32>, String) {
    let output = asked(trade, more);
    let said = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8(said).unwrap())
}

#[track_caller]
fn is_told(trade: &Trade, status: i32, wanted: &str) {
    let (code, said) = answer(trade, &[]);
    assert!(code == Some(status) && said.contains(wanted), "{code:?}: {said}");
}

#[track_caller]
fn is_free_soon(trade: &Trade, more: &[&str]) {
    let begun = Instant::now();
    while asked(trade, more).status.code() != Some(0) {
        assert!(begun.elapsed() < PATIENCE, "{:?}", answer(trade, more));
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn a_totem_may_be_touched_when_nobody_stands_there_and_nothing_is_owed() {
    let trade = Trade::open();
    let mut customer = trade.totem();
    is_told(&trade, 0, "ninguém está sendo atendido e nada está pendente");
    trade.order_tef(&json!({"hold": true, "on": ["CRT"]}));
    customer.pays(&MARIA, 90, "debit");
    customer.until("card");
    trade.until_books("the charge", |trade| trade.sales() == ["open"]);
    let (code, said) = answer(&trade, &[]);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("alguém está sendo atendido") && said.contains("ainda não se sabe se foi pago"), "{said}");
    assert!(!said.contains("Maria") && !said.contains("529"), "{said}");
    trade.erp_is_down();
    trade.order_tef(&json!({}));
    customer.until_that("the payment", |shown| shown["step"] == "paid" && shown["write_off"] == "owed");
    customer.leaves();
    is_told(&trade, 1, "a baixa ainda é devida ao ERP");
    // what is owed is owed also while no totem runs
    customer.goes_for_good();
    is_told(&trade, 1, "a baixa ainda é devida ao ERP");
    trade.erp_is_back();
    let customer = trade.totem();
    is_free_soon(&trade, &[]);
    customer.goes_for_good();
    is_told(&trade, 0, "nada está pendente");
    trade.books_are_clean();
}

#[test]
fn somebody_who_has_begun_to_type_is_being_served() {
    let trade = Trade::open();
    let mut customer = trade.totem();
    customer.types("529");
    customer.until_that("the digits", |shown| shown["length"] == 3);
    is_told(&trade, 1, "alguém está sendo atendido (tela identify)");
    customer.taps("clear");
    customer.until_that("an empty field", |shown| shown["length"] == 0);
    is_told(&trade, 0, "nada está pendente");
    customer.goes_for_good();
}

#[test]
fn what_cannot_be_told_is_no_yes() {
    let trade = Trade::open();
    is_told(&trade, 2, "não há diário");
    let customer = trade.totem();
    // the totem runs, and its door is gone
    std::fs::remove_file(trade.path("totem/door")).unwrap();
    is_told(&trade, 2, "não diz se atende alguém");
    customer.goes_for_good();
    is_told(&trade, 0, "nada está pendente");
    // cut short in the middle
    std::fs::write(trade.path("totem/journal.db"), b"SQLite format 3\0 and no more").unwrap();
    is_told(&trade, 2, "diário");
}

#[test]
fn what_waits_for_a_person_counts_unless_it_is_excepted() {
    let mut trade = Trade::open();
    let erp = "[erp.webservice_cliente]";
    trade.configure(erp, &format!("[payment]\nwrite_off = \"by_hand\"\n\n{erp}"));
    let mut customer = trade.totem();
    customer.pays(&MARIA, 90, "debit");
    customer.until("paid");
    customer.leaves();
    is_told(&trade, 1, "espera uma pessoa");
    // the person's ticket may still be on its way to the ERP
    is_free_soon(&trade, &["--except-person"]);
    is_told(&trade, 1, "espera uma pessoa");
    customer.goes_for_good();
}

#[test]
fn a_mistake_in_the_file_and_a_secret_for_the_service_alone_keep_nobody_from_asking() {
    let trade = Trade::open();
    trade.totem().goes_for_good();
    let file = trade.path("totem.toml");
    let right = trade.configuration();
    let credential = "{ credential = \"totem.erp\" }";
    let secret = format!("{{ file = \"{}\" }}", trade.path("password").display());
    assert!(right.contains(&secret) && right.contains("[printer]"), "{right}");
    for (what, wrong) in [
        ("a misspelt key", right.replace("[printer]", "[printer]\nbauds = 1")),
        ("no TOML", right.replace("[printer]", "[printer]\nbaud = = 1")),
        ("a credential of systemd", right.replace(&secret, credential)),
    ] {
        std::fs::write(&file, &wrong).unwrap();
        let run = |args: &[&str]| {
            let mut totem = Command::new(env!("CARGO_BIN_EXE_totem"));
            totem.args(args).arg("--config").arg(&file).env_remove("CREDENTIALS_DIRECTORY").output().unwrap()
        };
        for args in [&["idle"][..], &["journal", "list", "--person"], &["journal", "verify"]] {
            let output = run(args);
            assert_eq!(output.status.code(), Some(0), "{what}: {args:?} {output:?}");
        }
        let bundle = trade.path(&format!("{}.tar", what.replace(' ', "-")));
        let output = run(&["support-bundle", bundle.to_str().unwrap()]);
        assert!(output.status.success(), "{what}: {output:?}");
        let packed = std::fs::read(&bundle).unwrap();
        assert!(String::from_utf8_lossy(&packed).contains("íntegro: "), "{what}: the bundle has no journal");
    }
    // where the folder itself is not known, nobody guesses
    std::fs::write(&file, right.replace("state = ", "estate = ")).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_totem")).args(["idle", "--config"]).arg(&file).output().unwrap();
    assert!(output.status.code() == Some(2), "{output:?}");
    assert!(String::from_utf8(output.stderr).unwrap().contains("não se sabe onde está o diário"));
}
