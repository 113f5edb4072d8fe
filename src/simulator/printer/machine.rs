//! The printer at work: receives, answers what is asked in real time, prints what it can, and holds the rest.

use std::collections::VecDeque;
use std::io;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::simulator::lifetime::Stop;
use crate::simulator::state::Orders;

use super::book::Book;
use super::escpos::{Token, Tokens};
use super::faults::{Cause, Condition, Faults, Roll};
use super::head::{Head, Outcome};
use super::model::Model;
use super::wire::{Place, Wire};

const TICK: Duration = Duration::from_millis(40);
const CHUNK: usize = 4096;
const NOISE: &[u8] = &[0xFF, 0x00, 0xA5];

#[derive(Debug)]
pub struct Machine {
    model: Model,
    place: Place,
    port: Option<Wire>,
    tokens: Tokens,
    /// Commands that wait, with their size in bytes.
    queue: VecDeque<(Token, usize)>,
    buffer_bytes: u64,
    head: Head,
    orders: Orders<Faults>,
    obeyed: Faults,
    /// The line count at which the roll ends.
    roll_ends_at: Option<u64>,
    jammed: bool,
    /// Since when a ticket is held out.
    ticket: Option<Instant>,
    /// Until when the motor turns.
    motor: Option<Instant>,
    throttle: Throttle,
    book: Book,
    stop: Stop,
}

impl Machine {
    #[expect(clippy::too_many_arguments, reason = "the parts of a machine, put together in one place")]
    pub fn new(
        model: Model,
        place: Place,
        port: Wire,
        head: Head,
        orders: Orders<Faults>,
        book: Book,
        buffer_bytes: u64,
        stop: Stop,
    ) -> Self {
        Machine {
            model,
            place,
            port: Some(port),
            tokens: Tokens::of(model),
            queue: VecDeque::new(),
            buffer_bytes,
            head,
            orders,
            obeyed: Faults::default(),
            roll_ends_at: None,
            jammed: false,
            ticket: None,
            motor: None,
            throttle: Throttle::new(),
            book,
            stop,
        }
    }

    pub fn work(mut self) -> io::Result<()> {
        while !self.stop.is_told() {
            let came = match &mut self.port {
                Some(port) => port.wait(TICK)?,
                None => {
                    self.stop.sleep(TICK);
                    false
                }
            };
            // After the wait: orders given before these bytes were sent hold for them. What comes now is for the next turn.
            self.obey()?;
            let bytes = if came { self.receive()? } else { Vec::new() };
            self.accept(&bytes)?;
            self.print()?;
            self.book.save()?;
        }
        Ok(())
    }

    fn obey(&mut self) -> io::Result<()> {
        if let Err(problem) = self.orders.refresh() {
            self.book.error(problem)?;
        }
        let orders = self.orders.current().clone();
        if orders == self.obeyed {
            return Ok(());
        }
        if orders.paper_out_after_lines != self.obeyed.paper_out_after_lines {
            self.roll_ends_at = orders.paper_out_after_lines.map(|lines| self.head.lines_printed() + lines);
        }
        self.jammed &= orders.cutter_jams;
        if orders.drop_buffer && !self.obeyed.drop_buffer {
            self.tokens.clear();
            self.clear();
            self.head.reset();
            self.book.pages().power_cycles += 1;
            self.book.tell("power_cycle", &json!(null))?;
        }
        if orders.unplug && self.port.take().is_some() {
            self.book.pages().unplugged += 1;
            self.book.tell("unplugged", &json!(null))?;
        }
        if !orders.unplug && orders.unplug_after_bytes.is_none() && self.port.is_none() {
            self.port = Some(Wire::open(&self.place)?);
            self.book.tell("plugged", &json!(null))?;
        }
        self.obeyed = orders;
        Ok(())
    }

    fn receive(&mut self) -> io::Result<Vec<u8>> {
        let allowed = self.throttle.allowed(self.obeyed.rate_bytes_per_s).min(CHUNK);
        let full = !self.queue.is_empty() && self.held_bytes() >= self.buffer_bytes;
        let Some(port) = &mut self.port else { return Ok(Vec::new()) };
        if allowed == 0 || full {
            self.stop.sleep(TICK);
            return Ok(Vec::new());
        }
        let before = self.book.pages().bytes;
        let left = self.obeyed.unplug_after_bytes.map(|limit| usize::try_from(limit - before.min(limit)).unwrap_or(0));
        let bytes = if left == Some(0) { Vec::new() } else { port.read(allowed.min(left.unwrap_or(usize::MAX)))? };
        self.throttle.spend(bytes.len());
        self.book.pages().bytes += bytes.len() as u64;
        if left.is_some_and(|left| left <= bytes.len()) {
            self.port = None;
            self.book.pages().unplugged += 1;
            self.book.tell("unplugged", &json!(null))?;
        }
        Ok(bytes)
    }

    fn accept(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.tokens.push(bytes);
        for (token, size) in self.tokens.take() {
            match token {
                Token::Status(n) => {
                    self.book.pages().status_requests += 1;
                    self.answer(&[self.condition().status(n)])?;
                }
                Token::Extended => self.tell_state(&Model::extended(self.condition()))?,
                Token::Enq => self.tell_state(&[self.model.enq(self.condition(), self.is_at_work())])?,
                Token::GsEnq => self.tell_state(&[Model::gs_enq(self.condition())])?,
                Token::Full => {
                    let ticket = self.holds_ticket();
                    self.tell_state(&Model::full(self.condition(), self.is_at_work(), ticket))?;
                }
                Token::PaperSensor if self.obeyed.fence_when_parsed => {
                    self.print()?;
                    self.fence(&[self.condition().paper_sensor()])?;
                }
                Token::Clear(answered) => {
                    self.clear();
                    self.book.tell("cleared", &json!(null))?;
                    if answered {
                        self.answer(&[0x37, 0x25, 0x00])?;
                    }
                }
                Token::Select(_) => {}
                // Goes on by itself when the cause is gone.
                Token::Resume => {}
                other => self.queue.push_back((other, size)),
            }
        }
        Ok(())
    }

    fn print(&mut self) -> io::Result<()> {
        let mut cause = self.condition().stopped_by();
        while cause.is_none()
            && let Some((token, size)) = self.queue.pop_front()
        {
            if matches!(token, Token::Cut(_) | Token::Present) && self.obeyed.cutter_jams {
                self.jammed = true;
                self.queue.push_front((token, size));
            } else {
                self.carry_out(&token)?;
            }
            cause = self.condition().stopped_by();
        }
        self.note_stop(cause)
    }

    fn carry_out(&mut self, token: &Token) -> io::Result<()> {
        if matches!(token, Token::Cut(_) | Token::Present) && self.head.is_in_a_line() {
            self.book.error("a cut in the middle of a line".to_owned())?;
        }
        let before = self.head.lines_printed();
        match token {
            Token::PaperSensor => self.fence(&[self.condition().paper_sensor()])?,
            Token::DrawerSensor => self.fence(&[0x00])?,
            Token::Fence([a, b, c, d]) => self.fence(&[0x37, 0x22, *a, *b, *c, *d, 0x00])?,
            Token::Identify(n) => self.answer(&identity(*n))?,
            print => match self.head.carry_out(print) {
                Outcome::Done => {}
                Outcome::Wrong(what) => self.book.error(what)?,
                Outcome::Odd(what) => self.book.warning(&what)?,
                Outcome::Cut(paper) => {
                    let done = Instant::now() + Duration::from_millis(self.obeyed.motor_ms);
                    self.motor = Some(done);
                    self.ticket = (*token == Token::Present).then_some(done);
                    self.book.keep(&paper)?;
                    if self.head.has_ink_left() {
                        self.book.warning("the cut leaves printed rows on the next paper: feed before it")?;
                    }
                }
            },
        }
        self.book.pages().lines += self.head.lines_printed() - before;
        Ok(())
    }

    fn note_stop(&mut self, cause: Option<Cause>) -> io::Result<()> {
        let held = self.held_bytes();
        let pages = self.book.pages();
        pages.held_bytes = held;
        if pages.stopped_by == cause {
            return Ok(());
        }
        pages.stopped_by = cause;
        match cause {
            Some(cause) => self.book.tell("stopped", &json!({"by": cause, "held_bytes": held})),
            None => self.book.tell("went_on", &json!(null)),
        }
    }

    fn condition(&self) -> Condition {
        let ended = self.roll_ends_at.is_some_and(|end| self.head.lines_printed() >= end);
        Condition {
            roll: if ended { Roll::Out } else { self.obeyed.paper },
            cover_open: self.obeyed.cover_open,
            cutter_broken: self.obeyed.cutter_fault || self.jammed,
            head_hot: self.obeyed.head_hot,
            offline: self.obeyed.offline,
        }
    }

    fn tell_state(&mut self, answer: &[u8]) -> io::Result<()> {
        self.book.pages().status_requests += 1;
        self.answer(answer)
    }

    /// Customers take a ticket soon, unless one is told to leave it.
    fn holds_ticket(&self) -> bool {
        const TAKEN_AFTER_MS: u64 = 1500;
        let taken_after = Duration::from_millis(self.obeyed.ticket_taken_after_ms.unwrap_or(TAKEN_AFTER_MS));
        let stays = |since: Instant| self.obeyed.ticket_left || since.elapsed() < taken_after;
        self.ticket.is_some_and(|since| since <= Instant::now() && stays(since))
    }

    fn is_at_work(&self) -> bool {
        !self.queue.is_empty() || self.motor.is_some_and(|until| Instant::now() < until)
    }

    fn fence(&mut self, answer: &[u8]) -> io::Result<()> {
        if self.obeyed.no_fence {
            return Ok(());
        }
        self.book.pages().fences += 1;
        self.answer(answer)
    }

    fn answer(&mut self, bytes: &[u8]) -> io::Result<()> {
        match &mut self.port {
            Some(port) if !self.obeyed.mute => port.write(if self.obeyed.garbage { NOISE } else { bytes }),
            _ => Ok(()),
        }
    }

    /// Forgets the commands that were received and not printed.
    fn clear(&mut self) {
        self.queue.clear();
        self.head.forget_line();
    }

    fn held_bytes(&self) -> u64 {
        self.queue.iter().map(|(_, size)| *size as u64).sum()
    }
}

fn identity(n: u8) -> Vec<u8> {
    let text = |text: &str| [b"\x5F", text.as_bytes(), b"\0"].concat();
    match n {
        65 => text("1.00"),
        66 => text("STAND-IN"),
        67 => text("PAPER 80"),
        68 => text("0001"),
        _ => vec![0x20],
    }
}

/// The speed of the line: bytes that may be read now.
#[derive(Debug)]
struct Throttle {
    credit: f64,
    since: Instant,
}

impl Throttle {
    fn new() -> Self {
        Throttle { credit: 0.0, since: Instant::now() }
    }

    fn allowed(&mut self, bytes_per_s: u32) -> usize {
        if bytes_per_s == 0 {
            return usize::MAX;
        }
        let now = Instant::now();
        let rate = f64::from(bytes_per_s);
        // A line does not save up while it is idle: at most what passes in a tenth of a second.
        self.credit = (self.credit + rate * (now - self.since).as_secs_f64()).min((rate / 10.0).max(1.0));
        self.since = now;
        self.credit as usize
    }

    fn spend(&mut self, bytes: usize) {
        self.credit = (self.credit - bytes as f64).max(0.0);
    }
}
