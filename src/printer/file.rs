//! A printer that is a file: for trying things out, and for machines without a printer. It never claims a paper.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::PathBuf;

use super::escpos::{Command, JobId, compose, fence};
use super::{Outcome, Printer, Profile, Settings, Status};
use crate::paper::Document;

pub struct FilePrinter {
    name: String,
    file: PathBuf,
    profile: Profile,
}

impl FilePrinter {
    #[must_use]
    pub fn new(settings: &Settings, profile: Profile) -> FilePrinter {
        FilePrinter { name: settings.port.display().to_string(), file: settings.port.clone(), profile }
    }

    fn append(&self, bytes: &[u8]) -> std::io::Result<()> {
        OpenOptions::new().create(true).append(true).open(&self.file)?.write_all(bytes)
    }
}

impl Printer for FilePrinter {
    fn name(&self) -> &str {
        &self.name
    }

    fn status(&mut self) -> Status {
        match self.append(&[]) {
            Ok(()) => Status::Ready,
            Err(error) if error.kind() == std::io::ErrorKind::PermissionDenied => Status::Denied,
            Err(_) => Status::Absent,
        }
    }

    fn print(&mut self, document: &Document) -> Outcome {
        let commands = match compose(document, &self.profile) {
            Ok(commands) => commands,
            Err(overflow) => return Outcome::DoesNotFit(overflow.to_string()),
        };
        let status = self.status();
        if !status.can_print() {
            return Outcome::NotSent(status);
        }
        let fence = fence(&self.profile, JobId::numbered(0));
        let bytes: Vec<u8> = commands.iter().chain(&fence).flat_map(Command::bytes).copied().collect();
        match self.append(&bytes) {
            Ok(()) => Outcome::Unconfirmed,
            Err(error) => {
                tracing::warn!(%error, file = %self.name, "the paper could not be written");
                Outcome::Lost
            }
        }
    }
}
