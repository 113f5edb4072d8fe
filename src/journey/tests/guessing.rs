//! Whoever guesses waits, longer each time, and learns nothing.

use super::super::*;
use super::visit::*;
use crate::journey::step::{IdentifyProblem, TroubleCode};

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
        visit.waits(minutes * 60 - 1);
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
