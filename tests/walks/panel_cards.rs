//! The card desk behind the technician's PIN: a sale given back at the totem, and what the TEF and the printer do to it.

use serde_json::{Value, json};

use crate::trade::customer::Customer;
use crate::trade::{MARIA, Trade};

fn trade() -> Trade {
    Trade::open().with_a_technician()
}

/// A totem at which bill 90 was paid by card and written off, with the technician before the panel.
fn paid(trade: &Trade) -> (Customer, String) {
    let mut customer = trade.totem();
    customer.pays(&MARIA, 90, "debit");
    let paid = customer.until_that("the write-off", |shown| shown["write_off"] == "settled");
    customer.leaves();
    customer.opens_the_panel();
    (customer, paid["protocol"].as_str().unwrap().to_owned())
}

fn offers(page: &Value, option: &str) -> Option<bool> {
    let options = page["options"].as_array().unwrap();
    options.iter().find(|one| one["id"] == option).map(|one| one["works"] == true)
}

#[test]
fn a_sale_is_given_back_at_the_panel_once_with_its_paper_and_the_technician_is_told_of_the_write_off() {
    let trade = trade();
    let (mut technician, protocol) = paid(&trade);
    technician.chooses("cards");
    let cards = technician.until_page("cards");
    assert_eq!((&cards["tef"], &cards["waiting"]), (&json!("works"), &json!([])));
    technician.taps("back");
    technician.until_page("state");
    let account = technician.opens_the_last_receipt();
    assert_eq!((account["id"].as_str(), offers(&account, "reverse")), (Some(protocol.as_str()), Some(true)));
    let papers = trade.papers().len();

    technician.gives_it_back();
    let terminal = technician.until_page("terminal");
    assert!(terminal["id"] == protocol.as_str() && !terminal["actions"].as_array().unwrap().contains(&json!("leave")));
    let done = technician.until_that("the end", |shown| shown["page"] == "account" && shown["news"] == "reversed");
    assert!(done["to_do"].to_string().contains("a baixa já foi feita no ERP"), "{done}");
    assert_eq!((offers(&done, "reverse"), offers(&done, "copy")), (None, Some(true)));
    trade.until_books("the giving back confirmed, and its paper", |trade| {
        trade.sales() == ["confirmed", "confirmed"] && trade.papers().len() == papers + 1
    });
    assert_eq!(trade.tef_book()["transactions"][1]["kind"], json!("cancellation"));
    assert!(trade.papers()[papers].contains("CANCELAMENTO"), "{}", trade.papers()[papers]);
    technician.leaves();
    technician.goes_for_good();
    trade.books_are_clean();

    let mut customer = trade.totem();
    customer.until("identify");
    customer.goes_for_good();
    assert_eq!((trade.sales().len(), trade.write_offs(90)), (2, vec![true]));
    trade.books_are_clean();
}

#[test]
fn a_giving_back_that_the_tef_refuses_says_so_in_its_words_and_may_be_tried_again() {
    let trade = trade();
    let (mut technician, _) = paid(&trade);
    trade.order_tef(&json!({"on": ["CNC"], "once": true, "decline": {"code": "P9", "message": "PRAZO EXPIRADO"}}));
    technician.opens_the_last_receipt();
    technician.gives_it_back();
    let refused = technician.until_news("not_reversed");
    assert_eq!(refused["said"], "PRAZO EXPIRADO");
    let account = technician.until_page("account");
    assert_eq!((trade.sales().len(), offers(&account, "reverse")), (1, Some(true)));
    technician.gives_it_back();
    technician.until_news("reversed");
    technician.leaves();
    technician.goes_for_good();
    assert_eq!(trade.sales(), ["confirmed", "confirmed"]);
    trade.books_are_clean();
}

#[test]
fn a_silent_tef_is_told_and_gives_nothing_back() {
    let mut trade = trade();
    trade.configure("sts_timeout_ms = 7000", "sts_timeout_ms = 3000");
    let (mut technician, _) = paid(&trade);
    technician.opens_the_last_receipt();
    technician.asks_why_it_goes_back();
    trade.order_tef(&json!({"silent": true}));
    technician.chooses("doubled");
    let refused =
        technician.until_that("an answer", |shown| shown["news"] == "not_reversed" || shown["news"] == "terminal_busy");
    assert!(refused["step"] == "technician", "{refused}");
    technician.taps("back");
    technician.until_page("list");
    technician.taps("back");
    technician.until_page("state");
    technician.chooses("cards");
    let cards = technician.until_page("cards");
    assert!(cards["tef"] == "fails" && cards["trouble"].is_string() && cards["waiting"].is_null(), "{cards}");
    trade.order_tef(&json!({}));
    technician.leaves();
    technician.goes_for_good();
    assert_eq!(trade.sales(), ["confirmed"]);
    trade.books_are_clean();
}

#[test]
fn without_paper_nothing_is_given_back_and_paper_that_ends_meanwhile_is_told() {
    let trade = trade();
    let (mut technician, _) = paid(&trade);
    let gives_back = |shown: &Value| (shown["page"] == "account").then(|| offers(shown, "reverse")).flatten();
    let account = technician.opens_the_last_receipt();
    assert_eq!(gives_back(&account), Some(true), "{account}");
    // the page changes while it is read
    trade.order_printer(&json!({"paper": "out"}));
    technician.until_that("no giving back", |shown| gives_back(shown) == Some(false));
    trade.order_printer(&json!({}));
    technician.until_that("giving back", |shown| gives_back(shown) == Some(true));
    trade.order_tef(&json!({"on": ["CNC"], "hold": true}));
    technician.gives_it_back();
    technician.until_page("terminal");
    trade.until_books("the approval", |trade| trade.sales().len() == 2);
    trade.order_printer(&json!({"paper": "out"}));
    trade.order_tef(&json!({}));
    technician.until_news("reversed_unprinted");
    trade.order_printer(&json!({}));
    trade.until_books("its confirmation", |trade| trade.sales() == ["confirmed", "confirmed"]);
    technician.leaves();
    technician.goes_for_good();
    trade.no_sale_is_open_or_contradicted();
}

#[test]
fn a_giving_back_without_an_answer_is_asked_after_and_undone_before_it_may_be_tried_again() {
    let mut trade = trade();
    trade.configure("sts_timeout_ms = 7000", "sts_timeout_ms = 3000\nresponse_limit_s = 3");
    let (mut technician, _) = paid(&trade);
    trade.order_tef(&json!({"on": ["CNC"], "once": true, "response_delay_ms": 8_000}));
    technician.opens_the_last_receipt();
    technician.gives_it_back();
    let unclear = technician.until_that("no end", |shown| shown["news"] == "reversal_unclear");
    assert_eq!(unclear["step"], "technician");
    trade.until_books("the undo of what nobody waited for", |trade| trade.sales() == ["confirmed", "undone"]);
    technician.taps("back");
    technician.until_page("list");
    technician.taps("back");
    technician.until_page("state");
    let account = technician.opens_the_last_receipt();
    assert_eq!(offers(&account, "reverse"), Some(true), "{account}");
    technician.gives_it_back();
    technician.until_news("reversed");
    trade.until_books("the second", |trade| trade.sales() == ["confirmed", "undone", "confirmed"]);
    technician.leaves();
    technician.goes_for_good();
    trade.books_are_clean();
}

#[test]
fn the_tefs_menu_prints_its_last_receipt_and_leaves_nothing_open() {
    let trade = trade();
    let (mut technician, _) = paid(&trade);
    let papers = trade.papers().len();
    technician.chooses("cards");
    technician.until_page("cards");
    technician.chooses("menu");
    technician.until_that("the end", |shown| shown["page"] == "cards" && shown["news"] == "menu_done");
    trade.until_books("the menu's paper", |trade| trade.papers().len() == papers + 1);
    technician.leaves();
    technician.goes_for_good();
    assert_eq!(trade.sales(), ["confirmed"]);
    trade.books_are_clean();
}

#[test]
fn a_sale_is_given_back_through_the_library_with_its_questions_on_the_panel() {
    let trade = Trade::with_clisitef().with_a_technician();
    let (mut technician, _) = paid(&trade);
    technician.chooses("cards");
    let cards = technician.until_page("cards");
    let about = cards["about"].to_string();
    assert!(about.contains("6.2.114.2") && about.contains("CYGNUS") && about.contains("991274366155"), "{about}");
    technician.taps("back");
    technician.until_page("state");
    technician.opens_the_last_receipt();
    technician.gives_it_back();
    let asked = technician.until_that("the supervisor", |shown| shown["prompt"].is_object());
    assert_eq!((&asked["page"], &asked["prompt"]["kind"]), (&json!("terminal"), &json!("number")));
    technician.does(json!({"do": "answer", "value": "1234"}));
    let asked = technician.until_that("the last question", |shown| shown["prompt"]["kind"] == "yes_no");
    assert!(asked["actions"].as_array().unwrap().contains(&json!("cancel")));
    technician.does(json!({"do": "answer", "value": "1"}));
    technician.until_news("reversed");
    technician.leaves();
    technician.goes_for_good();
    let sales = trade.transactions();
    assert_eq!(trade.sales(), ["confirmed", "confirmed"]);
    assert_eq!((sales[1].kind.as_str(), sales[1].confirms), ("cancellation", 1));
    let papers = trade.papers();
    assert!(papers.last().unwrap().contains("CANCELAMENTO"), "{papers:?}");
    let heard = trade.tef_book()["heard"].to_string();
    assert!(heard.contains("1234") && heard.contains("\"f\":516"), "{heard}");
    trade.books_are_clean();
}

#[test]
fn a_technician_gives_up_at_the_librarys_question_and_nothing_is_given_back() {
    let trade = Trade::with_clisitef().with_a_technician();
    let (mut technician, _) = paid(&trade);
    technician.opens_the_last_receipt();
    technician.gives_it_back();
    technician.until_that("the supervisor", |shown| shown["prompt"].is_object());
    technician.taps("cancel");
    technician.until_news("not_reversed");
    technician.until_page("account");
    technician.leaves();
    technician.goes_for_good();
    assert_eq!(trade.sales(), ["confirmed"]);
    trade.books_are_clean();
}

#[test]
fn the_librarys_menu_prints_and_nothing_is_confirmed_that_was_no_transaction() {
    let trade = Trade::with_clisitef().with_a_technician();
    let (mut technician, _) = paid(&trade);
    let papers = trade.papers().len();
    technician.chooses("cards");
    technician.until_page("cards");
    technician.chooses("menu");
    let menu = technician.until_that("the menu", |shown| shown["prompt"]["kind"] == "menu");
    assert_eq!(menu["prompt"]["options"][0]["text"], "Reimpressao");
    technician.does(json!({"do": "answer", "value": "1"}));
    technician.until_that("the end", |shown| shown["page"] == "cards" && shown["news"] == "menu_done");
    trade.until_books("the menu's paper", |trade| trade.papers().len() == papers + 1);
    technician.leaves();
    technician.goes_for_good();
    assert_eq!(trade.sales(), ["confirmed"]);
    trade.books_are_clean();
}

#[test]
fn a_card_is_tried_with_one_cent_that_is_undone_and_is_nobodys_payment() {
    let trade = trade();
    let mut technician = trade.totem();
    technician.opens_the_panel();
    technician.chooses("cards");
    let cards = technician.until_page("cards");
    assert_eq!(offers(&cards, "try_card"), Some(true));
    technician.chooses("try_card");
    let tried = technician.until_news("try_undone");
    assert!(tried["said"].as_str().unwrap().contains("NSU"), "{tried}");
    trade.until_books("the undoing", |trade| trade.sales() == ["undone"]);
    assert_eq!(trade.tef_book()["transactions"][0]["amount_cents"], json!(1), "{}", trade.tef_book());

    trade.order_tef(&json!({"on": ["CRT"], "once": true, "decline": {"code": "51", "message": "VALOR MINIMO"}}));
    technician.until_page("cards");
    technician.chooses("try_card");
    let refused = |shown: &Value| shown["page"] == "cards" && shown["news"] == "try_refused";
    assert_eq!(technician.until_that("the refusal", refused)["said"], "VALOR MINIMO");
    // each try has a number of its own, also after a restart
    let undone = |shown: &Value| shown["page"] == "cards" && shown["news"] == "try_undone";
    technician.chooses("try_card");
    technician.until_that("the try's end", undone);
    trade.until_books("the undoing", |trade| trade.sales() == ["undone", "undone"]);
    technician.leaves();
    technician.goes_for_good();
    let mut technician = trade.totem();
    technician.opens_the_panel();
    technician.chooses("cards");
    technician.until_page("cards");
    technician.chooses("try_card");
    technician.until_that("the try's end", undone);
    trade.until_books("the undoing", |trade| trade.sales() == ["undone", "undone", "undone"]);
    let book = trade.tef_book();
    let coupon = |place: usize| book["transactions"][place]["coupon"].as_str().unwrap().to_owned();
    let coupons: std::collections::BTreeSet<String> = (0..3).map(coupon).collect();
    assert_eq!(coupons.len(), 3, "{book}");
    assert!(coupons.iter().all(|coupon| coupon.len() == 10 && coupon.bytes().all(|digit| digit.is_ascii_digit())));
    technician.leaves();

    // customers are served as ever
    technician.pays(&MARIA, 90, "debit");
    let paid = technician.until_that("the write-off", |shown| shown["write_off"] == "settled");
    assert!(paid["protocol"].as_str().unwrap().ends_with("-0001"), "a try takes no number: {paid}");
    technician.goes_for_good();
    assert_eq!(
        (trade.sales().pop().unwrap(), trade.sales().len(), trade.papers().len()),
        ("confirmed".to_owned(), 4, 1)
    );
    let desk = crate::technician::journal(&trade, &["desk"]);
    for part in ["Ana Técnica começou um teste de cartão de R$ 0,01", "aprovado e desfeito", "não aprovado"] {
        assert!(desk.contains(part), "{part}: {desk}");
    }
    let list = crate::technician::journal(&trade, &["list"]);
    assert_eq!(list.lines().count(), 1, "no payment but the customer's: {list}");
    trade.books_are_clean();
}
