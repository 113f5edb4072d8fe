//! A serial port, or a USB device that looks like one. Nobody else can open it meanwhile.

use std::io::{self, ErrorKind, Read, Write};
use std::time::Duration;

use serialport::{ClearBuffer, FlowControl, SerialPort, TTYPort};

use super::settings::{Flow, Settings};
use super::transport::{PortError, Transport, WRITE_MAX};

pub struct Serial {
    path: String,
    baud: u32,
    flow: FlowControl,
    port: Option<TTYPort>,
}

impl Serial {
    /// Opens nothing yet.
    #[must_use]
    pub fn new(settings: &Settings) -> Serial {
        let flow = match settings.flow {
            Flow::None => FlowControl::None,
            Flow::RtsCts => FlowControl::Hardware,
            Flow::XonXoff => FlowControl::Software,
        };
        Serial { path: settings.port.to_string_lossy().into_owned(), baud: settings.baud, flow, port: None }
    }

    fn port(&mut self, within: Duration) -> Result<&mut TTYPort, PortError> {
        let port = self.port.as_mut().ok_or(PortError::Gone)?;
        port.set_timeout(within).map_err(|_| PortError::Gone)?;
        Ok(port)
    }

    /// What a read or a write came to. A port that is gone is closed at once.
    fn judge(&mut self, result: io::Result<usize>) -> Result<usize, PortError> {
        match result {
            Ok(0) => self.gone("end of file"),
            Ok(count) => Ok(count),
            Err(error) => match error.kind() {
                ErrorKind::TimedOut | ErrorKind::WouldBlock | ErrorKind::Interrupted => Err(PortError::TimedOut),
                // EIO, ENXIO, ENODEV and EBADF all arrive here, without their numbers.
                kind => self.gone(kind),
            },
        }
    }

    fn gone(&mut self, why: impl std::fmt::Display) -> Result<usize, PortError> {
        tracing::warn!(port = %self.path, %why, "the printer's port went away");
        self.close();
        Err(PortError::Gone)
    }

    fn close(&mut self) {
        // The kernel would hold the close back until every byte has left.
        self.discard_output();
        self.port = None;
    }
}

impl Transport for Serial {
    fn is_open(&self) -> bool {
        self.port.is_some()
    }

    fn reopen(&mut self) -> Result<(), PortError> {
        self.close();
        let builder = serialport::new(&self.path, self.baud).flow_control(self.flow).exclusive(true);
        let port = builder.open_native().map_err(|error| {
            tracing::debug!(port = %self.path, %error, "the printer's port does not open");
            PortError::Gone
        })?;
        let _ = port.clear(ClearBuffer::Input);
        self.port = Some(port);
        Ok(())
    }

    fn write(&mut self, bytes: &[u8], within: Duration) -> Result<usize, PortError> {
        let chunk = bytes.get(..WRITE_MAX).unwrap_or(bytes);
        if chunk.is_empty() {
            return Ok(0);
        }
        let result = self.port(within)?.write(chunk);
        self.judge(result)
    }

    fn read(&mut self, buffer: &mut [u8], within: Duration) -> Result<usize, PortError> {
        let result = self.port(within)?.read(buffer);
        self.judge(result)
    }

    fn waiting(&self) -> usize {
        let bytes = self.port.as_ref().and_then(|port| port.bytes_to_write().ok()).unwrap_or(0);
        usize::try_from(bytes).unwrap_or(usize::MAX)
    }

    fn discard_output(&mut self) {
        if let Some(port) = &self.port {
            let _ = port.clear(ClearBuffer::Output);
        }
    }
}
