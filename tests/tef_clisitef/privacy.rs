//! What a card and its holder say stays in the library's process.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use serde_json::json;
use totem::domain::CardKind;
use totem::tef::Tef;

use super::place::*;

const SECRETS: [&str; 8] = [
    "4111111111111111",
    "411111",
    "MARIA DA SILVA",
    "4111111111111111=29122010000000000",
    "PINBLOCK0123456789",
    "12/29",
    "DESCONHECIDO",
    "111.444.777-35",
];

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn nothing_that_identifies_the_card_or_its_holder_is_shown_stored_or_logged() {
    let place = Place::new();
    place.plays(
        &[
            json!({"c": 3, "text": "CARTAO 4111111111111111"}),
            json!({"c": 0, "f": 2015, "text": "4111111111111111"}),
            json!({"c": 0, "f": 136, "text": "411111"}),
            json!({"c": 0, "f": 1003, "text": "MARIA DA SILVA"}),
            json!({"c": 0, "f": 1002, "text": "12/29"}),
            json!({"c": 0, "f": 150, "text": "4111111111111111=29122010000000000"}),
            json!({"c": 0, "f": 153, "text": "PINBLOCK0123456789"}),
            json!({"c": 0, "f": 8888, "text": "DESCONHECIDO 111.444.777-35"}),
            json!({"c": 0, "f": 1190, "text": "1111", "approve": true}),
            json!({"c": 0, "f": 134, "text": "NSU-VISTO"}),
            json!({"c": 0, "f": 121, "text": "VIA CLIENTE\n4111111111111111\n"}),
        ],
        0,
    );
    let log = Log::default();
    let writer = log.clone();
    let subscriber =
        tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(move || writer.clone()).finish();
    let mut customer = Customer::default();
    tracing::subscriber::set_global_default(subscriber).unwrap();
    let mut driver = place.driver();
    let sale = approved(driver.sell(&order(1, CardKind::Credit), &mut customer));
    driver.check().unwrap();
    assert_eq!(sale.last4, "1111");
    assert_eq!(sale.customer_copy, ["VIA CLIENTE", "************1111"]);
    assert_eq!(customer.words(), ["CARTAO ************1111"]);

    let files = std::fs::read_dir(place.state()).unwrap().map(|entry| entry.unwrap().path());
    let stored: String = files.map(|path| std::fs::read_to_string(path).unwrap()).collect();
    assert!(stored.contains("NSU-VISTO"));
    let logged = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(logged.contains("field 2015"), "every step is logged, without its text: {logged}");
    for secret in SECRETS {
        assert!(!stored.contains(secret), "{secret} is stored");
        assert!(!logged.contains(secret), "{secret} is logged");
    }
}

/// The process that holds the library leaves nothing on the disk when it crashes, also where the machine would keep it.
#[test]
fn the_librarys_process_leaves_no_core() {
    let place = Place::new();
    let mut driver = place.driver();
    driver.check().unwrap();
    let me = std::process::id();
    let hosts = std::fs::read_dir("/proc").unwrap().filter_map(|entry| {
        let path = entry.unwrap().path();
        let stat = std::fs::read_to_string(path.join("stat")).ok()?;
        let parent: u32 = stat.rsplit_once(')')?.1.split_whitespace().nth(1)?.parse().ok()?;
        (parent == me).then(|| std::fs::read_to_string(path.join("limits")).ok())?
    });
    // soft and hard; other tests' processes may be too young
    let without_core = |limits: String| {
        let core = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap().to_owned();
        core.split_whitespace().skip(4).take(2).all(|limit| limit == "0")
    };
    assert!(hosts.map(without_core).any(|without| without));
}
