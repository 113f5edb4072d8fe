//! The ERP's desk: takes a request, does to it and to its answer what the control file orders, and keeps the book.

use std::io;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use super::book::{Book, Shelf};
use super::operation::Route;
use super::sign_in::Credentials;
use super::{Age, listing, service};
use crate::simulator::erp::book::Way;
use crate::simulator::erp::control::{Control, Event, Instead, Order, Spoil};
use crate::simulator::erp::pages;
use crate::simulator::http::{Answer, Clerk, Reply, Request};

pub struct Desk {
    pub credentials: Credentials,
    pub token_life_s: i64,
    pub age: Age,
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
        if !office.closed && office.pass_time(&now) {
            let _ = office.save();
        }
    }

    /// Gives the book up. A request that is still being answered changes nothing any more.
    pub fn close(&self) {
        let mut office = self.office();
        office.closed = true;
        office.shelf.close();
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
        let route = Route::of(self.age, &request.method, &request.path);
        let orders = self.office().arrive(route.name());
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
        office.pass_time(&now);
        let reply = match instead(&orders) {
            Some(reply) => Ok(reply),
            None => {
                office.prepare(&orders, now.today);
                match route {
                    Route::Only(method) => {
                        office.book.complain(format!("{} {}: wants {method}", request.method, request.path));
                        Ok(Reply::Whole(pages::error(405).with("Allow", method)))
                    }
                    // a server of 2020 is asked for what it does not have
                    Route::Nowhere => Ok(Reply::Whole(pages::error(404))),
                    route => service::serve(self, &mut office, &route, request, &now),
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
    fn prepare(&mut self, orders: &[Order], today: Date) {
        for order in orders {
            match order {
                Order::ExpireTokens => self.book.tokens.clear(),
                Order::Event(event) => {
                    happen(&mut self.book, event, today);
                }
                _ => {}
            }
        }
    }

    fn pass_time(&mut self, now: &Now) -> bool {
        let mut changed = false;
        for event in self.control.events() {
            changed |= happen(&mut self.book, event, now.today);
        }
        if let Some(Some(delay)) = self.control.pix_pays_after_ms {
            let is_due = |listed: Option<i64>| listed.is_some_and(|at| at.saturating_add(delay) <= now.ms);
            let bills = self.book.bills.iter().filter(|bill| is_due(bill.pix_listed_at_ms));
            for bill in bills.map(|bill| bill.id).collect::<Vec<_>>() {
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
    let cents = book.bill(id).map_or(0, |bill| listing::due_cents(bill, today));
    book.settle(id, way, cents, today)
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
