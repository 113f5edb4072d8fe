//! A printer that is a file: for trying things out, and for machines without a printer. It never claims a paper.

use std::fs::OpenOptions;
use std::io::Write;

use super::escpos::{Command, commands};
use super::{Outcome, Printer, Settings, Status};
use crate::paper::{Document, layout};

pub struct FilePrinter {
    name: String,
    settings: Settings,
}

impl FilePrinter {
    #[must_use]
    pub fn new(settings: Settings) -> FilePrinter {
        FilePrinter { name: settings.port.display().to_string(), settings }
    }

    fn append(&self, bytes: &[u8]) -> std::io::Result<()> {
        OpenOptions::new().create(true).append(true).open(&self.settings.port)?.write_all(bytes)
    }
}

impl Printer for FilePrinter {
    fn name(&self) -> &str {
        &self.name
    }

    fn status(&mut self) -> Status {
        if self.append(&[]).is_ok() { Status::Ready } else { Status::Absent }
    }

    fn print(&mut self, document: &Document) -> Outcome {
        let sheet = match layout(document, &self.settings.width()) {
            Ok(sheet) => sheet,
            Err(overflow) => return Outcome::DoesNotFit(overflow.to_string()),
        };
        if !self.status().can_print() {
            return Outcome::NotSent(Status::Absent);
        }
        let bytes: Vec<u8> = commands(&sheet, &self.settings).iter().flat_map(Command::bytes).collect();
        match self.append(&bytes) {
            Ok(()) => Outcome::Unconfirmed,
            Err(error) => {
                tracing::warn!(%error, file = %self.name, "the paper could not be written");
                Outcome::Lost
            }
        }
    }
}
