//! The pinpad at work: hears, answers, keeps its book, and fails as ordered.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::answers::{self, Answer};
use super::faults::Faults;
use super::wire::{Heard, frame, hear};
use crate::simulator::lifetime::Stop;
use crate::simulator::port::Port;
use crate::simulator::state::{self, Orders};

pub const BOOK: &str = "pinpad.json";
const PATIENCE: Duration = Duration::from_millis(20);
const EOT: u8 = 0x04;
const ACK: u8 = 0x06;
const NAK: u8 = 0x15;

/// What happened to the pinpad.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Pages {
    /// The names of the commands it took, in order.
    pub commands: Vec<String>,
    pub aborts: u64,
    /// Answers asked for again.
    pub repeats: u64,
    /// What stands on the display.
    pub display: String,
    /// Everything that breaks the specification.
    pub breaches: Vec<String>,
}

pub struct Machine {
    link: PathBuf,
    port: Option<Port>,
    orders: Orders<Faults>,
    stop: Stop,
    book: PathBuf,
    pages: Pages,
    line: Vec<u8>,
    last: Vec<u8>,
    naks: u32,
    damaged: u32,
    greeted: bool,
}

impl Machine {
    pub fn new(state: &Path, link: PathBuf, port: Port, orders: Orders<Faults>, stop: Stop) -> io::Result<Machine> {
        let book = state.join(BOOK);
        let pages: Pages = state::read_book(&book)?.unwrap_or_default();
        state::write_book(&book, &pages)?;
        Ok(Machine {
            link,
            port: Some(port),
            orders,
            stop,
            book,
            pages,
            line: Vec::new(),
            last: Vec::new(),
            naks: 0,
            damaged: 0,
            greeted: false,
        })
    }

    pub fn work(mut self) -> io::Result<()> {
        while !self.stop.is_told() {
            match &self.port {
                Some(port) => {
                    port.wait(PATIENCE)?;
                    let came = port.read(4096)?;
                    self.line.extend(came);
                }
                None => {
                    self.stop.sleep(PATIENCE);
                    if !self.orders.current().vanish {
                        self.port = Some(Port::open(&self.link)?);
                    }
                }
            }
            // after the wait: orders given before these bytes were sent hold for them
            if let Err(problem) = self.orders.refresh() {
                self.breach(&problem)?;
            }
            while let Some(heard) = hear(&mut self.line) {
                self.take(heard)?;
            }
        }
        Ok(())
    }

    fn take(&mut self, heard: Heard) -> io::Result<()> {
        let faults = self.orders.current().clone();
        if faults.silent {
            return Ok(());
        }
        match heard {
            Heard::Abort => {
                self.greeted = true;
                self.pages.aborts += 1;
                self.save()?;
                if faults.crossing {
                    self.put(&frame(b"DSP000"))?;
                }
                self.put(&[EOT])
            }
            Heard::Again => {
                self.pages.repeats += 1;
                self.save()?;
                self.answer(&faults)
            }
            Heard::Wrong(byte) => self.breach(&format!("byte {byte:02X} is not the totem's to send")),
            Heard::Broken(what) => {
                self.breach(what)?;
                self.put(&[NAK])
            }
            Heard::Command(payload) => self.serve(&payload, &faults),
        }
    }

    fn serve(&mut self, payload: &[u8], faults: &Faults) -> io::Result<()> {
        if self.naks < faults.nak {
            self.naks += 1;
            return self.put(&[NAK]);
        }
        self.naks = 0;
        if !self.greeted {
            self.breach("a session begins with CAN")?;
        }
        let name: String = payload.iter().take(3).map(|&byte| char::from(byte)).collect();
        self.pages.commands.push(name);
        self.put(&[ACK])?;
        let Answer { payload, display, blocks, breach } = answers::to(payload, faults);
        if let Some(display) = display {
            self.pages.display = display;
        }
        if let Some(breach) = breach {
            self.pages.breaches.push(breach.to_owned());
        }
        self.save()?;
        self.last = frame(&payload);
        self.damaged = 0;
        if blocks || faults.deaf { Ok(()) } else { self.answer(faults) }
    }

    fn answer(&mut self, faults: &Faults) -> io::Result<()> {
        self.stop.sleep(Duration::from_millis(faults.answer_delay_ms));
        if faults.notice {
            self.put(&frame(b"NTM000016AGUARDE...      "))?;
        }
        if faults.noise {
            self.put(b"\x00\xFF?\x7F")?;
        }
        let mut bytes = self.last.clone();
        if faults.vanish {
            bytes.truncate(bytes.len() / 2);
            self.put(&bytes)?;
            self.port = None;
            return Ok(());
        }
        if self.damaged < faults.damage {
            self.damaged += 1;
            if let Some(last) = bytes.last_mut() {
                *last ^= 1;
            }
        }
        if faults.byte_delay_ms == 0 {
            return self.put(&bytes);
        }
        for byte in bytes {
            self.put(&[byte])?;
            self.stop.sleep(Duration::from_millis(faults.byte_delay_ms));
        }
        Ok(())
    }

    fn put(&self, bytes: &[u8]) -> io::Result<()> {
        self.port.as_ref().map_or(Ok(()), |port| port.write(bytes))
    }

    fn breach(&mut self, what: &str) -> io::Result<()> {
        self.pages.breaches.push(what.to_owned());
        self.save()
    }

    fn save(&self) -> io::Result<()> {
        state::write_book(&self.book, &self.pages)
    }
}
