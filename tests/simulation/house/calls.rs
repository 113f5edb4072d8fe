//! The calls of the core, carried to the partners, and their answers on the way back.

use super::*;

impl House {
    pub fn feed(&mut self, input: Input) {
        let now = self.clock();
        let Some(core) = &mut self.core else { return };
        let calls = core.handle(input, now);
        let lines = self.log(|log| std::mem::take(&mut log.trace));
        for line in lines {
            self.note(|| line);
        }
        if self.log(|log| log.crashed) {
            return self.power_cut();
        }
        let cut = (self.plan.accidents && !calls.is_empty() && !self.luck.is_healed() && self.luck.below(400) == 0)
            .then(|| self.luck.below(u64::try_from(calls.len()).unwrap_or(1) + 1));
        for (place, call) in calls.into_iter().enumerate() {
            if cut.is_some_and(|cut| u64::try_from(place).unwrap_or(0) >= cut) {
                return self.power_cut();
            }
            self.perform(call);
        }
        if let Some(view) = self.core.as_mut().and_then(|core| core.take_view(now)) {
            self.note(|| format!("[{}] {}", view.step.name(), super::super::customer::seen(&view)));
            self.judge.look(&self.world, &view);
            self.view = Some(view);
            self.nudge();
            self.invite();
        }
        self.tell_operator();
        if self.log(|log| log.refused) && self.repair_at.is_none() {
            let name = self.view.as_ref().map(|view| view.step.name());
            self.judge.expect(name == Some("closed"), || format!("the journal refuses, and the totem shows {name:?}"));
            let repair = self.luck.between(MINUTE, 40 * MINUTE);
            self.repair_at = Some(self.now + repair);
            self.at(repair, Happening::Repair);
        }
    }

    pub(super) fn perform(&mut self, call: Call) {
        self.counts.calls += 1;
        let durable = self.log(|log| log.durable.clone());
        let refused = self.log(|log| log.refused);
        self.judge.leaving(&self.world, &durable, refused, &call, self.now);
        let Some((point, odds)) = odds(&self.plan.table, &call) else {
            execute(&mut self.world, &mut self.judge, &call, Fate::Good, self.now);
            return;
        };
        let fate = self.luck.fate(point, odds);
        self.note(|| format!("     -> {point} [{fate:?}]"));
        let (from, to) = match &call {
            Call::Sell { .. } => (4 * SECOND, 40 * SECOND),
            Call::Print { .. } => (2 * SECOND, 6 * SECOND),
            _ => (200, 2_500),
        };
        let takes = self.luck.between(from, to);
        let wait = match fate {
            Fate::Late => {
                self.luck.between(20 * SECOND, if matches!(call, Call::Sell { .. }) { 240 } else { 90 } * SECOND)
            }
            _ => 0,
        };
        self.counts.late += u64::from(fate == Fate::Late);
        self.counts.twice += u64::from(fate == Fate::Twice);
        let begins = match &call {
            Call::Sell { .. } | Call::Pending { .. } | Call::Finalize { .. } => {
                let begins = self.now.max(self.tef_free);
                self.tef_free = begins + takes + wait;
                self.tef_busy.push((begins, begins + takes));
                if self.tef_busy.len() > 8 {
                    let now = self.now;
                    self.tef_busy.retain(|(_, ends)| *ends > now);
                }
                begins
            }
            Call::Print { .. } => {
                let begins = self.now.max(self.printer_free);
                self.printer_free = begins + takes + wait;
                begins
            }
            _ => self.now,
        };
        let delay = begins + takes - self.now;
        self.at(delay, Happening::Effect { call: Box::new(call), fate, epoch: self.epoch, begins, wait });
    }

    pub(super) fn effect(&mut self, call: &Call, fate: Fate, epoch: u64, begins: i64, wait: i64) {
        if epoch != self.epoch && begins >= self.died_at {
            return;
        }
        if fate == Fate::Straggles {
            let after = match call {
                Call::Sell { .. } => self.luck.between(SECOND, 20 * MINUTE),
                _ if self.world.erp_sees_doubles => self.luck.between(SECOND, 60 * SECOND),
                _ => SECOND,
            };
            self.at(after, Happening::Straggler(Box::new(call.clone())));
        }
        let answer = if self.plan.skips_reading && self.after_a_write_off(call) {
            self.taken_for_open(call)
        } else {
            execute(&mut self.world, &mut self.judge, call, fate, self.now)
        };
        let Some(answer) = answer else { return };
        if fate == Fate::Twice {
            let again = self.luck.between(1, 30 * SECOND);
            self.at(wait + again, Happening::Answer { answer: Box::new(answer.clone()), epoch });
        }
        self.at(wait, Happening::Answer { answer: Box::new(answer), epoch });
    }

    pub(super) fn after_a_write_off(&self, call: &Call) -> bool {
        let Call::ReadBills { payment, .. } = call else { return false };
        self.log(|log| log.durable.get(&payment.0).is_some_and(|facts| facts.contains("write_off_sent")))
    }

    pub(super) fn taken_for_open(&mut self, call: &Call) -> Option<Answer> {
        let Call::ReadBills { payment, bills } = call else { return None };
        let mut world = self.world.clone();
        for bill in bills {
            if let Some(bill) = world.bills.get_mut(&bill.invoice.0) {
                bill.settled.clear();
            }
        }
        let call = Call::ReadBills { payment: *payment, bills: bills.clone() };
        execute(&mut world, &mut Judge::default(), &call, Fate::Good, self.now)
    }
}

pub(super) fn brief(answer: &Answer) -> String {
    let text: String = format!("{answer:?}").chars().take(160).collect();
    text.replace('\n', " ")
}
