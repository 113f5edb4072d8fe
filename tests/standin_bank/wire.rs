//! Requests written to a socket letter by letter, and answers read back the same way.

use std::fs;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;
use totem::simulator::bank::{self, Options, Running};

/// "totem:demonstracao"
pub const BASIC: &str = "Authorization: Basic dG90ZW06ZGVtb25zdHJhY2Fv\r\n";
pub const FORM: &str = "Content-Type: application/x-www-form-urlencoded\r\n";
pub const KEY: &str = "7d9f0335-8dcc-4054-9bf9-0dbd61d36906";
/// Thirty-two characters, the choice of a kiosk.
pub const TXID: &str = "7978c0c97ea847e78e8849634473c1f1";

pub struct Bank {
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

    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }

    /// The last part of a problem's `type`.
    pub fn problem(&self) -> String {
        assert_eq!(self.header("Content-Type"), Some("application/problem+json"), "{}", self.text());
        let kind = self.json()["type"].as_str().unwrap().to_owned();
        kind.strip_prefix("https://pix.bcb.gov.br/api/v2/error/").unwrap().to_owned()
    }
}

/// A bank whose payers pay nothing by themselves, with a token for everything.
pub fn bank() -> Bank {
    bank_with(|_| {})
}

pub fn bank_with(change: impl FnOnce(&mut Options)) -> Bank {
    let folder = tempfile::tempdir().unwrap();
    let mut options = Options::new(folder.path().to_owned());
    change(&mut options);
    let running = bank::start(options).unwrap();
    let token = sign_in(running.address());
    Bank { running, folder, token }
}

pub fn sign_in(address: SocketAddr) -> String {
    let answer = talk(address, &token_request("grant_type=client_credentials")).unwrap();
    answer.json()["access_token"].as_str().map(str::to_owned).unwrap_or_default()
}

pub fn token_request(form: &str) -> String {
    request("POST", "/oauth/token", &format!("{BASIC}{FORM}"), form)
}

pub fn request(method: &str, path: &str, headers: &str, body: &str) -> String {
    let length = body.len();
    format!("{method} {path} HTTP/1.1\r\nHost: bank\r\n{headers}Content-Length: {length}\r\n\r\n{body}")
}

impl Bank {
    pub fn address(&self) -> SocketAddr {
        self.running.address()
    }

    pub fn request(&self, method: &str, path: &str, body: &Value) -> String {
        let token = &self.token;
        let (kind, body) =
            if body.is_null() { ("", String::new()) } else { ("Content-Type: application/json\r\n", body.to_string()) };
        request(method, &format!("/v2{path}"), &format!("Authorization: Bearer {token}\r\n{kind}"), &body)
    }

    pub fn try_send(&self, method: &str, path: &str, body: &Value) -> Option<Answered> {
        talk(self.address(), &self.request(method, path, body))
    }

    pub fn send(&self, method: &str, path: &str, body: &Value) -> Answered {
        self.try_send(method, path, body).unwrap()
    }

    pub fn get(&self, path: &str) -> Answered {
        self.send("GET", path, &Value::Null)
    }

    pub fn put(&self, txid: &str, body: &Value) -> Answered {
        self.send("PUT", &format!("/cob/{txid}"), body)
    }

    pub fn patch(&self, txid: &str, body: &Value) -> Answered {
        self.send("PATCH", &format!("/cob/{txid}"), body)
    }

    pub fn read(&self, txid: &str) -> Value {
        let answer = self.get(&format!("/cob/{txid}"));
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.json()
    }

    /// A charge that has been paid in full, and the end-to-end id of its money.
    pub fn paid(&self, txid: &str) -> String {
        assert_eq!(self.put(txid, &charge()).status, 201);
        self.control(&json!({"pay_now": [txid]}));
        let read = self.read(txid);
        self.control(&json!({}));
        read["pix"][0]["endToEndId"].as_str().unwrap().to_owned()
    }

    pub fn control(&self, orders: &Value) {
        let path = self.folder.path().join("control.json");
        let draft = path.with_extension("draft");
        fs::write(&draft, orders.to_string()).unwrap();
        fs::rename(draft, path).unwrap();
    }

    pub fn book(&self) -> Value {
        book(self.folder.path())
    }

    pub fn errors(&self) -> Vec<String> {
        serde_json::from_value(self.book()["errors"].clone()).unwrap()
    }
}

pub fn book(folder: &Path) -> Value {
    serde_json::from_slice(&fs::read(folder.join("bank.json")).unwrap()).unwrap()
}

/// A charge of R$ 37,00 for six minutes, as the table of the request has it.
pub fn charge() -> Value {
    json!({
        "calendario": {"expiracao": 360},
        "devedor": {"cpf": "12345678909", "nome": "Francisco da Silva"},
        "valor": {"original": "37.00"},
        "chave": KEY,
        "solicitacaoPagador": "Fatura 4711",
    })
}

pub fn removal() -> Value {
    json!({"status": "REMOVIDA_PELO_USUARIO_RECEBEDOR"})
}

/// `body` with `value` at the JSON pointer.
pub fn with(mut body: Value, pointer: &str, value: Value) -> Value {
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    let parent = if parent.is_empty() { &mut body } else { body.pointer_mut(parent).unwrap() };
    parent[name] = value;
    body
}

/// `body` without what lies at the JSON pointer.
pub fn without(mut body: Value, pointer: &str) -> Value {
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    let parent = if parent.is_empty() { &mut body } else { body.pointer_mut(parent).unwrap() };
    parent.as_object_mut().unwrap().remove(name).unwrap();
    body
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

pub fn read_answer(stream: &mut impl Read) -> Option<Answered> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        stream.read_exact(&mut byte).ok()?;
        head.push(byte[0]);
    }
    let head = String::from_utf8(head).unwrap();
    let status = head.strip_prefix("HTTP/1.1 ").unwrap()[..3].parse().unwrap();
    let length = head.lines().find_map(|line| line.strip_prefix("Content-Length: ")).unwrap().parse().unwrap();
    let mut body = vec![0; length];
    stream.read_exact(&mut body).ok()?;
    Some(Answered { status, head, body })
}

/// Waits until it is so, at most some seconds.
pub fn eventually(what: &str, so: impl Fn() -> bool) {
    let until = Instant::now() + Duration::from_secs(10);
    while !so() {
        assert!(Instant::now() < until, "never: {what}");
        thread::sleep(Duration::from_millis(20));
    }
}
