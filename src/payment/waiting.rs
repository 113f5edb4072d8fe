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

    /// The bank's charge for which money may still come.
    #[must_use]
    pub fn watched_code(&self) -> Option<&PixCharge> {
        match &self.stage {
            Stage::PixOver { charge } | Stage::PixReceived { charge, .. }
                if charge.confirmed_by == ConfirmedBy::Bank && !self.code_forgotten =>
            {
                Some(charge)
            }
            _ => None,
        }
    }

    /// A bank's charge that somebody may be paying, or may pay late.
    #[must_use]
    pub fn open_code(&self) -> Option<&PixCharge> {
        match &self.stage {
            Stage::PixShown { charge, .. } if charge.confirmed_by == ConfirmedBy::Bank => Some(charge),
            _ => self.watched_code(),
        }
    }

    /// The watched code's bank has been out of reach for days.
    #[must_use]
    pub fn is_blind(&self, now: Timestamp) -> bool {
        self.watched_code().is_some() && self.code_ended_at.is_some_and(|ended| now.duration_since(ended) >= BLIND)
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

    /// Whether the TEF, or the ERP with a write-off, owes an answer.
    fn keeps_waiting(&self) -> bool {
        matches!(self.stage, Stage::CardAtTef | Stage::CardUnclear | Stage::CardDecided { .. })
            || self.debts.iter().any(Debt::is_under_way) && !self.was_called(PersonWhy::ByHand)
    }

    /// Whether it is time to call a person, while the totem goes on trying.
    #[must_use]
    pub fn is_overdue(&self, now: Timestamp, rules: &Rules) -> bool {
        let tried_enough = || {
            let mut debts = self.debts.iter().zip(&self.sends);
            debts.any(|(debt, sends)| debt.is_under_way() && *sends >= rules.sends_at_most)
        };
        self.keeps_waiting() && (self.overdue_at(rules).is_some_and(|at| at <= now) || tried_enough())
    }

    /// When a person is to be called if nothing changes.
    #[must_use]
    pub fn overdue_at(&self, rules: &Rules) -> Option<Timestamp> {
        let at_the_tef = !self.debts.iter().any(Debt::is_under_way) || matches!(self.stage, Stage::CardDecided { .. });
        let why = if at_the_tef { PersonWhy::TefSilent } else { PersonWhy::Overdue };
        let patience = SignedDuration::from_mins(i64::from(rules.call_person_after_min));
        let waits = self.keeps_waiting() && !self.was_called(why);
        waits.then(|| self.waiting_since.checked_add(patience).ok()).flatten()
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
        self.code_forgotten |= called.contains(&PersonWhy::CheckStatement);
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
