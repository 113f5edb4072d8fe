//! Nothing that a customer typed or that was fetched for them is left: not on the disk, not in the log, not in the memory
//! of the totem that goes on living. One walk for a ticket, one for becoming a customer.

use std::time::{Duration, Instant};

use crate::secrets::memory_holds;
use crate::services::files;
use crate::trade::customer::Customer;
use crate::trade::{MARIA, Trade};

/// What the line face read stands in its buffer until other lines come; a window has no such buffer.
pub fn speaks_of_nothing(customer: &mut Customer) {
    let nothing = " ".repeat(1000);
    for _ in 0..40 {
        customer.totem.say(&nothing);
    }
    customer.taps("letters");
    customer.until_that("other keys", |shown| shown["letters"] == true);
    customer.taps("letters");
    customer.until_that("the usual keys", |shown| shown["step"] == "identify" && shown["letters"].is_null());
}

fn is_forgotten(trade: &Trade, mut customer: Customer, secrets: &[&str]) {
    customer.leaves();
    // the next one comes: the connection to the ERP that is kept for a while keeps the address that was asked last
    customer.types("39053344705");
    customer.until("verify");
    customer.types("1810");
    customer.until("trouble");
    customer.leaves();
    speaks_of_nothing(&mut customer);
    // what does stand there shows that the search finds things
    let (read, shop) = memory_holds(customer.totem.id(), &["Provedor Exemplo"]);
    assert!(read > 1 << 20 && !shop.is_empty(), "{read} bytes");
    // a connection that rests is closed after ten seconds, and keeps the address that was asked last until then
    let deadline = Instant::now() + Duration::from_secs(45);
    loop {
        let (_, found) = memory_holds(customer.totem.id(), secrets);
        if found.is_empty() {
            break;
        }
        assert!(Instant::now() < deadline, "{found:#?}");
        std::thread::sleep(Duration::from_secs(2));
    }
    let log = customer.goes_for_good().join("\n").into_bytes();
    let mut all = vec![("the log".to_owned(), log)];
    files(&trade.path("totem"), &mut all);
    assert!(all.iter().any(|(name, _)| name.ends_with("journal.db")));
    for (name, bytes) in all {
        for secret in secrets {
            let there = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
            assert!(!there, "{secret} is in {name}");
        }
    }
}

fn says_everything(trade: &Trade) -> Customer {
    Customer::before(trade.program_in(&[("TOTEM_LOG", std::ffi::OsStr::new("totem=trace"))]))
}

#[test]
fn a_ticket_is_forgotten_with_whoever_opened_it() {
    let trade = Trade::open();
    let mut customer = says_everything(&trade);
    customer.identifies(&MARIA);
    customer.taps("services");
    customer.until("services");
    customer.chooses("tickets");
    customer.until("records");
    customer.chooses("new");
    customer.until_that("the text", |shown| shown["asks"] == "text");
    customer.types("Portao azul sem sinal");
    customer.taps("submit");
    customer.until_that("the phone", |shown| shown["asks"] == "phone");
    customer.types("31955554444");
    customer.taps("submit");
    customer.until_that("the summary", |shown| shown["asks"] == "confirm");
    customer.taps("submit");
    let told = customer.until("notice");
    let protocol = told["protocol"].as_str().unwrap().to_owned();
    customer.taps("print");
    customer.until_that("the paper", |shown| shown["printed"] == "printed");
    let secrets = ["Portao azul", "31955554444", "MARIA FICT", "Maria S.", MARIA.cpf, &protocol];
    is_forgotten(&trade, customer, &secrets);
}

#[test]
fn where_a_receipt_and_a_document_went_is_forgotten_and_what_was_in_them() {
    let mut trade = Trade::open();
    let couriers = crate::courier::Couriers::of(&mut trade, "");
    let mut customer = says_everything(&trade);
    customer.identifies(&MARIA);
    customer.does(serde_json::json!({"do": "details", "id": "90"}));
    customer.until("invoice");
    customer.taps("show_document");
    customer.until_that("the way to send it", |shown| shown["letter"]["by"] == "email");
    customer.taps("send");
    customer.until_that("the document's end", |shown| shown["letter"]["sent"] == "sent");
    customer.taps("back");
    customer.until("invoice");
    customer.taps("pay");
    customer.until("method");
    customer.chooses("pix");
    customer.until_that("the ways", |shown| shown["letters"].is_array());
    for how in ["email", "sms"] {
        customer.does(serde_json::json!({"do": "receipt", "how": how}));
        customer.until_that("what became of it", |shown| {
            let letters = shown["letters"].as_array();
            letters.is_some_and(|all| all.iter().any(|one| one["by"] == how && one["sent"] == "sent"))
        });
    }
    let (letters, messages) = (couriers.brought("letters"), couriers.brought("messages"));
    assert_eq!((letters.len(), messages.len()), (2, 1));
    let secrets =
        ["cliente81593", "c***@example.com", "31900001234", "*******1234", MARIA.cpf, "SEGUNDA VIA DA FATURA"];
    is_forgotten(&trade, customer, &secrets);
}

#[test]
fn whoever_became_a_customer_is_forgotten() {
    let trade = crate::hubsoft::open(&[]);
    let mut customer = says_everything(&trade);
    customer.until_that("the button", |shown| crate::joining::may(shown, "join"));
    customer.taps("join");
    let (_, confirm) = crate::joining::answers_until(&mut customer, "confirm");
    assert!(confirm["answers"].to_string().contains("Ana Inventada"));
    customer.taps("submit");
    assert_eq!(customer.until("notice")["outcome"], "done");
    let secrets = [
        "Inventada",
        "ana.inventada",
        "98765432100",
        "31900005678",
        "30140071",
        "30140-071",
        "Savassi",
        "PLANO 300 MEGA",
        "***.***.*21-00",
    ];
    is_forgotten(&trade, customer, &secrets);
}
