//! The technician's card desk, and the methods beyond debit and credit.

use std::process::{Command, Output};

use serde_json::json;

use crate::trade::{MARIA, Trade};

/// Runs `totem tef` on the trade's configuration, with nobody at its standard input.
fn desk(trade: &Trade, arguments: &[&str]) -> Output {
    let config = trade.path("totem.toml");
    std::fs::write(&config, trade.configuration()).unwrap();
    Command::new(env!("CARGO_BIN_EXE_totem"))
        .args(["tef", "--config", config.to_str().unwrap()])
        .args(arguments)
        .stdin(std::process::Stdio::null())
        .output()
        .unwrap()
}

fn said(output: &Output) -> String {
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{errors}{}", String::from_utf8_lossy(&output.stdout));
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn refused(output: &Output) -> String {
    assert!(!output.status.success(), "{output:?}");
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// One bill paid by card and written off; the protocol.
fn paid(trade: &Trade, method: &str) -> String {
    let mut customer = trade.totem();
    customer.pays(&MARIA, 90, method);
    let paid = customer.until_that("the write-off on the screen", |shown| shown["write_off"] == "settled");
    assert_eq!(paid["method"], method);
    customer.leaves();
    customer.goes_for_good();
    paid["protocol"].as_str().unwrap().to_owned()
}

fn reverses(trade: &Trade, protocol: &str) -> Output {
    desk(trade, &["cancel", protocol, "--by", "ana", "--reason", "pago em dobro"])
}

#[test]
fn a_paid_sale_is_given_back_once_with_its_receipt_and_the_technician_is_told_of_the_write_off() {
    let trade = Trade::open();
    let protocol = paid(&trade, "debit");
    let papers = trade.papers().len();

    let told = said(&reverses(&trade, &protocol));
    assert!(told.contains("estornado") && told.contains("a baixa já foi feita no ERP"), "{told}");
    assert_eq!(trade.sales(), ["confirmed", "confirmed"], "the sale, and the giving back, which is confirmed too");
    assert_eq!(trade.tef_book()["transactions"][1]["kind"], json!("cancellation"));
    let printed = trade.papers();
    assert_eq!(printed.len(), papers + 1);
    assert!(printed[papers].contains("CANCELAMENTO"), "{}", printed[papers]);

    assert!(refused(&reverses(&trade, &protocol)).contains("já foi estornado"));
    assert_eq!(trade.sales().len(), 2);

    // the totem starts again and has nothing to do with it
    let mut customer = trade.totem();
    customer.until("identify");
    customer.goes_for_good();
    assert_eq!(trade.sales(), ["confirmed", "confirmed"]);
    assert_eq!(trade.write_offs(90), [true]);
}

#[test]
fn a_giving_back_that_the_tef_refuses_changes_nothing() {
    let trade = Trade::open();
    let protocol = paid(&trade, "debit");
    trade.order_tef(&json!({"on": ["CNC"], "decline": {"code": "P9", "message": "PRAZO EXPIRADO"}}));
    assert!(refused(&reverses(&trade, &protocol)).contains("PRAZO EXPIRADO"));
    trade.order_tef(&json!({}));
    assert_eq!(trade.sales(), ["confirmed"]);
    assert!(said(&reverses(&trade, &protocol)).contains("estornado"), "and it may be tried again");
}

#[test]
fn a_giving_back_whose_confirmation_is_not_taken_is_confirmed_by_the_totem_when_it_starts() {
    let trade = Trade::open();
    let protocol = paid(&trade, "debit");
    trade.order_tef(&json!({"on": ["CNF"], "lost": true}));
    assert!(refused(&reverses(&trade, &protocol)).contains("ligue o totem"));
    assert_eq!(trade.sales(), ["confirmed", "open"]);
    trade.order_tef(&json!({}));

    let mut customer = trade.totem();
    customer.until("identify");
    let begun = std::time::Instant::now();
    while trade.sales() != ["confirmed", "confirmed"] {
        assert!(begun.elapsed() < crate::trade::process::PATIENCE, "{:?}", trade.sales());
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    customer.goes_for_good();
    assert_eq!(trade.sales(), ["confirmed", "confirmed"], "never undone: the journal holds the approval");
}

#[test]
fn the_desk_waits_for_a_totem_to_be_stopped_and_tells_what_it_finds() {
    let trade = Trade::open();
    let customer = trade.totem();
    assert!(refused(&desk(&trade, &["status"])).contains("pare o totem"));
    customer.goes_for_good();
    assert!(said(&desk(&trade, &["status"])).contains("responde"));
    assert!(said(&desk(&trade, &["pending"])).contains("nada espera"));
    assert!(refused(&reverses(&trade, "010101-0001")).contains("não está neste diário"));
}

#[test]
fn a_second_copy_of_the_last_receipt_is_marked_as_one() {
    let trade = Trade::open();
    let protocol = paid(&trade, "debit");
    let papers = trade.papers().len();
    assert!(said(&desk(&trade, &["reprint", "--merchant"])).contains("1 recibo"));
    let printed = trade.papers();
    assert_eq!(printed.len(), papers + 2, "the customer's paper and the merchant's");
    assert!(printed[papers].contains("2ª via") && printed[papers].contains(&protocol), "{}", printed[papers]);
    assert!(printed[papers + 1].contains("ESTABELECIMENTO"), "{}", printed[papers + 1]);
}

#[test]
fn vouchers_and_wallets_are_paid_with_where_the_site_offers_them() {
    let rows = ["voucher", "wallet"].map(|method| {
        format!(
            "[[erp.webservice_cliente.write_off]]\nmethod = \"{method}\"\nid_forma_pagamento = 2\nid_conta_financeira = 1\n\n"
        )
    });
    for (method, kind) in [("voucher", "voucher"), ("wallet", "wallet")] {
        let mut trade = Trade::open();
        trade.configure("[tef.file_exchange]\n", &format!("{}[tef.file_exchange]\n", rows.concat()));
        trade.configure("[journey]\n", "[journey]\nmethods = [\"debit\", \"credit\", \"voucher\", \"wallet\"]\n");
        paid(&trade, method);
        assert_eq!(trade.tef_book()["transactions"][0]["kind"], json!(kind));
        assert_eq!(trade.write_offs(90), [true]);
        trade.books_are_clean();
    }
}

#[test]
fn the_merchants_copy_stays_in_the_journal_or_comes_out_on_a_paper_of_its_own() {
    for (choice, papers) in [("store", 1), ("print", 2)] {
        let mut trade = Trade::open();
        trade.configure(
            "[tef.file_exchange]\n",
            &format!("[tef]\nmerchant_copy = \"{choice}\"\n\n[tef.file_exchange]\n"),
        );
        paid(&trade, "debit");
        trade.until_books("the papers", |trade| trade.papers().len() >= papers);
        let printed = trade.papers();
        assert_eq!(printed.len(), papers, "{printed:?}");
        assert!(printed[0].contains("VIA DO CLIENTE") && !printed[0].contains("ESTABELECIMENTO"), "{}", printed[0]);
        for merchants in &printed[1..] {
            assert!(merchants.contains("ESTABELECIMENTO") && !merchants.contains("VIA DO CLIENTE"), "{merchants}");
        }
        let kept = std::fs::read(trade.path("totem/journal.db")).unwrap();
        let word = b"ESTABELECIMENTO";
        assert!(kept.windows(word.len()).any(|window| window == word), "{choice}: the journal holds it");
        trade.books_are_clean();
    }
}
