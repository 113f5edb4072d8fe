//! The desk a test sits at, and the totem's hand in the manager's folders.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;
use totem::simulator::state::order;
use totem::simulator::tef_manager::{Options, Running, start};

pub const SALE: &str = "000-000 = CRT|001-000 = 1002|002-000 = 4711|003-000 = 8990|004-000 = 0|706-000 = 156|\
                    716-000 = MINHA EMPRESA|717-000 = 260304101500|731-000 = 1|732-000 = 1|733-000 = 225|\
                    735-000 = TOTEM ISP|736-000 = v1.0|738-000 = 000000000000|749-000 = 1|999-999 = 0|";
pub const IDENTIFICATION: &str = "733-000 = 225|735-000 = TOTEM ISP|736-000 = v1.0|738-000 = 000000000000|999-999 = 0|";
pub const STEP: Duration = Duration::from_millis(5);
pub const PATIENCE: Duration = Duration::from_secs(10);

/// The desk a test sits at: the manager's directory, and the totem's hand in its folders.
pub struct Desk {
    folder: TempDir,
    pub next_id: u32,
}

impl Desk {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("req")).unwrap();
        fs::create_dir(folder.path().join("resp")).unwrap();
        Desk { folder, next_id: 1002 }
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn open(&self) -> Running {
        start(&Options::fast(self.path())).unwrap()
    }

    pub fn order(&self, misbehaviour: &Value) {
        order(self.path(), misbehaviour).unwrap();
    }

    pub fn send(&self, lines: &str) {
        self.send_bytes(lines.replace('|', "\r\n").as_bytes());
    }

    pub fn send_bytes(&self, bytes: &[u8]) {
        let unfinished = self.path().join("req/intpos.tmp");
        fs::write(&unfinished, bytes).unwrap();
        fs::rename(unfinished, self.path().join("req/intpos.001")).unwrap();
    }

    /// A sale with an identifier of its own, and with `instead` in the place of `written`.
    pub fn sell_with(&mut self, written: &str, instead: &str) -> Vec<u8> {
        self.next_id += 1;
        let identifier = format!("001-000 = {}", self.next_id);
        self.send(&SALE.replace("001-000 = 1002", &identifier).replace(written, instead));
        self.response()
    }

    pub fn sell(&mut self) -> String {
        text(&self.sell_with("749-000 = 1", "749-000 = 1"))
    }

    pub fn approved_sale(&mut self) -> Approval {
        let response = self.sell();
        assert_eq!(field(&response, "009-000"), "0", "{response}");
        Approval::read(&response)
    }

    pub fn send_finalisation(&mut self, command: &str, approval: &Approval) {
        self.next_id += 1;
        let Approval { nsu, finalization } = approval;
        self.send(&format!(
            "000-000 = {command}|001-000 = {}|002-000 = 4711|010-000 = REDE DEMO|012-000 = {nsu}|\
             027-000 = {finalization}|717-000 = 260304101541|{IDENTIFICATION}",
            self.next_id
        ));
    }

    /// Sends CNF or NCN and waits until it is acknowledged.
    pub fn finalise(&mut self, command: &str, approval: &Approval) -> String {
        self.send_finalisation(command, approval);
        text(&self.wait_for("resp/intpos.sts").expect("acknowledged"))
    }

    pub fn response(&self) -> Vec<u8> {
        self.wait_for("resp/intpos.sts").expect("the request is acknowledged");
        self.wait_for("resp/intpos.001").expect("the request is answered")
    }

    /// Takes the file away, once it is there.
    pub fn wait_for(&self, name: &str) -> Option<Vec<u8>> {
        self.wait_so_long_for(name, PATIENCE)
    }

    pub fn wait_so_long_for(&self, name: &str, patience: Duration) -> Option<Vec<u8>> {
        let until = Instant::now() + patience;
        let path = self.path().join(name);
        while Instant::now() < until {
            if let Ok(bytes) = fs::read(&path) {
                fs::remove_file(&path).unwrap();
                return Some(bytes);
            }
            std::thread::sleep(STEP);
        }
        None
    }

    pub fn nothing_comes(&self, name: &str) -> bool {
        self.wait_so_long_for(name, Duration::from_millis(150)).is_none()
    }

    pub fn book(&self) -> Value {
        serde_json::from_slice(&fs::read(self.path().join("tef.json")).unwrap()).unwrap()
    }

    pub fn transactions(&self) -> Vec<Value> {
        self.book()["transactions"].as_array().unwrap().clone()
    }

    pub fn breaches(&self) -> Vec<String> {
        let book = self.book();
        book["errors"].as_array().unwrap().iter().map(|error| error["breach"].as_str().unwrap().to_owned()).collect()
    }
}

pub struct Approval {
    pub nsu: String,
    pub finalization: String,
}

impl Approval {
    pub fn read(response: &str) -> Self {
        Approval { nsu: field(response, "012-000").to_owned(), finalization: field(response, "027-000").to_owned() }
    }
}

pub const NONE: [&str; 0] = [];

pub fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

pub fn field<'a>(response: &'a str, key: &str) -> &'a str {
    find(response, key).unwrap_or_else(|| panic!("no {key} in\n{response}"))
}

pub fn find<'a>(response: &'a str, key: &str) -> Option<&'a str> {
    response.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(" = "))
}

pub fn wait_until(what: &str, mut holds: impl FnMut() -> bool) {
    let until = Instant::now() + PATIENCE;
    while !holds() {
        assert!(Instant::now() < until, "{what}");
        std::thread::sleep(STEP);
    }
}
