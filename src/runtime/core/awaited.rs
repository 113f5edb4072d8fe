//! Which answer a payment waits for: one that comes twice, or after another has taken its place, decides nothing.

use super::Core;
use crate::domain::{InvoiceId, PaymentId};
use crate::payment::Stage;
use crate::pix::PixState;
use crate::runtime::call::{Answer, Call, Ticket};
use crate::tef::SaleOutcome;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Awaited {
    Sale,
    Pending,
    Receipt,
    Finalized,
    Code,
    CodeState,
    Bills,
    WriteOff,
    Ticket,
}

impl Awaited {
    pub fn by(call: &Call) -> Option<Awaited> {
        match call {
            Call::Sell { .. } => Some(Awaited::Sale),
            Call::Pending { payment: Some(_) } => Some(Awaited::Pending),
            Call::Print { ticket: Ticket::Receipt(_), .. } => Some(Awaited::Receipt),
            Call::Finalize { payment: Some(_), .. } => Some(Awaited::Finalized),
            Call::ChargePix { .. } => Some(Awaited::Code),
            Call::LookPix { .. } | Call::RemovePix { .. } => Some(Awaited::CodeState),
            Call::ReadBills { .. } => Some(Awaited::Bills),
            Call::WriteOff { .. } => Some(Awaited::WriteOff),
            Call::OpenTicket { .. } => Some(Awaited::Ticket),
            _ => None,
        }
    }

    fn of(answer: &Answer) -> Option<(PaymentId, Awaited)> {
        match answer {
            Answer::Sold { payment, .. } => Some((*payment, Awaited::Sale)),
            Answer::Pending { payment: Some(payment), .. } => Some((*payment, Awaited::Pending)),
            Answer::Printed { ticket: Ticket::Receipt(payment), .. } => Some((*payment, Awaited::Receipt)),
            Answer::Finalized { payment: Some(payment), .. } => Some((*payment, Awaited::Finalized)),
            Answer::PixCharged { payment, .. } => Some((*payment, Awaited::Code)),
            Answer::PixLooked { payment, .. } => Some((*payment, Awaited::CodeState)),
            Answer::BillsRead { payment, .. } => Some((*payment, Awaited::Bills)),
            Answer::WrittenOff { payment, .. } => Some((*payment, Awaited::WriteOff)),
            Answer::TicketOpened { payment, .. } => Some((*payment, Awaited::Ticket)),
            _ => None,
        }
    }
}

impl Core {
    fn may_be_paid(&self, id: PaymentId) -> bool {
        let stage = self.live.get(&id).map(|live| &live.payment.stage);
        matches!(stage, Some(Stage::PixShown { .. } | Stage::PixOver { .. } | Stage::PixReceived { .. }))
    }

    /// The answer, if somebody waits for it. Money is never passed over: a code's is taken in whenever it is told of,
    /// and an approval that nobody waits for makes the TEF be asked what it holds.
    pub(super) fn asked_for(&mut self, answer: Answer) -> Option<Answer> {
        let Some((id, kind)) = Awaited::of(&answer) else { return Some(answer) };
        let of_that_bill = |bill: Option<&InvoiceId>| match &answer {
            Answer::WrittenOff { invoice, .. } => bill == Some(invoice),
            _ => true,
        };
        let of_that_round = |restarts: u32| !matches!(&answer, Answer::Sold { round, .. } if *round != restarts);
        let is_awaited = self.live.get(&id).is_some_and(|live| {
            live.awaited == Some(kind) && of_that_bill(live.bill.as_ref()) && of_that_round(live.restarts)
        });
        if is_awaited {
            return Some(answer);
        }
        if matches!(&answer, Answer::PixLooked { result: Ok(PixState::Paid { .. }), .. } if self.may_be_paid(id)) {
            return Some(answer);
        }
        if let Answer::Sold { outcome: SaleOutcome::Approved(_) | SaleOutcome::Mismatched { .. }, .. } = &answer {
            self.ask_for_strays();
        }
        tracing::warn!(payment = %id, ?kind, "an answer that nobody waits for");
        None
    }
}
