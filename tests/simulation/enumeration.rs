//! Every order of fates, depth first: a run is replayed from its start with one more choice each time.

use super::disk::Honesty;
use super::house::{House, Plan};
use super::luck::Luck;
use super::partners::EVERY_ORDER;

fn plan(method: &'static str, bills: u64, by_hand: bool) -> Plan {
    Plan {
        table: EVERY_ORDER,
        customers: 1,
        people: 1,
        bills,
        dutiful: Some(method),
        journal: None,
        honesty: Honesty::Honest,
        skips_reading: false,
        accidents: false,
        endless: false,
        by_hand,
    }
}

/// The choices after these: the last one that can still be raised is raised, and what follows begins anew.
fn following(met: &[(usize, String)], chosen: &[usize]) -> Option<Vec<usize>> {
    let mut chosen: Vec<usize> = (0..met.len()).map(|place| chosen.get(place).copied().unwrap_or(0)).collect();
    while let Some(last) = chosen.pop() {
        if met.get(chosen.len()).is_some_and(|(options, _)| last + 1 < *options) {
            chosen.push(last + 1);
            return Some(chosen);
        }
    }
    None
}

struct Walk {
    orders: u64,
    judged: u64,
    points: usize,
    crashes: u64,
}

fn every_order(method: &'static str, bills: u64, by_hand: bool, faults: usize) -> Walk {
    let mut walk = Walk { orders: 0, judged: 0, points: 0, crashes: 0 };
    let mut chosen = Some(Vec::new());
    while let Some(choices) = chosen {
        let luck = Luck::of_script(choices.clone(), faults);
        let mut house = House::new(plan(method, bills, by_hand), luck.clone(), false);
        house.run();
        let met = luck.met();
        if !house.judge.violations.is_empty() {
            let mut again = House::new(plan(method, bills, by_hand), Luck::of_script(choices, faults), true);
            again.run();
            println!("{}", again.trace.join("\n"));
            let named: Vec<&String> = met.iter().map(|(_, name)| name).collect();
            panic!("{method}, {bills} bills: {named:#?}: {:#?}", house.judge.violations);
        }
        walk.orders += 1;
        walk.judged += house.judge.judged;
        walk.crashes += house.counts.crashes;
        walk.points = walk.points.max(met.len());
        chosen = following(&met, &choices);
    }
    walk
}

/// Faults in one payment; the nightly goes further (`FAULTS=4`).
fn faults(bills: u64) -> usize {
    let ordinary = if bills == 1 { 3 } else { 2 };
    std::env::var("FAULTS").ok().and_then(|text| text.parse().ok()).unwrap_or(ordinary)
}

fn go_through(method: &'static str, bills: u64, by_hand: bool) {
    let faults = if by_hand { faults(2) } else { faults(bills) };
    let walk = every_order(method, bills, by_hand, faults);
    let written_off = if by_hand { ", written off by hand" } else { "" };
    println!(
        "{method}, {bills} bills{written_off}, up to {faults} faults anywhere: {} orders, up to {} points, {} crashes, {} invariants judged",
        walk.orders, walk.points, walk.crashes, walk.judged
    );
    assert!(walk.orders > 400, "{} orders", walk.orders);
}

#[test]
fn every_order_of_a_card_payment_of_one_bill_ends_well() {
    go_through("debit", 1, false);
}

#[test]
fn every_order_of_a_card_payment_of_two_bills_ends_well() {
    go_through("debit", 2, false);
}

#[test]
fn every_order_of_a_pix_payment_of_one_bill_ends_well() {
    go_through("pix", 1, false);
}

#[test]
fn every_order_of_a_pix_payment_of_two_bills_ends_well() {
    go_through("pix", 2, false);
}

#[test]
fn every_order_of_a_card_payment_that_a_person_writes_off_ends_well() {
    go_through("debit", 1, true);
}

#[test]
fn every_order_of_a_pix_payment_that_a_person_writes_off_ends_well() {
    go_through("pix", 2, true);
}
