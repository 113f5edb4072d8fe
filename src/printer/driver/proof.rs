//! How it is known that a job came out: by the printer's own acknowledgement, or by watching it until it rests.

use std::time::{Duration, Instant};

use super::EscPosPrinter;
use crate::printer::dialect::{Question, Replies};
use crate::printer::escpos::JobId;
use crate::printer::link::Fence;
use crate::printer::profile::{Dialect, Proof};
use crate::printer::transport::{PortError, Transport};
use crate::printer::watch::{Look, Watch};
use crate::printer::{Outcome, Status};

/// After the fence, how long the printer may take to show that it is well: its cutter is still moving.
const WELL_WITHIN: Duration = Duration::from_secs(3);
/// A slow motor, for printers that only can be watched.
const MOTOR_DOTS_PER_S: usize = 600;
/// Looks that must find a printer at rest, and each of its questions among them.
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
        let dialect = self.profile.status;
        let mut rest = Rest {
            from: Instant::now() + Duration::from_millis(motor_ms),
            looks: u32::try_from(dialect.watching().len()).map_or(RESTS, |questions| questions.max(RESTS)),
            empty_before: !ticket_before,
            worked: false,
            rests: 0,
        };
        let mut watch = Watch::new(dialect);
        let mut last = None;
        while Instant::now() < deadline {
            match proof {
                Proof::Fence => match self.link.take_fence() {
                    Some(Fence::NoPaper) => return Ok(Outcome::Blocked(Status::PaperOut)),
                    Some(Fence::Passed) => return self.confirm(),
                    None => {}
                },
                Proof::ProcessId if self.link.take_printed(id) => return Ok(Outcome::Done),
                _ => {}
            }
            let look = watch.look(&mut self.link)?;
            if let Some(status) = look.stopped {
                return Ok(Outcome::Blocked(status));
            }
            last = if look.overdue { None } else { look.status.or(last) };
            let all_left = self.link.waiting() == 0;
            match proof {
                Proof::Ticket if rest.holds_out(&look) => return Ok(Outcome::Done),
                Proof::Ticket if rest.was_taken(&look, all_left) => return Ok(Outcome::Done),
                Proof::Watched if rest.is_at_rest(&look) => return Ok(Outcome::Unconfirmed),
                _ => {}
            }
        }
        // off line or too hot to the end: what it has not printed is still in it
        Ok(last.filter(|status| status.keeps_its_job()).map_or(Outcome::Unknown, Outcome::Blocked))
    }

    /// A printer that is being switched off sends zeros, which look like the fence; and one that answers a fence when it
    /// reads it may have stopped before. One that says it is well did neither.
    fn confirm(&mut self) -> Result<Outcome, PortError> {
        let dialect = self.profile.status;
        if dialect == Dialect::None {
            return Ok(Outcome::Done);
        }
        let deadline = Instant::now() + WELL_WITHIN;
        let mut said = Status::Mute;
        while Instant::now() < deadline {
            said = match self.link.ask(dialect.while_waiting(), dialect) {
                Ok(status) if status.can_print() => return Ok(Outcome::Done),
                Ok(status) => status,
                Err(PortError::TimedOut) => Status::Mute,
                Err(error) => return Err(error),
            };
        }
        Ok(if said.keeps_its_job() { Outcome::Blocked(said) } else { Outcome::Unknown })
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
    /// Looks that it takes.
    looks: u32,
    /// Nothing was in its mouth before this job.
    empty_before: bool,
    /// It was seen at work, and has answered every question since.
    worked: bool,
    rests: u32,
}

impl Rest {
    fn holds_out(&mut self, look: &Look) -> bool {
        (self.empty_before || self.worked) && look.holds_ticket && look.busy == Some(false)
    }

    /// It worked, and rests with an empty mouth: its customer was quicker than the next look. One that was silent in
    /// between may have been switched off, and has then forgotten the paper.
    fn was_taken(&mut self, look: &Look, all_left: bool) -> bool {
        self.worked = (self.worked || look.busy == Some(true)) && !look.overdue;
        let empty = self.worked && all_left && !look.holds_ticket;
        self.is_at_rest(&Look { status: look.status.filter(|_| empty), ..look.clone() })
    }

    fn is_at_rest(&mut self, look: &Look) -> bool {
        let is_well = look.status.is_some_and(Status::can_print);
        if look.busy == Some(true) || look.status.is_some_and(|status| !status.can_print()) {
            self.rests = 0;
        } else if is_well && Instant::now() >= self.from {
            self.rests += 1;
        }
        self.rests >= self.looks
    }
}
