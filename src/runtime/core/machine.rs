//! What a technician asks of the machine: written down, refused while money is on its way where it would end everything.

use jiff::Timestamp;

use super::Core;
use crate::domain::DeskFact;
use crate::journey::step::PanelNews;
use crate::journey::technician::{Errand, ErrandDone, Level, Told};
use crate::journey::{Attempt, Event};
use crate::runtime::call::Call;

impl Core {
    /// Nothing where the answer comes later.
    pub(super) fn errand(&mut self, attempt: Attempt, by: String, errand: Errand, now: Timestamp) -> Option<Told> {
        let not_now = |news| Some(Told::Errand(Box::new(ErrandDone { news: Some(news), ..ErrandDone::default() })));
        if let Errand::Restart | Errand::PowerOff = errand {
            if self.money_moves() {
                return not_now(PanelNews::HaltRefused);
            }
            if !self.note(DeskFact::HaltAsked { by: by.clone(), restart: errand == Errand::Restart }, now) {
                return not_now(PanelNews::NotRecorded);
            }
        }
        self.service.errands.insert(attempt, (by, errand));
        self.calls.push(Call::Errand { attempt, errand });
        None
    }

    /// Whether an end now would find a customer's money on its way, or a paper in the printer.
    fn money_moves(&self) -> bool {
        self.card_is_open()
            || self.card_desk.is_printing()
            || self.service.pix.is_moving()
            || !self.service.papers.is_empty()
            || self.live.values().any(|live| live.in_flight || live.is_moving(&self.rules))
    }

    pub(super) fn errand_done(&mut self, attempt: Attempt, done: Box<ErrandDone>, now: Timestamp) {
        let Some((by, errand)) = self.service.errands.remove(&attempt) else { return };
        let fact = match errand {
            Errand::Carry => Some(DeskFact::BundleCarried { by, done: done.news == Some(PanelNews::Carried) }),
            Errand::Set(level, _) => {
                let percent = if level == Level::Light { done.light } else { done.sound };
                let set = percent.filter(|_| done.news.is_none());
                set.map(|percent| DeskFact::LevelSet { by, light: level == Level::Light, percent })
            }
            Errand::Look | Errand::Network | Errand::Log | Errand::Restart | Errand::PowerOff => None,
        };
        if let Some(fact) = fact {
            self.note(fact, now);
        }
        self.events.push(Event::Technician { attempt, told: Told::Errand(done) });
    }
}
