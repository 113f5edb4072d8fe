//! What goes wrong for somebody who becomes a customer: nothing is lost of what they typed, nothing is asked for twice.

use serde_json::{Value, json};

use super::{AUTOMATION, HOUSES, answers_until, at_the_products, becomes_a_customer, count, is_question, may};
use crate::trade::customer::Customer;
use crate::trade::process::Process;
use crate::trade::{MARIA, Trade};

const CNPJ: &str = "11222333000181";

#[test]
fn where_nothing_is_sold_the_provider_says_so_and_another_cep_can_be_tried() {
    for cep in ["30160010", "99999999"] {
        let trade = crate::hubsoft::open(&[]);
        let mut customer = trade.totem();
        let shown = at_the_products(&mut customer, cep);
        assert_eq!((&shown["step"], &shown["code"]), (&json!("trouble"), &json!("N1")), "{shown}");
        assert!(shown["message"].as_str().unwrap().contains("plano"), "{shown}");
        customer.taps("back");
        assert_eq!(customer.until("form")["typed"], "Savassi", "what was typed is still there");
        customer.leaves();
        customer.goes_for_good();
        assert_eq!(count(&trade, "prospects"), 0);
    }
}

#[test]
fn who_is_there_already_is_refused_in_the_providers_words_without_anybodys_name() {
    let trade = crate::hubsoft::open(&[]);
    let (mut customer, ..) = becomes_a_customer(&trade);
    customer.leaves();
    customer.taps("join");
    answers_until(&mut customer, "confirm");
    customer.taps("submit");
    let told = customer.until("notice");
    assert_eq!(told["outcome"], "refused");
    assert_eq!(told["words"], "este CPF ou CNPJ já foi cadastrado");
    assert!(may(&told, "back") && !may(&told, "more"));
    customer.taps("back");
    let confirm = customer.until_that("the summary", |shown| shown["asks"] == "confirm");
    assert!(
        confirm["answers"].as_array().unwrap().iter().any(|answer| answer["text"] == "***.***.*21-00"),
        "{confirm}"
    );
    customer.goes_for_good();
    assert_eq!(count(&trade, "prospects"), 1);
}

#[test]
fn an_answer_that_is_lost_is_told_as_unknown_and_nothing_is_sent_again() {
    for (open, operation, list) in [
        (HOUSES[0].open, "prospect", "prospects"),
        (HOUSES[1].open, "prospect", "joined"),
        (HOUSES[3].open, "order", "joined"),
    ] {
        let trade = open();
        trade.order_erp(&json!({"empty": {"value": true, "for": operation}}));
        let (customer, _, told) = becomes_a_customer(&trade);
        assert_eq!(told["outcome"], "unknown", "{told}");
        assert!(told["message"].as_str().unwrap().contains("Não peça de novo"), "{told}");
        customer.goes_for_good();
        assert_eq!((count(&trade, list), trade.calls(operation)), (1, 1));
    }
}

#[test]
fn an_erp_that_goes_half_way_takes_nothing_and_keeps_nothing_and_is_asked_again() {
    let trade = crate::hubsoft::open(&[]);
    let mut customer = trade.totem();
    customer.until_that("the button", |shown| may(shown, "join"));
    customer.taps("join");
    answers_until(&mut customer, "district");
    trade.erp_is_down();
    customer.types("Savassi");
    customer.taps("submit");
    assert_eq!(customer.until("trouble")["code"], "E1");
    trade.erp_is_back();
    customer.taps("retry");
    customer.until_that("the products", |shown| shown["asks"] == "product");
    answers_until(&mut customer, "confirm");
    customer.taps("submit");
    assert_eq!(customer.until("notice")["outcome"], "done");
    customer.goes_for_good();
    assert_eq!(count(&trade, "prospects"), 1);
}

#[test]
fn a_cep_is_looked_up_where_the_site_says_whom_to_ask_and_typed_where_nobody_answers() {
    let mut trade = crate::hubsoft::open(&[]);
    let state = trade.path("postal");
    let mut postal = Process::start("postal", &["simulate", "postal", "--state", state.to_str().unwrap()]);
    let ready: Value = serde_json::from_str(&postal.line("the CEP service's address")).unwrap();
    let address = ready["listening"].as_str().unwrap();
    trade.configure("[journey]", &format!("[join.cep]\nurl = \"http://{address}/ws/{{cep}}/json/\"\n\n[journey]"));
    let mut customer = trade.totem();
    let asks_after = |customer: &mut Customer, cep: &str| {
        customer.until_that("the button", |shown| may(shown, "join"));
        customer.taps("join");
        customer.until_that("the consent", |shown| shown["asks"] == "consent");
        customer.taps("submit");
        customer.until_that("the CEP", |shown| shown["asks"] == "cep");
        customer.types(cep);
        customer.taps("submit");
        customer.until_that("what is asked then", |shown| is_question(shown) && shown["asks"] != "cep")
    };
    // a town of one CEP, one that is nowhere, a service that talks nonsense, and one that is gone
    for (cep, orders) in
        [("35560000", "{}"), ("11111111", "{}"), ("30140071", "{\"garbage\": true}"), ("30140071", "{\"down\": true}")]
    {
        std::fs::write(state.join("control.json"), orders).unwrap();
        assert_eq!(asks_after(&mut customer, cep)["asks"], "street", "{cep} {orders}");
        customer.leaves();
    }
    std::fs::write(state.join("control.json"), "{}").unwrap();
    let found = asks_after(&mut customer, "30140071");
    assert_eq!(found["asks"], "address");
    assert_eq!(found["options"][0]["text"], "Rua Inventada, Savassi, Belo Horizonte - MG");
    customer.chooses("found");
    let (asked, _) = answers_until(&mut customer, "product");
    assert_eq!(asked, ["house_number", "complement", "product"]);
    answers_until(&mut customer, "confirm");
    customer.taps("submit");
    assert_eq!(customer.until("notice")["outcome"], "done");
    customer.goes_for_good();
    assert_eq!(trade.erp_book()["prospects"][0]["address"], json!(["Rua Inventada", "102", "Savassi", "30140071"]));
}

#[test]
fn what_cannot_be_is_not_gone_on_with_and_going_back_keeps_it_all() {
    let trade = crate::hubsoft::open(&[]);
    let mut customer = trade.totem();
    customer.until_that("the button", |shown| may(shown, "join"));
    customer.taps("join");
    answers_until(&mut customer, "tax_id");
    for wrong in ["98765432101", "11111111111"] {
        customer.types(wrong);
        customer.taps("submit");
        customer.until_that("the problem", |shown| shown["problem"] == "tax_id");
        customer.taps("clear");
        customer.until_that("nothing typed", |shown| shown["typed"].is_null());
    }
    customer.types(CNPJ);
    customer.taps("submit");
    customer.until_that("the name", |shown| shown["asks"] == "name");
    customer.types("Padaria");
    customer.taps("submit");
    customer.until_that("the phone", |shown| shown["asks"] == "phone");
    customer.taps("back");
    assert_eq!(customer.until_that("the name again", |shown| shown["asks"] == "name")["typed"], "Padaria");
    customer.taps("back");
    let masked = customer.until_that("the CNPJ again", |shown| shown["asks"] == "tax_id");
    assert_eq!(masked["typed"], "**.***.***/****-*1");
    customer.goes_for_good();
}

#[test]
fn a_form_that_is_left_is_forgotten_when_nobody_touches_it() {
    let mut trade = crate::hubsoft::open(&[]);
    trade.configure("warn_after_s = 45\nleave_after_s = 20", "warn_after_s = 10\nleave_after_s = 5");
    let mut customer = trade.totem();
    customer.until_that("the button", |shown| may(shown, "join"));
    customer.taps("join");
    answers_until(&mut customer, "house_number");
    customer.until("still_there");
    customer.until("identify");
    customer.taps("join");
    customer.until_that("the consent", |shown| shown["asks"] == "consent");
    customer.taps("submit");
    assert!(customer.until_that("the CEP", |shown| shown["asks"] == "cep")["typed"].is_null());
    customer.goes_for_good();
    assert_eq!(count(&trade, "prospects"), 0);
}

#[test]
fn another_plan_whose_answer_is_lost_is_unknown_and_not_offered_again() {
    let trade = Trade::open_with("automation", &[], AUTOMATION);
    trade.order_erp(&json!({"garbage": {"value": true, "for": "order_for_customer"}}));
    let mut customer = trade.totem();
    customer.identifies(&MARIA);
    customer.taps("services");
    customer.until("services");
    customer.chooses("order");
    answers_until(&mut customer, "confirm");
    customer.taps("submit");
    assert_eq!(customer.until("notice")["outcome"], "unknown");
    customer.taps("more");
    customer.until("invoices");
    customer.taps("services");
    let menu = customer.until("services");
    assert!(menu["options"].as_array().unwrap().iter().all(|option| option["id"] != "order"), "{menu}");
    customer.goes_for_good();
    assert_eq!((count(&trade, "joined"), trade.calls("order_for_customer")), (1, 1));
}
