//! The control file: what can be ordered to go wrong, and what is true afterwards.

use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::wire::{Erp, connect, erp, header, read_answer, sign_in, wait_until, write_off};

const BILLS: &str = "/ws/financeiro/faturas/cliente/81593";

#[test]
fn a_write_off_can_go_wrong_in_every_way_and_is_still_done_at_most_once() {
    let internal = json!({"error": "INTERNAL_SERVER_ERROR"}).to_string();
    let reject = json!({"error": "IDContaFinanceira inválido."}).to_string();
    for (trick, answer, done) in [
        ("lost_request", None, false),
        ("lost_answer", None, true),
        ("internal_error", Some(internal.as_str()), false),
        ("internal_error_after", Some(internal.as_str()), true),
        ("reject", Some(reject.as_str()), false),
        ("html", Some("<!DOCTYPE html>"), false),
        ("html_after", Some("<!DOCTYPE html>"), true),
        ("empty", Some(""), false),
        ("empty_after", Some(""), true),
    ] {
        let erp = erp();
        erp.control(&json!({"write_off": {"value": trick, "times": 1}}));
        let first = erp.pay(&write_off());
        assert_eq!(first.is_some(), answer.is_some(), "{trick}");
        if let (Some(first), Some(answer)) = (&first, answer) {
            assert_eq!(first.status, 200, "{trick}");
            assert!(first.text().starts_with(answer) && first.body.is_empty() == answer.is_empty(), "{trick}");
        }
        assert_eq!(erp.applied(90), usize::from(done), "{trick}");
        let call = erp.book()["write_offs"][0].clone();
        assert_eq!(call["answer"].is_null(), answer.is_none(), "{trick}");
        assert_eq!(call["bill"], json!(90), "{trick}");

        let again = erp.pay(&write_off()).unwrap().json();
        assert_eq!(again == json!("SUCESSO"), !done, "{trick}: {again}");
        assert_eq!(erp.applied(90), 1, "{trick}");
    }
}

#[test]
fn a_business_error_can_come_with_a_status_of_its_own() {
    let erp = erp();
    erp.control(&json!({"error_status": 500, "write_off": "internal_error"}));
    let answer = erp.pay(&write_off()).unwrap();
    assert_eq!((answer.status, answer.json()), (500, json!({"error": "INTERNAL_SERVER_ERROR"})));
}

#[test]
fn an_erp_that_is_down_hangs_up_on_everybody_and_does_nothing() {
    let erp = erp();
    let mut stream = connect(erp.address());
    std::io::Write::write_all(&mut stream, erp.request("GET", BILLS, "").as_bytes()).unwrap();
    assert_eq!(read_answer(&mut stream).unwrap().status, 200);

    erp.control(&json!({"down": true}));
    std::io::Write::write_all(&mut stream, erp.request("GET", BILLS, "").as_bytes()).unwrap();
    assert_eq!(read_answer(&mut stream), None, "a connection from before is closed too");
    assert_eq!(erp.pay(&write_off()), None);
    assert_eq!(erp.applied(90), 0);

    erp.control(&json!({}));
    assert_eq!(erp.get(BILLS).status, 200);
}

#[test]
fn what_a_proxy_answers_never_reaches_the_erp() {
    let erp = erp();
    for (orders, status, start) in [
        (json!({"status": 500}), 500, "<!DOCTYPE html>"),
        (json!({"status": 502}), 502, "<!DOCTYPE html>"),
        (json!({"status": {"value": 503, "for": "write_off"}}), 503, "<!DOCTYPE html>"),
        (json!({"html": true}), 200, "<!DOCTYPE html>"),
        (json!({"redirect_to": "http://127.0.0.1:9/ws/"}), 302, "<!DOCTYPE html>"),
    ] {
        erp.control(&orders);
        let answer = erp.pay(&write_off()).unwrap();
        assert_eq!(answer.status, status, "{orders}");
        assert!(answer.text().starts_with(start) && answer.head.contains("Content-Type: text/html"), "{orders}");
    }
    erp.control(&json!({"redirect_to": "http://127.0.0.1:9/ws/"}));
    assert_eq!(header(&erp.get(BILLS).head, "Location"), Some("http://127.0.0.1:9/ws/"));
    assert_eq!(erp.applied(90), 0);
    assert_eq!(erp.book()["write_offs"], json!([]));
}

#[test]
fn an_answer_can_be_spoilt_on_the_way_back_after_the_deed_is_done() {
    for (orders, check) in [
        (json!({"truncate": true}), (|erp: &Erp| erp.pay(&write_off()).is_none()) as fn(&Erp) -> bool),
        (json!({"empty": true}), |erp| erp.pay(&write_off()).unwrap().body.is_empty()),
        (json!({"garbage": true}), |erp| {
            serde_json::from_slice::<Value>(&erp.pay(&write_off()).unwrap().body).is_err()
        }),
    ] {
        let erp = erp();
        erp.control(&orders);
        assert!(check(&erp), "{orders}");
        erp.control(&json!({}));
        assert_eq!(erp.applied(90), 1, "{orders}");
    }
}

#[test]
fn a_cut_answer_announces_more_than_it_brings() {
    let erp = erp();
    let whole = erp.get(BILLS).body.len();
    erp.control(&json!({"truncate": {"for": "open_bills"}}));
    let mut stream = connect(erp.address());
    std::io::Write::write_all(&mut stream, erp.request("GET", BILLS, "").as_bytes()).unwrap();
    let mut text = Vec::new();
    std::io::Read::read_to_end(&mut stream, &mut text).unwrap();
    let text = String::from_utf8(text).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    assert_eq!(header(head, "Content-Length"), Some(whole.to_string().as_str()));
    assert_eq!(body.len(), whole / 2);
}

#[test]
fn an_answer_can_be_a_hundred_megabytes() {
    let erp = erp();
    erp.control(&json!({"huge": {"for": "open_bills"}}));
    let answer = erp.get(BILLS);
    assert_eq!(answer.body.len(), 100 * 1024 * 1024);
    assert!(answer.body.starts_with(b"\"AA") && answer.body.ends_with(b"AA\""));
    erp.control(&json!({"huge": 1000}));
    assert_eq!(erp.get(BILLS).json().as_str().unwrap().len(), 998);
}

#[test]
fn a_slow_erp_does_its_deed_before_or_after_the_wait() {
    let erp = erp();
    erp.control(&json!({"slow_ms": {"value": 5000, "for": "write_off"}}));
    thread::scope(|scope| {
        let started = Instant::now();
        let call = scope.spawn(|| erp.pay(&write_off()));
        thread::sleep(Duration::from_millis(150));
        assert_eq!(erp.applied(90), 0);
        assert_eq!(call.join().unwrap().unwrap().json(), json!("SUCESSO"));
        assert!(started.elapsed() >= Duration::from_millis(5000));
    });

    let erp = crate::wire::erp();
    erp.control(&json!({"slow_answer_ms": {"value": 1500, "for": "write_off"}}));
    thread::scope(|scope| {
        let started = Instant::now();
        let call = scope.spawn(|| erp.pay(&write_off()));
        wait_until(|| erp.applied(90) == 1);
        assert_eq!(call.join().unwrap().unwrap().json(), json!("SUCESSO"));
        assert!(started.elapsed() >= Duration::from_millis(1500));
    });
}

#[test]
fn a_slow_customer_does_not_hold_up_the_others() {
    let erp = erp();
    erp.control(&json!({"slow_ms": {"value": 5000, "for": "write_off"}}));
    thread::scope(|scope| {
        let slow = scope.spawn(|| erp.pay(&write_off()));
        thread::sleep(Duration::from_millis(100));
        assert_eq!(erp.get(BILLS).status, 200);
        assert!(!slow.is_finished());
        slow.join().unwrap();
    });
}

#[test]
fn tokens_can_be_made_to_expire_at_once() {
    let mut erp = erp();
    erp.control(&json!({"token_expires_now": {"for": "write_off", "times": 1}}));
    let refused = erp.pay(&write_off()).unwrap();
    assert_eq!((refused.status, refused.json()), (401, json!("UNAUTHORIZED")));
    assert_eq!(erp.pay(&write_off()).unwrap().status, 401, "the old token stays dead");
    erp.token = sign_in(erp.address());
    assert_eq!(erp.pay(&write_off()).unwrap().json(), json!("SUCESSO"));
    assert_eq!(erp.applied(90), 1);
}

#[test]
fn an_order_passes_over_some_requests_meets_some_and_lets_the_rest_go() {
    let erp = erp();
    erp.control(&json!({"status": {"value": 503, "for": ["open_bills", "brands"], "skip": 1, "times": 2}}));
    let ask = || erp.get(BILLS).status;
    assert_eq!(
        [ask(), erp.get("/ws/financeiro/formas_pagamento").status, ask(), ask(), ask()],
        [200, 200, 503, 503, 200]
    );
    erp.control(&json!({"status": {"value": 503, "for": "open_bills", "times": 1, "id": "once more"}}));
    assert_eq!([ask(), ask()], [503, 200]);
}

#[test]
fn several_orders_of_a_kind_come_as_a_list() {
    let erp = erp();
    erp.control(&json!({"status": [
        {"value": 502, "for": "open_bills"},
        {"value": 503, "for": "brands", "times": 1},
    ]}));
    assert_eq!(erp.get(BILLS).status, 502);
    assert_eq!(erp.get("/ws/financeiro/bandeiras_cartao").status, 503);
    assert_eq!(erp.get("/ws/financeiro/bandeiras_cartao").status, 200);
}

#[test]
fn an_order_that_is_not_understood_is_noted_in_the_book() {
    let erp = erp();
    for (orders, name) in [
        (json!({"donw": true}), "donw"),
        (json!({"down": "yes"}), "down"),
        (json!({"html": {"for": "open_bils"}}), "html"),
        (json!({"html": {"tims": 1}}), "html"),
        (json!({"write_off": "explode"}), "write_off"),
        (json!({"pay_now": ["ninety"]}), "pay_now"),
        (json!({"pix_pays_after_ms": "soon"}), "pix_pays_after_ms"),
    ] {
        erp.control(&orders);
        assert_eq!(erp.get(BILLS).status, 200, "{orders}");
        let complaint = format!("control.json: {name} is not understood");
        assert_eq!(erp.book()["errors"].as_array().unwrap().last().unwrap(), &json!(complaint), "{orders}");
    }
}

#[test]
fn a_control_file_that_is_half_written_leaves_the_last_one_in_force() {
    let erp = erp();
    erp.control(&json!({"status": 503}));
    assert_eq!(erp.get(BILLS).status, 503);
    std::fs::write(erp.folder.path().join("control.json"), "{\"status\": 5").unwrap();
    assert_eq!(erp.get(BILLS).status, 503);
    std::fs::remove_file(erp.folder.path().join("control.json")).unwrap();
    assert_eq!(erp.get(BILLS).status, 200);
}
