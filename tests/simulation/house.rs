//! One totem in its house: the real core on a virtual clock, with customers before it and partners behind it.

#[path = "house/calls.rs"]
mod calls;
#[path = "house/power.rs"]
mod power;
#[path = "house/street.rs"]
mod street;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use totem::journal::{Journal, JournalKey};
use totem::journey::{Journey, Settings, Step, View};
use totem::payment::{Rules, WriteOffBy};
use totem::runtime::call::{Answer, Call};
use totem::runtime::core::Input;
use totem::runtime::{Book, Core, Ledger, Rhythm, Site};

use super::customer::Visit;
use super::disk::{Disk, Honesty, InMemory, Log, Shared, SharedLog};
use super::judge::Judge;
use super::luck::{Fate, Luck};
use super::partners::{Table, execute, odds, straggle, timestamp};
use super::world::{Bill, By, Issuer, Person, Settled, World, day_of};

pub const SECOND: i64 = 1_000;
pub const MINUTE: i64 = 60 * SECOND;
pub const HOUR: i64 = 60 * MINUTE;
/// 2026-11-22, ten in the morning in São Paulo.
const BEGIN: i64 = 1_795_352_400_000;

/// What kind of run this is.
#[derive(Debug, Clone)]
pub struct Plan {
    pub table: Table,
    pub customers: u64,
    pub people: u64,
    pub bills: u64,
    /// The one method every customer takes, and no whims.
    pub dutiful: Option<&'static str>,
    /// Directory of a real journal; in memory without.
    pub journal: Option<PathBuf>,
    pub honesty: Honesty,
    /// The second planted bug: a bill is taken for open without being read.
    pub skips_reading: bool,
    /// Accidents beside the calls: power cuts, prices, partners down, bills paid elsewhere.
    pub accidents: bool,
    /// Books are closed and forgotten while the run goes on.
    pub endless: bool,
    /// The site's ERP takes no write-off.
    pub by_hand: bool,
}

#[derive(Debug)]
enum Happening {
    Effect {
        call: Box<Call>,
        fate: Fate,
        epoch: u64,
        begins: i64,
        wait: i64,
    },
    Straggler(Box<Call>),
    Answer {
        answer: Box<Answer>,
        epoch: u64,
    },
    Arrive,
    Act(u64),
    Lonely(u64),
    PaysCode {
        payload: String,
        cents: Option<u64>,
        lax: bool,
    },
    /// A person at the ERP makes the write-offs of a payment.
    Operator(u64),
    ErpHears(String),
    PaidElsewhere(String),
    NewPrice(String),
    Printer(bool),
    Tef(bool),
    Erp(bool),
    PowerCut,
    /// The network tells a clock that was ahead what the time is.
    ClockSetRight,
    /// A technician starts the totem again.
    Repair,
    Start,
}

#[derive(Debug, Clone, Copy, Default)]
pub struct Counts {
    pub customers: u64,
    pub crashes: u64,
    pub late: u64,
    pub twice: u64,
    pub paid: u64,
    pub calls: u64,
}

pub struct House {
    pub plan: Plan,
    pub luck: Luck,
    pub world: World,
    pub judge: Judge,
    pub counts: Counts,
    pub now: i64,
    /// So much is the machine's clock ahead.
    ahead: i64,
    pub trace: Vec<String>,
    core: Option<Core>,
    store: Shared,
    pub log: SharedLog,
    key: Option<JournalKey>,
    queue: BinaryHeap<Reverse<(i64, u64)>>,
    happenings: BTreeMap<u64, Happening>,
    seq: u64,
    epoch: u64,
    died_at: i64,
    tef_free: i64,
    /// Until when the TEF is busy with what it has begun: that goes on without the totem.
    tef_busy: BinaryHeap<(i64, i64)>,
    printer_free: i64,
    view: Option<View>,
    visit: Option<Visit>,
    visits: u64,
    awaited: bool,
    act: u64,
    traces: bool,
    repair_at: Option<i64>,
    /// Payments for which a person at the ERP has been told.
    told: BTreeSet<u64>,
}

impl House {
    pub fn new(plan: Plan, luck: Luck, traces: bool) -> House {
        let mut world = World {
            printer_works: true,
            tef_works: true,
            erp_works: true,
            printer_proves: true,
            erp_sees_doubles: true,
            erp_tells_when: true,
            ..World::default()
        };
        if plan.accidents {
            world.erp_sees_doubles = luck.chance(50);
            world.erp_tells_when = luck.chance(70);
            world.printer_proves = luck.chance(70);
            world.tef_wants_no_confirmation = luck.chance(12);
            world.tef_pending_first = luck.chance(50);
            world.pix = Some(if luck.chance(80) { Issuer::Bank } else { Issuer::Key });
        }
        let key = plan.journal.as_ref().map(|dir| JournalKey::load_or_create(dir).unwrap());
        let mut house = House {
            luck,
            world,
            judge: Judge::default(),
            counts: Counts::default(),
            now: BEGIN,
            ahead: 0,
            trace: Vec::new(),
            core: None,
            store: Shared::default(),
            log: Arc::new(Mutex::new(Log::default())),
            key,
            queue: BinaryHeap::new(),
            happenings: BTreeMap::new(),
            seq: 0,
            epoch: 0,
            died_at: 0,
            tef_free: 0,
            tef_busy: BinaryHeap::new(),
            printer_free: 0,
            view: None,
            visit: None,
            visits: 0,
            awaited: false,
            act: 0,
            traces,
            repair_at: None,
            told: BTreeSet::new(),
            plan,
        };
        house.world.by_hand = house.plan.by_hand || house.plan.accidents && house.luck.chance(15);
        house.store.lock().unwrap_or_else(PoisonError::into_inner).forgets = house.plan.endless;
        for number in 0..house.plan.people {
            house.settle_in(number + 1);
        }
        if house.plan.accidents {
            house.accidents();
        }
        house.at(0, Happening::Start);
        house
    }

    /// A customer with bills; some bills have a code of the ERP's.
    pub fn settle_in(&mut self, number: u64) {
        let count = if self.plan.dutiful.is_some() { self.plan.bills } else { 1 + self.luck.below(self.plan.bills) };
        let today = day_of(self.now);
        let bills: Vec<String> = (0..count).map(|bill| format!("conta{number:06}x{bill}")).collect();
        for id in &bills {
            let own_code = self.plan.accidents && self.luck.chance(30);
            let late = self.luck.between(0, 40);
            let bill = Bill {
                cents: 1_000 + self.luck.below(20_000),
                due_day: today - late,
                settled: Vec::new(),
                code: own_code.then(|| format!("erp-{id}")),
                read_at: i64::MIN / 2,
                read_cents: 0,
                open_at: i64::MIN,
            };
            self.world.bills.insert(id.clone(), bill);
        }
        let birth = (u8::try_from(1 + number % 28).unwrap_or(1), u8::try_from(1 + number % 12).unwrap_or(1));
        let person = Person {
            name: format!("CLIENTE{number:06} DA SILVA"),
            cpf: World::cpf(100_000_000 + number),
            birth,
            bills,
        };
        self.world.people.insert(number, person);
    }

    fn at(&mut self, delay: i64, happening: Happening) {
        self.seq += 1;
        self.happenings.insert(self.seq, happening);
        self.queue.push(Reverse((self.now + delay, self.seq)));
    }

    pub fn note(&mut self, text: impl FnOnce() -> String) {
        if self.traces {
            let line = format!("{:>10.3} s  {}", (self.now - BEGIN) as f64 / 1_000.0, text());
            self.trace.push(line);
        }
    }

    fn log<T>(&self, what: impl FnOnce(&mut Log) -> T) -> T {
        what(&mut self.log.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Runs until all customers were served, everything healed, and a day more went by.
    pub fn run(&mut self) {
        let (bad, good) = if self.plan.dutiful.is_some() { (2 * HOUR, 3 * HOUR) } else { (6 * HOUR, 26 * HOUR) };
        let mut until = BEGIN + bad;
        let mut healing = false;
        for step in 0_u64.. {
            if step > 2_000_000 {
                self.judge.violations.push("the run does not come to rest".into());
                break;
            }
            if !healing && self.now >= until {
                healing = true;
                until = self.now + good;
                self.heal();
            }
            if !self.step(until) {
                if healing {
                    break;
                }
                self.now = until;
            }
            if !self.judge.violations.is_empty() {
                return;
            }
        }
        let durable = self.log(|log| log.durable.clone());
        self.judge.close_the_books(&self.world, &durable);
        let name = self.view.as_ref().map(|view| view.step.name());
        self.judge.expect(name == Some("identify"), || format!("the totem rests at {name:?}"));
    }

    pub fn heal(&mut self) {
        self.note(|| "everything heals".into());
        self.luck.heal();
        self.set_clock_right();
        (self.world.printer_works, self.world.tef_works, self.world.erp_works) = (true, true, true);
    }

    /// The next thing that happens before `until`; false when nothing does.
    pub fn step(&mut self, until: i64) -> bool {
        let next = self.queue.peek().map(|Reverse((at, _))| *at);
        let deadline = self.core.as_ref().and_then(|core| core.next_deadline(self.clock()));
        let deadline = deadline.map(|at| (at.as_millisecond() - self.ahead).max(self.now + 1));
        let Some(at) = next.into_iter().chain(deadline).min() else { return false };
        if at > until {
            return false;
        }
        self.now = self.now.max(at);
        if next == Some(at) {
            if let Some(Reverse((_, seq))) = self.queue.pop()
                && let Some(happening) = self.happenings.remove(&seq)
            {
                self.happen(happening);
            }
        } else {
            self.feed(Input::Time);
        }
        true
    }

    fn happen(&mut self, happening: Happening) {
        match happening {
            Happening::Effect { call, fate, epoch, begins, wait } => self.effect(&call, fate, epoch, begins, wait),
            Happening::Straggler(call) => straggle(&mut self.world, &mut self.judge, &call, self.now),
            Happening::Answer { answer, epoch } if epoch == self.epoch && self.core.is_some() => {
                self.note(|| format!("     <- {}", calls::brief(&answer)));
                self.feed(Input::Answer(*answer));
            }
            Happening::Answer { .. } => {}
            Happening::Arrive => self.arrive(),
            Happening::Act(token) => self.customer_acts(token),
            Happening::Lonely(visits) => {
                if self.visit.is_none() && self.visits == visits && self.core.is_some() {
                    let name = self.view.as_ref().map_or("nothing", |view| view.step.name());
                    self.judge.expect(matches!(name, "identify" | "closed"), || format!("left alone it shows {name}"));
                }
            }
            Happening::Operator(number) => self.operator(number),
            Happening::PaysCode { payload, cents, lax } => {
                let paid = self.world.pay_code(&payload, cents, lax, self.now);
                self.note(|| format!("money for {payload}: {paid}"));
                let issuer = self.world.codes.get(&payload).map(|code| code.issuer);
                if paid && issuer == Some(Issuer::Erp) {
                    let lag = self.luck.between(SECOND, 90 * SECOND);
                    self.at(lag, Happening::ErpHears(payload));
                }
            }
            Happening::ErpHears(payload) => self.world.erp_hears(&payload, self.now),
            Happening::PaidElsewhere(id) => {
                let at = self.now;
                if let Some(bill) = self.world.bills.get_mut(&id)
                    && bill.is_open()
                {
                    bill.settled.push(Settled { by: By::Elsewhere, cents: bill.cents, day: day_of(at), at });
                    self.note(|| format!("{id} is paid elsewhere"));
                }
            }
            Happening::NewPrice(id) => {
                if let Some(bill) = self.world.bills.get_mut(&id) {
                    bill.cents += 137;
                    self.note(|| format!("{id} costs more"));
                }
            }
            Happening::Printer(works) => self.world.printer_works = works || self.luck.is_healed(),
            Happening::Tef(works) => self.world.tef_works = works || self.luck.is_healed(),
            Happening::Erp(works) => self.world.erp_works = works || self.luck.is_healed(),
            Happening::PowerCut => {
                if self.core.is_some() && !self.luck.is_healed() {
                    self.power_cut();
                }
            }
            Happening::ClockSetRight => self.set_clock_right(),
            Happening::Repair => {
                if self.repair_at == Some(self.now) && self.core.is_some() {
                    self.power_cut();
                }
            }
            Happening::Start => self.start(),
        }
    }

    fn nudge(&mut self) {
        if self.visit.is_some() {
            self.act += 1;
            let thinks = match self.plan.dutiful {
                Some(_) => 500,
                None if self.luck.chance(3) => self.luck.between(30 * SECOND, 90 * SECOND),
                None => self.luck.between(300, 5 * SECOND),
            };
            let token = self.act;
            self.at(thinks, Happening::Act(token));
        }
    }

    /// What the machine takes for now.
    fn clock(&self) -> Timestamp {
        timestamp(self.now + self.ahead)
    }

    pub fn days(&self) -> i64 {
        (self.now - BEGIN) / super::world::DAY_MS
    }
}
