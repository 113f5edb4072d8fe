//! What is held while the counter's other services are given: a form that is filled in, a list, and what was asked for.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::domain::ContractId;
use crate::domain::asked::Ask;
use crate::domain::changes::{Instalment, Seen, Visit, Wish};
use crate::domain::service::{AnnualSettlement, FiscalNote, Named, PaidBill, Ticket};
use crate::journey::event::Attempt;
use crate::journey::step::{Answer, Detail, FormProblem, Outcome, PrintNews, Purpose, Question};

/// A form: nothing of it outlives its being left.
#[derive(Clone)]
pub struct Filling {
    pub purpose: Purpose,
    /// What has one answer only, and is not asked.
    pub known: Vec<Field>,
    pub fields: Vec<Field>,
    /// Which one is asked.
    pub at: usize,
    pub problem: Option<FormProblem>,
}

#[derive(Clone)]
pub struct Field {
    pub asks: Question,
    /// What was typed, or the id of what was chosen.
    pub answer: String,
    pub options: Vec<Named>,
    /// What there is to know of some of them, by id.
    pub details: Vec<(String, Detail)>,
}

/// A list of the provider's, as it came.
pub struct Listed {
    pub entries: Entries,
    pub printed: Option<(Attempt, PrintNews)>,
}

pub enum Entries {
    Tickets(Vec<Ticket>),
    Paid(Vec<PaidBill>),
    Notes(Vec<FiscalNote>),
    Settlements(Vec<AnnualSettlement>),
    Visits(Vec<Visit>),
}

pub struct Noticed {
    pub about: Purpose,
    pub outcome: Outcome,
    pub protocol: Option<String>,
    pub until: Option<Date>,
    pub words: Option<String>,
    /// Of an agreement: what was agreed to, or what was made instead.
    pub instalments: Vec<Instalment>,
    /// What was asked for, as far as it may lie about.
    pub answers: Vec<Answer>,
    pub since: Timestamp,
    pub printed: Option<(Attempt, PrintNews)>,
}

impl Noticed {
    pub fn of(about: Purpose, outcome: Outcome, since: Timestamp) -> Noticed {
        Noticed {
            about,
            outcome,
            protocol: None,
            until: None,
            words: None,
            instalments: Vec::new(),
            answers: Vec::new(),
            since,
            printed: None,
        }
    }
}

/// What was asked of the provider, as far as its answer needs it.
#[derive(Default)]
pub struct Errand {
    pub asked: Option<Ask>,
    /// The form whose wish is under way.
    pub filling: Option<Box<Filling>>,
    /// The choice that led to the form, with what had been seen by then.
    pub stage: Option<(Box<Filling>, Option<Seen>)>,
    /// Forms that were gone back from to the choice before them: what was typed there is not lost.
    pub left: Vec<Filling>,
    /// An end is unknown, and is being looked up.
    pub looking_up: Option<Purpose>,
    /// The tickets there were before another was opened.
    pub tickets: Vec<String>,
    /// What there was to change, when it was looked at.
    pub seen: Option<Seen>,
    /// The provider has taken the change in, and what it did by that is looked at.
    pub taken_in: bool,
    /// The change that was asked for, without what is secret of it.
    pub wish: Option<Wish>,
    /// What ended unknown: not offered again unlooked at.
    pub unknown: BTreeSet<Purpose>,
    /// The contract of an unlock that ended so.
    pub unlocking: Option<ContractId>,
}

impl Errand {
    /// Whatever was wished before is over; what ended unknown is not forgotten.
    pub fn forget_the_wish(&mut self) {
        let (unknown, unlocking) = (std::mem::take(&mut self.unknown), self.unlocking.take());
        *self = Errand { unknown, unlocking, ..Errand::default() };
    }

    /// It was not done, so that nothing is under way; the form can be put right and asked for again.
    pub fn was_refused(&mut self) {
        (self.asked, self.looking_up, self.wish) = (None, None, None);
    }
}
