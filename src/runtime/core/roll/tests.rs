use crate::domain::DeskFact;
use crate::journey::technician::Told;
use crate::journey::{Attempt, Journey, Language, Settings};
use crate::payment::Rules;
use crate::printer::Outcome;
use crate::runtime::Rhythm;
use crate::runtime::call::{Answer, Call, Ticket};
use crate::runtime::core::pad::Pad;
use crate::runtime::core::{Core, Input, Site};
use jiff::Timestamp;

fn noon() -> Timestamp {
    "2026-11-22T15:00:00Z".parse().unwrap()
}

fn core(pad: &Pad) -> Core {
    let journey = Journey::new(Settings::default(), noon());
    Core::open(journey, Box::new(pad.clone()), Rules::default(), Rhythm::default(), Site::default(), noon())
}

fn prints(core: &mut Core, papers: u64, outcome: &Outcome) {
    for number in 0..papers {
        let ticket = Ticket::Asked(Attempt(number));
        core.handle(Input::Answer(Answer::Printed { ticket, outcome: outcome.clone() }), noon());
    }
}

fn papers(core: &mut Core) -> u32 {
    match core.look_at_paper(noon()) {
        Told::Paper(roll) => roll.papers,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_new_roll_begins_the_count_anew_and_a_restart_loses_a_few_papers_at_most() {
    let pad = Pad::default();
    let mut before = core(&pad);
    prints(&mut before, 7, &Outcome::Done);
    assert_eq!(before.paper_changed("Ana".into(), noon()), Told::Recorded(true));
    assert!(papers(&mut before) == 0 && before.calls.contains(&Call::CheckEquipment), "the printer is asked");
    prints(&mut before, 23, &Outcome::Done);
    prints(&mut before, 4, &Outcome::Lost);
    assert_eq!(papers(&mut before), 23, "what did not come out is not counted");
    let mut after = core(&pad);
    let Told::Paper(roll) = after.look_at_paper(noon()) else { panic!() };
    assert!((14..=23).contains(&roll.papers), "{roll:?}");
    assert_eq!(roll.changed.unwrap().1, "Ana");
}

#[test]
fn the_language_of_the_panel_outlives_a_restart_and_the_configurations_comes_back() {
    let pad = Pad::default();
    let mut before = core(&pad);
    let shown = |core: &mut Core| core.take_view(noon()).unwrap().language;
    assert_eq!(shown(&mut before), Language::PtBr);
    assert_eq!(before.greet("Ana".into(), Some(Language::Es), noon()), Told::Recorded(true));
    before.handle(Input::Time, noon());
    assert_eq!(shown(&mut before), Language::Es);
    let mut after = core(&pad);
    assert_eq!(shown(&mut after), Language::Es);
    after.greet("Ana".into(), None, noon());
    after.handle(Input::Time, noon());
    assert_eq!(shown(&mut after), Language::PtBr);
    assert_eq!(shown(&mut core(&pad)), Language::PtBr);
}

#[test]
fn a_language_that_would_be_forgotten_with_what_is_old_is_written_down_once_more() {
    let pad = Pad::default();
    let mut core = core(&pad);
    core.greet("Ana".into(), Some(Language::En), noon());
    let later = noon() + jiff::SignedDuration::from_hours(24 * 90);
    core.keep_the_greeting(noon(), later);
    assert_eq!(pad.notes.lock().unwrap().len(), 1, "young enough");
    core.keep_the_greeting(later, later);
    let last = pad.notes.lock().unwrap().last().cloned().unwrap();
    assert_eq!(
        (last.at, &last.fact),
        (later, &DeskFact::LanguageChosen { by: "Ana".into(), language: Some("en".into()) })
    );
}
