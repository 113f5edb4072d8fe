//! Wrong answers, counted: of everybody together, and of each CPF or CNPJ by itself, so that a right answer to one's own
//! buys nobody more guesses at another's. In memory only, and no CPF is kept: only a hash, whose key is another room's.

use std::collections::BTreeMap;
use std::fmt;

use jiff::{SignedDuration, Timestamp};

use crate::domain::TaxId;
use crate::domain::calendar::set_back;

/// Wrong answers before the first lock, and how long that is. Each further one doubles it, up to about an hour.
const TRIES: u32 = 5;
const LOCK_S: i64 = 60;
const DOUBLINGS: u32 = 6;
const LONGEST: SignedDuration = SignedDuration::from_secs(LOCK_S << DOUBLINGS);
/// What was answered wrong for a CPF is held against it until it has been left alone for so long.
const KEPT: SignedDuration = SignedDuration::from_hours(24);
/// So many CPFs are remembered.
const MOST: usize = 4_096;

/// Of a CPF or CNPJ, under a key that nobody else has.
pub type GuessHash = Box<dyn Fn(&TaxId) -> u64 + Send>;

#[derive(Clone, Copy)]
struct Wrong {
    times: u32,
    last: Timestamp,
    until: Option<Timestamp>,
}

impl Wrong {
    fn once_more(before: Option<Wrong>, now: Timestamp) -> Wrong {
        let times = before.map_or(0, |before| before.times).saturating_add(1);
        let doublings = times.saturating_sub(TRIES).min(DOUBLINGS);
        let until = (times >= TRIES).then(|| now + SignedDuration::from_secs(LOCK_S << doublings));
        Wrong { times, last: now, until }
    }

    /// A clock that was set back locks nobody out for longer than a lock lasts.
    fn locked(&self, now: Timestamp) -> Option<Timestamp> {
        self.until.filter(|until| now < *until && until.duration_since(now) <= LONGEST)
    }

    fn is_kept(&self, now: Timestamp) -> bool {
        now.duration_since(self.last) < KEPT
    }
}

#[derive(Default)]
pub struct Guesses {
    /// Without one only everybody together is counted.
    hash: Option<GuessHash>,
    everybody: Option<Wrong>,
    of: BTreeMap<u64, Wrong>,
    locks: u64,
    /// Until when whoever was last refused was told to wait.
    told: Option<Timestamp>,
}

impl Guesses {
    pub fn hash_by(&mut self, hash: GuessHash) {
        self.hash = Some(hash);
    }

    /// How often wrong answers have locked anything.
    pub fn locks(&self) -> u64 {
        self.locks
    }

    /// Whether this CPF may not be tried now, whoever it belongs to and whether anybody: it is the same for all.
    pub fn refuse(&mut self, who: Option<&TaxId>, now: Timestamp) -> bool {
        let own = who.and_then(|who| self.of.get(&self.hashed(who)?));
        let until = [self.everybody.as_ref(), own].into_iter().flatten().filter_map(|wrong| wrong.locked(now)).max();
        if until.is_some() {
            self.told = until;
        }
        until.is_some()
    }

    /// Counts a wrong answer; whether it was one too many.
    pub fn wrong(&mut self, who: Option<&TaxId>, now: Timestamp) -> bool {
        let everybody = Wrong::once_more(self.everybody, now);
        self.everybody = Some(everybody);
        let own = who.and_then(|who| self.hashed(who)).map(|hash| {
            self.of.retain(|_, wrong| wrong.is_kept(now));
            let own = Wrong::once_more(self.of.get(&hash).copied(), now);
            self.make_room(hash);
            self.of.insert(hash, own);
            own
        });
        let until = [everybody.until, own.and_then(|own| own.until)].into_iter().flatten().max();
        if until.is_some() {
            self.locks += 1;
            self.told = until;
        }
        until.is_some()
    }

    /// Somebody answered right: for the others the count begins anew, but what was guessed of another CPF stays.
    pub fn somebody_is_right(&mut self) {
        if let Some(everybody) = &mut self.everybody {
            everybody.times = 0;
        }
    }

    /// The right answer to this one was given.
    pub fn right(&mut self, who: &TaxId) {
        if let Some(hash) = self.hashed(who) {
            self.of.remove(&hash);
        }
    }

    /// Whole minutes, the begun one too, for whoever was told to wait.
    pub fn wait_min(&self, now: Timestamp) -> Option<u32> {
        let left = self.told.filter(|until| now < *until)?.duration_since(now).as_secs().clamp(1, LONGEST.as_secs());
        u32::try_from((left + 59) / 60).ok()
    }

    /// When they would be told another number of minutes, or that they may try again.
    pub fn next_minute(&self, now: Timestamp) -> Option<Timestamp> {
        let minutes = self.wait_min(now)?;
        self.told.map(|until| until - SignedDuration::from_mins(i64::from(minutes) - 1))
    }

    /// What is kept moves with the clock.
    pub fn clock_set_back(&mut self, by: SignedDuration) {
        for wrong in self.everybody.iter_mut().chain(self.of.values_mut()) {
            set_back([&mut wrong.last].into_iter().chain(&mut wrong.until), by);
        }
        set_back(&mut self.told, by);
    }

    fn hashed(&self, who: &TaxId) -> Option<u64> {
        self.hash.as_ref().map(|hash| hash(who))
    }

    /// Of too many the one goes that was tried least, and longest ago: a flood of others hides nobody's count.
    fn make_room(&mut self, comes: u64) {
        if self.of.len() < MOST || self.of.contains_key(&comes) {
            return;
        }
        let least = self.of.iter().min_by_key(|(_, wrong)| (wrong.times, wrong.last)).map(|(hash, _)| *hash);
        if let Some(hash) = least {
            self.of.remove(&hash);
        }
    }
}

impl fmt::Debug for Guesses {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Guesses").field("of", &self.of.len()).field("locks", &self.locks).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::hash::{DefaultHasher, Hash, Hasher};

    use super::*;

    fn counting() -> Guesses {
        let mut guesses = Guesses::default();
        guesses.hash_by(Box::new(|who| {
            let mut hasher = DefaultHasher::new();
            who.hash(&mut hasher);
            hasher.finish()
        }));
        guesses
    }

    fn cpf(number: u32) -> TaxId {
        let digits: Vec<u32> = format!("{number:09}").chars().filter_map(|digit| digit.to_digit(10)).collect();
        let check = |digits: &[u32]| {
            let first = u32::try_from(digits.len()).unwrap() + 1;
            let sum: u32 = digits.iter().zip((2..=first).rev()).map(|(digit, weight)| digit * weight).sum();
            match sum % 11 {
                0 | 1 => 0,
                rest => 11 - rest,
            }
        };
        let mut digits = digits;
        digits.push(check(&digits));
        digits.push(check(&digits));
        TaxId::parse(&digits.iter().map(u32::to_string).collect::<String>()).unwrap()
    }

    fn noon() -> Timestamp {
        "2026-11-20T12:00:00Z".parse().unwrap()
    }

    #[test]
    fn a_flood_of_others_is_bounded_and_hides_nobodys_count() {
        let mut guesses = counting();
        let (maria, now) = (cpf(529_982_247), noon());
        for _ in 0..4 {
            guesses.wrong(Some(&maria), now);
        }
        for other in 1..=4_200 {
            guesses.somebody_is_right();
            guesses.wrong(Some(&cpf(other)), now);
        }
        assert_eq!(guesses.of.len(), MOST);
        guesses.somebody_is_right();
        assert!(guesses.wrong(Some(&maria), now), "the fifth, whoever came between");
    }

    #[test]
    fn a_cpf_is_left_alone_after_a_day_and_a_clock_that_was_set_back_locks_nobody_for_longer() {
        let mut guesses = counting();
        let (maria, now) = (cpf(529_982_247), noon());
        for _ in 0..5 {
            guesses.wrong(Some(&maria), now);
        }
        guesses.somebody_is_right();
        assert!(guesses.refuse(Some(&maria), now));
        assert!(
            !guesses.refuse(Some(&maria), now - SignedDuration::from_hours(24 * 365)),
            "set back, and nobody said so"
        );
        let later = now + KEPT - SignedDuration::from_secs(1);
        assert!(guesses.wrong(Some(&maria), later), "the sixth");
        guesses.somebody_is_right();
        assert!(!guesses.wrong(Some(&maria), later + KEPT), "the first, a day after");
    }

    #[test]
    fn a_lock_ends_when_it_would_have_where_the_clock_is_set_back() {
        let mut guesses = counting();
        let (maria, now) = (cpf(529_982_247), noon());
        for _ in 0..5 {
            guesses.wrong(Some(&maria), now);
        }
        let by = SignedDuration::from_mins(50);
        guesses.clock_set_back(by);
        assert!(guesses.refuse(Some(&maria), now - by));
        assert_eq!(guesses.wait_min(now - by), Some(1));
        assert!(!guesses.refuse(Some(&maria), now - by + SignedDuration::from_secs(60)));
    }
}
