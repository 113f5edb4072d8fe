//! In order for each bill: of two payments that hold money for one bill, the second asks the ERP nothing until the first
//! is through, and then reads the bill before anything else.

use super::Core;
use crate::domain::{BillRef, InvoiceId, PaymentId};
use crate::payment::{Debt, Payment, Stage, Step};

impl Core {
    /// Whether it is this payment's turn at the bill that the step is about.
    pub(super) fn has_its_turn(&self, id: PaymentId, step: &Step) -> bool {
        let (Step::WriteOff(invoice) | Step::ReadBill(invoice) | Step::WatchDebt(invoice)) = step else { return true };
        let Some(live) = self.live.get(&id) else { return false };
        let Some(mine) = place(&live.payment, invoice) else { return true };
        let bill = live.payment.bill(invoice);
        !self.live.values().any(|other| {
            other.payment.id != id
                && other.payment.payer.customer == bill.customer
                && place(&other.payment, invoice).is_some_and(|theirs| theirs < mine)
        })
    }

    /// A payment whose code has ended and may still bring money for one of these bills.
    pub(super) fn earlier_code(&self, bills: &[BillRef]) -> Option<PaymentId> {
        let pays = |payment: &Payment| {
            bills.iter().any(|bill| bill.customer == payment.payer.customer && payment.debt(&bill.invoice).is_some())
        };
        let ended = |payment: &Payment| matches!(payment.stage, Stage::PixOver { .. });
        self.live.values().map(|live| &live.payment).find(|it| ended(it) && pays(it)).map(|payment| payment.id)
    }
}

/// Who has begun goes on; among the others the older comes first.
fn place(payment: &Payment, invoice: &InvoiceId) -> Option<(bool, PaymentId)> {
    let debt = payment.debt(invoice).filter(Debt::is_under_way)?;
    Some((debt == Debt::Owed, payment.id))
}
