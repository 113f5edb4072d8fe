//! Reader: a reader of bars and QR codes at a serial port. It may be pulled and put back at any time: what it reads is
//! handed on line by line, and nothing is kept.

use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use serde::Deserialize;
use serialport::{ClearBuffer, SerialPort, TTYPort};

/// `[reader]`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// Of a reader that speaks; none of one that types like a keyboard.
    pub port: Option<PathBuf>,
    pub baud: u32,
    /// There is one that types like a keyboard: the screen asks for the code.
    pub keyboard: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Settings { port: None, baud: 9_600, keyboard: false }
    }
}

impl Settings {
    /// Whether a customer can be asked to pass a code.
    #[must_use]
    pub fn is_there(&self) -> bool {
        self.port.is_some() || self.keyboard
    }
}

/// More than any bill has: the rest of what never ends is left unread.
const LINE_MOST: usize = 600;
/// A reader without an end to its lines pauses after each.
const PAUSE: Duration = Duration::from_millis(200);
/// Until a port that is not there is tried again.
const AWAY: Duration = Duration::from_secs(2);

/// Reads for as long as the program runs, and hands on every line that was read.
pub fn start(settings: &Settings, hands_on: impl Fn(String) + Send + 'static) -> std::io::Result<()> {
    let Some(port) = settings.port.clone() else { return Ok(()) };
    let baud = settings.baud;
    thread::Builder::new().name("reader".into()).spawn(move || {
        let mut told = false;
        loop {
            match open(&port, baud) {
                Ok(device) => {
                    tracing::info!(port = %port.display(), "the reader is there");
                    told = false;
                    read(device, &hands_on);
                    tracing::warn!(port = %port.display(), "the reader went away");
                }
                Err(error) if !told => {
                    tracing::warn!(port = %port.display(), %error, "the reader cannot be opened; it is tried again");
                    told = true;
                }
                Err(_) => {}
            }
            thread::sleep(AWAY);
        }
    })?;
    Ok(())
}

fn open(port: &Path, baud: u32) -> serialport::Result<TTYPort> {
    let port = serialport::new(port.to_string_lossy(), baud).timeout(PAUSE).exclusive(true).open_native()?;
    // what was read while nobody looked is nobody's
    port.clear(ClearBuffer::Input)?;
    Ok(port)
}

/// Until the device is gone.
fn read(mut device: impl Read, hands_on: &impl Fn(String)) {
    let mut line = Line::default();
    let mut buffer = [0_u8; 256];
    loop {
        match device.read(&mut buffer) {
            Ok(0) => return,
            Ok(count) => {
                for byte in buffer.iter().take(count) {
                    if let Some(text) = line.take(*byte) {
                        hands_on(text);
                    }
                }
            }
            Err(error) if error.kind() == ErrorKind::TimedOut => {
                if let Some(text) = line.end() {
                    hands_on(text);
                }
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(_) => return,
        }
    }
}

#[derive(Default)]
struct Line {
    bytes: Vec<u8>,
}

impl Line {
    /// The line that this byte ends, if it ends one.
    fn take(&mut self, byte: u8) -> Option<String> {
        match byte {
            b'\r' | b'\n' | 0x03 => self.end(),
            // one more than is taken, so that it is known to be too long
            _ if self.bytes.len() <= LINE_MOST => {
                self.bytes.push(byte);
                None
            }
            _ => None,
        }
    }

    fn end(&mut self) -> Option<String> {
        let bytes = std::mem::take(&mut self.bytes);
        let text: String = String::from_utf8_lossy(&bytes).chars().filter(|letter| !letter.is_control()).collect();
        (!text.trim().is_empty()).then_some(text)
    }
}

#[cfg(test)]
mod tests {
    use std::io::{self, Write};
    use std::sync::mpsc::channel;

    use super::*;

    const BARS: &str = "75697733800000010001316601006726102721000001";

    /// Answers a read with the next piece; an empty one is a pause, and after the last the device is gone.
    struct Pieces(Vec<&'static [u8]>);

    impl Read for Pieces {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            if self.0.is_empty() {
                return Err(ErrorKind::BrokenPipe.into());
            }
            let piece = self.0.remove(0);
            if piece.is_empty() {
                return Err(ErrorKind::TimedOut.into());
            }
            buffer[..piece.len()].copy_from_slice(piece);
            Ok(piece.len())
        }
    }

    fn read_of(pieces: Vec<&'static [u8]>) -> Vec<String> {
        let (sender, lines) = channel();
        read(Pieces(pieces), &move |line| sender.send(line).unwrap());
        lines.iter().collect()
    }

    #[test]
    fn a_line_ends_with_a_return_or_a_pause_and_comes_in_any_pieces() {
        assert_eq!(
            read_of(vec![b"7569", b"7733\r\n", b"123\n", b"", b"45", b"67", b"", b""]),
            ["75697733", "123", "4567"]
        );
        assert_eq!(
            read_of(vec![b"", b"\r\n\r\n", b"\x02 \x03", b"half"]),
            [] as [&str; 0],
            "half a line of a pulled reader"
        );
    }

    #[test]
    fn a_line_without_end_takes_no_more_room_than_a_bill() {
        let lines = read_of([vec![&[b'7'; 200][..]; 50], vec![&b"\r"[..], &b"1\r"[..]]].concat());
        assert_eq!((lines.len(), lines[0].len(), lines[1].as_str()), (2, LINE_MOST + 1, "1"));
    }

    #[test]
    fn a_reader_that_is_pulled_and_put_back_reads_on() {
        let dir = tempfile::tempdir().unwrap();
        let port = dir.path().join("reader");
        let plugged = || {
            let (reader, line) = TTYPort::pair().unwrap();
            let _ = std::fs::remove_file(&port);
            std::os::unix::fs::symlink(line.name().unwrap(), &port).unwrap();
            drop(line);
            reader
        };
        let (sender, lines) = channel();
        let settings = Settings { port: Some(port.clone()), ..Settings::default() };
        start(&settings, move |line| drop(sender.send(line))).unwrap();
        for turn in 0..2 {
            let mut reader = plugged();
            let wanted = format!("{turn}{BARS}");
            // until it is opened nobody takes what is written
            let is_read = (0..100).any(|_| {
                let _ = write!(reader, "{wanted}\r");
                lines.recv_timeout(Duration::from_millis(200)).is_ok_and(|line| line == wanted)
            });
            assert!(is_read, "the {turn}. time");
        }
    }
}
