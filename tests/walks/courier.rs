//! Codes by SMS and e-mail, against the stand-in mail server and gateway in another process: who gets one, what it opens,
//! and what is the same for everybody.

mod addresses;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::trade::customer::Customer;
use crate::trade::process::Process;
use crate::trade::{ANA, MARIA, Trade};

/// Nobody's.
const STRANGER: &str = "39053344705";
const PHONE: &str = "31900001234";

pub struct Couriers {
    state: PathBuf,
    _process: Process,
}

impl Couriers {
    /// Beside this trade, which is told of them; `journey` goes into its table of that name.
    pub fn of(trade: &mut Trade, journey: &str) -> Couriers {
        Couriers::with(trade, journey, "starttls", &[])
    }

    /// With a mail server of this sort.
    pub fn with(trade: &mut Trade, journey: &str, security: &str, options: &[&str]) -> Couriers {
        let state = trade.path("courier");
        std::fs::create_dir_all(&state).unwrap();
        let signed = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
        let (certificate, key) = (state.join("certificate.pem"), state.join("key.pem"));
        std::fs::write(&certificate, signed.cert.pem()).unwrap();
        std::fs::write(&key, signed.signing_key.serialize_pem()).unwrap();
        let text = |path: &PathBuf| path.to_str().unwrap().to_owned();
        let (folder, pem) = (text(&state), text(&certificate));
        let key = text(&key);
        let args = ["simulate", "courier", "--state", &folder, "--certificate", &pem, "--key", &key];
        let mut process = Process::start("courier", &[&args, options].concat());
        let ready: Value = serde_json::from_str(&process.line("the couriers' addresses")).unwrap();
        let port = ready["smtp"].as_str().unwrap().rsplit_once(':').unwrap().1.to_owned();
        let (sms, password) = (ready["sms"].as_str().unwrap(), text(&trade.path("password")));
        let tables = format!(
            r#"[courier.email]
server = "localhost"
port = {port}
security = "{security}"
user = "totem"
password = {{ file = "{password}" }}
from = "Provedor Exemplo <nao-responda@example.com>"
authorities = "{pem}"

[courier.sms]
url = "http://{sms}/v1/messages"
headers = {{ Authorization = "Bearer {{token}}" }}
body = '{{"to": "+55{{phone}}", "text": "{{text}}"}}'
credentials = {{ token = {{ file = "{password}" }} }}
success = {{ path = "messages.0.status", is = ["queued"] }}

[journey]
{journey}"#
        );
        trade.configure("[journey]", &tables);
        Couriers { state, _process: process }
    }

    pub fn order(&self, orders: &Value) {
        let draft = self.state.join("control.draft");
        std::fs::write(&draft, orders.to_string()).unwrap();
        std::fs::rename(draft, self.state.join("control.json")).unwrap();
    }

    pub fn path(&self, file: &str) -> PathBuf {
        self.state.join(file)
    }

    fn book(&self) -> Value {
        serde_json::from_slice(&std::fs::read(self.state.join("book.json")).unwrap()).unwrap()
    }

    pub fn brought(&self, list: &str) -> Vec<Value> {
        self.book()[list].as_array().unwrap().clone()
    }

    /// The code in the text that comes as number `many` of this list.
    pub fn code(&self, list: &str, many: usize) -> String {
        let deadline = Instant::now() + Duration::from_secs(60);
        loop {
            let brought = self.brought(list);
            assert!(brought.len() <= many, "{brought:?}");
            if let Some(last) = brought.get(many - 1) {
                let words = last["text"].as_str().unwrap().split(|letter: char| !letter.is_ascii_digit());
                let codes: Vec<&str> = words.filter(|word| word.len() == 6).collect();
                assert_eq!(codes.len(), 1, "{last}");
                return codes[0].to_owned();
            }
            assert!(Instant::now() < deadline, "nothing was brought: {:#}", self.book());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    pub fn understood_everything(&self) {
        assert_eq!(self.book()["errors"], json!([]));
    }
}

/// Another six digits.
fn wrong(code: &str) -> &'static str {
    if code == "000000" { "000001" } else { "000000" }
}

fn may(shown: &Value, what: &str) -> bool {
    shown["actions"].as_array().is_some_and(|actions| actions.contains(&json!(what)))
}

/// A view without what counts views.
fn seen(shown: &Value) -> Value {
    let mut shown = shown.clone();
    shown.as_object_mut().unwrap().remove("seq");
    shown
}

/// One wrong code; what is shown then.
fn guesses(customer: &mut Customer, code: &str) -> Value {
    let (most, last) = code.split_at(5);
    customer.types(most);
    customer.until_that("the stars", |shown| shown["typed"].as_str().is_some_and(|typed| typed.len() == 5));
    customer.types(last);
    customer.until_that("what comes of it", |shown| {
        shown["step"] == "trouble" || shown["wrong"] == true && shown["typed"] == ""
    })
}

#[test]
fn the_code_in_an_sms_shows_who_it_is() {
    let mut trade = Trade::open();
    let couriers = Couriers::of(&mut trade, "verify = \"code_sms\"");
    let mut customer = trade.totem();
    customer.types(MARIA.cpf);
    let shown = customer.until("verify");
    assert_eq!((&shown["asks"], &shown["length"]), (&json!("code_sms"), &json!(6)));
    assert!(!shown.to_string().contains("1234"), "no digit of the phone: {shown}");
    let code = couriers.code("messages", 1);
    assert_eq!(guesses(&mut customer, wrong(&code))["step"], "verify");
    customer.types(&code);
    let shown = customer.until("invoices");
    assert!(may(&shown, "services"), "a code is a second factor: {shown}");
    let log = customer.goes_for_good().join("\n");
    assert!(!log.contains(&code) && !log.contains(PHONE) && !log.contains(MARIA.cpf));
    let messages = couriers.brought("messages");
    assert_eq!((messages.len(), &messages[0]["phone"]), (1, &json!(PHONE)));
    couriers.understood_everything();
}

#[test]
fn the_code_in_a_letter_comes_over_a_connection_that_nobody_reads() {
    let mut trade = Trade::open();
    let couriers = Couriers::of(&mut trade, "verify = \"code_email\"");
    let mut customer = trade.totem();
    customer.types(MARIA.cpf);
    customer.until("verify");
    let code = couriers.code("letters", 1);
    customer.types(&code);
    customer.until("invoices");
    customer.goes_for_good();
    let letter = couriers.brought("letters").remove(0);
    assert_eq!(
        (&letter["to"], &letter["encrypted"], &letter["signed_in"]),
        (&json!("cliente81593@example.com"), &json!(true), &json!(true))
    );
    assert!(letter["subject"].as_str().unwrap().contains("o seu código"), "{letter}");
    couriers.understood_everything();
}

#[test]
fn a_server_that_is_encrypted_from_the_first_byte_and_knows_one_way_to_sign_in_is_spoken_to() {
    for (security, options, way) in [
        ("tls", &["--implicit-tls", "--sign-in", "login"][..], "LOGIN"),
        ("tls", &["--implicit-tls", "--sign-in", "plain"], "PLAIN"),
        ("starttls", &["--sign-in", "login"], "LOGIN"),
    ] {
        let mut trade = Trade::open();
        let couriers = Couriers::with(&mut trade, "verify = \"code_email\"", security, options);
        let mut customer = trade.totem();
        customer.types(MARIA.cpf);
        customer.until("verify");
        customer.types(&couriers.code("letters", 1));
        customer.until("invoices");
        customer.goes_for_good();
        let letter = couriers.brought("letters").remove(0);
        assert_eq!((&letter["encrypted"], &letter["signed_in_by"]), (&json!(true), &json!(way)), "{security}");
        couriers.understood_everything();
    }
}

#[test]
fn somebody_and_nobody_see_the_same_and_five_wrong_codes_lock_and_are_told_to_the_technician() {
    let mut views = Vec::new();
    for cpf in [MARIA.cpf, STRANGER] {
        let mut trade = Trade::open();
        let couriers = Couriers::of(&mut trade, "verify = \"code_sms\"");
        let mut customer = trade.totem();
        customer.types(cpf);
        let mut told = vec![seen(&customer.until("verify"))];
        let code = if cpf == MARIA.cpf { couriers.code("messages", 1) } else { "123456".to_owned() };
        for _ in 0..5 {
            told.push(seen(&guesses(&mut customer, wrong(&code))));
        }
        assert_eq!(told[5]["code"], "C4");
        customer.leaves();
        customer.types(MARIA.cpf);
        customer.until_that("the lock", |shown| shown["problem"] == "locked");
        let log = customer.goes_for_good();
        assert_eq!(log.iter().filter(|line| line.contains("it is locked for a while")).count(), 1);
        assert!(!log.join("\n").contains(cpf));
        let warnings = std::fs::read_to_string(trade.path("totem/warnings.log")).unwrap();
        assert!(warnings.contains("it is locked for a while") && !warnings.contains(PHONE));
        assert_eq!(couriers.brought("messages").len(), usize::from(cpf == MARIA.cpf));
        views.push(told);
    }
    assert_eq!(views[0], views[1]);
}

#[test]
fn whoever_has_no_phone_there_gets_nothing_and_sees_nothing_of_it() {
    let mut trade = crate::hubsoft::open(&[]);
    let couriers = Couriers::of(&mut trade, "verify = \"code_email\"");
    let mut customer = trade.totem();
    let mut views = Vec::new();
    // Maria has no e-mail there
    for cpf in [MARIA.cpf, STRANGER] {
        customer.types(cpf);
        views.push((seen(&customer.until("verify")), seen(&guesses(&mut customer, "123456"))));
        customer.taps("back");
        customer.until("identify");
    }
    assert_eq!(views[0], views[1]);
    assert!(couriers.brought("letters").is_empty());
    customer.goes_for_good();
}

#[test]
fn another_code_takes_the_place_of_the_first_after_half_a_minute() {
    let mut trade = Trade::open();
    let couriers = Couriers::of(&mut trade, "verify = \"code_sms\"");
    let mut customer = trade.totem();
    customer.types(MARIA.cpf);
    customer.until("verify");
    let first = couriers.code("messages", 1);
    assert_eq!(customer.is_refused(json!({"do": "retry"})), "retry");
    customer.until_that("another code to ask for", |shown| may(shown, "retry"));
    customer.taps("retry");
    customer.until_that("half a minute more", |shown| shown["step"] == "verify" && !may(shown, "retry"));
    let second = couriers.code("messages", 2);
    if first != second {
        assert_eq!(guesses(&mut customer, &first)["step"], "verify");
    }
    customer.types(&second);
    customer.until("invoices");
    customer.goes_for_good();
}

#[test]
fn a_courier_that_is_gone_is_told_to_everybody_alike_and_nobody_is_looked_up() {
    let mut trade = Trade::open();
    let couriers = Couriers::of(&mut trade, "verify = \"code_email\"");
    let mut customer = trade.totem();
    let mut views = Vec::new();
    for orders in
        [json!({"smtp": {"down": true}}), json!({"smtp": {"garbage": true}}), json!({"smtp": {"refuses": "auth"}})]
    {
        couriers.order(&orders);
        for cpf in [MARIA.cpf, STRANGER] {
            customer.types(cpf);
            views.push(seen(&customer.until("trouble")));
            customer.leaves();
        }
    }
    assert!(views.iter().all(|shown| shown["code"] == "C6" && *shown == views[0]), "{views:?}");
    assert_eq!(trade.calls("customer_by_document"), 0, "{:?}", trade.erp_book()["calls"]);
    couriers.order(&json!({}));
    customer.types(ANA.cpf);
    customer.until("verify");
    customer.types(&couriers.code("letters", 1));
    assert_eq!(customer.until("trouble")["code"], "C2");
    assert!(trade.calls("customer_by_document") > 0);
    let log = customer.goes_for_good().join("\n");
    assert!(log.contains("nobody brings it"), "{log}");
}

#[test]
fn a_mail_server_that_hangs_holds_nobody_up_for_long_and_the_other_question_takes_over() {
    let mut trade = Trade::open();
    let journey = "verify = \"code_email\"\nverify_otherwise = \"birth_day_month\"";
    let couriers = Couriers::of(&mut trade, journey);
    couriers.order(&json!({"smtp": {"hangs": true}}));
    let mut customer = trade.totem();
    customer.types(MARIA.cpf);
    customer.until_that("the other question", |shown| shown["asks"] == "birth_day_month");
    customer.types(MARIA.factor);
    customer.until("invoices");
    customer.goes_for_good();
    assert!(couriers.brought("letters").is_empty());
}

#[test]
fn what_may_have_been_sent_is_not_sent_again_and_its_code_is_good() {
    for (journey, list, orders) in [
        ("verify = \"code_sms\"", "messages", json!({"sms": {"mute": true}})),
        ("verify = \"code_sms\"", "messages", json!({"sms": {"status": 500, "done": true}})),
        ("verify = \"code_sms\"", "messages", json!({"sms": {"garbage": true}})),
        ("verify = \"code_email\"", "letters", json!({"smtp": {"closes_after_text": true}})),
        ("verify = \"code_email\"", "letters", json!({"smtp": {"hangs_after_text": true}})),
    ] {
        let mut trade = Trade::open();
        let couriers = Couriers::of(&mut trade, journey);
        couriers.order(&orders);
        let mut customer = trade.totem();
        customer.types(MARIA.cpf);
        customer.until("verify");
        customer.types(&couriers.code(list, 1));
        customer.until("invoices");
        customer.goes_for_good();
        assert_eq!(couriers.brought(list).len(), 1, "{orders}");
    }
}

#[test]
fn one_person_gets_so_many_codes_in_an_hour() {
    let mut trade = Trade::open();
    let couriers = Couriers::of(&mut trade, "verify = \"code_sms\"");
    trade.configure("[courier.email]", "[courier]\ncodes_per_person = 2\n\n[courier.email]");
    let mut customer = trade.totem();
    for many in 1..=2 {
        customer.types(MARIA.cpf);
        customer.until("verify");
        couriers.code("messages", many);
        customer.taps("back");
        customer.until("identify");
    }
    customer.types(MARIA.cpf);
    assert_eq!(customer.until("trouble")["code"], "C7");
    customer.goes_for_good();
    assert_eq!(couriers.brought("messages").len(), 2);
}
