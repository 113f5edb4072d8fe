//! A card sale of one cent that nobody owes: a technician sees whether cards work. It is no payment, stands under no
//! customer's number, and what the TEF approves is undone; after a power cut too, as any sale that no payment knows.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;

use super::{Core, Job};
use crate::domain::{CardKind, CardSale, DeskFact, Money, PaymentId, TryOutcome};
use crate::journey::Attempt;
use crate::journey::step::PanelNews;
use crate::journey::technician::{Ended, Told};
use crate::payment::{Decision, UndoReason};
use crate::runtime::call::{Call, CardWork};
use crate::tef::{SaleOrder, SaleOutcome};

const AMOUNT: Money = Money::from_cents(1);
/// Of the ten thousand numbers of a day the last, and downwards from there: no totem has so many customers, and no two
/// tries have one number.
const LAST_OF_A_DAY: u64 = 9_998;
const NUMBERS_OF_A_DAY: u64 = 10_000;
const TRIES: [&str; 2] = ["card_try_started", "card_try_ended"];

/// A try whose end is not on record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Begun {
    by: String,
    coupon: u64,
}

impl Core {
    /// Nothing where the answer comes later.
    pub(in crate::runtime::core) fn try_card(&mut self, attempt: Attempt, by: String, now: Timestamp) -> Option<Told> {
        let not_now = |news| Some(Told::Ended(Ended { news, said: None, prints: false }));
        if !self.may_work() {
            return not_now(PanelNews::TerminalBusy);
        }
        let at = Self::local(now);
        let Some(coupon) = self.number_of_a_try(self.first_of_a_day(at.date())) else {
            return not_now(PanelNews::TerminalBusy);
        };
        if !self.note(DeskFact::CardTryStarted { by: by.clone(), coupon }, now) {
            return not_now(PanelNews::NotRecorded);
        }
        self.card_desk.job = Some(Job { attempt, by, payment: None, tries: true });
        let order = SaleOrder { coupon, amount: AMOUNT, kind: CardKind::Debit, instalments: 1, at };
        self.calls.push(Call::CardDesk { attempt, work: CardWork::Try { order } });
        None
    }

    /// Of this day, or of a later one on which the clock stood when the last payment was opened: its numbers go on.
    fn first_of_a_day(&self, today: Date) -> PaymentId {
        let today = PaymentId::after(None, today);
        self.last_id.map_or(today, |last| today.max(PaymentId(last.0 - last.0 % NUMBERS_OF_A_DAY + 1)))
    }

    /// The last of the day that no try had and no customer may still get. Nothing where the journal cannot tell.
    fn number_of_a_try(&mut self, first: PaymentId) -> Option<u64> {
        let notes = self.ledger.notes_of(&TRIES).ok()?;
        let taken: BTreeSet<u64> = notes
            .iter()
            .filter_map(|note| match note.fact {
                DeskFact::CardTryStarted { coupon, .. } => Some(coupon),
                _ => None,
            })
            .collect();
        let free = (first.0..=first.0 + LAST_OF_A_DAY).rev().find(|coupon| !taken.contains(coupon))?;
        self.last_id.is_none_or(|last| last.0 < free).then_some(free)
    }

    /// What an earlier run tried and did not hear the end of.
    pub(super) fn remember_tries(&mut self) {
        let mut begun = None;
        for note in self.ledger.notes_of(&TRIES).unwrap_or_default() {
            begun = match note.fact {
                DeskFact::CardTryStarted { by, coupon } => Some(Begun { by, coupon }),
                _ => None,
            };
        }
        self.card_desk.tried = begun;
    }

    /// The TEF has told what waits: so what was tried has an end. What it approved is undone by whoever sees to strays.
    pub(in crate::runtime::core) fn settle_tries(&mut self, waiting: &[CardSale], now: Timestamp) {
        let Some(Begun { by, coupon }) = self.card_desk.tried.take_if(|_| !self.broken) else { return };
        let sale = waiting.iter().find(|sale| sale.coupon == coupon);
        let outcome = match sale {
            Some(sale) if sale.must_be_finalized => TryOutcome::Undone,
            Some(_) => TryOutcome::Kept,
            None => TryOutcome::Refused,
        };
        tracing::warn!(coupon, ?outcome, "the TEF told the end of a card that was tried");
        self.note_try(by, outcome, sale, now);
    }

    pub(super) fn try_ended(&mut self, job: &Job, outcome: SaleOutcome, now: Timestamp) -> Ended {
        let (outcome, sale, said) = match outcome {
            SaleOutcome::Approved(sale) | SaleOutcome::Mismatched { sale, .. } => {
                let outcome = if sale.must_be_finalized { TryOutcome::Undone } else { TryOutcome::Kept };
                let said = format!("{} · NSU {}", sale.network, sale.nsu);
                (outcome, Some(sale), Some(said))
            }
            SaleOutcome::Declined { message } | SaleOutcome::Cancelled { message } => {
                (TryOutcome::Refused, None, Some(message))
            }
            SaleOutcome::NotStarted(error) => (TryOutcome::Refused, None, Some(error.to_string())),
            SaleOutcome::PendingFirst(older) => {
                if let Some((older, decision)) = self.decision_for(&older) {
                    self.end_stray(Box::new(older), decision);
                }
                (TryOutcome::Refused, None, None)
            }
            SaleOutcome::Unknown { .. } => (TryOutcome::Unclear, None, None),
        };
        // what cannot be written down is undone all the same
        self.note_try(job.by.clone(), outcome, sale.as_deref(), now);
        match (outcome, sale) {
            (TryOutcome::Undone, Some(sale)) => self.end_stray(sale, Decision::Undo(UndoReason::Interrupted)),
            (TryOutcome::Kept, Some(sale)) => self.calls.push(Call::Release { sale }),
            (TryOutcome::Unclear, _) => self.ask_for_strays(),
            _ => {}
        }
        let news = match outcome {
            TryOutcome::Undone => PanelNews::TryUndone,
            TryOutcome::Kept => PanelNews::TryKept,
            TryOutcome::Refused => PanelNews::TryRefused,
            TryOutcome::Unclear => PanelNews::TryUnclear,
        };
        Ended { news, said: said.filter(|said| !said.is_empty()), prints: false }
    }

    fn note_try(&mut self, by: String, outcome: TryOutcome, sale: Option<&CardSale>, now: Timestamp) {
        let (network, nsu) = sale.map(|sale| (sale.network.clone(), sale.nsu.clone())).unwrap_or_default();
        self.note(DeskFact::CardTryEnded { by, outcome, network, nsu }, now);
    }
}
