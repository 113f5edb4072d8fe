//! Starting, accidents, losing power, and what is cleared away at the end.

use super::*;

impl House {
    pub(super) fn ledger(&self) -> Box<dyn Ledger> {
        let inner: Box<dyn Ledger> = match (&self.plan.journal, &self.key) {
            (Some(dir), Some(key)) => {
                let journal = Journal::open(&dir.join("journal.db"), key).unwrap();
                Box::new(Book::open(journal, key.clone(), std::sync::Arc::default()))
            }
            _ => Box::new(InMemory(Arc::clone(&self.store))),
        };
        Box::new(Disk {
            inner,
            luck: self.luck.clone(),
            log: Arc::clone(&self.log),
            odds: self.plan.table.disk,
            honesty: self.plan.honesty,
            held: Vec::new(),
        })
    }

    pub(super) fn start(&mut self) {
        if self.core.is_some() {
            return;
        }
        self.log(|log| (log.crashed, log.refused) = (false, false));
        self.note(|| "the totem starts".into());
        self.begin_the_clock();
        let now = self.clock();
        let settings = Settings { max_instalments: 3, ..Settings::default() };
        let offered = totem::journey::Offered { pix_single_bill: false, ..settings.offered };
        let journey = Journey::new(Settings { offered, ..settings }, now);
        let mut rhythm = Rhythm { equipment: std::time::Duration::from_secs(600), ..Rhythm::default() };
        if self.plan.dutiful.is_some() {
            rhythm.late = [60, 300, 1_800, 7_200].map(std::time::Duration::from_secs).to_vec();
        }
        let write_off = if self.world.by_hand { WriteOffBy::ByHand } else { WriteOffBy::Api };
        let rules = Rules { write_off, ..Rules::default() };
        let core = Core::open(journey, self.ledger(), rules, rhythm, Site::default(), now);
        self.core = Some(core);
        self.judge.served = None;
        self.feed(Input::Time);
    }

    /// Without a battery and a network a clock begins anywhere. Not three days ahead: by then a bank that has said nothing counts
    /// as one that cannot be asked.
    fn begin_the_clock(&mut self) {
        if !self.plan.accidents || self.luck.is_healed() || !self.luck.chance(15) {
            return;
        }
        self.ahead = self.luck.between(HOUR, 60 * HOUR);
        self.note(|| "the clock is ahead".into());
        let wrong_for = self.luck.between(5 * SECOND, 10 * MINUTE);
        self.at(wrong_for, Happening::ClockSetRight);
    }

    pub(super) fn set_clock_right(&mut self) {
        let by = SignedDuration::from_millis(std::mem::take(&mut self.ahead));
        let now = self.clock();
        if let Some(core) = self.core.as_mut().filter(|_| !by.is_zero()) {
            core.clock_set_back(by, now);
            self.note(|| "the clock is set right".into());
            self.feed(Input::Time);
        }
    }

    pub(super) fn accidents(&mut self) {
        let span = HOUR * 3;
        for _ in 0..self.luck.below(4) {
            let when = self.luck.between(0, span);
            self.at(when, Happening::PowerCut);
        }
        let bills: Vec<String> = self.world.bills.keys().cloned().collect();
        for bill in bills {
            if self.luck.chance(8) {
                let when = self.luck.between(0, span);
                self.at(when, Happening::PaidElsewhere(bill.clone()));
            }
            if self.luck.chance(15) {
                let when = self.luck.between(0, span);
                self.at(when, Happening::NewPrice(bill));
            }
        }
        for what in [Happening::Printer as fn(bool) -> Happening, Happening::Tef, Happening::Erp] {
            if self.luck.chance(40) {
                let when = self.luck.between(0, span);
                let lasts = self.luck.between(MINUTE, 20 * MINUTE);
                self.at(when, what(false));
                self.at(when + lasts, what(true));
            }
        }
    }

    /// Power fails: what was begun outside goes on without the totem.
    pub(super) fn power_cut(&mut self) {
        self.note(|| "POWER FAILS".into());
        self.counts.crashes += 1;
        self.core = None;
        self.view = None;
        self.repair_at = None;
        self.epoch += 1;
        self.died_at = self.now;
        let busy = self.tef_busy.drain().filter(|(begins, _)| *begins < self.died_at).map(|(_, ends)| ends).max();
        self.tef_free = busy.unwrap_or(self.now).max(self.now);
        self.printer_free = self.now;
        if self.luck.chance(50) {
            self.visit = None;
        }
        let dark = self.luck.between(5 * SECOND, 90 * SECOND);
        self.at(dark, Happening::Start);
    }

    /// Closes the books of what has come to its end, and puts them away.
    pub fn clear_away(&mut self) {
        if self.world.people.len() < 200 {
            return;
        }
        let durable = self.log(|log| log.durable.clone());
        let rests = |number: &u64| {
            durable.get(number).is_some_and(|facts| facts.contains("closed") || facts.contains("person_called"))
        };
        let over: BTreeSet<u64> = self.judge.deals.keys().copied().filter(rests).collect();
        for number in &over {
            self.judge.account(&self.world, &durable, *number);
        }
        self.log(|log| log.durable.retain(|number, facts| !over.contains(number) && !facts.contains("closed")));
        self.judge.forget(&over);
        let keep = self.visits.saturating_sub(50);
        let served: BTreeSet<String> =
            self.judge.deals.values().flat_map(|deal| deal.bills.iter().map(|(bill, _)| bill.clone())).collect();
        self.world.people.retain(|number, _| *number > keep);
        let kept: BTreeSet<String> =
            self.world.people.values().flat_map(|person| person.bills.iter().cloned()).collect();
        self.world.bills.retain(|id, _| kept.contains(id) || served.contains(id));
        self.world.sales.retain(|_, sale| !over.contains(&sale.coupon));
        self.world.codes.retain(|_, code| !over.contains(&code.number));
        self.world.given_up.clear();
        self.judge.forget_screens();
        if let Some(id) = &self.view {
            let view = id.clone();
            self.judge.look(&self.world, &view);
        }
    }
}
