//! The line to a printer: bytes out and in, each call with a limit.

use std::io::{self, ErrorKind};
use std::time::Duration;

use super::Status;

/// Bytes in one write. More at once may block inside the kernel past every limit.
pub const WRITE_MAX: usize = 256;

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PortError {
    /// Unplugged, switched off, or never there.
    #[error("the port is not there")]
    Gone,
    /// Another program has it open.
    #[error("the port is in another program's hands")]
    InUse,
    #[error("this user may not open the port")]
    Denied,
    #[error("the port did not take or give a byte in time")]
    TimedOut,
}

impl PortError {
    #[must_use]
    pub fn status(self) -> Status {
        match self {
            PortError::Gone => Status::Absent,
            PortError::InUse => Status::InUse,
            PortError::Denied => Status::Denied,
            PortError::TimedOut => Status::Mute,
        }
    }
}

pub trait Transport: Send {
    fn is_open(&self) -> bool;

    /// Closes what is open, then opens anew: a device whose old handle is still open comes back under another name.
    fn reopen(&mut self) -> Result<(), PortError>;

    fn close(&mut self);

    /// Writes at most [`WRITE_MAX`] bytes and says how many.
    fn write(&mut self, bytes: &[u8], within: Duration) -> Result<usize, PortError>;

    /// At least one byte, or an error.
    fn read(&mut self, buffer: &mut [u8], within: Duration) -> Result<usize, PortError>;

    /// Bytes that were written and have not left this machine, as far as the system tells.
    fn waiting(&self) -> usize;

    /// Forgets what was written and has not left yet.
    fn discard_output(&mut self);
}

/// What a read or a write came to. The end of a file, a broken pipe, EIO, ENXIO and ENODEV are all a port that is gone.
pub fn judged(result: io::Result<usize>) -> Result<usize, PortError> {
    match result {
        Ok(0) => Err(PortError::Gone),
        Ok(count) => Ok(count),
        Err(error) => match error.kind() {
            ErrorKind::TimedOut | ErrorKind::WouldBlock | ErrorKind::Interrupted => Err(PortError::TimedOut),
            _ => Err(PortError::Gone),
        },
    }
}
