//! Printer: what the clerk asks of the receipt printer; ESC/POS bytes, transports, status and proof of printing.

pub mod code_page;
pub mod driver;
pub mod escpos;
pub mod file;
pub mod link;
pub mod serial;
pub mod settings;
pub mod status;
pub mod transport;
pub mod watch;

use serde::{Deserialize, Serialize};

use crate::paper::Document;
pub use driver::EscPosPrinter;
pub use file::FilePrinter;
pub use serial::Serial;
pub use settings::{Medium, Settings};

/// How the printer is, as far as it says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    Ready,
    /// Prints, but the roll is near its end.
    PaperLow,
    PaperOut,
    CoverOpen,
    /// Cutter, head or another fault that a technician must see to.
    Fault,
    Offline,
    /// The port is there, and nobody answers.
    Mute,
    /// The port is not there.
    Absent,
}

impl Status {
    /// Whether a receipt would come out now.
    #[must_use]
    pub fn can_print(self) -> bool {
        matches!(self, Status::Ready | Status::PaperLow)
    }
}

/// What became of a job. Only `Done` is proof.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The printer acknowledged the fence behind the cut.
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
}

/// The printer of these settings. A port that is not there yet is opened when it is first needed.
#[must_use]
pub fn open(settings: &Settings) -> Box<dyn Printer> {
    match settings.medium {
        Medium::Serial => Box::new(EscPosPrinter::new(Serial::new(settings), settings.clone())),
        Medium::File => Box::new(FilePrinter::new(settings.clone())),
    }
}
