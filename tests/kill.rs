//! The real program is killed with `kill -9` at each fact of a payment and at random instants, and started again: each
//! transaction ends as exactly one of confirmed and undone, and a bill is written off once if its sale was confirmed,
//! else never. The stand-ins' own books are the judge.
//!
//! `TOTEM_KILLS` is the number of random kills, `TOTEM_KILL_SEED` repeats a run.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may stop")]

#[path = "kill/panel.rs"]
mod panel;
mod trade;
#[path = "kill/tries.rs"]
mod tries;

use std::collections::BTreeSet;
use std::io::Write;
use std::os::unix::process::ExitStatusExt;
use std::time::{Duration, Instant};

use serde_json::json;

use trade::customer::Customer;
use trade::process::Process;
use trade::{PEDRO, Trade};

/// The facts of a card payment that goes well, in their order.
const CARD: [&str; 10] = [
    "opened",
    "card_started",
    "card_approved",
    "receipt_started",
    "receipt_printed",
    "decided",
    "finalized",
    "write_off_sent",
    "write_off_settled",
    "closed",
];
const PIX: [&str; 6] = ["opened", "pix_started", "pix_charged", "pix_paid", "write_off_settled", "closed"];

/// What has to be true of one bill in the end.
struct Paid {
    bill: i64,
    pix: bool,
    /// The transactions in the TEF's book before this payment, and once it was settled.
    sales_before: usize,
    sales_after: Option<usize>,
    /// Said when it does not hold.
    how: String,
}

impl Paid {
    fn sale(&self, trade: &Trade) -> Option<String> {
        let mut sales = trade.sales();
        sales.truncate(self.sales_after.unwrap_or(sales.len()));
        assert!(sales.len() <= self.sales_before + usize::from(!self.pix), "{}: {sales:?}", self.how);
        sales.get(self.sales_before).cloned()
    }

    fn is_settled(&self, trade: &Trade) -> bool {
        match self.sale(trade).as_deref() {
            Some("confirmed") => trade.times_written_off(self.bill) > 0,
            Some("undone") | None => true,
            Some(_) => false,
        }
    }

    fn judge(&self, trade: &Trade) {
        let (written_off, paid_by) = (trade.times_written_off(self.bill), trade.paid_by(self.bill));
        let seen = format!("{}: {:?}, written off {written_off} times, {paid_by:?}", self.how, trade.sales());
        if self.pix {
            assert_eq!(trade.write_offs(self.bill), Vec::<bool>::new(), "{seen}");
            assert!(paid_by.is_none_or(|how| how == "pix"), "{seen}");
            return;
        }
        match self.sale(trade).as_deref() {
            Some("confirmed") => assert_eq!((written_off, paid_by.as_deref()), (1, Some("write_off")), "{seen}"),
            Some("undone") | None => assert_eq!((written_off, paid_by), (0, None), "{seen}"),
            Some(_) => panic!("{seen}"),
        }
    }
}

/// The payments that a log tells this fact of.
fn payments(log: &[String], fact: &str) -> BTreeSet<String> {
    let fact = format!("fact=\"{fact}\"");
    let of = |line: &String| line.split_whitespace().find_map(|word| word.strip_prefix("payment=")).map(str::to_owned);
    log.iter().filter(|line| line.contains(&fact)).filter_map(of).collect()
}

/// Waits until everything that was found at the start has come to its end.
fn settled(customer: &Customer, trade: &Trade, paid: &mut Paid) {
    customer.totem.until_log("the end of every payment that was found", |log| {
        payments(log, "closed").is_superset(&payments(log, "interrupted"))
    });
    trade.until_books(&paid.how, |trade| paid.is_settled(trade));
    paid.sales_after = Some(trade.sales().len());
    paid.judge(trade);
    trade.no_sale_is_open_or_contradicted();
}

fn begins(customer: &mut Customer, trade: &Trade, bill: i64, pix: bool, how: String) -> Paid {
    let paid = Paid { bill, pix, sales_before: trade.sales().len(), sales_after: None, how };
    customer.pays(&PEDRO, bill, if pix { "pix" } else { "debit" });
    paid
}

/// By itself, at the place that was ordered.
fn dies_at(totem: &mut Process, place: &str) {
    let status = totem.ended(place);
    assert_eq!(status.signal(), Some(9), "{}", totem.story(&format!("not killed at {place}")));
}

fn killed_at(totem: &mut Process, fact: &str) {
    totem.until_log(fact, |log| !payments(log, fact).is_empty());
    totem.kill();
}

/// At each fact three times: before it is on disk, before its witness knows, and before anything follows from it.
fn killed_at_each_of(trade: &Trade, facts: &[&str], pix: bool) {
    let moments = ["unsynced", "unwitnessed", "synced"];
    let places = facts.iter().enumerate().flat_map(|(at, fact)| moments.map(|moment| (at, *fact, moment)));
    for (bill, (at, fact, moment)) in (5000..).zip(places) {
        let place = format!("{moment}:{fact}");
        let mut customer = trade.totem_in(&[("TOTEM_FAILPOINT", place.as_ref())]);
        let mut paid = begins(&mut customer, trade, bill, pix, format!("killed at {place}"));
        dies_at(&mut customer.totem, &place);
        let customer = trade.totem();
        settled(&customer, trade, &mut paid);
        customer.goes_for_good();
        if !pix {
            let durable = at + usize::from(moment != "unsynced");
            assert_eq!(paid.sale(trade).as_deref(), sale_after(at, durable), "{place}");
        }
    }
    trade.books_are_clean();
}

/// What a card's sale ends as, after a kill at this fact of `CARD` with so many facts on disk.
fn sale_after(at: usize, durable: usize) -> Option<&'static str> {
    let (approved, printed) = (2, 4);
    match at >= approved {
        false => None,
        true if durable > printed => Some("confirmed"),
        true => Some("undone"),
    }
}

#[test]
#[cfg_attr(not(debug_assertions), ignore = "a release build has no failpoints")]
fn a_kill_at_each_fact_of_a_card_payment_leaves_its_money_right() {
    killed_at_each_of(&Trade::open(), &CARD, false);
}

#[test]
#[cfg_attr(not(debug_assertions), ignore = "a release build has no failpoints")]
fn a_kill_at_each_fact_of_a_card_payment_through_clisitef_leaves_its_money_right() {
    killed_at_each_of(&Trade::with_clisitef(), &CARD, false);
}

#[test]
#[cfg_attr(not(debug_assertions), ignore = "a release build has no failpoints")]
fn a_kill_at_each_fact_of_a_pix_payment_leaves_its_money_right() {
    killed_at_each_of(&Trade::open(), &PIX, true);
}

/// In the dialogue at the pinpad, after the approval, between the receipts, before the last word, and while the library is
/// told the end: the library's process dies with the totem. Each time the recovery is killed too, where it undoes.
#[test]
fn a_kill_at_each_place_inside_the_library_leaves_the_money_right() {
    let trade = Trade::with_clisitef();
    for (bill, place) in (5000..).zip(["card", "copy", "result", "finish", "finished"]) {
        let mut customer = trade.totem();
        trade.order_clisitef(json!({ "hold": place }));
        let mut paid = begins(&mut customer, &trade, bill, false, format!("killed in the library at {place}"));
        trade.until_held(place);
        customer.totem.kill();
        if paid.sale(&trade).as_deref() == Some("open") {
            for end in ["finish", "finished"] {
                trade.order_clisitef(json!({ "hold": end }));
                let mut again = trade.program();
                trade.until_held(end);
                again.kill();
            }
        }
        trade.order_clisitef(json!({}));
        let customer = trade.totem();
        settled(&customer, &trade, &mut paid);
        customer.goes_for_good();
    }
    assert_eq!(trade.sales(), ["undone", "undone", "confirmed", "confirmed"]);
    trade.books_are_clean();
}

/// The request not yet taken, taken and approved without an answer, the answer in the folder and not in the journal, the
/// confirm carried out and not acknowledged.
#[test]
fn a_kill_at_each_place_of_the_file_exchange_leaves_the_money_right() {
    let mut trade = Trade::open();
    trade.configure("poll_ms = 20", "poll_ms = 700");
    let is_there = |trade: &Trade, name: &str| trade.path("tef").join(name).exists();
    let places = [
        ("untaken", json!({"on": ["CRT"], "sts_delay_ms": 3_000})),
        ("unanswered", json!({"on": ["CRT"], "hold": true})),
        ("unread", json!({})),
        ("unacknowledged", json!({"on": ["CNF"], "no_sts": true})),
    ];
    for (bill, (place, orders)) in (5000..).zip(places) {
        let mut customer = trade.totem();
        customer.totem.until_log("the first look at the TEF", |log| !log.is_empty());
        trade.order_tef(&orders);
        let mut paid = begins(&mut customer, &trade, bill, false, format!("killed where it is {place}"));
        let before = paid.sales_before;
        customer.totem.until_log("the sale's beginning", |log| !payments(log, "card_started").is_empty());
        trade.until_books(place, |trade| match place {
            "untaken" => is_there(trade, "req/intpos.001"),
            "unanswered" => trade.sales().len() > before,
            // in the folder, or read just now
            "unread" => {
                trade.sales().get(before).is_some_and(|state| state != "open" || is_there(trade, "resp/intpos.001"))
            }
            _ => trade.sales().get(before).is_some_and(|state| state == "confirmed"),
        });
        customer.totem.kill();
        trade.order_tef(&json!({}));
        let customer = trade.totem();
        settled(&customer, &trade, &mut paid);
        customer.goes_for_good();
    }
    assert_eq!(trade.sales().last().map(String::as_str), Some("confirmed"));
    trade.books_are_clean();
}

#[test]
#[cfg_attr(not(debug_assertions), ignore = "a release build has no failpoints")]
fn kills_that_follow_each_other_during_the_recovery_leave_the_money_right() {
    let trade = Trade::open();
    for (bill, fact) in (5000..).zip(["card_approved", "receipt_started", "decided", "write_off_sent"]) {
        let place = format!("synced:{fact}");
        let mut customer = trade.totem_in(&[("TOTEM_FAILPOINT", place.as_ref())]);
        let mut paid = begins(&mut customer, &trade, bill, false, format!("killed at {fact}, and again"));
        dies_at(&mut customer.totem, &place);
        for again in ["synced:interrupted", "synced:interrupted"] {
            dies_at(&mut trade.program_in(&[("TOTEM_FAILPOINT", again.as_ref())]), again);
        }
        let customer = trade.totem();
        settled(&customer, &trade, &mut paid);
        customer.goes_for_good();
    }
    trade.books_are_clean();
}

/// SplitMix64.
fn random(seed: &mut u64) -> u64 {
    *seed = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut z = *seed;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

fn from_environment(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// For each TEF, in a run on every change.
fn kills() -> u64 {
    from_environment("TOTEM_KILLS").unwrap_or(100)
}

#[test]
fn kills_at_random_instants_leave_the_money_right() {
    killed_at_random("files", kills(), Trade::open, |_| {});
}

#[test]
fn kills_at_random_instants_with_clisitef_leave_the_money_right() {
    killed_at_random("CliSiTef", kills(), Trade::with_clisitef, |_| {});
}

/// The kill finds the card at the pinpad, and a write-off that the ERP carries out only after the totem is back.
#[test]
fn kills_at_random_instants_with_slow_partners_leave_the_money_right() {
    killed_at_random("slow partners", kills() / 4, Trade::open, |trade| {
        trade.order_tef(&json!({"response_delay_ms": 700, "on": ["CRT"]}));
        let slow = |ms: u32| json!({"value": ms, "for": "write_off"});
        trade.order_erp(&json!({"slow_ms": slow(900), "slow_answer_ms": slow(300)}));
    });
}

fn killed_at_random(name: &str, kills: u64, open: fn() -> Trade, partners: impl Fn(&Trade)) {
    let seed = from_environment("TOTEM_KILL_SEED").unwrap_or_else(|| getrandom::u64().unwrap());
    println!("TOTEM_KILL_SEED={seed}");
    let mut dice = seed;
    let mut trade = open();
    partners(&trade);
    let mut customer = trade.totem();
    let mut all = Vec::new();

    // one payment that nobody disturbs tells how long one takes on this machine
    let mut first = begins(&mut customer, &trade, 5000, false, "undisturbed".to_owned());
    let begun = Instant::now();
    customer.until_that("the write-off", |shown| shown["write_off"] == "settled");
    let usual = begun.elapsed();
    customer.leaves();
    settled(&customer, &trade, &mut first);
    all.push(first);

    let begun = Instant::now();
    let mut ends: std::collections::BTreeMap<String, u64> = std::collections::BTreeMap::new();
    for kill in 0..kills {
        let bill = 5001 + i64::try_from(kill % 199).unwrap();
        if kill > 0 && bill == 5001 {
            trade = open();
            partners(&trade);
            customer = trade.totem();
            all.clear();
        }
        let pix = random(&mut dice).is_multiple_of(5);
        let after = Duration::from_micros(random(&mut dice) % u64::try_from(usual.as_micros()).unwrap());
        let how = format!("seed {seed}, kill {kill}, after {after:?}, {}", if pix { "PIX" } else { "card" });
        let mut paid = begins(&mut customer, &trade, bill, pix, how);
        std::thread::sleep(after);
        customer.totem.kill();
        customer = trade.totem();
        settled(&customer, &trade, &mut paid);
        let end = match paid.sale(&trade) {
            _ if pix => "a code".to_owned(),
            Some(state) => state,
            None => "not charged".to_owned(),
        };
        *ends.entry(end).or_default() += 1;
        all.push(paid);
    }
    let each = begun.elapsed().as_millis() / u128::from(kills.max(1));
    // not through the test's own capture: a run on every change shows it
    let _ = writeln!(std::io::stderr(), "{name}: {kills} kills, {each} ms each, a payment takes {usual:?}: {ends:?}");
    customer.goes_for_good();
    all.iter().for_each(|paid| paid.judge(&trade));
    trade.books_are_clean();
}
