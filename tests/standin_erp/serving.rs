//! Signing in, the book that outlives the stand-in, and HTTP itself.

use std::io::Write;
use std::thread;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use totem::simulator::erp;

use crate::wire::{BASIC, connect, erp, erp_with, header, options, read_answer, sign_in, talk, write_off};

const METHODS: &str = "/ws/financeiro/formas_pagamento";

#[test]
fn nobody_gets_anything_without_user_and_password_and_a_live_token() {
    let erp = erp();
    let token = format!("Token: {}\r\n", erp.token);
    for (path, headers) in [
        ("/ws/auth/token/gerar", String::new()),
        ("/ws/auth/token/gerar", "Authorization: Basic dG90ZW06ZXJyYWRh\r\n".to_owned()),
        ("/ws/auth/token/gerar", "Authorization: Bearer dG90ZW06ZGVtb25zdHJhY2Fv\r\n".to_owned()),
        (METHODS, BASIC.to_owned()),
        (METHODS, token.clone()),
        (METHODS, format!("{BASIC}Token: {}x\r\n", erp.token)),
    ] {
        let answer = talk(erp.address(), &format!("GET {path} HTTP/1.1\r\n{headers}\r\n")).unwrap();
        assert_eq!((answer.status, answer.json()), (401, json!("UNAUTHORIZED")), "{path} {headers}");
    }
    let lower = BASIC.to_lowercase().replace("dg90zw06zgvtb25zdhjhy2fv", "dG90ZW06ZGVtb25zdHJhY2Fv");
    let request = format!("GET {METHODS} HTTP/1.1\r\n{lower}{}\r\n", token.replace("Token", "token"));
    assert_eq!(talk(erp.address(), &request).unwrap().status, 200, "header names have no capitals of their own");
}

fn claims(token: &str) -> Value {
    let parts: Vec<&str> = token.split('.').collect();
    assert_eq!(parts.len(), 3);
    assert_eq!(URL_SAFE_NO_PAD.decode(parts[0]).unwrap(), br#"{"alg":"HS256"}"#);
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(parts[1]).unwrap()).unwrap()
}

#[test]
fn a_token_is_good_for_an_hour_counted_in_milliseconds() {
    let erp = erp();
    let claims = claims(&erp.token);
    assert_eq!(claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(), 3_600_000);
    assert!(claims["iat"].as_i64().unwrap() > 1_700_000_000_000);
    assert_eq!((&claims["iss"], &claims["ren"], &claims["jti"]), (&json!("WebService"), &json!(0), &json!(1)));
}

#[test]
fn a_token_runs_out_and_a_live_one_can_be_renewed() {
    let mut erp = erp_with(|options| options.token_life_s = 5);
    let renewed = erp.send("PUT", "/ws/auth/token/renovar", &Value::Null).json()["token"].as_str().unwrap().to_owned();
    assert_ne!(renewed, erp.token);
    assert_eq!(claims(&renewed)["ren"], json!(1));
    thread::sleep(Duration::from_millis(5100));
    assert_eq!(erp.get(METHODS).status, 401);
    assert_eq!(erp.send("PUT", "/ws/auth/token/renovar", &Value::Null).status, 401);
    erp.token = sign_in(erp.address());
    assert_eq!(erp.get(METHODS).status, 200);
}

#[test]
fn the_book_survives_a_restart_with_everything_that_was_paid() {
    let mut erp = erp();
    erp.control(&json!({"status": {"value": 503, "for": "methods", "times": 2}}));
    assert_eq!(erp.get(METHODS).status, 503);
    assert_eq!(erp.pay(&write_off()).unwrap().json(), json!("SUCESSO"));
    erp.send(
        "POST",
        "/ws/financeiro/pix/buscar",
        &json!({"idFatura": 1224, "idCliente": 81594, "documentoCliente": "11144477735"}),
    );
    let before = erp.book();
    erp.running.stop();

    erp.running = erp::start(options(erp.folder.path())).unwrap();
    assert_eq!(erp.book(), before);
    assert_eq!(erp.get(METHODS).status, 503, "an order goes on where it was");
    assert_eq!(erp.get(METHODS).status, 200, "and the token is still good");
    let again = erp.pay(&write_off()).unwrap().json();
    assert_eq!(again, json!({"error": "A fatura informada já se encontra inteiramente quitada."}));
    assert_eq!(erp.applied(90), 1);
    let counted = &erp.book()["calls"];
    assert_eq!((&counted["write_off"], &counted["methods"], &counted["pix"]), (&json!(2), &json!(3), &json!(1)));

    erp.control(&json!({"pix_pays_after_ms": 0}));
    assert_eq!(erp.get(METHODS).status, 200);
    assert_eq!(erp.bill(1224)["paid_by"], json!("pix"), "a PIX asked for before the restart is paid after it");
}

#[test]
fn one_stand_in_at_a_time_keeps_a_book() {
    let mut erp = erp();
    assert!(erp::start(options(erp.folder.path())).is_err());
    erp.running.stop();
    let next = erp::start(options(erp.folder.path())).unwrap();
    assert_eq!(next.credentials().user, "totem");
}

#[test]
fn a_request_that_outlives_its_stand_in_changes_nothing() {
    let mut erp = erp();
    erp.control(&json!({"slow_ms": {"value": 5000, "for": "write_off", "times": 1}}));
    let request = erp.request("PUT", "/ws/financeiro/faturas/pagar", &write_off().to_string());
    let address = erp.address();
    let caller = thread::spawn(move || talk(address, &request));
    thread::sleep(Duration::from_millis(150));
    erp.running.stop();
    assert_eq!(caller.join().unwrap(), None);
    erp.running = erp::start(options(erp.folder.path())).unwrap();
    thread::sleep(Duration::from_millis(5100));
    assert_eq!(erp.applied(90), 0);
    assert_eq!(erp.bill(90)["state"], json!("open"));
    assert_eq!(erp.pay(&write_off()).unwrap().json(), json!("SUCESSO"));
}

#[test]
fn a_connection_carries_one_request_after_another() {
    let erp = erp();
    let mut stream = connect(erp.address());
    for _ in 0..3 {
        stream.write_all(erp.request("GET", METHODS, "").as_bytes()).unwrap();
        let answer = read_answer(&mut stream).unwrap();
        assert_eq!((answer.status, header(&answer.head, "Connection")), (200, Some("keep-alive")));
    }
    let twice =
        erp.request("GET", METHODS, "") + &erp.request("PUT", "/ws/financeiro/faturas/pagar", &write_off().to_string());
    stream.write_all(twice.as_bytes()).unwrap();
    assert!(read_answer(&mut stream).unwrap().json().is_array());
    assert_eq!(read_answer(&mut stream).unwrap().json(), json!("SUCESSO"));

    let last = erp.request("GET", METHODS, "").replace("Host: erp", "Host: erp\r\nConnection: close");
    stream.write_all(last.as_bytes()).unwrap();
    assert_eq!(read_answer(&mut stream).unwrap().status, 200);
    assert_eq!(read_answer(&mut stream), None);
}

#[test]
fn a_request_may_come_in_crumbs() {
    let erp = erp();
    let mut stream = connect(erp.address());
    for byte in erp.request("PUT", "/ws/financeiro/faturas/pagar", &write_off().to_string()).bytes() {
        stream.write_all(&[byte]).unwrap();
    }
    assert_eq!(read_answer(&mut stream).unwrap().json(), json!("SUCESSO"));
}

#[test]
fn what_is_no_request_for_this_server_is_refused_in_words_and_noted() {
    let erp = erp();
    let pay = "PUT /ws/financeiro/faturas/pagar HTTP/1.1\r\n";
    for (request, status) in [
        (format!("{pay}Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"), 411),
        (format!("{pay}Content-Length: 1048577\r\n\r\n"), 413),
        (format!("{pay}Content-Length: -1\r\n\r\n"), 400),
        (format!("{pay}Content-Length: 1\r\nContent-Length: 2\r\n\r\n"), 400),
        (format!("GET {METHODS} HTTP/1.1\r\nX: {}\r\n\r\n", "a".repeat(20_000)), 431),
        (format!("GET {METHODS} HTTP/1.1\r\n{}\r\n", "X: y\r\n".repeat(100)), 431),
        ("\u{1}\u{2}\u{3} not http\r\n\r\n".to_owned(), 400),
    ] {
        let before = erp.book()["errors"].as_array().unwrap().len();
        let answer = talk(erp.address(), &request).unwrap();
        assert_eq!(answer.status, status, "{request:.80}");
        assert_eq!(header(&answer.head, "Connection"), Some("close"));
        assert_eq!(erp.book()["errors"].as_array().unwrap().len(), before + 1, "{request:.80}");
    }
}

#[test]
fn a_path_that_the_document_does_not_have_is_not_found_and_noted() {
    let erp = erp();
    for path in ["/", "/ws", "/ws/financeiro/faturas/pagar/", "/ws/financeiro/fatura/90x/imprimir", "/ws/area/cliente/"]
    {
        assert_eq!(erp.get(path).status, 404, "{path}");
        assert_eq!(
            erp.book()["errors"].as_array().unwrap().last().unwrap(),
            &json!(format!("GET {path}: no such path"))
        );
    }
    let wrong = erp.send("POST", "/ws/financeiro/faturas/pagar", &write_off());
    assert_eq!((wrong.status, header(&wrong.head, "Allow")), (405, Some("PUT")));
    assert_eq!(erp.applied(90), 0);
}

#[test]
fn a_body_must_be_json_and_say_so() {
    let erp = erp();
    let request = erp.request("PUT", "/ws/financeiro/faturas/pagar", &write_off().to_string());
    let untold = talk(erp.address(), &request.replace("Content-Type: application/json\r\n", "")).unwrap();
    assert_eq!((untold.status, untold.json()), (415, json!("UNSUPPORTED_MEDIA_TYPE")));
    let broken = talk(erp.address(), &erp.request("PUT", "/ws/financeiro/faturas/pagar", "{\"IDFatura\": 90")).unwrap();
    assert_eq!((broken.status, broken.json()), (400, json!("BAD_REQUEST")));
    assert_eq!(erp.book()["write_offs"], json!([]));
}

#[test]
fn more_connections_than_a_small_server_holds_are_turned_away() {
    let erp = erp();
    let held: Vec<_> = (0..64)
        .map(|_| {
            let mut stream = connect(erp.address());
            stream.write_all(erp.request("GET", METHODS, "").as_bytes()).unwrap();
            assert_eq!(read_answer(&mut stream).unwrap().status, 200);
            stream
        })
        .collect();
    assert_eq!(erp.try_get(METHODS), None);
    drop(held);
    let served = (0..100).any(|_| {
        thread::sleep(Duration::from_millis(20));
        erp.try_get(METHODS).is_some()
    });
    assert!(served, "there is room again once they are gone");
}

#[test]
fn the_address_is_told_and_the_port_is_free_after_the_end() {
    let mut erp = erp();
    let address = erp.address();
    assert!(address.ip().is_loopback() && address.port() != 0);
    erp.running.stop();
    assert!(std::net::TcpStream::connect(address).is_err());
}
