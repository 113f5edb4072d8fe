//! A job that may still come out: it is taken back where the printer can forget it, and otherwise waits for a technician.
//! Until it is settled nothing else is printed, so that nobody finds another's paper under his own.

use std::time::{Duration, Instant};

use super::EscPosPrinter;
use crate::printer::Status;
use crate::printer::escpos::{Command, JobId, amends, clear_buffers, fence};
use crate::printer::link::Fence;
use crate::printer::profile::{Clear, Profile, Proof};
use crate::printer::transport::{PortError, Transport};

/// For how long one look at a printer tries to settle an earlier job.
const SETTLE_WITHIN: Duration = Duration::from_millis(1500);
/// Between two fences sent to a printer that answers none.
const PROBE_EVERY: Duration = Duration::from_secs(5);
/// Silence after which no second answer to the fences of an earlier job is expected.
const SETTLED_SILENCE: Duration = Duration::from_millis(300);
/// The same, where nothing of a job is known to be before it.
const IDLE_WITHIN: Duration = Duration::from_secs(1);
/// Fences of a printer that says it is well, after which it is taken for one that knows none.
const PROBES: u32 = 3;
const IDLE_PROBES: u32 = 2;
/// Fences of a ready printer that went unanswered, after which it is taken for one in the middle of a picture.
const PATIENT_PROBES: u32 = 2;

#[derive(Debug, Default)]
pub(super) struct Held {
    /// A customer's job. Otherwise only a question: whether an earlier run of the program left one.
    job: bool,
    /// It was not sent whole, or nobody knows: its paper has no end.
    ragged: bool,
    /// The bytes that a command may still swallow whose data did not all arrive.
    appetite: usize,
    /// What `appetite` is at most.
    appetite_most: usize,
    /// The printer stopped in it. It would come out unseen when the printer goes on.
    stopped: bool,
    /// The printer has forgotten what it had not printed.
    cleared: bool,
    /// The printer has come past it.
    out: bool,
    /// The last fence, and when it was sent.
    fence: Option<JobId>,
    probed: Option<Instant>,
    probes: u32,
    /// The paper was cut off once already: a printer that knows no fence is not to cut for ever.
    amended: bool,
}

impl Held {
    /// Whether the printer still has something of an earlier run.
    pub(super) fn question() -> Held {
        Held::default()
    }

    /// A job that an earlier run began.
    pub(super) fn left_over(profile: &Profile, stopped: bool) -> Held {
        let appetite_most = profile.dots.div_ceil(8) * profile.band_rows;
        Held { job: true, ragged: true, stopped, appetite_most, ..Held::default() }
    }

    /// It was asked often enough, and answered no fence.
    fn is_unanswered(&self) -> bool {
        !self.out && self.probes >= if self.job { PROBES } else { IDLE_PROBES }
    }

    /// Nobody has to look before it counts as settled.
    fn is_harmless(&self) -> bool {
        !self.stopped || self.cleared
    }
}

impl<T: Transport> EscPosPrinter<T> {
    /// Remembers a job that may still come out. What has not left this machine never will.
    pub(super) fn hold(&mut self, id: JobId, whole: bool, commands: &[Command], stopped: bool) {
        if !whole {
            self.link.discard_output();
        }
        if stopped {
            self.memory.stopped();
        }
        let appetite_most = commands.iter().map(Command::appetite).max().unwrap_or(0);
        let appetite = if whole { 0 } else { appetite_most };
        self.held = Some(Held {
            job: true,
            ragged: !whole,
            appetite,
            appetite_most,
            stopped,
            fence: Some(id),
            probed: Some(Instant::now()),
            ..Held::default()
        });
        self.clear();
    }

    /// The status of a printer with an earlier job in it, after a try to settle that job.
    pub(super) fn settled(&mut self, status: Status) -> Status {
        self.stopped_in_it(status);
        let Some(held) = &mut self.held else { return status };
        // A printer in the middle of a picture takes every question for a part of it.
        let swallowing = matches!(status, Status::Mute | Status::Unknown) && held.appetite_most > 0;
        if swallowing && !held.ragged {
            held.ragged = true;
            held.appetite = held.appetite_most;
        } else if swallowing {
            held.appetite = held.appetite_most;
        }
        if !matches!(status, Status::Absent | Status::InUse | Status::Denied) {
            self.clear();
        }
        if !status.can_print() && !swallowing {
            return status;
        }
        let mut settled = self.settle(status);
        if let Some(held) = &mut self.held
            && settled.is_ok()
            && !held.job
            && !held.is_unanswered()
        {
            // an idle printer answers at once, or never
            held.probed = None;
            settled = self.settle(status);
        }
        match settled {
            Err(error @ (PortError::Gone | PortError::InUse | PortError::Denied)) => error.status(),
            Ok(()) | Err(PortError::TimedOut) => match &self.held {
                None => self.ask(),
                Some(_) if swallowing => status,
                Some(held) if !held.is_harmless() => Status::Held,
                Some(held) if self.has_fence() && held.is_unanswered() => Status::NoFence,
                Some(_) => Status::Awaited,
            },
        }
    }

    /// A technician has looked. What the printer still owes is an end of the paper, and its own word where it has one.
    pub(super) fn released(&mut self) -> bool {
        let Some(held) = &mut self.held else { return true };
        tracing::info!(printer = %self.name, "a technician says that no paper is left in the printer");
        held.stopped = false;
        // it may have been switched off since the last fence, and then answers that one never
        held.probed = None;
        let status = self.ask();
        self.settled(status);
        let is_well = status.can_print() && self.has_fence();
        if let Some(held) = &mut self.held {
            if is_well && held.is_unanswered() && !held.ragged {
                // It is well, and its word will not come; whoever looked has given his.
                tracing::warn!(printer = %self.name, "the printer answers no fence: a technician's word stands for it");
                self.held = None;
                self.memory.end();
            } else {
                // what could not be settled now has to be looked at again
                held.stopped = held.job;
            }
        }
        self.held.is_none()
    }

    /// Takes a job back where the printer can forget it, and says so itself.
    fn clear(&mut self) {
        let Some(held) = &mut self.held else { return };
        if self.profile.clear != Clear::DleDc4 || held.cleared || held.out || !held.job {
            return;
        }
        // forgetting what was written may have closed the line
        if self.link.connect().is_err() {
            return;
        }
        let bytes = [vec![0; held.appetite], clear_buffers().to_vec()].concat();
        let deadline = Instant::now() + SETTLE_WITHIN;
        self.link.take_cleared();
        if self.link.send(&bytes, deadline).is_err() {
            return self.link.discard_output();
        }
        while Instant::now() < deadline {
            if self.link.take_cleared() {
                held.cleared = true;
                (held.ragged, held.appetite) = (true, 0);
                tracing::info!(printer = %self.name, "the printer has forgotten the job that it stopped in");
                return;
            }
            if self.link.listen(SETTLED_SILENCE).is_err() {
                return;
            }
        }
    }

    /// Lets an earlier job end: a half-sent paper is cut off, and a fence of its own tells when the printer has come
    /// past everything it held.
    fn settle(&mut self, status: Status) -> Result<(), PortError> {
        let id = self.next_id();
        let has_fence = self.has_fence();
        let Some(held) = self.held.as_mut() else { return Ok(()) };
        self.link.connect()?;
        let due = held.probed.is_none_or(|probed| probed.elapsed() >= PROBE_EVERY);
        if due && has_fence && held.job && held.probes >= PATIENT_PROBES && !held.out && !held.amended {
            (held.ragged, held.appetite) = (true, held.appetite_most);
        }
        if held.ragged && held.is_harmless() {
            let bytes = amends(held.appetite, &self.profile, id);
            let patience = self.profile.patience(bytes.len(), 0, self.most);
            if let Err(error) = self.link.send(&bytes, Instant::now() + patience) {
                self.link.discard_output();
                return Err(error);
            }
            self.link.forget();
            (held.ragged, held.appetite, held.out, held.amended) = (false, 0, false, true);
            (held.fence, held.probed, held.probes) = (Some(id), Some(Instant::now()), held.probes + 1);
        } else if due && has_fence && !held.out {
            let bytes = fence(&self.profile, id).map(|fence| fence.bytes().to_vec()).unwrap_or_default();
            self.link.send(&bytes, Instant::now() + SETTLE_WITHIN)?;
            (held.fence, held.probed, held.probes) = (Some(id), Some(Instant::now()), held.probes + 1);
        }
        if has_fence {
            self.hear_the_fence()?;
        } else if self.profile.proof == Proof::None || self.rests(status) {
            self.came_past();
        }
        self.let_go();
        Ok(())
    }

    fn hear_the_fence(&mut self) -> Result<(), PortError> {
        let within = if self.held.as_ref().is_some_and(|held| held.job) { SETTLE_WITHIN } else { IDLE_WITHIN };
        let deadline = Instant::now() + within;
        while self.held.as_ref().is_some_and(|held| !held.out) {
            let asked = self.held.as_ref().and_then(|held| held.fence);
            let heard = match self.profile.proof {
                Proof::ProcessId => asked.filter(|id| self.link.take_printed(*id)).map(|_| Fence::Passed),
                _ => self.link.take_fence(),
            };
            if let Some(fence) = heard {
                self.link.wait_for_silence(SETTLED_SILENCE)?;
                self.link.forget();
                // a fence that was only read says nothing of a printer that has stopped
                let status = if fence == Fence::NoPaper { Status::PaperOut } else { self.ask() };
                if status.can_print() {
                    self.came_past();
                } else {
                    self.stopped_in_it(status);
                    break;
                }
            } else if Instant::now() >= deadline {
                break;
            } else {
                self.link.listen(SETTLED_SILENCE)?;
            }
        }
        Ok(())
    }

    /// Its paper would come out unseen when the printer goes on.
    fn stopped_in_it(&mut self, status: Status) {
        let Some(held) = &mut self.held else { return };
        if status.keeps_its_job() && held.job && !held.stopped && !held.out {
            held.stopped = true;
            self.memory.stopped();
        }
    }

    fn came_past(&mut self) {
        if let Some(held) = &mut self.held {
            held.out = true;
        }
    }

    /// Nothing more can come out, and nobody has to look.
    fn let_go(&mut self) {
        if self.held.as_ref().is_some_and(|held| held.out && !held.ragged && held.is_harmless()) {
            tracing::info!(printer = %self.name, "nothing of an earlier job is in the printer");
            self.held = None;
            self.memory.end();
        }
    }
}
