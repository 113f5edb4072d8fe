//! What the desk does for its journal while nobody is served: walks all of it once a day, and lets go of what is too old.
//!
//! | when | what is looked at |
//! |---|---|
//! | at start, before the first customer | the sealed head, the last thousand facts, every fact of every open payment |
//! | with each payment that is read | its own facts |
//! | after the start and then once a day, beside the service | every page, every fact, every table |

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::Core;
use crate::domain::DeskFact;
use crate::domain::calendar::set_back;
use crate::journey::step::Walked;
use crate::journey::technician::Told;
use crate::journey::{Attempt, Event};
use crate::runtime::call::{Audit, Call};

/// Facts forgotten at once: a moment's work between two customers.
const PORTION: u32 = 1_000;
const BETWEEN_PORTIONS: Duration = Duration::from_secs(1);
/// 30 days and a half.
const HOURS_A_MONTH: i64 = 732;
/// A clock that was this far ahead of the last time anything was looked at is not believed: it would make all old.
const LEAP: SignedDuration = SignedDuration::from_hours(31 * 24);

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upkeep {
    /// Between two walks over the whole journal, and between two looks for what is too old.
    pub every: Duration,
    /// Payments that ended before so many months are forgotten; none: nothing is.
    pub keep_months: Option<u32>,
}

impl Default for Upkeep {
    fn default() -> Upkeep {
        Upkeep { every: Duration::from_secs(24 * 3_600), keep_months: None }
    }
}

/// What is out and when the next is due.
pub struct Chores {
    upkeep: Upkeep,
    walk_at: Timestamp,
    walking: bool,
    /// Who waits for the walk that is out.
    asked: Option<(Attempt, String)>,
    tidy_at: Timestamp,
    /// When the clock was last believed.
    believed: Option<Timestamp>,
    forgotten: u64,
}

impl Chores {
    pub fn new(now: Timestamp) -> Chores {
        Chores {
            upkeep: Upkeep::default(),
            walk_at: now,
            walking: false,
            asked: None,
            tidy_at: now + Duration::from_secs(60),
            believed: None,
            forgotten: 0,
        }
    }
}

impl Chores {
    pub fn clock_set_back(&mut self, by: SignedDuration) {
        set_back([&mut self.walk_at, &mut self.tidy_at], by);
    }
}

impl Core {
    pub fn keep_up(&mut self, upkeep: Upkeep) {
        self.chores.upkeep = upkeep;
    }

    /// The newest fact of an earlier run tells how far the clock may be believed.
    pub(super) fn believe_the_clock(&mut self) {
        let newest = self.ledger.recent(1).ok().and_then(|recent| recent.first()?.last().map(|entry| entry.at));
        self.chores.believed = newest;
    }

    pub(super) fn keep_the_journal(&mut self, now: Timestamp) {
        if self.broken || !self.journey.is_idle() {
            return;
        }
        if now >= self.chores.walk_at && !self.chores.walking {
            self.chores.walk_at = now + self.chores.upkeep.every;
            self.walk();
        }
        if now >= self.chores.tidy_at {
            self.tidy(now);
        }
    }

    pub(super) fn upkeep_deadline(&self) -> Option<Timestamp> {
        if self.broken || !self.journey.is_idle() {
            return None;
        }
        let walk = (!self.chores.walking).then_some(self.chores.walk_at);
        let tidy = self.chores.upkeep.keep_months.map(|_| self.chores.tidy_at);
        walk.into_iter().chain(tidy).min()
    }

    fn walk(&mut self) {
        self.chores.walking = true;
        self.calls.push(Call::VerifyJournal);
    }

    pub(super) fn verify_for(&mut self, attempt: Attempt, by: String) {
        self.chores.asked = Some((attempt, by));
        if !self.chores.walking {
            self.walk();
        }
    }

    /// A journal that is not what was written takes no more payments, however far the totem has come with it.
    pub(super) fn journal_walked(&mut self, audit: Audit, now: Timestamp) {
        self.chores.walking = false;
        let walked = match &audit {
            Audit::Whole { facts } => Some(Walked { at: now, whole: true, facts: *facts }),
            Audit::Broken(_) => Some(Walked { at: now, whole: false, facts: 0 }),
            Audit::Unreadable(why) => {
                tracing::warn!(why, "the journal could not be walked");
                None
            }
        };
        self.service.walked = walked.or(self.service.walked);
        if let Some((attempt, by)) = self.chores.asked.take() {
            if let Some(walked) = walked {
                self.note(DeskFact::JournalVerified { by, whole: walked.whole }, now);
            }
            self.events.push(Event::Technician { attempt, told: Told::Verified(walked) });
        }
        if let Audit::Broken(why) = audit
            && !self.broken
        {
            self.break_off(&why);
        }
    }

    fn tidy(&mut self, now: Timestamp) {
        self.chores.tidy_at = now + self.chores.upkeep.every;
        let Some(months) = self.chores.upkeep.keep_months else { return };
        let leap = self.chores.believed.is_some_and(|last| {
            let ahead = now.duration_since(last);
            ahead > LEAP || ahead.is_negative()
        });
        if leap {
            tracing::warn!("the clock leapt: nothing is forgotten until it is believed again");
            return;
        }
        self.chores.believed = Some(now);
        let before = now - SignedDuration::from_hours(i64::from(months) * HOURS_A_MONTH);
        self.keep_the_greeting(before, now);
        match self.ledger.forget(before, PORTION) {
            Ok(0) => {
                let facts = std::mem::take(&mut self.chores.forgotten);
                if facts > 0 {
                    self.note(DeskFact::Forgotten { before, facts }, now);
                }
            }
            Ok(facts) => {
                self.chores.forgotten += facts;
                self.chores.tidy_at = now + BETWEEN_PORTIONS;
            }
            Err(why) => self.break_off(&why),
        }
    }
}
