//! A technician with a PIN before the totem.

use serde_json::Value;

use super::Trade;
use super::customer::Customer;
use super::process::Process;

pub const PIN: &str = "482915";

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

    /// From the page of a payment to the card terminal. A device that is slow to answer is waited for.
    pub fn gives_it_back(&mut self) {
        self.chooses("reverse");
        self.until_page("reverse");
        self.chooses("doubled");
    }
}
