//! The pinpad itself (ABECS 2.12 over a serial line), while no TEF library holds its port: is it there, what is it, what
//! does it show while nobody pays, do its keys work.
//!
//! No command that returns card data is known here: tracks, PAN and PIN stay in the certified TEF.

mod command;
mod frame;
mod link;

use std::io;
use std::time::Duration;

use serialport::{ClearBuffer, SerialPort, TTYPort};

use link::Link;

pub use command::{About, Key, KeyPress};
pub use link::{Line, Patience};

/// Columns of a line of the display; it has two.
pub const COLUMNS: usize = 16;
const BAUD: u32 = 19_200;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Not plugged in, or another program has it: a TEF library, a second totem.
    #[error("the pinpad's port cannot be opened: {0}")]
    Port(String),
    /// The port is there, and nobody on it answers as a pinpad does.
    #[error("no pinpad answers")]
    Silent,
    #[error("the line to the pinpad was lost: {0}")]
    Lost(String),
    /// It answers, but not as the specification says, also when it was asked again.
    #[error("the pinpad's answer cannot be read: {0}")]
    Garbled(&'static str),
    /// It understood and said no.
    #[error("the pinpad refuses {command}: status {status:03}")]
    Refused { command: &'static str, status: u16 },
    /// Somebody has a secure channel open: the port is a TEF's.
    #[error("the pinpad is in a secure channel of another program")]
    Secured,
    #[error("\"{0}\" cannot stand on the pinpad's display")]
    Text(String),
}

/// A pinpad whose session is open. Closing leaves the idle text.
pub struct Pinpad<L> {
    link: Link<L>,
}

/// Opens the port, which nobody else may have, and a session.
pub fn open(path: &str) -> Result<Pinpad<Port>, Error> {
    let refused = |error: serialport::Error| Error::Port(format!("{path}: {error}"));
    let port = serialport::new(path, BAUD).exclusive(true).open_native().map_err(refused)?;
    port.clear(ClearBuffer::All).map_err(refused)?;
    Pinpad::begin(Port(port), Patience::default())
}

/// A serial port as the line to a pinpad.
pub struct Port(TTYPort);

impl Line for Port {
    fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        use std::io::Write;
        self.0.write_all(bytes)
    }

    fn receive(&mut self, within: Duration) -> io::Result<Option<u8>> {
        use std::io::Read;
        let mut byte = [0];
        self.0.set_timeout(within).map_err(io::Error::from)?;
        match self.0.read(&mut byte) {
            Ok(0) => Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(_) => Ok(byte.first().copied()),
            Err(error) if matches!(error.kind(), io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

impl<L: Line> Pinpad<L> {
    /// Every session begins with CAN, which a pinpad answers in every state, then OPN.
    pub fn begin(line: L, patience: Patience) -> Result<Pinpad<L>, Error> {
        let mut link = Link::new(line, patience);
        link.abort()?;
        link.ask("OPN", &command::open())?;
        Ok(Pinpad { link })
    }

    /// Model, maker, serial number and version of the specification. A pinpad from before ABECS knows only GIN.
    pub fn about(&mut self) -> Result<About, Error> {
        match self.link.ask("GIX", &command::about()) {
            Ok(data) => Ok(command::read_about(&data)),
            Err(Error::Refused { status: command::UNKNOWN, .. }) => {
                let data = self.link.ask("GIN", &command::about_old())?;
                command::read_about_old(&data).ok_or(Error::Garbled("GIN is too short"))
            }
            Err(error) => Err(error),
        }
    }

    /// Shows two lines until something else is shown.
    pub fn show(&mut self, lines: [&str; 2]) -> Result<(), Error> {
        let text = command::text(lines)?;
        self.link.ask("DSP", &command::with_text("DSP", &text)).map(drop)
    }

    /// Waits for one key, as a test of the keyboard. `None` when the time is over.
    pub fn key(&mut self, within_s: u8) -> Result<Option<KeyPress>, Error> {
        match self.link.wait_for("CEX", &command::key(within_s), within_s) {
            Ok(data) => command::read_key(&data).map(Some).ok_or(Error::Garbled("CEX tells no key")),
            Err(Error::Refused { status: command::TIMEOUT, .. }) => Ok(None),
            Err(Error::Refused { status: command::CANCELLED, .. }) => Ok(Some(KeyPress::Known(Key::Cancel))),
            Err(Error::Refused { status: command::UNKNOWN, .. }) => self.old_key(within_s),
            Err(error) => Err(error),
        }
    }

    /// GKY tells the key as its status, and never ends by itself.
    fn old_key(&mut self, within_s: u8) -> Result<Option<KeyPress>, Error> {
        match self.link.wait_for("GKY", &command::old_key(), within_s) {
            Ok(_) => Ok(Some(KeyPress::Known(Key::Ok))),
            Err(Error::Refused { status, .. }) => Ok(Some(command::key_of(status))),
            Err(Error::Silent) => self.link.abort().map(|()| None),
            Err(error) => Err(error),
        }
    }

    /// Ends the session; the text stays on the display.
    pub fn close(mut self, idle: [&str; 2]) -> Result<(), Error> {
        let text = command::text(idle)?;
        self.link.ask("CLO", &command::with_text("CLO", &text)).map(drop)
    }
}
