//! The journal's upkeep on a clock of the test's own, and what the desk remembers of wrong PINs.

use std::sync::{Arc, Mutex};

use jiff::SignedDuration;

use super::*;
use crate::domain::{DeskFact, Note, Typed};
use crate::journey::Step;
use crate::runtime::call::{Answer, Audit};

/// What was asked of the ledger, and what it holds.
#[derive(Default)]
struct Shelf {
    newest: Option<Timestamp>,
    old: u64,
    forgot_before: Vec<Timestamp>,
    notes: Vec<Note>,
}

#[derive(Clone, Default)]
struct Shared(Arc<Mutex<Shelf>>);

impl Ledger for Shared {
    fn append(&mut self, _: &[Entry]) -> Result<(), String> {
        Ok(())
    }

    fn open_payments(&mut self) -> Result<Vec<Vec<Entry>>, String> {
        Ok(Vec::new())
    }

    fn payment(&mut self, _: PaymentId) -> Result<Vec<Entry>, String> {
        Ok(Vec::new())
    }

    fn recent(&mut self, _: u32) -> Result<Vec<Vec<Entry>>, String> {
        let newest = self.0.lock().unwrap().newest;
        Ok(newest.into_iter().map(|at| vec![Entry { payment: PaymentId(1), at, fact: Fact::Closed }]).collect())
    }

    fn payments_of(&mut self, _: &str, _: u32) -> Result<Vec<Vec<Entry>>, String> {
        Ok(Vec::new())
    }

    fn last_payment_id(&mut self) -> Result<Option<PaymentId>, String> {
        Ok(None)
    }

    fn keyed_hash(&self, _: &str) -> String {
        String::new()
    }

    fn note(&mut self, note: &Note) -> Result<(), String> {
        self.0.lock().unwrap().notes.push(note.clone());
        Ok(())
    }

    fn notes(&mut self, limit: u32) -> Result<Vec<Note>, String> {
        Ok(self.0.lock().unwrap().notes.iter().rev().take(limit as usize).cloned().collect())
    }

    fn forget(&mut self, before: Timestamp, most: u32) -> Result<u64, String> {
        let mut shelf = self.0.lock().unwrap();
        shelf.forgot_before.push(before);
        let gone = shelf.old.min(most.into());
        shelf.old -= gone;
        Ok(gone)
    }
}

fn noon() -> Timestamp {
    "2026-11-22T15:00:00Z".parse().unwrap()
}

fn hours(hours: i64) -> SignedDuration {
    SignedDuration::from_hours(hours)
}

fn core(shelf: &Shared, keep_months: Option<u32>) -> Core {
    let settings = crate::journey::Settings { service_pin: true, ..Default::default() };
    let journey = Journey::new(settings, noon());
    let ledger = Box::new(shelf.clone());
    let mut core = Core::open(journey, ledger, Rules::default(), Rhythm::default(), Site::default(), noon());
    core.keep_up(Upkeep { keep_months, ..Upkeep::default() });
    core
}

/// Lets so much time pass, waking at each deadline.
fn passes(core: &mut Core, from: Timestamp, time: SignedDuration) -> Vec<Call> {
    let mut calls = Vec::new();
    let mut now = from;
    while now < from + time {
        now = core.next_deadline(now).map_or(from + time, |next| next.min(from + time));
        calls.extend(core.handle(Input::Time, now));
    }
    calls
}

fn walks(calls: &[Call]) -> usize {
    calls.iter().filter(|call| **call == Call::VerifyJournal).count()
}

fn is_closed(core: &mut Core) -> bool {
    matches!(core.take_view(noon() + hours(2)), Some(View { step: Step::Closed(closed), .. }) if closed.code == "J1")
}

#[test]
fn the_whole_journal_is_walked_at_start_and_once_a_day() {
    let mut core = core(&Shared::default(), None);
    assert_eq!(walks(&core.handle(Input::Time, noon())), 1);
    core.handle(Input::Answer(Answer::JournalWalked(Audit::Whole { facts: 7 })), noon());
    assert_eq!(walks(&passes(&mut core, noon(), hours(23))), 0);
    assert_eq!(walks(&passes(&mut core, noon() + hours(23), hours(2))), 1);
    // nobody has answered yet: it is not asked twice
    assert_eq!(walks(&passes(&mut core, noon() + hours(25), hours(48))), 0);
}

#[test]
fn a_walk_that_finds_damage_closes_the_totem_and_one_that_cannot_read_does_not() {
    let mut core = core(&Shared::default(), None);
    core.handle(Input::Time, noon());
    core.handle(Input::Answer(Answer::JournalWalked(Audit::Unreadable("busy".into()))), noon());
    assert!(!is_closed(&mut core));
    core.handle(Input::Answer(Answer::JournalWalked(Audit::Broken("a row was removed".into()))), noon());
    assert!(is_closed(&mut core));
}

#[test]
fn what_is_too_old_is_forgotten_in_portions_while_nobody_is_served_and_that_is_noted() {
    let shelf = Shared::default();
    shelf.0.lock().unwrap().old = 2_500;
    shelf.0.lock().unwrap().newest = Some(noon() - hours(10));
    let mut core = core(&shelf, Some(12));
    core.handle(Input::Intent(Intent::Type { text: "5".into() }), noon());
    core.handle(Input::Time, noon() + hours(1) / 40);
    assert!(shelf.0.lock().unwrap().forgot_before.is_empty(), "somebody is being served");
    core.handle(Input::Intent(Intent::Clear), noon());
    passes(&mut core, noon(), hours(1));
    let shelf = shelf.0.lock().unwrap();
    assert_eq!((shelf.old, shelf.forgot_before.len()), (0, 4));
    let age = noon().duration_since(shelf.forgot_before[0]);
    assert!(age > hours(364 * 24) && age < hours(368 * 24), "{age}");
    assert!(matches!(shelf.notes.last(), Some(Note { fact: DeskFact::Forgotten { facts: 2_500, .. }, .. })));
}

#[test]
fn nothing_is_forgotten_by_a_clock_that_leapt_or_without_a_limit() {
    for (newest, months) in [(noon() - hours(40 * 24), Some(12)), (noon() + hours(100), Some(12)), (noon(), None)] {
        let shelf = Shared::default();
        shelf.0.lock().unwrap().old = 100;
        shelf.0.lock().unwrap().newest = Some(newest);
        passes(&mut core(&shelf, months), noon(), hours(30));
        assert_eq!(shelf.0.lock().unwrap().forgot_before, [], "{newest} {months:?}");
    }
    // and a clock that leaps while the totem runs
    let shelf = Shared::default();
    let mut core = core(&shelf, Some(12));
    passes(&mut core, noon(), hours(30));
    let before = shelf.0.lock().unwrap().forgot_before.len();
    core.handle(Input::Time, noon() + hours(24 * 365 * 9));
    assert_eq!(shelf.0.lock().unwrap().forgot_before.len(), before);
}

#[test]
fn a_wrong_pin_is_written_down_and_counts_after_a_restart() {
    let shelf = Shared::default();
    for tries in 1..=5 {
        let mut core = core(&shelf, None);
        core.handle(Input::Intent(Intent::Service), noon());
        core.handle(Input::Intent(Intent::Type { text: "135790".into() }), noon());
        let calls = core.handle(Input::Intent(Intent::Submit), noon());
        let asked = calls.iter().find_map(|call| match call {
            Call::CheckPin { attempt, pin } => Some((*attempt, pin.clone())),
            _ => None,
        });
        let (attempt, pin) = asked.unwrap();
        assert_eq!(pin, Typed::new("135790".into()));
        core.handle(Input::Answer(Answer::PinChecked { attempt, by: None }), noon());
        assert_eq!(shelf.0.lock().unwrap().notes.len(), tries);
    }
    let mut core = core(&shelf, None);
    core.handle(Input::Intent(Intent::Service), noon());
    let shown = core.take_view(noon()).unwrap();
    assert!(matches!(shown.step, Step::ServicePin(ref pin) if pin.wait_min == Some(1)), "{shown:?}");
}
