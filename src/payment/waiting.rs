//! What a payment still waits for, whom it keeps waiting, and what a person's word puts an end to.

use jiff::{SignedDuration, Timestamp};

use super::debt::Debt;
use super::fact::{Decision, PersonWhy, SettledHow};
use super::next::Rules;
use super::state::{Payment, Stage};
use crate::domain::{BillRef, ConfirmedBy, PixCharge};

/// A code whose bank cannot be asked for so long after its end is a person's, with the account's statement.
const BLIND: SignedDuration = SignedDuration::from_hours(3 * 24);

impl Payment {
    #[must_use]
    pub fn bills(&self) -> Vec<BillRef> {
        self.items.iter().map(|item| self.bill(&item.invoice)).collect()
    }

    /// Whether this bill must not be paid again on this totem: it is live, unclear, owed, or on a person's list.
    #[must_use]
    pub fn holds(&self, bill: &BillRef) -> bool {
        if self.closed || bill.customer != self.payer.customer {
            return false;
        }
        let Some(debt) = self.debt(&bill.invoice) else { return false };
        match &self.stage {
            Stage::PixOver { .. } | Stage::NotCharged { .. } => false,
            Stage::CardFinal { decision: Decision::Undo(_), .. } => false,
            Stage::CardFinal { .. } | Stage::PixReceived { .. } => {
                let seen_to = self.has_another_amount() && self.amount_settled;
                !seen_to && !matches!(debt, Debt::Settled(_))
            }
            _ => true,
        }
    }

    /// The charge for which money may still come: a bank's, or the ERP's own, which stays payable when it is left and is
    /// settled by the ERP's bank.
    #[must_use]
    pub fn watched_code(&self) -> Option<&PixCharge> {
        let charge = match &self.stage {
            Stage::PixOver { charge } if charge.confirmed_by != ConfirmedBy::Person => charge,
            Stage::PixReceived { charge, .. } if charge.confirmed_by == ConfirmedBy::Bank => charge,
            _ => return None,
        };
        (!self.code_forgotten).then_some(charge)
    }

    /// Whether money of this payment has paid the bill, or may have: a bill that is read as paid may be its doing.
    #[must_use]
    pub fn may_have_paid(&self, bill: &BillRef) -> bool {
        let debt = self.debt(&bill.invoice).filter(|_| bill.customer == self.payer.customer);
        match debt {
            None | Some(Debt::PaidElsewhere | Debt::Settled(SettledHow::Reversed)) => false,
            Some(Debt::Settled(_)) => true,
            Some(_) => self.holds(bill),
        }
    }

    /// The watched code's bank has been out of reach for days.
    #[must_use]
    pub fn is_blind(&self, now: Timestamp) -> bool {
        let of_a_bank = self.watched_code().is_some_and(|charge| charge.confirmed_by == ConfirmedBy::Bank);
        of_a_bank && self.code_ended_at.is_some_and(|ended| now.duration_since(ended) >= BLIND)
    }

    /// Nothing is asked of anybody but, now and then, a bank about late money: a power cut changes nothing.
    #[must_use]
    pub fn rests(&self) -> bool {
        match &self.stage {
            Stage::PixOver { .. } => true,
            Stage::PixReceived { .. } => self.debts.iter().all(|debt| matches!(debt, Debt::Settled(_))),
            _ => false,
        }
    }

    /// What a person is called for when the answer does not come that the TEF, a code's bank, or the ERP with a write-off
    /// owes; nothing where none of them owes one.
    fn waits_for(&self) -> Option<PersonWhy> {
        let owed = || self.debts.iter().any(Debt::is_under_way) && !self.was_called(PersonWhy::ByHand);
        match &self.stage {
            Stage::CardAtTef | Stage::CardUnclear | Stage::CardDecided { .. } => Some(PersonWhy::TefSilent),
            Stage::PixShown { charge, abandoned } => {
                let gone = *abandoned || self.interrupted;
                (gone && charge.confirmed_by == ConfirmedBy::Bank).then_some(PersonWhy::CheckStatement)
            }
            _ if self.is_reversal_unclear() => Some(PersonWhy::TefSilent),
            _ => owed().then_some(PersonWhy::Overdue),
        }
    }

    /// What it is time to call a person for, while the totem goes on trying.
    #[must_use]
    pub fn overdue(&self, now: Timestamp, rules: &Rules) -> Option<PersonWhy> {
        let tried_enough = || {
            let mut debts = self.debts.iter().zip(&self.sends);
            debts.any(|(debt, sends)| debt.is_under_way() && *sends >= rules.sends_at_most)
        };
        let why = self.waits_for().filter(|why| !self.was_called(*why))?;
        let is_late = self.overdue_at(rules).is_some_and(|at| at <= now);
        (is_late || why == PersonWhy::Overdue && tried_enough()).then_some(why)
    }

    /// When a person is to be called if nothing changes.
    #[must_use]
    pub fn overdue_at(&self, rules: &Rules) -> Option<Timestamp> {
        self.waits_for().filter(|why| !self.was_called(*why))?;
        let patience = SignedDuration::from_mins(i64::from(rules.call_person_after_min));
        self.waiting_since.checked_add(patience).ok()
    }

    /// The bank's charge of which its bank has not said how it ended, or may still bring money.
    #[must_use]
    pub fn code_to_ask_about(&self) -> Option<&PixCharge> {
        match &self.stage {
            Stage::PixShown { charge, .. } if charge.confirmed_by == ConfirmedBy::Bank => Some(charge),
            Stage::PixOver { .. } => self.watched_code().filter(|charge| charge.confirmed_by == ConfirmedBy::Bank),
            _ => None,
        }
    }

    /// The code's bank has answered: nobody has to look into the account for it any more.
    pub(super) fn bank_has_told(&mut self) {
        self.called.retain(|why| !matches!(why, PersonWhy::CheckStatement | PersonWhy::ProviderGone));
    }

    #[must_use]
    pub fn was_called(&self, why: PersonWhy) -> bool {
        self.called.contains(&why)
    }

    /// What waited for a person at that moment is settled; what comes later calls again.
    pub(super) fn resolve(&mut self, at: Timestamp) {
        let called = std::mem::take(&mut self.called);
        let (by_hand, overdue) = (called.contains(&PersonWhy::ByHand), called.contains(&PersonWhy::Overdue));
        self.resolved = true;
        self.waiting_since = at;
        self.amount_settled |= self.has_another_amount();
        self.extras_settled = self.extras.len();
        let looked = |why: &PersonWhy| matches!(why, PersonWhy::CheckStatement | PersonWhy::ProviderGone);
        self.code_forgotten |= called.iter().any(looked);
        for refund in &mut self.refunds {
            refund.settled = true;
        }
        for debt in &mut self.debts {
            let left_to_a_person = debt.is_under_way() && (by_hand || overdue);
            if matches!(debt, Debt::Rejected | Debt::PaidElsewhere) || left_to_a_person {
                *debt = Debt::Settled(SettledHow::ByPerson);
            }
        }
    }
}
