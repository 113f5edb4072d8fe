//! What became of a wish, with what was agreed: the day of a visit, the new due day, the days of a pause.

use jiff::civil::date;

use super::super::*;
use super::changes::{every_change, seen, with};
use super::services::*;
use super::visit::*;
use crate::domain::asked::Told;
use crate::domain::changes::{Carried, DayPart, Pausable, Seen, Slot, Visit as Call};
use crate::domain::service::Change;
use crate::journey::step::{Answer, Detail, Outcome, Question};

/// What the notice says was agreed, and that the slip has the same.
fn agreed(visit: &mut Visit) -> Vec<Answer> {
    let shown = notice(visit).answers;
    visit.does(Intent::Print);
    let Some(Command::Print { job: PrintJob::Protocol(slip), .. }) = visit.commands.last() else {
        panic!("{:?}", visit.commands.last())
    };
    assert_eq!(slip.answers, shown);
    shown
}

/// In November, in the afternoon.
pub(super) fn slot(id: &str, day: i8) -> Slot {
    Slot { id: id.into(), on: date(2026, 11, day), part: DayPart::Afternoon }
}

pub(super) fn moves_a_visit(told: Change<Carried>) -> Visit {
    let mut visit = with(every_change());
    chooses(&mut visit, "visits");
    let (protocol, about) = ("P1".to_owned(), "MUDANÇA DE PONTO".to_owned());
    let (on, part) = (Some(date(2026, 11, 25)), Some(DayPart::Morning));
    seen(&mut visit, Seen::Visits(vec![Call { id: "1".into(), protocol, about, on, part, is_over: false }]));
    chooses(chooses(&mut visit, "1"), "move");
    seen(&mut visit, Seen::Slots { visit: "1".into(), slots: vec![slot("7", 26), slot("8", 27)] });
    chooses(&mut visit, "8").does(Intent::Submit);
    answers(&mut visit, Told::Changed(told));
    visit
}

#[test]
fn a_moved_visit_is_told_with_its_new_day_and_half_day_and_without_the_old_one() {
    let mut visit = moves_a_visit(Change::Done(Carried::default()));
    let told = agreed(&mut visit);
    assert_eq!((told[0].question, told[0].detail.as_ref()), (Question::Visit, None));
    let when = Detail::When { on: Some(date(2026, 11, 27)), part: Some("afternoon"), from: None, to: None };
    assert_eq!((told[1].question, told[1].detail.as_ref()), (Question::Slot, Some(&when)));
    let mut visit = moves_a_visit(Change::Refused { why: "Horário ocupado".into() });
    assert!(notice(&mut visit).answers.is_empty(), "nothing was agreed");
}

#[test]
fn a_pause_is_told_with_its_days() {
    let mut visit = with(every_change());
    chooses(&mut visit, "pause");
    let row = Pausable { contract: "1".into(), plan: "Fibra 1".into(), owes: false, rested: false };
    seen(&mut visit, Seen::Pausable(vec![row]));
    visit.types("01122026").does(Intent::Submit).types("30").does(Intent::Submit).does(Intent::Submit);
    answers(&mut visit, Told::Changed(Change::Done(Carried::default())));
    let told: Vec<_> = agreed(&mut visit).into_iter().map(|one| (one.question, one.text)).collect();
    let expected = [
        (Question::Contract, "Fibra 1".to_owned()),
        (Question::PauseFrom, "01122026".to_owned()),
        (Question::PauseDays, "30".to_owned()),
    ];
    assert_eq!(told, expected);
}

#[test]
fn nothing_of_a_person_stands_on_a_notice_or_a_slip() {
    let mut visit = with(Changing { shows_contacts: false, ..every_change() });
    chooses(&mut visit, "contacts");
    chooses(&mut visit, "phone").types("31955554444").does(Intent::Submit).types("31955554444");
    visit.does(Intent::Submit).does(Intent::Submit);
    answers(&mut visit, Told::Changed(Change::Done(Carried { is_a_request: true, ..Carried::default() })));
    assert_eq!(notice(&mut visit).outcome, Outcome::Requested);
    assert!(agreed(&mut visit).is_empty());
}
