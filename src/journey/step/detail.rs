//! What there is to know of an option beside its name: days, amounts, hours. All of it is the provider's.

use jiff::civil::{Date, Time};
use serde::Serialize;

use crate::domain::Money;
use crate::domain::changes::{DayPart, DueDay, Instalment, Offer, Pausable, Visit};

/// On the line face each is a set of fields of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Detail {
    DueDay {
        day: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        billed_from: Option<u8>,
        #[serde(skip_serializing_if = "Option::is_none")]
        billed_to: Option<u8>,
        #[serde(skip_serializing_if = "Option::is_none")]
        same_month: Option<bool>,
    },
    Offer {
        total_cents: Money,
        /// What the bills that it replaces come to today.
        today_cents: Money,
        bills: usize,
        #[serde(skip_serializing_if = "Option::is_none")]
        fine_cents: Option<Money>,
        #[serde(skip_serializing_if = "Option::is_none")]
        interest_cents: Option<Money>,
        #[serde(skip_serializing_if = "Option::is_none")]
        discount_cents: Option<Money>,
        instalments: Vec<Part>,
    },
    /// When a technician comes.
    When {
        #[serde(skip_serializing_if = "Option::is_none")]
        on: Option<Date>,
        #[serde(skip_serializing_if = "Option::is_none")]
        part: Option<&'static str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        from: Option<Time>,
        #[serde(skip_serializing_if = "Option::is_none")]
        to: Option<Time>,
    },
    /// Whether the provider has one, where its system tells.
    Contact { registered: bool },
    /// Why a contract cannot rest.
    Pause { owes: bool, rested: bool },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Part {
    pub amount_cents: Money,
    pub due: Date,
}

impl Part {
    #[must_use]
    pub fn of(instalment: &Instalment) -> Part {
        Part { amount_cents: instalment.amount, due: instalment.due }
    }
}

impl Detail {
    #[must_use]
    pub fn of_due_day(day: &DueDay) -> Detail {
        Detail::DueDay {
            day: day.day.clone(),
            billed_from: day.billed.map(|(from, _)| from),
            billed_to: day.billed.map(|(_, to)| to),
            same_month: day.same_month,
        }
    }

    #[must_use]
    pub fn of_offer(offer: &Offer, today: Money) -> Detail {
        Detail::Offer {
            total_cents: offer.total(),
            today_cents: today,
            bills: offer.bills.len(),
            fine_cents: offer.fine,
            interest_cents: offer.interest,
            discount_cents: offer.discount,
            instalments: offer.instalments.iter().map(Part::of).collect(),
        }
    }

    /// The day is told apart from the hours where a list tells it already.
    #[must_use]
    pub fn of_time(on: Option<Date>, part: Option<DayPart>) -> Detail {
        let (word, from, to) = match part {
            None => (None, None, None),
            Some(DayPart::Morning) => (Some("morning"), None, None),
            Some(DayPart::Afternoon) => (Some("afternoon"), None, None),
            Some(DayPart::Hours { from, to }) => (None, Some(from), Some(to)),
        };
        Detail::When { on, part: word, from, to }
    }

    #[must_use]
    pub fn of_visit(visit: &Visit) -> Option<Detail> {
        visit.part.map(|part| Detail::of_time(None, Some(part)))
    }

    #[must_use]
    pub fn of_pausable(contract: &Pausable) -> Detail {
        Detail::Pause { owes: contract.owes, rested: contract.rested }
    }

    /// Whether it can be chosen.
    #[must_use]
    pub fn is_open(&self) -> bool {
        !matches!(self, Detail::Pause { owes: true, .. } | Detail::Pause { rested: true, .. })
    }
}
