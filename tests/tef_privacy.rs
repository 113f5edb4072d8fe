//! What identifies a card or its holder is neither stored nor logged.
//!
//! One test, one process: `tracing` decides once a process whether anybody listens to a line.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[allow(dead_code)]
#[path = "tef_file_exchange/manager.rs"]
mod manager;

use std::fs;
use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use totem::tef::Tef;

use manager::*;

const SECRETS: [&str; 5] = ["4174020000007578", "MARIA DA SILVA", "VAL-12/29", "DESCONHECIDO", "41740200"];

fn telling_too_much() -> String {
    let number = "740-000 = 4174020000007578\n741-000 = MARIA DA SILVA\n747-000 = VAL-12/29\n010-004 = 41740200\n\
                  210-004 = 4174020000007578=2508\n888-000 = DESCONHECIDO\n";
    format!("{}{number}", APPROVED.replace("740-000 = ************1234\n", ""))
}

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
fn nothing_that_identifies_the_card_is_stored_or_logged() {
    let place = Place::new();
    let manager = approving(&place, &telling_too_much());
    let log = Log::default();
    let writer = log.clone();
    let subscriber =
        tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(move || writer.clone()).finish();
    let sale = tracing::subscriber::with_default(subscriber, || {
        let mut driver = place.driver();
        let sale = approved(sell(&mut driver));
        assert_eq!(driver.pending(), Ok(vec![sale.clone()]));
        sale
    });
    drop(manager);
    assert_eq!(sale.last4, "7578");

    let stored: String =
        names(&place.state()).into_iter().map(|name| fs::read_to_string(place.state().join(name)).unwrap()).collect();
    assert!(stored.contains("7A0C11FE99"));
    let logged = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(logged.contains("740-000:16"), "{logged}");
    for secret in SECRETS {
        assert!(!stored.contains(secret), "{secret} is stored");
        assert!(!logged.contains(secret), "{secret} is logged");
    }
}
