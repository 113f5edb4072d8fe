//! What a customer changes at the counter, against the stand-in of the ERP that has it: asked for once, told as it ended,
//! and looked up where nobody knows.

use serde_json::{Value, json};

use crate::courier::Couriers;
use crate::services::{at_the_counter, count, files, menu, prints};
use crate::trade::customer::Customer;
use crate::trade::{ANA, JOAO, MARIA, PEDRO, Trade};

/// Answers a form from its first question to the notice: a choice by its id, everything else as it is typed.
pub fn fills(customer: &mut Customer, answers: &[(&str, &str)]) -> Value {
    loop {
        let form = customer.until_that("a question or an end", |shown| {
            ["form", "notice", "trouble"].iter().any(|step| shown["step"] == *step)
        });
        let Some(asks) = form["asks"].as_str().filter(|_| form["step"] == "form") else { return form };
        let answer = answers.iter().find(|(question, _)| *question == asks).map(|(_, answer)| *answer);
        match answer {
            Some(answer) if form["options"].is_array() => customer.chooses(answer),
            Some(answer) if form["typed"].is_null() => customer.types(answer),
            _ => customer.taps("submit"),
        }
    }
}

/// Back before the menu.
pub fn again(customer: &mut Customer) {
    customer.taps("more");
    customer.until_either("invoices", "trouble");
    customer.taps("services");
    customer.until("services");
}

fn changes_the_due_day(customer: &mut Customer) -> Value {
    customer.chooses("due_day");
    fills(customer, &[])
}

#[test]
fn a_due_day_is_changed_once_and_the_form_tells_what_it_does_to_the_bills() {
    let trade = Trade::open();
    let mut customer = at_the_counter(&trade, &MARIA);
    customer.chooses("due_day");
    let form = customer.until("form");
    // of two days in use one is the contract's own, so there is nothing to choose
    assert_eq!((&form["form"], &form["asks"]), (&json!("due_day"), &json!("confirm")), "{form}");
    let day = &form["answers"][1];
    assert_eq!(
        (&day["day"], &day["billed_from"], &day["billed_to"], &day["same_month"]),
        (&json!("5"), &json!(6), &json!(5), &json!(true)),
        "{form}"
    );
    customer.taps("submit");
    let told = customer.until("notice");
    assert_eq!((&told["about"], &told["outcome"]), (&json!("due_day"), &json!("done")), "{told}");
    let paper = prints(&trade, &mut customer);
    assert!(paper.contains("vencimento") && paper.contains("Maria S.") && !paper.contains(MARIA.cpf), "{paper}");
    assert!(paper.contains("dia 5") && paper.contains("do dia 6 ao dia 5"), "what it does to the bills: {paper}");
    customer.goes_for_good();
    assert_eq!(trade.erp_book()["due_day_changes"], json!([{"contract": 1_283_321, "from": 4, "to": 2}]));
    assert_eq!(trade.erp_book()["errors"], json!([]));
}

#[test]
fn of_several_contracts_one_is_chosen_and_a_cancelled_one_is_none() {
    let trade = Trade::open();
    let mut customer = at_the_counter(&trade, &JOAO);
    customer.chooses("due_day");
    let form = customer.until("form");
    let ids: Vec<&str> = form["options"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["1283299", "1283303", "1283310"]);
    assert_eq!(fills(&mut customer, &[("contract", "1283303")])["outcome"], "done");
    customer.goes_for_good();
    assert_eq!(trade.erp_book()["due_day_changes"][0]["contract"], 1_283_303);
}

#[test]
fn a_due_day_whose_answer_is_lost_is_looked_up_and_not_asked_for_again() {
    let trade = Trade::open();
    trade.order_erp(&json!({"empty": {"value": true, "for": "change_due_day"}}));
    let mut customer = at_the_counter(&trade, &MARIA);
    assert_eq!(changes_the_due_day(&mut customer)["outcome"], "done");
    customer.goes_for_good();
    assert_eq!((count(&trade, "due_day_changes"), trade.calls("change_due_day")), (1, 1));
}

#[test]
fn a_due_day_that_nobody_knows_of_is_told_so_and_looked_at_before_it_is_offered_again() {
    let trade = Trade::open();
    trade.order_erp(&json!({"status": {"value": 500, "for": "change_due_day", "times": 1}}));
    let mut customer = at_the_counter(&trade, &MARIA);
    let told = changes_the_due_day(&mut customer);
    assert_eq!(told["outcome"], "unknown");
    assert!(told["message"].as_str().unwrap().contains("Não peça de novo"), "{told}");
    again(&mut customer);
    let looks = trade.calls("customer_by_id");
    assert_eq!(changes_the_due_day(&mut customer)["outcome"], "done");
    assert!(trade.calls("customer_by_id") > looks, "it is looked at first");
    customer.goes_for_good();
    assert_eq!(count(&trade, "due_day_changes"), 1);
}

#[test]
fn an_erp_that_is_gone_before_the_change_changed_nothing_and_the_form_is_still_there() {
    let trade = Trade::open();
    let mut customer = at_the_counter(&trade, &MARIA);
    trade.erp_is_down();
    customer.chooses("due_day");
    assert_eq!(customer.until("trouble")["code"], "E1");
    trade.erp_is_back();
    customer.taps("retry");
    customer.until("form");
    trade.erp_is_down();
    customer.taps("submit");
    let told = customer.until_either("notice", "trouble");
    assert!(told["outcome"] == "unknown" || told["code"] == "E1", "{told}");
    trade.erp_is_back();
    customer.goes_for_good();
    assert_eq!(count(&trade, "due_day_changes"), 0);
}

#[test]
fn a_new_phone_is_typed_twice_and_goes_to_the_providers_staff_as_a_request() {
    let trade = Trade::open();
    let mut customer = at_the_counter(&trade, &MARIA);
    customer.chooses("contacts");
    let form = customer.until("form");
    assert_eq!(form["options"][0]["text"], "*******1234", "of what is known only so much shows");
    customer.chooses("phone");
    customer.until_that("the phone", |shown| shown["asks"] == "phone");
    customer.types("31955554444");
    customer.taps("submit");
    customer.until_that("the phone again", |shown| shown["asks"] == "phone_again");
    customer.types("31955554445");
    customer.taps("submit");
    customer.until_that("the difference", |shown| shown["problem"] == "different");
    customer.taps("erase");
    customer.types("4");
    customer.until_that("the whole phone", |shown| shown["typed"] == "31955554444");
    customer.taps("submit");
    customer.until_that("the end of the form", |shown| shown["asks"] == "confirm");
    customer.taps("submit");
    let told = customer.until("notice");
    assert_eq!((&told["about"], &told["outcome"]), (&json!("contacts"), &json!("requested")), "{told}");
    let paper = prints(&trade, &mut customer);
    assert!(paper.contains("pedido") && !paper.contains("31955554444"), "{paper}");
    let log = customer.goes_for_good().join("\n");
    assert!(!log.contains("31955554444"));
    let asked = trade.erp_book()["profile_requests"].clone();
    assert_eq!(
        asked,
        json!([{
            "customer": 81593,
            "name": "MARIA FICTÍCIA DA SILVA",
            "email": null,
            "mobile": "31955554444",
            "contracts": [],
        }])
    );
}

#[test]
fn a_new_email_has_to_be_one() {
    let trade = Trade::open();
    let mut customer = at_the_counter(&trade, &MARIA);
    customer.chooses("contacts");
    customer.until("form");
    customer.chooses("email");
    customer.until_that("the e-mail", |shown| shown["asks"] == "new_email");
    customer.types("maria@exemplo");
    customer.taps("submit");
    customer.until_that("the problem", |shown| shown["problem"] == "email");
    customer.types(".com");
    customer.until_that("the whole address", |shown| shown["typed"] == "maria@exemplo.com");
    let told = fills(&mut customer, &[("new_email_again", "maria@exemplo.com")]);
    assert_eq!(told["outcome"], "requested", "{told}");
    customer.goes_for_good();
    assert_eq!(trade.erp_book()["profile_requests"][0]["email"], "maria@exemplo.com");
}

#[test]
fn messages_are_switched_only_where_the_site_says_how_and_never_another_customers() {
    let mut trade = Trade::open();
    trade.configure("pix = true", "pix = true\nnotifications = \"idAtendimento\"");
    let mut customer = at_the_counter(&trade, &MARIA);
    assert!(menu(&customer).contains(&"notifications".to_owned()));
    customer.chooses("notifications");
    assert_eq!(fills(&mut customer, &[("receive", "off")])["outcome"], "done");
    customer.goes_for_good();
    assert_eq!(trade.erp_book()["notified"], json!([{"customer": 81593, "on": false}]));
}

#[test]
fn a_digital_invoice_takes_the_customers_password_and_nobody_keeps_it() {
    let mut trade = Trade::open();
    trade.configure("pix = true", "pix = true\ncustomer_password = true");
    let mut customer = at_the_counter(&trade, &MARIA);
    customer.chooses("digital_invoice");
    assert_eq!(fills(&mut customer, &[("password", "errada")])["outcome"], "refused");
    again(&mut customer);
    customer.chooses("digital_invoice");
    customer.until_that("the password", |shown| shown["asks"] == "password");
    customer.types("senha-do-app");
    let typed = customer.until_that("stars", |shown| shown["typed"] == "************");
    assert!(!typed.to_string().contains("senha-do-app"));
    assert_eq!(fills(&mut customer, &[])["outcome"], "done");
    let log = customer.goes_for_good().join("\n").into_bytes();
    assert_eq!(trade.erp_book()["digital"], json!([81593]));
    let mut found = vec![("the log".to_owned(), log)];
    files(&trade.path("totem"), &mut found);
    for (name, bytes) in found {
        for secret in ["senha-do-app", "errada"] {
            assert!(!bytes.windows(secret.len()).any(|window| window == secret.as_bytes()), "{secret} is in {name}");
        }
    }
}

#[test]
fn a_contract_rests_where_nothing_is_owed_and_only_then() {
    let trade = Trade::open();
    let mut customer = at_the_counter(&trade, &JOAO);
    customer.chooses("pause");
    let form = customer.until("form");
    assert_eq!(form["options"][0]["owes"], true, "{form}");
    customer.chooses("1283299");
    customer.taps("back");
    customer.until("services");
    customer.leaves();
    customer.identifies(&ANA);
    customer.taps("services");
    customer.until("services");
    customer.chooses("pause");
    customer.until_that("the day", |shown| shown["asks"] == "pause_from");
    customer.types("31122020");
    customer.taps("submit");
    customer.until_that("a day to come", |shown| shown["problem"] == "day");
    customer.taps("clear");
    let from = jiff::Zoned::now().date().saturating_add(jiff::ToSpan::days(10));
    customer.types(&from.strftime("%d%m%Y").to_string());
    customer.until_that("the whole day", |shown| shown["typed"].as_str().is_some_and(|typed| typed.len() == 8));
    assert_eq!(fills(&mut customer, &[("pause_days", "30")])["outcome"], "done");
    again(&mut customer);
    customer.chooses("pause");
    assert_eq!(customer.until("form")["options"][0]["rested"], true);
    customer.goes_for_good();
    let book = trade.erp_book();
    assert_eq!(book["pauses"], json!([{"contract": 1_283_350, "from": from.to_string(), "days": 30}]));
}

#[test]
fn a_pause_that_the_provider_refuses_is_told_and_one_without_an_answer_is_looked_up() {
    let trade = Trade::open();
    let mut customer = at_the_counter(&trade, &ANA);
    let from = jiff::Zoned::now().date().saturating_add(jiff::ToSpan::days(10)).strftime("%d%m%Y").to_string();
    customer.chooses("pause");
    assert_eq!(fills(&mut customer, &[("pause_from", &from), ("pause_days", "365")])["outcome"], "refused");
    again(&mut customer);
    trade.order_erp(&json!({"empty": {"value": true, "for": "pause"}}));
    customer.chooses("pause");
    assert_eq!(fills(&mut customer, &[("pause_from", &from), ("pause_days", "30")])["outcome"], "done");
    customer.goes_for_good();
    assert_eq!(count(&trade, "pauses"), 1);
}

#[test]
fn a_new_app_password_goes_by_sms_and_is_asked_for_once() {
    let trade = Trade::open();
    let mut customer = at_the_counter(&trade, &MARIA);
    customer.chooses("app_password");
    assert_eq!(fills(&mut customer, &[])["outcome"], "done");
    again(&mut customer);
    trade.order_erp(&json!({"empty": {"value": true, "for": "reset_password"}}));
    customer.chooses("app_password");
    assert_eq!(fills(&mut customer, &[])["outcome"], "unknown");
    again(&mut customer);
    assert!(!menu(&customer).contains(&"app_password".to_owned()), "nobody can look what became of it");
    customer.goes_for_good();
    assert_eq!((count(&trade, "password_resets"), trade.calls("reset_password")), (2, 2));
}

#[test]
fn a_visit_is_moved_to_a_free_half_day_then_cancelled_and_one_that_was_made_is_rated() {
    let trade = Trade::open();
    let mut customer = at_the_counter(&trade, &ANA);
    customer.chooses("visits");
    let list = customer.until("records");
    let states: Vec<_> = list["records"].as_array().unwrap().iter().map(|one| (&one["id"], &one["opens"])).collect();
    assert_eq!(states, [(&json!("3395"), &json!("choices")), (&json!("3396"), &json!("choices"))], "{list}");
    customer.chooses("3395");
    customer.until_that("what to do", |shown| shown["asks"] == "visit_act");
    customer.chooses("move");
    let form = customer.until_that("the free half-days", |shown| shown["asks"] == "slot");
    let slot = form["options"][1].clone();
    let told = fills(&mut customer, &[("slot", slot["id"].as_str().unwrap())]);
    assert_eq!((&told["about"], &told["outcome"]), (&json!("move_visit"), &json!("done")), "{told}");
    let visit = trade.erp_book()["visits"][0].clone();
    assert_eq!((&visit["on"], &visit["moves"]), (&slot["on"], &json!(1)));
    again(&mut customer);
    customer.chooses("visits");
    assert_eq!(customer.until("records")["records"][0]["on"], slot["on"]);
    customer.chooses("3395");
    let told = fills(&mut customer, &[("visit_act", "cancel")]);
    assert_eq!((&told["about"], &told["outcome"]), (&json!("cancel_visit"), &json!("done")), "{told}");
    again(&mut customer);
    customer.chooses("visits");
    assert_eq!(customer.until("records")["records"].as_array().unwrap().len(), 1);
    customer.chooses("3396");
    customer.until_that("a mark", |shown| shown["asks"] == "technician_mark");
    customer.types("11");
    customer.taps("submit");
    customer.until_that("the problem", |shown| shown["problem"] == "number");
    customer.taps("clear");
    let told = fills(&mut customer, &[("technician_mark", "10"), ("solution_mark", "8")]);
    assert_eq!((&told["about"], &told["outcome"]), (&json!("rate_visit"), &json!("done")), "{told}");
    again(&mut customer);
    customer.chooses("visits");
    customer.until("records");
    customer.chooses("3396");
    let told = fills(&mut customer, &[("technician_mark", "1"), ("solution_mark", "1")]);
    assert_eq!(told["outcome"], "refused", "a mark is given once");
    customer.goes_for_good();
    let visits = trade.erp_book()["visits"].clone();
    assert_eq!((&visits[0]["state"], &visits[1]["marks"]), (&json!("cancelled"), &json!([10.0, 8.0])));
    assert_eq!(trade.erp_book()["errors"], json!([]));
}

#[test]
fn a_visit_whose_move_is_lost_is_found_where_it_was_moved_to() {
    let trade = Trade::open();
    trade.order_erp(&json!({"empty": {"value": true, "for": ["move_visit", "cancel_visit"]}}));
    let mut customer = at_the_counter(&trade, &ANA);
    for act in ["move", "cancel"] {
        customer.chooses("visits");
        customer.until("records");
        customer.chooses("3395");
        customer.until_that("what to do", |shown| shown["asks"] == "visit_act");
        customer.chooses(act);
        let form = customer.until_that("what follows", |shown| shown["asks"] == "slot" || shown["asks"] == "confirm");
        let slot = form["options"][0]["id"].as_str().unwrap_or_default().to_owned();
        assert_eq!(fills(&mut customer, &[("slot", &slot)])["outcome"], "done", "{act}");
        again(&mut customer);
    }
    customer.goes_for_good();
    assert_eq!((trade.calls("move_visit"), trade.calls("cancel_visit")), (1, 1));
}

#[test]
fn nobody_has_visits_and_two_hundred_are_no_hindrance() {
    let trade = Trade::open();
    let mut customer = at_the_counter(&trade, &MARIA);
    customer.chooses("visits");
    assert_eq!(customer.until("records")["records"], json!([]));
    assert_eq!(customer.is_refused(json!({"do": "choose", "option": "3395"})), "choose");
    customer.leaves();
    customer.identifies(&PEDRO);
    customer.taps("services");
    customer.until("services");
    customer.chooses("visits");
    let list = customer.until("records");
    assert_eq!(list["records"].as_array().unwrap().len(), 200);
    customer.chooses("4199");
    customer.until_that("what to do", |shown| shown["asks"] == "visit_act");
    customer.goes_for_good();
}

#[test]
fn a_contact_that_would_be_in_force_at_once_is_not_changed_where_no_code_can_be_sent() {
    let mut trade = Trade::open_with_datacake();
    trade.configure("path_baixa = \"/baixa\"", "path_baixa = \"/baixa\"\npath_editar_cliente = \"/editar\"");
    let mut customer = at_the_counter(&trade, &MARIA);
    assert!(!menu(&customer).contains(&"contacts".to_owned()), "who knows a birthday would take the account over");
    customer.chooses("contacts");
    customer.goes_for_good();
    assert_eq!(trade.calls("edit"), 0);
}

#[test]
fn an_erp_of_document_003_changes_a_phone_itself_and_is_asked_once() {
    let mut trade = Trade::open_with_datacake();
    trade.configure("path_baixa = \"/baixa\"", "path_baixa = \"/baixa\"\npath_editar_cliente = \"/editar\"");
    let couriers = Couriers::of(&mut trade, "");
    let mut customer = at_the_counter(&trade, &MARIA);
    let confirms = |customer: &mut Customer, kind: &str, asks: &str, value: &str, list: &str| {
        customer.chooses("contacts");
        customer.until_that("the kind", |shown| shown["asks"] == "contact_kind");
        customer.chooses(kind);
        customer.until_that("the address", |shown| shown["asks"] == *asks);
        customer.types(value);
        customer.taps("submit");
        customer.until_that("the code", |shown| shown["asks"] == "code");
        customer.types(&couriers.code(list, 1));
        customer.taps("submit");
        customer.until("notice")
    };
    let told = confirms(&mut customer, "phone", "phone", "31955554444", "messages");
    assert_eq!((&told["about"], &told["outcome"]), (&json!("contacts"), &json!("done")), "{told}");
    again(&mut customer);
    trade.order_erp(&json!({"empty": {"value": true, "for": "edit"}}));
    let told = confirms(&mut customer, "email", "new_email", "m@exemplo.com", "letters");
    assert_eq!(told["outcome"], "unknown");
    again(&mut customer);
    assert!(!menu(&customer).contains(&"contacts".to_owned()), "this ERP tells no contacts to look at");
    customer.goes_for_good();
    assert_eq!((count(&trade, "profile_requests"), trade.calls("edit")), (2, 2));
    assert_eq!(trade.erp_book()["profile_requests"][0]["mobile"], "31955554444");
}
