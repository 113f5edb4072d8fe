//! The book that outlives the stand-in, the command line, and HTTP itself.

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use totem::simulator::bank::{self, Options};

use crate::wire::{TXID, bank, book, charge, connect, read_answer, request, talk};

#[test]
fn the_book_survives_a_restart_with_everything_that_was_paid() {
    let mut bank = bank();
    bank.paid(TXID);
    bank.control(&json!({"status": {"value": 503, "for": "get_cob", "times": 2}}));
    assert_eq!(bank.get(&format!("/cob/{TXID}")).status, 503);
    let before = bank.book();
    bank.running.stop();
    bank.running = bank::start(Options::new(bank.folder.path().to_owned())).unwrap();
    assert_eq!(bank.book(), before);
    assert_eq!(bank.get(&format!("/cob/{TXID}")).status, 503, "an order goes on where it was");
    assert_eq!(bank.read(TXID)["status"], json!("CONCLUIDA"));
    let counted = &bank.book()["calls"];
    assert_eq!((&counted["put_cob"], &counted["get_cob"], &counted["token"]), (&json!(1), &json!(4), &json!(1)));
}

#[test]
fn one_stand_in_at_a_time_keeps_a_book_and_a_damaged_one_is_never_taken_for_a_blank_one() {
    let mut bank = bank();
    assert!(bank::start(Options::new(bank.folder.path().to_owned())).is_err());
    bank.running.stop();
    std::fs::write(bank.folder.path().join("bank.json"), "{\"charges\"").unwrap();
    assert!(bank::start(Options::new(bank.folder.path().to_owned())).is_err());
}

#[test]
fn a_path_that_the_api_does_not_have_is_not_found_and_noted() {
    let bank = bank();
    for path in
        ["/", "/cob", "/v2", "/v2/", "/v2/cob/a/b", "/v2/loc", "/v1/cob/x", "/v2/pix/x/devolucao", "/oauth/token/"]
    {
        let answer = talk(bank.address(), &request("GET", path, "", "")).unwrap();
        assert_eq!(answer.status, 404, "{path}");
        assert_eq!(bank.errors().last().unwrap(), &format!("GET {path}: no such path"));
    }
    for (method, path, allowed) in [
        ("GET", "/oauth/token", "POST"),
        ("GET", "/v2/cob", "POST"),
        ("DELETE", "/v2/cob/x", "GET, PATCH, PUT"),
        ("POST", "/v2/cobv/x", "GET, PATCH, PUT"),
        ("PUT", "/v2/pix/x", "GET"),
        ("PATCH", "/v2/pix/x/devolucao/y", "GET, PUT"),
    ] {
        let answer = talk(bank.address(), &request(method, path, "", "")).unwrap();
        assert_eq!((answer.status, answer.header("Allow")), (405, Some(allowed)), "{method} {path}");
    }
}

#[test]
fn a_connection_carries_one_request_after_another() {
    let bank = bank();
    let mut stream = connect(bank.address());
    stream.write_all(bank.request("PUT", &format!("/cob/{TXID}"), &charge()).as_bytes()).unwrap();
    assert_eq!(read_answer(&mut stream).unwrap().status, 201);
    for _ in 0..3 {
        stream.write_all(bank.request("GET", &format!("/cob/{TXID}"), &Value::Null).as_bytes()).unwrap();
        assert_eq!(read_answer(&mut stream).unwrap().status, 200);
    }
}

#[test]
fn the_command_line_says_where_it_listens_and_ends_with_its_parent() {
    let folder = tempfile::tempdir().unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_totem"))
        .args(["simulate", "bank", "--pays-after-ms", "0", "--token-auth", "form-id-only", "--state"])
        .arg(folder.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let ready: Value = serde_json::from_str(&line).unwrap();
    let address = ready["listening"].as_str().unwrap();
    assert_eq!(ready["token"], json!(format!("http://{address}/oauth/token")));
    assert_eq!(ready["api"], json!(format!("http://{address}/v2")));
    let form = "Content-Type: application/x-www-form-urlencoded\r\n";
    let body = "grant_type=client_credentials&client_id=totem";
    let answer = talk(address.parse().unwrap(), &request("POST", "/oauth/token", form, body)).unwrap();
    assert_eq!(answer.status, 200);
    drop(child.stdin.take());
    assert!(child.wait().unwrap().success());
    assert_eq!(book(folder.path())["tokens_given"], json!(1));
}
