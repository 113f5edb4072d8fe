//! The technician before the real program: a PIN, the list, a decision; out of service; the journal walked on the spot.

use std::process::Command;

use serde_json::{Value, json};

use crate::trade::customer::Customer;
use crate::trade::process::Process;
use crate::trade::technician::PIN;
use crate::trade::{MARIA, PEDRO, Trade};

pub fn trade() -> Trade {
    Trade::open().with_a_technician()
}

fn tries(technician: &mut Customer, pin: &str) {
    technician.tries_a_pin(pin);
}

fn opens_the_panel(technician: &mut Customer) -> Value {
    technician.opens_the_panel()
}

fn page(technician: &mut Customer, page: &str) -> Value {
    technician.until_page(page)
}

fn news(technician: &mut Customer, news: &str) -> Value {
    technician.until_news(news)
}

pub fn journal(trade: &Trade, arguments: &[&str]) -> String {
    let state = trade.path("totem");
    let mut command = Command::new(env!("CARGO_BIN_EXE_totem"));
    let done = command.args(["journal", "--state"]).arg(state).args(arguments).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}

#[test]
fn a_payment_that_needs_a_person_is_resolved_at_the_totem_by_whoever_has_a_pin() {
    let trade = trade();
    let mut customer = trade.totem();
    trade.order_erp(&json!({"write_off": "reject"}));
    customer.pays(&MARIA, 90, "debit");
    customer.until("paid");
    let called = |log: &[String]| log.iter().any(|line| line.contains("fact=\"person_called\""));
    customer.totem.until_log("that a person is called", called);
    customer.leaves();

    customer.taps("service");
    customer.until("service_pin");
    tries(&mut customer, "482916");
    customer.until_that("no panel", |shown| shown["problem"] == "wrong");
    tries(&mut customer, PIN);
    let state = customer.until_that("the panel", |shown| shown["page"] == "state" && shown["person"] == 1);
    assert_eq!((&state["by"], &state["open"]), (&json!("Ana Técnica"), &json!(1)));
    assert_eq!(
        (&state["journal"], &state["erp"], &state["in_service"]),
        (&json!("works"), &json!("works"), &json!(true))
    );

    customer.chooses("person");
    let list = page(&mut customer, "list");
    let protocol = list["options"][0]["id"].as_str().unwrap().to_owned();
    assert_eq!((list["options"].as_array().unwrap().len(), &list["options"][0]["method"]), (1, &json!("debit")));
    customer.chooses(&protocol);
    let account = page(&mut customer, "account");
    let told = account.to_string();
    let nsu = trade.tef_book()["transactions"][0]["nsu"].as_str().unwrap().to_owned();
    assert!(told.contains(&nsu) && told.contains("dê baixa à mão no ERP") && told.contains("fatura 90"), "{told}");
    for personal in [MARIA.cpf, "529.982", "Maria", "MARIA"] {
        assert!(!told.contains(personal), "{personal}: {told}");
    }
    customer.chooses("resolve");
    page(&mut customer, "resolve");
    customer.chooses("written_off");
    let list = customer.until_that("an empty list", |shown| shown["page"] == "list" && shown["options"] == json!([]));
    assert_eq!(list["news"], "recorded");
    customer.taps("back");
    customer.until_that("nobody needed", |shown| shown["page"] == "state" && shown["person"] == 0);
    customer.leaves();
    let log = customer.goes_for_good();
    assert!(!log.iter().any(|line| line.contains(PIN)), "{log:?}");

    let shown = journal(&trade, &["show", &protocol]);
    assert!(shown.contains("resolvido por Ana Técnica: baixa feita à mão no ERP"), "{shown}");
    let desk = journal(&trade, &["desk"]);
    let facts: Vec<&str> = desk.lines().map(|line| line.split_whitespace().nth(2).unwrap()).collect();
    assert_eq!(facts, ["panel_opened", "panel_refused"], "{desk}");
    assert!(journal(&trade, &["verify"]).contains("íntegro"));
}

#[test]
fn out_of_service_outlives_a_restart_until_somebody_with_a_pin_resumes() {
    let trade = trade();
    let mut technician = trade.totem();
    opens_the_panel(&mut technician);
    technician.chooses("stop");
    technician.until_that("out of service", |shown| shown["page"] == "state" && shown["in_service"] == false);
    technician.taps("leave");
    let closed = technician.until("closed");
    assert_eq!((&closed["code"], &closed["why"]), (&json!("S1"), &json!("out_of_service")));
    technician.totem.kill();

    let mut technician = Customer::waiting(trade.program());
    let again = technician.until("closed");
    assert_eq!(again["code"], "S1");
    assert_eq!(again["since"].as_str().unwrap()[..16], closed["since"].as_str().unwrap()[..16]);
    assert_eq!(technician.is_refused(json!({"do": "type", "text": MARIA.cpf})), "type");
    opens_the_panel(&mut technician);
    technician.chooses("resume");
    technician.until_that("in service", |shown| shown["page"] == "state" && shown["in_service"] == true);
    technician.leaves();
    technician.pays(&MARIA, 90, "debit");
    technician.until_that("the write-off", |shown| shown["write_off"] == "settled");
    technician.goes_for_good();
    let desk = journal(&trade, &["desk"]);
    assert!(desk.contains("Ana Técnica tirou o totem de serviço") && desk.contains("de volta em serviço"), "{desk}");
}

#[test]
fn wrong_pins_make_the_next_wait_also_after_the_plug_was_pulled() {
    let trade = trade();
    let mut technician = trade.totem();
    technician.taps("service");
    technician.until("service_pin");
    for _ in 0..5 {
        tries(&mut technician, "135790");
        technician.until_that("no panel", |shown| shown["problem"] == "wrong" || shown["problem"] == "locked");
    }
    technician.until_that("the wait", |shown| shown["problem"] == "locked" && shown["wait_min"] == 1);
    technician.totem.kill();

    let mut technician = trade.totem();
    technician.taps("service");
    technician.until_that("the wait", |shown| shown["problem"] == "locked");
    assert_eq!(technician.is_refused(json!({"do": "type", "text": PIN})), "type");
    technician.taps("back");
    technician.until("identify");
    technician.goes_for_good();
}

#[test]
fn a_pin_that_is_easy_or_typed_differently_the_second_time_is_not_set() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("pin");
    for (typed, told) in [
        (["482915", "482916"].as_slice(), "diferentes"),
        (&["123456", "123456"], "fácil de adivinhar"),
        (&["4829", "4829"], "6 a 12 algarismos"),
        (&["482915"], "a entrada acabou"),
    ] {
        let arguments = ["technician", "set-pin", "--file", file.to_str().unwrap(), "--name", "Ana"];
        let mut set = Process::start("set-pin", &arguments);
        typed.iter().for_each(|line| set.say(line));
        set.end_input();
        assert_eq!(set.ended("the refusal").code(), Some(2), "{typed:?}");
        let log = set.log().join("\n");
        assert!(log.contains(told) && typed.iter().all(|pin| !log.contains(pin)), "{log}");
        assert!(!file.exists(), "{typed:?}");
    }
}

#[test]
fn without_a_pin_nobody_opens_the_panel() {
    let trade = Trade::open();
    let mut technician = trade.totem();
    technician.taps("service");
    let shown = technician.until("service_pin");
    assert_eq!((&shown["problem"], &shown["actions"]), (&json!("none_set"), &json!(["back"])));
    technician.taps("back");
    technician.until("identify");
    technician.goes_for_good();
}

#[test]
fn a_test_page_and_a_second_copy_come_out_and_are_written_down() {
    let trade = trade();
    let mut technician = trade.totem();
    technician.pays(&PEDRO, 5000, "debit");
    technician.until_that("the write-off", |shown| shown["write_off"] == "settled");
    technician.leaves();
    opens_the_panel(&mut technician);
    technician.chooses("test_print");
    news(&mut technician, "printed");
    technician.chooses("receipts");
    let list = page(&mut technician, "list");
    technician.chooses(list["options"][0]["id"].as_str().unwrap());
    page(&mut technician, "account");
    technician.chooses("copy");
    news(&mut technician, "printed");
    technician.leaves();
    technician.goes_for_good();
    let papers = trade.papers();
    assert_eq!(papers.len(), 3, "{papers:?}");
    assert!(papers[1].contains("Página de teste") && papers[1].contains("ç é ê"), "{}", papers[1]);
    assert!(
        papers[2].to_lowercase().contains("2ª via") || papers[2].to_lowercase().contains("segunda via"),
        "{}",
        papers[2]
    );
    let desk = journal(&trade, &["desk"]);
    assert!(desk.contains("imprimiu um teste: saiu") && desk.contains("imprimiu a segunda via"), "{desk}");
}

/// Changes one byte of a word that stands in the journal's own file.
fn alter_the_journal(trade: &Trade) {
    let path = trade.path("totem/journal.db");
    let mut bytes = std::fs::read(&path).unwrap();
    let word = b"LINK DEDICADO";
    let at = bytes.windows(word.len()).position(|window| window == word).expect("the bill's description");
    bytes[at] = b'N';
    std::os::unix::fs::FileExt::write_all_at(
        &std::fs::OpenOptions::new().write(true).open(path).unwrap(),
        &bytes[at..=at],
        at as u64,
    )
    .unwrap();
}

#[test]
fn a_journal_that_is_altered_while_the_totem_runs_is_found_by_the_walk_and_closes_it() {
    let trade = trade();
    let mut customer = trade.totem();
    // enough for the first payment to stand on a page that nothing is written to any more
    for bill in [5000, 5001, 5002] {
        customer.pays(&PEDRO, bill, "debit");
        customer.until_that("the write-off", |shown| shown["write_off"] == "settled");
        customer.leaves();
    }
    customer.goes_for_good();

    let mut technician = trade.totem();
    opens_the_panel(&mut technician);
    technician.chooses("verify");
    news(&mut technician, "journal_whole");
    alter_the_journal(&trade);
    technician.chooses("verify");
    let broken = news(&mut technician, "journal_broken");
    assert_eq!(broken["journal"], "fails", "{broken}");
    technician.taps("leave");
    assert_eq!(technician.until("closed")["code"], "J1");
    technician.goes_for_good();
    assert!(journal_is_broken(&trade));
}

fn journal_is_broken(trade: &Trade) -> bool {
    let state = trade.path("totem");
    let mut command = Command::new(env!("CARGO_BIN_EXE_totem"));
    command.args(["journal", "--state"]).arg(state).arg("verify").output().unwrap().status.code() == Some(1)
}

#[test]
fn a_new_roll_is_written_down_the_printer_is_asked_and_the_papers_are_counted_anew() {
    let trade = trade();
    let mut technician = trade.totem();
    opens_the_panel(&mut technician);
    technician.chooses("paper");
    let paper = technician.until_that("the printer", |shown| shown["page"] == "paper" && shown["paper"] == "ready");
    assert!(paper.get("changed_at").is_none() && paper["papers"] == 0, "{paper}");
    technician.chooses("test_print");
    news(&mut technician, "printed");
    technician.chooses("again");
    technician.until_that("the count", |shown| shown["page"] == "paper" && shown["papers"] == 1);
    trade.order_printer(&json!({"paper": "out"}));
    technician.chooses("again");
    technician.until_that("no paper", |shown| shown["page"] == "paper" && shown["paper"] == "out");
    trade.order_printer(&json!({}));
    technician.chooses("paper_changed");
    let changed = technician.until_that("the new roll", |shown| {
        shown["page"] == "paper" && shown["papers"] == 0 && shown["paper"] == "ready" && shown["changed_by"].is_string()
    });
    assert_eq!((&changed["news"], &changed["changed_by"]), (&json!("recorded"), &json!("Ana Técnica")));
    technician.totem.kill();
    let mut technician = trade.totem();
    opens_the_panel(&mut technician);
    technician.chooses("paper");
    assert_eq!(page(&mut technician, "paper")["changed_by"], "Ana Técnica", "after a power cut too");
    technician.leaves();
    technician.goes_for_good();
    assert!(journal(&trade, &["desk"]).contains("Ana Técnica trocou a bobina"));
    trade.books_are_clean();
}

#[test]
fn the_language_of_the_first_screen_is_chosen_at_the_panel_and_outlives_a_restart() {
    let trade = trade();
    let mut technician = trade.totem();
    opens_the_panel(&mut technician);
    technician.chooses("machine");
    page(&mut technician, "machine");
    technician.chooses("language");
    let greeting = page(&mut technician, "greeting");
    assert_eq!((&greeting["language"], &greeting["configured"]), (&json!("pt-BR"), &json!("pt-BR")));
    assert!(greeting.get("chosen_by").is_none(), "{greeting}");
    technician.chooses("es");
    let chosen = technician.until_that("Spanish", |shown| shown["page"] == "greeting" && shown["language"] == "es");
    assert_eq!((&chosen["chosen_by"], &chosen["configured"]), (&json!("Ana Técnica"), &json!("pt-BR")));
    technician.leaves();
    technician.totem.kill();

    let mut technician = trade.totem();
    trade.erp_is_down();
    let says = |technician: &mut Customer| {
        technician.types(MARIA.cpf);
        technician.until("verify");
        technician.types(MARIA.factor);
        let message = technician.until("trouble")["message"].as_str().unwrap().to_owned();
        technician.leaves();
        message
    };
    assert!(says(&mut technician).contains("No podemos"), "after a power cut too");
    // whoever comes after a customer with another language is greeted in it again
    technician.does(json!({"do": "language", "code": "en"}));
    assert!(says(&mut technician).contains("We cannot"));
    assert!(says(&mut technician).contains("No podemos"));
    trade.erp_is_back();
    opens_the_panel(&mut technician);
    technician.chooses("machine");
    page(&mut technician, "machine");
    technician.chooses("language");
    page(&mut technician, "greeting");
    technician.chooses("configured");
    technician.until_that("Portuguese", |shown| shown["page"] == "greeting" && shown["language"] == "pt-BR");
    technician.leaves();
    technician.goes_for_good();
    let desk = journal(&trade, &["desk"]);
    assert!(
        desk.contains("escolheu o idioma inicial: es") && desk.contains("idioma inicial da configuração"),
        "{desk}"
    );
}
