//! A USB printer as the kernel shows it (`/dev/usb/lp0`, driver usblp): a character device that is written to and read
//! from without ever blocking. Its pair of lines has no speed and no flow control of its own.

use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{FlockOperation, OFlags, flock};
use rustix::io::Errno;

use super::transport::{PortError, Transport, WRITE_MAX, judged};

pub struct Usb {
    path: PathBuf,
    port: Option<File>,
}

impl Usb {
    /// Opens nothing yet.
    #[must_use]
    pub fn new(port: &Path) -> Usb {
        Usb { path: port.to_owned(), port: None }
    }

    fn judge(&mut self, result: io::Result<usize>) -> Result<usize, PortError> {
        let judged = judged(result);
        if judged == Err(PortError::Gone) {
            tracing::warn!(port = %self.path.display(), "the printer's port went away");
            self.close();
        }
        judged
    }

    fn when(&mut self, events: PollFlags, within: Duration) -> Result<&mut File, PortError> {
        let port = self.port.as_mut().ok_or(PortError::Gone)?;
        ready(port, events, within)?;
        Ok(port)
    }
}

/// Waits until a device can be read from or written to. Hang-up is for the read or write to find out.
pub(super) fn ready(port: &impl std::os::fd::AsFd, events: PollFlags, within: Duration) -> Result<(), PortError> {
    let mut asked = [PollFd::new(port, events)];
    let within = Timespec {
        tv_sec: i64::try_from(within.as_secs()).unwrap_or(i64::MAX),
        tv_nsec: i64::from(within.subsec_nanos()),
    };
    match poll(&mut asked, Some(&within)) {
        Ok(0) | Err(Errno::INTR) => Err(PortError::TimedOut),
        Ok(_) => Ok(()),
        Err(_) => Err(PortError::Gone),
    }
}

impl Transport for Usb {
    fn is_open(&self) -> bool {
        self.port.is_some()
    }

    fn reopen(&mut self) -> Result<(), PortError> {
        self.close();
        let flags = OFlags::NONBLOCK | OFlags::NOCTTY;
        let opened =
            OpenOptions::new().read(true).write(true).custom_flags(flags.bits().cast_signed()).open(&self.path);
        let port = opened.map_err(|error| {
            tracing::debug!(port = %self.path.display(), %error, "the printer's port does not open");
            match error.kind() {
                ErrorKind::PermissionDenied => PortError::Denied,
                ErrorKind::ResourceBusy => PortError::InUse,
                _ => PortError::Gone,
            }
        })?;
        // usblp lets one in by itself; another totem, or a copy of this one, is kept out by the lock
        flock(&port, FlockOperation::NonBlockingLockExclusive).map_err(|_| PortError::InUse)?;
        self.port = Some(port);
        Ok(())
    }

    fn close(&mut self) {
        self.port = None;
    }

    fn write(&mut self, bytes: &[u8], within: Duration) -> Result<usize, PortError> {
        let chunk = bytes.get(..WRITE_MAX).unwrap_or(bytes);
        if chunk.is_empty() {
            return Ok(0);
        }
        let result = self.when(PollFlags::OUT, within)?.write(chunk);
        self.judge(result)
    }

    fn read(&mut self, buffer: &mut [u8], within: Duration) -> Result<usize, PortError> {
        let result = self.when(PollFlags::IN, within)?.read(buffer);
        // an idle usblp reads as the end of a file on some kernels: only an error means that it went away
        if matches!(result, Ok(0)) && self.path.exists() && !self.hung_up() {
            std::thread::sleep(within.min(Duration::from_millis(20)));
            return Err(PortError::TimedOut);
        }
        self.judge(result)
    }

    fn waiting(&self) -> usize {
        0
    }

    /// What the kernel holds belongs to the device already.
    fn discard_output(&mut self) {}
}

impl Usb {
    fn hung_up(&self) -> bool {
        let Some(port) = &self.port else { return true };
        let mut asked = [PollFd::new(port, PollFlags::empty())];
        let at_once = Timespec { tv_sec: 0, tv_nsec: 0 };
        let polled = poll(&mut asked, Some(&at_once));
        polled.is_err() || asked.iter().any(|one| one.revents().intersects(PollFlags::HUP | PollFlags::ERR))
    }
}
