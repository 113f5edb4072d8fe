//! What the bank keeps behind its desk: the book, and the orders that change the world or spoil an answer.

use std::io;

use super::book::{Book, Now, Shelf};
use super::control::{Charges, Control, Event, Instead, Order, Payment, Spoil};
use super::payer::{self, Usual};
use super::problem::Problem;
use super::route::Operation;
use crate::simulator::http::{Answer, Reply};

/// What one request at a time may touch.
pub struct Office {
    pub book: Book,
    pub shelf: Shelf,
    pub control: Control,
    /// After this nothing is written: the next stand-in may have the book already.
    pub closed: bool,
}

impl Office {
    pub fn read_control(&mut self) {
        for error in self.control.refresh() {
            self.book.complain(error);
        }
        self.control.tidy(&mut self.book.orders);
    }

    pub fn meet(&mut self, operation: Option<&str>) -> Vec<Order> {
        self.control.meet(operation, &mut self.book.orders)
    }

    pub fn arrive(&mut self, operation: &'static str) -> Vec<Order> {
        self.read_control();
        *self.book.calls.entry(operation.to_owned()).or_default() += 1;
        let orders = self.meet(Some(operation));
        if orders.iter().any(|order| matches!(order, Order::Slow { .. })) {
            let _ = self.save();
        }
        orders
    }

    /// Carries out the orders that change the world just before a request is served.
    pub fn prepare(&mut self, orders: &[Order], operation: &Operation, now: &Now) {
        for order in orders {
            match (order, operation) {
                (Order::ExpireTokens, _) => self.book.tokens.clear(),
                (Order::Event(event), _) => {
                    payer::happen(&mut self.book, event, &self.control.settings, now);
                }
                (Order::PayDuringPatch, Operation::Change(_, txid)) => {
                    let event = Event::Pay(Charges::These(vec![txid.clone()]), Payment::Proper);
                    payer::happen(&mut self.book, &event, &self.control.settings, now);
                }
                _ => {}
            }
        }
    }

    pub fn pass_time(&mut self, usual: &Usual, now: &Now) -> bool {
        let mut changed = false;
        for event in self.control.events() {
            changed |= payer::happen(&mut self.book, &event, &self.control.settings, now);
        }
        changed | payer::pass_time(&mut self.book, &self.control.settings, usual, now)
    }

    pub fn refuse(&self, instead: &Instead) -> Reply {
        match instead {
            Instead::Deaf | Instead::LoseRequest => Reply::Silence,
            Instead::LoginPage => Reply::Whole(login_page()),
            Instead::Redirect(url) => {
                Reply::Whole(Answer::new(302, "text/html; charset=utf-8", "").with("Location", url.as_str()))
            }
            Instead::Refuse { status, retry_after } => {
                let answer = self.problem(*status);
                Reply::Whole(match retry_after {
                    Some(after) => answer.with("Retry-After", after.as_str()),
                    None => answer,
                })
            }
        }
    }

    pub fn problem(&self, status: u16) -> Answer {
        Problem::on_order(status).answer(self.control.settings.error_shape)
    }

    pub fn save(&self) -> io::Result<()> {
        if self.closed { Ok(()) } else { self.shelf.write(&self.book) }
    }
}

/// What the other side gets of an answer.
pub fn spoil(answer: Answer, orders: &[Order]) -> Reply {
    let spoil = orders.iter().find_map(|order| if let Order::Spoil(spoil) = order { Some(*spoil) } else { None });
    match spoil {
        None => Reply::Whole(answer),
        Some(Spoil::Lost) => Reply::Silence,
        Some(Spoil::CutShort) => Reply::CutShort(answer),
        Some(Spoil::Garbage) => Reply::Whole(Answer { body: b"{\"status\":\xff\x00\"ATI".to_vec(), ..answer }),
        Some(Spoil::Empty) => Reply::Whole(Answer { body: Vec::new(), ..answer }),
        Some(Spoil::Huge(bytes)) => Reply::Endless(bytes),
    }
}

fn login_page() -> Answer {
    Answer::new(
        200,
        "text/html; charset=utf-8",
        "<!DOCTYPE html><html><title>Acesso</title><body>Entre na sua conta</body></html>",
    )
}
