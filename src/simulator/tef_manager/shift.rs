//! The manager's working loop: takes a request, acknowledges it, lets the simulated customer act, answers.

use std::io;
use std::path::Path;
use std::time::Duration;

use crate::simulator::lifetime::Stop;
use crate::simulator::state::Orders;

use super::book::{Book, Breach};
use super::exchange::{Exchange, Kind};
use super::orders::{CrashAt, Misbehaviour, Torn};
use super::rules::{self, Command};
use super::sale::Counter;
use super::wire::{Answer, Request};

const POLL: Duration = Duration::from_millis(40);

/// What an ordered crash does: a thread just ends, a process dies as if it had been killed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Death {
    OfTheThread,
    OfTheProcess,
}

#[derive(Debug)]
pub struct Shift {
    pub exchange: Exchange,
    pub book: Book,
    pub orders: Orders<Misbehaviour>,
    pub network: String,
    pub card_after: Duration,
    pub pin_after: Duration,
    pub death: Death,
    pub stop: Stop,
}

/// Whether the manager lives on after a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum After {
    Next,
    Dead,
}

impl Shift {
    pub fn work(mut self) -> io::Result<()> {
        while !self.stop.is_told() {
            self.read_orders()?;
            let waiting = if self.orders.current().silent { None } else { self.exchange.waiting()? };
            let Some(path) = waiting else {
                self.stop.sleep(POLL);
                continue;
            };
            if self.take(&path)? == After::Dead {
                if self.death == Death::OfTheProcess {
                    std::process::exit(137);
                }
                return Ok(());
            }
        }
        Ok(())
    }

    fn read_orders(&mut self) -> io::Result<()> {
        match self.orders.refresh() {
            Ok(()) => Ok(()),
            Err(problem) => self.book.complain(Breach::Orders, "", "", problem),
        }
    }

    fn take(&mut self, path: &Path) -> io::Result<After> {
        let file = match std::fs::read(path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(After::Next),
            Err(error) => return Err(error),
        };
        self.read_orders()?;
        let request = match Request::read(&file) {
            Ok(request) => request,
            Err(malformed) => {
                self.book.complain(Breach::Malformed, "", "", malformed.to_string())?;
                remove(path)?;
                return Ok(After::Next);
            }
        };
        let Some(command) = Command::of(&request) else {
            self.book.complain(Breach::UnknownCommand, "", request.text(1), "000-000 is no command of this manager")?;
            remove(path)?;
            return Ok(After::Next);
        };
        let orders = self.orders_for(command);
        self.stop.sleep(Duration::from_millis(orders.sts_delay_ms));
        if self.stop.is_told() {
            return Ok(After::Next);
        }
        if !remove(path)? {
            self.book.withdrawn()?;
            return Ok(After::Next);
        }
        if orders.lost {
            return Ok(After::Next);
        }
        self.book.count(command)?;
        self.serve(command, &request, &orders)
    }

    /// The orders that this request meets. Those that hold once are withdrawn before they are carried out, so that a
    /// crash is not ordered again in the next life.
    fn orders_for(&mut self, command: Command) -> Misbehaviour {
        let orders = self.orders.current().clone();
        if !orders.touches(command) {
            return Misbehaviour::default();
        }
        if orders.once {
            self.orders.withdraw();
        }
        orders
    }

    fn serve(&mut self, command: Command, request: &Request, orders: &Misbehaviour) -> io::Result<After> {
        let broken = rules::broken_by(command, request);
        for what in &broken {
            self.book.complain(Breach::Field, command.name(), request.text(1), what.as_str())?;
        }
        if matches!(command, Command::Cnf | Command::Ncn) {
            if !broken.is_empty() {
                return Ok(After::Next);
            }
            self.finalise(command, request)?;
        }
        if orders.stale_response && command.is_answered() {
            let stale = Answer::to(command.name(), "1").with(9, "0").with(27, "STALE0").with(30, "AUTORIZADA");
            self.put(Kind::Response, orders, &stale.to_bytes())?;
        }
        if !orders.response_first {
            self.acknowledge(command, request, orders)?;
        }
        if orders.crash_at == Some(CrashAt::AfterSts) {
            return Ok(After::Dead);
        }
        if !command.is_answered() {
            return Ok(After::Next);
        }
        if orders.stale_response {
            self.stop.sleep(Duration::from_millis(orders.torn_for_ms));
            self.exchange.take_back(Kind::Response, orders.case);
        }
        let Some(answer) = self.decide(command, request, orders, &broken)? else { return Ok(After::Next) };
        let after = self.respond(&answer, orders)?;
        if orders.response_first {
            self.acknowledge(command, request, orders)?;
        }
        Ok(after)
    }

    /// Nothing is decided when the manager is stopped while the customer is at the pinpad: the host was not asked yet.
    fn decide(
        &mut self,
        command: Command,
        request: &Request,
        orders: &Misbehaviour,
        broken: &[String],
    ) -> io::Result<Option<Answer>> {
        let mut counter = Counter { book: &mut self.book, orders, network: &self.network };
        if let Some(first) = broken.first() {
            let message = format!("REQUISICAO INVALIDA {}", first.get(..7).unwrap_or_default());
            return counter.deny(request, "P2", &message).map(Some);
        }
        if command == Command::Crt
            && let Some(refusal) = counter.refuse_while_pending(request)?
        {
            return Ok(Some(refusal));
        }
        if command != Command::Adm {
            self.stop.sleep(self.card_after);
            self.stop.sleep(if orders.customer_cancels { Duration::ZERO } else { self.pin_after });
        }
        if self.stop.is_told() { Ok(None) } else { counter.answer(command, request).map(Some) }
    }

    fn finalise(&mut self, command: Command, request: &Request) -> io::Result<()> {
        let key = [request.text(10), request.text(12), request.text(27)];
        if let Some((breach, what)) = self.book.finalise(command, key)? {
            self.book.complain(breach, command.name(), request.text(1), what)?;
        }
        Ok(())
    }

    fn acknowledge(&self, command: Command, request: &Request, orders: &Misbehaviour) -> io::Result<()> {
        if orders.no_sts {
            return Ok(());
        }
        let acknowledgement = Answer::to(command.name(), request.text(1));
        self.put(Kind::Acknowledgement, orders, &acknowledgement.to_bytes())
    }

    fn respond(&mut self, answer: &Answer, orders: &Misbehaviour) -> io::Result<After> {
        self.stop.sleep(Duration::from_millis(orders.response_delay_ms));
        while orders.hold && self.orders.current().hold && !self.stop.is_told() {
            self.stop.sleep(POLL);
            self.read_orders()?;
        }
        if self.stop.is_told() {
            return Ok(After::Next);
        }
        let whole = answer.to_bytes();
        match orders.crash_at {
            Some(CrashAt::BeforeResp) => return Ok(After::Dead),
            Some(CrashAt::MidResp) => {
                self.exchange.put_unsafely(orders.case, half(&whole))?;
                return Ok(After::Dead);
            }
            Some(CrashAt::AfterSts | CrashAt::AfterResp) | None => {}
        }
        if let Some(torn) = orders.torn {
            let torn = match torn {
                Torn::NoTrailer => answer.without_trailer(),
                Torn::HalfLine => half(&whole).to_vec(),
                Torn::BadId => answer.altered(1, "9999999999").to_bytes(),
                Torn::BadHeader => answer.altered(0, "ADM").to_bytes(),
            };
            self.put(Kind::Response, orders, &torn)?;
            self.stop.sleep(Duration::from_millis(orders.torn_for_ms));
        }
        self.put(Kind::Response, orders, &whole)?;
        Ok(if orders.crash_at == Some(CrashAt::AfterResp) { After::Dead } else { After::Next })
    }

    fn put(&self, kind: Kind, orders: &Misbehaviour, bytes: &[u8]) -> io::Result<()> {
        self.exchange.put(kind, orders.case, bytes)
    }
}

/// The first half, ended in the middle of a line.
fn half(whole: &[u8]) -> &[u8] {
    let (mut first, _) = whole.split_at(whole.len() / 2);
    while let Some(shorter) = first.strip_suffix(b"\n").or_else(|| first.strip_suffix(b"\r")) {
        first = shorter;
    }
    first
}

/// Whether the file was still there.
fn remove(path: &Path) -> io::Result<bool> {
    match std::fs::remove_file(path) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}
