//! Technicians' visits: which are to come, when else they could be, and how they were.

use jiff::Timestamp;

use super::named;
use crate::domain::asked::Ask;
use crate::domain::changes::{Look, Seen, Slot, Visit, Wish};
use crate::journey::Journey;
use crate::journey::event::Command;
use crate::journey::scene::{Entries, Field, Filling, Scene};
use crate::journey::serving::listed;
use crate::journey::step::{Detail, Opens, Outcome, Purpose, Question, Record};

const MOVE: &str = "move";
const CANCEL: &str = "cancel";
const RATE: &str = "rate";

impl Journey {
    pub(super) fn list_visits(&mut self, visits: Vec<Visit>) {
        for about in [Purpose::MoveVisit, Purpose::CancelVisit] {
            self.session.errand.unknown.remove(&about);
        }
        self.scene = listed(Entries::Visits(visits));
    }

    /// What can be done about this visit now.
    fn acts(&self, visit: &Visit) -> Vec<&'static str> {
        let can = self.abilities.serves.changing;
        let rates = can.rate_visit && !self.session.errand.unknown.contains(&Purpose::RateVisit);
        [
            (can.move_visit && !visit.is_over, MOVE),
            (can.cancel_visit && !visit.is_over && visit.on.is_some(), CANCEL),
            (rates && visit.is_over, RATE),
        ]
        .into_iter()
        .filter_map(|(there, act)| there.then_some(act))
        .collect()
    }

    pub(in crate::journey) fn opens(&self, visit: &Visit) -> bool {
        !self.acts(visit).is_empty()
    }

    pub(in crate::journey) fn visit(&self, visit: &Visit) -> Record {
        Record {
            id: visit.id.clone(),
            text: visit.about.clone(),
            status: Some(visit.protocol.clone()).filter(|protocol| !protocol.is_empty()),
            on: visit.on,
            amount_cents: None,
            detail: Detail::of_visit(visit),
            opens: self.opens(visit).then_some(Opens::Choices),
        }
    }

    pub(in crate::journey) fn choose_visit(&mut self, option: &str, now: Timestamp, commands: &mut Vec<Command>) {
        let Scene::Records(list) = &self.scene else { return };
        let Entries::Visits(visits) = &list.entries else { return };
        let Some(visit) = visits.iter().find(|one| one.id == option) else { return };
        let acts: Vec<_> = self.acts(visit).into_iter().map(|act| named(act, act)).collect();
        if acts.is_empty() {
            return;
        }
        let fields = [of_visit(visit), Field::chosen(Question::VisitAct, acts)];
        self.begin_stage(Filling::stage(Purpose::Visit, fields), now, commands);
    }

    pub(super) fn act_on_visit(&mut self, stage: &Filling, now: Timestamp, commands: &mut Vec<Command>) {
        let Some(visit) = stage.answer(Question::Visit).and_then(|id| self.visit_named(id)) else { return };
        match stage.answer(Question::VisitAct) {
            Some(MOVE) => self.ask(Ask::Look(Look::Slots { visit: visit.id }), now, commands),
            Some(CANCEL) => self.begin_form(Filling::new(Purpose::CancelVisit, vec![of_visit(&visit)])),
            Some(RATE) => self.begin_form(Filling::new(
                Purpose::RateVisit,
                vec![of_visit(&visit), Field::typed(Question::TechnicianMark), Field::typed(Question::SolutionMark)],
            )),
            _ => {}
        }
    }

    pub(super) fn see_what_stands(&mut self, now: Timestamp, commands: &mut Vec<Command>) {
        self.session.errand.taken_in = true;
        self.session.errand.looking_up = Some(Purpose::CancelVisit);
        self.ask(Ask::Look(Look::Visits), now, commands);
    }

    /// The provider has said that it cancelled something. No visit there any more: it is cancelled. A look that told nothing
    /// leaves what was asked for.
    pub(in crate::journey) fn tell_what_stands(&mut self, seen: Option<&Seen>, now: Timestamp) {
        let about = Purpose::CancelVisit;
        let (Some(Seen::Visits(visits)), Some(Wish::CancelVisit { visit })) = (seen, &self.session.errand.wish) else {
            return self.tell(about, Outcome::Requested, None, None, now);
        };
        match visits.iter().find(|one| one.id == *visit && !one.is_over).and_then(|one| one.on) {
            Some(on) => self.tell(about, Outcome::Stands, None, Some(on), now),
            None => self.tell(about, Outcome::Done, None, None, now),
        }
    }

    fn visit_named(&self, id: &str) -> Option<Visit> {
        let Some(Seen::Visits(visits)) = &self.session.errand.seen else { return None };
        visits.iter().find(|one| one.id == id).cloned()
    }

    pub(super) fn slots_form(&self, visit: &str, slots: &[Slot]) -> Option<Filling> {
        let visit = self.visit_named(visit)?;
        let options: Vec<_> = slots
            .iter()
            .map(|slot| (named(&slot.id, ""), Some(Detail::of_time(Some(slot.on), Some(slot.part)))))
            .collect();
        let fields = vec![of_visit(&visit), Field::detailed(Question::Slot, options)];
        (!slots.is_empty()).then(|| Filling::new(Purpose::MoveVisit, fields))
    }
}

fn of_visit(visit: &Visit) -> Field {
    let detail = Detail::of_time(visit.on, visit.part);
    Field::detailed(Question::Visit, vec![(named(&visit.id, &visit.about), Some(detail))])
}
