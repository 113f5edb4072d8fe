//! A printer that is a file: for trying things out, and for machines without a printer. It never claims a paper.

use std::fs::{FileType, OpenOptions};
use std::io::{Error, ErrorKind, Write};
use std::os::unix::fs::{FileTypeExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use rustix::fs::OFlags;

use super::escpos::{Command, JobId, compose, fence};
use super::{Outcome, Printer, Profile, Settings, Status};
use crate::paper::Document;

/// Why nothing can be appended there, where it is no plain file: a pipe or a device keeps whoever opens it waiting.
#[must_use]
pub fn unfit(port: &Path) -> Option<String> {
    let kind = std::fs::metadata(port).ok()?.file_type();
    (!kind.is_file()).then(|| {
        format!(
            "com medium = \"file\" só serve um arquivo comum, ou um que ainda não existe: {} é {}",
            port.display(),
            named(kind)
        )
    })
}

fn named(kind: FileType) -> &'static str {
    if kind.is_dir() {
        "uma pasta"
    } else if kind.is_fifo() {
        "um FIFO"
    } else if kind.is_char_device() || kind.is_block_device() {
        "um aparelho (use medium = \"serial\" ou \"usb\")"
    } else {
        "outra coisa"
    }
}

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
        // what it is may have changed since it was configured
        let flags = (OFlags::NONBLOCK | OFlags::NOCTTY).bits().cast_signed();
        let mut file = OpenOptions::new().create(true).append(true).custom_flags(flags).open(&self.file)?;
        if !file.metadata()?.is_file() {
            return Err(Error::new(ErrorKind::InvalidInput, "not a plain file"));
        }
        file.write_all(bytes)
    }
}

impl Printer for FilePrinter {
    fn name(&self) -> &str {
        &self.name
    }

    fn status(&mut self) -> Status {
        match self.append(&[]) {
            Ok(()) => Status::Ready,
            Err(error) if error.kind() == ErrorKind::PermissionDenied => Status::Denied,
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
