//! The desk a test sits at, with the printer's port open in its hand.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;
use totem::simulator::printer::{Options, Running, start};
use totem::simulator::state::order;

pub const INITIALISE: &[u8] = b"\x1B@\x1Bt\x02";
/// Feed to the cutter and cut.
pub const CUT: &[u8] = b"\x1DV\x42\x00";
pub const FENCE: &[u8] = b"\x1Dr\x01";
pub const PATIENCE: Duration = Duration::from_secs(10);
const STEP: Duration = Duration::from_millis(5);

pub struct Desk {
    folder: TempDir,
    pub printer: Running,
}

impl Desk {
    pub fn new() -> Self {
        Self::with(|_| {})
    }

    pub fn with(change: impl FnOnce(&mut Options)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut options = Options::at(folder.path());
        change(&mut options);
        Desk { printer: start(&options).unwrap(), folder }
    }

    pub fn restarted(self) -> Self {
        let Desk { folder, printer } = self;
        printer.stop().unwrap();
        Desk { printer: start(&Options::at(folder.path())).unwrap(), folder }
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn plug(&self) -> Cable {
        Cable::open(self.printer.port())
    }

    pub fn order(&self, faults: &Value) {
        order(self.path(), faults).unwrap();
    }

    pub fn book(&self) -> Value {
        serde_json::from_slice(&fs::read(self.printer.book()).unwrap()).unwrap()
    }

    pub fn papers(&self) -> usize {
        self.book()["papers"].as_array().unwrap().len()
    }

    pub fn paper(&self, number: usize) -> String {
        let name = format!("paper-{number:04}.txt");
        wait_until(&name, || self.papers() >= number);
        fs::read_to_string(self.path().join(name)).unwrap()
    }

    pub fn events(&self) -> Vec<Value> {
        let events = fs::read_to_string(self.printer.events()).unwrap();
        events.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    pub fn has_event(&self, name: &str) -> bool {
        self.events().iter().any(|event| event["event"] == name)
    }

    pub fn picture(&self, number: usize) -> image::GrayImage {
        image::open(self.path().join(format!("paper-{number:04}.png"))).unwrap().to_luma8()
    }
}

/// The totem's end of the wire.
pub struct Cable(File);

impl Cable {
    pub fn open(port: &Path) -> Self {
        let flags = rustix::fs::OFlags::NOCTTY | rustix::fs::OFlags::NONBLOCK;
        let file =
            OpenOptions::new().read(true).write(true).custom_flags(flags.bits().cast_signed()).open(port).unwrap();
        Cable(file)
    }

    pub fn send(&mut self, parts: &[&[u8]]) {
        let bytes = parts.concat();
        let until = Instant::now() + PATIENCE;
        let mut sent = 0;
        while sent < bytes.len() {
            assert!(Instant::now() < until, "the printer takes no more");
            sent += self.send_some(&bytes[sent..]);
        }
    }

    /// How many bytes the line takes now.
    pub fn send_some(&mut self, bytes: &[u8]) -> usize {
        match self.0.write(bytes) {
            Ok(count) => count,
            Err(error) if error.kind() == ErrorKind::WouldBlock => {
                std::thread::sleep(STEP);
                0
            }
            Err(error) => panic!("{error}"),
        }
    }

    pub fn is_broken(&mut self) -> bool {
        self.0.write(b"\n").is_err_and(|error| error.kind() != ErrorKind::WouldBlock)
    }

    /// What comes within `patience`, at most `count` bytes.
    pub fn receive(&mut self, count: usize, patience: Duration) -> Vec<u8> {
        let until = Instant::now() + patience;
        let mut bytes = Vec::new();
        while bytes.len() < count && Instant::now() < until {
            let mut buffer = [0; 64];
            let room = buffer.len().min(count - bytes.len());
            match self.0.read(&mut buffer[..room]) {
                Ok(read) if read > 0 => bytes.extend_from_slice(&buffer[..read]),
                _ => std::thread::sleep(STEP),
            }
        }
        bytes
    }

    pub fn ask(&mut self, question: &[u8], count: usize) -> Vec<u8> {
        self.send(&[question]);
        self.receive(count, PATIENCE)
    }

    pub fn is_silent(&mut self) -> bool {
        self.receive(1, Duration::from_millis(200)).is_empty()
    }

    pub fn status(&mut self) -> [u8; 4] {
        [1, 2, 3, 4].map(|n| self.ask(&[0x10, 0x04, n], 1)[0])
    }

    /// Prints, and waits until the printer says that it came to the end.
    pub fn print(&mut self, parts: &[&[u8]]) {
        self.send(parts);
        self.send(&[FENCE]);
        assert_eq!(self.receive(1, PATIENCE).len(), 1, "the fence is answered");
    }
}

pub fn wait_until(what: &str, mut holds: impl FnMut() -> bool) {
    let until = Instant::now() + PATIENCE;
    while !holds() {
        assert!(Instant::now() < until, "{what}");
        std::thread::sleep(STEP);
    }
}
