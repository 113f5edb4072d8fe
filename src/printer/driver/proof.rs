//! How it is known that a job came out: by the printer's own acknowledgement, or by watching it until it rests.

use std::time::{Duration, Instant};

use super::EscPosPrinter;
use crate::printer::dialect::{Question, Replies};
use crate::printer::escpos::JobId;
use crate::printer::profile::{Dialect, Proof};
use crate::printer::transport::{PortError, Transport};
use crate::printer::watch::{Look, Watch};
use crate::printer::{Outcome, Status};

/// After the fence, how long the printer may take to show that it is alive: its cutter is still moving.
const ALIVE_WITHIN: Duration = Duration::from_secs(3);
/// A slow motor, for printers that only can be watched.
const MOTOR_DOTS_PER_S: usize = 600;
/// Looks that must find a watched printer at rest.
const RESTS: u32 = 2;

impl<T: Transport> EscPosPrinter<T> {
    /// Waits for the proof of this profile, and meanwhile for the printer's word that it has stopped.
    pub(super) fn wait_for_proof(
        &mut self,
        id: JobId,
        dots: usize,
        ticket_before: bool,
        deadline: Instant,
    ) -> Result<Outcome, PortError> {
        let proof = self.profile.proof;
        if proof == Proof::None {
            return Ok(Outcome::Unconfirmed);
        }
        let motor_ms = u64::try_from(dots * 1000 / MOTOR_DOTS_PER_S).unwrap_or(u64::MAX);
        let mut rest = Rest { from: Instant::now() + Duration::from_millis(motor_ms), began: !ticket_before, rests: 0 };
        let mut watch = Watch::new(self.profile.status);
        while Instant::now() < deadline {
            match proof {
                Proof::Fence if self.link.take_fences() > 0 => return self.confirm(),
                Proof::ProcessId if self.link.take_printed(id) => return Ok(Outcome::Done),
                _ => {}
            }
            let look = watch.look(&mut self.link)?;
            if let Some(status) = look.stopped {
                return Ok(Outcome::Blocked(status));
            }
            match proof {
                Proof::Ticket if rest.holds_out(&look) => return Ok(Outcome::Done),
                Proof::Watched if rest.is_at_rest(&look) => return Ok(Outcome::Unconfirmed),
                _ => {}
            }
        }
        Ok(Outcome::Unknown)
    }

    /// A printer that is being switched off sends zeros, which look like the fence. One that answers is alive.
    fn confirm(&mut self) -> Result<Outcome, PortError> {
        let dialect = self.profile.status;
        let asked =
            if dialect == Dialect::Epson { Some(Question::RealTime(1)) } else { dialect.watching().first().copied() };
        let Some(question) = asked else { return Ok(Outcome::Done) };
        let deadline = Instant::now() + ALIVE_WITHIN;
        while Instant::now() < deadline {
            match self.link.query(question) {
                Ok(Some(_)) => return Ok(Outcome::Done),
                Ok(None) | Err(PortError::TimedOut) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(Outcome::Unknown)
    }

    /// Whether an older ticket is still in the printer's mouth, which would pass for the next one.
    pub(super) fn ticket_is_out(&mut self) -> bool {
        if self.profile.proof != Proof::Ticket {
            return false;
        }
        let mut replies = Replies::default();
        if let Ok(Some(answer)) = self.link.query(Question::Full) {
            replies.set(Question::Full, answer);
        }
        replies.holds_ticket()
    }

    /// Whether the printer is ready and rests, as far as it says so.
    pub(super) fn rests(&mut self, status: Status) -> bool {
        let dialect = self.profile.status;
        let Some(question) = dialect.watching().first().copied() else { return status.can_print() };
        let mut replies = Replies::default();
        if let Ok(Some(answer)) = self.link.query(question) {
            replies.set(question, answer);
        }
        status.can_print() && replies.busy(dialect) != Some(true)
    }
}

/// Whether a printer that cannot acknowledge has come to rest.
struct Rest {
    /// Before this the motor cannot be done.
    from: Instant,
    /// It was seen at work, or had nothing in its mouth before.
    began: bool,
    rests: u32,
}

impl Rest {
    fn holds_out(&mut self, look: &Look) -> bool {
        self.began |= look.busy == Some(true);
        self.began && look.holds_ticket && look.busy == Some(false)
    }

    fn is_at_rest(&mut self, look: &Look) -> bool {
        match look.busy {
            Some(true) => self.rests = 0,
            _ if look.answered && Instant::now() >= self.from => self.rests += 1,
            _ => {}
        }
        self.rests >= RESTS
    }
}
