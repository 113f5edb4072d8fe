//! Who comes in from the street, and what they do at the screen.

use super::*;

impl House {
    /// The next customer comes when the screen is free.
    pub(super) fn invite(&mut self) {
        let free =
            matches!(self.view.as_ref().map(|view| &view.step), Some(Step::Identify(screen)) if screen.length == 0);
        if free && self.visit.is_none() && !self.awaited && self.visits < self.plan.customers {
            self.awaited = true;
            let pause = match self.plan.dutiful {
                Some(_) => SECOND,
                None => self.luck.between(SECOND, 20 * MINUTE),
            };
            self.at(pause, Happening::Arrive);
        }
    }

    pub(super) fn arrive(&mut self) {
        self.awaited = false;
        let free =
            matches!(self.view.as_ref().map(|view| &view.step), Some(Step::Identify(screen)) if screen.length == 0);
        if !free || self.visit.is_some() {
            return self.invite();
        }
        self.visits += 1;
        self.counts.customers += 1;
        let number = if self.plan.endless { self.visits } else { 1 + self.luck.below(self.plan.people) };
        if self.plan.endless {
            self.settle_in(number);
        }
        self.note(|| format!("customer {number} comes"));
        self.visit = Some(Visit::of(number, self.now, self.plan.dutiful));
        self.nudge();
    }

    pub(super) fn customer_acts(&mut self, token: u64) {
        if token != self.act {
            return;
        }
        let (Some(view), Some(mut visit)) = (self.view.clone(), self.visit.take()) else { return };
        let choice = visit.chooses(&view, &self.world, &self.luck, self.now);
        if let Some((delay, payload, cents)) = choice.pays {
            self.at(delay, Happening::PaysCode { payload, cents });
        }
        if view.step.name() == "paid" && !visit.counted {
            visit.counted = true;
            self.counts.paid += 1;
        }
        let number = visit.number;
        if choice.goes {
            self.note(|| format!("customer {number} walks away"));
            let visits = self.visits;
            self.at(40 * MINUTE, Happening::Lonely(visits));
        } else {
            self.visit = Some(visit);
        }
        if let Some(intent) = choice.does {
            if intent.name() == "type" {
                self.judge.served = Some(number);
            }
            self.note(|| format!("customer {number} does {}", intent.name()));
            self.feed(Input::Intent(intent));
        }
        if self.visit.is_some() && token == self.act {
            self.act += 1;
            let token = self.act;
            self.at(15 * SECOND, Happening::Act(token));
        }
        if self.visit.is_none() {
            self.invite();
        }
    }
}
