//! Patience: when a screen warns, gives up, or changes by itself.

use jiff::{SignedDuration, Timestamp};

use super::event::Command;
use super::scene::{Back, Noticed, Paying, Scene};
use super::step::{SearchFor, TroubleCode};
use super::{Journey, code, today};
use crate::domain::calendar::set_back;
use crate::payment::Standing;

/// A search that takes longer shows that it is searching; longer still, offers a way out; at last, is given up.
const SEARCH_SHOWS: SignedDuration = SignedDuration::from_millis(300);
const SEARCH_SLOW: SignedDuration = SignedDuration::from_secs(10);
const SEARCH_LOST: SignedDuration = SignedDuration::from_secs(90);
/// How long the last typed character can be read.
const REVEAL: SignedDuration = SignedDuration::from_secs(1);
/// The TEF's acknowledgement is a matter of moments; only later is "confirming" worth a screen of its own.
const CONFIRMING_SHOWS: SignedDuration = SignedDuration::from_secs(2);
/// Longer than any TEF takes by itself, in times of the end screens: what is still unknown then may take a person days,
/// and the payment does not need the screen.
const CONFIRMING_FACTOR: u32 = 60;
/// A mail server may take its time, but nobody stands there for ever.
const LETTER_FACTOR: u32 = 3;
const ACCESSIBLE_FACTOR: u32 = 4;

impl Journey {
    fn patience(&self, seconds: u32) -> SignedDuration {
        let factor = if self.accessible { ACCESSIBLE_FACTOR } else { 1 };
        SignedDuration::from_secs(i64::from(seconds * factor))
    }

    /// When time alone changes something next: a timer is wanted only then.
    #[must_use]
    pub fn next_deadline(&self, now: Timestamp) -> Option<Timestamp> {
        let mut deadlines: Vec<Timestamp> = Vec::new();
        match &self.scene {
            Scene::Identify { revealed_at, problem, .. } => {
                deadlines.extend(revealed_at.map(|at| at + REVEAL));
                if problem.is_some() {
                    deadlines.extend(self.guesses.next_minute(now));
                }
            }
            Scene::Verify { revealed_at, .. } => {
                deadlines.extend(revealed_at.map(|at| at + REVEAL));
                deadlines.extend(self.another_code_at());
            }
            Scene::Form(_) => deadlines.extend(self.another_code_at()),
            Scene::Searching { since, .. } => {
                deadlines.extend([SEARCH_SHOWS, SEARCH_SLOW, SEARCH_LOST].map(|after| *since + after));
            }
            Scene::Notice(noticed) => deadlines.push(self.notice_ends(noticed)),
            Scene::Trouble { code: TroubleCode::Locked, .. } => deadlines.extend(self.guesses.next_minute(now)),
            Scene::Paying => {
                if let Some(paying) = &self.session.paying {
                    deadlines.extend(self.paying_deadline(paying, now));
                }
            }
            _ => {}
        }
        deadlines.extend(self.technician_deadlines());
        deadlines.extend(self.hours_change(now));
        match self.asked_at {
            Some(_) => deadlines.push(now + until_next_second(now)),
            None => deadlines.extend(self.warn_at()),
        }
        // what is past was handled by the event that brought `now`
        deadlines.into_iter().filter(|deadline| *deadline > now).min()
    }

    /// The machine's clock was set back: what is kept here moves with it, or a screen would stay for as long as the clock was
    /// ahead. A PIX code's time on the screen is among it.
    pub fn clock_set_back(&mut self, by: SignedDuration) {
        let scene = match &mut self.scene {
            Scene::Identify { revealed_at, .. } | Scene::Verify { revealed_at, .. } => revealed_at.as_mut(),
            Scene::Searching { since, .. } => Some(since),
            Scene::Notice(noticed) => Some(&mut noticed.since),
            _ => None,
        };
        let session = &mut self.session;
        let visit = [
            session.prepared_at.as_mut(),
            session.code.as_mut().map(|code| &mut code.asked_at),
            session.paying.as_mut().map(|paying| &mut paying.since),
        ];
        self.guesses.clock_set_back(by);
        let own = [Some(&mut self.last_touch), self.asked_at.as_mut()];
        let kept = own.into_iter().chain(visit).chain([scene, self.pin.locked_until.as_mut()]);
        set_back(kept.flatten(), by);
    }

    /// The shop is closed, and nobody has begun to type: whoever has, is served to the end.
    pub(super) fn is_after_hours(&self, now: Timestamp) -> bool {
        let nobody = matches!(&self.scene, Scene::Identify { typed, .. } if typed.is_empty());
        nobody && self.settings.hours.as_ref().is_some_and(|hours| !hours.is_open(now))
    }

    fn hours_change(&self, now: Timestamp) -> Option<Timestamp> {
        let hours = self.settings.hours.as_ref()?;
        matches!(self.scene, Scene::Identify { .. }).then(|| hours.changes(now)).flatten()
    }

    fn paying_deadline(&self, paying: &Paying, now: Timestamp) -> Option<Timestamp> {
        match &paying.standing {
            Standing::PixShown(_) => {
                let (countdown, end) = self.pix_times(paying)?;
                Some(if now < countdown { countdown } else { (now + until_next_second(now)).min(end) })
            }
            Standing::Paid { .. } | Standing::Undone { .. } => Some(self.paid_ends(paying)),
            Standing::Confirming if Self::confirming_shows(paying, now) => Some(self.confirming_ends(paying)),
            Standing::Confirming => Some(paying.since + CONFIRMING_SHOWS),
            Standing::Asking | Standing::Printing | Standing::NotCharged { .. } => None,
        }
    }

    /// When the countdown appears, and when the code's time on the screen is over.
    pub(super) fn pix_times(&self, paying: &Paying) -> Option<(Timestamp, Timestamp)> {
        let Standing::PixShown(charge) = &paying.standing else { return None };
        let life = i64::from(charge.expires_in_s.unwrap_or(self.settings.times.pix_s));
        Some((paying.since + SignedDuration::from_secs(life * 3 / 4), paying.since + SignedDuration::from_secs(life)))
    }

    fn notice_ends(&self, noticed: &Noticed) -> Timestamp {
        noticed.since + self.patience(self.settings.times.end_s)
    }

    /// Whoever waits for what becomes of a letter is not sent away before.
    fn paid_ends(&self, paying: &Paying) -> Timestamp {
        let factor = if self.is_sending_letters() { LETTER_FACTOR } else { 1 };
        paying.since + self.patience(self.settings.times.end_s.saturating_mul(factor))
    }

    fn confirming_ends(&self, paying: &Paying) -> Timestamp {
        paying.since + self.patience(self.settings.times.end_s.saturating_mul(CONFIRMING_FACTOR))
    }

    pub(super) fn confirming_shows(paying: &Paying, now: Timestamp) -> bool {
        now >= paying.since + CONFIRMING_SHOWS
    }

    pub(super) fn search_shows(since: Timestamp, now: Timestamp) -> (bool, bool) {
        (now >= since + SEARCH_SHOWS, now >= since + SEARCH_SLOW)
    }

    pub(super) fn reveals(revealed_at: Option<Timestamp>, now: Timestamp) -> bool {
        revealed_at.is_some_and(|at| now < at + REVEAL)
    }

    /// Where silence is noticed: any step with something of the customer on it that does not wait for the world.
    fn warn_at(&self) -> Option<Timestamp> {
        let warns = match &self.scene {
            Scene::Identify { typed, problem, .. } => {
                let scanned = self.session.scanned.is_some() || problem.is_some();
                !typed.is_empty() || scanned || self.help || self.accessible
            }
            Scene::Searching { .. } | Scene::Closed { .. } | Scene::Paying | Scene::Notice(_) => false,
            Scene::ServicePin { .. } | Scene::Technician(_) => false,
            Scene::Verify { .. }
            | Scene::Contracts
            | Scene::Invoices { .. }
            | Scene::Invoice { .. }
            | Scene::Method
            | Scene::Instalments { .. }
            | Scene::Services
            | Scene::Receipts { .. }
            | Scene::Plans { .. }
            | Scene::Records(_)
            | Scene::Form(_)
            | Scene::Joining
            | Scene::Boleto { .. }
            | Scene::Document(_)
            | Scene::Trouble { .. } => true,
        };
        let factor = if self.awaits_code() { code::PATIENCE_FACTOR } else { 1 };
        warns.then(|| self.last_touch + self.patience(self.settings.times.warn_s.saturating_mul(factor)))
    }

    pub(super) fn seconds_left(&self, now: Timestamp) -> Option<u32> {
        let left = (self.asked_at? + self.patience(self.settings.times.grace_s)).duration_since(now);
        u32::try_from(left.as_millis().div_euclid(1_000) + i128::from(left.as_millis().rem_euclid(1_000) > 0)).ok()
    }

    pub(super) fn pass_time(&mut self, now: Timestamp, commands: &mut Vec<Command>) {
        if let Some(asked_at) = self.asked_at {
            if now >= asked_at + self.patience(self.settings.times.grace_s) {
                self.walk_away(now, commands);
            }
            return;
        }
        if let Scene::Searching { since, what, .. } = &self.scene
            && now >= *since + SEARCH_LOST
        {
            let back = match what {
                SearchFor::Customer => Back::Identify,
                SearchFor::Scan if self.session.account.is_none() => Back::Identify,
                SearchFor::Service if self.session.joining.is_some() => Back::Joining,
                SearchFor::Service => Back::Services,
                SearchFor::Change if self.session.joining.is_some() => return self.joining_gave_no_answer(now),
                SearchFor::Change => return self.gave_no_answer(now),
                SearchFor::Document => Back::Under,
                SearchFor::Bill | SearchFor::Boleto | SearchFor::PixCode | SearchFor::Scan => Back::Invoices,
            };
            self.last_touch = now;
            return self.trouble(TroubleCode::ErpDown, None, Some(back));
        }
        if let Scene::Paying = &self.scene {
            return self.pass_time_paying(now, commands);
        }
        if let Scene::Notice(noticed) = &self.scene {
            if now >= self.notice_ends(noticed) {
                self.drop_all(now);
            }
            return;
        }
        if self.technician_is_gone(now) {
            return self.drop_all(now);
        }
        if self.warn_at().is_some_and(|at| now >= at) {
            self.asked_at = Some(now);
        }
    }

    fn pass_time_paying(&mut self, now: Timestamp, commands: &mut Vec<Command>) {
        let Some(paying) = &self.session.paying else { return };
        match &paying.standing {
            Standing::PixShown(_) if self.pix_times(paying).is_some_and(|(_, end)| now >= end) => {
                self.leave_code(commands);
                self.session.paying = None;
                self.session.prepared_at = None;
                self.last_touch = now;
                self.trouble(TroubleCode::PixExpired, None, Some(Back::Invoices));
            }
            Standing::Paid { .. } | Standing::Undone { .. } if now >= self.paid_ends(paying) => {
                self.drop_all(now);
            }
            Standing::Confirming if now >= self.confirming_ends(paying) => self.drop_all(now),
            _ => {}
        }
    }

    pub(super) fn today(&self, now: Timestamp) -> jiff::civil::Date {
        today(now)
    }
}

fn until_next_second(now: Timestamp) -> SignedDuration {
    SignedDuration::from_millis(1_000 - i64::from(now.subsec_millisecond()))
}
