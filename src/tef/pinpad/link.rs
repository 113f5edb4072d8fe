//! One question and its answer over a line that may lose, damage or hold back bytes (ABECS 2.12, link layer).

use std::io;
use std::time::{Duration, Instant};

use super::Error;
use super::command::NOT_SECURE;
use super::frame::{ACK, CAN, EOT, NAK, Reader, SYN, packet};

const TRIES: u32 = 3;
const NOTIFICATION: &[u8] = b"NTM";
const REFUSAL: &[u8] = b"ERR";

/// Bytes out and in. `None` when none came in time; an error when the line is gone.
pub trait Line {
    fn send(&mut self, bytes: &[u8]) -> io::Result<()>;
    fn receive(&mut self, within: Duration) -> io::Result<Option<u8>>;
}

/// How long is waited for what, as the specification says.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// For ACK or NAK, and for EOT after CAN.
    pub acknowledgement: Duration,
    /// For an answer that needs nobody at the pinpad.
    pub answer: Duration,
    /// Between two bytes of an answer.
    pub byte: Duration,
    /// Of silence after a damaged answer, before it is asked for again.
    pub silence: Duration,
}

impl Default for Patience {
    fn default() -> Patience {
        Patience {
            acknowledgement: Duration::from_secs(2),
            answer: Duration::from_secs(10),
            byte: Duration::from_secs(2),
            silence: Duration::from_millis(500),
        }
    }
}

pub struct Link<L> {
    line: L,
    patience: Patience,
}

impl<L: Line> Link<L> {
    pub fn new(line: L, patience: Patience) -> Link<L> {
        Link { line, patience }
    }

    /// CAN until EOT comes back. A late answer may cross it and is passed over.
    pub fn abort(&mut self) -> Result<(), Error> {
        for _ in 0..TRIES {
            self.send(&[CAN])?;
            let until = Instant::now() + self.patience.acknowledgement;
            while let Some(byte) = self.before(until)? {
                if byte == EOT {
                    return Ok(());
                }
            }
        }
        Err(Error::Silent)
    }

    /// A command that needs nobody at the pinpad. Gives the blocks of the answer.
    pub fn ask(&mut self, command: &'static str, data: &[u8]) -> Result<Vec<u8>, Error> {
        self.exchange(command, data, self.patience.answer)
    }

    /// A command that waits for somebody at the pinpad, for so many seconds.
    pub fn wait_for(&mut self, command: &'static str, data: &[u8], within_s: u8) -> Result<Vec<u8>, Error> {
        self.exchange(command, data, self.patience.answer + Duration::from_secs(within_s.into()))
    }

    fn exchange(&mut self, command: &'static str, data: &[u8], within: Duration) -> Result<Vec<u8>, Error> {
        let answer = self.say(data).and_then(|()| self.hear(command, within));
        // it may still be at it, or send late
        if matches!(answer, Err(Error::Silent | Error::Garbled(_))) {
            let _ = self.abort();
        }
        answer
    }

    /// Sends until it is acknowledged. Silence is no reason to send again: the command may have been taken.
    fn say(&mut self, data: &[u8]) -> Result<(), Error> {
        let wire = packet(data);
        for _ in 0..TRIES {
            self.send(&wire)?;
            let until = Instant::now() + self.patience.acknowledgement;
            loop {
                match self.before(until)? {
                    Some(ACK) => return Ok(()),
                    Some(NAK) => break,
                    Some(_) => {}
                    None => return Err(Error::Silent),
                }
            }
        }
        Err(Error::Garbled("it never takes the command whole"))
    }

    /// The answer. A damaged one is asked for again; a good one is not acknowledged. While a customer is awaited,
    /// notices for the display come first.
    fn hear(&mut self, command: &'static str, within: Duration) -> Result<Vec<u8>, Error> {
        let until = Instant::now() + within;
        let mut damaged = 0;
        loop {
            match self.one(until)? {
                Some(data) if data.starts_with(NOTIFICATION) => {}
                Some(data) => return judged(command, &data),
                None => {
                    damaged += 1;
                    while self.receive(self.patience.silence)?.is_some() {}
                    if damaged == TRIES {
                        return Err(Error::Garbled("it arrives damaged"));
                    }
                    self.send(&[NAK])?;
                }
            }
        }
    }

    /// One packet; nothing where it is damaged. Bytes before its SYN are noise.
    fn one(&mut self, until: Instant) -> Result<Option<Vec<u8>>, Error> {
        loop {
            match self.before(until)? {
                Some(SYN) => break,
                Some(_) => {}
                None => return Err(Error::Silent),
            }
        }
        let mut reader = Reader::default();
        loop {
            let Some(byte) = self.receive(self.patience.byte)? else { return Ok(None) };
            match reader.take(byte) {
                Ok(None) => {}
                Ok(Some(data)) => return Ok(Some(data)),
                Err(_) => return Ok(None),
            }
        }
    }

    fn before(&mut self, until: Instant) -> Result<Option<u8>, Error> {
        match until.saturating_duration_since(Instant::now()) {
            Duration::ZERO => Ok(None),
            left => self.receive(left),
        }
    }

    fn send(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.line.send(bytes).map_err(|error| Error::Lost(error.kind().to_string()))
    }

    fn receive(&mut self, within: Duration) -> Result<Option<u8>, Error> {
        self.line.receive(within).map_err(|error| Error::Lost(error.kind().to_string()))
    }
}

/// The blocks behind the command's name and its status.
fn judged(command: &'static str, data: &[u8]) -> Result<Vec<u8>, Error> {
    let (Some(name), Some(status)) = (data.get(..3), data.get(3..6)) else {
        return Err(Error::Garbled("it is too short"));
    };
    let status = std::str::from_utf8(status).ok().and_then(|digits| digits.parse().ok());
    let status: u16 = status.ok_or(Error::Garbled("its status is no number"))?;
    match (name, status) {
        (REFUSAL, NOT_SECURE) => Err(Error::Secured),
        (REFUSAL, status) => Err(Error::Refused { command, status }),
        (name, _) if name != command.as_bytes() => Err(Error::Garbled("it answers another command")),
        (_, 0) => Ok(data.get(6..).unwrap_or_default().to_vec()),
        (_, NOT_SECURE) => Err(Error::Secured),
        (_, status) => Err(Error::Refused { command, status }),
    }
}
