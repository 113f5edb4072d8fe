//! The provider's own documents by e-mail: the very file that was shown, at every ERP that has such papers.

use serde_json::{Value, json};

use super::{only_paper, open};
use crate::courier::Couriers;
use crate::services::at_the_counter;
use crate::trade::customer::Customer;
use crate::trade::{ANA, JOAO, MARIA, Person, Trade};

fn at_list(trade: &Trade, person: &Person, service: &str) -> (Customer, Value) {
    let mut customer = at_the_counter(trade, person);
    customer.chooses(service);
    let list = customer.until("records");
    (customer, list)
}

fn first(list: &Value, opens: &str) -> String {
    let mut records = list["records"].as_array().unwrap().iter();
    records.find(|one| one["opens"] == opens).unwrap()["id"].as_str().unwrap().to_owned()
}

/// Sends what lies open, and waits for what became of it.
fn sends(customer: &mut Customer, news: &str) -> Value {
    customer.until_that("the way to send it", |shown| {
        shown["step"] == "document" && shown["actions"].as_array().unwrap().contains(&json!("send"))
    });
    customer.taps("send");
    customer.until_that(news, |shown| shown["letter"]["sent"] == news)
}

/// Sites of document 003 may tell where the ERP has the addresses; the document itself does not.
fn datacake_that_tells() -> (Trade, Couriers) {
    let mut trade = Trade::open_with_datacake();
    trade.configure(
        "[tef.file_exchange]\n",
        "[erp.configured.override.operation.contatos]\npath_from = \"path_info_cliente\"\n\
         fields = { cnpj_cpf = \"{{ customer.document }}\" }\n\
         read = '''[{kind: \"email\", value: \"ana.inventada@example.com\"}]'''\n\n[tef.file_exchange]\n",
    );
    let couriers = Couriers::of(&mut trade, "");
    (trade, couriers)
}

#[test]
fn a_fiscal_note_is_sent_as_it_was_shown_and_the_erp_is_not_asked_again() {
    let mut trade = crate::hubsoft::open(&[]);
    let couriers = Couriers::of(&mut trade, "");
    let (mut customer, list) = at_list(&trade, &JOAO, "fiscal_notes");
    customer.chooses(&first(&list, "document"));
    customer.until("document");
    let asked = trade.erp_book()["calls"].clone();
    let told = sends(&mut customer, "sent");
    assert_eq!(told["letter"]["to"], "j***@example.com", "{told}");
    assert_eq!(trade.erp_book()["calls"], asked);
    // it is a letter more beside the paper
    customer.taps("print");
    customer.until_that("the paper", |shown| shown["printed"] == "printed");
    customer.taps("back");
    customer.until("records");
    customer.chooses(&first(&list, "document"));
    let again = customer.until("document");
    assert!(again["letter"]["sent"] == "sent" && !again["actions"].as_array().unwrap().contains(&json!("send")));
    customer.goes_for_good();
    let (letter, bytes, _) = only_paper(&couriers);
    assert_eq!(
        (&letter["to"], &letter["papers"][0]["name"]),
        (&json!("joao.inventado@example.com"), &json!("nota-fiscal.pdf"))
    );
    assert!(letter["subject"].as_str().unwrap().ends_with("a sua nota fiscal"), "{letter}");
    assert!(bytes.starts_with(b"%PDF-") && bytes.len() > 200);
    couriers.understood_everything();
}

#[test]
fn the_contract_and_a_bill_go_out_and_what_was_refused_may_be_wished_again() {
    let (trade, couriers) = open();
    let mut customer = at_the_counter(&trade, &MARIA);
    customer.chooses("contract");
    couriers.order(&json!({"smtp": {"refuses": "data"}}));
    sends(&mut customer, "refused");
    couriers.order(&json!({}));
    sends(&mut customer, "sent");
    customer.goes_for_good();
    let (letter, _, words) = only_paper(&couriers);
    assert_eq!(letter["papers"][0]["name"], "contrato.pdf");
    assert!(words.is_none_or(|words| !words.trim().is_empty()));

    let (trade, couriers) = open();
    let mut customer = trade.totem();
    customer.identifies(&MARIA);
    customer.does(json!({"do": "details", "id": "90"}));
    customer.until("invoice");
    customer.taps("show_document");
    sends(&mut customer, "sent");
    customer.goes_for_good();
    let (letter, _, words) = only_paper(&couriers);
    assert_eq!(letter["papers"][0]["name"], "conta.pdf");
    assert!(words.is_none_or(|words| words.contains("FATURA 90")));
    couriers.understood_everything();
}

#[test]
fn a_bill_that_was_withheld_is_sent_to_nobody() {
    let (trade, couriers) = open();
    trade.order_erp(&json!({"forged": {"for": "boleto_pdf"}}));
    let mut customer = trade.totem();
    customer.identifies(&MARIA);
    customer.does(json!({"do": "details", "id": "90"}));
    customer.until("invoice");
    customer.taps("show_document");
    assert_eq!(customer.until("trouble")["code"], "B3");
    assert_eq!(customer.is_refused(json!({"do": "send"})), "send");
    customer.goes_for_good();
    assert!(couriers.brought("letters").is_empty());
}

#[test]
fn a_settled_year_goes_out_as_the_providers_file_or_as_our_slip() {
    let (trade, couriers) = datacake_that_tells();
    let (mut customer, list) = at_list(&trade, &ANA, "annual_settlements");
    customer.chooses(&first(&list, "document"));
    sends(&mut customer, "sent");
    customer.taps("back");
    customer.until("records");
    customer.chooses(&first(&list, "slip"));
    customer.until_that("how", |shown| shown["asks"] == "send_to");
    customer.chooses("email");
    let told = customer.until_that("what became of it", |shown| shown["letter"]["sent"] == "sent");
    assert_eq!((&told["step"], &told["letter"]["to"]), (&json!("records"), &json!("a***@example.com")));
    customer.goes_for_good();
    let letters = couriers.brought("letters");
    let names: Vec<&str> = letters.iter().map(|one| one["papers"][0]["name"].as_str().unwrap()).collect();
    assert_eq!(letters.len(), 2, "{letters:#?}");
    assert!(names[0] == "quitacao-anual.pdf" && names[1].starts_with("quitacao-anual-20"), "{names:?}");
    let slip = super::words_of(&couriers.path(letters[1]["papers"][0]["file"].as_str().unwrap()));
    if let Some(slip) = slip {
        assert!(slip.contains("12.007/2009") && slip.contains("Ana S.") && !slip.contains(ANA.cpf), "{slip}");
    }
    assert!(trade.papers().is_empty());
    couriers.understood_everything();
}

#[test]
fn one_person_is_sent_so_many_papers_in_an_hour_whoever_says_goodbye_in_between() {
    let (trade, couriers) = open();
    let mut customer = trade.totem();
    for visit in 1..=11 {
        customer.identifies(&MARIA);
        customer.does(json!({"do": "details", "id": "90"}));
        customer.until("invoice");
        customer.taps("show_document");
        sends(&mut customer, if visit > 10 { "too_many" } else { "sent" });
        customer.leaves();
    }
    let log = customer.goes_for_good().join("\n");
    assert!(log.contains("there were too many in this hour"), "{log}");
    assert_eq!(couriers.brought("letters").len(), 10);
}
