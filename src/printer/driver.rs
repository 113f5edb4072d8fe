//! A job from the first question to the proof that it came out, on any printer that has a profile.

mod held;
mod proof;

use std::time::{Duration, Instant, SystemTime};

use super::escpos::{Command, JobId, compose, fence};
use super::link::Link;
use super::memory::{Left, Memory};
use super::profile::{Profile, Proof};
use super::settings::Settings;
use super::transport::{PortError, Transport};
use super::watch::Watch;
use super::{Outcome, Printer, Status};
use crate::paper::Document;
use held::Held;

/// A write that takes longer than this has a printer behind it that is not reading.
const STALL: Duration = Duration::from_millis(500);
/// Bytes gathered from whole commands before they are sent.
const GATHER: usize = 256;

pub struct EscPosPrinter<T> {
    name: String,
    profile: Profile,
    /// The most a job may take.
    most: Duration,
    link: Link<T>,
    memory: Memory,
    /// Nobody has asked yet whether the printer still has a job of an earlier run of this program.
    fresh: bool,
    held: Option<Held>,
    /// Jobs so far, from a number that no other run began with.
    jobs: u32,
}

/// Why sending ended early.
enum Stop {
    Gone,
    Stalled,
    Said(Status),
}

impl From<PortError> for Stop {
    fn from(error: PortError) -> Stop {
        match error {
            PortError::TimedOut => Stop::Stalled,
            PortError::Gone | PortError::InUse | PortError::Denied => Stop::Gone,
        }
    }
}

impl<T: Transport> EscPosPrinter<T> {
    /// Opens nothing yet.
    #[must_use]
    pub fn new(port: T, settings: &Settings, profile: Profile, memory: Memory) -> EscPosPrinter<T> {
        let held = match memory.left() {
            Left::Nothing => None,
            Left::AtWork => Some(Held::left_over(&profile, false)),
            Left::Stopped => Some(Held::left_over(&profile, true)),
        };
        EscPosPrinter {
            name: settings.port.display().to_string(),
            profile,
            most: Duration::from_secs(settings.job_deadline_s),
            link: Link::new(port),
            memory,
            fresh: held.is_none(),
            held,
            jobs: SystemTime::UNIX_EPOCH.elapsed().map_or(0, |since| since.subsec_nanos()),
        }
    }

    fn next_id(&mut self) -> JobId {
        self.jobs = self.jobs.wrapping_add(1);
        JobId::numbered(self.jobs)
    }

    fn has_fence(&self) -> bool {
        matches!(self.profile.proof, Proof::Fence | Proof::ProcessId)
    }

    /// The printer's own words; a port that went away since the last time is opened again.
    fn ask(&mut self) -> Status {
        let dialect = self.profile.status;
        let questions = if self.held.is_some() { dialect.while_waiting() } else { dialect.questions() };
        let answer = self.link.connect().and_then(|()| match self.link.ask(questions, dialect) {
            Err(PortError::Gone) => self.link.reconnect().and_then(|()| self.link.ask(questions, dialect)),
            answer => answer,
        });
        let status = answer.unwrap_or_else(|error| {
            if error == PortError::TimedOut {
                self.link.discard_output();
            }
            error.status()
        });
        let cannot_tell = self.profile.proof == Proof::None && matches!(status, Status::Mute | Status::Unknown);
        if cannot_tell { Status::Ready } else { status }
    }

    fn run(&mut self, commands: &[Command]) -> Outcome {
        let id = self.next_id();
        let fence = fence(&self.profile, id);
        let bytes = commands.iter().map(|command| command.bytes().len()).sum();
        let dots = commands.iter().map(Command::dots).sum();
        let deadline = Instant::now() + self.profile.patience(bytes, dots, self.most);
        self.link.forget();
        let ticket_before = self.ticket_is_out();
        self.memory.begin();
        let (outcome, whole) = match self.send(commands, fence.as_ref(), deadline) {
            Ok(()) => (self.wait_for_proof(id, dots, ticket_before, deadline).unwrap_or(Outcome::Lost), true),
            Err(Stop::Gone) => (Outcome::Lost, false),
            Err(Stop::Stalled) => (Outcome::Unknown, false),
            Err(Stop::Said(status)) => (Outcome::Blocked(status), false),
        };
        if matches!(outcome, Outcome::Done | Outcome::Unconfirmed) {
            self.memory.end();
        } else {
            // What a hang-up takes with it cannot be known.
            let whole = whole && outcome != Outcome::Lost && self.link.waiting() == 0;
            // Without a fence nobody ever learns what became of it, but from whoever looks.
            let unseen = outcome == Outcome::Unknown && !self.has_fence();
            self.hold(id, whole, commands, unseen || matches!(outcome, Outcome::Blocked(_)));
        }
        outcome
    }

    fn send(&mut self, commands: &[Command], fence: Option<&Command>, deadline: Instant) -> Result<(), Stop> {
        let mut watch = Watch::new(self.profile.status);
        let mut gathered = Vec::new();
        let mut commands = commands.iter().chain(fence).peekable();
        while let Some(command) = commands.next() {
            gathered.extend(command.bytes());
            if gathered.len() < GATHER && commands.peek().is_some() {
                continue;
            }
            let began = Instant::now();
            self.link.send(&gathered, deadline)?;
            gathered.clear();
            if began.elapsed() >= STALL
                && let Some(status) = watch.look(&mut self.link)?.stopped
            {
                return Err(Stop::Said(status));
            }
        }
        Ok(())
    }
}

impl<T: Transport> Printer for EscPosPrinter<T> {
    fn name(&self) -> &str {
        &self.name
    }

    /// A printer whose earlier job may still come out says so: nothing would be printed now.
    fn status(&mut self) -> Status {
        let status = self.ask();
        if status.can_print() && std::mem::take(&mut self.fresh) && self.has_fence() {
            self.link.forget();
            self.held = Some(Held::question());
        }
        self.settled(status)
    }

    fn print(&mut self, document: &Document) -> Outcome {
        let commands = match compose(document, &self.profile) {
            Ok(commands) => commands,
            Err(overflow) => {
                tracing::error!(paper = document.name, %overflow, "the paper is too narrow");
                return Outcome::DoesNotFit(overflow.to_string());
            }
        };
        let status = self.status();
        let outcome =
            if status.can_print() && self.held.is_none() { self.run(&commands) } else { Outcome::NotSent(status) };
        tracing::info!(printer = %self.name, paper = document.name, ?outcome, "print job");
        outcome
    }

    fn held_back(&self) -> bool {
        self.held.is_some()
    }

    fn release(&mut self) -> bool {
        self.released()
    }
}
