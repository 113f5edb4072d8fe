//! Requests written to a socket letter by letter, and answers read back the same way.

use std::fs;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;
use totem::simulator::erp::{self, Options, Running};

/// "totem:demonstracao"
pub const BASIC: &str = "Authorization: Basic dG90ZW06ZGVtb25zdHJhY2Fv\r\n";

/// A day on which nothing of this file depends on the clock.
pub const TODAY: &str = "2026-11-22";

pub struct Erp {
    pub running: Running,
    pub folder: TempDir,
    pub token: String,
}

#[derive(Debug, PartialEq)]
pub struct Answered {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Answered {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }
}

/// A stand-in on the fixed day whose customers pay nothing by themselves, already signed in.
pub fn erp() -> Erp {
    erp_with(|_| {})
}

pub fn erp_with(change: impl FnOnce(&mut Options)) -> Erp {
    let folder = tempfile::tempdir().unwrap();
    let mut options = options(folder.path());
    change(&mut options);
    let running = erp::start(options).unwrap();
    let token = sign_in(running.address());
    Erp { running, folder, token }
}

pub fn options(folder: &Path) -> Options {
    Options { today: Some(TODAY.parse().unwrap()), ..Options::new(folder.to_owned()) }
}

pub fn sign_in(address: SocketAddr) -> String {
    let answer = talk(address, &format!("GET /ws/auth/token/gerar HTTP/1.1\r\nHost: erp\r\n{BASIC}\r\n")).unwrap();
    answer.json()["token"].as_str().unwrap().to_owned()
}

impl Erp {
    pub fn address(&self) -> SocketAddr {
        self.running.address()
    }

    pub fn get(&self, path: &str) -> Answered {
        self.try_get(path).unwrap()
    }

    pub fn try_get(&self, path: &str) -> Option<Answered> {
        talk(self.address(), &self.request("GET", path, ""))
    }

    pub fn send(&self, method: &str, path: &str, body: &Value) -> Answered {
        self.try_send(method, path, body).unwrap()
    }

    pub fn try_send(&self, method: &str, path: &str, body: &Value) -> Option<Answered> {
        talk(self.address(), &self.request(method, path, &body.to_string()))
    }

    pub fn request(&self, method: &str, path: &str, body: &str) -> String {
        let kind = if body.is_empty() { "" } else { "Content-Type: application/json\r\n" };
        let length = body.len();
        let token = &self.token;
        format!(
            "{method} {path} HTTP/1.1\r\nHost: erp\r\n{BASIC}Token: {token}\r\n{kind}Content-Length: {length}\r\n\r\n{body}"
        )
    }

    pub fn pay(&self, body: &Value) -> Option<Answered> {
        self.try_send("PUT", "/ws/financeiro/faturas/pagar", body)
    }

    pub fn control(&self, orders: &Value) {
        let path = self.folder.path().join("control.json");
        let draft = path.with_extension("draft");
        fs::write(&draft, orders.to_string()).unwrap();
        fs::rename(draft, path).unwrap();
    }

    pub fn book(&self) -> Value {
        serde_json::from_slice(&fs::read(self.folder.path().join("erp.json")).unwrap()).unwrap()
    }

    pub fn bill(&self, id: i64) -> Value {
        find(&self.book()["bills"], "id", id)
    }

    /// How many of the write-offs that came in for the bill were carried out.
    pub fn applied(&self, id: i64) -> usize {
        let book = self.book();
        let calls = book["write_offs"].as_array().unwrap();
        calls.iter().filter(|call| call["bill"] == json!(id) && call["applied"] == json!(true)).count()
    }
}

/// The write-off of bill 90 by debit card, as the document writes it.
pub fn write_off() -> Value {
    json!({
        "IDFatura": 90,
        "IDFormaPagamento": 2,
        "IDContaFinanceira": 1,
        "DataPagamento": "22-11-2026",
        "ValorMulta": 6.32,
        "ValorJuros": 14.75,
        "ValorDesconto": 0.0,
        "ValorPago": 315.98,
        "IDBandeiraCartao": 1,
        "CodigoAutorizacaoCartao": "44444",
        "NSUCartao": "55555",
        "TIDCartao": "",
        "PagamentoParcial": "0",
    })
}

pub fn find(rows: &Value, key: &str, id: i64) -> Value {
    rows.as_array().unwrap().iter().find(|row| row[key] == json!(id)).cloned().unwrap_or(Value::Null)
}

/// The names in an object, sorted.
pub fn names(object: &Value) -> Vec<&str> {
    object.as_object().unwrap().keys().map(String::as_str).collect()
}

/// One request on a connection of its own. `None` where the other side hung up without a whole answer.
pub fn talk(address: SocketAddr, request: &str) -> Option<Answered> {
    let mut stream = connect(address);
    stream.write_all(request.as_bytes()).ok()?;
    read_answer(&mut stream)
}

pub fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    stream
}

pub fn read_answer(stream: &mut TcpStream) -> Option<Answered> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        stream.read_exact(&mut byte).ok()?;
        head.push(byte[0]);
    }
    let head = String::from_utf8(head).unwrap();
    let status = head.strip_prefix("HTTP/1.1 ").unwrap()[..3].parse().unwrap();
    let length = header(&head, "Content-Length").unwrap().parse().unwrap();
    let mut body = vec![0; length];
    stream.read_exact(&mut body).ok()?;
    Some(Answered { status, head, body })
}

pub fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
}

pub fn wait_until(condition: impl Fn() -> bool) {
    let patience = Instant::now() + Duration::from_secs(30);
    while !condition() {
        assert!(Instant::now() < patience, "it did not happen");
        std::thread::sleep(Duration::from_millis(20));
    }
}
