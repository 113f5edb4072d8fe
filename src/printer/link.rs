//! A conversation with a printer: whole commands go out, answers come back told apart.

use std::time::{Duration, Instant};

use super::Status;
use super::escpos::real_time_status;
use super::status::{Answer, Demux, Replies};
use super::transport::{PortError, Transport};

/// How long an idle printer may take to answer `DLE EOT`; real ones take a few milliseconds.
const ANSWER_WITHIN: Duration = Duration::from_millis(500);
/// One wait for the port, after which limits are looked at again.
const STEP: Duration = Duration::from_millis(100);
/// Silence after which nothing more of an old answer is expected.
const SILENCE: Duration = Duration::from_millis(20);

pub struct Link<T> {
    port: T,
    demux: Demux,
    /// Fences answered and not yet counted by the driver.
    fences: u32,
}

impl<T: Transport> Link<T> {
    pub fn new(port: T) -> Link<T> {
        Link { port, demux: Demux::default(), fences: 0 }
    }

    /// Makes sure there is a port to talk to.
    pub fn connect(&mut self) -> Result<(), PortError> {
        if self.port.is_open() { Ok(()) } else { self.reconnect() }
    }

    pub fn reconnect(&mut self) -> Result<(), PortError> {
        self.demux = Demux::default();
        self.port.reopen()
    }

    /// Sends all of it, or says why not.
    pub fn send(&mut self, mut bytes: &[u8], deadline: Instant) -> Result<(), PortError> {
        while !bytes.is_empty() {
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Err(PortError::TimedOut);
            }
            match self.port.write(bytes, left.min(STEP)) {
                Ok(count) => bytes = bytes.get(count..).unwrap_or_default(),
                Err(PortError::TimedOut) => {}
                Err(PortError::Gone) => return Err(PortError::Gone),
            }
        }
        Ok(())
    }

    /// What the printer says within one short wait, mostly nothing. Fences are counted apart.
    pub fn listen(&mut self, within: Duration) -> Result<Option<u8>, PortError> {
        let mut buffer = [0; 64];
        let count = match self.port.read(&mut buffer, within) {
            Ok(count) => count,
            Err(PortError::TimedOut) => {
                self.demux.quiet();
                return Ok(None);
            }
            Err(PortError::Gone) => return Err(PortError::Gone),
        };
        let mut said = None;
        for byte in buffer.iter().take(count) {
            match self.demux.take(*byte) {
                Some(Answer::RealTime(byte)) => said = Some(byte),
                Some(Answer::Fence) => self.fences += 1,
                None => {}
            }
        }
        Ok(said)
    }

    /// Fences answered since this was last asked.
    pub fn take_fences(&mut self) -> u32 {
        std::mem::take(&mut self.fences)
    }

    /// Reads until the printer has been silent for as long as given, a few times that at most.
    pub fn wait_for_silence(&mut self, silence: Duration) -> Result<(), PortError> {
        let end = Instant::now() + silence * 5;
        while Instant::now() < end {
            let began = Instant::now();
            self.listen(silence)?;
            if began.elapsed() >= silence {
                break;
            }
        }
        Ok(())
    }

    /// Asks one `DLE EOT` and waits for its answer; nothing where none comes.
    pub fn query(&mut self, number: u8) -> Result<Option<u8>, PortError> {
        self.wait_for_silence(SILENCE)?;
        let deadline = Instant::now() + ANSWER_WITHIN;
        self.send(&real_time_status(number), deadline)?;
        while Instant::now() < deadline {
            if let Some(byte) = self.listen(deadline.saturating_duration_since(Instant::now()).min(STEP))? {
                return Ok(Some(byte));
            }
        }
        Ok(None)
    }

    /// Asks each of these `DLE EOT`; after two without an answer the printer counts as mute.
    pub fn ask(&mut self, numbers: &[u8]) -> Result<Status, PortError> {
        let mut replies = Replies::default();
        let mut unanswered = 0;
        for number in numbers {
            match self.query(*number)? {
                Some(byte) => replies.set(*number, byte),
                None => unanswered += 1,
            }
            if unanswered == 2 {
                // Questions that wait in the kernel would be answered later, in the place of others.
                self.port.discard_output();
                return Ok(Status::Mute);
            }
        }
        Ok(replies.status())
    }

    /// Bytes that have not left this machine.
    pub fn waiting(&self) -> usize {
        self.port.waiting()
    }

    pub fn discard_output(&mut self) {
        self.port.discard_output();
    }
}
