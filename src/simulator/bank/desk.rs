//! The bank's desk: takes a request, does to it and to its answer what the control file orders, and keeps the book.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use serde_json::Value;

use super::book::{Book, Now};
use super::control::Order;
use super::demand::{self, Demands};
use super::office::{Office, spoil};
use super::payer::Usual;
use super::problem::Problem;
use super::route::{Operation, Route};
use super::schema::Check;
use super::show::View;
use super::token::{self, Client};
use super::{charges, received};
use crate::simulator::http::{Answer, Clerk, Reply, Request};

/// What an operation gives back.
pub type Given = Result<Answer, Problem>;

pub struct Desk {
    pub client: Client,
    /// The Pix keys of the receiver.
    pub keys: Vec<String>,
    pub demands: Demands,
    pub usual: Usual,
    pub zone: TimeZone,
    pub office: Mutex<Office>,
}

impl Desk {
    fn office(&self) -> MutexGuard<'_, Office> {
        self.office.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn now(&self) -> Now {
        let clock = Zoned::new(Timestamp::now(), self.zone.clone());
        Now { ms: clock.timestamp().as_millisecond(), today: clock.date() }
    }

    /// Lets happen what waits for no request.
    pub fn tick(&self) {
        let mut office = self.office();
        office.read_control();
        if !office.closed && office.pass_time(&self.usual, &self.now()) {
            let _ = office.save();
        }
    }

    /// Gives the book up. A request that is still being answered changes nothing any more.
    pub fn close(&self) {
        let mut office = self.office();
        office.closed = true;
        office.shelf.close();
    }

    /// The JSON of a request; a refusal, noted in the book, where it is none or does not say so.
    pub fn body(&self, book: &mut Book, request: &Request) -> Result<Value, Problem> {
        let kind = request.header("content-type").unwrap_or("").to_ascii_lowercase();
        let why = if kind.split(';').next().map(str::trim) == Some("application/json") {
            match serde_json::from_slice(&request.body) {
                Ok(body) => return Ok(body),
                Err(error) => format!("no JSON: {error}"),
            }
        } else {
            "the body does not say that it is application/json".to_owned()
        };
        book.complain(format!("{} {}: {why}", request.method, request.path));
        Err(Problem::new(400, "RequisicaoInvalida", "A requisição não é JSON."))
    }

    /// Notes what a check found.
    pub fn note(&self, book: &mut Book, request: &Request, check: &Check) {
        for violation in &check.violations {
            let (method, path) = (&request.method, &request.path);
            book.complain(format!("{method} {path}: {}: {}", violation.property, violation.reason));
        }
        for name in &check.unknown {
            book.complain(format!("{} {}: {name} is unknown to the schema", request.method, request.path));
        }
    }

    fn serve(&self, office: &mut Office, operation: &Operation, request: &Request, now: Now) -> Answer {
        let view = View { settings: &office.control.settings, now };
        let book = &mut office.book;
        if *operation == Operation::Token {
            return self.client.give(book, request, view.settings.numbers_as_text, &now);
        }
        let given = self.admit(book, request, operation, &now).and_then(|()| match operation {
            Operation::Create(kind, txid) => charges::create(self, book, &view, *kind, txid, request),
            Operation::CreateUnnamed => charges::create_unnamed(self, book, &view, request),
            Operation::Read(kind, txid) => charges::read(book, &view, *kind, txid, request),
            Operation::Change(kind, txid) => charges::revise(self, book, &view, *kind, txid, request),
            Operation::ReadPix(end_to_end_id) => received::read(book, &view, end_to_end_id),
            Operation::ListPix => received::list(book, &view, request),
            Operation::Refund { end_to_end_id, id } => {
                received::refund(self, book, &view, (end_to_end_id, id), request)
            }
            Operation::ReadRefund { end_to_end_id, id } => received::read_refund(book, &view, end_to_end_id, id),
            Operation::Token => Err(Problem::on_order(404)),
        });
        given.unwrap_or_else(|problem| {
            let answer = problem.answer(view.settings.error_shape);
            if problem.status == 401 {
                answer.with("WWW-Authenticate", "Bearer error=\"invalid_token\"")
            } else {
                answer
            }
        })
    }

    fn admit(&self, book: &mut Book, request: &Request, operation: &Operation, now: &Now) -> Result<(), Problem> {
        demand::check(&self.demands, book, request, operation)?;
        token::admit(book, request, operation.scope().unwrap_or(""), now)
    }
}

impl Clerk for Desk {
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
        let route = Operation::route(&request.method, &request.path);
        let name = if let Route::To(operation) = &route { operation.name() } else { "unknown" };
        let orders = self.office().arrive(name);
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
        office.pass_time(&self.usual, &now);
        let instead = orders.iter().find_map(|order| if let Order::Instead(it) = order { Some(it) } else { None });
        let reply = match (instead, route) {
            (Some(instead), _) => office.refuse(instead),
            (None, Route::To(operation)) => {
                office.prepare(&orders, &operation, &now);
                Reply::Whole(self.serve(&mut office, &operation, request, now))
            }
            (None, Route::Only(methods)) => {
                office.book.complain(format!("{} {}: wants {methods}", request.method, request.path));
                Reply::Whole(office.problem(405).with("Allow", methods))
            }
            (None, Route::Nowhere) => {
                office.book.complain(format!("{} {}: no such path", request.method, request.path));
                Reply::Whole(office.problem(404))
            }
        };
        let date = View { settings: &office.control.settings, now }.date();
        let saved = office.save();
        drop(office);
        thread::sleep(Duration::from_millis(after_ms));
        match reply {
            Reply::Whole(_) if saved.is_err() => Reply::Whole(Answer::new(500, "text/plain", "the book is lost")),
            Reply::Whole(answer) => spoil(answer.with("Date", date), &orders),
            silence => silence,
        }
    }

    fn refused(&self, why: &str) {
        let mut office = self.office();
        office.book.complain(format!("not read as a request: {why}"));
        let _ = office.save();
    }
}
