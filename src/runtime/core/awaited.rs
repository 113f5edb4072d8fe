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
            _ => None,
        }
    }
}

impl Core {
    fn shows_code(&self, id: PaymentId) -> bool {
        self.live.get(&id).is_some_and(|live| matches!(live.payment.stage, Stage::PixShown { .. }))
    }

    /// The answer, if somebody waits for it. Money is never passed over: a code's is taken in whenever it is told of,
    /// and an approval that nobody waits for makes the TEF be asked what it holds.
    pub(super) fn asked_for(&mut self, answer: Answer) -> Option<Answer> {
        let Some((id, kind)) = Awaited::of(&answer) else { return Some(answer) };
        let of_that_bill = |bill: Option<&InvoiceId>| match &answer {
            Answer::WrittenOff { invoice, .. } => bill == Some(invoice),
            _ => true,
        };
        if self.live.get(&id).is_some_and(|live| live.awaited == Some(kind) && of_that_bill(live.bill.as_ref())) {
            return Some(answer);
        }
        match &answer {
            Answer::PixLooked { result: Ok(PixState::Paid { .. }), .. } if self.shows_code(id) => return Some(answer),
            Answer::Sold { outcome: SaleOutcome::Approved(_) | SaleOutcome::Mismatched { .. }, .. } => {
                self.ask_for_strays();
            }
            _ => {}
        }
        tracing::warn!(payment = %id, ?kind, "an answer that nobody waits for");
        None
    }
}
