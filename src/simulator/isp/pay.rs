//! What all five do when they are asked to write a bill off: judge, settle once, remember, and misbehave as ordered.

use jiff::civil::Date;

use super::book::{Book, WriteOffCall};
use super::desk::{Now, Office};
use crate::simulator::erp::bills::{due_cents, left_cents};
use crate::simulator::erp::book::{State, Way};
use crate::simulator::erp::control::Trick;
use crate::simulator::erp::pages;
use crate::simulator::http::{Answer, Reply};

pub enum Verdict {
    Done,
    AlreadySettled,
    /// In the words of the vendor, as far as they are known.
    Refused(String),
}

/// Carries the call out as the control file allows, and answers in the vendor's words.
pub fn pay(
    office: &mut Office,
    mut call: WriteOffCall,
    carry_out: impl FnOnce(&mut Book, &mut WriteOffCall) -> Verdict,
    refused_by_order: &str,
    words: impl FnOnce(&Verdict, &Book) -> Answer,
) -> Reply {
    let Office { book, control, .. } = office;
    let trick = control.trick(&mut book.orders);
    let done = match trick {
        None | Some(Trick::LoseAnswer) => true,
        Some(Trick::LoseRequest | Trick::Reject) => false,
        Some(Trick::InternalError { done } | Trick::Html { done } | Trick::Empty { done }) => done,
    };
    let verdict = if done { carry_out(book, &mut call) } else { Verdict::Refused(refused_by_order.to_owned()) };
    let reply = match trick {
        None | Some(Trick::Reject) => Reply::Whole(words(&verdict, book)),
        Some(Trick::LoseRequest | Trick::LoseAnswer) => Reply::Silence,
        Some(Trick::InternalError { .. }) => Reply::Whole(pages::error(500)),
        Some(Trick::Html { .. }) => Reply::Whole(pages::login()),
        Some(Trick::Empty { .. }) => Reply::Whole(Answer::new(200, "application/json", "")),
    };
    if let Reply::Whole(answer) = &reply {
        call.answer = Some(String::from_utf8_lossy(&answer.body).into_owned());
    }
    book.write_offs.push(call);
    reply
}

/// What every ERP insists on before money is posted: a bill it knows, that is open, on a day that has been.
pub fn examine(book: &Book, call: &mut WriteOffCall, on: Option<Date>, now: &Now) -> Result<(i64, i64, Date), Verdict> {
    let refused = |why: &str| Verdict::Refused(why.to_owned());
    let bill = call.bill.and_then(|id| book.bill(id)).ok_or_else(|| refused("Título não encontrado"))?;
    let on = on.filter(|on| *on <= now.latest).ok_or_else(|| refused("Data de pagamento inválida"))?;
    call.due_cents = Some(due_cents(bill, on));
    if bill.state == State::Open { Ok((bill.id, left_cents(bill), on)) } else { Err(Verdict::AlreadySettled) }
}

/// Settles the bill with the money of the call.
pub fn settle(book: &mut Book, call: &mut WriteOffCall, bill: i64, on: Date) -> Verdict {
    call.applied = book.settle(bill, Way::WriteOff, call.paid_cents.unwrap_or(0), on);
    Verdict::Done
}
