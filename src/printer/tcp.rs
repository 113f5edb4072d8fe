//! A printer in the network, on its raw port (9100). Whoever is connected has it for himself, as most of them let one in.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::time::Duration;

use super::transport::{PortError, Transport, WRITE_MAX, judged};

/// A printer in the same shop answers in milliseconds.
const CONNECT_WITHIN: Duration = Duration::from_secs(2);
/// The kernel refuses a wait of nothing.
const LEAST: Duration = Duration::from_millis(1);

pub struct Tcp {
    address: String,
    stream: Option<TcpStream>,
}

impl Tcp {
    /// Opens nothing yet. The address is a number or a name, with the port: `192.168.0.50:9100`.
    #[must_use]
    pub fn new(address: &str) -> Tcp {
        Tcp { address: address.to_owned(), stream: None }
    }

    fn judge(&mut self, result: io::Result<usize>) -> Result<usize, PortError> {
        let judged = judged(result);
        if judged == Err(PortError::Gone) {
            tracing::warn!(address = %self.address, "the printer's connection broke");
            self.close();
        }
        judged
    }

    fn connect(&self) -> io::Result<TcpStream> {
        let mut refused = io::Error::new(ErrorKind::NotFound, "no address");
        for address in self.address.to_socket_addrs()? {
            match TcpStream::connect_timeout(&address, CONNECT_WITHIN) {
                Ok(stream) => return Ok(stream),
                Err(error) => refused = error,
            }
        }
        Err(refused)
    }
}

impl Transport for Tcp {
    fn is_open(&self) -> bool {
        self.stream.is_some()
    }

    fn reopen(&mut self) -> Result<(), PortError> {
        self.close();
        let stream = self.connect().map_err(|error| {
            tracing::debug!(address = %self.address, %error, "the printer does not let us in");
            PortError::Gone
        })?;
        let _ = stream.set_nodelay(true);
        self.stream = Some(stream);
        Ok(())
    }

    fn close(&mut self) {
        self.stream = None;
    }

    fn write(&mut self, bytes: &[u8], within: Duration) -> Result<usize, PortError> {
        let chunk = bytes.get(..WRITE_MAX).unwrap_or(bytes);
        if chunk.is_empty() {
            return Ok(0);
        }
        let stream = self.stream.as_mut().ok_or(PortError::Gone)?;
        stream.set_write_timeout(Some(within.max(LEAST))).map_err(|_| PortError::Gone)?;
        let result = stream.write(chunk);
        self.judge(result)
    }

    fn read(&mut self, buffer: &mut [u8], within: Duration) -> Result<usize, PortError> {
        let stream = self.stream.as_mut().ok_or(PortError::Gone)?;
        stream.set_read_timeout(Some(within.max(LEAST))).map_err(|_| PortError::Gone)?;
        let result = stream.read(buffer);
        self.judge(result)
    }

    fn waiting(&self) -> usize {
        0
    }

    /// What was written may still arrive, as a printer that is cut off in the middle is held for: only the next fence or
    /// the printer's own word tells.
    fn discard_output(&mut self) {
        self.close();
    }
}
