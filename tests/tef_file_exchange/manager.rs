//! A scripted manager, written from the protocol's documents: a thread that reads raw bytes and writes raw bytes.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use jiff::civil::date;
use tempfile::TempDir;
use totem::domain::{CardKind, CardSale, Money, Prompt};
use totem::tef::file_exchange::{self, DialectName, FileExchange, Identification, Settings};
use totem::tef::{Dialogue, SaleOrder, SaleOutcome, Tef};

/// The two folders and the driver's directory, in a place of their own.
pub struct Place {
    root: TempDir,
}

impl Place {
    pub fn new() -> Place {
        let place = Place { root: TempDir::new().unwrap() };
        fs::create_dir(place.request()).unwrap();
        fs::create_dir(place.response()).unwrap();
        place
    }

    pub fn root(&self) -> &Path {
        self.root.path()
    }

    pub fn request(&self) -> PathBuf {
        self.root().join("Req")
    }

    pub fn response(&self) -> PathBuf {
        self.root().join("Resp")
    }

    pub fn state(&self) -> PathBuf {
        self.root().join("state")
    }

    pub fn settings(&self) -> Settings {
        Settings {
            request_folder: self.request(),
            response_folder: self.response(),
            dialect: DialectName::Paygo,
            identification: Identification {
                application: "TOTEM ISP".into(),
                version: "v1.0".into(),
                company: "MINHA EMPRESA".into(),
                certification: "000000000000".into(),
                interface_version: "225".into(),
            },
            instalments_by: totem::tef::InstalmentsBy::default(),
            sts_timeout_ms: 3_000,
            response_limit_s: 60,
            poll_ms: 5,
            state_dir: self.state(),
        }
    }

    pub fn driver(&self) -> FileExchange {
        file_exchange::connect(self.settings()).unwrap()
    }

    /// A driver that soon gives up on a manager that does not answer.
    pub fn hasty_driver(&self) -> FileExchange {
        let settings = Settings { sts_timeout_ms: 1_000, response_limit_s: 1, ..self.settings() };
        file_exchange::connect(settings).unwrap()
    }
}

/// The files of a folder, sorted.
/// Waits until it is so.
pub fn until(what: &str, holds: impl Fn() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(30);
    while !holds() {
        assert!(Instant::now() < deadline, "never: {what}");
        thread::sleep(Duration::from_millis(5));
    }
}

pub fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// A request as it stood in the folder.
#[derive(Debug, Clone)]
pub struct Request {
    pub text: String,
}

impl Request {
    pub fn field(&self, id: &str) -> Option<&str> {
        self.text.split("\r\n").find_map(|line| line.strip_prefix(id)?.strip_prefix(" = "))
    }

    pub fn command(&self) -> &str {
        self.field("000-000").unwrap()
    }

    pub fn id(&self) -> &str {
        self.field("001-000").unwrap()
    }
}

/// The manager's side of the two folders.
pub struct Desk {
    request: PathBuf,
    response: PathBuf,
}

impl Desk {
    pub fn take(&self) {
        fs::remove_file(&self.request).unwrap();
    }

    pub fn has_request(&self) -> bool {
        self.request.exists()
    }

    pub fn response(&self, name: &str) -> PathBuf {
        self.response.join(name)
    }

    /// Writes beside and renames, as a manager does.
    pub fn put(&self, name: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.response("manager.part"), bytes).unwrap();
        fs::rename(self.response("manager.part"), self.response(name)).unwrap();
    }

    pub fn acknowledge(&self, request: &Request) {
        self.put("intpos.sts", acknowledgement(request));
    }

    pub fn accept(&self, request: &Request) {
        self.take();
        self.acknowledge(request);
    }

    pub fn respond(&self, request: &Request, rest: &str) {
        self.put("intpos.001", answer(request, rest));
    }
}

pub fn acknowledgement(request: &Request) -> String {
    format!("000-000 = {}\r\n001-000 = {}\r\n999-999 = 0\r\n", request.command(), request.id())
}

/// An answer to the request: its head, `rest`, the trailer.
pub fn answer(request: &Request, rest: &str) -> String {
    format!("000-000 = {}\r\n001-000 = {}\r\n{}999-999 = 0\r\n", request.command(), request.id(), crlf(rest))
}

pub fn crlf(text: &str) -> String {
    text.lines().map(|line| format!("{line}\r\n")).collect()
}

pub const APPROVED: &str = r#"002-000 = 4711
003-000 = 8990
009-000 = 0
010-000 = REDE DEMO
011-000 = 10
012-000 = 000123456
013-000 = A1B2C3
022-000 = 04032026
023-000 = 101533
027-000 = 7A0C11FE99
712-000 = 3
713-001 = "REDE DEMO - VIA CLIENTE"
713-002 = "VISA ************1234"
713-003 = "VALOR R$ 89,90  AUT A1B2C3"
714-000 = 1
715-001 = "VIA LOJISTA ..."
729-000 = 2
737-000 = 3
740-000 = ************1234
"#;

pub struct Manager {
    stop: Arc<AtomicBool>,
    seen: Arc<Mutex<Vec<Request>>>,
    thread: Option<JoinHandle<()>>,
}

impl Manager {
    /// Acknowledges every ATV; `script` is shown every other request, once.
    pub fn start(place: &Place, mut script: impl FnMut(&Request, &Desk) + Send + 'static) -> Manager {
        Manager::start_strict(place, move |request, desk| match request.command() {
            "ATV" => desk.accept(request),
            _ => script(request, desk),
        })
    }

    /// `script` is shown every request, once.
    pub fn start_strict(place: &Place, script: impl FnMut(&Request, &Desk) + Send + 'static) -> Manager {
        Manager::start_at(&place.request(), &place.response(), script)
    }

    pub fn start_at(
        request: &Path,
        response: &Path,
        mut script: impl FnMut(&Request, &Desk) + Send + 'static,
    ) -> Manager {
        let stop = Arc::new(AtomicBool::new(false));
        let seen = Arc::new(Mutex::new(Vec::<Request>::new()));
        let (stopped, seeing, folder, response) = (stop.clone(), seen.clone(), request.to_owned(), response.to_owned());
        let thread = thread::spawn(move || {
            while !stopped.load(Ordering::Relaxed) {
                thread::sleep(Duration::from_millis(2));
                let name = names(&folder).into_iter().find(|name| name.eq_ignore_ascii_case("intpos.001"));
                let Some(path) = name.map(|name| folder.join(name)) else { continue };
                let Ok(bytes) = fs::read(&path) else { continue };
                let request = Request { text: bytes.iter().map(|byte| char::from(*byte)).collect() };
                if seeing.lock().unwrap().last().is_some_and(|last| last.text == request.text) {
                    continue;
                }
                seeing.lock().unwrap().push(request.clone());
                script(&request, &Desk { request: path, response: response.clone() });
            }
        });
        Manager { stop, seen, thread: Some(thread) }
    }

    pub fn seen(&self) -> Vec<Request> {
        self.seen.lock().unwrap().clone()
    }

    /// The commands it was asked, but for the ATVs.
    pub fn commands(&self) -> Vec<String> {
        self.seen().iter().map(|request| request.command().to_owned()).filter(|command| command != "ATV").collect()
    }
}

impl Drop for Manager {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        let ended = self.thread.take().unwrap().join();
        if !thread::panicking() {
            ended.unwrap();
        }
    }
}

/// A manager that approves every sale with `rest` and acknowledges the others.
pub fn approving(place: &Place, rest: &str) -> Manager {
    let rest = rest.to_owned();
    Manager::start(place, move |request, desk| {
        desk.accept(request);
        if request.command() == "CRT" {
            desk.respond(request, &rest);
        }
    })
}

#[derive(Default)]
pub struct Customer {
    pub shown: Vec<(String, bool)>,
}

impl Dialogue for Customer {
    fn show(&mut self, message: &str, cancellable: bool) {
        self.shown.push((message.to_owned(), cancellable));
    }

    fn show_code(&mut self, _code: Option<&str>) {}

    fn ask(&mut self, _: Prompt) -> Option<String> {
        panic!("in file exchange the manager asks, not the totem");
    }

    fn wants_to_cancel(&self) -> bool {
        true
    }
}

pub fn order() -> SaleOrder {
    SaleOrder {
        coupon: 4711,
        amount: Money::from_cents(8990),
        kind: CardKind::Credit,
        instalments: 1,
        at: date(2026, 3, 4).at(10, 15, 0, 0),
    }
}

pub fn sell(driver: &mut FileExchange) -> SaleOutcome {
    driver.sell(&order(), &mut Customer::default())
}

pub fn approved(outcome: SaleOutcome) -> CardSale {
    match outcome {
        SaleOutcome::Approved(sale) => *sale,
        other => panic!("not approved: {other:?}"),
    }
}
