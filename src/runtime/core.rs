//! The desk without the world: inputs and the time go in, calls come out, and every fact is durable before the call
//! that follows from it.

mod answers;
mod awaited;
mod by_code;
mod card_desk;
mod clock;
mod codes;
mod devices;
mod discovery;
mod doubts;
mod gauge;
mod greeting;
mod late;
mod ledger;
mod machine;
mod papers;
mod payments;
mod pix_desk;
mod renewal;
mod retry;
mod roll;
mod serving;
mod strays;
mod technician;
mod tickets;
mod turns;
mod upkeep;

use std::collections::BTreeMap;

use jiff::Timestamp;

use self::card_desk::CardDesk;
pub(super) use self::codes::of_known;
pub use self::codes::{CodeLimits, Dice};
use self::discovery::Discovery;
use self::gauge::Gauge;
use self::late::Pace;
pub use self::ledger::{Ledger, NotBegun};
use self::payments::Live;
use self::strays::Strays;
use self::technician::Service;
pub use self::technician::Words;
use self::upkeep::Chores;
pub use self::upkeep::Upkeep;
use super::call::{Answer, Call, Ticket};
use super::rhythm::Rhythm;
use crate::domain::receipt::Beneficiary;
use crate::domain::{PaymentId, Prompt, TaxId, calendar};
use crate::journey::{Attempt, ClosedWhy, Command, Event, Intent, Journey, PrintJob, View};
use crate::payment::{Entry, Fact, Payment, Rules};

/// What is printed at the head of every paper.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Site {
    pub beneficiary: Beneficiary,
    pub totem: String,
    /// One of the ERP's ticket types, for write-offs that are left to a person.
    pub ticket_kind: Option<String>,
    /// The merchant's copy of a card receipt is printed too.
    pub prints_merchant_copy: bool,
}

pub enum Input {
    Intent(Intent),
    Answer(Answer),
    TefSays {
        payment: PaymentId,
        message: String,
        cancellable: bool,
    },
    TefShows {
        payment: PaymentId,
        code: Option<String>,
    },
    TefAsks {
        payment: PaymentId,
        prompt: Prompt,
    },
    Time,
    /// The customer walks away for good.
    Finish,
}

pub struct Core {
    journey: Journey,
    ledger: Box<dyn Ledger>,
    rules: Rules,
    rhythm: Rhythm,
    site: Site,
    live: BTreeMap<PaymentId, Live>,
    last_id: Option<PaymentId>,
    calls: Vec<Call>,
    events: Vec<Event>,
    /// The journal refused a fact: no payment is taken any more.
    broken: bool,
    equipment_at: Timestamp,
    finishing: bool,
    strays: Strays,
    card_desk: CardDesk,
    codes: codes::Codes,
    pace: Pace,
    /// This totem's own, so that a hundred of them do not try again together.
    seed: u64,
    service: Service,
    chores: Chores,
    discovery: Discovery,
    gauge: Gauge,
}

impl Core {
    /// Reads what an earlier run left open, and notes that it was interrupted. With a ledger that cannot be read the
    /// totem is closed from the start.
    #[must_use]
    pub fn open(
        journey: Journey,
        mut ledger: Box<dyn Ledger>,
        rules: Rules,
        rhythm: Rhythm,
        site: Site,
        now: Timestamp,
    ) -> Core {
        let known = ledger.open_payments().and_then(|open| Ok((open, ledger.last_payment_id()?)));
        let (open, last_id, broken) = match known {
            Ok((open, last_id)) => (open, last_id, None),
            Err(why) => (Vec::new(), None, Some(why)),
        };
        let seed = u64::from_str_radix(ledger.keyed_hash("rhythm").get(..16).unwrap_or_default(), 16).unwrap_or(0);
        let mut core = Core {
            pace: Pace::of(&rhythm, now),
            seed,
            journey,
            ledger,
            rules,
            rhythm,
            site,
            live: BTreeMap::new(),
            last_id,
            calls: vec![Call::CheckEquipment],
            events: Vec::new(),
            broken: false,
            equipment_at: now,
            finishing: false,
            strays: Strays::default(),
            card_desk: CardDesk::default(),
            codes: codes::Codes::default(),
            service: Service::default(),
            chores: Chores::new(now),
            discovery: Discovery::due(now),
            gauge: Gauge::default(),
        };
        core.ask_for_strays();
        if let Some(why) = broken {
            core.break_off(&why);
        } else {
            core.remember_service();
            core.believe_the_clock();
            core.remember_reversals();
        }
        for entries in open {
            if let Some(mut live) = Live::from_entries(&entries) {
                live.is_found(now);
                let (id, ended, rests) = (live.payment.id, live.payment.closed, live.payment.rests());
                core.live.insert(id, live);
                // what an older program wrote down after the end
                let news = if ended { Some(Fact::Closed) } else { (!rests).then_some(Fact::Interrupted) };
                core.record(id, news.into_iter().collect(), now);
            }
        }
        core.settle(now);
        core
    }

    fn break_off(&mut self, why: &str) {
        tracing::error!(why, "the journal cannot be used: no payments");
        self.broken = true;
        self.events.push(Event::OutOfService(ClosedWhy::Journal));
    }

    /// Takes an input in. The calls are to be made in their order; their answers come back as inputs.
    pub fn handle(&mut self, input: Input, now: Timestamp) -> Vec<Call> {
        match input {
            Input::Intent(intent) => self.events.push(Event::Customer(intent)),
            Input::Answer(answer) => self.answered(answer, now),
            Input::TefSays { payment, message, cancellable } => {
                self.events.push(Event::TefSays { payment, message, cancellable });
            }
            Input::TefShows { payment, code } => self.events.push(Event::TefShows { payment, code }),
            Input::TefAsks { payment, prompt } => self.events.push(Event::TefAsks { payment, prompt }),
            Input::Time => self.events.push(Event::Time),
            Input::Finish => {
                self.finishing = true;
                self.events.push(Event::Leave);
            }
        }
        self.mind_strays(now);
        self.mind_discovery(now);
        self.settle(now);
        self.mind_pix_tries(now);
        self.keep_the_journal(now);
        self.settle(now);
        self.mind_devices(now);
        std::mem::take(&mut self.calls)
    }

    pub fn take_view(&mut self, now: Timestamp) -> Option<View> {
        self.journey.take_change(now)
    }

    /// Papers that were asked for up to here, and not begun, are nobody's any more.
    #[must_use]
    pub fn gone_to(&self) -> Attempt {
        self.journey.gone_to()
    }

    #[must_use]
    pub fn next_deadline(&self, now: Timestamp) -> Option<Timestamp> {
        let payments = self.live.values().filter_map(|live| live.deadline(&self.rules, &self.rhythm, now));
        let strays = self.strays.deadline(self.journey.is_idle());
        let (pace, upkeep, discovery) = (self.pace.deadline(now), self.upkeep_deadline(), self.discovery.deadline());
        let tries = self.pix_try_deadline(now);
        let desk = [self.devices_deadline(), strays, pace, upkeep, discovery, tries, self.journey.next_deadline(now)];
        payments.chain(desk.into_iter().flatten()).min()
    }

    /// Whether the desk may end: it was asked to, and no money is moving.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        self.finishing
            && !self.card_desk.is_at_work()
            && !self.card_desk.is_printing()
            && self.service.papers.is_empty()
            && self.strays.has_told_all()
            && (self.broken
                || !self.service.pix.is_moving()
                    && self.live.values().all(|live| !live.in_flight && !live.is_moving(&self.rules)))
    }

    /// The wait after a failure, this totem's own.
    fn again_after(&self, tries: u32, payment: PaymentId) -> std::time::Duration {
        self.rhythm.again_after(tries, payment, self.seed)
    }

    /// Runs journey and payments against each other until both wait for the world.
    fn settle(&mut self, now: Timestamp) {
        self.pace.begin_round();
        loop {
            let awake: Vec<PaymentId> =
                self.live.iter().filter(|(_, live)| !live.sleeps(now)).map(|(id, _)| *id).collect();
            for id in awake {
                self.advance(id, now);
            }
            for (_, closed) in self.live.extract_if(.., |_, live| live.payment.closed) {
                self.gauge.closed(&closed.payment);
            }
            if self.events.is_empty() {
                break;
            }
            for event in std::mem::take(&mut self.events) {
                for command in self.journey.handle(event, now) {
                    self.perform(command, now);
                }
            }
        }
        self.mind_codes();
    }

    fn perform(&mut self, command: Command, now: Timestamp) {
        match command {
            Command::FindAccount { attempt, who } => self.calls.push(Call::FindAccount { attempt, who }),
            Command::Prepare { attempt, bills } => self.calls.push(Call::Prepare { attempt, bills }),
            Command::FindByCode { attempt, code } => self.calls.push(Call::FindByCode { attempt, code }),
            Command::MatchBill { attempt, code, bills } => self.calls.push(Call::MatchBill { attempt, code, bills }),
            Command::FindBoleto { attempt, bill } => self.calls.push(Call::FindBoleto { attempt, bill }),
            Command::Doubt { bill } => self.note_doubt(&bill, now),
            Command::SendCode { attempt, to } => self.send_code(attempt, to, now),
            Command::CheckCode { attempt, code } => self.check_code(attempt, &code, now),
            Command::SendBill { attempt, bill, by, to } => self.calls.push(Call::SendBill { attempt, bill, by, to }),
            Command::Serve { attempt, customer, ask } => self.serve(attempt, customer, ask),
            Command::Join { attempt, ask } => self.calls.push(Call::Join { attempt, ask }),
            Command::FindDocument { attempt, what } => self.calls.push(Call::FindDocument { attempt, what }),
            Command::DrawPage { attempt, pdf, view } => self.calls.push(Call::DrawPage { attempt, pdf, view }),
            Command::Print { attempt, job: PrintJob::Page(pdf, page) } => {
                self.calls.push(Call::PrintPage { ticket: Ticket::Asked(attempt), pdf, page });
            }
            Command::Pay { attempt, order } => self.pay(attempt, &order, now),
            Command::FindReceipts { attempt, who } => self.find_receipts(attempt, &who),
            Command::LeaveCode { payment } => self.leave_code(payment, now),
            Command::GiveUpCard { payment } => self.calls.push(Call::GiveUpCard { payment }),
            Command::AnswerPrompt { payment, prompt, value } => {
                self.calls.push(Call::AnswerPrompt { payment, prompt, value });
            }
            Command::CheckPin { attempt, pin } => self.check_pin(attempt, pin),
            Command::Technician { attempt, by, wish } => self.technician_wishes(attempt, by, &wish, now),
            Command::Print { attempt, job } => match self.document(&job, now) {
                Some(document) => {
                    // whoever wants large letters on the screen wants them on the paper
                    let document = if self.journey.is_accessible() { document.enlarged() } else { document };
                    self.calls.push(Call::Print { ticket: Ticket::Asked(attempt), document });
                }
                None => self.events.push(Event::Printed { attempt, done: false }),
            },
        }
    }

    /// A payment, live or from the journal.
    fn payment(&mut self, id: PaymentId) -> Option<Payment> {
        match self.live.get(&id) {
            Some(live) => Some(live.payment.clone()),
            None => Payment::from_entries(&self.ledger.payment(id).ok()?),
        }
    }

    /// Makes facts durable and takes them in. False when the journal refused: nothing may follow from them.
    fn record(&mut self, id: PaymentId, facts: Vec<Fact>, now: Timestamp) -> bool {
        if self.broken || facts.is_empty() {
            return !self.broken;
        }
        let entries: Vec<Entry> = facts.into_iter().map(|fact| Entry { payment: id, at: now, fact }).collect();
        if let Err(why) = self.ledger.append(&entries) {
            self.break_off(&why);
            return false;
        }
        self.tells_of(&entries);
        if let Some(live) = self.live.get_mut(&id) {
            for entry in &entries {
                live.payment.apply(&entry.fact, now);
            }
            live.sleeps_until = None;
            self.events.push(Event::PaymentStands { payment: id, standing: live.payment.standing() });
        }
        true
    }

    fn tells_of(&mut self, durable: &[Entry]) {
        for entry in durable {
            tracing::info!(payment = %entry.payment, fact = entry.fact.name(), "fact");
            self.gauge.fact(entry.fact.name());
        }
    }

    fn hash(&self, who: &TaxId) -> String {
        self.ledger.keyed_hash(who.plain())
    }

    fn local(now: Timestamp) -> jiff::civil::DateTime {
        calendar::sao_paulo(now)
    }
}

#[cfg(test)]
mod begin_tests;
#[cfg(test)]
mod late_tests;
#[cfg(test)]
mod pad;
#[cfg(test)]
mod papers_tests;
#[cfg(test)]
mod pix_tests;
#[cfg(test)]
mod strays_tests;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod upkeep_tests;
