//! Watching a printer at work: one question at a time, so that no answer is taken for that to another.

use std::time::{Duration, Instant};

use super::Status;
use super::escpos::real_time_status;
use super::link::Link;
use super::status::Replies;
use super::transport::{PortError, Transport};

const ASK_EVERY: Duration = Duration::from_millis(500);
/// A printer that feeds paper may answer late.
const ANSWER_WITHIN: Duration = Duration::from_secs(2);
const LISTEN: Duration = Duration::from_millis(50);

/// Asks for the cause of a stop and for the roll in turn. Never for `DLE EOT 3`: some printers answer it with the byte
/// of a fence.
#[derive(Default)]
pub struct Watch {
    roll: bool,
    asked: Option<Instant>,
    unanswered: u32,
    /// How often in a row cause and roll said that the printer has stopped.
    stopped: [u32; 2],
}

impl Watch {
    /// One short look. A status where the printer said twice that it has stopped; the second word guards against
    /// a sensor that flickers, and against a fence that is already on its way.
    pub fn look<T: Transport>(&mut self, link: &mut Link<T>) -> Result<Option<Status>, PortError> {
        self.ask(link)?;
        let Some(byte) = link.listen(LISTEN)? else { return Ok(None) };
        if self.unanswered == 0 {
            return Ok(None);
        }
        let mut replies = Replies::default();
        replies.set(self.number(), byte);
        let status = replies.status();
        let halted = matches!(status, Status::PaperOut | Status::CoverOpen | Status::Fault);
        let [cause, roll] = &mut self.stopped;
        let count = if self.roll { roll } else { cause };
        *count = if halted { *count + 1 } else { 0 };
        let certain = *count >= 2;
        self.unanswered -= 1;
        if self.unanswered == 0 {
            self.roll = !self.roll;
        }
        Ok(certain.then_some(status))
    }

    fn number(&self) -> u8 {
        if self.roll { 4 } else { 2 }
    }

    fn ask<T: Transport>(&mut self, link: &mut Link<T>) -> Result<(), PortError> {
        let wait = if self.unanswered == 0 { ASK_EVERY } else { ANSWER_WITHIN };
        if self.asked.is_some_and(|asked| asked.elapsed() < wait) {
            return Ok(());
        }
        self.asked = Some(Instant::now());
        match link.send(&real_time_status(self.number()), Instant::now() + LISTEN) {
            Ok(()) => self.unanswered += 1,
            Err(PortError::TimedOut) => {}
            Err(PortError::Gone) => return Err(PortError::Gone),
        }
        Ok(())
    }
}
