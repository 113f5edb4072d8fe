//! Watching a printer at work: one question at a time, so that no answer is taken for that to another.

use std::time::{Duration, Instant};

use super::Status;
use super::dialect::{Question, Replies};
use super::link::Link;
use super::profile::Dialect;
use super::transport::{PortError, Transport};

/// A printer that feeds paper may answer late.
const ANSWER_WITHIN: Duration = Duration::from_secs(2);
const LISTEN: Duration = Duration::from_millis(50);

/// Asks what its dialect has to ask, in turn.
pub struct Watch {
    dialect: Dialect,
    turn: usize,
    asked: Option<Instant>,
    unanswered: u32,
    /// The last answer to each question.
    replies: Replies,
    /// How often in a row each question was answered with a stop.
    stopped: [u32; 3],
}

/// What one look brought.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Look {
    /// How it is by its last answers, where it gave one now.
    pub status: Option<Status>,
    /// An answer is overdue, as from a printer that was switched off.
    pub overdue: bool,
    /// The printer said twice that it has stopped; the second word guards against a sensor that flickers, and against a
    /// fence that is already on its way.
    pub stopped: Option<Status>,
    /// Whether it is still at work, where it says so.
    pub busy: Option<bool>,
    pub holds_ticket: bool,
}

impl Watch {
    pub fn new(dialect: Dialect) -> Watch {
        Watch { dialect, turn: 0, asked: None, unanswered: 0, replies: Replies::default(), stopped: [0; 3] }
    }

    /// One short look.
    pub fn look<T: Transport>(&mut self, link: &mut Link<T>) -> Result<Look, PortError> {
        let Some(question) = self.question() else {
            link.listen(LISTEN)?;
            return Ok(Look::default());
        };
        self.ask(question, link)?;
        let nothing = Look { overdue: self.unanswered > 1, ..Look::default() };
        let Some(answer) = link.listen(LISTEN)? else { return Ok(nothing) };
        if self.unanswered == 0 {
            return Ok(nothing);
        }
        let mut replies = Replies::default();
        replies.set(question, answer.clone());
        self.replies.set(question, answer);
        let certain = self.count(replies.status(self.dialect).is_a_stop());
        let status = self.replies.status(self.dialect);
        self.unanswered -= 1;
        if self.unanswered == 0 {
            self.turn += 1;
        }
        Ok(Look {
            status: Some(status),
            overdue: false,
            stopped: certain.then_some(status),
            busy: replies.busy(self.dialect),
            holds_ticket: replies.holds_ticket(),
        })
    }

    fn question(&self) -> Option<Question> {
        let questions = self.dialect.watching();
        questions.get(self.turn % questions.len().max(1)).copied()
    }

    /// Whether this answer is the second in a row that tells a stop, to this question or to two of them.
    fn count(&mut self, stop: bool) -> bool {
        let turn = self.turn % self.dialect.watching().len().max(1);
        let Some(count) = self.stopped.get_mut(turn) else { return false };
        *count = if stop { *count + 1 } else { 0 };
        stop && self.stopped.iter().sum::<u32>() >= 2
    }

    fn ask<T: Transport>(&mut self, question: Question, link: &mut Link<T>) -> Result<(), PortError> {
        let wait = if self.unanswered == 0 { self.dialect.asked_every() } else { ANSWER_WITHIN };
        if self.asked.is_some_and(|asked| asked.elapsed() < wait) {
            return Ok(());
        }
        self.asked = Some(Instant::now());
        match link.put(question, Instant::now() + LISTEN) {
            Ok(()) => self.unanswered += 1,
            Err(PortError::TimedOut) => {}
            Err(error) => return Err(error),
        }
        Ok(())
    }
}
