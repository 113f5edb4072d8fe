//! The printer's roll: when a new one was put in, and about how many papers came out since.

use jiff::Timestamp;

use super::Core;
use crate::domain::{DeskFact, calendar};
use crate::journey::technician::{Roll, Told};

const KINDS: [&str; 2] = ["paper_changed", "papers_counted"];
/// The count is written down after so many papers: a power cut loses fewer.
const COUNTED: u32 = 10;

/// As far as the journal and this run know.
#[derive(Debug, Default)]
pub struct Paper {
    roll: Roll,
    /// Of the papers, those that are on record.
    recorded: u32,
}

impl Core {
    pub(super) fn remember_roll(&mut self) {
        let paper = &mut self.service.paper;
        for note in self.ledger.notes_of(&KINDS).unwrap_or_default() {
            match note.fact {
                DeskFact::PaperChanged { by } => paper.begins(by, note.at),
                DeskFact::PapersCounted { papers } => (paper.roll.papers, paper.recorded) = (papers, papers),
                _ => {}
            }
        }
    }

    pub(super) fn paper_came_out(&mut self, now: Timestamp) {
        let paper = &mut self.service.paper;
        paper.roll.papers = paper.roll.papers.saturating_add(1);
        let papers = paper.roll.papers;
        if papers - paper.recorded >= COUNTED {
            paper.recorded = papers;
            self.note(DeskFact::PapersCounted { papers }, now);
        }
    }

    /// The printer is asked how it is; its answer comes as ever.
    pub(super) fn look_at_paper(&mut self, now: Timestamp) -> Told {
        self.check_devices(now);
        Told::Paper(Box::new(self.service.paper.roll.clone()))
    }

    pub(super) fn paper_changed(&mut self, by: String, now: Timestamp) -> Told {
        let done = self.note(DeskFact::PaperChanged { by: by.clone() }, now);
        if done {
            self.service.paper.begins(by, now);
        }
        Told::Recorded(done)
    }
}

impl Paper {
    fn begins(&mut self, by: String, at: Timestamp) {
        self.roll = Roll { changed: Some((calendar::sao_paulo(at), by)), papers: 0 };
        self.recorded = 0;
    }
}

#[cfg(test)]
mod tests;
