//! Printer: what the clerk asks of the receipt printer; profiles, ESC/POS bytes, transports, status and proof of printing.

pub mod code_page;
pub mod demux;
pub mod dialect;
pub mod driver;
pub mod escpos;
pub mod file;
pub mod link;
pub mod memory;
pub mod probe;
pub mod profile;
pub mod serial;
pub mod settings;
pub mod tcp;
pub mod transport;
pub mod trial;
pub mod usb;
pub mod watch;

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::paper::Document;
pub use crate::paper::layout::TEF_COLUMNS;
pub use driver::EscPosPrinter;
pub use file::FilePrinter;
pub use memory::Memory;
pub use profile::Profile;
pub use serial::Serial;
pub use settings::{Medium, Settings};
pub use tcp::Tcp;
pub use usb::Usb;

/// How the printer is, as far as it says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    Ready,
    /// Prints, but the roll is near its end.
    PaperLow,
    PaperOut,
    CoverOpen,
    Cutter,
    /// Its head cools down, and it goes on by itself.
    Overheated,
    /// Another fault that a technician must see to.
    Fault,
    Offline,
    /// Somebody's paper stopped in it and may still come out: a technician has to look.
    Held,
    /// An earlier paper may still come out; the printer's word that it has is awaited.
    Awaited,
    /// It tells how it is, and answers no fence: whether a paper came out could never be known.
    NoFence,
    /// The port is there, and nobody answers.
    Mute,
    /// Something answers, and it is no answer: a wrong speed, or another device.
    Unknown,
    /// The port is not there.
    Absent,
    /// Another program has the port open.
    InUse,
    /// This user may not open the port.
    Denied,
}

impl Status {
    pub const ALL: [Status; 16] = [
        Status::Ready,
        Status::PaperLow,
        Status::PaperOut,
        Status::CoverOpen,
        Status::Cutter,
        Status::Overheated,
        Status::Fault,
        Status::Offline,
        Status::Held,
        Status::Awaited,
        Status::NoFence,
        Status::Mute,
        Status::Unknown,
        Status::Absent,
        Status::InUse,
        Status::Denied,
    ];

    /// Whether a receipt would come out now.
    #[must_use]
    pub fn can_print(self) -> bool {
        matches!(self, Status::Ready | Status::PaperLow)
    }

    /// Whether somebody has to come before it goes on.
    #[must_use]
    pub fn is_a_stop(self) -> bool {
        matches!(self, Status::PaperOut | Status::CoverOpen | Status::Cutter | Status::Fault)
    }

    /// Whether a printer that says so keeps what it has not printed, to print it when it goes on, whoever stands there.
    #[must_use]
    pub fn keeps_its_job(self) -> bool {
        self.is_a_stop() || matches!(self, Status::Offline | Status::Overheated)
    }
}

/// What became of a job. Only `Done` is proof.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The printer acknowledged that it came past the cut.
    Done,
    /// Sent to a printer that has no way of telling.
    Unconfirmed,
    /// Stopped, and the printer says why.
    Blocked(Status),
    /// All sent, and no acknowledgement came: it may be out or not. Never printed again by itself.
    Unknown,
    /// The port went away in the middle.
    Lost,
    /// Nothing was sent.
    NotSent(Status),
    /// The document does not fit the paper: a defect of ours, with what did not fit.
    DoesNotFit(String),
}

pub trait Printer: Send {
    fn name(&self) -> &str;

    fn status(&mut self) -> Status;

    /// Prints one document and waits, with a limit, for proof.
    fn print(&mut self, document: &Document) -> Outcome;

    /// Whether an earlier job may still come out, perhaps before another customer. Until that is settled nothing is
    /// printed; asking for the status tries to settle it.
    fn held_back(&self) -> bool {
        false
    }

    /// A technician has looked: no paper of an earlier customer is in the printer, nor in its mouth. False where the
    /// printer is still stopped, so that nobody can know.
    fn release(&mut self) -> bool {
        true
    }
}

/// The printer of these settings. A port that is not there yet is opened when it is first needed.
pub fn open(settings: &Settings) -> Result<Box<dyn Printer>, String> {
    open_with(settings, Memory::none())
}

/// The same, with a note in the totem's folder of a job that the power went away from.
pub fn open_in(settings: &Settings, folder: &Path) -> Result<Box<dyn Printer>, String> {
    open_with(settings, Memory::in_folder(folder))
}

fn open_with(settings: &Settings, memory: Memory) -> Result<Box<dyn Printer>, String> {
    let profile = settings.resolve().map_err(|(key, why)| format!("{key}: {why}"))?;
    Ok(match settings.medium {
        Medium::Serial => {
            let port = Serial::new(&settings.port, profile.serial);
            Box::new(EscPosPrinter::new(port, settings, profile, memory))
        }
        Medium::Usb => Box::new(EscPosPrinter::new(Usb::new(&settings.port), settings, profile, memory)),
        Medium::Tcp => {
            let port = Tcp::new(&settings.port.to_string_lossy());
            Box::new(EscPosPrinter::new(port, settings, profile, memory))
        }
        Medium::File => match file::unfit(&settings.port) {
            Some(why) => return Err(format!("printer.port: {why}")),
            None => Box::new(FilePrinter::new(settings, profile)),
        },
    })
}
