//! The same stories for every ERP that the totem speaks with, each against its stand-in in another process, through the
//! port that the desk uses, built from the text that a technician writes.
//!
//! Between driver and stand-in stands a relay of the suite's own: it loses requests and answers, says what no ERP should
//! say, and counts. So a driver needs nothing here but a row in `subjects`. A story that the driver's `supports` says it
//! cannot do is `n/a`; one about a thing that the ERP does not have has a number, and the reason below. The outcome is the table in README; `TOTEM_BLESS=1` writes it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may stop")]

#[path = "../trade/process.rs"]
#[allow(dead_code, reason = "shared with the walks, which use all of it")]
mod process;
mod relay;
mod scene;
mod stories;
mod subjects;
mod table;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;

use scene::Told;
use subjects::Subject;
use table::Outcome;

/// Every story of one driver; what went wrong is told at the end, with the others.
fn told_by(subject: &'static Subject, wrong: &Mutex<Vec<String>>) -> Vec<Outcome> {
    let each = stories::ALL.iter().map(|story| {
        if let Some((_, why)) = subject.lacks.iter().find(|(name, _)| *name == story.name) {
            return Outcome::NoSuchThing(why);
        }
        told(subject, story, wrong)
    });
    each.collect()
}

fn told(subject: &'static Subject, story: &stories::Story, wrong: &Mutex<Vec<String>>) -> Outcome {
    match catch_unwind(AssertUnwindSafe(|| (story.tell)(subject))) {
        Ok(Told::Well) => Outcome::Well,
        Ok(Told::NotAble) => Outcome::NotAble,
        Err(panic) => {
            let text = panic.downcast_ref::<String>().cloned();
            let text = text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
            let why = text.unwrap_or_else(|| "it broke off".to_owned());
            wrong.lock().unwrap().push(format!("{}: {}: {why}", subject.name, story.name));
            Outcome::Wrong
        }
    }
}

#[test]
fn every_driver_tells_the_same_stories_and_readme_says_which() {
    let only = std::env::var("TOTEM_DRIVER").ok();
    let chosen: Vec<&'static Subject> = match &only {
        Some(only) => subjects::ALL.into_iter().filter(|subject| only == subject.name).collect(),
        None => subjects::ALL.to_vec(),
    };
    assert!(!chosen.is_empty(), "no driver is named {only:?}");
    for (name, _) in chosen.iter().flat_map(|subject| subject.lacks) {
        assert!(stories::ALL.iter().any(|story| story.name == *name), "there is no story {name:?}");
    }
    let wrong = Mutex::new(Vec::new());
    let columns: Vec<Vec<Outcome>> = std::thread::scope(|scope| {
        let wrong = &wrong;
        let tellers: Vec<_> =
            chosen.iter().map(|subject| (subject.name, scope.spawn(move || told_by(subject, wrong)))).collect();
        tellers.into_iter().map(|(name, teller)| teller.join().unwrap_or_else(|_| panic!("{name} broke"))).collect()
    });
    let wrong = wrong.into_inner().unwrap();
    assert!(wrong.is_empty(), "{} stories went wrong:\n{}", wrong.len(), wrong.join("\n"));
    if only.is_none() {
        let names: Vec<&str> = chosen.iter().map(|subject| subject.name).collect();
        table::compare(&table::draw(&names, &columns));
    }
}
