//! A folder with a stand-in library of its own, its script and its book, and a customer who answers.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use jiff::civil::{DateTime, datetime};
use serde_json::{Value, json};
use tempfile::TempDir;
use totem::domain::{CardKind, CardSale, Money, Prompt};
use totem::tef::clisitef::{self, CliSiTef, Settings};
use totem::tef::{Dialogue, Error, SaleOrder, SaleOutcome, Tef};

use crate::standin_library::standin;

pub struct Place {
    root: TempDir,
}

impl Place {
    pub fn new() -> Place {
        let place = Place { root: tempfile::Builder::new().prefix("totem-clisitef").tempdir().unwrap() };
        std::fs::create_dir(place.folder()).unwrap();
        std::fs::copy(standin(), place.library()).unwrap();
        place
    }

    /// The library's folder.
    pub fn folder(&self) -> PathBuf {
        self.root.path().join("lib")
    }

    pub fn library(&self) -> PathBuf {
        self.folder().join("libclisitef.so")
    }

    pub fn state(&self) -> PathBuf {
        self.root.path().join("state")
    }

    pub fn settings(&self) -> Settings {
        let text = format!(
            "library = {:?}\naddress = \"127.0.0.1:4096\"\nstore = \"00000001\"\nterminal = \"TT000001\"\n\
             state_dir = {:?}\nmessage_s = 0\n",
            self.library(),
            self.state()
        );
        toml::from_str(&text).unwrap()
    }

    pub fn driver(&self) -> CliSiTef {
        self.driver_with(self.settings())
    }

    /// Once nobody else holds the folder: a program that another test is just starting holds a copy of every lock for
    /// the moment between its fork and its exec.
    pub fn driver_with(&self, settings: Settings) -> CliSiTef {
        let begun = Instant::now();
        loop {
            match clisitef::connect_with(settings.clone(), env!("CARGO_BIN_EXE_totem").into()) {
                Err(Error::Folder(why))
                    if why.contains("another totem") && begun.elapsed() < Duration::from_secs(10) =>
                {
                    std::thread::sleep(Duration::from_millis(5));
                }
                connected => return connected.unwrap(),
            }
        }
    }

    /// Orders the stand-in; `{}` takes it back.
    pub fn order(&self, script: &Value) {
        let draft = self.folder().join("draft");
        std::fs::write(&draft, script.to_string()).unwrap();
        std::fs::rename(draft, self.folder().join("clisitef_standin.json")).unwrap();
    }

    /// Orders these turns, and then this result.
    pub fn plays(&self, turns: &[Value], result: i32) {
        self.order(&json!({"turns": turns, "result": result}));
    }

    pub fn book(&self) -> Value {
        match std::fs::read(self.folder().join("clisitef_book.json")) {
            Ok(text) => serde_json::from_slice(&text).unwrap(),
            Err(_) => json!({"transactions": [], "errors": [], "starts": [], "heard": []}),
        }
    }

    /// State, confirms and undos of each transaction.
    pub fn transactions(&self) -> Vec<(String, u64, u64)> {
        let book = self.book();
        let count = |one: &Value, key: &str| one[key].as_u64().unwrap();
        let told =
            |one: &Value| (one["state"].as_str().unwrap().to_owned(), count(one, "confirms"), count(one, "undos"));
        book["transactions"].as_array().unwrap().iter().map(told).collect()
    }

    pub fn breaches(&self) -> Vec<Value> {
        self.book()["errors"].as_array().unwrap().clone()
    }

    /// What was answered: command, `cont` and the answer.
    pub fn heard(&self) -> Vec<(i64, i64, Option<String>)> {
        let book = self.book();
        let heard = |one: &Value| {
            (one["c"].as_i64().unwrap(), one["with"].as_i64().unwrap(), one["answer"].as_str().map(str::to_owned))
        };
        book["heard"].as_array().unwrap().iter().map(heard).collect()
    }

    /// The functions that were started.
    pub fn functions(&self) -> Vec<i64> {
        self.book()["starts"].as_array().unwrap().iter().map(|one| one["function"].as_i64().unwrap()).collect()
    }
}

pub fn chosen_at() -> DateTime {
    datetime(2026, 11, 28, 10, 15, 0, 0)
}

pub fn order(coupon: u64, kind: CardKind) -> SaleOrder {
    SaleOrder { coupon, amount: Money::from_cents(8990), kind, instalments: 1, at: chosen_at() }
}

/// Answers as told, and remembers what was said.
#[derive(Default)]
pub struct Customer {
    pub answers: VecDeque<Option<String>>,
    pub asked: Vec<Prompt>,
    pub said: Vec<(String, bool)>,
    pub codes: Vec<Option<String>>,
    /// Gives up once these words are shown.
    pub gives_up_at: Option<String>,
    pub gives_up: AtomicBool,
}

impl Customer {
    pub fn answering(answers: &[&str]) -> Customer {
        Customer { answers: answers.iter().map(|answer| Some((*answer).to_owned())).collect(), ..Customer::default() }
    }

    pub fn words(&self) -> Vec<&str> {
        self.said.iter().map(|(words, _)| words.as_str()).collect()
    }
}

impl Dialogue for Customer {
    fn show(&mut self, message: &str, cancellable: bool) {
        self.said.push((message.to_owned(), cancellable));
        if cancellable && self.gives_up_at.as_deref() == Some(message) {
            self.gives_up.store(true, Ordering::SeqCst);
        }
    }

    fn show_code(&mut self, code: Option<&str>) {
        self.codes.push(code.map(str::to_owned));
        if self.gives_up_at.as_deref() == code && code.is_some() {
            self.gives_up.store(true, Ordering::SeqCst);
        }
    }

    fn ask(&mut self, prompt: Prompt) -> Option<String> {
        self.asked.push(prompt);
        self.answers.pop_front().flatten()
    }

    fn wants_to_cancel(&self) -> bool {
        self.gives_up.load(Ordering::SeqCst)
    }
}

pub fn sell(driver: &mut CliSiTef, order: &SaleOrder) -> SaleOutcome {
    driver.sell(order, &mut Customer::default())
}

pub fn approved(outcome: SaleOutcome) -> CardSale {
    match outcome {
        SaleOutcome::Approved(sale) => *sale,
        other => panic!("{other:?}"),
    }
}
