//! Transactions at the TEF that belong to no open payment: what the journal says of them is done, and nothing where the
//! journal cannot say.

use jiff::civil::{Time, time};
use jiff::{SignedDuration, Timestamp};

use super::Core;
use super::payments::Live;
use crate::domain::calendar::set_back;
use crate::domain::{CardSale, PaymentId, calendar};
use crate::payment::{Decision, Fact, Method, Payment, Refusal, Reversal, Stage, UndoReason};
use crate::runtime::call::Call;
use crate::tef;

/// How often a sale is begun again after an older transaction stood in its way.
const RESTARTS: u32 = 2;
/// How many payments back an older transaction is looked for.
pub(super) const LOOK_BACK: u32 = 100;
/// A TEF that takes longer to tell what waits refuses the sale: the bills were read too long ago by then.
const PATIENCE: SignedDuration = SignedDuration::from_secs(15);
/// Local. Acquirers take what still waits at half past eleven as they please.
const EVENING: Time = time(23, 20, 0, 0);

/// What is known of transactions that may wait at the TEF.
#[derive(Debug, Default)]
pub struct Strays {
    /// A question or an end is on its way to the TEF.
    asking: u32,
    /// The TEF said what waits, and acknowledged the end of each.
    known: bool,
    tries: u32,
    again_at: Option<Timestamp>,
    evening_at: Option<Timestamp>,
    /// Their ends are on their way to the TEF.
    ending: Vec<CardSale>,
}

impl Strays {
    /// Until the TEF has told what waits from before, no sale is begun.
    pub fn are_unknown(&self) -> bool {
        !self.known
    }

    /// Whether nothing waits, and nothing is on its way.
    pub fn are_clear(&self) -> bool {
        self.known && self.asking == 0
    }

    /// Whether no end is on its way.
    pub fn has_told_all(&self) -> bool {
        self.ending.is_empty()
    }

    pub fn clock_set_back(&mut self, by: SignedDuration, now: Timestamp) {
        set_back(&mut self.again_at, by);
        self.evening_at = self.evening_at.and_then(|_| evening_after(now));
    }

    /// When the TEF is to be asked again: at once where something is unknown, else while nobody is served; and in the
    /// evening whatever happens.
    pub fn deadline(&self, idle: bool) -> Option<Timestamp> {
        let again = self.again_at.filter(|_| idle || !self.known);
        again.into_iter().chain(self.evening_at).min().filter(|_| self.asking == 0)
    }
}

impl Core {
    pub(super) fn ask_for_strays(&mut self) {
        self.strays.asking += 1;
        self.strays.again_at = None;
        self.calls.push(Call::Pending { payment: None });
    }

    /// The TEF is asked again when its time has come.
    pub(super) fn mind_strays(&mut self, now: Timestamp) {
        if self.strays.deadline(self.journey.is_idle()).is_some_and(|at| at <= now) {
            if self.strays.evening_at.is_some_and(|at| at <= now) {
                self.strays.evening_at = evening_after(now);
            }
            self.ask_for_strays();
        }
    }

    /// Whether the TEF has told, since this sale was chosen, that nothing waits from before. One that does not tell
    /// refuses the sale.
    pub(super) fn is_cleared(&mut self, id: PaymentId, now: Timestamp) -> bool {
        let Some(live) = self.live.get_mut(&id) else { return false };
        if !std::mem::replace(&mut live.cleared, true) && self.strays.asking == 0 {
            self.ask_for_strays();
        }
        if self.strays.asking > 0 {
            return false;
        }
        let soon = self.live.get(&id).is_some_and(|live| now.duration_since(live.payment.opened_at) <= PATIENCE);
        let clear = soon && !self.strays.are_unknown() && !self.card_is_open();
        if !clear {
            self.record(id, vec![Fact::CardRefused { message: String::new(), why: Refusal::NotStarted }], now);
        }
        clear
    }

    /// A sale that the TEF did not know when it was asked, of a payment that so ended as not charged: the payment is
    /// taken up again, and undone, or kept and written off like money that came late.
    fn take_up_again(&mut self, sale: &CardSale, now: Timestamp) -> bool {
        let id = PaymentId(sale.coupon);
        let Ok(entries) = self.ledger.payment(id) else { return false };
        let Some(live) = Live::from_entries(&entries) else { return false };
        let ended = matches!(live.payment.stage, Stage::NotCharged { .. });
        if !ended || !matches!(live.payment.method, Method::Card { .. }) {
            return false;
        }
        tracing::warn!(payment = %id, nsu = sale.nsu, "the TEF tells of a sale that had not been found");
        self.live.insert(id, live);
        if self.record(id, vec![Fact::CardFound { sale: Box::new(sale.clone()) }], now) {
            self.calls.push(Call::Release { sale: Box::new(sale.clone()) });
        }
        true
    }

    fn ask_again(&mut self, now: Timestamp) {
        self.strays.known = false;
        if self.broken {
            return;
        }
        self.strays.tries += 1;
        self.strays.again_at = Some(now + self.again_after(self.strays.tries, PaymentId(0)));
    }

    pub(super) fn strays(&mut self, result: Result<Vec<CardSale>, tef::Error>, now: Timestamp) {
        self.strays.asking = self.strays.asking.saturating_sub(1);
        let Ok(sales) = result else { return self.ask_again(now) };
        self.strays.known = true;
        self.strays.tries = 0;
        self.strays.again_at = (!self.broken).then(|| now + self.rhythm.watch);
        self.strays.evening_at = evening_after(now).filter(|_| !self.broken);
        self.settle_reversals(&sales, now);
        self.settle_tries(&sales, now);
        for sale in sales {
            let is_ending = self.strays.ending.iter().any(|ending| ending.is_same_transaction(&sale));
            if is_ending || self.sees_to_its_sale(&sale) || !self.broken && self.take_up_again(&sale, now) {
                continue;
            }
            match self.decision_for(&sale) {
                Some((sale, decision)) => {
                    tracing::warn!(
                        coupon = sale.coupon,
                        ?decision,
                        "a transaction of no open payment waits at the TEF"
                    );
                    self.end_stray(Box::new(sale), decision);
                }
                None => {
                    tracing::error!(
                        nsu = sale.nsu,
                        "a transaction waits at the TEF, and nothing is decided without a journal"
                    );
                    self.ask_again(now);
                }
            }
        }
    }

    /// Whether a live payment has its own word with the TEF about this sale. One whose sale is final has not.
    fn sees_to_its_sale(&self, sale: &CardSale) -> bool {
        self.live.get(&PaymentId(sale.coupon)).is_some_and(|live| match &live.payment.stage {
            Stage::CardAtTef | Stage::CardUnclear => true,
            Stage::CardApproved { sale: own, .. }
            | Stage::CardPrinting { sale: own }
            | Stage::CardPrinted { sale: own, .. }
            | Stage::CardDecided { sale: own, .. } => own.is_same_transaction(sale),
            _ => false,
        })
    }

    /// Tells the TEF the end of a transaction that no live payment sees to.
    pub(super) fn end_stray(&mut self, sale: Box<CardSale>, decision: Decision) {
        self.strays.asking += 1;
        self.strays.ending.push((*sale).clone());
        self.calls.push(Call::Finalize { payment: None, sale, decision });
    }

    pub(super) fn stray_finalized(&mut self, sale: Box<CardSale>, acknowledged: bool, now: Timestamp) {
        self.strays.asking = self.strays.asking.saturating_sub(1);
        if let Some(place) = self.strays.ending.iter().position(|ending| ending.is_same_transaction(&sale)) {
            self.strays.ending.swap_remove(place);
        }
        if acknowledged {
            self.calls.push(Call::Release { sale });
        } else {
            self.ask_again(now);
        }
    }

    /// The TEF wants an older transaction settled first: by what the journal says of it, else undone.
    pub(super) fn clear_older(&mut self, id: PaymentId, older: &CardSale, now: Timestamp) {
        let restarts = self.live.get_mut(&id).map_or(RESTARTS, |live| {
            live.restarts += 1;
            live.restarts
        });
        let known = if restarts > RESTARTS { None } else { self.decision_for(older) };
        let Some((older, decision)) = known else {
            self.finish(id, vec![Fact::CardRefused { message: String::new(), why: Refusal::NotStarted }], now);
            return;
        };
        self.end_stray(Box::new(older), decision);
        self.sell_again(id, now);
    }

    /// The giving back of a card sale, where the journal holds the TEF's approval of it: that is confirmed.
    fn reversal_of(&mut self, sale: &CardSale) -> Option<CardSale> {
        let entries = self.ledger.payment(PaymentId(sale.coupon)).ok()?;
        match Payment::from_entries(&entries)?.reversal? {
            Reversal::Approved(known) => known.is_same_transaction(sale).then_some(*known),
            Reversal::Asked | Reversal::Refused | Reversal::Unknown => None,
        }
    }

    /// What the journal says should become of a transaction: confirmed only where that was decided, or where the TEF
    /// knows no undoing. A refusal may tell no coupon of the older sale, so the last payments are looked through. Nothing
    /// where the journal cannot be read: a confirmed sale may be among what it holds.
    pub(super) fn decision_for(&mut self, sale: &CardSale) -> Option<(CardSale, Decision)> {
        if self.broken {
            return None;
        }
        if let Some(reversal) = self.reversal_of(sale) {
            return Some((reversal, Decision::Confirm));
        }
        if self.menu_approved(sale)? {
            return Some((sale.clone(), Decision::Confirm));
        }
        let mut recent = self.ledger.recent(LOOK_BACK).ok()?;
        if sale.coupon != 0 {
            // however long ago it was sold
            recent.push(self.ledger.payment(PaymentId(sale.coupon)).ok()?);
        }
        let known = recent.iter().filter_map(|entries| Payment::from_entries(entries)).find_map(|payment| {
            let known = payment.sale().filter(|known| known.is_same_transaction(sale))?.clone();
            Some((known, payment.stage))
        });
        Some(match known {
            Some((
                known,
                Stage::CardDecided { decision: Decision::Confirm, .. }
                | Stage::CardFinal { decision: Decision::Confirm, .. },
            )) => (known, Decision::Confirm),
            _ if !sale.must_be_finalized => (sale.clone(), Decision::Confirm),
            _ => (sale.clone(), Decision::Undo(UndoReason::Interrupted)),
        })
    }
}

fn evening_after(now: Timestamp) -> Option<Timestamp> {
    let wait = calendar::sao_paulo(now).time().duration_until(EVENING);
    let day = if wait.is_positive() { SignedDuration::ZERO } else { SignedDuration::from_hours(24) };
    now.checked_add(wait.checked_add(day)?).ok()
}
