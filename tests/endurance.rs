//! A hundred thousand customers in compressed time, in one process: memory, open handles and threads stay flat.
//!
//! `cargo test --test endurance` serves a twentieth of them; `SESSIONS=100000 cargo test --test endurance -- --nocapture` all,
//! and then a twentieth as many with the real journal.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice, dead_code)]

#[path = "simulation/customer.rs"]
mod customer;
#[path = "simulation/disk.rs"]
mod disk;
#[path = "simulation/house.rs"]
mod house;
#[path = "simulation/judge.rs"]
mod judge;
#[path = "simulation/luck.rs"]
mod luck;
#[path = "simulation/partners.rs"]
mod partners;
#[path = "simulation/world.rs"]
mod world;

use std::path::PathBuf;

use disk::Honesty;
use house::{House, Plan};
use luck::Luck;

/// What the process holds: resident kilobytes, open handles, threads.
#[derive(Debug, Clone, Copy)]
struct Holding {
    resident_kb: u64,
    handles: usize,
    threads: u64,
}

fn holding() -> Holding {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let field = |name: &str| {
        let line = status.lines().find(|line| line.starts_with(name)).unwrap();
        line.split_whitespace().nth(1).unwrap().parse().unwrap()
    };
    let handles = std::fs::read_dir("/proc/self/fd").unwrap().count();
    Holding { resident_kb: field("VmRSS:"), handles, threads: field("Threads:") }
}

fn plan(journal: Option<PathBuf>) -> Plan {
    Plan {
        table: partners::STEADY,
        customers: u64::MAX,
        people: 0,
        bills: 2,
        dutiful: None,
        journal,
        honesty: Honesty::Honest,
        skips_reading: false,
        accidents: false,
        endless: true,
        by_hand: false,
    }
}

/// Resident memory may wander this much after the first tenth.
const WANDERS_KB: u64 = 16 * 1024;

fn serves(sessions: u64, journal: Option<PathBuf>) {
    let mut house = House::new(plan(journal), Luck::of_seed(7), false);
    let mut held = Vec::new();
    for tenth in 1..=10 {
        while house.counts.customers < sessions * tenth / 10 {
            assert!(house.step(i64::MAX), "nothing happens any more");
            assert!(house.judge.violations.is_empty(), "{:#?}", house.judge.violations);
            house.clear_away();
        }
        let now = holding();
        println!(
            "{:>7} customers, {:>6} paid, {:>3} days: {} kB resident, {} handles, {} threads, {} invariants judged",
            house.counts.customers,
            house.counts.paid,
            house.days(),
            now.resident_kb,
            now.handles,
            now.threads,
            house.judge.judged
        );
        held.push(now);
    }
    let (first, rest) = held.split_first().unwrap();
    for later in rest {
        assert!(later.resident_kb <= first.resident_kb + WANDERS_KB, "{first:?} became {later:?}");
        assert!(later.handles <= first.handles + 2, "{first:?} became {later:?}");
        assert!(later.threads <= first.threads, "{first:?} became {later:?}");
    }
}

/// One test, so that one run's memory is not another's.
#[test]
fn a_hundred_thousand_customers_leave_nothing_behind() {
    let sessions = std::env::var("SESSIONS").ok().and_then(|text| text.parse().ok()).unwrap_or(5_000);
    serves(sessions, None);
    let shared_memory = std::path::Path::new("/dev/shm");
    let dir = if shared_memory.is_dir() { tempfile::tempdir_in(shared_memory) } else { tempfile::tempdir() }.unwrap();
    serves(sessions / 20, Some(dir.path().to_owned()));
}
