//! The counter of a stand-in that keeps the common book: takes a request, does to it and to its answer what the control
//! file orders, and lets a language say what it means.

use std::io;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use serde_json::Value;

use crate::simulator::erp::book::{Book, Shelf, Way, WriteOffCall};
use crate::simulator::erp::control::{Control, Order, Trick};
use crate::simulator::erp::desk::{Now, Office, instead, settle_in_full, spoil};
use crate::simulator::erp::seed::{self, SeedSet};
use crate::simulator::erp::{bills, pages};
use crate::simulator::http::{Answer, Clerk, Reply, Request, Server};

const TICK: Duration = Duration::from_millis(200);

/// How one ERP is spoken to.
pub trait Language: Send + Sync + 'static {
    /// The names by which the book counts calls and the control file means them.
    fn names(&self) -> &'static [&'static str];

    /// The operation that a request asks for; nothing where there is no such path.
    fn operation(&self, request: &Request) -> Option<&'static str>;

    /// A refusal of whoever is not signed in.
    fn sign_in(&self, request: &Request) -> Option<Answer>;

    fn answer(&self, operation: &'static str, request: &Request, book: &mut Book, today: Date) -> Answer;

    /// What a write-off asks for: the bill, where it is one that this customer has.
    fn written_off(&self, request: &Request, book: &mut Book) -> Result<i64, Answer>;

    /// What is said to a write-off: done, or settled before.
    fn settled(&self, is_new: bool) -> Answer;

    fn rejected(&self) -> Answer;

    fn internal_error(&self) -> Answer;
}

pub struct Counter {
    language: Arc<dyn Language>,
    today: Option<Date>,
    zone: TimeZone,
    office: Mutex<Office>,
}

pub struct Running {
    server: Server,
    counter: Arc<Counter>,
    ticker: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Running {
    pub fn address(&self) -> SocketAddr {
        self.server.address()
    }

    pub fn stop(&mut self) {
        let Some((stop, ticker)) = self.ticker.take() else { return };
        self.server.stop();
        drop(stop);
        let _ = ticker.join();
        let mut office = self.counter.office();
        office.closed = true;
        office.shelf.close();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stop();
    }
}

impl Counter {
    /// Opens the book, or begins a new one, and starts to serve.
    pub fn start(
        state: &Path,
        port: u16,
        seed: SeedSet,
        today: Option<Date>,
        language: Arc<dyn Language>,
    ) -> io::Result<Running> {
        let zone = TimeZone::get("America/Sao_Paulo").map_err(io::Error::other)?;
        let day = today.unwrap_or_else(|| Zoned::new(Timestamp::now(), zone.clone()).date());
        let shelf = Shelf::open(state)?;
        let book = match shelf.read()? {
            Some(book) => book,
            None => seed::book(seed, day),
        };
        shelf.write(&book)?;
        let control = Control::new(state.join("control.json"), language.names());
        let office = Mutex::new(Office { book, shelf, control, closed: false });
        let counter = Arc::new(Counter { language, today, zone, office });
        let server = Server::start(port, Arc::<Counter>::clone(&counter))?;
        let (stop, stopped) = mpsc::channel();
        let theirs = Arc::clone(&counter);
        let ticker = thread::Builder::new().name("erp-ticker".into()).spawn(move || {
            while stopped.recv_timeout(TICK) == Err(RecvTimeoutError::Timeout) {
                theirs.tick();
            }
        })?;
        Ok(Running { server, counter, ticker: Some((stop, ticker)) })
    }

    fn office(&self) -> MutexGuard<'_, Office> {
        self.office.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn now(&self) -> Now {
        let clock = Zoned::new(Timestamp::now(), self.zone.clone());
        let today = self.today.unwrap_or(clock.date());
        Now { ms: clock.timestamp().as_millisecond(), today, latest: today.max(clock.date()) }
    }

    fn tick(&self) {
        let now = self.now();
        let mut office = self.office();
        office.read_control();
        if !office.closed && office.pass_time(&now, i64::MAX) {
            let _ = office.save();
        }
    }

    fn served(&self, office: &mut Office, operation: Option<&'static str>, request: &Request, now: &Now) -> Reply {
        let Some(operation) = operation else {
            office.book.complain(format!("{} {}: no such path", request.method, request.path));
            return Reply::Whole(pages::error(404));
        };
        if let Some(refusal) = self.language.sign_in(request) {
            return Reply::Whole(refusal);
        }
        if operation == "write_off" {
            return self.pay(office, request, now);
        }
        Reply::Whole(self.language.answer(operation, request, &mut office.book, now.today))
    }

    /// The write-off, with what the control file has in store for it.
    fn pay(&self, office: &mut Office, request: &Request, now: &Now) -> Reply {
        let Office { book, control, .. } = office;
        let trick = control.trick(&mut book.orders);
        let done = match trick {
            None | Some(Trick::LoseAnswer) => true,
            Some(Trick::LoseRequest | Trick::Reject) => false,
            Some(Trick::InternalError { done } | Trick::Html { done } | Trick::Empty { done }) => done,
        };
        let mut call = WriteOffCall { at_ms: now.ms, ..WriteOffCall::default() };
        let said = match self.language.written_off(request, book) {
            Err(refusal) => refusal,
            Ok(bill) => {
                call.bill = Some(bill);
                call.due_cents = book.bill(bill).map(|bill| bills::due_cents(bill, now.today));
                let settles = done && settle_in_full(book, bill, Way::WriteOff, now.today);
                call.applied = settles;
                call.paid_cents = call.due_cents.filter(|_| settles);
                self.language.settled(settles)
            }
        };
        let reply = match trick {
            None => Reply::Whole(said),
            Some(Trick::Reject) => Reply::Whole(self.language.rejected()),
            Some(Trick::LoseRequest | Trick::LoseAnswer) => Reply::Silence,
            Some(Trick::InternalError { .. }) => Reply::Whole(self.language.internal_error()),
            Some(Trick::Html { .. }) => Reply::Whole(pages::login()),
            Some(Trick::Empty { .. }) => Reply::Whole(Answer::new(200, "application/json", "")),
        };
        if let Reply::Whole(answer) = &reply {
            call.answer = Some(String::from_utf8_lossy(&answer.body).into_owned());
        }
        book.write_offs.push(call);
        reply
    }
}

impl Clerk for Counter {
    fn listens(&self) -> bool {
        let mut office = self.office();
        office.read_control();
        let hangs_up = !office.meet(None).is_empty();
        if hangs_up {
            let _ = office.save();
        }
        !hangs_up && !office.closed
    }

    fn reply(&self, request: &Request) -> Reply {
        let operation = self.language.operation(request);
        let orders = self.office().arrive(operation.unwrap_or("unknown"));
        let (mut before_ms, mut after_ms) = (0, 0);
        for order in &orders {
            if let Order::Slow { before_ms: before, after_ms: after } = order {
                before_ms += before;
                after_ms += after;
            }
        }
        thread::sleep(Duration::from_millis(before_ms));
        let mut office = self.office();
        if office.closed {
            return Reply::Silence;
        }
        let now = self.now();
        office.pass_time(&now, i64::MAX);
        let reply = match instead(&orders) {
            Some(reply) => reply,
            None => {
                office.prepare(&orders, &now);
                self.served(&mut office, operation, request, &now)
            }
        };
        let saved = office.save();
        drop(office);
        thread::sleep(Duration::from_millis(after_ms));
        saved.map_or_else(|_| Reply::Whole(pages::error(500)), |()| spoil(reply, &orders))
    }

    fn refused(&self, why: &str) {
        let mut office = self.office();
        office.book.complain(format!("not read as a request: {why}"));
        let _ = office.save();
    }
}

/// The object in a body; an empty one where there is none.
pub fn object(request: &Request) -> Option<serde_json::Map<String, Value>> {
    match serde_json::from_slice(&request.body) {
        Ok(Value::Object(object)) => Some(object),
        _ => None,
    }
}
