//! Whoever guesses waits, longer each time, and learns nothing.

use super::super::*;
use super::visit::*;
use crate::journey::step::{IdentifyProblem, TroubleCode};

const OTHER: &str = "11144477735";

/// One try with a factor that is wrong, or of a CPF that nobody has; what the screen says of it.
fn guesses(visit: &mut Visit, known: bool) -> TroubleCode {
    visit.types(CPF).types("0101");
    let attempt = visit.attempt();
    let found = known.then(|| Box::new(account(two_bills())));
    visit.on(Event::Found { attempt, result: Ok(found) });
    let Step::Trouble(trouble) = visit.view().step else { panic!("{}", visit.step()) };
    visit.does(Intent::Back);
    trouble.code
}

/// Whether a CPF is taken at all.
fn is_locked(visit: &mut Visit) -> bool {
    visit.types(CPF);
    let locked = match visit.view().step {
        Step::Identify(shown) => shown.problem == Some(IdentifyProblem::Locked),
        _ => false,
    };
    visit.does(if locked { Intent::Clear } else { Intent::Back });
    locked
}

/// How many minutes the first screen says to whoever types a CPF.
fn told_to_wait(visit: &mut Visit) -> Option<u32> {
    visit.types(CPF);
    let Step::Identify(shown) = visit.view().step else { panic!("{}", visit.step()) };
    visit.does(Intent::Clear);
    shown.wait_min
}

#[test]
fn a_longer_lock_says_how_long_it_is_minute_by_minute() {
    let mut visit = Visit::begins();
    for wait in [0, 0, 0, 0, 61, 121] {
        guesses(&mut visit, true);
        visit.waits(wait);
    }
    visit.types(CPF).types("0101");
    let attempt = visit.attempt();
    visit.on(Event::Found { attempt, result: Ok(None) });
    let trouble = |visit: &mut Visit| match visit.view().step {
        Step::Trouble(shown) => (shown.code, shown.wait_min),
        other => panic!("{}", other.name()),
    };
    assert_eq!(trouble(&mut visit), (TroubleCode::Locked, Some(4)));
    let next = visit.journey.next_deadline(visit.now).unwrap();
    assert!(next.duration_since(visit.now).as_secs() <= 60, "the screen is drawn again when it is a minute less");
    visit.waits(20).does(Intent::Accessibility).waits(41);
    assert_eq!(trouble(&mut visit), (TroubleCode::Locked, Some(3)));
}

#[test]
fn five_wrong_tries_lock_the_screen_for_a_minute() {
    let mut visit = Visit::begins();
    for _ in 0..5 {
        visit.types(CPF).types("0101");
        let attempt = visit.attempt();
        visit.on(Event::Found { attempt, result: Ok(None) });
        assert_eq!(visit.step(), "trouble");
        visit.does(Intent::Back);
    }
    let asked = visit.commands.len();
    visit.types(CPF);
    assert_eq!((visit.step(), visit.commands.len()), ("identify", asked));
    visit.waits(20).does(Intent::Clear).waits(41).types(CPF);
    assert_eq!(visit.step(), "verify");
}

#[test]
fn each_further_wrong_try_locks_for_twice_as_long() {
    let mut visit = Visit::begins();
    for try_of in 1..=4 {
        assert_eq!(guesses(&mut visit, try_of % 2 == 0), TroubleCode::NotFound);
        assert!(!is_locked(&mut visit));
    }
    for minutes in [1, 2, 4] {
        assert_eq!(guesses(&mut visit, true), TroubleCode::Locked);
        assert_eq!(told_to_wait(&mut visit), Some(minutes));
        visit.waits(i64::from(minutes) * 60 - 1);
        assert!(is_locked(&mut visit), "still in minute {minutes}");
        visit.waits(2);
        assert!(!is_locked(&mut visit), "after {minutes}");
    }
}

#[test]
fn a_right_answer_takes_the_wrong_ones_back() {
    let mut visit = Visit::begins();
    for _ in 0..4 {
        guesses(&mut visit, true);
    }
    visit.types(CPF).types("1705");
    let attempt = visit.attempt();
    visit.on(Event::Found { attempt, result: Ok(Some(Box::new(account(two_bills())))) }).does(Intent::Leave);
    assert_eq!(guesses(&mut visit, true), TroubleCode::NotFound);
}

/// Four tries at one CPF, and a right answer to another, over and over; how often the one was tried before it locked.
fn tries_before_it_locks(exists: bool) -> usize {
    let mut visit = Visit::begins();
    for tries in 1..=24 {
        if guesses(&mut visit, exists) == TroubleCode::Locked {
            return tries;
        }
        if tries % 4 == 0 {
            answers_right(&mut visit, OTHER);
        }
    }
    panic!("never");
}

/// A visit of somebody else, to the end.
fn answers_right(visit: &mut Visit, cpf: &str) {
    visit.types(cpf).types("1705");
    let attempt = visit.attempt();
    visit.on(Event::Found { attempt, result: Ok(Some(Box::new(account(two_bills())))) });
    assert_eq!(visit.step(), "invoices");
    visit.does(Intent::Leave);
}

#[test]
fn ones_own_right_answer_buys_no_more_guesses_at_another_cpf_whether_anybody_has_it_or_not() {
    assert_eq!(tries_before_it_locks(true), 5);
    assert_eq!(tries_before_it_locks(false), 5, "the lock tells nothing of there being somebody");
}

#[test]
fn a_cpf_that_is_locked_is_refused_before_anything_is_asked_and_the_others_are_served() {
    let mut visit = Visit::begins();
    for _ in 0..4 {
        guesses(&mut visit, true);
    }
    answers_right(&mut visit, OTHER);
    assert_eq!(guesses(&mut visit, true), TroubleCode::Locked);
    assert_eq!(visit.journey.locks(), 1);
    let asked = visit.commands.len();
    assert!(is_locked(&mut visit));
    assert_eq!(visit.commands.len(), asked);
    answers_right(&mut visit, OTHER);
    assert!(is_locked(&mut visit), "another's right answer lifts nothing");
    visit.waits(61);
    answers_right(&mut visit, OTHER);
    assert_eq!(guesses(&mut visit, true), TroubleCode::Locked, "the sixth");
    visit.waits(61);
    assert!(is_locked(&mut visit), "for twice as long");
    visit.waits(60);
    answers_right(&mut visit, CPF);
    for _ in 0..4 {
        assert_eq!(guesses(&mut visit, true), TroubleCode::NotFound, "its own answer took them back");
    }
}
