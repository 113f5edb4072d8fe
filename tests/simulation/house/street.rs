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
            self.pays(delay, payload, cents);
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

    /// Some pay a bank's code twice, and some long after its end, and their bank lets them.
    fn pays(&mut self, delay: i64, payload: String, cents: Option<u64>) {
        let of_a_bank = self.world.codes.get(&payload).is_some_and(|code| code.issuer == Issuer::Bank);
        let fate = if of_a_bank { self.luck.fate("payer", self.plan.table.payer) } else { Fate::Good };
        let (once, again) = match fate {
            Fate::Twice => (Some(delay), Some(delay + self.luck.between(1, 120 * SECOND))),
            Fate::Late => {
                let longest = if self.plan.dutiful.is_some() { 100 * MINUTE } else { 20 * HOUR };
                (None, Some(self.luck.between(6 * MINUTE, longest)))
            }
            _ => (Some(delay), None),
        };
        if let Some(delay) = once {
            self.at(delay, Happening::PaysCode { payload: payload.clone(), cents, lax: false });
        }
        if let Some(delay) = again {
            self.at(delay, Happening::PaysCode { payload, cents, lax: true });
        }
    }

    /// Where write-offs are made by hand, whoever is called makes them in their own time.
    pub(super) fn tell_operator(&mut self) {
        if !self.world.by_hand {
            return;
        }
        let called: Vec<u64> = self.log(|log| {
            let called = log.durable.iter().filter(|(_, facts)| facts.contains("person_called"));
            called.map(|(number, _)| *number).collect()
        });
        for number in called {
            if self.told.insert(number) {
                let takes = match self.plan.dutiful {
                    Some(_) => 20 * MINUTE,
                    None => self.luck.between(5 * MINUTE, 5 * HOUR),
                };
                self.at(takes, Happening::Operator(number));
            }
        }
    }

    pub(super) fn operator(&mut self, number: u64) {
        let Some(deal) = self.judge.deals.get(&number).cloned() else { return };
        if !self.judge.is_paid(&self.world, number) {
            return;
        }
        for (id, cents) in deal.bills {
            let at = self.now;
            if let Some(bill) = self.world.bills.get_mut(&id)
                && bill.is_open()
            {
                bill.settled.push(Settled { by: By::Operator(number), cents, day: day_of(at), at });
                self.note(|| format!("{id} is written off by hand"));
            }
        }
    }
}
