//! A job from the first question to the proof that it came out, on any ESC/POS printer.

use std::time::{Duration, Instant};

use super::escpos::{Command, amends, commands};
use super::link::Link;
use super::settings::{Proof, Settings};
use super::transport::{PortError, Transport};
use super::watch::Watch;
use super::{Outcome, Printer, Status};
use crate::paper::{Document, Row, Sheet, layout};

/// A write that takes longer than this has a printer behind it that is not reading.
const STALL: Duration = Duration::from_millis(500);
/// Bytes gathered from whole commands before they are sent.
const GATHER: usize = 256;
/// After the fence, how long the printer may take to show that it is alive: its cutter is still moving.
const ALIVE_WITHIN: Duration = Duration::from_secs(3);
/// For how long one look at a printer tries to settle an earlier job.
const SETTLE_WITHIN: Duration = Duration::from_millis(1500);
/// Between two fences sent to a printer that answers none.
const PROBE_EVERY: Duration = Duration::from_secs(5);
/// Silence after which no second answer to the fences of an earlier job is expected.
const SETTLED_SILENCE: Duration = Duration::from_millis(300);

pub struct EscPosPrinter<T> {
    name: String,
    settings: Settings,
    link: Link<T>,
    /// Nobody has asked yet whether the printer still has a job of an earlier run of this program.
    fresh: bool,
    held: Option<Held>,
}

/// A job that may still come out.
struct Held {
    /// It was not sent whole: its paper has no end.
    cut_short: bool,
    /// The bytes that a command may still swallow whose data did not all arrive.
    appetite: usize,
    /// When the last fence was sent.
    probed: Option<Instant>,
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
            PortError::Gone => Stop::Gone,
            PortError::TimedOut => Stop::Stalled,
        }
    }
}

impl<T: Transport> EscPosPrinter<T> {
    /// Opens nothing yet.
    #[must_use]
    pub fn new(port: T, settings: Settings) -> EscPosPrinter<T> {
        let name = settings.port.display().to_string();
        EscPosPrinter { name, settings, link: Link::new(port), fresh: true, held: None }
    }

    /// The printer's own words; a port that went away since the last time is opened again.
    fn ask(&mut self) -> Status {
        // Some printers answer `DLE EOT 3` with a zero, which would pass for the fence that is waited for.
        let numbers: &[u8] = if self.held.is_some() { &[1, 2, 4] } else { &[1, 2, 3, 4] };
        let answer = self.link.connect().and_then(|()| match self.link.ask(numbers) {
            Err(PortError::Gone) => self.link.reconnect().and_then(|()| self.link.ask(numbers)),
            answer => answer,
        });
        let status = match answer {
            Ok(status) => status,
            Err(PortError::Gone) => return Status::Absent,
            Err(PortError::TimedOut) => {
                self.link.discard_output();
                Status::Mute
            }
        };
        let cannot_tell = self.settings.proof == Proof::None && status == Status::Mute;
        if cannot_tell { Status::Ready } else { status }
    }

    /// Lets an earlier job end: a half-sent paper is cut off, and a fence of its own tells when the printer has come
    /// past everything it held.
    fn settle(&mut self) -> Result<(), PortError> {
        let Some(held) = self.held.as_mut() else { return Ok(()) };
        let deadline = Instant::now() + SETTLE_WITHIN;
        if held.cut_short {
            let bytes = amends(held.appetite, &self.settings);
            if let Err(error) = self.link.send(&bytes, Instant::now() + self.settings.patience(bytes.len(), 0)) {
                self.link.discard_output();
                return Err(error);
            }
            self.link.take_fences();
            (held.cut_short, held.appetite) = (false, 0);
            held.probed = Some(Instant::now());
        } else if held.probed.is_none_or(|probed| probed.elapsed() >= PROBE_EVERY) {
            self.link.send(&Command::Fence.bytes(), deadline)?;
            held.probed = Some(Instant::now());
        }
        if self.settings.proof == Proof::None {
            self.held = None;
            return Ok(());
        }
        loop {
            if self.link.take_fences() > 0 {
                self.link.wait_for_silence(SETTLED_SILENCE)?;
                self.link.take_fences();
                self.held = None;
                tracing::info!(printer = %self.name, "the earlier job is out of the printer");
                return Ok(());
            }
            if Instant::now() >= deadline {
                return Ok(());
            }
            self.link.listen(SETTLED_SILENCE)?;
        }
    }

    fn run(&mut self, sheet: &Sheet) -> Outcome {
        let commands = commands(sheet, &self.settings);
        let bytes = commands.iter().map(|command| command.bytes().len()).sum();
        let deadline = Instant::now() + self.settings.patience(bytes, length(sheet));
        self.link.take_fences();
        let (outcome, whole) = match self.send(&commands, deadline) {
            Ok(()) if self.settings.proof == Proof::None => return Outcome::Unconfirmed,
            Ok(()) => (self.wait_for_proof(deadline).unwrap_or(Outcome::Lost), true),
            Err(Stop::Gone) => (Outcome::Lost, false),
            Err(Stop::Stalled) => (Outcome::Unknown, false),
            Err(Stop::Said(status)) => (Outcome::Blocked(status), false),
        };
        if outcome != Outcome::Done {
            // What a hang-up takes with it cannot be known.
            let whole = whole && outcome != Outcome::Lost && self.link.waiting() == 0;
            self.hold(whole, &commands);
        }
        outcome
    }

    /// Remembers a job that may still come out. What has not left this machine never will.
    fn hold(&mut self, whole: bool, commands: &[Command]) {
        if !whole {
            self.link.discard_output();
        }
        let appetite = commands.iter().map(Command::appetite).max().unwrap_or(0);
        self.held = Some(Held { cut_short: !whole, appetite, probed: Some(Instant::now()) });
    }

    fn send(&mut self, commands: &[Command], deadline: Instant) -> Result<(), Stop> {
        let mut watch = Watch::default();
        let mut gathered = Vec::new();
        let mut commands = commands.iter().peekable();
        while let Some(command) = commands.next() {
            gathered.extend(command.bytes());
            if gathered.len() < GATHER && commands.peek().is_some() {
                continue;
            }
            let began = Instant::now();
            self.link.send(&gathered, deadline)?;
            gathered.clear();
            if began.elapsed() >= STALL
                && let Some(status) = watch.look(&mut self.link)?
            {
                return Err(Stop::Said(status));
            }
        }
        Ok(())
    }

    /// Waits for the fence, and meanwhile for the printer's word that it has stopped.
    fn wait_for_proof(&mut self, deadline: Instant) -> Result<Outcome, PortError> {
        let mut watch = Watch::default();
        while Instant::now() < deadline {
            if self.link.take_fences() > 0 {
                return self.confirm();
            }
            if let Some(status) = watch.look(&mut self.link)? {
                return Ok(Outcome::Blocked(status));
            }
        }
        Ok(Outcome::Unknown)
    }

    /// A printer that is being switched off sends zeros, which look like the fence. One that answers is alive.
    fn confirm(&mut self) -> Result<Outcome, PortError> {
        let deadline = Instant::now() + ALIVE_WITHIN;
        while Instant::now() < deadline {
            match self.link.query(1) {
                Ok(Some(_)) => return Ok(Outcome::Done),
                Ok(None) | Err(PortError::TimedOut) => {}
                Err(PortError::Gone) => return Err(PortError::Gone),
            }
        }
        Ok(Outcome::Unknown)
    }
}

/// Paper that a sheet takes, in dots.
fn length(sheet: &Sheet) -> usize {
    const LINE_DOTS: usize = 34;
    let rows = sheet.rows().iter().map(|row| match row {
        Row::Line(line) => LINE_DOTS * crate::paper::sheet::scale(line.emphasis()),
        Row::Picture(picture) => picture.height(),
        Row::Feed(lines) => LINE_DOTS * usize::from(*lines),
        Row::Cut => 0,
    });
    rows.sum()
}

impl<T: Transport> Printer for EscPosPrinter<T> {
    fn name(&self) -> &str {
        &self.name
    }

    /// A printer whose earlier job may still come out is offline: nothing would be printed now.
    fn status(&mut self) -> Status {
        let status = self.ask();
        if status.can_print() && std::mem::take(&mut self.fresh) && self.settings.proof == Proof::Fence {
            self.link.take_fences();
            self.held = Some(Held { cut_short: false, appetite: 0, probed: None });
        }
        let Some(held) = &mut self.held else { return status };
        // A printer in the middle of a picture takes every question for a part of it.
        let swallowing = status == Status::Mute && held.appetite > 0;
        held.cut_short |= swallowing;
        if !status.can_print() && !swallowing {
            return status;
        }
        match self.settle() {
            Err(PortError::Gone) => Status::Absent,
            Ok(()) | Err(PortError::TimedOut) if self.held.is_some() && swallowing => status,
            Ok(()) | Err(PortError::TimedOut) if self.held.is_some() => Status::Offline,
            Ok(()) | Err(PortError::TimedOut) => self.ask(),
        }
    }

    fn print(&mut self, document: &Document) -> Outcome {
        let sheet = match layout(document, &self.settings.width()) {
            Ok(sheet) => sheet,
            Err(overflow) => {
                tracing::error!(paper = document.name, %overflow, "the paper is too narrow");
                return Outcome::DoesNotFit(overflow.to_string());
            }
        };
        let status = self.status();
        let outcome =
            if status.can_print() && self.held.is_none() { self.run(&sheet) } else { Outcome::NotSent(status) };
        tracing::info!(printer = %self.name, paper = document.name, ?outcome, "print job");
        outcome
    }

    fn held_back(&self) -> bool {
        self.held.is_some()
    }
}
