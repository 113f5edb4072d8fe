//! The one set of metrics. Their labels take few values, and none of them names a person, a bill or an amount.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use super::About;
use crate::runtime::Meter;
use crate::runtime::meter::{BUCKETS_MS, Histogram};

const METHODS: [&str; 3] = ["pix", "debit", "credit"];
const OUTCOMES: [&str; 4] = ["paid", "undone", "not_charged", "given_up"];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Gauge,
    Counter,
    Histogram,
}

/// One metric with its samples.
#[derive(Debug, Clone, PartialEq)]
pub struct Family {
    pub name: &'static str,
    pub help: &'static str,
    pub kind: Kind,
    pub samples: Vec<Sample>,
    /// For a histogram, instead of samples.
    pub histogram: Option<Distribution>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    pub labels: Vec<(&'static str, String)>,
    pub value: f64,
}

/// Seconds, how many took less than each bound, all, and how long they took together.
#[derive(Debug, Clone, PartialEq)]
pub struct Distribution {
    pub buckets: Vec<(f64, u64)>,
    pub count: u64,
    pub sum_s: f64,
}

impl Family {
    fn new(name: &'static str, help: &'static str, kind: Kind, samples: Vec<Sample>) -> Family {
        Family { name, help, kind, samples, histogram: None }
    }

    fn gauge(name: &'static str, help: &'static str, value: impl Into<Number>) -> Family {
        Family::new(name, help, Kind::Gauge, vec![Sample { labels: Vec::new(), value: value.into().0 }])
    }

    fn timed(name: &'static str, help: &'static str, histogram: &Histogram) -> Family {
        let (buckets, count, together) = histogram.read();
        let bounds = BUCKETS_MS.map(|ms| Duration::from_millis(ms).as_secs_f64());
        let buckets = bounds.into_iter().zip(buckets).collect();
        let distribution = Distribution { buckets, count, sum_s: together.as_secs_f64() };
        Family { name, help, kind: Kind::Histogram, samples: Vec::new(), histogram: Some(distribution) }
    }
}

/// A count, a yes or no, or a measure.
struct Number(f64);

impl From<u64> for Number {
    fn from(count: u64) -> Number {
        // beyond 2^53 nobody counts any more
        Number(count as f64)
    }
}

impl From<bool> for Number {
    fn from(yes: bool) -> Number {
        Number(f64::from(u8::from(yes)))
    }
}

fn sample(labels: &[(&'static str, &str)], value: impl Into<Number>) -> Sample {
    let labels = labels.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    Sample { labels, value: value.into().0 }
}

/// All metrics as they are now.
#[must_use]
pub fn metrics(about: &About, meter: &Arc<Meter>, now: Timestamp) -> Vec<Family> {
    use Kind::{Counter, Gauge};
    let (reading, shown) = (meter.reading(), meter.shown());
    let oldest = reading.oldest_owed.map_or(0, |at| now.duration_since(at).as_secs().max(0).unsigned_abs());
    let parts = [("erp", reading.parts.erp), ("tef", reading.parts.tef), ("printer", reading.parts.printer)];
    let has = |part: &str| about.parts.contains(&part);
    let parts = parts.into_iter().filter(|(part, _)| has(part));
    let up = parts.filter_map(|(part, up)| Some(sample(&[("part", part)], up?))).collect();
    let paper = reading.parts.paper.filter(|_| has("printer"));
    let paper = paper.map(|state| sample(&[("state", state)], true)).into_iter().collect();
    let facts = reading.facts.iter().map(|(kind, count)| sample(&[("kind", kind)], *count)).collect();
    let payments = from_nothing(&reading.payments);
    let payments =
        payments.iter().map(|((method, how), n)| sample(&[("method", method), ("outcome", how)], *n)).collect();
    let letters = reading.letters.iter();
    let letters = letters.map(|((by, how), n)| sample(&[("by", by), ("outcome", how)], *n)).collect();
    let closed = shown.closed.map(|code| sample(&[("code", code)], true)).into_iter().collect();
    let build = vec![sample(&[("version", about.version), ("totem", &about.totem)], true)];
    let screen = vec![sample(&[("step", shown.step)], true)];
    let visits = vec![sample(&[], meter.visits())];
    let locks = vec![sample(&[], reading.locks)];
    let otherwise = vec![sample(&[], reading.otherwise)];

    let mut all = vec![
        Family::new("totem_build_info", "The program that runs", Gauge, build),
        Family::gauge(
            "totem_in_service",
            "1 while customers are served, and outside opening hours",
            shown.closed.is_none() && !shown.step.is_empty(),
        ),
        Family::new("totem_out_of_service", "Why nobody is served, by the code on the screen", Gauge, closed),
        Family::new("totem_screen", "What is shown", Gauge, screen),
        Family::new("totem_visits_total", "Somebody began to say who they are", Counter, visits),
        Family::new("totem_second_factor_locks_total", "Wrong tries that locked the second factor", Counter, locks),
        Family::new(
            "totem_negotiations_otherwise_total",
            "Negotiations that the ERP made on other terms than the customer agreed to",
            Counter,
            otherwise,
        ),
        Family::new("totem_payments_total", "Payments that came to their end", Counter, payments),
        Family::new("totem_letters_total", "Papers sent to customers by a courier, or not", Counter, letters),
        Family::new("totem_facts_total", "Facts made durable in the journal, by kind", Counter, facts),
        Family::gauge("totem_payments_open", "Payments that have not come to their end", reading.open),
        Family::gauge("totem_payments_unknown", "Payments of which nobody knows the outcome", reading.unknown),
        Family::gauge("totem_payments_for_a_person", "Payments that only a person can settle", reading.person),
        Family::gauge(
            "totem_documents_for_a_person",
            "Bills whose PDF says other bars than the ERP and was not shown",
            reading.doubts,
        ),
        Family::gauge(
            "totem_pix_tries_for_a_person",
            "Tries of PIX at the panel whose money only a person can find or give back",
            reading.pix_tries,
        ),
        Family::gauge("totem_tef_pending", "Card sales whose end the TEF has not acknowledged", reading.tef_pending),
        Family::gauge("totem_write_offs_owed", "Bills paid here that the ERP does not know of yet", reading.owed),
        Family::gauge("totem_write_off_oldest_seconds", "Age of the oldest payment that owes one", oldest),
        Family::new("totem_part_up", "Whether a part answered when it was last asked", Gauge, up),
        Family::new("totem_printer", "What the printer says of itself and its paper", Gauge, paper),
        Family::gauge("totem_journal_writable", "0: no payment is taken", reading.journal_ok),
    ];
    if let Some(whole) = reading.chain_whole {
        all.push(Family::gauge("totem_journal_whole", "What the last walk over the whole journal found", whole));
    }
    if let Some(free) = free_bytes(about) {
        all.push(Family::gauge("totem_disk_free_bytes", "Below the state folder", free));
    }
    all.push(Family::timed("totem_journal_commit_seconds", "Until a fact was on disk", &meter.commit));
    all.push(Family::timed("totem_erp_request_seconds", "Calls to the ERP, answered or not", &meter.erp));
    all.push(Family::timed("totem_pix_request_seconds", "Calls to a PIX provider, answered or not", &meter.pix));
    all
}

/// A counter that first appears with 1 has not risen, for whoever asks how much it did.
fn from_nothing(counted: &BTreeMap<(&'static str, &'static str), u64>) -> BTreeMap<(&'static str, &'static str), u64> {
    let all = METHODS.into_iter().flat_map(|method| OUTCOMES.into_iter().map(move |how| ((method, how), 0)));
    all.chain(counted.iter().map(|(key, count)| (*key, *count))).collect()
}

fn free_bytes(about: &About) -> Option<u64> {
    let room = rustix::fs::statvfs(&about.state).ok()?;
    Some(room.f_bavail.saturating_mul(room.f_frsize))
}
