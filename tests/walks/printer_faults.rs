//! What can go wrong with the printer around a receipt, before the real program: the money ends one way or the other, no
//! paper comes out twice, and nobody finds another's paper under his own.

use std::time::Duration;

use serde_json::{Value, json};
use totem::printer::{Settings, Status, open};

use crate::trade::customer::{Customer, why_not};
use crate::trade::{MARIA, PEDRO, Trade};
use crate::{doctor, technician};

/// Begins a debit sale and orders the fault while the card is being read.
fn sale_with(trade: &Trade, customer: &mut Customer, fault: &Value) {
    trade.order_tef(&json!({"hold": true, "on": ["CRT"]}));
    customer.pays(&MARIA, 90, "debit");
    customer.until("card");
    trade.order_printer(fault);
    trade.order_tef(&json!({}));
}

fn is_undone(trade: &Trade, customer: &mut Customer) {
    customer.until_that("the acknowledged undo", |shown| {
        assert_ne!(shown["step"], "paid");
        shown["step"] == "undone" && shown["acknowledged"] == true
    });
    assert_eq!((trade.sales(), trade.paid_by(90), trade.calls("write_off")), (vec!["undone".to_owned()], None, 0));
}

/// Papers that carry this name, and no other.
fn papers_of(trade: &Trade, name: &str) -> usize {
    let others: Vec<&str> = ["Maria S.", "Pedro S."].into_iter().filter(|other| *other != name).collect();
    let of = trade.papers().into_iter().filter(|paper| paper.contains(name));
    of.inspect(|paper| assert!(others.iter().all(|other| !paper.contains(other)), "two customers on {paper}")).count()
}

/// The next customer pays by card, and the paper is his alone.
fn the_next_is_served(trade: &Trade, customer: &mut Customer) {
    customer.pays(&PEDRO, 5000, "debit");
    customer.until_that("the write-off", |shown| shown["write_off"] == "settled");
    assert_eq!(papers_of(trade, "Pedro S."), 1);
    assert_eq!(trade.times_written_off(5000), 1);
}

/// The technician has looked into the printer and says so, until the printer agrees.
fn the_technician_clears(customer: &mut Customer) {
    customer.opens_the_panel();
    customer.until_that("what the printer says", |shown| shown["paper"] == "held");
    customer.chooses("clear_paper");
    customer.until_that("a printer that works", |shown| shown["paper"] == "ready" && shown["printer"] == "works");
    customer.leaves();
}

#[test]
fn a_printer_that_stops_before_the_receipt_undoes_the_sale_and_nothing_of_it_ever_comes_out() {
    for fault in [
        json!({"paper": "out"}),
        json!({"cutter_fault": true}),
        json!({"head_hot": true}),
        json!({"offline": true}),
        json!({"mute": true}),
        json!({"garbage": true}),
    ] {
        let trade = Trade::open();
        let mut customer = trade.totem();
        sale_with(&trade, &mut customer, &fault);
        is_undone(&trade, &mut customer);
        customer.leaves();
        trade.order_printer(&json!({}));
        customer.until_that("no notice", |shown| shown["step"] == "identify" && shown["notice"] == Value::Null);
        the_next_is_served(&trade, &mut customer);
        customer.goes_for_good();
        assert_eq!(papers_of(&trade, "Maria S."), 0, "{fault}");
    }
}

#[test]
fn a_cutter_that_jams_in_the_receipt_undoes_the_sale_and_the_paper_waits_for_a_technician() {
    let trade = technician::trade();
    let mut customer = trade.totem();
    sale_with(&trade, &mut customer, &json!({"cutter_jams": true}));
    is_undone(&trade, &mut customer);
    customer.leaves();
    trade.order_printer(&json!({}));
    let methods = customer.wants_to_pay(&PEDRO, 5000);
    assert_eq!(why_not(&methods, "debit"), "no_receipt");
    customer.leaves();
    the_technician_clears(&mut customer);
    the_next_is_served(&trade, &mut customer);
    customer.goes_for_good();
    assert_eq!(papers_of(&trade, "Maria S."), 1, "what hung in the slot, once");
}

#[test]
fn a_roll_that_ends_after_the_receipt_leaves_it_paid_and_the_next_without_a_card() {
    let trade = Trade::open();
    let mut customer = trade.totem();
    customer.pays(&MARIA, 90, "debit");
    customer.until_that("the write-off", |shown| shown["write_off"] == "settled");
    trade.order_printer(&json!({"paper": "out"}));
    customer.leaves();
    let methods = customer.wants_to_pay(&PEDRO, 5000);
    assert_eq!(why_not(&methods, "debit"), "no_receipt");
    customer.leaves();
    customer.goes_for_good();
    assert_eq!((trade.sales(), papers_of(&trade, "Maria S.")), (vec!["confirmed".to_owned()], 1));
}

#[test]
fn a_slow_line_and_a_small_buffer_cost_time_and_no_byte() {
    let mut trade = Trade::open();
    trade.start_printer_of("epson", &["--buffer-bytes", "512"]);
    let mut customer = trade.totem();
    sale_with(&trade, &mut customer, &json!({"rate_bytes_per_s": 1500}));
    customer.until_that("the write-off", |shown| shown["write_off"] == "settled");
    customer.goes_for_good();
    assert_eq!((trade.sales(), papers_of(&trade, "Maria S.")), (vec!["confirmed".to_owned()], 1));
    trade.books_are_clean();
}

#[test]
fn a_printer_switched_off_and_on_in_the_receipt_undoes_the_sale_and_prints_nothing_of_it_again() {
    let trade = technician::trade();
    let mut customer = trade.totem();
    sale_with(&trade, &mut customer, &json!({"paper_out_after_lines": 5}));
    is_undone(&trade, &mut customer);
    trade.order_printer(&json!({"paper": "out", "drop_buffer": true}));
    trade.until_books("the power cycle", |trade| trade.printer_book()["power_cycles"] == 1);
    customer.leaves();
    trade.order_printer(&json!({}));
    the_technician_clears(&mut customer);
    the_next_is_served(&trade, &mut customer);
    customer.goes_for_good();
    assert_eq!(papers_of(&trade, "Maria S."), 0, "the shop's head had come out, and no more");
}

#[test]
fn a_cable_pulled_in_a_picture_is_told_and_the_next_paper_is_whole() {
    let trade = Trade::open();
    let mut customer = trade.totem();
    customer.identifies(&MARIA);
    customer.does(json!({"do": "details", "id": "90"}));
    customer.until("invoice");
    customer.taps("show_boleto");
    customer.until("boleto");
    let begun = trade.printer_book()["bytes"].as_u64().unwrap();
    trade.order_printer(&json!({"rate_bytes_per_s": 20_000, "unplug_after_bytes": begun + 4_000}));
    customer.taps("print");
    customer.until_that("the failure", |shown| shown["printed"] == "failed");
    assert_eq!(trade.papers(), Vec::<String>::new());
    trade.order_printer(&json!({}));
    customer.leaves();
    customer.until_that("no notice", |shown| shown["step"] == "identify" && shown["notice"] == Value::Null);
    the_next_is_served(&trade, &mut customer);
    let last = trade.papers().pop().unwrap();
    assert!(!last.contains("picture") && last.contains("Pedro S."), "{last}");
    customer.goes_for_good();
}

#[test]
fn a_port_that_another_program_holds_means_no_card_until_it_is_let_go_of() {
    let trade = technician::trade();
    let mut other = open(&Settings { port: trade.path("port"), ..Settings::default() }).unwrap();
    assert_eq!(other.status(), Status::Ready);
    let mut customer = trade.totem();
    customer.until_that("the notice", |shown| shown["step"] == "identify" && shown["notice"] == "no_receipt");
    customer.opens_the_panel();
    customer.until_that("why", |shown| shown["paper"] == "in_use" && shown["printer"] == "fails");
    customer.leaves();
    drop(other);
    customer.until_that("no notice", |shown| shown["step"] == "identify" && shown["notice"] == Value::Null);
    the_next_is_served(&trade, &mut customer);
    customer.goes_for_good();
}

/// Between the first byte and the fence: what becomes of the money is decided once, and the paper is not made again.
#[test]
fn a_totem_that_dies_while_its_receipt_prints_undoes_the_sale_and_never_prints_it_again() {
    let trade = Trade::open();
    let mut customer = trade.totem();
    let begun = trade.printer_book()["bytes"].as_u64().unwrap();
    sale_with(&trade, &mut customer, &json!({"rate_bytes_per_s": 400}));
    trade.until_books("the middle of the receipt", |trade| {
        trade.printer_book()["bytes"].as_u64().unwrap() > begun + 300
    });
    customer.totem.kill();
    trade.order_printer(&json!({}));
    let mut customer = trade.totem();
    trade.until_books("the undo", |trade| trade.sales() == ["undone"]);
    customer.until_that("no notice", |shown| shown["step"] == "identify" && shown["notice"] == Value::Null);
    the_next_is_served(&trade, &mut customer);
    // a moment more, in which nothing more may come
    std::thread::sleep(Duration::from_millis(500));
    customer.goes_for_good();
    assert!(papers_of(&trade, "Maria S.") <= 1, "{:?}", trade.papers());
    assert_eq!((trade.paid_by(90), trade.times_written_off(90)), (None, 0));
    trade.no_sale_is_open_or_contradicted();
}

/// Off line after the first lines, and to the end: what the printer has in it would come out in front of the next customer.
#[test]
fn a_printer_that_goes_off_line_in_the_receipt_undoes_the_sale_and_the_paper_waits_for_a_technician() {
    for (model, profile) in [("epson", "generic_80mm"), ("bematech", "bematech_mp4200")] {
        let mut trade = technician::trade();
        trade.start_printer_of(model, &[]);
        trade.configure("[printer]", &format!("[printer]\nprofile = \"{profile}\"\njob_deadline_s = 10"));
        let mut customer = trade.totem();
        let begun = trade.printer_book()["bytes"].as_u64().unwrap();
        sale_with(&trade, &mut customer, &json!({"rate_bytes_per_s": 400}));
        trade.until_books("the middle of the receipt", |trade| {
            trade.printer_book()["bytes"].as_u64().unwrap() > begun + 300
        });
        trade.order_printer(&json!({"offline": true}));
        is_undone(&trade, &mut customer);
        customer.leaves();
        trade.order_printer(&json!({}));
        let methods = customer.wants_to_pay(&PEDRO, 5000);
        assert_eq!(why_not(&methods, "debit"), "no_receipt", "{profile}");
        customer.leaves();
        the_technician_clears(&mut customer);
        the_next_is_served(&trade, &mut customer);
        customer.goes_for_good();
    }
}

#[test]
fn a_roll_that_ends_before_a_printer_that_answers_what_it_has_only_read_undoes_the_sale() {
    let trade = technician::trade();
    let mut customer = trade.totem();
    sale_with(&trade, &mut customer, &json!({"paper_out_after_lines": 5, "fence_when_parsed": true}));
    is_undone(&trade, &mut customer);
    customer.leaves();
    trade.order_printer(&json!({}));
    the_technician_clears(&mut customer);
    the_next_is_served(&trade, &mut customer);
    customer.goes_for_good();
}

/// Whoever takes the ticket as soon as it is out has paid.
#[test]
fn a_customer_who_takes_the_ticket_at_once_has_paid() {
    let mut trade = Trade::open();
    trade.start_printer_of("custom", &[]);
    trade.configure("[printer]", "[printer]\nprofile = \"custom_vkp80iii\"");
    let mut customer = trade.totem();
    sale_with(&trade, &mut customer, &json!({"motor_ms": 900, "ticket_taken_after_ms": 0}));
    customer.until_that("the write-off", |shown| shown["write_off"] == "settled");
    customer.goes_for_good();
    assert_eq!((trade.sales(), papers_of(&trade, "Maria S.")), (vec!["confirmed".to_owned()], 1));
}

/// 32 columns of font A, and a card's text of up to 40: it is on the paper, letter for letter.
#[test]
fn a_card_text_wider_than_the_paper_comes_out_unfolded() {
    let mut trade = Trade::open();
    trade.start_printer_of("epson", &["--dots", "384"]);
    trade.configure("[printer]", "[printer]\nprofile = \"generic_58mm\"\nfont = \"a\"\ncut = \"full\"");
    let mut customer = trade.totem();
    customer.pays(&MARIA, 90, "debit");
    customer.until_that("the write-off", |shown| shown["write_off"] == "settled");
    customer.goes_for_good();
    assert_eq!((trade.sales(), papers_of(&trade, "Maria S.")), (vec!["confirmed".to_owned()], 1));
    let widest = trade.papers()[0].lines().map(|line| line.chars().count()).max();
    assert!(widest > Some(32), "{:?}", trade.papers());
    trade.books_are_clean();
}

/// It tells its state and knows no `GS r`: no card, one word for it everywhere, and a technician can open it.
#[test]
fn a_printer_that_knows_no_fence_is_told_everywhere_and_a_technician_can_open_it() {
    let trade = technician::trade();
    trade.order_printer(&json!({"no_fence": true}));
    let (found, says) = doctor::examined(&trade).of("impressora");
    assert!(found == "error" && says.contains("não responde à cerca (GS r 1)"), "{found}: {says}");
    let mut customer = trade.totem();
    let methods = customer.wants_to_pay(&MARIA, 90);
    assert_eq!(why_not(&methods, "debit"), "no_receipt");
    customer.leaves();
    customer.opens_the_panel();
    customer.until_that("why", |shown| shown["paper"] == "no_fence" && shown["printer"] == "fails");
    customer.chooses("clear_paper");
    customer.until_that("a printer that works", |shown| shown["paper"] == "ready" && shown["printer"] == "works");
    customer.goes_for_good();
    assert!(trade.papers().is_empty());
}
