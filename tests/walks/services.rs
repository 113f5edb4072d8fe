//! What the counter gives beside bills, from the menu to the paper, against the stand-in of every ERP that has it; and
//! what is left of a customer afterwards.

use std::path::Path;

use serde_json::{Value, json};

use super::houses::{HOUSES, House};
use crate::trade::customer::Customer;
use crate::trade::{ANA, MARIA, PEDRO, Person, Trade};

const NAMED: [(&str, &str); 18] = [
    ("receipts", "second copy of a receipt"),
    ("plans", "plans, how each is and why"),
    ("unlock", "trust unlock"),
    ("tickets", "tickets"),
    ("paid_bills", "paid bills, on paper"),
    ("fiscal_notes", "fiscal notes, and their PDF"),
    ("annual_settlements", "yearly settlement, and its PDF or a slip"),
    ("negotiation", "overdue bills become instalments, the first paid at once"),
    ("due_day", "change of the due day"),
    ("visits", "technician's visits; moved, cancelled and rated at WebService Cliente"),
    ("contacts", "change of phone or e-mail"),
    ("profile", "a wrong name or address, as a request"),
    ("notifications", "provider's messages on and off"),
    ("digital_invoice", "digital invoice, with the customer's password"),
    ("pause", "temporary suspension"),
    ("app_password", "new app password by SMS"),
    ("contract", "the contract, read to its end and accepted"),
    ("order", "another plan"),
];

/// The house's own trade, with its customer before the menu of services.
pub fn at_the_counter_of(house: &House, person: &Person) -> (Trade, Customer) {
    let mut trade = (house.open)();
    let mut factor = person.factor;
    if house.asks_phone {
        trade.configure("[journey]", "[journey]\nverify = \"phone_last4\"");
        factor = if person.cpf == MARIA.cpf { "1234" } else { "9012" };
    }
    let mut customer = trade.totem();
    if house.name == "HubSoft 2020" {
        knows_the_server(&customer);
    }
    customer.identifies(&Person { factor, ..*person });
    customer.taps("services");
    customer.until("services");
    (trade, customer)
}

/// What a server cannot do is told by a look at it, beside the first customer.
pub fn knows_the_server(customer: &Customer) {
    knows_what_the_erp_can_do(customer, 2);
}

/// What an ERP can do is told so often: by what it is, and by looks at it.
pub fn knows_what_the_erp_can_do(customer: &Customer, times: usize) {
    let told = |log: &[String]| log.iter().filter(|line| line.contains("what the ERP can do")).count() >= times;
    customer.totem.until_log("what the ERP can do", told);
}

/// Before the menu of services.
pub fn at_the_counter(trade: &Trade, person: &Person) -> Customer {
    let mut customer = trade.totem();
    customer.identifies(person);
    customer.taps("services");
    customer.until("services");
    customer
}

pub fn menu(customer: &Customer) -> Vec<String> {
    let options = customer.shown()["options"].as_array().unwrap().iter();
    options.map(|option| option["id"].as_str().unwrap().to_owned()).collect()
}

/// From the menu to what became of the unlock.
fn unlocks(customer: &mut Customer) -> Value {
    customer.chooses("unlock");
    customer.until("form");
    customer.taps("submit");
    customer.until("notice")
}

/// From the menu to what became of a ticket.
pub fn opens_a_ticket(customer: &mut Customer, text: &str, phone: &str) -> Value {
    customer.chooses("tickets");
    if customer.until_either("records", "form")["step"] == "records" {
        customer.chooses("new");
    }
    loop {
        let form = customer.until_that("a question", |shown| shown["step"] == "form" || shown["step"] == "notice");
        match form["asks"].as_str() {
            Some("contract" | "ticket_kind") => {
                let first = form["options"][0]["id"].as_str().unwrap().to_owned();
                customer.chooses(&first);
            }
            Some("text") if form["typed"].is_null() => customer.types(text),
            Some("phone") if form["typed"].is_null() => customer.types(phone),
            Some(_) => customer.taps("submit"),
            None => return form,
        }
    }
}

pub fn prints(trade: &Trade, customer: &mut Customer) -> String {
    customer.taps("print");
    customer.until_that("the paper", |shown| shown["printed"] == "printed");
    trade.papers().pop().unwrap()
}

pub fn count(trade: &Trade, list: &str) -> usize {
    trade.erp_book()[list].as_array().unwrap().len()
}

#[test]
fn every_erp_offers_what_it_can_do_and_nothing_else() {
    let mut lines = vec![
        format!("| | {} |", HOUSES.map(|house| house.name).join(" | ")),
        format!("|---|{}", "---|".repeat(HOUSES.len())),
    ];
    let mut menus = Vec::new();
    for house in &HOUSES {
        let (_trade, customer) = at_the_counter_of(house, &MARIA);
        assert_eq!(menu(&customer), house.serves, "{}", house.name);
        menus.push(menu(&customer));
        customer.goes_for_good();
    }
    for (id, name) in NAMED {
        let cells: Vec<&str> =
            menus.iter().map(|menu| if menu.iter().any(|one| one == id) { "✔" } else { "n/a" }).collect();
        lines.push(format!("| {name} | {} |", cells.join(" | ")));
    }
    compare(&lines.join("\n"));
}

/// Fails where README tells another table; writes it there when `TOTEM_BLESS` is set.
fn compare(table: &str) {
    const BEGIN: &str = "<!-- services: written by tests/walks/services.rs -->";
    const END: &str = "<!-- services: end -->";
    let path = format!("{}/README.md", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap();
    let Some((before, rest)) = text.split_once(BEGIN) else { return };
    let (told, after) = rest.split_once(END).expect("the place for the table in README.md has no end");
    if told.trim() != table {
        let bless = std::env::var_os("TOTEM_BLESS").is_some();
        assert!(bless, "README.md tells another table; TOTEM_BLESS=1 writes this one:\n{table}");
        std::fs::write(&path, format!("{before}{BEGIN}\n{table}\n{END}{after}")).unwrap();
    }
}

#[test]
fn a_suspended_contract_comes_back_on_trust_at_every_erp_that_unlocks() {
    for house in HOUSES.iter().filter(|house| house.serves.contains(&"unlock")) {
        let (trade, mut customer) = at_the_counter_of(house, &MARIA);
        let told = unlocks(&mut customer);
        assert_eq!((&told["about"], &told["outcome"]), (&json!("unlock"), &json!("done")), "{}: {told}", house.name);
        let paper = prints(&trade, &mut customer);
        assert!(paper.contains("Desbloqueio") && paper.contains("Maria S."), "{paper}");
        assert!(!paper.contains(MARIA.cpf) && told["until"].is_null() != paper.contains("Liberado"), "{paper}");
        customer.taps("more");
        customer.until("invoices");
        customer.taps("services");
        customer.until("services");
        assert!(!menu(&customer).contains(&"unlock".to_owned()), "{}: what is back is not unlocked again", house.name);
        customer.goes_for_good();
        // one has no word for an unlock: it activates
        let made = if house.name == "Smartbill" { trade.calls("activate") } else { count(&trade, "unlocks") as u64 };
        assert_eq!(made, 1, "{}", house.name);
    }
}

#[test]
fn a_ticket_is_opened_with_its_protocol_on_paper_and_stands_in_the_list() {
    for house in HOUSES.iter().filter(|house| house.opens_tickets) {
        let (trade, mut customer) = at_the_counter_of(house, &MARIA);
        let told = opens_a_ticket(&mut customer, "Sem sinal desde ontem à noite", "31900001234");
        assert_eq!((&told["about"], &told["outcome"]), (&json!("ticket"), &json!("done")), "{}: {told}", house.name);
        let protocol = told["protocol"].as_str().unwrap().to_owned();
        let paper = prints(&trade, &mut customer);
        assert!(paper.contains(&protocol) && !paper.contains("Sem sinal"), "{paper}");
        customer.taps("more");
        customer.until("invoices");
        customer.taps("services");
        customer.until("services");
        customer.chooses("tickets");
        let list = customer.until_either("records", "form");
        // an ERP without a list of tickets leads to another one
        let stands = list["records"].as_array().map(|all| all.iter().any(|one| one["id"] == protocol));
        assert_eq!(stands, (!["SGP", "Datacake 002"].contains(&house.name)).then_some(true), "{}: {list}", house.name);
        customer.goes_for_good();
        assert_eq!(count(&trade, "tickets"), 1, "{}", house.name);
    }
}

#[test]
fn what_was_paid_is_listed_and_printed_at_every_erp_that_tells() {
    for house in HOUSES.iter().filter(|house| house.serves.contains(&"paid_bills")) {
        let (trade, mut customer) = at_the_counter_of(house, &ANA);
        customer.chooses("paid_bills");
        let list = customer.until("records");
        let records = list["records"].as_array().unwrap();
        assert!(!records.is_empty() && records.iter().all(|one| one["amount_cents"] == 7500), "{}: {list}", house.name);
        let paper = prints(&trade, &mut customer);
        assert_eq!(paper.matches("R$ 75,00").count(), records.len(), "{}: {paper}", house.name);
        customer.goes_for_good();
    }
}

#[test]
fn an_unlock_whose_answer_is_lost_is_looked_up_and_not_repeated() {
    let trade = Trade::open();
    trade.order_erp(&json!({"empty": {"value": true, "for": "trust_unlock"}}));
    let mut customer = at_the_counter(&trade, &MARIA);
    assert_eq!(unlocks(&mut customer)["outcome"], "done");
    customer.goes_for_good();
    assert_eq!((count(&trade, "unlocks"), trade.calls("trust_unlock")), (1, 1));
}

#[test]
fn an_unlock_that_nobody_knows_of_is_told_so_and_looked_at_before_it_is_offered_again() {
    let trade = Trade::open();
    trade.order_erp(&json!({"status": {"value": 500, "for": "trust_unlock", "times": 1}}));
    let mut customer = at_the_counter(&trade, &MARIA);
    let told = unlocks(&mut customer);
    assert_eq!(told["outcome"], "unknown");
    assert!(told["message"].as_str().unwrap().contains("Não peça de novo"), "{told}");
    let paper = prints(&trade, &mut customer);
    assert!(paper.contains("Ainda não sabemos"), "{paper}");
    customer.taps("more");
    customer.until("invoices");
    customer.taps("services");
    customer.until("services");
    let looks = trade.calls("customer_by_document");
    assert_eq!(unlocks(&mut customer)["outcome"], "done");
    assert!(trade.calls("customer_by_document") > looks, "it is looked at first");
    customer.goes_for_good();
    assert_eq!(count(&trade, "unlocks"), 1);
}

#[test]
fn an_unlock_is_not_told_as_done_because_the_erp_has_forgotten_the_customer() {
    let trade = Trade::open();
    let mut customer = at_the_counter(&trade, &MARIA);
    trade.order_erp(&json!({"status": {"value": 500, "for": ["trust_unlock", "customer_by_document"]}}));
    assert_eq!(unlocks(&mut customer)["outcome"], "unknown");
    trade.order_erp(&json!({}));
    customer.taps("more");
    customer.until("invoices");
    customer.taps("services");
    customer.until("services");
    trade.order_erp(&json!({"say": {"value": {"ClienteEncontrato": false}, "for": "customer_by_document"}}));
    customer.chooses("unlock");
    assert_eq!(customer.until_either("trouble", "notice")["code"], "E2");
    customer.goes_for_good();
    assert_eq!(count(&trade, "unlocks"), 0);
}

#[test]
fn a_ticket_whose_answer_is_lost_is_found_in_the_list() {
    let trade = Trade::open();
    trade.order_erp(&json!({"empty": {"value": true, "for": "open_ticket"}}));
    let mut customer = at_the_counter(&trade, &MARIA);
    let told = opens_a_ticket(&mut customer, "Sem sinal", "31900001234");
    assert_eq!(told["outcome"], "done");
    assert_eq!(told["protocol"], trade.erp_book()["tickets"][0]["protocol"]);
    customer.goes_for_good();
    assert_eq!(count(&trade, "tickets"), 1);
}

#[test]
fn an_erp_that_goes_half_way_leaves_an_unknown_ticket_and_none_twice() {
    let trade = Trade::open();
    let mut customer = at_the_counter(&trade, &MARIA);
    customer.chooses("tickets");
    customer.until("records");
    trade.erp_is_down();
    customer.taps("back");
    customer.until("services");
    customer.chooses("tickets");
    assert_eq!(customer.until("trouble")["code"], "E1");
    trade.erp_is_back();
    customer.taps("retry");
    customer.until("records");
    customer.chooses("new");
    customer.until("form");
    customer.types("Sem sinal");
    customer.taps("submit");
    customer.until_that("the phone", |shown| shown["asks"] == "phone");
    customer.types("31900001234");
    customer.taps("submit");
    customer.until_that("the end of the form", |shown| shown["asks"] == "confirm");
    trade.erp_is_down();
    customer.taps("submit");
    let told = customer.until_either("notice", "trouble");
    assert!(told["outcome"] == "unknown" || told["code"] == "E1", "{told}");
    trade.erp_is_back();
    customer.goes_for_good();
    assert_eq!(count(&trade, "tickets"), 0);
}

#[test]
fn nobody_has_services_and_two_hundred_bills_are_no_hindrance() {
    let trade = Trade::open();
    let mut customer = at_the_counter(&trade, &PEDRO);
    customer.chooses("paid_bills");
    let list = customer.until("records");
    assert_eq!(list["records"], json!([]));
    assert_eq!(customer.is_refused(json!({"do": "print"})), "print");
    customer.leaves();
    assert_eq!(customer.is_refused(json!({"do": "services"})), "services");
    customer.goes_for_good();
}

/// Every file below, with what is in it.
pub fn files(below: &Path, found: &mut Vec<(String, Vec<u8>)>) {
    for entry in std::fs::read_dir(below).unwrap().map(|entry| entry.unwrap().path()) {
        if entry.is_dir() {
            files(&entry, found);
        } else if let Ok(bytes) = std::fs::read(&entry) {
            found.push((entry.display().to_string(), bytes));
        }
    }
}

#[test]
fn nothing_that_was_typed_or_fetched_stays_on_the_disk_or_in_the_log() {
    let trade = Trade::open();
    let mut customer = at_the_counter(&trade, &MARIA);
    unlocks(&mut customer);
    customer.taps("more");
    customer.until("invoices");
    customer.taps("services");
    customer.until("services");
    let told = opens_a_ticket(&mut customer, "Portao azul sem sinal", "31955554444");
    let protocol = told["protocol"].as_str().unwrap().to_owned();
    prints(&trade, &mut customer);
    customer.leaves();
    let log = customer.goes_for_good().join("\n").into_bytes();
    let mut found = vec![("the log".to_owned(), log)];
    files(&trade.path("totem"), &mut found);
    assert!(found.iter().any(|(name, _)| name.ends_with("journal.db")), "the journal is there to be searched");
    for (name, bytes) in found {
        for secret in ["Portao azul", "31955554444", "Maria", "MARIA", "FICT", MARIA.cpf, "1810", &protocol] {
            let there = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
            assert!(!there, "{secret} is in {name}");
        }
    }
}
