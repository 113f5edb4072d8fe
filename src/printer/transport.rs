//! The line to a printer: bytes out and in, each call with a limit.

use std::time::Duration;

/// Bytes in one write. More at once may block inside the kernel past every limit.
pub const WRITE_MAX: usize = 256;

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PortError {
    /// Unplugged, switched off, never there, or held by another program.
    #[error("the port is not there")]
    Gone,
    #[error("the port did not take or give a byte in time")]
    TimedOut,
}

pub trait Transport: Send {
    fn is_open(&self) -> bool;

    /// Closes what is open, then opens anew: a device whose old handle is still open comes back under another name.
    fn reopen(&mut self) -> Result<(), PortError>;

    /// Writes at most [`WRITE_MAX`] bytes and says how many.
    fn write(&mut self, bytes: &[u8], within: Duration) -> Result<usize, PortError>;

    /// At least one byte, or an error.
    fn read(&mut self, buffer: &mut [u8], within: Duration) -> Result<usize, PortError>;

    /// Bytes that were written and have not left this machine, as far as the system tells.
    fn waiting(&self) -> usize;

    /// Forgets what was written and has not left yet.
    fn discard_output(&mut self);
}
