//! A serial port, or a USB device that looks like one. Nobody else can open it meanwhile.

use std::io::{self, ErrorKind, Read, Write};
use std::path::Path;
use std::time::Duration;

use serialport::{ClearBuffer, FlowControl, SerialPort, TTYPort};

use super::profile::{DataBits, Flow, Line, Parity, StopBits};
use super::transport::{PortError, Transport, WRITE_MAX, judged};

pub struct Serial {
    path: String,
    line: Line,
    port: Option<TTYPort>,
}

impl Serial {
    /// Opens nothing yet.
    #[must_use]
    pub fn new(port: &Path, line: Line) -> Serial {
        Serial { path: port.to_string_lossy().into_owned(), line, port: None }
    }

    fn port(&mut self, within: Duration) -> Result<&mut TTYPort, PortError> {
        let port = self.port.as_mut().ok_or(PortError::Gone)?;
        port.set_timeout(within).map_err(|_| PortError::Gone)?;
        Ok(port)
    }

    /// A port that is gone is closed at once.
    fn judge(&mut self, result: io::Result<usize>) -> Result<usize, PortError> {
        let judged = judged(result);
        if judged == Err(PortError::Gone) {
            tracing::warn!(port = %self.path, "the printer's port went away");
            self.close();
        }
        judged
    }

    /// Absent and held by another program come as the same kind, so it is asked whether the device is there.
    fn unopened(&self, error: &serialport::Error) -> PortError {
        tracing::debug!(port = %self.path, %error, "the printer's port does not open");
        match error.kind {
            serialport::ErrorKind::Io(ErrorKind::PermissionDenied) => PortError::Denied,
            serialport::ErrorKind::Io(ErrorKind::ResourceBusy) => PortError::InUse,
            serialport::ErrorKind::NoDevice if Path::new(&self.path).exists() => PortError::InUse,
            _ => PortError::Gone,
        }
    }
}

impl Transport for Serial {
    fn is_open(&self) -> bool {
        self.port.is_some()
    }

    fn reopen(&mut self) -> Result<(), PortError> {
        self.close();
        let line = self.line;
        let builder = serialport::new(&self.path, line.baud)
            .data_bits(match line.data_bits {
                DataBits::Seven => serialport::DataBits::Seven,
                DataBits::Eight => serialport::DataBits::Eight,
            })
            .parity(match line.parity {
                Parity::None => serialport::Parity::None,
                Parity::Even => serialport::Parity::Even,
                Parity::Odd => serialport::Parity::Odd,
            })
            .stop_bits(match line.stop_bits {
                StopBits::One => serialport::StopBits::One,
                StopBits::Two => serialport::StopBits::Two,
            })
            .flow_control(match line.flow {
                Flow::None => FlowControl::None,
                Flow::RtsCts => FlowControl::Hardware,
                Flow::XonXoff => FlowControl::Software,
            })
            .exclusive(true);
        let port = builder.open_native().map_err(|error| self.unopened(&error))?;
        let _ = port.clear(ClearBuffer::Input);
        self.port = Some(port);
        Ok(())
    }

    fn close(&mut self) {
        // The kernel would hold the close back until every byte has left.
        self.discard_output();
        self.port = None;
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
