//! A charge of one cent that a technician makes to see whether PIX works: facts in, next steps out. It is nobody's payment:
//! what comes for it goes back, and what cannot go back is a person's.
//!
//! | died after | on restart | ends as |
//! |---|---|---|
//! | `PixTryStarted` | the charge is asked for again under the same txid, and taken back | not paid |
//! | `PixTryCharged`, `PixTryLeft` | taken back; paid meanwhile: goes back | not paid, or given back |
//! | `PixTryPaid` | asked to go back | given back |
//! | `PixTryBackAsked` | asked again under the same id, which is one devolução | given back once |
//! | `PixTryEnded` | looked at for late money, as any bank's charge | given back, or forgotten |

use jiff::{SignedDuration, Timestamp};

use crate::domain::{DeskFact, Note, PixBack, PixCharge, PixReceipt};

/// The names of all facts that a try consists of.
pub const PIX_TRIES: [&str; 10] = [
    "pix_try_started",
    "pix_try_charged",
    "pix_try_refused",
    "pix_try_left",
    "pix_try_ended",
    "pix_try_paid",
    "pix_try_back_asked",
    "pix_try_back_heard",
    "pix_try_forgotten",
    "pix_try_settled",
];
/// A bank that does not say for so long what became of a charge has a person look into the account.
const BANK_OUT_OF_REACH: SignedDuration = SignedDuration::from_hours(24);
/// As is a devolução of which it does not say the end.
const BACK_UNTOLD: SignedDuration = SignedDuration::from_hours(1);

/// One try, as its facts tell it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PixTry {
    /// Our own reference, which names it.
    pub txid: String,
    pub by: String,
    pub provider: String,
    pub begun_at: Timestamp,
    pub stage: Stage,
    pub backs: Vec<Back>,
    forgotten: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// The bank is asked for a charge. Nobody has seen a code.
    Asked,
    Refused,
    Shown {
        charge: PixCharge,
        left: bool,
    },
    /// Paid, or taken back.
    Over {
        charge: PixCharge,
        at: Timestamp,
    },
    /// The bank never said, and a person saw to it.
    Settled,
}

/// A Pix that goes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Back {
    pub receipt: PixReceipt,
    /// Under which id it was asked for, and since when.
    pub id: Option<String>,
    pub asked_at: Option<Timestamp>,
    pub heard: Option<PixBack>,
    /// A person saw to it.
    pub settled: bool,
}

impl Back {
    fn of(receipt: PixReceipt) -> Back {
        Back { receipt, id: None, asked_at: None, heard: None, settled: false }
    }

    /// Whether the bank is to be asked, a first time or again.
    fn is_owed(&self) -> bool {
        let ends = matches!(self.heard, Some(PixBack::Done { .. } | PixBack::Refused { .. }));
        !self.settled && !self.receipt.amount.is_zero() && !ends
    }

    fn needs_person(&self, now: Timestamp) -> bool {
        let is_silent = self.asked_at.is_some_and(|asked| now.duration_since(asked) >= BACK_UNTOLD);
        !self.is_over() && (is_silent || matches!(self.heard, Some(PixBack::Refused { .. })))
    }

    /// Nothing is left to be done.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.settled || self.receipt.amount.is_zero() || matches!(self.heard, Some(PixBack::Done { .. }))
    }
}

/// What may be done for a try. A step that is announced by a fact is taken once that is durable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    Charge,
    Watch(PixCharge),
    TakeBack(PixCharge),
    /// Announced by `PixTryBackAsked`, where it has no id yet.
    GiveBack(PixCharge, Back),
    WatchLate(PixCharge),
}

/// What a person has to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Need {
    /// Give this back, or see that it has gone back.
    GiveBack(Back),
    /// Look whether anything came: the bank does not say.
    LookAtAccount,
}

impl PixTry {
    /// Of facts in their order; those of other things are passed over.
    #[must_use]
    pub fn all(notes: &[Note]) -> Vec<PixTry> {
        let mut tries: Vec<PixTry> = Vec::new();
        for note in notes {
            match (&note.fact, note.fact.pix_try()) {
                (DeskFact::PixTryStarted { by, txid, provider }, _) => {
                    tries.push(PixTry::begun(by.clone(), txid.clone(), provider.clone(), note.at));
                }
                (fact, Some(txid)) => {
                    for tried in tries.iter_mut().filter(|tried| tried.txid == txid) {
                        tried.apply(fact, note.at);
                    }
                }
                (_, None) => {}
            }
        }
        tries
    }

    #[must_use]
    pub fn begun(by: String, txid: String, provider: String, at: Timestamp) -> PixTry {
        PixTry { txid, by, provider, begun_at: at, stage: Stage::Asked, backs: Vec::new(), forgotten: false }
    }

    pub fn apply(&mut self, fact: &DeskFact, at: Timestamp) {
        match (fact, &mut self.stage) {
            (DeskFact::PixTryCharged { charge, .. }, Stage::Asked) => {
                self.stage = Stage::Shown { charge: charge.clone(), left: false };
            }
            (DeskFact::PixTryRefused { .. }, Stage::Asked) => self.stage = Stage::Refused,
            (DeskFact::PixTryLeft { .. }, Stage::Shown { left, .. }) => *left = true,
            (DeskFact::PixTryEnded { .. }, Stage::Shown { charge, .. }) => {
                self.stage = Stage::Over { charge: charge.clone(), at };
            }
            (DeskFact::PixTryPaid { receipt, .. }, stage) => {
                if let Stage::Shown { charge, .. } = stage {
                    *stage = Stage::Over { charge: charge.clone(), at };
                }
                self.backs.push(Back::of(receipt.clone()));
            }
            (DeskFact::PixTryBackAsked { end_to_end, id, .. }, _) => {
                self.back(end_to_end, |back| (back.id, back.asked_at) = (Some(id.clone()), Some(at)));
            }
            (DeskFact::PixTryBackHeard { end_to_end, heard, .. }, _) => {
                self.back(end_to_end, |back| back.heard = Some(heard.clone()));
            }
            (DeskFact::PixTryForgotten { .. }, _) => self.forgotten = true,
            (DeskFact::PixTrySettled { .. }, stage) => {
                self.backs.iter_mut().for_each(|back| back.settled = true);
                if matches!(stage, Stage::Asked | Stage::Shown { .. }) {
                    self.stage = Stage::Settled;
                }
            }
            _ => {}
        }
    }

    fn back(&mut self, end_to_end: &str, change: impl Fn(&mut Back)) {
        self.backs.iter_mut().filter(|back| back.receipt.end_to_end == end_to_end).for_each(change);
    }

    /// What can be done, the most urgent first. Somebody who stands before the code has it watched; with nobody there it is
    /// taken back.
    #[must_use]
    pub fn next(&self, is_watched: bool) -> Vec<Step> {
        let money = match &self.stage {
            Stage::Asked => Some(Step::Charge),
            Stage::Shown { charge, left: false } if is_watched => Some(Step::Watch(charge.clone())),
            Stage::Shown { charge, .. } => Some(Step::TakeBack(charge.clone())),
            Stage::Over { charge, .. } => {
                let owed = self.backs.iter().find(|back| back.is_owed());
                owed.map(|back| Step::GiveBack(charge.clone(), back.clone()))
            }
            Stage::Refused | Stage::Settled => None,
        };
        let late = match &self.stage {
            Stage::Over { charge, .. } if !self.forgotten => Some(Step::WatchLate(charge.clone())),
            _ => None,
        };
        money.into_iter().chain(late).collect()
    }

    /// Facts of what the bank says came for the charge, but for what is known already.
    #[must_use]
    pub fn seen(&self, receipts: Vec<PixReceipt>) -> Vec<DeskFact> {
        let is_new = |receipt: &PixReceipt| self.backs.iter().all(|back| back.receipt.end_to_end != receipt.end_to_end);
        let paid = |receipt| DeskFact::PixTryPaid { txid: self.txid.clone(), receipt };
        receipts.into_iter().filter(is_new).map(paid).collect()
    }

    /// Its charge may still be paid, or what came has not gone back.
    #[must_use]
    pub fn is_owed(&self) -> bool {
        self.next(false).iter().any(|step| !matches!(step, Step::WatchLate(_))) || !self.has_given_back()
    }

    #[must_use]
    pub fn was_paid(&self) -> bool {
        !self.backs.is_empty()
    }

    /// Everything that came has gone back.
    #[must_use]
    pub fn has_given_back(&self) -> bool {
        self.backs.iter().all(Back::is_over)
    }

    /// Nothing is done for it any more.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        match &self.stage {
            Stage::Refused | Stage::Settled => true,
            Stage::Asked | Stage::Shown { .. } => false,
            Stage::Over { .. } => self.forgotten && self.has_given_back(),
        }
    }

    /// What a person has to do. A devolução of which the bank does not say the end for long is on the list until it does.
    #[must_use]
    pub fn needs(&self, now: Timestamp) -> Vec<Need> {
        let not_given = self.backs.iter().filter(|back| back.needs_person(now));
        let mut needs: Vec<Need> = not_given.cloned().map(Need::GiveBack).collect();
        let is_late = now.duration_since(self.begun_at) >= BANK_OUT_OF_REACH;
        if is_late && matches!(self.stage, Stage::Asked | Stage::Shown { .. }) {
            needs.push(Need::LookAtAccount);
        }
        needs
    }
}

#[cfg(test)]
mod tests;
