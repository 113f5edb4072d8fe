//! Receipts to the customer's own address, against the stand-in mail server and gateway in another process, judged by their
//! book and by the files that came with the letters.

mod documents;

use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use crate::courier::Couriers;
use crate::scan;
use crate::trade::customer::Customer;
use crate::trade::{MARIA, Trade};

const EMAIL: &str = "cliente81593@example.com";

/// The trade with couriers beside it.
fn open() -> (Trade, Couriers) {
    let mut trade = Trade::open();
    let couriers = Couriers::of(&mut trade, "");
    (trade, couriers)
}

/// Paid by PIX just now.
fn pays_by_pix(trade: &Trade) -> Customer {
    let mut customer = trade.totem();
    customer.pays(&MARIA, 90, "pix");
    customer.until_that("the ways to have the receipt", |shown| shown["step"] == "paid" && shown["letters"].is_array());
    customer
}

fn may(shown: &Value, how: &str) -> bool {
    shown["receipts"].as_array().is_some_and(|ways| ways.contains(&json!(how)))
}

fn wants(customer: &mut Customer, how: &str) {
    customer.does(json!({"do": "receipt", "how": how}));
}

/// What became of the letter by this way.
fn until_told(customer: &mut Customer, by: &str, news: &str) -> Value {
    let is_it = |one: &Value| one["by"] == by && one["sent"] == news;
    customer.until_that(&format!("{by}: {news}"), |shown| {
        shown["letters"].as_array().is_some_and(|letters| letters.iter().any(is_it))
    })
}

/// The words of a PDF; nothing where there is no tool to read them, unless there must be one.
fn words_of(file: &Path) -> Option<String> {
    match Command::new("pdftotext").arg("-layout").arg(file).arg("-").output() {
        Ok(output) => {
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            Some(String::from_utf8_lossy(&output.stdout).into_owned())
        }
        Err(error) => {
            assert!(std::env::var_os("TOTEM_REQUIRE_PDF_TOOLS").is_none(), "{error}: apt-get install poppler-utils");
            None
        }
    }
}

/// The paper of the only letter, and that letter.
fn only_paper(couriers: &Couriers) -> (Value, Vec<u8>, Option<String>) {
    let letters = couriers.brought("letters");
    assert_eq!(letters.len(), 1, "{letters:#?}");
    let papers = letters[0]["papers"].as_array().unwrap().clone();
    assert_eq!(papers.len(), 1, "{letters:#?}");
    let file = couriers.path(papers[0]["file"].as_str().unwrap());
    (letters[0].clone(), std::fs::read(&file).unwrap(), words_of(&file))
}

#[test]
fn whoever_paid_by_pix_without_paper_gets_the_receipt_by_e_mail() {
    let (trade, couriers) = open();
    trade.order_printer(&json!({"paper": "out"}));
    let mut customer = pays_by_pix(&trade);
    let shown = customer.until_that("no paper", |shown| !may(shown, "print"));
    assert!(may(&shown, "email") && may(&shown, "sms"), "{shown}");
    assert_eq!(shown["letters"][0], json!({"by": "email", "to": "c***@example.com"}));
    assert!(!shown.to_string().contains(EMAIL) && !shown.to_string().contains("0000"), "{shown}");
    let protocol = shown["protocol"].as_str().unwrap().to_owned();
    wants(&mut customer, "email");
    let told = until_told(&mut customer, "email", "sent");
    assert!(!may(&told, "email"), "{told}");
    assert_eq!(customer.is_refused(json!({"do": "print"})), "print");
    customer.leaves();
    let log = customer.goes_for_good().join("\n");
    assert!(log.contains("a paper was sent to a customer") && !log.contains("example.com"), "{log}");
    let (letter, bytes, words) = only_paper(&couriers);
    assert_eq!((&letter["to"], &letter["encrypted"]), (&json!(EMAIL), &json!(true)));
    let subject = letter["subject"].as_str().unwrap();
    assert!(subject.contains(&protocol) && subject.contains("Provedor Exemplo"), "{subject}");
    let text = letter["text"].as_str().unwrap();
    assert!(text.contains("R$ 122,78") || text.contains("R$ "), "{text}");
    assert!(text.contains(&protocol) && text.contains("O banco avisa o provedor"), "{text}");
    assert!(!text.contains("Maria") && !text.contains("47-25") && !text.contains(MARIA.cpf), "{text}");
    assert_eq!(letter["papers"][0]["name"], format!("comprovante-{protocol}.pdf"));
    assert_eq!(letter["papers"][0]["bytes"], bytes.len());
    if let Some(words) = words {
        for said in ["Comprovante de pagamento", &protocol, "PIX", "Maria S.", "A baixa é feita pelo banco"] {
            assert!(words.contains(said), "{said}: {words}");
        }
        assert!(!words.contains("2ª via") && !words.contains(MARIA.cpf), "nothing was printed before: {words}");
    }
    couriers.understood_everything();
    assert_eq!(trade.papers().len(), 0);
}

#[test]
fn a_card_is_decided_by_its_paper_and_the_e_mail_is_a_copy_of_it() {
    let (trade, couriers) = open();
    let mut customer = trade.totem();
    customer.pays(&MARIA, 90, "debit");
    let shown = customer.until_that("the ways", |shown| {
        shown["step"] == "paid" && shown["write_off"] == "settled" && may(shown, "email")
    });
    assert!(!may(&shown, "print"), "the receipt came out already: {shown}");
    assert_eq!(trade.papers().len(), 1);
    wants(&mut customer, "email");
    until_told(&mut customer, "email", "sent");
    customer.goes_for_good();
    let (_, _, words) = only_paper(&couriers);
    if let Some(words) = words {
        let nsu = trade.tef_book()["transactions"][0]["nsu"].as_str().unwrap().to_owned();
        for said in ["2ª via", "Cartão de débito", &nsu, "Fatura paga e baixada."] {
            assert!(words.contains(said), "{said}: {words}");
        }
        // what the acquirer wants the cardholder to have is on the paper and in the letter
        let paper = trade.papers().remove(0);
        let tefs =
            paper.lines().find(|line| line.to_uppercase().contains("VIA CLIENTE") || line.contains("VIA DO CLIENTE"));
        if let Some(line) = tefs {
            assert!(words.contains(line.trim()), "{line}: {words}");
        }
    }
    assert_eq!((trade.papers().len(), trade.sales()), (1, vec!["confirmed".to_owned()]));
    trade.books_are_clean();
    couriers.understood_everything();
}

#[test]
fn what_is_still_owed_is_said_in_the_letter_as_on_the_paper() {
    let (trade, couriers) = open();
    trade.order_erp(&json!({"down": {"for": "write_off"}}));
    let mut customer = trade.totem();
    customer.pays(&MARIA, 90, "debit");
    customer.until_that("what is owed", |shown| shown["write_off"] == "owed" && may(shown, "email"));
    wants(&mut customer, "email");
    until_told(&mut customer, "email", "sent");
    trade.erp_is_back();
    customer.goes_for_good();
    let (letter, _, words) = only_paper(&couriers);
    assert!(letter["text"].as_str().unwrap().contains("está sendo registrado"), "{letter}");
    assert!(words.is_none_or(|words| words.contains("Baixa em processamento.")));
}

#[test]
fn an_sms_holds_the_receipt_in_one_message_and_names_nobody() {
    let (trade, couriers) = open();
    let mut customer = pays_by_pix(&trade);
    let protocol = customer.shown()["protocol"].as_str().unwrap().to_owned();
    wants(&mut customer, "sms");
    until_told(&mut customer, "sms", "sent");
    customer.goes_for_good();
    let messages = couriers.brought("messages");
    let text = messages[0]["text"].as_str().unwrap();
    assert_eq!((messages.len(), &messages[0]["phone"]), (1, &json!("31900001234")));
    for said in [&protocol, "R$ ", "PIX", "Provedor Exemplo", "Protocolo"] {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert!(text.len() <= 160 && text.is_ascii() && !text.contains("Maria") && !text.contains("529"), "{text}");
    assert!(couriers.brought("letters").is_empty());
    couriers.understood_everything();
}

#[test]
fn what_was_not_taken_may_be_wished_again_or_printed() {
    let (trade, couriers) = open();
    let mut customer = pays_by_pix(&trade);
    for orders in [
        json!({"smtp": {"refuses": "text"}}),
        json!({"smtp": {"refuses": "size"}}),
        json!({"smtp": {"refuses": "to"}}),
        json!({"smtp": {"refuses": "auth"}}),
        json!({"smtp": {"down": true}}),
    ] {
        couriers.order(&orders);
        wants(&mut customer, "email");
        let told = until_told(&mut customer, "email", "refused");
        assert!(may(&told, "email") && may(&told, "print"), "{orders}: {told}");
    }
    couriers.order(&json!({}));
    wants(&mut customer, "email");
    until_told(&mut customer, "email", "sent");
    let log = customer.goes_for_good().join("\n");
    assert!(log.contains("the server says 552") && !log.contains(EMAIL), "{log}");
    assert_eq!(couriers.brought("letters").len(), 1);
    couriers.understood_everything();
}

#[test]
fn what_nobody_knows_the_end_of_is_told_and_not_sent_again() {
    for (orders, by, list) in [
        (json!({"smtp": {"closes_after_text": true}}), "email", "letters"),
        (json!({"sms": {"mute": true}}), "sms", "messages"),
    ] {
        let (trade, couriers) = open();
        let mut customer = pays_by_pix(&trade);
        couriers.order(&orders);
        wants(&mut customer, by);
        let told = until_told(&mut customer, by, "unknown");
        assert!(!may(&told, by) && may(&told, "print"), "{told}");
        couriers.order(&json!({}));
        wants(&mut customer, by);
        wants(&mut customer, "print");
        let told = customer.until_that("the paper", |shown| shown["printed"] == "printed");
        assert!(!may(&told, by), "{told}");
        customer.goes_for_good();
        assert_eq!(couriers.brought(list).len(), 1, "{orders}");
    }
}

#[test]
fn a_server_that_stops_listening_in_the_middle_is_waited_for_and_then_told_of() {
    let (trade, couriers) = open();
    let mut customer = pays_by_pix(&trade);
    couriers.order(&json!({"smtp": {"hangs_in_text": true}}));
    wants(&mut customer, "email");
    until_told(&mut customer, "email", "sending");
    until_told(&mut customer, "email", "unknown");
    customer.goes_for_good();
    assert!(couriers.brought("letters").is_empty());
}

#[test]
fn whoever_leaves_gets_the_letter_all_the_same_and_the_next_one_sees_nothing_of_it() {
    let (trade, couriers) = open();
    let mut customer = pays_by_pix(&trade);
    couriers.order(&json!({"smtp": {"slow_ms": 400}}));
    wants(&mut customer, "email");
    until_told(&mut customer, "email", "sending");
    customer.leaves();
    assert!(couriers.brought("letters").is_empty(), "it is still on its way");
    // nothing is cut off by the end of the program either
    let log = customer.goes_for_good();
    assert!(log.iter().any(|line| line.contains("a paper was sent to a customer")), "{log:#?}");
    assert_eq!(only_paper(&couriers).0["to"], EMAIL);
}

#[test]
fn a_scanned_bill_without_a_cpf_and_a_site_that_does_not_want_it_offer_none() {
    let house = scan::house("IXC");
    let (mut trade, person) = scan::opened(house);
    let couriers = Couriers::of(&mut trade, "");
    let mut customer = trade.totem();
    let bars = scan::bars_of(&mut customer, &person);
    scan::scans(&mut customer, &bars);
    customer.until("method");
    customer.chooses("debit");
    let shown = customer.until("paid");
    assert_eq!((&shown["receipts"], &shown["letters"]), (&json!(["none"]), &Value::Null), "{shown}");
    customer.is_refused(json!({"do": "send"}));
    customer.goes_for_good();
    assert!(couriers.brought("letters").is_empty());

    let (mut trade, couriers) = open();
    trade.configure("[courier.email]", "[courier]\npapers = false\n\n[courier.email]");
    let mut customer = trade.totem();
    customer.pays(&MARIA, 90, "pix");
    let shown = customer.until("paid");
    wants(&mut customer, "email");
    wants(&mut customer, "print");
    customer.until_that("the paper", |shown| shown["printed"] == "printed");
    assert_eq!((&shown["receipts"], &shown["letters"]), (&json!(["print", "none"]), &Value::Null));
    customer.goes_for_good();
    assert!(couriers.brought("letters").is_empty() && trade.calls("contacts") == 0);
}

#[test]
fn an_earlier_receipt_of_this_totem_goes_out_as_a_copy() {
    let (trade, couriers) = open();
    let mut customer = pays_by_pix(&trade);
    let protocol = customer.shown()["protocol"].as_str().unwrap().to_owned();
    customer.taps("more");
    customer.until("trouble");
    customer.taps("services");
    customer.until("services");
    customer.chooses("receipts");
    customer.until("receipts");
    customer.chooses(&protocol);
    let form = customer.until("form");
    let ways: Vec<&str> = form["options"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect();
    assert_eq!((&form["asks"], ways), (&json!("send_to"), vec!["print", "email", "sms"]));
    customer.chooses("email");
    let told = customer.until_that("what became of it", |shown| shown["letter"]["sent"] == "sent");
    assert_eq!((&told["step"], &told["letter"]["to"]), (&json!("receipts"), &json!("c***@example.com")));
    customer.goes_for_good();
    let (letter, _, words) = only_paper(&couriers);
    assert!(letter["subject"].as_str().unwrap().contains(&protocol));
    assert!(words.is_none_or(|words| words.contains("2ª via") && words.contains(&protocol)));
}
