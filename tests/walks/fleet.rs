//! What an operator of many totems sees of one, and that nobody who watches can hold up a payment.

use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::time::Instant;

use serde_json::{Value, json};

use crate::trade::process::PATIENCE;
pub use crate::trade::process::free;
use crate::trade::{MARIA, Trade};

pub fn watched(more: &str) -> (Trade, SocketAddr) {
    let mut trade = Trade::open();
    let metrics = free();
    trade.configure("[advanced]\n", &format!("[fleet]\nmetrics = \"{metrics}\"\n{more}\n[advanced]\n"));
    (trade, metrics)
}

fn metrics(address: SocketAddr) -> String {
    let mut caller = TcpStream::connect(address).unwrap();
    caller.write_all(b"GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
    let mut text = String::new();
    caller.read_to_string(&mut text).unwrap();
    text
}

pub fn until_metrics(address: SocketAddr, line: &str) {
    let begun = Instant::now();
    loop {
        let text = metrics(address);
        if text.lines().any(|told| told == line) {
            return;
        }
        assert!(begun.elapsed() < PATIENCE, "{line} is not in\n{text}");
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
}

#[test]
fn a_payment_is_seen_in_the_numbers_and_nobody_is_named() {
    let (trade, address) = watched("");
    let mut customer = trade.totem();
    until_metrics(address, "totem_part_up{part=\"printer\"} 1");
    customer.pays(&MARIA, 90, "debit");
    customer.until_that("the write-off", |shown| shown["write_off"] == "settled");
    until_metrics(address, "totem_payments_total{method=\"debit\",outcome=\"paid\"} 1");
    let text = metrics(address);
    for line in [
        "totem_in_service 1",
        "totem_visits_total 1",
        "totem_facts_total{kind=\"finalized\"} 1",
        "totem_screen{step=\"paid\"} 1",
        "totem_write_offs_owed 0",
        "totem_part_up{part=\"erp\"} 1",
    ] {
        assert!(text.lines().any(|told| told == line), "{line} is not in\n{text}");
    }
    for personal in [MARIA.cpf, "Maria", "90", "31598"] {
        let labels = text.lines().filter(|line| line.contains('{') && !line.contains("le="));
        assert!(labels.clone().all(|line| !line.contains(personal)), "{personal} is in\n{text}");
    }
    customer.goes_for_good();
}

#[test]
fn wrong_answers_that_lock_the_second_factor_are_counted() {
    let (trade, address) = watched("");
    let mut customer = trade.totem();
    until_metrics(address, "totem_second_factor_locks_total 0");
    for _ in 0..5 {
        customer.types(MARIA.cpf);
        customer.until("verify");
        customer.types("0101");
        customer.until("trouble");
        customer.leaves();
    }
    until_metrics(address, "totem_second_factor_locks_total 1");
    let log = customer.goes_for_good().join("\n");
    assert!(log.contains("it is locked for a while") && !log.contains(MARIA.cpf));
}

#[test]
fn a_write_off_that_is_owed_is_told_with_its_age() {
    let (trade, address) = watched("");
    let mut customer = trade.totem();
    trade.order_tef(&json!({"hold": true, "on": ["CRT"]}));
    customer.pays(&MARIA, 90, "debit");
    customer.until("card");
    trade.erp_is_down();
    trade.order_tef(&json!({}));
    customer.until_that("the payment", |shown| shown["step"] == "paid" && shown["write_off"] == "owed");
    until_metrics(address, "totem_write_offs_owed 1");
    trade.erp_is_back();
    until_metrics(address, "totem_write_offs_owed 0");
    customer.leaves();
    customer.goes_for_good();
    trade.books_are_clean();
}

#[test]
fn a_collector_that_hangs_and_a_scraper_that_never_asks_hold_up_no_payment() {
    let deaf = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = deaf.local_addr().unwrap();
    let (trade, address) = watched(&format!("[fleet.otlp]\nurl = \"http://{url}\"\nevery_s = 1\n"));
    let mut customer = trade.totem();
    let hanging: Vec<TcpStream> = (0..40).map(|_| TcpStream::connect(address).unwrap()).collect();
    customer.pays(&MARIA, 90, "debit");
    customer.until_that("the write-off", |shown| shown["write_off"] == "settled");
    assert_eq!((trade.sales(), trade.write_offs(90)), (vec!["confirmed".to_owned()], vec![true]));
    drop(hanging);
    customer.leaves();
    customer.goes_for_good();
    trade.books_are_clean();
}

/// One request of a collector's, answered with this status. Those whose sender gave up meanwhile are passed over.
fn received(collector: &TcpListener, status: u16) -> Value {
    loop {
        let (stream, _) = collector.accept().unwrap();
        if let Some(sent) = answered(stream, status) {
            return sent;
        }
    }
}

fn line(reader: &mut impl BufRead) -> Option<String> {
    let mut line = String::new();
    reader.read_line(&mut line).ok().filter(|length| *length > 0).map(|_| line)
}

fn answered(stream: TcpStream, status: u16) -> Option<Value> {
    let mut reader = BufReader::new(stream);
    assert_eq!(line(&mut reader)?, "POST /v1/metrics HTTP/1.1\r\n");
    let mut length = 0;
    loop {
        let header = line(&mut reader)?;
        if header == "\r\n" {
            break;
        }
        if let Some(told) = header.to_lowercase().strip_prefix("content-length:") {
            length = told.trim().parse().unwrap();
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    let answer = format!("HTTP/1.1 {status} X\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{{}}");
    let stream = reader.get_mut();
    stream.set_nonblocking(true).unwrap();
    let waits = matches!(stream.peek(&mut [0]), Err(error) if error.kind() == ErrorKind::WouldBlock);
    stream.set_nonblocking(false).unwrap();
    let heard = waits && stream.write_all(answer.as_bytes()).is_ok();
    // whoever gives up has been given no answer, which a refusal comes to as well
    (heard || status != 200).then(|| serde_json::from_slice(&body).unwrap())
}

fn time(sent: &Value) -> u128 {
    let metrics = &sent["resourceMetrics"][0]["scopeMetrics"][0]["metrics"];
    metrics[0]["gauge"]["dataPoints"][0]["timeUnixNano"].as_str().unwrap().parse().unwrap()
}

#[test]
fn what_the_collector_did_not_take_waits_on_disk_and_goes_when_it_is_back() {
    let collector = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = collector.local_addr().unwrap();
    let (trade, _) = watched(&format!("[fleet.otlp]\nurl = \"http://{url}\"\nevery_s = 1\n"));
    let customer = trade.totem();
    let first = received(&collector, 503);
    let second = received(&collector, 200);
    assert!(time(&second) > time(&first));
    // what waited goes with its own time
    let begun = Instant::now();
    while time(&received(&collector, 200)) != time(&first) {
        assert!(begun.elapsed() < PATIENCE, "what waited does not come");
    }
    let attributes = &second["resourceMetrics"][0]["resource"]["attributes"];
    assert_eq!(attributes[2]["value"]["stringValue"], "PASSEIO-01");
    customer.goes_for_good();
}

/// A name in an alert rule or on a dashboard that no totem tells would never show anything.
#[test]
fn the_alert_rules_the_dashboard_and_the_template_name_only_what_a_totem_tells() {
    let (trade, address) = watched("");
    let customer = trade.totem();
    let mut told = metrics(address);
    customer.goes_for_good();
    told.push_str("totem_journal_whole totem_part_up ");
    for file in ["alerts.yml", "dashboard.json", "zabbix.yml"] {
        let text = std::fs::read_to_string(format!("{}/packaging/fleet/{file}", env!("CARGO_MANIFEST_DIR"))).unwrap();
        let names: Vec<&str> = text
            .split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
            .filter(|word| word.starts_with("totem_") && *word != "totem_")
            .map(|word| word.trim_end_matches("_bucket"))
            .collect();
        assert!(names.len() > 5, "{file}");
        for name in names {
            assert!(told.contains(name), "{file} names {name}, which no totem tells");
        }
    }
}
