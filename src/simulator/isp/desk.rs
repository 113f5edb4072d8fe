//! The desk of all five: takes a request, does to it and to its answer what the control file orders, and keeps the book.

use std::io;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use super::book::{Book, Token};
use super::{Product, Voice, ixc, mk_auth, rbx, sgp, voalle};
use crate::simulator::erp::book::{Bill, PixCharge, Shelf, State, Way};
use crate::simulator::erp::control::{Control, Event, Instead, Order, Spoil};
use crate::simulator::erp::token::hex;
use crate::simulator::erp::{Credentials, bills, pages, pdf, slip};
use crate::simulator::http::{Answer, Clerk, Reply, Request};

pub struct Desk {
    pub product: Product,
    pub credentials: Credentials,
    pub syndata: String,
    pub voice: Voice,
    pub token_life_ms: i64,
    pub processing_ms: i64,
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

pub struct Now {
    pub ms: i64,
    pub today: Date,
    /// The last day a payment can be dated: today, by the clock or by the option.
    pub latest: Date,
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

    /// Lets happen what waits for no request.
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

    fn operation(&self, request: &Request) -> &'static str {
        match self.product {
            Product::Ixc => ixc::operation(request),
            Product::Sgp => sgp::operation(request),
            Product::Rbx => rbx::operation(request),
            Product::Voalle => voalle::operation(request),
            Product::MkAuth => mk_auth::operation(request),
        }
    }

    fn serve(&self, office: &mut Office, request: &Request, now: &Now) -> io::Result<Reply> {
        match self.product {
            Product::Ixc => ixc::serve(self, office, request, now),
            Product::Sgp => sgp::serve(self, office, request, now),
            Product::Rbx => rbx::serve(self, office, request, now),
            Product::Voalle => voalle::serve(self, office, request, now),
            Product::MkAuth => mk_auth::serve(self, office, request, now),
        }
    }
}

impl Clerk for Desk {
    fn listens(&self) -> bool {
        let mut office = self.office();
        office.read_control();
        let Office { book, control, .. } = &mut *office;
        let hangs_up = !control.meet(None, &mut book.orders).is_empty();
        if hangs_up {
            let _ = office.save();
        }
        !hangs_up && !office.closed
    }

    fn reply(&self, request: &Request) -> Reply {
        let orders = self.office().arrive(self.operation(request));
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
                self.serve(&mut office, request, &self.now())
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

    fn arrive(&mut self, operation: &'static str) -> Vec<Order> {
        self.read_control();
        *self.book.calls.entry(operation.to_owned()).or_default() += 1;
        let orders = self.control.meet(Some(operation), &mut self.book.orders);
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
        let mut changed = self.book.process(now.ms, now.today);
        for event in self.control.events() {
            changed |= happen(&mut self.book, event, now.today);
        }
        if let Some(delay) = self.control.pix_pays_after_ms.unwrap_or(Some(pix_pays_after_ms)) {
            let asked = self.book.pix.iter().filter(|charge| charge.asked_at_ms.saturating_add(delay) <= now.ms);
            let due: Vec<i64> = asked.map(|charge| charge.bill).collect();
            for bill in due {
                changed |= self.book.settle_in_full(bill, Way::Pix, now.today);
            }
        }
        changed
    }

    fn save(&self) -> io::Result<()> {
        if self.closed { Ok(()) } else { self.shelf.write(&self.book) }
    }

    /// A token that opens calls for the given time.
    pub fn issue(&mut self, text: String, expires_ms: i64, now: &Now) {
        self.book.tokens.retain(|token| token.expires_ms > now.ms);
        self.book.tokens_given += 1;
        self.book.tokens.push(Token { text, expires_ms });
    }

    /// Whether the header carries a live bearer token.
    pub fn knows_bearer(&self, header: Option<&str>, now: &Now) -> bool {
        let sent = header.and_then(|value| value.split_once(' '));
        let sent = sent.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer")).map(|(_, token)| token.trim());
        self.book.tokens.iter().any(|token| Some(token.text.as_str()) == sent && token.expires_ms > now.ms)
    }

    /// The copia-e-cola of an open bill that has one: the same one however often it is asked for. Somebody pays it a
    /// while after it was `asked` for; a code that only stands in a list is paid by nobody but an order.
    pub fn pix(&mut self, bill: i64, asked: bool, now: &Now) -> io::Result<Option<String>> {
        let open = self.book.bill(bill).is_some_and(|bill| bill.has_pix && bill.state == State::Open);
        if !open {
            return Ok(None);
        }
        let asked_at_ms = if asked { now.ms } else { i64::MAX };
        if let Some(charge) = self.book.pix.iter_mut().find(|charge| charge.bill == bill) {
            charge.asked_at_ms = charge.asked_at_ms.min(asked_at_ms);
            return Ok(Some(bills::pix_code(&charge.token)));
        }
        let token = hex(16)?;
        let code = bills::pix_code(&token);
        self.book.pix.push(PixCharge { bill, token, asked_at_ms });
        Ok(Some(code))
    }

    /// The linha digitável of an open bill, issued for today where it is overdue.
    #[must_use]
    pub fn line(&self, bill: i64, today: Date) -> Option<String> {
        let bill = self.book.bill(bill).filter(|bill| bill.has_line && bill.state == State::Open)?;
        Some(slip::line(bill.id, bills::due_cents(bill, today), bill.due.max(today)))
    }
}

/// The second copy of a bill as a PDF file.
#[must_use]
pub fn copy(office: &Office, bill: &Bill, today: Date) -> Vec<u8> {
    let cents = bills::due_cents(bill, today);
    pdf::page(&[
        format!("SEGUNDA VIA DO TITULO {}", bill.id),
        format!("Documento {}", bill.document_number),
        format!("Vencimento {}", bill.due.strftime("%d/%m/%Y")),
        format!("Valor R$ {},{:02}", cents / 100, cents % 100),
        office.line(bill.id, today).unwrap_or_else(|| "Sem linha digitavel".into()),
    ])
}

fn happen(book: &mut Book, event: &Event, today: Date) -> bool {
    let mut settle = |ids: &[i64], way| ids.iter().filter(|id| book.settle_in_full(**id, way, today)).count() > 0;
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

fn instead(orders: &[Order]) -> Option<Reply> {
    orders.iter().find_map(|order| match order {
        Order::Instead(Instead::HangUp) => Some(Reply::Silence),
        Order::Instead(Instead::LoginPage) => Some(Reply::Whole(pages::login())),
        Order::Instead(Instead::Redirect(url)) => Some(Reply::Whole(pages::error(302).with("Location", url.as_str()))),
        Order::Instead(Instead::Status(status)) => Some(Reply::Whole(pages::error(*status))),
        Order::Instead(Instead::Say(json)) => Some(Reply::Whole(pages::said(json))),
        _ => None,
    })
}

fn spoil(reply: Reply, orders: &[Order]) -> Reply {
    let Reply::Whole(answer) = reply else { return reply };
    let spoil = orders.iter().find_map(|order| if let Order::Spoil(spoil) = order { Some(spoil) } else { None });
    match spoil {
        None => Reply::Whole(answer),
        Some(Spoil::CutShort) => Reply::CutShort(answer),
        Some(Spoil::Garbage) => Reply::Whole(Answer { body: pages::garbage(), ..answer }),
        Some(Spoil::Forged) => Reply::Whole(Answer { body: pages::forged(), ..answer }),
        Some(Spoil::Empty) => Reply::Whole(Answer { body: Vec::new(), ..answer }),
        Some(Spoil::Huge(bytes)) => Reply::Endless(*bytes),
        Some(Spoil::Say(json)) => Reply::Whole(pages::said(json)),
    }
}
