//! The judge: compares what the totem did and showed with the books of the others.

use std::collections::{BTreeMap, BTreeSet};

use totem::domain::BillRef;
use totem::journey::{Step, View};
use totem::runtime::call::Call;

use super::partners::day_of_money;
use super::world::{By, Issuer, State, World};

/// Bills are read again this long before money is asked for, at most.
const FRESH_MS: i64 = 60_000;

/// What the customer agreed to.
#[derive(Debug, Clone)]
pub struct Deal {
    pub person: Option<u64>,
    pub bills: Vec<(String, u64)>,
    pub cents: u64,
    pub card: bool,
}

#[derive(Debug, Default)]
pub struct Judge {
    pub violations: Vec<String>,
    /// How many times something was compared.
    pub judged: u64,
    pub deals: BTreeMap<u64, Deal>,
    /// Bills settled by somebody else while a write-off of ours was unanswered: from outside it cannot be told whose.
    pub ambiguous: u64,
    prepared: Vec<String>,
    paper: bool,
    lines: BTreeMap<String, u64>,
    total: Option<u64>,
    codes_seen: BTreeSet<String>,
    pub served: Option<u64>,
    tickets: BTreeSet<u64>,
}

pub type Durable = BTreeMap<u64, BTreeSet<&'static str>>;

fn has(durable: &Durable, number: u64, name: &str) -> bool {
    durable.get(&number).is_some_and(|names| names.contains(name))
}

/// `261122-0001` as a number.
fn number_of(protocol: &str) -> Option<u64> {
    protocol.replace('-', "").parse().ok()
}

impl Judge {
    pub fn expect(&mut self, holds: bool, otherwise: impl FnOnce() -> String) {
        self.judged += 1;
        if !holds {
            self.violations.push(otherwise());
        }
    }

    pub fn prepared(&mut self, bills: &[BillRef], paper: bool) {
        self.prepared = bills.iter().map(|bill| bill.invoice.0.clone()).collect();
        self.paper = paper;
    }

    /// A call is about to leave the totem.
    pub fn leaving(&mut self, world: &World, durable: &Durable, refused: bool, call: &Call, at: i64) {
        match call {
            Call::Sell { payment, order, .. } => {
                let number = payment.0;
                self.expect(has(durable, number, "card_started"), || format!("{number} sold before it was durable"));
                let paper = self.paper;
                self.expect(paper, || format!("{number} sold without paper"));
                let known = self.deals.contains_key(&number);
                if !known {
                    let bills = self.prepared.clone();
                    self.agreed(world, number, &bills, order.amount.cents(), true, at);
                }
                self.expect(!refused, || format!("{number} sold although the journal refuses"));
            }
            Call::ChargePix { payment, bills, order } => {
                let number = payment.0;
                self.expect(has(durable, number, "pix_started"), || {
                    format!("{number} has a code before it is durable")
                });
                let bills: Vec<String> = bills.iter().map(|bill| bill.invoice.0.clone()).collect();
                self.agreed(world, number, &bills, order.amount.cents(), false, at);
                self.expect(!refused, || format!("{number} has a code although the journal refuses"));
            }
            Call::WriteOff { payment, .. } => {
                let number = payment.0;
                self.expect(has(durable, number, "write_off_sent"), || format!("{number} written off unannounced"));
            }
            Call::OpenTicket { payment, .. } => {
                let number = payment.0;
                self.expect(has(durable, number, "ticket_started"), || format!("{number} has a ticket unannounced"));
                self.expect(has(durable, number, "person_called"), || format!("{number}: a ticket, and nobody called"));
            }
            Call::Finalize { payment: Some(payment), .. } => {
                let number = payment.0;
                self.expect(has(durable, number, "decided"), || format!("{number} finalized before it was decided"));
            }
            _ => {}
        }
    }

    fn agreed(&mut self, world: &World, number: u64, bills: &[String], cents: u64, card: bool, at: i64) {
        let shown = self.total;
        self.expect(shown == Some(cents), || format!("{number} asks {cents}, the screen showed {shown:?}"));
        let lines: Vec<(String, u64)> =
            bills.iter().map(|bill| (bill.clone(), self.lines.get(bill).copied().unwrap_or(0))).collect();
        let sum: u64 = lines.iter().map(|(_, cents)| cents).sum();
        self.expect(sum == cents, || format!("{number} asks {cents} for bills shown as {lines:?}"));
        for (bill, _) in &lines {
            let read = world.bills.get(bill).map_or(i64::MIN / 2, |bill| bill.read_at);
            self.expect(at - read <= FRESH_MS, || format!("{number}: {bill} was read {} ms ago", at - read));
        }
        self.deals.insert(number, Deal { person: self.served, bills: lines, cents, card });
    }

    /// No other money may be on its way, or kept unsettled, for these bills.
    fn alone(&mut self, world: &World, number: u64, at: i64) {
        let Some(deal) = self.deals.get(&number).cloned() else { return };
        let mine: BTreeSet<&String> = deal.bills.iter().map(|(bill, _)| bill).collect();
        let others: Vec<u64> = self
            .deals
            .iter()
            .filter(|(other, deal)| **other != number && deal.bills.iter().any(|(bill, _)| mine.contains(bill)))
            .map(|(other, _)| *other)
            .collect();
        for other in others {
            let waiting = world.sales_of(other).any(|(_, sale)| sale.state == State::Waiting && !sale.straggled);
            let payable = world.codes.iter().any(|(payload, code)| {
                code.number == other
                    && code.issuer == Issuer::Bank
                    && !code.taken_back
                    && code.money.is_empty()
                    && at < code.expires_at
                    && self.codes_seen.contains(payload)
            });
            // a code of the ERP's own can be paid at any time, from anywhere: that is found out at the write-off
            let by_erp = world.codes_of(other).any(|code| code.issuer == Issuer::Erp);
            let owed = !by_erp
                && self.kept_in_time(world, other) > 0
                && self.deals.get(&other).is_some_and(|deal| {
                    deal.bills.iter().any(|(bill, _)| {
                        mine.contains(bill) && world.bills.get(bill).is_some_and(super::world::Bill::is_open)
                    })
                });
            self.expect(!(waiting || payable || owed), || {
                format!("{number} is charged while {other} is waiting={waiting} payable={payable} owed={owed}")
            });
        }
    }

    pub fn sold(&mut self, world: &World, number: u64, straggled: bool, at: i64) {
        let known = self.deals.contains_key(&number);
        self.expect(known, || format!("{number} sold, and nobody agreed to it"));
        // nobody can know of a sale that is made after its asker gave up
        if !straggled {
            self.alone(world, number, at);
        }
        let count = world.sales_of(number).count();
        self.expect(count == 1, || format!("{number} sold {count} times"));
    }

    pub fn code_made(&mut self, world: &World, number: u64, _bills: &[BillRef], _cents: u64, at: i64) {
        self.alone(world, number, at);
    }

    /// Cents of this payment's money that we or the ERP's bank hold.
    fn kept(&self, world: &World, number: u64) -> u64 {
        let card: u64 =
            world.sales_of(number).filter(|(_, sale)| sale.state == State::Kept).map(|(_, sale)| sale.cents).sum();
        let pix: u64 = world.codes_of(number).flat_map(|code| &code.money).map(|money| money.cents).sum();
        card + pix
    }

    /// The same, less what nobody could expect: sales and Pix that came after their end.
    fn kept_in_time(&self, world: &World, number: u64) -> u64 {
        let sales = world.sales_of(number).filter(|(_, sale)| sale.state == State::Kept && !sale.straggled);
        let card: u64 = sales.map(|(_, sale)| sale.cents).sum();
        let money = world.codes_of(number).flat_map(|code| &code.money).filter(|money| !money.beyond);
        card + money.map(|money| money.cents).sum::<u64>()
    }

    /// Whether the amount that was agreed to is there, whatever else came.
    pub fn is_paid(&self, world: &World, number: u64) -> bool {
        let due = self.deals.get(&number).map_or(0, |deal| deal.cents);
        world.sales_of(number).any(|(_, sale)| sale.state == State::Kept && sale.cents == due)
            || world.codes_of(number).flat_map(|code| &code.money).any(|money| money.cents == due)
    }

    /// The ERP opens a ticket.
    pub fn ticket(&mut self, number: u64) {
        let first = self.tickets.insert(number);
        self.expect(first, || format!("{number} has a second ticket"));
    }

    /// The ERP executes a write-off of ours.
    pub fn written_off(&mut self, world: &World, number: u64, bill: &str, cents: u64, day: i64) {
        let agreed = self.deals.get(&number).and_then(|deal| deal.bills.iter().find(|(id, _)| id == bill)).cloned();
        self.expect(agreed.as_ref().is_some_and(|(_, agreed)| *agreed == cents), || {
            format!("{number} writes {cents} off for {bill}, agreed was {agreed:?}")
        });
        let (kept, due) = (self.kept(world, number), self.deals.get(&number).map_or(0, |deal| deal.cents));
        let paid = self.is_paid(world, number);
        self.expect(paid, || format!("{number} writes off with {kept} kept of {due}"));
        self.expect(!world.by_hand, || format!("{number} writes off what a person is to write off"));
        let by_erp = world.codes_of(number).any(|code| code.issuer != Issuer::Bank);
        self.expect(!by_erp, || format!("{number} writes off what the ERP's bank settles"));
        let money = day_of_money(world, number);
        self.expect(money == Some(day), || format!("{number} is written off on {day}, paid on {money:?}"));
        let doubled = world.bills.get(bill).is_some_and(|bill| !bill.by_totem().is_empty()) && !world.erp_sees_doubles;
        self.expect(!doubled, || format!("{bill} is written off twice"));
    }

    /// What a customer reads.
    pub fn look(&mut self, world: &World, view: &View) {
        self.privacy(view);
        self.screen(world, &view.step);
    }

    fn screen(&mut self, world: &World, step: &Step) {
        match step {
            Step::Invoices(screen) => {
                for line in &screen.invoices {
                    self.lines.insert(line.id.0.clone(), line.amount_cents.map_or(0, totem::domain::Money::cents));
                }
                self.total = Some(screen.total_cents.cents());
            }
            Step::Method(screen) => self.total = Some(screen.amount_cents.cents()),
            Step::Instalments(screen) => self.total = Some(screen.amount_cents.cents()),
            Step::Pix(screen) => {
                self.codes_seen.insert(screen.payload.clone());
            }
            Step::Paid(screen) => {
                let Some(number) = number_of(&screen.protocol) else { return };
                let erp = world.codes_of(number).any(|code| code.issuer != Issuer::Bank);
                let deal = self.deals.get(&number).cloned();
                let due = deal.as_ref().map_or(0, |deal| deal.cents);
                let (kept, bills) = (self.kept(world, number), deal.map(|deal| deal.bills).unwrap_or_default());
                let settled = bills.iter().all(|(bill, _)| world.bills.get(bill).is_some_and(|bill| !bill.is_open()));
                let paid = self.is_paid(world, number);
                self.expect(paid || erp && settled, || {
                    format!("{number} is shown as paid, and {kept} of {due} are kept")
                });
                let says = serde_json::to_value(screen.write_off).unwrap();
                self.expect(says != "settled" || settled, || format!("{number} is shown as settled, and is not"));
                let owed = if world.by_hand { "by_hand" } else { "owed" };
                let may = [owed, "settled", "by_erp"].contains(&says.as_str().unwrap_or_default());
                self.expect(may, || format!("{number} is shown as {says}, by hand: {}", world.by_hand));
            }
            Step::Undone(screen) => {
                let Some(number) = number_of(&screen.protocol) else { return };
                let kept = self.kept(world, number);
                self.expect(kept == 0, || format!("{number} is shown as undone, and {kept} are kept"));
                let waits = world.sales_of(number).any(|(_, sale)| sale.state == State::Waiting);
                let acknowledged = screen.acknowledged;
                self.expect(!(acknowledged && waits), || format!("{number} is shown as undone for good, and waits"));
            }
            Step::Trouble(screen) => {
                let Some(number) = screen.protocol.as_deref().and_then(number_of) else { return };
                let moved = world.sales_of(number).any(|(_, sale)| sale.state != State::GivenBack && !sale.straggled)
                    // the ERP's one code for a bill may have been paid for an earlier payment
                    || world.codes_of(number).any(|code| {
                        code.money.iter().any(|money| !money.beyond && money.at >= code.given_at)
                    });
                let code = screen.code.code();
                self.expect(!moved, || format!("{number} is shown as not charged ({code}), and money moved"));
            }
            Step::StillThere(screen) => self.screen(world, &screen.below),
            _ => {}
        }
    }

    /// Nothing of another customer: names and bills have numbers, protocols have owners.
    fn privacy(&mut self, view: &View) {
        let served = self.served;
        let text = serde_json::to_string(view).unwrap().to_lowercase();
        for mark in ["cliente", "conta"] {
            for (at, _) in text.match_indices(mark) {
                let digits: String = text[at + mark.len()..].chars().take_while(char::is_ascii_digit).take(6).collect();
                if digits.len() == 6 {
                    let owner: Option<u64> = digits.parse().ok();
                    self.expect(owner == served, || format!("{owner:?} is seen while {served:?} is served"));
                }
            }
        }
        for (at, mark) in text.match_indices("\"protocol\":\"") {
            let protocol: String = text[at + mark.len()..].chars().take_while(|letter| *letter != '"').collect();
            let owner = number_of(&protocol).and_then(|number| self.deals.get(&number)).and_then(|deal| deal.person);
            self.expect(owner.is_none() || owner == served, || {
                format!("payment {protocol} of {owner:?} is seen while {served:?} is served")
            });
        }
        if let Step::Identify(screen) = &view.step
            && screen.length == 0
        {
            self.served = None;
        }
    }

    /// After everything healed and had its time: the whole account of every payment.
    pub fn close_the_books(&mut self, world: &World, durable: &Durable) {
        for (number, deal) in self.deals.clone() {
            self.account_for(world, durable, number, &deal);
        }
        for sale in world.sales.values() {
            let known = self.deals.contains_key(&sale.coupon);
            self.expect(known, || format!("a sale with coupon {} belongs to nobody", sale.coupon));
        }
        for (id, bill) in &world.bills {
            let ours = bill.by_totem();
            self.expect(ours.len() <= 1, || format!("{id} was written off by {ours:?}"));
        }
        for number in durable.keys() {
            let rests = has(durable, *number, "closed") || has(durable, *number, "person_called");
            let facts = durable.get(number).cloned().unwrap_or_default();
            self.expect(rests, || format!("{number} never comes to an end: {facts:?}"));
        }
    }

    fn account_for(&mut self, world: &World, durable: &Durable, number: u64, deal: &Deal) {
        let waits = world.sales_of(number).any(|(_, sale)| sale.state == State::Waiting);
        self.expect(!waits, || format!("{number} still waits at the TEF"));
        let kept = self.kept(world, number);
        let listed = has(durable, number, "person_called");
        let issuer = if deal.card { None } else { world.codes_of(number).map(|code| code.issuer).next() };
        let paid_in = |issuer: Option<Issuer>| issuer == Some(Issuer::Erp);
        for (id, _) in &deal.bills {
            let Some(bill) = world.bills.get(id) else { continue };
            let by_operator = bill.settled.iter().any(|settled| settled.by == By::Operator(number));
            let ours = bill.by_totem().iter().filter(|by| **by == number).count();
            self.expect(ours == 0 || !world.by_hand, || format!("{number} wrote {id} off itself"));
            let ours = ours + usize::from(by_operator);
            if kept == 0 {
                self.expect(ours == 0, || format!("{number} wrote {id} off without money"));
                continue;
            }
            if paid_in(issuer) {
                self.expect(ours == 0 && !bill.is_open(), || format!("{number}: {id} was paid to the ERP's bank"));
                continue;
            }
            let sent = has(durable, number, "write_off_sent");
            let crossed = bill
                .settled
                .iter()
                .any(|settled| matches!(settled.by, By::Elsewhere | By::ErpBank) && sent && settled.at >= bill.open_at);
            // nobody but the account's owner sees what came on a key
            let crossed = crossed || issuer == Some(Issuer::Key) && !bill.is_open();
            if ours != 1 && !listed && crossed {
                self.ambiguous += 1;
                continue;
            }
            self.expect(ours == 1 || listed, || {
                format!("{number} keeps {kept} for {id}: written off {ours} times, on no list ({:?})", bill.settled)
            });
        }
        if kept > 0 && kept != deal.cents && !paid_in(issuer) {
            self.expect(listed, || format!("{number} holds {kept} instead of {}, on no list", deal.cents));
        }
    }

    /// Forgets what has come to its end, for runs without one.
    pub fn forget(&mut self, numbers: &BTreeSet<u64>) {
        self.deals.retain(|number, _| !numbers.contains(number));
        self.tickets.retain(|number| !numbers.contains(number));
    }

    pub fn forget_screens(&mut self) {
        self.lines.clear();
        self.codes_seen.clear();
    }

    /// Judges one payment that came to its end.
    pub fn account(&mut self, world: &World, durable: &Durable, number: u64) {
        if let Some(deal) = self.deals.get(&number).cloned() {
            self.account_for(world, durable, number, &deal);
        }
    }
}
