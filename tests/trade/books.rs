//! The stand-ins' own books, which are the judge: they share nothing with the program.

use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::Trade;
use super::process::PATIENCE;

/// One approved transaction in the TEF's book.
#[derive(Debug, Clone)]
pub struct Transaction {
    pub state: String,
    pub asked: i64,
    pub amount: i64,
    pub kind: String,
    pub confirms: u64,
    pub undos: u64,
}

impl Trade {
    pub fn erp_book(&self) -> Value {
        read(&self.path("erp/erp.json"))
    }

    pub fn tef_book(&self) -> Value {
        read(&self.path("tef/tef.json"))
    }

    pub fn printer_book(&self) -> Value {
        read(&self.path("papers/printer.json"))
    }

    /// Waits until the books are as wanted.
    pub fn until_books(&self, what: &str, wanted: impl Fn(&Trade) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        while !wanted(self) {
            assert!(
                Instant::now() < deadline,
                "the books never showed: {what}\n transactions: {:?}\n write-offs: {:#}\n TEF errors: {:#}",
                self.transactions(),
                self.erp_book()["write_offs"],
                self.tef_book()["errors"],
            );
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    pub fn transactions(&self) -> Vec<Transaction> {
        let book = self.tef_book();
        let text = |one: &Value, key: &str| one[key].as_str().unwrap().to_owned();
        let transaction = |one: &Value| Transaction {
            state: text(one, "state"),
            asked: one["asked_cents"].as_i64().unwrap(),
            amount: one["amount_cents"].as_i64().unwrap(),
            kind: text(one, "kind"),
            confirms: one["confirms"].as_u64().unwrap(),
            undos: one["undos"].as_u64().unwrap(),
        };
        book["transactions"].as_array().unwrap().iter().map(transaction).collect()
    }

    /// `open`, `confirmed`, `undone`, in the order of the sales.
    pub fn sales(&self) -> Vec<String> {
        self.transactions().into_iter().map(|one| one.state).collect()
    }

    /// Every breach that the TEF's book complains of.
    pub fn tef_breaches(&self) -> Vec<String> {
        let book = self.tef_book();
        book["errors"].as_array().unwrap().iter().map(|one| one["breach"].as_str().unwrap().to_owned()).collect()
    }

    /// The write-off calls for this bill: whether each was carried out.
    pub fn write_offs(&self, bill: i64) -> Vec<bool> {
        let book = self.erp_book();
        let calls = book["write_offs"].as_array().unwrap().iter().filter(|call| call["bill"] == bill);
        calls.map(|call| call["applied"] == true).collect()
    }

    pub fn times_written_off(&self, bill: i64) -> usize {
        self.write_offs(bill).into_iter().filter(|applied| *applied).count()
    }

    /// How a bill was paid: `write_off`, `pix`, `bank`, `elsewhere`; nothing while it is open.
    pub fn paid_by(&self, bill: i64) -> Option<String> {
        let book = self.erp_book();
        let bill = book["bills"].as_array().unwrap().iter().find(|one| one["id"] == bill).unwrap();
        bill["paid_by"].as_str().map(str::to_owned)
    }

    pub fn calls(&self, operation: &str) -> u64 {
        self.erp_book()["calls"][operation].as_u64().unwrap_or(0)
    }

    /// What stands on the papers that came out, in their order.
    pub fn papers(&self) -> Vec<String> {
        let book = self.printer_book();
        let text =
            |paper: &Value| std::fs::read_to_string(self.path("papers").join(paper["txt"].as_str().unwrap())).unwrap();
        book["papers"].as_array().unwrap().iter().map(text).collect()
    }

    /// Nothing in any book that should not be there.
    pub fn books_are_clean(&self) {
        assert_eq!(self.tef_breaches(), Vec::<String>::new(), "{:#}", self.tef_book()["errors"]);
        assert_eq!(self.erp_book()["errors"], serde_json::json!([]));
        assert_eq!(self.printer_book()["errors"], 0, "{}", self.printer_book()["last_error"]);
        self.no_sale_is_open_or_contradicted();
    }

    /// Exactly one of confirmed and undone for each transaction.
    pub fn no_sale_is_open_or_contradicted(&self) {
        for sale in self.transactions() {
            match sale.state.as_str() {
                "confirmed" => assert!(sale.confirms > 0 && sale.undos == 0, "{sale:?}"),
                "undone" => assert!(sale.undos > 0 && sale.confirms == 0, "{sale:?}"),
                _ => panic!("{sale:?}"),
            }
        }
    }
}

pub fn read(path: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}
