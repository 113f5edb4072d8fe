//! The same trade with CliSiTef in the place of the TEF manager: a stand-in library that the totem loads, with the book
//! where the manager's was.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::Trade;
use super::process::PATIENCE;

#[path = "../standin_library/mod.rs"]
mod standin_library;

impl Trade {
    pub fn with_clisitef() -> Trade {
        let mut trade = Trade::open();
        trade.tef = None;
        let dir = trade.dir.path().display().to_string();
        std::fs::create_dir(trade.library_folder()).unwrap();
        std::fs::copy(standin_library::standin(), trade.library_folder().join("libclisitef.so")).unwrap();
        std::fs::write(trade.path("tef/tef.json"), json!({"transactions": [], "errors": []}).to_string()).unwrap();
        trade.order_clisitef(json!({}));
        let text = trade.configuration();
        let from = text.find("[tef.file_exchange]").unwrap();
        let to = text.find("[printer]").unwrap();
        let table = format!(
            "[tef.clisitef]\nlibrary = \"{dir}/sitef/libclisitef.so\"\naddress = \"127.0.0.1:4096\"\n\
             store = \"00000001\"\nterminal = \"TT000001\"\nmessage_s = 0\nstate_dir = \"{dir}/totem/tef\"\n\n"
        );
        trade.configure(&text[from..to], &table);
        trade
    }

    pub fn library_folder(&self) -> PathBuf {
        self.path("sitef")
    }

    /// Orders the stand-in library; `{}` takes it back.
    pub fn order_clisitef(&self, mut orders: Value) {
        orders["book"] = json!(self.path("tef/tef.json"));
        let draft = self.library_folder().join("draft");
        std::fs::write(&draft, orders.to_string()).unwrap();
        std::fs::rename(draft, self.library_folder().join("clisitef_standin.json")).unwrap();
    }

    /// Waits until the library holds at the place that was ordered.
    pub fn until_held(&self, place: &str) {
        let begun = Instant::now();
        let mark = self.library_folder().join(format!("at-{place}"));
        while !mark.exists() {
            assert!(begun.elapsed() < PATIENCE, "the library never came to {place}");
            std::thread::sleep(Duration::from_millis(5));
        }
        std::fs::remove_file(mark).unwrap();
    }
}
