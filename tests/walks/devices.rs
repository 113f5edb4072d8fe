//! Printer and TEF fail: before a payment the card is not offered, during it the sale is undone.

use serde_json::{Value, json};

use crate::technician;
use crate::trade::customer::{Customer, why_not, works};
use crate::trade::{MARIA, PEDRO, Trade};

fn card_is_not_offered(customer: &mut Customer, why: &str) {
    let methods = customer.wants_to_pay(&MARIA, 90);
    assert_eq!((why_not(&methods, "debit"), why_not(&methods, "credit")), (why.to_owned(), why.to_owned()));
    assert!(works(&methods, "pix") && works(&methods, "boleto"), "{methods}");
    customer.leaves();
}

#[test]
fn without_paper_no_card_is_offered_and_it_is_said_before_anybody_types() {
    let trade = Trade::open();
    trade.order_printer(&json!({"paper": "out"}));
    let mut customer = trade.totem();
    customer.until_that("the notice", |shown| shown["step"] == "identify" && shown["notice"] == "no_receipt");
    card_is_not_offered(&mut customer, "no_receipt");
    trade.order_printer(&json!({}));
    customer.until_that("no notice", |shown| shown["step"] == "identify" && shown["notice"] == Value::Null);
    customer.pays(&MARIA, 90, "debit");
    customer.until_that("the write-off", |shown| shown["write_off"] == "settled");
    customer.goes_for_good();
    trade.books_are_clean();
}

/// Pays by debit while the printer fails in the middle of the receipt: the money goes back.
fn undone_because(fault: &Value) -> (Trade, Customer) {
    undone_at(Trade::open(), fault)
}

fn undone_at(trade: Trade, fault: &Value) -> (Trade, Customer) {
    let mut customer = trade.totem();
    trade.order_tef(&json!({"hold": true, "on": ["CRT"]}));
    customer.pays(&MARIA, 90, "debit");
    customer.until("card");
    trade.order_printer(fault);
    trade.order_tef(&json!({}));
    let undone = customer.until_that("the acknowledged undo", |shown| {
        assert_ne!(shown["step"], "paid", "{fault}");
        shown["step"] == "undone" && shown["acknowledged"] == true
    });
    assert_eq!(undone["nsu"], trade.tef_book()["transactions"][0]["nsu"]);
    assert_eq!((trade.sales(), trade.paid_by(90), trade.calls("write_off")), (vec!["undone".to_owned()], None, 0));
    assert_eq!(trade.tef_book()["commands"]["NCN"], 1);
    (trade, customer)
}

/// What a customer's receipt would tell another.
fn nothing_of_maria(papers: &[String]) {
    for paper in papers {
        assert!(!paper.contains("Maria S.") && !paper.contains("Comprovante de pagamento"), "{paper}");
    }
}

/// A printer that cannot forget: the paper that stopped in it comes out when the roll is changed, and no card is taken
/// before somebody with a PIN has looked.
#[test]
fn paper_that_ends_during_the_receipt_undoes_the_sale_and_no_card_is_taken_before_a_technician_has_looked() {
    let (trade, mut customer) = undone_at(technician::trade(), &json!({"paper_out_after_lines": 5}));
    customer.leaves();
    customer.until_that("the notice", |shown| shown["step"] == "identify" && shown["notice"] == "no_receipt");
    assert_eq!(trade.papers(), Vec::<String>::new());

    // the roll is changed: what the printer held comes out, and the totem stays shut for paper
    trade.order_printer(&json!({}));
    trade.until_books("the held paper", |trade| trade.papers().len() == 1);
    let held = trade.papers();
    assert!(held[0].contains("Maria S."), "{held:?}");
    card_is_not_offered(&mut customer, "no_receipt");

    // also after the power went
    customer.totem.kill();
    let mut customer = trade.totem();
    card_is_not_offered(&mut customer, "no_receipt");

    customer.opens_the_panel();
    customer.until_that("what the printer says", |shown| shown["paper"] == "held");
    customer.chooses("clear_paper");
    customer.until_news("recorded");
    customer.until_that("a printer that works", |shown| shown["paper"] == "ready" && shown["printer"] == "works");
    customer.leaves();
    customer.pays(&PEDRO, 5000, "debit");
    customer.until_that("the write-off", |shown| shown["write_off"] == "settled");
    customer.goes_for_good();
    let papers = trade.papers();
    let last = papers.last().unwrap();
    assert!(last.contains("Pedro S.") && !last.contains("Maria"), "{last}");
    assert_eq!(papers.iter().filter(|paper| paper.contains("Maria S.")).count(), 1, "{papers:?}");
    assert_eq!(trade.sales(), ["undone", "confirmed"]);
    assert_eq!((trade.times_written_off(90), trade.times_written_off(5000)), (0, 1));
}

/// A printer that can forget: nobody has to come but for the roll, and the paper of the one before never comes out.
#[test]
fn a_receipt_that_stopped_is_forgotten_by_the_printer_and_the_next_customer_never_sees_it() {
    let mut trade = Trade::open();
    trade.configure("[printer]", "[printer]\nprofile = \"epson_tm_t20x\"");
    let (trade, mut customer) = undone_at(trade, &json!({"paper_out_after_lines": 5}));
    customer.leaves();
    customer.until_that("the notice", |shown| shown["step"] == "identify" && shown["notice"] == "no_receipt");
    trade.order_printer(&json!({}));
    customer.until_that("no notice", |shown| shown["step"] == "identify" && shown["notice"] == Value::Null);
    customer.pays(&PEDRO, 5000, "debit");
    customer.until_that("the write-off", |shown| shown["write_off"] == "settled");
    customer.goes_for_good();
    let papers = trade.papers();
    let (last, before) = papers.split_last().unwrap();
    assert!(last.contains("Pedro S.") && !last.contains("Maria"), "{last}");
    // five lines had come out before the roll ended: the shop's head, and no more
    for paper in before {
        assert!(paper.lines().count() <= 6 && !paper.contains("Maria") && !paper.contains("Protocolo"), "{paper}");
    }
    assert_eq!(trade.sales(), ["undone", "confirmed"]);
    trade.books_are_clean();
}

#[test]
fn a_cover_that_is_opened_during_the_receipt_undoes_the_sale() {
    let (_trade, mut customer) = undone_because(&json!({"cover_open": true}));
    customer.leaves();
    customer.goes_for_good();
}

#[test]
fn a_printer_that_is_unplugged_before_means_no_card() {
    let trade = Trade::open();
    trade.order_printer(&json!({"unplug": true}));
    let mut customer = trade.totem();
    customer.until_that("the notice", |shown| shown["step"] == "identify" && shown["notice"] == "no_receipt");
    card_is_not_offered(&mut customer, "no_receipt");
    trade.order_printer(&json!({}));
    customer.until_that("no notice", |shown| shown["step"] == "identify" && shown["notice"] == Value::Null);
    customer.goes_for_good();
}

#[test]
fn a_printer_that_is_unplugged_during_the_sale_undoes_it() {
    let (trade, mut customer) = undone_because(&json!({"unplug": true}));
    customer.leaves();
    customer.goes_for_good();
    nothing_of_maria(&trade.papers());
}

#[test]
fn a_tef_that_is_silent_means_no_card_and_pix_still_works() {
    let mut trade = Trade::open();
    trade.configure("sts_timeout_ms = 7000", "sts_timeout_ms = 1000");
    trade.order_tef(&json!({"silent": true}));
    let mut customer = trade.totem();
    customer.until_that("the notice", |shown| shown["step"] == "identify" && shown["notice"] == "no_tef");
    card_is_not_offered(&mut customer, "no_tef");
    customer.pays(&MARIA, 90, "pix");
    customer.until("paid");
    customer.leaves();
    trade.order_tef(&json!({}));
    customer.until_that("no notice", |shown| shown["step"] == "identify" && shown["notice"] == Value::Null);
    customer.goes_for_good();
    assert_eq!((trade.sales(), trade.calls("write_off")), (vec![], 0));
}

#[test]
fn power_that_goes_after_the_approval_leaves_one_of_confirmed_and_undone() {
    let trade = Trade::open();
    let mut customer = trade.totem();
    trade.order_tef(&json!({"hold": true, "on": ["CRT"]}));
    customer.pays(&MARIA, 90, "debit");
    trade.until_books("the approval", |trade| trade.sales() == ["open"]);
    customer.totem.kill();
    trade.order_tef(&json!({}));

    let mut customer = trade.totem();
    trade.until_books("the undo", |trade| trade.sales() == ["undone"]);
    customer.totem.until_log("the end of the payment", |log| log.iter().any(|line| line.contains("fact=\"closed\"")));
    assert_eq!((trade.paid_by(90), trade.papers().len()), (None, 0));
    customer.pays(&MARIA, 90, "debit");
    customer.until_that("the write-off", |shown| shown["write_off"] == "settled");
    customer.goes_for_good();
    assert_eq!((trade.sales(), trade.times_written_off(90)), (vec!["undone".to_owned(), "confirmed".to_owned()], 1));
    trade.books_are_clean();
}

#[test]
fn a_manager_that_dies_with_an_approved_sale_is_cleared_away_when_it_is_back() {
    let mut trade = Trade::open();
    trade.configure("sts_timeout_ms = 7000", "sts_timeout_ms = 2000\nresponse_limit_s = 3");
    let mut customer = trade.totem();
    trade.order_tef(&json!({"crash_at": "before_resp", "on": ["CRT"], "once": true}));
    customer.pays(&MARIA, 90, "debit");
    let confirming = customer.until("confirming");
    assert_eq!(confirming["code"], "F1", "unknown is not told as failed");
    assert_eq!(trade.sales(), ["open"]);
    trade.start_tef();
    let trouble = customer.until("trouble");
    assert_eq!(trouble["code"], "T3");
    customer.taps("retry");
    customer.until("method");
    customer.pays_by("debit");
    customer.until_that("the write-off", |shown| shown["write_off"] == "settled");
    customer.goes_for_good();
    assert_eq!((trade.sales(), trade.times_written_off(90)), (vec!["undone".to_owned(), "confirmed".to_owned()], 1));
    trade.no_sale_is_open_or_contradicted();
}

#[test]
fn a_confirmation_that_is_lost_is_repeated_although_the_customer_left() {
    let mut trade = Trade::open();
    trade.configure("sts_timeout_ms = 7000", "sts_timeout_ms = 1500");
    let mut customer = trade.totem();
    trade.order_tef(&json!({"lost": true, "on": ["CNF"]}));
    customer.pays(&MARIA, 90, "debit");
    customer.until("confirming");
    customer.leaves();
    assert_eq!((trade.sales(), trade.paid_by(90)), (vec!["open".to_owned()], None));

    // nobody else can sell meanwhile, and the same bill is not paid twice
    let bills = customer.identifies(&MARIA);
    assert_eq!(bills["invoices"][0]["state"], "settling", "{bills}");
    customer.leaves();
    trade.order_tef(&json!({}));
    trade.until_books("the confirmation and the write-off", |trade| {
        trade.sales() == ["confirmed"] && trade.times_written_off(90) == 1
    });
    customer.goes_for_good();
    trade.books_are_clean();
}

#[test]
fn a_sale_that_the_manager_took_and_forgot_charges_nobody_and_can_be_tried_again() {
    let mut trade = Trade::open();
    trade.configure("sts_timeout_ms = 7000", "sts_timeout_ms = 1500\nresponse_limit_s = 3");
    let mut customer = trade.totem();
    trade.order_tef(&json!({"lost": true, "on": ["CRT"], "once": true}));
    customer.pays(&MARIA, 90, "debit");
    let ended = customer.until_either("confirming", "trouble");
    assert!(ended["step"] == "confirming" || ended["code"] == "T3", "{ended}");
    assert_eq!(customer.until("trouble")["code"], "T3");
    customer.taps("retry");
    customer.until("method");
    customer.pays_by("debit");
    customer.until_that("the write-off", |shown| shown["write_off"] == "settled");
    customer.goes_for_good();
    assert_eq!((trade.sales(), trade.write_offs(90)), (vec!["confirmed".to_owned()], vec![true]));
    trade.books_are_clean();
}
