//! Customers who walk away, guess, or owe two hundred bills; and the end of the program in the middle of it.

use std::time::Instant;

use serde_json::{Value, json};

use crate::trade::customer::Customer;
use crate::trade::{ANA, MARIA, PEDRO, Person, Trade};

/// A totem whose patience is short.
fn impatient() -> Trade {
    let mut trade = Trade::open();
    trade.configure("warn_after_s = 45", "warn_after_s = 10");
    trade.configure("leave_after_s = 20", "leave_after_s = 1");
    trade.configure("end_after_s = 20", "end_after_s = 1");
    trade.configure("pix_on_screen_s = 300", "pix_on_screen_s = 1");
    trade
}

fn leads_to(customer: &mut Customer, step: &str) {
    match step {
        "identify" => customer.types("529"),
        "verify" => {
            customer.types(MARIA.cpf);
            customer.until("verify");
        }
        "trouble" => {
            customer.identifies(&ANA);
        }
        "method" => {
            customer.wants_to_pay(&MARIA, 90);
        }
        "boleto" => {
            customer.identifies(&MARIA);
            customer.does(json!({"do": "details", "id": "90"}));
            customer.until("invoice");
            customer.taps("show_boleto");
            customer.until("boleto");
        }
        "invoice" => {
            customer.identifies(&MARIA);
            customer.does(json!({"do": "details", "id": "90"}));
            customer.until("invoice");
        }
        _ => {
            customer.identifies(&MARIA);
        }
    }
}

#[test]
fn a_customer_who_walks_away_at_any_step_is_asked_and_then_forgotten() {
    let steps = ["identify", "verify", "trouble", "invoices", "invoice", "method", "boleto"];
    std::thread::scope(|scope| {
        for step in steps {
            scope.spawn(move || {
                let trade = impatient();
                let mut customer = trade.totem();
                leads_to(&mut customer, step);
                let asked = customer.until("still_there");
                assert_eq!(asked["over"], step);
                let greeting = customer.until("identify");
                assert_eq!((&greeting["length"], &greeting["typed"]), (&json!(0), &json!("")), "{step}");
                let after = customer.totem.seen().last().unwrap().clone();
                assert!(!after.contains("Maria") && !after.contains("529"), "{after}");
                customer.goes_for_good();
                assert_eq!((trade.sales(), trade.calls("write_off"), trade.papers().len()), (vec![], 0, 0), "{step}");
            });
        }
    });
}

#[test]
fn whoever_is_asked_and_says_so_stays() {
    let trade = impatient();
    let mut customer = trade.totem();
    customer.identifies(&MARIA);
    customer.until("still_there");
    customer.taps("stay");
    customer.until("invoices");
    customer.leaves();
    customer.goes_for_good();
}

#[test]
fn a_customer_who_walks_away_from_a_pix_code_and_from_the_receipt_is_forgotten() {
    let trade = impatient();
    trade.order_erp(&json!({"pix_pays_after_ms": null}));
    let mut customer = trade.totem();
    customer.pays(&MARIA, 90, "pix");
    customer.until("pix");
    assert_eq!(customer.until("trouble")["code"], "P2");
    customer.until("still_there");
    customer.until("identify");
    assert_eq!((trade.paid_by(90), trade.calls("write_off")), (None, 0));

    customer.pays(&MARIA, 90, "debit");
    customer.until("paid");
    customer.until("identify");
    customer.goes_for_good();
    assert_eq!((trade.sales(), trade.times_written_off(90)), (vec!["confirmed".to_owned()], 1));
    trade.books_are_clean();
}

#[test]
fn papers_that_were_asked_for_and_not_begun_do_not_come_out_before_the_next_customer() {
    let trade = Trade::open();
    let mut customer = trade.totem();
    let asks = |customer: &mut Customer| {
        customer.does(json!({"do": "details", "id": "90"}));
        customer.until("invoice");
        customer.taps("show_boleto");
        customer.until("boleto");
        customer.taps("print");
        customer.until_that("the wish", |shown| shown["printed"] == "printing");
    };
    customer.identifies(&MARIA);
    trade.order_printer(&json!({"rate_bytes_per_s": 2_000}));
    // back and there again, as often as a finger likes
    for _ in 0..3 {
        asks(&mut customer);
        customer.taps("back");
        customer.until("invoices");
    }
    customer.leaves();
    customer.until("identify");
    trade.order_printer(&json!({}));
    let shown = customer.identifies(&PEDRO);
    customer.does(json!({"do": "details", "id": shown["invoices"][0]["id"]}));
    customer.until("invoice");
    customer.taps("show_boleto");
    customer.until("boleto");
    customer.taps("print");
    customer.until_that("the paper", |shown| shown["printed"] == "printed");
    let papers = trade.papers();
    let of = |name: &str| papers.iter().filter(|paper| paper.contains(name)).count();
    // one may have been begun when she left
    assert!(of("Maria S.") <= 1 && of("Pedro S.") == 1, "{papers:?}");
    customer.goes_for_good();
}

#[test]
fn a_payment_goes_on_after_the_input_ended_with_the_card_at_the_pinpad() {
    let trade = Trade::open();
    trade.order_tef(&json!({"hold": true, "on": ["CRT"]}));
    let mut customer = trade.totem();
    customer.pays(&MARIA, 90, "debit");
    customer.until("card");
    customer.totem.end_input();
    assert_eq!(trade.paid_by(90), None);
    trade.order_tef(&json!({}));
    // the program ends with status 0, and only when the money is settled
    let log = customer.goes_for_good();
    assert!(log.iter().any(|line| line.contains("fact=\"closed\"")), "{log:?}");
    assert_eq!((trade.sales(), trade.write_offs(90)), (vec!["confirmed".to_owned()], vec![true]));
    let papers = trade.papers();
    assert!(papers.len() == 1 && papers[0].contains("Comprovante"), "{papers:?}");
    trade.books_are_clean();
}

#[test]
fn a_payment_goes_on_after_sigterm_with_the_card_at_the_pinpad() {
    let trade = Trade::open();
    trade.order_tef(&json!({"hold": true, "on": ["CRT"]}));
    let mut customer = trade.totem();
    customer.pays(&MARIA, 90, "debit");
    customer.until("card");
    customer.totem.terminate();
    trade.order_tef(&json!({}));
    let status = customer.totem.ended("the end");
    assert!(status.success(), "{status}");
    assert_eq!((trade.sales(), trade.write_offs(90)), (vec!["confirmed".to_owned()], vec![true]));
    trade.books_are_clean();
}

#[test]
fn an_unknown_cpf_and_a_wrong_factor_give_the_same_lines() {
    let lines = |person: &Person| {
        let trade = Trade::open();
        let mut customer = trade.totem();
        customer.until_that("well equipped", |shown| shown["notice"] == Value::Null);
        let before = customer.totem.seen().len();
        let trouble = customer.identifies(person);
        assert_eq!(trouble["code"], "C1");
        let lines: Vec<Value> = customer.totem.seen()[before..]
            .iter()
            .map(|line| serde_json::from_str::<Value>(line).unwrap())
            // how long the search takes is the ERP's affair
            .filter(|shown| shown["step"] != "searching")
            .map(|mut shown| {
                shown["seq"] = Value::Null;
                shown
            })
            // the last character shows for a second, or the search is quicker
            .filter(|shown| shown["step"] != "verify" && shown["step"] != "identify")
            .collect();
        customer.leaves();
        customer.goes_for_good();
        lines
    };
    let unknown = lines(&Person { cpf: "98765432100", factor: "1810" });
    let wrong = lines(&Person { cpf: MARIA.cpf, factor: "0101" });
    assert_eq!(unknown, wrong);
    assert!(!unknown.is_empty());
}

#[test]
fn a_wrong_cpf_is_told_before_anything_is_asked_of_the_erp() {
    let trade = Trade::open();
    let mut customer = trade.totem();
    for (typed, problem) in [("5299822", "short"), ("52998224724", "wrong"), ("11111111111", "wrong")] {
        customer.types(typed);
        customer.taps("submit");
        customer.until_that(problem, |shown| shown["problem"] == problem);
        customer.taps("clear");
        customer.until_that("an empty line", |shown| shown["length"] == 0);
    }
    customer.goes_for_good();
    assert_eq!(trade.calls("customer_by_document"), 0);
}

#[test]
fn two_hundred_bills_are_shown_page_by_page_with_the_right_total() {
    let trade = Trade::open();
    let mut customer = trade.totem();
    let begun = Instant::now();
    let first = customer.identifies(&PEDRO);
    println!("two hundred bills after {:?}", begun.elapsed());
    assert_eq!(first["pages"], 40);
    let mut seen = Vec::new();
    let mut chosen = 0;
    for page in 1..=40 {
        let shown = customer.until_that("the next page", |shown| shown["page"] == page);
        for bill in shown["invoices"].as_array().unwrap() {
            seen.push((bill["due"].as_str().unwrap().to_owned(), bill["id"].as_str().unwrap().to_owned()));
            if bill["chosen"] == true {
                chosen += bill["amount_cents"].as_i64().unwrap();
            }
        }
        if page < 40 {
            customer.does(json!({"do": "page", "to": "next"}));
        }
    }
    assert_eq!(seen.len(), 200);
    assert!(seen.is_sorted(), "the oldest first");
    assert_eq!(first["total_cents"], chosen, "the total is that of the bills that are shown as chosen");
    customer.leaves();
    customer.goes_for_good();
}
