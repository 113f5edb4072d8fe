//! Looks at codes that nobody waits for, at their bank or at the bill in the ERP: money that comes late or twice. They are
//! many and may take their time.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::Core;
use super::answers::pix_seen;
use super::payments::Live;
use super::retry::What;
use crate::domain::calendar::set_back;
use crate::domain::{ConfirmedBy, InvoiceState, PaymentId, PixReceipt};
use crate::erp;
use crate::payment::{Fact, Payment, Stage, Step};
use crate::pix::{self, PixState};
use crate::runtime::Rhythm;

/// A machine that starts with a wrong clock and a network has the right time by then.
const CLOCK_SETTLES: Duration = Duration::from_secs(900);
/// So many payments of one person are looked through for other money for a bill.
const OTHERS: u32 = 100;

/// Keeps the looks apart, so that a thousand charges that wait never ask a bank more often than the site allows.
#[derive(Debug)]
pub struct Pace {
    every: SignedDuration,
    free_at: Timestamp,
    /// A look is due and was put off.
    put_off: bool,
}

impl Pace {
    pub fn of(rhythm: &Rhythm, now: Timestamp) -> Pace {
        let every = SignedDuration::try_from(rhythm.between_looks()).unwrap_or(SignedDuration::MAX);
        Pace { every, free_at: now, put_off: false }
    }

    pub fn clock_set_back(&mut self, by: SignedDuration) {
        set_back([&mut self.free_at], by);
    }

    pub fn begin_round(&mut self) {
        self.put_off = false;
    }

    /// Whether a look that nobody waits for may go out.
    fn is_free(&mut self, now: Timestamp) -> bool {
        let free = self.free_at <= now;
        self.put_off |= !free;
        free
    }

    /// Whether nothing but a look is left to be done, and it is not its turn: there are many of these.
    pub fn puts_off(&mut self, live: &Live, now: Timestamp) -> bool {
        live.payment.rests() && live.payment.watched_code().is_some() && !self.is_free(now)
    }

    fn taken(&mut self, now: Timestamp) {
        self.free_at = self.free_at.max(now).checked_add(self.every).unwrap_or(now);
    }

    pub fn deadline(&self, now: Timestamp) -> Option<Timestamp> {
        (self.put_off && self.free_at > now).then_some(self.free_at)
    }
}

impl Live {
    /// When the ended code is to be looked at next.
    pub fn late_look_at(&self, rhythm: &Rhythm) -> Option<Timestamp> {
        let ended = self.payment.code_ended_at.filter(|_| self.payment.watched_code().is_some())?;
        let after = |wait: &Duration| ended.checked_add(SignedDuration::try_from(*wait).ok()?).ok();
        let last = self.last_late_look(rhythm)?;
        // a charge that was paid takes no second Pix at most banks: one look is enough
        if matches!(self.payment.stage, Stage::PixReceived { .. }) {
            return Some(last);
        }
        let due = |at: &Timestamp| *at < last && self.late_looked_at.is_none_or(|looked| *at > looked);
        let before = rhythm.late.split_last().map(|(_, before)| before).unwrap_or_default();
        before.iter().filter_map(after).find(due).or(Some(last))
    }

    /// When the ended code is looked at for the last time: what comes later, nobody finds. So it does not rest on a clock
    /// that may be ahead until the network has told it what the time is.
    fn last_late_look(&self, rhythm: &Rhythm) -> Option<Timestamp> {
        let wait = rhythm.late.last()?;
        let last = self.payment.code_ended_at?.checked_add(SignedDuration::try_from(*wait).ok()?).ok()?;
        let settles = SignedDuration::try_from(CLOCK_SETTLES.min(*wait)).ok()?;
        let settled = self.found_at.and_then(|found| found.checked_add(settles).ok());
        Some(settled.map_or(last, |settled| settled.max(last)))
    }
}

impl Core {
    /// Whether a step that looks at a bank may go out now, as far as its pace is concerned.
    pub(super) fn may_look(&mut self, id: PaymentId, step: &Step, now: Timestamp) -> bool {
        let Some(live) = self.live.get(&id) else { return false };
        match step {
            Step::WatchLate(_) => live.late_look_at(&self.rhythm).is_none_or(|at| at <= now) && self.pace.is_free(now),
            Step::EndPix(charge) if charge.confirmed_by == ConfirmedBy::Bank && live.retry.tries(&What::Money) > 0 => {
                self.pace.is_free(now)
            }
            _ => true,
        }
    }

    /// Whether a look that nobody waits for may go out now; then it is counted.
    pub(super) fn takes_a_look(&mut self, now: Timestamp) -> bool {
        let free = self.pace.is_free(now);
        if free {
            self.pace.taken(now);
        }
        free
    }

    /// Counts a look that goes out.
    pub(super) fn looked(&mut self, step: &Step, now: Timestamp) {
        let counts = match step {
            Step::WatchLate(_) => true,
            Step::WatchPix(charge) | Step::EndPix(charge) => charge.confirmed_by == ConfirmedBy::Bank,
            _ => false,
        };
        if counts {
            self.pace.taken(now);
        }
    }

    /// What a bank says of a code that has ended, or was paid already.
    pub(super) fn late_looked(&mut self, id: PaymentId, result: Result<PixState, pix::Error>, now: Timestamp) {
        let Some(live) = self.live.get(&id) else { return };
        match result {
            Ok(PixState::Paid { amount, end_to_end, at, others }) => {
                let facts = live.payment.pix_seen(receipts(PixReceipt { end_to_end, amount, at }, others));
                self.late_told(id, facts, now);
            }
            Ok(PixState::Waiting | PixState::Ended) => self.late_told(id, Vec::new(), now),
            Err(error) => self.late_look_failed(id, &error.to_string(), now),
        }
    }

    /// What the ERP says of the bills under a code of its own that was left: all paid is paid with it, unless other money
    /// on this totem may have paid one of them.
    pub(super) fn late_bills_read(
        &mut self,
        id: PaymentId,
        result: Result<Vec<InvoiceState>, erp::Error>,
        now: Timestamp,
    ) {
        let Some(live) = self.live.get(&id) else { return };
        match result {
            Ok(states) => {
                let paid = pix_seen(&live.payment, &states, now).filter(|_| !self.is_paid_otherwise(id));
                self.late_told(id, paid.into_iter().collect(), now);
            }
            Err(error) => self.late_look_failed(id, &error.to_string(), now),
        }
    }

    fn is_paid_otherwise(&mut self, id: PaymentId) -> bool {
        let Some(live) = self.live.get(&id) else { return true };
        let (whose, bills) = (live.payment.payer.tax_id_hash.clone(), live.payment.bills());
        let pays = |other: &Payment| other.id != id && bills.iter().any(|bill| other.may_have_paid(bill));
        let known = self.ledger.payments_of(&whose, OTHERS);
        let known = known.inspect_err(|why| tracing::warn!(why, "the journal does not tell who paid a bill"));
        self.live.values().any(|live| pays(&live.payment))
            || known.map_or(true, |all| all.iter().filter_map(|it| Payment::from_entries(it)).any(|other| pays(&other)))
    }

    /// Takes in what a look brought. The last one ends the waiting.
    fn late_told(&mut self, id: PaymentId, mut facts: Vec<Fact>, now: Timestamp) {
        let Some(live) = self.live.get_mut(&id) else { return };
        let asked_at = live.asked_at.unwrap_or(now);
        let was_last = live.last_late_look(&self.rhythm).is_some_and(|last| asked_at >= last);
        live.late_looked_at = Some(asked_at);
        live.retry.worked(&What::Code);
        if was_last {
            facts.push(Fact::PixForgotten);
        }
        if facts.iter().any(|fact| matches!(fact, Fact::PixPaid { .. })) {
            tracing::warn!(payment = %id, "money came late for a PIX code that had ended");
        }
        self.finish(id, facts, now);
    }

    fn late_look_failed(&mut self, id: PaymentId, why: &str, now: Timestamp) {
        tracing::warn!(payment = %id, why, "the ended PIX charge could not be looked at");
        let tries = self.live.get(&id).map_or(0, |live| live.retry.tries(&What::Code)) + 1;
        let wait = self.again_after(tries, id);
        if let Some(live) = self.live.get_mut(&id) {
            live.retry.failed(What::Code, wait, now);
        }
        self.finish(id, Vec::new(), now);
    }
}

/// All Pix of one charge, the one that pays it first.
pub fn receipts(first: PixReceipt, others: Vec<PixReceipt>) -> Vec<PixReceipt> {
    std::iter::once(first).chain(others).collect()
}
