//! Whole runs and their sums.

use std::fmt;

use super::disk::Honesty;
use super::house::{House, Plan};
use super::luck::Luck;
use super::partners::BAD_DAY;

/// A bad day; one seed in twenty writes to the real journal.
pub fn bad_day(_seed: u64) -> Plan {
    Plan {
        table: BAD_DAY,
        customers: 12,
        people: 6,
        bills: 3,
        dutiful: None,
        journal: None,
        honesty: Honesty::Honest,
        skips_reading: false,
        accidents: true,
        endless: false,
        by_hand: false,
    }
}

pub fn run_seed(seed: u64, mut plan: Plan, traces: bool) -> (House, Option<tempfile::TempDir>) {
    let shared_memory = std::path::Path::new("/dev/shm");
    let dir = (seed % 20 == 7).then(|| match shared_memory.is_dir() {
        true => tempfile::tempdir_in(shared_memory).unwrap(),
        false => tempfile::tempdir().unwrap(),
    });
    plan.journal = dir.as_ref().map(|dir| dir.path().to_owned());
    let mut house = House::new(plan, Luck::of_seed(seed), traces);
    house.run();
    (house, dir)
}

#[derive(Debug, Default)]
pub struct Totals {
    seeds: u64,
    customers: u64,
    paid: u64,
    crashes: u64,
    faults: u64,
    late: u64,
    twice: u64,
    calls: u64,
    judged: u64,
    ambiguous: u64,
    pub failed: Vec<(u64, Vec<String>)>,
}

impl Totals {
    pub fn add(&mut self, seed: u64, house: &House) {
        self.seeds += 1;
        self.customers += house.counts.customers;
        self.paid += house.counts.paid;
        self.crashes += house.counts.crashes;
        self.faults += house.luck.faults();
        self.late += house.counts.late;
        self.twice += house.counts.twice;
        self.calls += house.counts.calls;
        self.judged += house.judge.judged;
        self.ambiguous += house.judge.ambiguous;
        if !house.judge.violations.is_empty() {
            self.failed.push((seed, house.judge.violations.clone()));
        }
    }

    pub fn and(mut self, other: Totals) -> Totals {
        self.seeds += other.seeds;
        self.customers += other.customers;
        self.paid += other.paid;
        self.crashes += other.crashes;
        self.faults += other.faults;
        self.late += other.late;
        self.twice += other.twice;
        self.calls += other.calls;
        self.judged += other.judged;
        self.ambiguous += other.ambiguous;
        self.failed.extend(other.failed);
        self.failed.sort();
        self
    }
}

impl fmt::Display for Totals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} seeds: {} customers, {} saw `paid`, {} calls, {} crashes, {} faults, {} late answers, {} answers twice, \
             {} invariants judged, {} bills settled by others in the dark",
            self.seeds,
            self.customers,
            self.paid,
            self.calls,
            self.crashes,
            self.faults,
            self.late,
            self.twice,
            self.judged,
            self.ambiguous
        )
    }
}
