//! The card desk: a confirmed sale given back, and the TEF's own menu. What is written down, and what the TEF is told
//! after it; the panel on the screen and `totem tef` both do what is said here.
//!
//! | the TEF's answer to a cancellation | fact | then |
//! |---|---|---|
//! | approved | `ReversalApproved` | confirm, until it acknowledges |
//! | approved, something else than was asked | `ReversalRefused` | undo |
//! | refused, given up, not begun | `ReversalRefused` | nothing |
//! | another transaction first | `ReversalRefused` | that one, as the journal says |
//! | silence | `ReversalUnknown` | ask what waits |
//!
//! | asked for, no answer on record, and what waits at the TEF | fact | then |
//! |---|---|---|
//! | the cancellation, to be finalised | `ReversalRefused` | undo: whoever stood there is gone |
//! | the cancellation, final by itself | `ReversalApproved` | nothing |
//! | nothing of it | `ReversalRefused` | nothing |

use jiff::civil::DateTime;

use crate::domain::CardSale;
use crate::paper::{self, Document};
use crate::payment::{Fact, NotReversible, Payment};
use crate::tef::{Cancellation, SaleOutcome};

/// What the TEF is told once the fact is durable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Then {
    Confirm(Box<CardSale>),
    Undo(Box<CardSale>),
    /// An older transaction comes first.
    Settle(Box<CardSale>),
    Ask,
    Nothing,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    pub fact: Fact,
    pub then: Then,
}

impl Heard {
    fn refused(message: String, then: Then) -> Heard {
        Heard { fact: Fact::ReversalRefused { message }, then }
    }
}

/// The fact that comes before the question, and the question.
///
/// # Errors
/// Why this payment is not given back.
pub fn asked(payment: &Payment, by: &str, reason: &str, at: DateTime) -> Result<(Fact, Cancellation), NotReversible> {
    let sale = payment.reversible()?.clone();
    let fact = Fact::ReversalStarted { by: by.to_owned(), reason: reason.to_owned() };
    Ok((fact, Cancellation { sale, at }))
}

/// What the TEF's answer to a cancellation means.
#[must_use]
pub fn heard(outcome: SaleOutcome) -> Heard {
    match outcome {
        SaleOutcome::Approved(sale) => {
            Heard { fact: Fact::ReversalApproved { sale: sale.clone() }, then: Then::Confirm(sale) }
        }
        SaleOutcome::Mismatched { sale, why } if sale.must_be_finalized => {
            Heard::refused(format!("o TEF aprovou outra coisa: {why}"), Then::Undo(sale))
        }
        // it knows no undoing: the money has moved, and the journal must say so
        SaleOutcome::Mismatched { sale, .. } => {
            Heard { fact: Fact::ReversalApproved { sale: sale.clone() }, then: Then::Confirm(sale) }
        }
        SaleOutcome::Declined { message } | SaleOutcome::Cancelled { message } => {
            Heard::refused(message, Then::Nothing)
        }
        SaleOutcome::NotStarted(error) => Heard::refused(error.to_string(), Then::Nothing),
        SaleOutcome::PendingFirst(older) => {
            Heard::refused("outra transação esperava no TEF".to_owned(), Then::Settle(older))
        }
        SaleOutcome::Unknown { why } => Heard { fact: Fact::ReversalUnknown { why }, then: Then::Ask },
    }
}

/// What a TEF that answers says of a cancellation whose end is not on record.
#[must_use]
pub fn found(payment: &Payment, waiting: &[CardSale]) -> Heard {
    let sold = payment.sale();
    let is_the_giving_back =
        |one: &&CardSale| one.coupon == payment.id.0 && !sold.is_some_and(|sold| sold.is_same_transaction(one));
    match waiting.iter().find(is_the_giving_back) {
        Some(sale) if sale.must_be_finalized => {
            let message = "aprovado sem que ninguém esperasse, e desfeito".to_owned();
            Heard::refused(message, Then::Undo(Box::new(sale.clone())))
        }
        Some(sale) => Heard { fact: Fact::ReversalApproved { sale: Box::new(sale.clone()) }, then: Then::Nothing },
        None => Heard::refused("o TEF não conhece o estorno".to_owned(), Then::Nothing),
    }
}

/// The paper of a sale that was given back.
#[must_use]
pub fn receipt(back: &CardSale) -> Option<Document> {
    (!back.customer_copy.is_empty()).then(|| paper::tef_copy(&back.customer_copy))
}

#[cfg(test)]
mod tests;
