//! Whom a printed paper belongs to.

use crate::domain::PaymentId;
use crate::journey::Attempt;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ticket {
    /// The receipt on which a card payment's decision waits.
    Receipt(PaymentId),
    /// The merchant's copy: nothing waits for it.
    Merchant(PaymentId),
    /// Something the customer asked for.
    Asked(Attempt),
    /// What the panel prints, the TEF's words to a giving back among it: it comes out also when the technician has gone.
    Desk(Attempt),
}
