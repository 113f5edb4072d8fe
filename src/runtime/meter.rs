//! How the totem is, in numbers that name nobody: written where things happen, read by whoever asks. Nobody waits for it.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;

use crate::journey::View;
use crate::journey::step::{Closed, ClosedWhy, Step};

/// The state of the desk at one moment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    /// Nobody stands at the totem, and no attempt is open.
    pub idle: bool,
    /// Payments that have not come to their end.
    pub open: u64,
    /// Nobody knows whether the customer was charged, or the sale's end is not acknowledged.
    pub unknown: u64,
    /// Card sales that the TEF still has to be told the end of.
    pub tef_pending: u64,
    /// Bills whose write-off is owed.
    pub owed: u64,
    /// When the oldest payment that owes a write-off was opened.
    pub oldest_owed: Option<Timestamp>,
    /// Payments that need a person.
    pub person: u64,
    /// Bills whose PDF was not shown and waits for a person.
    pub doubts: u64,
    /// Tries of PIX whose money only a person can give back, or find.
    pub pix_tries: u64,
    pub journal_ok: bool,
    /// By the last walk over all of it.
    pub chain_whole: Option<bool>,
    pub parts: Parts,
    /// Facts made durable since the start, by name.
    pub facts: BTreeMap<&'static str, u64>,
    /// Payments that came to their end since the start, by method and how.
    pub payments: BTreeMap<(&'static str, &'static str), u64>,
    /// How often wrong tries have locked the second factor since the start.
    pub locks: u64,
    /// Agreements that the ERP has made on other terms than were agreed to, since the start.
    pub otherwise: u64,
}

/// `None` is not known yet.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Parts {
    pub erp: Option<bool>,
    pub tef: Option<bool>,
    pub printer: Option<bool>,
    /// What the printer says of itself and its paper.
    pub paper: Option<&'static str>,
}

/// By fact, and by method and outcome; the locks, and the agreements on other terms.
type Counts = (BTreeMap<&'static str, u64>, BTreeMap<(&'static str, &'static str), u64>, u64, u64);

/// What is on the screen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shown {
    pub step: &'static str,
    /// Why nobody is served in opening hours, by its code.
    pub closed: Option<&'static str>,
}

/// Up to these many milliseconds, for each bucket of a histogram; what took longer is in none but the last, endless one.
pub const BUCKETS_MS: [u64; 9] = [1, 5, 20, 50, 200, 1_000, 5_000, 15_000, 60_000];

#[derive(Debug, Default)]
pub struct Histogram {
    buckets: [AtomicU64; BUCKETS_MS.len()],
    count: AtomicU64,
    micros: AtomicU64,
}

impl Histogram {
    pub fn took(&self, time: Duration) {
        let millis = u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
        for (bucket, most) in self.buckets.iter().zip(BUCKETS_MS) {
            if millis < most {
                bucket.fetch_add(1, Ordering::Relaxed);
            }
        }
        self.count.fetch_add(1, Ordering::Relaxed);
        self.micros.fetch_add(u64::try_from(time.as_micros()).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    /// How many took less than each of [`BUCKETS_MS`], how many there were, and how long they took together.
    #[must_use]
    pub fn read(&self) -> ([u64; BUCKETS_MS.len()], u64, Duration) {
        let buckets = self.buckets.each_ref().map(|bucket| bucket.load(Ordering::Relaxed));
        let together = Duration::from_micros(self.micros.load(Ordering::Relaxed));
        (buckets, self.count.load(Ordering::Relaxed), together)
    }
}

/// One for a running desk.
#[derive(Debug, Default)]
pub struct Meter {
    reading: Mutex<Reading>,
    /// What cores before this one have counted.
    before: Mutex<Counts>,
    shown: Mutex<Shown>,
    /// From the first byte of a fact to its being on disk.
    pub commit: Histogram,
    pub erp: Histogram,
    pub pix: Histogram,
    /// Somebody began to say who they are.
    visits: AtomicU64,
    turns: AtomicU64,
}

impl Meter {
    pub(super) fn set(&self, mut reading: Reading) {
        let before = held(&self.before);
        add(&mut reading.facts, &before.0);
        add(&mut reading.payments, &before.1);
        reading.locks += before.2;
        reading.otherwise += before.3;
        *held(&self.reading) = reading;
        self.turns.fetch_add(1, Ordering::Release);
    }

    /// Another core begins to count at nothing; what is told of the whole run must never fall.
    pub(super) fn carries_on(&self) {
        let reading = self.reading();
        *held(&self.before) = (reading.facts, reading.payments, reading.locks, reading.otherwise);
    }

    /// How often the desk has come round since the start.
    #[must_use]
    pub fn turns(&self) -> u64 {
        self.turns.load(Ordering::Acquire)
    }

    pub(super) fn shows(&self, view: &View) {
        let closed = match &view.step {
            // a shop that is closed for the night has nothing that somebody must see to
            Step::Closed(Closed { why: ClosedWhy::Hours, .. }) => None,
            Step::Closed(closed) => Some(closed.code),
            _ => None,
        };
        let mut shown = held(&self.shown);
        let begins = shown.step == "identify" && !matches!(view.step.name(), "identify" | "closed" | "service_pin");
        *shown = Shown { step: view.step.name(), closed };
        if begins {
            self.visits.fetch_add(1, Ordering::Relaxed);
        }
    }

    #[must_use]
    pub fn reading(&self) -> Reading {
        held(&self.reading).clone()
    }

    /// Since the start.
    #[must_use]
    pub fn visits(&self) -> u64 {
        self.visits.load(Ordering::Relaxed)
    }

    #[must_use]
    pub fn shown(&self) -> Shown {
        held(&self.shown).clone()
    }
}

fn add<K: Ord + Copy>(counts: &mut BTreeMap<K, u64>, before: &BTreeMap<K, u64>) {
    for (what, count) in before {
        *counts.entry(*what).or_default() += count;
    }
}

/// Held for as long as a few numbers take to copy.
fn held<T>(numbers: &Mutex<T>) -> MutexGuard<'_, T> {
    numbers.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_histogram_counts_what_took_less_than_each_bound() {
        let histogram = Histogram::default();
        for millis in [0, 4, 30, 900, 120_000] {
            histogram.took(Duration::from_millis(millis));
        }
        let (buckets, count, together) = histogram.read();
        assert_eq!(buckets, [1, 2, 2, 3, 3, 4, 4, 4, 4]);
        assert_eq!((count, together), (5, Duration::from_millis(120_934)));
    }

    #[test]
    fn what_is_counted_goes_on_where_another_core_takes_over() {
        let meter = Meter::default();
        let counted = |opened, paid| Reading {
            facts: BTreeMap::from([("opened", opened)]),
            payments: BTreeMap::from([(("debit", "paid"), paid)]),
            ..Reading::default()
        };
        let told = || (meter.reading().facts["opened"], meter.reading().payments[&("debit", "paid")]);
        meter.set(counted(3, 2));
        meter.carries_on();
        assert_eq!(told(), (3, 2), "also before the next one has counted anything");
        meter.set(Reading::default());
        assert_eq!(told(), (3, 2));
        meter.set(counted(1, 1));
        meter.carries_on();
        meter.set(counted(1, 0));
        assert_eq!(told(), (5, 3));
    }
}
