//! The ERP's desk: takes a request, does to it what the control file orders, and answers as document 001 says.

use std::io;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use serde_json::{Value, json};

use super::book::{Book, PixCharge, Shelf, State, Way};
use super::control::{Control, Event, Instead, Order, Spoil, Trick};
use super::customers::Window;
use super::operation::{Operation, Route};
use super::token::Credentials;
use super::write_off::{self, Verdict};
use super::{bills, customers, pages, tables, token};
use crate::simulator::http::{Answer, Clerk, Reply, Request};

pub struct Desk {
    pub credentials: Credentials,
    pub token_life_ms: i64,
    pub pix_pays_after_ms: i64,
    /// The day it is for this ERP; `None` follows the clock.
    pub today: Option<Date>,
    pub zone: TimeZone,
    pub office: Mutex<Office>,
}

/// What one request at a time may touch.
pub struct Office {
    pub book: Book,
    pub shelf: Shelf,
    pub control: Control,
    /// After this nothing is written: the next stand-in may have the book already.
    pub closed: bool,
}

struct Now {
    ms: i64,
    today: Date,
    /// The last day a payment can be dated: today, by the clock or by the option.
    latest: Date,
}

impl Desk {
    fn office(&self) -> MutexGuard<'_, Office> {
        self.office.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn now(&self) -> Now {
        let clock = Zoned::new(Timestamp::now(), self.zone.clone());
        let today = self.today.unwrap_or(clock.date());
        Now { ms: clock.timestamp().as_millisecond(), today, latest: today.max(clock.date()) }
    }

    /// Lets happen what waits for no request: orders of the control file, PIX whose time has come.
    pub fn tick(&self) {
        let now = self.now();
        let mut office = self.office();
        office.read_control();
        if !office.closed && office.pass_time(&now, self.pix_pays_after_ms) {
            let _ = office.save();
        }
    }

    /// Gives the book up. A request that is still being answered changes nothing any more.
    pub fn close(&self) {
        let mut office = self.office();
        office.closed = true;
        office.shelf.close();
    }

    fn serve(&self, office: &mut Office, operation: &Operation, request: &Request) -> io::Result<Reply> {
        let now = self.now();
        if !self.credentials.open(request.header("Authorization")) {
            let refused = Answer::json(401, &json!("UNAUTHORIZED"));
            return Ok(Reply::Whole(refused.with("WWW-Authenticate", "Basic realm=\"webservice\"")));
        }
        let renewals = token::recognise(&office.book, request.header("Token"), now.ms).map(|token| token.renewals);
        let Some(renewals) = renewals.or((*operation == Operation::Token).then_some(0)) else {
            return Ok(Reply::Whole(Answer::json(401, &json!("UNAUTHORIZED"))));
        };
        let body: Value = if operation.has_body() {
            let kind = request.header("Content-Type").unwrap_or("").to_ascii_lowercase();
            if !kind.starts_with("application/json") {
                return Ok(Reply::Whole(Answer::json(415, &json!("UNSUPPORTED_MEDIA_TYPE"))));
            }
            match serde_json::from_slice(&request.body) {
                Ok(body) => body,
                Err(_) => return Ok(Reply::Whole(Answer::json(400, &json!("BAD_REQUEST")))),
            }
        } else {
            Value::Null
        };
        let book = &mut office.book;
        let value = match operation {
            Operation::Token => json!({"token": token::issue(book, now.ms, self.token_life_ms, 0)?}),
            Operation::RenewToken => json!({"token": token::issue(book, now.ms, self.token_life_ms, renewals + 1)?}),
            Operation::CustomerByDocument => match (body.get("cpfcnpj").and_then(Value::as_str), window(request)) {
                (None, _) => invalid("cpfcnpj"),
                (_, Err(field)) => invalid(field),
                (Some(cpf), Ok(window)) => customers::file(book, book.customer_by_document(cpf), &window, now.today),
            },
            Operation::CustomerById(id) => match window(request) {
                Err(field) => invalid(field),
                Ok(window) => customers::file(book, book.customer(*id), &window, now.today),
            },
            Operation::Contact(id) => customers::contact(book.customer(*id), &self.zone),
            Operation::OpenBills(id) => {
                book.bills_of(*id).filter(|bill| bill.state == State::Open).map(bills::short).collect()
            }
            Operation::AllBills(document) => match book.customer_by_document(document) {
                None => json!({"ClienteEncontrato": false, "Faturas": []}),
                Some(customer) => {
                    let rows: Vec<_> =
                        book.bills_of(customer.id).map(|bill| bills::in_history(bill, now.today)).collect();
                    json!({"ClienteEncontrato": true, "Faturas": rows})
                }
            },
            Operation::BoletoLine(id) => json!(bills::line(book, *id, now.today).as_deref().unwrap_or("FALHA")),
            Operation::BoletoPdf(id) => match bills::copy(book, *id, now.today) {
                Some(file) => return Ok(Reply::Whole(Answer::new(200, "application/pdf", file))),
                None => json!("FALHA"),
            },
            Operation::WriteOff => return Ok(write_off(office, &body, &now)),
            Operation::Brands => tables::brands(request.asked("adquirente")),
            Operation::Methods => tables::methods(),
            Operation::Accounts(method) => tables::accounts(*method),
            Operation::Pix => find_pix(book, &body, now.ms)?,
        };
        Ok(Reply::Whole(Answer::json(200, &value)))
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
        office.pass_time(&self.now(), self.pix_pays_after_ms);
        let reply = match instead(&orders) {
            Some(reply) => Ok(reply),
            None => {
                office.prepare(&orders, &self.now());
                match route {
                    Route::To(operation) => self.serve(&mut office, &operation, request),
                    Route::Only(method) => {
                        office.book.complain(format!("{} {}: wants {method}", request.method, request.path));
                        Ok(Reply::Whole(pages::error(405).with("Allow", method)))
                    }
                    Route::Nowhere => {
                        office.book.complain(format!("{} {}: no such path", request.method, request.path));
                        Ok(Reply::Whole(pages::error(404)))
                    }
                }
            }
        };
        let reply = reply.and_then(|reply| office.save().map(|()| reply));
        drop(office);
        thread::sleep(Duration::from_millis(after_ms));
        reply.map_or_else(|_| Reply::Whole(pages::error(500)), |reply| spoil(reply, &orders))
    }

    fn refused(&self, why: &str) {
        let mut office = self.office();
        office.book.complain(format!("not read as a request: {why}"));
        let _ = office.save();
    }
}

impl Office {
    fn read_control(&mut self) {
        for error in self.control.refresh() {
            self.book.complain(error);
        }
        self.control.tidy(&mut self.book.orders);
    }

    fn meet(&mut self, operation: Option<&str>) -> Vec<Order> {
        self.control.meet(operation, &mut self.book.orders)
    }

    fn arrive(&mut self, operation: &'static str) -> Vec<Order> {
        self.read_control();
        *self.book.calls.entry(operation.to_owned()).or_default() += 1;
        let orders = self.meet(Some(operation));
        if orders.iter().any(|order| matches!(order, Order::Slow { .. })) {
            let _ = self.save();
        }
        orders
    }

    /// Carries out the orders that change the world just before a request is served.
    fn prepare(&mut self, orders: &[Order], now: &Now) {
        for order in orders {
            match order {
                Order::ExpireTokens => self.book.tokens.clear(),
                Order::Event(event) => {
                    happen(&mut self.book, event, now.today);
                }
                _ => {}
            }
        }
    }

    fn pass_time(&mut self, now: &Now, pix_pays_after_ms: i64) -> bool {
        let mut changed = false;
        for event in self.control.events() {
            changed |= happen(&mut self.book, event, now.today);
        }
        if let Some(delay) = self.control.pix_pays_after_ms.unwrap_or(Some(pix_pays_after_ms)) {
            let due: Vec<i64> = self
                .book
                .pix
                .iter()
                .filter(|charge| charge.asked_at_ms.saturating_add(delay) <= now.ms)
                .map(|charge| charge.bill)
                .collect();
            for bill in due {
                changed |= settle_in_full(&mut self.book, bill, Way::Pix, now.today);
            }
        }
        changed
    }

    fn save(&self) -> io::Result<()> {
        if self.closed { Ok(()) } else { self.shelf.write(&self.book) }
    }
}

fn happen(book: &mut Book, event: &Event, today: Date) -> bool {
    let mut settle = |bills: &[i64], way| bills.iter().filter(|id| settle_in_full(book, **id, way, today)).count() > 0;
    match event {
        Event::PaidAtBank(bills) => settle(bills, Way::Bank),
        Event::PaidElsewhere(bills) => settle(bills, Way::Elsewhere),
        Event::Repriced(prices) => {
            let mut changed = false;
            for (id, cents) in prices {
                for bill in book.bills.iter_mut().filter(|bill| bill.id == *id && bill.value_cents != *cents) {
                    bill.value_cents = *cents;
                    changed = true;
                }
            }
            changed
        }
    }
}

fn settle_in_full(book: &mut Book, id: i64, way: Way, today: Date) -> bool {
    let cents = book.bill(id).map_or(0, |bill| bills::due_cents(bill, today));
    book.settle(id, way, cents, today)
}

fn write_off(office: &mut Office, body: &Value, now: &Now) -> Reply {
    let Office { book, control, .. } = office;
    let trick = control.trick(&mut book.orders);
    let mut call = write_off::noted(body, now.ms);
    let done = match trick {
        None | Some(Trick::LoseAnswer) => true,
        Some(Trick::LoseRequest | Trick::Reject) => false,
        Some(Trick::InternalError { done } | Trick::Html { done } | Trick::Empty { done }) => done,
    };
    let verdict = if done {
        write_off::carry_out(book, body, &mut call, now.latest)
    } else {
        Verdict::Invalid("IDContaFinanceira")
    };
    let json = |value: Value| {
        let status = if value.is_object() { control.error_status } else { 200 };
        Reply::Whole(Answer::json(status, &value))
    };
    let reply = match trick {
        None | Some(Trick::Reject) => json(verdict.body()),
        Some(Trick::LoseRequest | Trick::LoseAnswer) => Reply::Silence,
        Some(Trick::InternalError { .. }) => json(json!({"error": "INTERNAL_SERVER_ERROR"})),
        Some(Trick::Html { .. }) => Reply::Whole(pages::login()),
        Some(Trick::Empty { .. }) => Reply::Whole(Answer::new(200, "application/json", "")),
    };
    if let Reply::Whole(answer) = &reply {
        call.answer = Some(String::from_utf8_lossy(&answer.body).into_owned());
    }
    book.write_offs.push(call);
    reply
}

/// `pix/buscar` (erp.md 5.2): the same code for a bill however often it is asked for.
fn find_pix(book: &mut Book, body: &Value, now_ms: i64) -> io::Result<Value> {
    let integer = |key: &str| body.get(key).and_then(|id| id.as_i64().or_else(|| id.as_str()?.parse().ok()));
    let Some(bill) = integer("idFatura").and_then(|id| book.bill(id)) else { return Ok(invalid("idFatura")) };
    if integer("idCliente") != Some(bill.customer) {
        return Ok(invalid("idCliente"));
    }
    let document = body.get("documentoCliente").filter(|document| !document.is_null());
    if document.is_some_and(|document| document.as_str().and_then(|cpf| book.customer_by_document(cpf)).is_none()) {
        return Ok(invalid("documentoCliente"));
    }
    if bill.state != State::Open {
        return Ok(Verdict::AlreadySettled.body());
    }
    if !bill.has_pix {
        return Ok(json!({"resposta": ""}));
    }
    let id = bill.id;
    if let Some(charge) = book.pix.iter().find(|charge| charge.bill == id) {
        return Ok(json!({"resposta": bills::pix_code(&charge.token)}));
    }
    let token = token::hex(16)?;
    let code = bills::pix_code(&token);
    book.pix.push(PixCharge { bill: id, token, asked_at_ms: now_ms });
    Ok(json!({"resposta": code}))
}

fn window(request: &Request) -> Result<Window, &'static str> {
    let day = |name| match request.asked(name) {
        None => Ok(None),
        Some(text) => write_off::date(text).map(Some).ok_or(name),
    };
    Ok(Window { from: day("dataInicioVencFatura")?, to: day("dataFimVencFatura")? })
}

fn invalid(field: &'static str) -> Value {
    Verdict::Invalid(field).body()
}

fn instead(orders: &[Order]) -> Option<Reply> {
    orders.iter().find_map(|order| match order {
        Order::Instead(Instead::HangUp) => Some(Reply::Silence),
        Order::Instead(Instead::LoginPage) => Some(Reply::Whole(pages::login())),
        Order::Instead(Instead::Redirect(url)) => Some(Reply::Whole(pages::error(302).with("Location", url.as_str()))),
        Order::Instead(Instead::Status(status)) => Some(Reply::Whole(pages::error(*status))),
        _ => None,
    })
}

fn spoil(reply: Reply, orders: &[Order]) -> Reply {
    let Reply::Whole(answer) = reply else { return reply };
    let spoil = orders.iter().find_map(|order| if let Order::Spoil(spoil) = order { Some(*spoil) } else { None });
    match spoil {
        None => Reply::Whole(answer),
        Some(Spoil::CutShort) => Reply::CutShort(answer),
        Some(Spoil::Garbage) => Reply::Whole(Answer { body: pages::garbage(), ..answer }),
        Some(Spoil::Empty) => Reply::Whole(Answer { body: Vec::new(), ..answer }),
        Some(Spoil::Huge(bytes)) => Reply::Endless(bytes),
    }
}
