//! What the journal costs, printed: `cargo test --test journal_cost -- --nocapture`. Nothing is asserted of time.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod journal_support;

use std::time::{Duration, Instant};

use journal_support::{Place, card_payment, id};

fn at(sorted: &[Duration], share: usize) -> Duration {
    sorted[(sorted.len() - 1) * share / 100]
}

/// Pays `payments` times, fact by fact for the last hundred payments and in one transaction for each fifty before.
fn measure(payments: u64) {
    let place = Place::new();
    let mut journal = place.open().unwrap();
    let bulk: Vec<u64> = (1..=payments.saturating_sub(100)).collect();
    for numbers in bulk.chunks(50) {
        let entries: Vec<_> =
            numbers.iter().flat_map(|number| card_payment(&place.key, *number, &format!("{number:011}"))).collect();
        journal.append(&entries).unwrap();
    }
    let mut appends = Vec::new();
    for number in payments.saturating_sub(99).max(1)..=payments {
        for entry in card_payment(&place.key, number, "52998224725") {
            let start = Instant::now();
            journal.append(&[entry]).unwrap();
            appends.push(start.elapsed());
        }
    }
    appends.sort();
    journal.append(&card_payment(&place.key, payments + 1, "52998224725")[..3]).unwrap();
    drop(journal);

    let start = Instant::now();
    let journal = place.open().unwrap();
    let opening = start.elapsed();
    let start = Instant::now();
    let open = journal.open_payments().unwrap();
    let finding = start.elapsed();
    assert_eq!(open.iter().map(|(id, _)| *id).collect::<Vec<_>>(), [id(payments + 1)]);
    println!(
        "{:>7} facts: append p50 {:?} p99 {:?}, opening {opening:?}, open payments {finding:?}, {} MB",
        payments * 10,
        at(&appends, 50),
        at(&appends, 99),
        std::fs::metadata(place.path()).unwrap().len() / 1_000_000
    );
}

#[test]
fn appending_and_opening_cost_the_same_with_a_thousand_facts_and_with_many() {
    measure(100);
    measure(20_000);
}
