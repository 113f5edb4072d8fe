//! A card sale of one cent that nobody owes: a technician sees whether cards work. It is no payment, stands under no
//! customer's number, and what the TEF approves is undone; after a power cut too, as any sale that no payment knows.

use jiff::Timestamp;

use super::{Core, Job};
use crate::domain::{CardKind, CardSale, DeskFact, Money, PaymentId, TryOutcome};
use crate::journey::Attempt;
use crate::journey::step::PanelNews;
use crate::journey::technician::{Ended, Told};
use crate::payment::{Decision, UndoReason};
use crate::runtime::call::{Call, CardWork};
use crate::tef::{SaleOrder, SaleOutcome};

const AMOUNT: Money = Money::from_cents(1);
/// Of the ten thousand numbers of a day the last: no totem has so many customers.
const LAST_OF_A_DAY: u64 = 9_998;

impl Core {
    /// Nothing where the answer comes later.
    pub(in crate::runtime::core) fn try_card(&mut self, attempt: Attempt, by: String, now: Timestamp) -> Option<Told> {
        let not_now = |news| Some(Told::Ended(Ended { news, said: None, prints: false }));
        if !self.may_work() {
            return not_now(PanelNews::TerminalBusy);
        }
        let at = Self::local(now);
        let coupon = PaymentId::after(None, at.date()).0 + LAST_OF_A_DAY;
        if self.last_id.is_some_and(|last| last.0 >= coupon) {
            return not_now(PanelNews::TerminalBusy);
        }
        if !self.note(DeskFact::CardTryStarted { by: by.clone(), coupon }, now) {
            return not_now(PanelNews::NotRecorded);
        }
        self.card_desk.job = Some(Job { attempt, by, payment: None, tries: true });
        let order = SaleOrder { coupon, amount: AMOUNT, kind: CardKind::Debit, instalments: 1, at };
        self.calls.push(Call::CardDesk { attempt, work: CardWork::Try { order } });
        None
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
        self.note_try(job, outcome, sale.as_deref(), now);
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

    fn note_try(&mut self, job: &Job, outcome: TryOutcome, sale: Option<&CardSale>, now: Timestamp) {
        let (network, nsu) = sale.map(|sale| (sale.network.clone(), sale.nsu.clone())).unwrap_or_default();
        self.note(DeskFact::CardTryEnded { by: job.by.clone(), outcome, network, nsu }, now);
    }
}
