//! The printer's state, as each maker's printer tells it: the same on the technician's panel, in the numbers and in the
//! doctor's report, and it decides whether a card is taken.

use serde_json::{Value, json};

use crate::fleet::{free, until_metrics};
use crate::trade::customer::{Customer, why_not, works};
use crate::trade::{MARIA, Trade};
use crate::{doctor, technician};

fn panel_says(customer: &mut Customer, printer: &str, paper: &str) {
    customer.opens_the_panel();
    customer.until_that("the printer on the panel", |shown| {
        shown["page"] == "state" && shown["printer"] == printer && shown["paper"] == paper
    });
    customer.leaves();
}

fn card_works(customer: &mut Customer) {
    customer.wants_to_pay(&MARIA, 90);
    let methods = customer.until_offered("debit");
    assert!(works(&methods, "pix"), "{methods}");
    customer.leaves();
}

fn no_card_for_want_of_a_receipt(customer: &mut Customer, fault: &Value) {
    let methods = customer.wants_to_pay(&MARIA, 90);
    assert_eq!(why_not(&methods, "debit"), "no_receipt", "{fault}");
    assert!(works(&methods, "pix"), "{methods}");
    customer.leaves();
}

fn doctor_says(trade: &Trade, state: &str, words: &str) {
    let (found, says) = doctor::examined(trade).of("impressora");
    assert!(found == state && says.contains(words), "{found}: {says}");
}

fn is_told_everywhere(model: &str, profile: &str, more: &[&str]) {
    let mut trade = technician::trade();
    trade.start_printer_of(model, more);
    let metrics = free();
    trade.configure("[printer]", &format!("[printer]\nprofile = \"{profile}\""));
    trade.configure("[advanced]\n", &format!("[fleet]\nmetrics = \"{metrics}\"\n\n[advanced]\n"));
    doctor_says(&trade, "ok", "pronta");

    let mut customer = trade.totem();
    until_metrics(metrics, "totem_printer{state=\"ready\"} 1");
    trade.order_printer(&json!({"paper": "low"}));
    until_metrics(metrics, "totem_printer{state=\"low\"} 1");
    until_metrics(metrics, "totem_part_up{part=\"printer\"} 1");
    panel_says(&mut customer, "works", "low");
    // a roll that nears its end still prints
    card_works(&mut customer);

    for (fault, paper) in [(json!({"paper": "out"}), "out"), (json!({"cover_open": true}), "cover_open")] {
        trade.order_printer(&fault);
        until_metrics(metrics, &format!("totem_printer{{state=\"{paper}\"}} 1"));
        until_metrics(metrics, "totem_part_up{part=\"printer\"} 0");
        panel_says(&mut customer, "fails", paper);
        no_card_for_want_of_a_receipt(&mut customer, &fault);
    }
    customer.goes_for_good();
    doctor_says(&trade, "error", "tampa");
    trade.order_printer(&json!({"paper": "out"}));
    doctor_says(&trade, "error", "sem papel");
    trade.order_printer(&json!({"paper": "low"}));
    doctor_says(&trade, "warning", "acabando");
    trade.order_printer(&json!({}));

    let mut customer = trade.totem();
    customer.until_that("no notice", |shown| shown["step"] == "identify" && shown["notice"] == Value::Null);
    card_works(&mut customer);
    customer.goes_for_good();
    assert!(trade.papers().is_empty(), "looking at a printer prints nothing");
}

#[test]
fn an_epson_is_told_everywhere() {
    is_told_everywhere("epson", "epson_tm_t20x", &[]);
}

#[test]
fn a_bematech_is_told_everywhere() {
    is_told_everywhere("bematech", "bematech_mp4200", &[]);
}

#[test]
fn a_daruma_is_told_everywhere() {
    is_told_everywhere("daruma", "daruma_dr800", &[]);
}

#[test]
fn an_elgin_is_told_everywhere() {
    is_told_everywhere("elgin", "elgin_vip", &[]);
}

#[test]
fn a_custom_is_told_everywhere() {
    is_told_everywhere("custom", "custom_vkp80iii", &[]);
}

#[test]
fn a_narrow_one_of_58_mm_is_told_everywhere() {
    is_told_everywhere("epson", "generic_58mm", &["--dots", "384"]);
}
