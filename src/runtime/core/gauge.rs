//! What the desk tells of itself in numbers.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::Core;
use crate::journey::Equipment;
use crate::journey::step::PartState;
use crate::payment::{Debt, Payment, Stage, Standing};
use crate::runtime::meter::{Parts, Reading};

/// What has been counted since the start.
#[derive(Debug, Default)]
pub struct Gauge {
    /// Facts made durable, by name.
    pub facts: BTreeMap<&'static str, u64>,
    /// Payments that came to their end, by method and how.
    pub payments: BTreeMap<(&'static str, &'static str), u64>,
    pub equipment: Option<Equipment>,
    /// How often wrong tries have locked the second factor.
    pub locks: u64,
    /// Agreements that the ERP made on other terms than were agreed to.
    pub otherwise: u64,
}

impl Gauge {
    pub fn fact(&mut self, name: &'static str) {
        *self.facts.entry(name).or_default() += 1;
    }

    pub fn closed(&mut self, payment: &Payment) {
        let how = match payment.standing() {
            Standing::Paid { .. } => "paid",
            Standing::Undone { .. } => "undone",
            Standing::NotCharged { .. } => "not_charged",
            Standing::Asking | Standing::Printing | Standing::PixShown(_) | Standing::Confirming => "given_up",
        };
        *self.payments.entry((payment.method_name(), how)).or_default() += 1;
    }
}

impl Core {
    /// How the desk is now. It names nobody.
    #[must_use]
    pub fn reading(&self, now: Timestamp) -> Reading {
        let payments = || self.live.values().map(|live| &live.payment);
        let many = |wanted: &dyn Fn(&Payment) -> bool| payments().filter(|payment| wanted(payment)).count() as u64;
        let owed = |debt: &&Debt| debt.is_under_way();
        let known = |part: PartState| match part {
            PartState::Works => Some(true),
            PartState::Fails => Some(false),
            PartState::Unknown => None,
        };
        Reading {
            idle: self.may_be_replaced(),
            open: self.live.len() as u64,
            unknown: many(&|payment| payment.standing() == Standing::Confirming),
            tef_pending: many(&|payment| {
                matches!(payment.stage, Stage::CardAtTef | Stage::CardUnclear | Stage::CardDecided { .. })
            }),
            owed: payments().flat_map(|payment| &payment.debts).filter(owed).count() as u64,
            oldest_owed: payments().filter(|p| p.debts.iter().any(|debt| owed(&debt))).map(|p| p.opened_at).min(),
            person: many(&|payment| payment.need().is_some()),
            doubts: self.service.doubts.len() as u64,
            pix_tries: self.service.pix.needs_person(now) as u64,
            journal_ok: !self.broken,
            chain_whole: self.service.walked.map(|walked| walked.whole),
            parts: Parts {
                erp: known(self.service.erp()),
                tef: self.gauge.equipment.map(|equipment| equipment.tef),
                printer: self.gauge.equipment.map(|equipment| equipment.printer),
                paper: self.gauge.equipment.map(|equipment| equipment.paper.name()),
            },
            facts: self.gauge.facts.clone(),
            payments: self.gauge.payments.clone(),
            locks: self.gauge.locks,
            otherwise: self.gauge.otherwise,
        }
    }
}
