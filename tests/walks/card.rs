//! Paying by card, when all goes well and when the card does not.

use serde_json::json;

use crate::trade::customer::works;
use crate::trade::{JOAO, MARIA, PEDRO, Trade};

#[test]
fn one_overdue_bill_is_paid_by_debit_and_written_off_once() {
    let trade = Trade::open();
    let mut customer = trade.totem();
    customer.pays(&MARIA, 90, "debit");
    let card = customer.until("card");
    let paid = customer.until_that("the write-off on the screen", |shown| shown["write_off"] == "settled");
    assert_eq!(paid["step"], "paid");
    assert_eq!(paid["service_returns"], true);
    assert_eq!(paid["receipts"], json!(["none"]), "the receipt came out already");
    customer.leaves();

    let sales = trade.transactions();
    assert_eq!(sales.len(), 1);
    assert_eq!((sales[0].state.as_str(), sales[0].kind.as_str()), ("confirmed", "debit"));
    assert_eq!((sales[0].amount, sales[0].confirms), (card["amount_cents"].as_i64().unwrap(), 1));
    assert_eq!(trade.write_offs(90), [true]);
    let book = trade.erp_book();
    let call = &book["write_offs"][0];
    assert_eq!((&call["method"], &call["account"], &call["partial"]), (&json!(2), &json!(1), &json!("0")));
    assert_eq!(call["nsu"], trade.tef_book()["transactions"][0]["nsu"]);

    let papers = trade.papers();
    assert_eq!(papers.len(), 1, "{papers:?}");
    let protocol = paid["protocol"].as_str().unwrap();
    assert!(papers[0].contains("Comprovante de pagamento") && papers[0].contains(protocol), "{}", papers[0]);
    assert!(papers[0].contains("Maria S.") && !papers[0].contains("529.982"), "{}", papers[0]);
    customer.goes_for_good();
    trade.books_are_clean();
}

#[test]
fn two_bills_in_one_credit_payment_are_each_written_off_once() {
    let mut trade = Trade::open();
    trade.configure("warn_after_s = 45", "max_instalments = 3\nwarn_after_s = 45");
    let mut customer = trade.totem();
    let bills = customer.identifies(&JOAO);
    let overdue = bills["chosen"].as_u64().unwrap();
    let mut left = overdue;
    // everything overdue is chosen: all but two are put back
    'pages: loop {
        let page = customer.until("invoices");
        for bill in page["invoices"].as_array().unwrap().iter().filter(|bill| bill["chosen"] == true) {
            let id = bill["id"].as_str().unwrap();
            if id != "1224" && id != "1227" {
                left -= 1;
                customer.does(json!({"do": "toggle", "id": id}));
                customer.until_that("one bill fewer", |shown| shown["chosen"] == left);
            }
        }
        if page["page"] == page["pages"] {
            break 'pages;
        }
        customer.does(json!({"do": "page", "to": "next"}));
        let next = page["page"].as_u64().unwrap() + 1;
        customer.until_that("the next page", |shown| shown["page"] == next);
    }
    assert_eq!(customer.shown()["chosen"], 2);
    customer.taps("pay");
    let methods = customer.until("method");
    assert_eq!(methods["bills"], 2);
    assert!(!works(&methods, "pix"), "{methods}");
    customer.pays_by("credit");
    customer.until("instalments");
    customer.chooses("3");
    let paid = customer.until_that("both write-offs", |shown| shown["write_off"] == "settled");
    customer.leaves();

    let sales = trade.transactions();
    assert_eq!(sales.len(), 1);
    assert_eq!((sales[0].state.as_str(), sales[0].kind.as_str()), ("confirmed", "credit"));
    assert_eq!(sales[0].amount, paid["amount_cents"].as_i64().unwrap());
    assert_eq!((trade.write_offs(1224), trade.write_offs(1227)), (vec![true], vec![true]));
    assert_eq!(trade.erp_book()["write_offs"].as_array().unwrap().len(), 2);
    let papers = trade.papers();
    assert_eq!(papers.len(), 1, "{papers:?}");
    assert!(papers[0].contains("3 parcelas"), "{}", papers[0]);
    customer.goes_for_good();
    trade.books_are_clean();
}

#[test]
fn a_declined_card_is_told_in_the_tefs_own_words_and_another_try_goes_through() {
    let trade = Trade::open();
    trade.order_tef(&json!({"decline": {"code": "51", "message": "SALDO INSUFICIENTE"}, "once": true}));
    let mut customer = trade.totem();
    customer.pays(&MARIA, 90, "debit");
    let trouble = customer.until("trouble");
    assert_eq!((&trouble["code"], &trouble["detail"]), (&json!("T1"), &json!("SALDO INSUFICIENTE")));
    assert_eq!((trade.sales(), trade.paid_by(90)), (vec![], None));
    assert_eq!(trade.papers(), Vec::<String>::new());
    customer.taps("retry");
    customer.until("method");
    customer.pays_by("debit");
    customer.until_that("the write-off", |shown| shown["write_off"] == "settled");
    customer.goes_for_good();
    assert_eq!((trade.sales(), trade.write_offs(90)), (vec!["confirmed".to_owned()], vec![true]));
    trade.books_are_clean();
}

#[test]
fn a_customer_who_cancels_at_the_pinpad_is_not_charged() {
    let trade = Trade::open();
    trade.order_tef(&json!({"customer_cancels": true}));
    let mut customer = trade.totem();
    customer.pays(&MARIA, 90, "debit");
    let trouble = customer.until("trouble");
    assert_eq!((&trouble["code"], &trouble["can_retry"]), (&json!("T2"), &json!(true)));
    customer.leaves();
    customer.goes_for_good();
    assert_eq!((trade.sales(), trade.paid_by(90), trade.papers().len()), (vec![], None, 0));
    trade.books_are_clean();
}

#[test]
fn another_amount_than_was_asked_is_undone() {
    let trade = Trade::open();
    trade.order_tef(&json!({"amount_override_cents": 100}));
    let mut customer = trade.totem();
    customer.pays(&MARIA, 90, "debit");
    customer.until_that("the acknowledged undo", |shown| shown["step"] == "undone" && shown["acknowledged"] == true);
    customer.leaves();
    customer.goes_for_good();
    assert_eq!((trade.sales(), trade.paid_by(90)), (vec!["undone".to_owned()], None));
    trade.books_are_clean();
}

#[test]
fn an_older_open_transaction_is_cleared_away_and_the_sale_goes_through() {
    let trade = Trade::open();
    // an older totem's sale that nobody ended, with its answer taken away
    let mut first = trade.totem();
    trade.order_tef(&json!({"response_delay_ms": 600_000, "on": ["CRT"], "once": true}));
    first.pays(&PEDRO, 5000, "debit");
    trade.until_books("an open transaction", |trade| trade.sales() == ["open"]);
    first.totem.kill();
    drop(first);
    let mut trade = trade;
    trade.forget_the_totem();
    trade.start_tef();

    let mut customer = trade.totem();
    customer.pays(&MARIA, 90, "debit");
    customer.until_that("the write-off", |shown| shown["write_off"] == "settled");
    customer.goes_for_good();
    assert_eq!(trade.sales(), ["undone", "confirmed"]);
    assert_eq!((trade.write_offs(90), trade.write_offs(5000)), (vec![true], vec![]));
    assert_eq!(trade.tef_breaches(), ["sale_while_pending"], "the manager refused once, naming the older one");
}
