//! Somebody before the line face: reads what is shown, and does what can be done.

use std::time::Instant;

use serde_json::{Value, json};

use super::Person;
use super::process::{PATIENCE, Process};

pub struct Customer {
    pub totem: Process,
    /// What is shown.
    last: Value,
    /// The method that was chosen, until another step shows that it was taken.
    chosen: Option<String>,
}

impl Customer {
    /// Waits until the totem greets.
    pub fn before(totem: Process) -> Customer {
        let mut customer = Customer::waiting(totem);
        customer.until("identify");
        customer
    }

    /// For a totem that may greet with any step.
    pub fn waiting(totem: Process) -> Customer {
        Customer { totem, last: Value::Null, chosen: None }
    }

    pub fn shown(&self) -> &Value {
        &self.last
    }

    pub fn does(&mut self, intent: Value) {
        self.last = Value::Null;
        self.totem.say(&intent.to_string());
    }

    pub fn taps(&mut self, intent: &str) {
        self.does(json!({"do": intent}));
    }

    pub fn types(&mut self, text: &str) {
        self.does(json!({"do": "type", "text": text}));
    }

    pub fn chooses(&mut self, option: &str) {
        self.does(json!({"do": "choose", "option": option}));
    }

    /// Waits for a line that is as wanted. What was refused is a mistake of the test.
    pub fn until_that(&mut self, what: &str, wanted: impl Fn(&Value) -> bool) -> Value {
        while !wanted(&self.last) {
            let line = self.totem.line(what);
            let shown: Value = serde_json::from_str(&line).unwrap();
            let gone = shown["refused"] == "choose" && self.chosen.is_some();
            assert!(gone || shown.get("refused").is_none(), "{}", self.totem.story(&format!("refused before {what}")));
            if !gone {
                self.last = shown;
                self.chooses_again_if_it_was_taken_away();
            }
        }
        self.last.clone()
    }

    /// A device that is slow to answer takes its method away at times just when it is chosen.
    fn chooses_again_if_it_was_taken_away(&mut self) {
        if self.last["step"] != "method" {
            self.chosen = None;
        } else if let Some(method) = self.chosen.clone().filter(|method| !works(&self.last, method)) {
            self.goes_back_to_the_methods();
            self.pays_by(&method);
        }
    }

    pub fn until(&mut self, step: &str) -> Value {
        self.until_that(step, |shown| shown["step"] == step)
    }

    /// The next of two steps.
    pub fn until_either(&mut self, one: &str, other: &str) -> Value {
        self.until_that(&format!("{one} or {other}"), |shown| shown["step"] == one || shown["step"] == other)
    }

    /// The next line: why something is refused, or nothing, where it shows something.
    pub fn sees_or_is_refused(&mut self) -> Option<String> {
        let line: Value = serde_json::from_str(&self.totem.line("an answer")).unwrap();
        match line["why"].as_str().filter(|_| line.get("refused").is_some()) {
            Some(why) => Some(why.to_owned()),
            None => {
                self.last = line;
                None
            }
        }
    }

    /// What the refusal of an intent says.
    pub fn is_refused(&mut self, intent: Value) -> String {
        self.does(intent);
        loop {
            let shown: Value = serde_json::from_str(&self.totem.line("a refusal")).unwrap();
            if let Some(refused) = shown.get("refused") {
                return refused.as_str().unwrap().to_owned();
            }
            self.last = shown;
        }
    }

    /// From the greeting to what follows a CPF and its second factor.
    pub fn identifies(&mut self, person: &Person) -> Value {
        self.types(person.cpf);
        self.until("verify");
        self.types(person.factor);
        self.until_either("invoices", "trouble")
    }

    /// From the greeting to the methods for exactly this bill.
    pub fn wants_to_pay(&mut self, person: &Person, bill: i64) -> Value {
        self.identifies(person);
        self.does(json!({"do": "details", "id": bill.to_string()}));
        self.until("invoice");
        self.taps("pay");
        self.until("method")
    }

    /// From the greeting to the card's part, or the PIX code's.
    pub fn pays(&mut self, person: &Person, bill: i64, method: &str) {
        self.wants_to_pay(person, bill);
        self.pays_by(method);
    }

    /// From the methods to the card's part, or the PIX code's.
    pub fn pays_by(&mut self, method: &str) {
        self.until_offered(method);
        self.chooses(method);
        self.chosen = Some(method.to_owned());
    }

    fn goes_back_to_the_methods(&mut self) -> Value {
        self.taps("back");
        while self.last["step"] != "invoices" {
            // what was on its way, and the refusal of what was chosen
            self.sees_or_is_refused();
        }
        self.chosen = None;
        self.taps("pay");
        self.until("method")
    }

    /// Before the methods, until this one works. A device that is slow to answer is asked again.
    pub fn until_offered(&mut self, method: &str) -> Value {
        let begun = Instant::now();
        let mut methods = self.until("method");
        while !works(&methods, method) {
            assert!(begun.elapsed() < PATIENCE, "{}", self.totem.story(&format!("{method} is not offered")));
            methods = self.goes_back_to_the_methods();
        }
        methods
    }

    pub fn leaves(&mut self) {
        self.taps("leave");
        self.until("identify");
    }

    /// No more input; gives the log once the program has ended well.
    pub fn goes_for_good(mut self) -> Vec<String> {
        self.totem.end_input();
        let status = self.totem.ended("the end");
        assert!(status.success(), "{}", self.totem.story(&format!("it ended with {status}")));
        self.totem.log()
    }
}

fn option<'a>(methods: &'a Value, method: &str) -> &'a Value {
    let options = methods["options"].as_array().unwrap();
    options.iter().find(|option| option["id"] == method).unwrap()
}

pub fn works(methods: &Value, method: &str) -> bool {
    option(methods, method)["works"] == true
}

/// Why a method is not to be had.
pub fn why_not(methods: &Value, method: &str) -> String {
    let option = option(methods, method);
    assert_eq!(option["works"], false, "{method} works: {methods}");
    option["why"].as_str().unwrap().to_owned()
}
