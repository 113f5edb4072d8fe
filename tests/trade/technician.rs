//! A technician with a PIN before the totem.

use std::time::Instant;

use serde_json::Value;

use super::Trade;
use super::customer::Customer;
use super::process::{PATIENCE, Process};

pub const PIN: &str = "482915";

const NO_OPTION: &str = "no option of any page";

fn offers(shown: &Value, id: &str) -> bool {
    let options = shown["options"].as_array().filter(|_| shown["page"] == "account");
    options.is_some_and(|options| options.iter().any(|option| option["id"] == id && option["works"] == true))
}

impl Trade {
    /// Its totems know Ana's PIN, set by the program itself.
    pub fn with_a_technician(mut self) -> Trade {
        let file = self.path("technician-pin");
        let name = ["technician", "set-pin", "--file", file.to_str().unwrap(), "--name", "Ana Técnica"];
        let mut set = Process::start("set-pin", &name);
        set.say(PIN);
        set.say(PIN);
        assert!(set.ended("the PIN").success(), "{}", set.story("no PIN was set"));
        let text = std::fs::read_to_string(&file).unwrap();
        assert!(text.ends_with("Ana Técnica\n") && !text.contains(PIN), "{text}");
        self.configure("[advanced]", &format!("[technician]\npin = {{ file = \"{}\" }}\n\n[advanced]", file.display()));
        self
    }
}

impl Customer {
    pub fn tries_a_pin(&mut self, pin: &str) {
        self.types(pin);
        self.until_that("the PIN", |shown| shown["step"] == "service_pin" && shown["length"] == pin.len());
        self.taps("submit");
    }

    pub fn opens_the_panel(&mut self) -> Value {
        self.taps("service");
        self.until("service_pin");
        self.tries_a_pin(PIN);
        self.until_that("the panel", |shown| shown["page"] == "state" && shown["totem"] == "PASSEIO-01")
    }

    pub fn until_page(&mut self, page: &str) -> Value {
        self.until_that(page, |shown| shown["step"] == "technician" && shown["page"] == page)
    }

    pub fn until_news(&mut self, news: &str) -> Value {
        self.until_that(news, |shown| shown["step"] == "technician" && shown["news"] == news)
    }

    /// From the panel to the page of the payment that was paid here last.
    pub fn opens_the_last_receipt(&mut self) -> Value {
        self.chooses("cards");
        self.until_page("cards");
        self.chooses("reverse");
        let list = self.until_page("list");
        self.chooses(list["options"][0]["id"].as_str().unwrap());
        self.until_page("account")
    }

    /// From the page of a payment to the card terminal.
    pub fn gives_it_back(&mut self) {
        self.asks_why_it_goes_back();
        self.chooses("doubled");
    }

    /// From the page of a payment to the reasons. A device that is slow to answer is waited for: it takes the option away,
    /// at times just when it is chosen.
    pub fn asks_why_it_goes_back(&mut self) {
        let begun = Instant::now();
        let mut asked = 0;
        if self.shown().is_null() {
            self.until_page("account");
        }
        while self.shown()["page"] != "reverse" {
            if offers(self.shown(), "reverse") {
                self.chooses("reverse");
                asked += 1;
            }
            assert!(begun.elapsed() < PATIENCE, "{}", self.totem.story("nothing is given back here"));
            self.sees_or_is_refused();
        }
        if asked > 1 {
            // whatever of that comes late is refused before this
            self.chooses(NO_OPTION);
            while !self.sees_or_is_refused().is_some_and(|why| why.contains(NO_OPTION)) {}
        }
    }
}
