//! Nothing that a customer typed or that was fetched for them is left: not on the disk, not in the log, not in the memory
//! of the totem that goes on living. One walk for a ticket, one for becoming a customer.

use std::fs::File;
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::time::{Duration, Instant};

use crate::trade::customer::Customer;
use crate::trade::{MARIA, Trade};

/// Which of these words are in a writable page of the process.
fn memory_holds(pid: u32, words: &[&str]) -> Vec<String> {
    let maps = std::fs::read_to_string(format!("/proc/{pid}/maps")).unwrap();
    let memory = File::open(format!("/proc/{pid}/mem")).unwrap();
    let (mut read, mut found) = (0, Vec::new());
    for line in maps.lines() {
        let mut parts = line.split_whitespace();
        let (range, rights) = (parts.next().unwrap(), parts.next().unwrap());
        if !rights.starts_with("rw") {
            continue;
        }
        let (from, to) = range.split_once('-').unwrap();
        let (from, to) = (u64::from_str_radix(from, 16).unwrap(), u64::from_str_radix(to, 16).unwrap());
        let mut bytes = vec![0; usize::try_from(to - from).unwrap()];
        let Ok(length) = memory.read_at(&mut bytes, from) else { continue };
        read += length;
        for word in words {
            let at = bytes[..length].windows(word.len()).position(|window| window == word.as_bytes());
            found.extend(at.map(|at| {
                let around = &bytes[at.saturating_sub(60)..(at + 60).min(length)];
                format!("{word} in {:?} {}", String::from_utf8_lossy(around), line)
            }));
        }
    }
    assert!(read > 1 << 20, "{read} bytes");
    found
}

/// Every file below, with what is in it.
fn files(below: &Path, found: &mut Vec<(String, Vec<u8>)>) {
    for entry in std::fs::read_dir(below).unwrap().map(|entry| entry.unwrap().path()) {
        if entry.is_dir() {
            files(&entry, found);
        } else if let Ok(bytes) = std::fs::read(&entry) {
            found.push((entry.display().to_string(), bytes));
        }
    }
}

/// What the line face read stands in its buffer until other lines come; a window has no such buffer.
fn speaks_of_nothing(customer: &mut Customer) {
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
    assert!(!memory_holds(customer.totem.id(), &["Provedor Exemplo"]).is_empty());
    // a connection that rests is closed after ten seconds, and keeps the address that was asked last until then
    let deadline = Instant::now() + Duration::from_secs(45);
    loop {
        let found = memory_holds(customer.totem.id(), secrets);
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
